/** Two people swap shifts: one offers, the other (or the lobby manager) accepts; each must be allowed what they take. */
import { type Draft, done, refuse, type Rules, type Ruling } from '../draft.ts';
import { barred } from './bars.ts';
import type { RotaShift, Swap } from './people.state.ts';
import { entryOf, shiftOf } from './roster.ts';
import { dateFault, noPlan } from './rota.rules.ts';
import { shiftBar } from './substitutes.ts';

/** Offers waiting for an answer. */
const MOST_SWAPS = 100;

type Change = { readonly date: string; readonly staffId: string; readonly shift?: RotaShift };

/** Only what has not begun yet changes hands. */
function shiftToCome(draft: Draft, date: string, staffId: string): RotaShift | undefined {
  const shift = shiftOf(draft.state, date, staffId);
  return shift === undefined || shift.startsAt <= draft.now ? undefined : shift;
}

/** The plan after the swap, or why not. */
function changesOf(
  draft: Draft,
  { date, staffId, withDate, withStaffId }: Omit<Swap, 'id' | 'offeredAt'>,
): { found: Change[] } | ReturnType<typeof refuse> {
  if (staffId === withStaffId) return refuse('swap.same_person', 'A swap is between two people.', { staffId }, 'withStaffId');
  const given = shiftToCome(draft, date, staffId);
  const taken = shiftToCome(draft, withDate, withStaffId);
  if (given === undefined && taken === undefined)
    return refuse('swap.nothing', 'Neither of them has a shift there to swap.', { staffId, withStaffId });
  const changes: Change[] = [];
  const moves = [
    { shift: given, on: date, to: withStaffId, from: staffId, leaves: taken === undefined ? [] : [withDate] },
    { shift: taken, on: withDate, to: staffId, from: withStaffId, leaves: given === undefined ? [] : [date] },
  ];
  for (const { shift, on, to, from, leaves } of moves) {
    const entry = entryOf(draft.state, to, on);
    if (entry === undefined)
      return refuse('staff.unknown', `${to} is not on this branch's roster; add them in the settings.`, { staffId: to }, 'withStaffId');
    if (shift === undefined) continue;
    const { fills: _theirs, ...own } = shift;
    const bar = shiftBar(draft.state, entry, on, shift, leaves);
    if (bar !== undefined) return barred(bar);
    // On the same date each place is taken by the other's shift.
    if (!moves.some((move) => move.on === on && move.to === from && move.shift !== undefined)) changes.push({ date: on, staffId: from });
    changes.push({ date: on, staffId: to, shift: { ...own, staffId: to } });
  }
  return { found: changes };
}

function carryOut(draft: Draft, swapId: string, swap: Omit<Swap, 'id' | 'offeredAt'>): Ruling {
  const changes = changesOf(draft, swap);
  if ('refused' in changes) return changes;
  draft.emit({ type: 'roster.swapped', swapId, changes: changes.found });
  return { result: { swapId, accepted: true } };
}

function findSwap(draft: Draft, swapId: string) {
  const { swaps } = draft.state.people;
  const swap = Object.hasOwn(swaps, swapId) ? swaps[swapId] : undefined;
  return swap === undefined
    ? refuse('swap.unknown', 'There is no such swap, or it was answered already.', { swapId }, 'swapId')
    : { found: swap };
}

export const swapRules = {
  'roster.swap': (draft, { date, staffId = draft.context.actor.id, withStaffId, withDate = date }) => {
    const fault = noPlan(draft) ?? dateFault(draft, date) ?? dateFault(draft, withDate, 'withDate');
    if (fault !== undefined) return fault;
    const swap = { date, staffId, withDate, withStaffId };
    const swaps = Object.values(draft.state.people.swaps);
    if (swaps.some((one) => one.staffId === staffId && one.date === date))
      return refuse('swap.offered_already', 'A swap of this shift waits for an answer already.', { staffId, date });
    if (swaps.length >= MOST_SWAPS) return refuse('swap.too_many', 'Too many swaps wait for an answer; answer some first.');
    const swapId = draft.context.newId();
    // Whoever leads the branch and swaps others has decided.
    const { actor } = draft.context;
    if (actor.id !== staffId && actor.id !== withStaffId) return carryOut(draft, swapId, swap);
    const changes = changesOf(draft, swap);
    if ('refused' in changes) return changes;
    draft.emit({ type: 'roster.swapOffered', swapId, ...swap });
    return { result: { swapId, accepted: false } };
  },

  'roster.acceptSwap': (draft, { swapId }) => {
    const swap = findSwap(draft, swapId);
    if ('refused' in swap) return swap;
    return carryOut(draft, swapId, swap.found);
  },

  'roster.declineSwap': (draft, { swapId }) => {
    const swap = findSwap(draft, swapId);
    if ('refused' in swap) return swap;
    draft.emit({ type: 'roster.swapDeclined', swapId });
    return done;
  },
} satisfies Rules;
