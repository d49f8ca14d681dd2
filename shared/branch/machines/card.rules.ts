/** The register of retained cards (吞卡登记): every card goes from the machine to the branch, and from there to its owner or the shredder. */
import { type Draft, type Rules, done, refuse } from '../draft.ts';
import type { RetainedCard } from './machine.state.ts';
import { ownCardsInside } from './fault-cases.ts';
import { findMachine } from './find-machine.ts';

type Found = { readonly found: RetainedCard } | ReturnType<typeof refuse>;

function findCard(draft: Draft, cardId: string, state: RetainedCard['state']): Found {
  const { cards } = draft.state;
  const found = Object.hasOwn(cards, cardId) ? cards[cardId] : undefined;
  if (found === undefined)
    return refuse('card.unknown', 'No such card is in the register; it may have been handed back already.', { cardId }, 'cardId');
  if (found.state === state) return { found };
  return state === 'collected'
    ? refuse('card.not_collected', 'The card is still in the machine; take it out and collect it first.', { cardId }, 'cardId')
    : refuse('card.already_collected', 'This card was taken out of the machine already.', { cardId }, 'cardId');
}

/** Kept as a contact is: for who hands the card back, and erased as soon. */
const digitsOf = (draft: Draft, lastDigits: string | undefined): string | undefined =>
  lastDigits === undefined ? undefined : draft.keep('contact', { text: lastDigits });

export const cardRules = {
  'card.register': (draft, { machineId, lastDigits, contact = {} }) => {
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    const told = Object.fromEntries(Object.entries(contact).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const contactRef = Object.keys(told).length === 0 ? undefined : draft.keep('contact', told);
    const cardId = draft.context.newId();
    draft.emit({ type: 'card.registered', cardId, machineId, digitsRef: digitsOf(draft, lastDigits), contactRef });
    ownCardsInside(draft, draft.context.actor.id);
    return { result: { cardId } };
  },

  'card.collect': (draft, { cardId, lastDigits }) => {
    const at = findCard(draft, cardId, 'inMachine');
    if ('refused' in at) return at;
    draft.emit({ type: 'card.collected', cardId, digitsRef: digitsOf(draft, lastDigits) });
    return done;
  },

  // That the identity was checked, the command itself demands.
  'card.handBack': (draft, { cardId }) => {
    const at = findCard(draft, cardId, 'collected');
    if ('refused' in at) return at;
    draft.emit({ type: 'card.handedBack', cardId });
    return done;
  },

  'card.destroy': (draft, { cardId, reason }) => {
    const at = findCard(draft, cardId, 'collected');
    if ('refused' in at) return at;
    draft.emit({ type: 'card.destroyed', cardId, reasonRef: draft.text(reason) });
    return done;
  },
} satisfies Rules;
