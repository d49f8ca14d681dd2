/** Adding cash (加钞): two people, each confirming as themselves; a cash difference (长短款) is settled the same business day. */
import { type Draft, type Rules, done, refuse } from '../draft.ts';
import type { Replenishment } from './machine.state.ts';
import { findMachine } from './find-machine.ts';

type Found = { readonly found: Replenishment } | ReturnType<typeof refuse>;

function findReplenishment(draft: Draft, machineId: string, replenishmentId: string): Found {
  const { replenishments } = draft.state;
  const found = Object.hasOwn(replenishments, replenishmentId) ? replenishments[replenishmentId] : undefined;
  return found?.machineId === machineId
    ? { found }
    : refuse(
        'replenish.unknown',
        'No replenishment of this machine is waiting under that id; it may be done already.',
        { replenishmentId },
        'replenishmentId',
      );
}

/** The end of the business day on which it was counted. */
function settleBy({ state: { day }, now }: Draft): number {
  return day.closesAt !== undefined && day.closesAt > now ? day.closesAt : day.endsAt;
}

const confirmedAlready = (staffId: string) => refuse('replenish.already_confirmed', `${staffId} has confirmed this already.`, { staffId });

export const replenishmentRules = {
  'machine.replenish': (draft, { machineId, loadedFen, countedFen, expectedFen, units }) => {
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    const replenishmentId = draft.context.newId();
    const differenceFen = countedFen - expectedFen;
    draft.emit({
      type: 'machine.replenished',
      machineId,
      replenishmentId,
      loadedFen,
      countedFen,
      expectedFen,
      differenceFen,
      units,
      settleBy: differenceFen === 0 ? undefined : settleBy(draft),
    });
    return { result: { replenishmentId, differenceFen } };
  },

  'machine.confirmReplenishment': (draft, { machineId, replenishmentId }) => {
    const at = findReplenishment(draft, machineId, replenishmentId);
    if ('refused' in at) return at;
    const { by, confirmedBy, differenceFen } = at.found;
    if (confirmedBy !== undefined) return confirmedAlready(confirmedBy);
    if (by === draft.context.actor.id)
      return refuse('replenish.second_person', 'Cash is added by two people: somebody else confirms what you counted.');
    // Counted by an older hub it bears no time of its own.
    const until = differenceFen === 0 ? undefined : (at.found.settleBy ?? settleBy(draft));
    draft.emit({ type: 'machine.replenishmentConfirmed', machineId, replenishmentId, settleBy: until });
    return { result: { differenceFen, ...(until === undefined ? {} : { settleBy: until }) } };
  },

  'machine.withdrawReplenishment': (draft, { machineId, replenishmentId, reason }) => {
    const at = findReplenishment(draft, machineId, replenishmentId);
    if ('refused' in at) return at;
    // What two people saw stands: a difference is settled, not withdrawn.
    if (at.found.confirmedBy !== undefined) return confirmedAlready(at.found.confirmedBy);
    draft.emit({ type: 'machine.replenishmentWithdrawn', machineId, replenishmentId, reasonRef: draft.text(reason) });
    return done;
  },

  'machine.settleDifference': (draft, { machineId, replenishmentId, explanation }) => {
    const at = findReplenishment(draft, machineId, replenishmentId);
    if ('refused' in at) return at;
    if (at.found.confirmedBy === undefined)
      return refuse('replenish.not_confirmed', 'A second person confirms the count first; then its difference is settled.');
    draft.emit({ type: 'machine.differenceSettled', machineId, replenishmentId, explanationRef: draft.text(explanation) });
    return done;
  },
} satisfies Rules;
