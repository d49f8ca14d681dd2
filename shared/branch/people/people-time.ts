/** What time alone does to the plan: shifts go by without their people, offers to swap without an answer. */
import type { BranchState } from '../branch.state.ts';
import type { Draft } from '../draft.ts';
import { dateAfter } from './dates.ts';
import type { RotaShift, Swap } from './people.state.ts';
import { absenceOf, dayOf, isLent, peopleRules, plannedShiftOf } from './roster.ts';

type Of = Pick<BranchState, 'config' | 'day' | 'people'>;

/** A shift whose place is empty: its person has not come (yet), or is away and nobody stands in. */
export interface EmptyShift {
  readonly date: string;
  readonly shift: RotaShift;
  readonly away: boolean;
}

/** Here now, or here at some time of the shift. */
const came = ({ people }: Of, { staffId, startsAt }: RotaShift): boolean =>
  Object.hasOwn(people.presence, staffId) || (Object.hasOwn(people.left, staffId) && (people.left[staffId] ?? 0) >= startsAt);

function emptyOn(state: Of, date: string): EmptyShift[] {
  return Object.values(dayOf(state, date)?.shifts ?? {}).flatMap((shift) => {
    // What lay behind when the branch began its day nobody can say anything of.
    if (shift.missed === true || shift.endsAt <= (state.people.begun?.at ?? Number.POSITIVE_INFINITY)) return [];
    const absence = absenceOf(state, date, shift.staffId);
    const away = absence !== undefined;
    const seen = away ? absence.filledBy !== undefined : isLent(state, date, shift.staffId) || came(state, shift);
    return seen ? [] : [{ date, shift, away }];
  });
}

const known = new WeakMap<BranchState['people'], { readonly date: string; readonly found: readonly EmptyShift[] }>();

/** Of last night, today and tomorrow, by when they begin. Remembered until a person or the plan changes: asked at every command. */
export function emptyShifts(state: Of): readonly EmptyShift[] {
  const date = state.day?.date;
  if (date === undefined || peopleRules(state) === undefined) return [];
  const before = known.get(state.people);
  if (before?.date === date) return before.found;
  const found = [-1, 0, 1]
    .flatMap((days) => emptyOn(state, dateAfter(date, days)))
    .sort((a, b) => a.shift.startsAt - b.shift.startsAt || (a.shift.staffId < b.shift.staffId ? -1 : 1));
  known.set(state.people, { date, found });
  return found;
}

/** When the first of the shifts begins that an offer is about: too late from then on. Undefined when the plan has neither any more. */
export function swapEndsAt(state: Of, { date, staffId, withDate, withStaffId, offeredAt }: Swap): number | undefined {
  const starts = [plannedShiftOf(state, date, staffId), plannedShiftOf(state, withDate, withStaffId)].flatMap((shift) =>
    // One that was under way when the offer was made is no part of it.
    shift === undefined || shift.startsAt <= offeredAt ? [] : [shift.startsAt],
  );
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** The next instant (hub ms) at which time alone changes the plan. */
export function peopleDue(state: Of): number | undefined {
  if (peopleRules(state) === undefined) return undefined;
  const ends = emptyShifts(state).map(({ shift }) => shift.endsAt);
  const answers = Object.values(state.people.swaps).flatMap((swap) => swapEndsAt(state, swap) ?? []);
  const next = Math.min(...ends, ...answers);
  return next === Number.POSITIVE_INFINITY ? undefined : next;
}

export function passPeople(draft: Draft): void {
  if (peopleRules(draft.state) === undefined) return;
  for (const { date, shift, away } of emptyShifts(draft.state))
    if (shift.endsAt <= draft.now) draft.emit({ type: 'roster.shiftMissed', date, staffId: shift.staffId, dueAt: shift.endsAt, away });
  for (const swap of Object.values(draft.state.people.swaps)) {
    const dueAt = swapEndsAt(draft.state, swap);
    if (dueAt !== undefined && dueAt <= draft.now) draft.emit({ type: 'roster.swapLapsed', swapId: swap.id, dueAt });
  }
}
