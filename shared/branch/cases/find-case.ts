/** The gates before a case's rules: it exists, it is still going, and this person may decide it. */
import type { Refusal } from '../../aggregate.ts';
import { type Draft, refuse } from '../draft.ts';
import type { Case } from './case.state.ts';
import { isRecused, maySteer } from './people.ts';

type Found = { readonly found: Case } | { readonly refused: Refusal };

export function findCase(draft: Draft, caseId: string): Found {
  const one = draft.state.cases.get(caseId);
  return one === undefined
    ? refuse('case.unknown', 'There is no such case here, or it ended too long ago to be changed.', { caseId }, 'caseId')
    : { found: one };
}

/** A case somebody still works on. */
export function findRunning(draft: Draft, caseId: string): Found {
  const at = findCase(draft, caseId);
  if ('refused' in at) return at;
  const { state, no } = at.found;
  if (state === 'closed' || state === 'withdrawn')
    return refuse('case.ended', `Case ${no} has ended; add a note, or record that the customer is not satisfied.`, { no }, 'caseId');
  if (state === 'resolved')
    return refuse('case.resolved_already', `Case ${no} is resolved; record the customer’s answer, or close it.`, { no }, 'caseId');
  return at;
}

/** Someone with an interest in the matter does not handle it (regulation.md, Order 2020 No. 3). */
export const notRecused = (draft: Draft, one: Case): { refused: Refusal } | undefined =>
  isRecused(one, draft.context.actor.id)
    ? refuse('case.recused', `Case ${one.no} concerns you: somebody else decides it. Hand it over or send it up.`, { no: one.no })
    : undefined;

/** Undefined when the one who asks owns it, stands at its level, or above its owner. */
export const steers = (draft: Draft, one: Case): { refused: Refusal } | undefined =>
  maySteer(draft, one)
    ? undefined
    : (notRecused(draft, one) ??
      refuse('case.not_yours', `Case ${one.no} is owned by ${one.ownerId}; add a note, or ask them to hand it over.`, {
        no: one.no,
        ownerId: one.ownerId,
      }));

export const owns = (draft: Draft, one: Case): { refused: Refusal } | undefined =>
  one.ownerId === draft.context.actor.id
    ? undefined
    : refuse('case.not_owner', `Case ${one.no} is owned by ${one.ownerId}; take it first, then decide it.`, {
        no: one.no,
        ownerId: one.ownerId,
      });
