import type { ExtensionClass } from '../../contract/config.ts';
import type { Item, Overrun, Ticket } from '../branch.state.ts';
import { type Draft, type Rules, type Ruling, done, findTicket, refuse } from '../draft.ts';
import { periodOf } from '../day/period.ts';
import { hasSpecialNeed } from '../queue/lanes.ts';
import { allowedMs, ranMs, stageOf } from './clock.ts';

/** Writes the ledger when a transaction ends over its limit; called before the event that ends it. */
export function closeItem(draft: Draft, ticket: Ticket): void {
  const item = ticket.items.at(-1);
  if (item === undefined || item.endedAt !== undefined || ticket.counterId === undefined || ticket.staffId === undefined) return;
  const allowed = allowedMs(item);
  const actualMs = ranMs(item, draft.now);
  if (allowed === undefined || actualMs <= allowed) return;
  const { policy } = draft.state.config;
  const pendingAuthorisation = draft.state.counters[ticket.counterId]?.help.find(
    (help) => help.kind === 'authorisation' && help.answeredAt === undefined,
  );
  draft.emit({
    type: 'overrun.recorded',
    overrunId: `${ticket.id}-${ticket.items.length}`,
    ticketId: ticket.id,
    number: ticket.number,
    itemIndex: ticket.items.length - 1,
    serviceId: item.serviceId,
    counterId: ticket.counterId,
    staffId: ticket.staffId,
    period: periodOf(draft.state.day.date, policy.retraining.period),
    limitMs: allowed,
    actualMs,
    authorisationMs:
      item.authorisationMs + (pendingAuthorisation === undefined ? 0 : draft.now - Math.max(pendingAuthorisation.since, item.startedAt)),
    extensions: item.extensions,
    stage: stageOf(actualMs - allowed, policy),
    unverified: item.unverified,
  });
  proposeRetraining(draft, ticket.staffId);
}

/** Staged, seen by the hub, not excused by an upheld appeal, not counted before. */
const counts = (overrun: Overrun): boolean =>
  overrun.stage >= 1 && !overrun.unverified && overrun.settled !== true && overrun.appeal?.decided?.upheld !== true;

function countedOverruns(draft: Draft, staffId: string, period: string): Overrun[] {
  return [...draft.state.overruns.values()].filter(
    (overrun) => overrun.staffId === staffId && overrun.period === period && counts(overrun),
  );
}

/** Three staged overruns in a period propose retraining (下岗培训); only the head's word makes it so. */
function proposeRetraining(draft: Draft, staffId: string): void {
  const current = draft.state.retraining[staffId]?.state;
  if (current === 'proposed' || current === 'confirmed') return;
  const period = periodOf(draft.state.day.date, draft.state.config.policy.retraining.period);
  const counted = countedOverruns(draft, staffId, period);
  if (counted.length < draft.state.config.policy.retraining.overruns) return;
  draft.emit({ type: 'retraining.proposed', staffId, overrunIds: counted.map(({ id }) => id) });
}

/** Milliseconds an extension adds by right, or why it does not apply. */
function byRight(draft: Draft, ticket: Ticket, item: Item, kind: ExtensionClass, addMs: number | undefined): number | Ruling {
  const { extensions } = draft.state.config.policy;
  if (kind === 'coins') {
    const share = item.coinShare ?? ticket.coinShare;
    if (share !== undefined && share < extensions.coins.minShare) {
      return refuse(
        'limit.too_few_coins',
        `Coins and damaged notes must be at least ${Math.round(extensions.coins.minShare * 100)} % of the pieces; correct the share if it was entered wrongly.`,
        { percent: Math.round(extensions.coins.minShare * 100) },
      );
    }
    return Math.min(extensions.coins.maxMs, Math.max(extensions.coins.minMs, addMs ?? extensions.coins.defaultMs));
  }
  if (kind === 'greenChannel') {
    if (!hasSpecialNeed(ticket.segment)) {
      return refuse('limit.not_green', 'The green channel is for customers with special needs; correct the segment first if it is wrong.');
    }
    return Math.round((item.limitMs ?? 0) * (extensions.greenChannelFactor - 1));
  }
  return addMs === undefined ? extensions.otherByRightMs : Math.min(addMs, extensions.otherByRightMs);
}

