/** Whether a shift fits a person's contract: hours of the day and week, rest between two shifts, one shift a day. */
import type { RosterEntry } from '../../contract/config.ts';
import type { BranchState } from '../branch.state.ts';
import { dateAfter, weekOf } from './dates.ts';
import type { RotaShift } from './people.state.ts';
import { type Bar, peopleRules, shiftOf, workMs } from './roster.ts';

type Of = Pick<BranchState, 'config' | 'people'>;

/** Shifts of that person that the new one replaces or that are given away with it: not counted. By date. */
export type Leaving = readonly string[];

/** Working time planned in the week of `date`, without the days in `leaving`. */
export function weekMsOf(state: Of, staffId: string, date: string, leaving: Leaving = []): number {
  return weekOf(date).reduce((sum, day) => {
    const shift = leaving.includes(day) ? undefined : shiftOf(state, day, staffId);
    return sum + (shift === undefined ? 0 : workMs(shift));
  }, 0);
}

/** What stands against this shift in the person's own plan; `staff.already_on` when the day has a shift already. */
export function hoursBar(state: Of, entry: RosterEntry, date: string, shift: RotaShift, leaving: Leaving = []): Bar | undefined {
  const rules = peopleRules(state);
  if (rules === undefined) return undefined;
  const { staffId, contract = rules.contract } = entry;
  const at = (day: string): RotaShift | undefined => (leaving.includes(day) ? undefined : shiftOf(state, day, staffId));
  if (at(date) !== undefined) return { code: 'staff.already_on', params: { staffId, date } };
  const before = at(dateAfter(date, -1));
  const after = at(dateAfter(date, 1));
  const rested =
    (before === undefined || shift.startsAt - before.endsAt >= rules.restMs) &&
    (after === undefined || after.startsAt - shift.endsAt >= rules.restMs);
  if (!rested) return { code: 'staff.rest', params: { staffId, restMs: rules.restMs } };
  const dayMs = workMs(shift);
  if (dayMs > contract.dayMs) return { code: 'staff.day_hours', params: { staffId, mostMs: contract.dayMs } };
  const weekMs = weekMsOf(state, staffId, date, [...leaving, date]) + dayMs;
  return weekMs > contract.weekMs ? { code: 'staff.week_hours', params: { staffId, mostMs: contract.weekMs } } : undefined;
}