export const limitRules = {
  'limit.extend': (draft, command) => {
    const at = findTicket(draft, command.ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    const item = ticket.items.at(-1);
    if (ticket.state !== 'serving' || item === undefined || ticket.counterId === undefined) {
      return refuse('limit.not_serving', `Number ${ticket.number} is not being served; an extension belongs to a transaction under way.`, {
        number: ticket.number,
      });
    }
    if (item.limitMs === undefined) return refuse('limit.none', 'This transaction has no limit; nothing needs extending.');
    if (command.class !== 'explained' && item.extensions.some((extension) => extension.class === command.class)) {
      return refuse(
        'limit.already_extended',
        'This transaction was already extended for that reason; use an explained extension for more.',
        { class: command.class },
      );
    }
    const addMs = command.class === 'explained' ? command.addMs : byRight(draft, ticket, item, command.class, command.addMs);
    if (typeof addMs !== 'number') return addMs;
    draft.emit({
      type: 'limit.extended',
      ticketId: ticket.id,
      number: ticket.number,
      counterId: ticket.counterId,
      itemIndex: ticket.items.length - 1,
      class: command.class,
      addMs,
      reasonRef: command.reason === undefined ? undefined : draft.text(command.reason),
      customerAgreed: command.customerAgreed,
    });
    return { result: { addMs } };
  },

  'limit.appeal': (draft, { overrunId, reason }) => {
    const overrun = draft.state.overruns.get(overrunId);
    if (overrun === undefined)
      return refuse('overrun.unknown', 'There is no such entry in the ledger of this period or the last.', { overrunId }, 'overrunId');
    if (overrun.appeal !== undefined) return refuse('overrun.already_appealed', 'This entry was already appealed; wait for the decision.');
    draft.emit({ type: 'limit.appealed', overrunId, staffId: overrun.staffId, reasonRef: draft.text(reason) });
    return done;
  },

  'limit.decideAppeal': (draft, { overrunId, upheld, reason }) => {
    const overrun = draft.state.overruns.get(overrunId);
    if (overrun === undefined)
      return refuse('overrun.unknown', 'There is no such entry in the ledger of this period or the last.', { overrunId }, 'overrunId');
    if (overrun.appeal === undefined) return refuse('overrun.not_appealed', 'Nobody appealed this entry.');
    if (overrun.appeal.decided !== undefined) return refuse('overrun.already_decided', 'This appeal was already decided.');
    draft.emit({ type: 'limit.appealDecided', overrunId, staffId: overrun.staffId, upheld, reasonRef: draft.text(reason) });
    const proposal = draft.state.retraining[overrun.staffId];
    const enough = countedOverruns(draft, overrun.staffId, overrun.period).length >= draft.state.config.policy.retraining.overruns;
    if (upheld && proposal?.state === 'proposed' && proposal.overrunIds.includes(overrunId) && !enough) {
      draft.emit({ type: 'retraining.withdrawn', staffId: overrun.staffId });
    }
    return done;
  },

  'retraining.confirm': (draft, { staffId }) => {
    if (draft.state.retraining[staffId]?.state !== 'proposed') {
      return refuse('retraining.not_proposed', `No retraining is proposed for ${staffId}.`, { staffId }, 'staffId');
    }
    draft.emit({ type: 'retraining.confirmed', staffId });
    return done;
  },

  'retraining.pass': (draft, { staffId }) => {
    if (draft.state.retraining[staffId]?.state !== 'confirmed') {
      return refuse('retraining.not_confirmed', `${staffId} is not in retraining.`, { staffId }, 'staffId');
    }
    draft.emit({ type: 'retraining.passed', staffId });
    return done;
  },
} satisfies Rules;
