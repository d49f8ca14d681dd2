/** Who of people alike takes which shift of a day: the heavier shift goes to whoever has worked less of their week. */
import { shiftMs, shiftsFor } from '../../shared/roster/duties.ts';
import {
  type Duty,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  SLOT_MS,
  sameHours,
  workedMs,
} from '../../shared/roster/roster-problem.ts';
import { rightsKey } from './model.ts';

/**
 * The same shifts and breaks of the problem's first day, so dealt to people of the same rights that weekly loads lie closer together. Nobody is put on
 * a shift that their contract, rest or absence does not allow, and whoever keeps the shift that is rostered now stays on it.
 */
export function shareLoad(problem: RosterProblem, day: RosterDay, duties: readonly Duty[]): readonly Duty[] {
  const held = new Map(duties.map((duty) => [duty.staffId, duty]));
  const may = new Map(problem.staff.map((person) => [person.staffId, new Set(shiftsFor(problem, person, day, true).map(({ id }) => id))]));
  const allowed = (person: RosterStaff, duty: Duty | undefined): boolean => {
    if (duty === undefined) return true;
    const template = problem.templates.find(({ id }) => id === duty.templateId);
    const { workedMs: before = 0, workedDays = 0, contract } = person;
    if (template === undefined || may.get(person.staffId)?.has(duty.templateId) !== true) return false;
    return before + shiftMs(template) <= contract.mostWeekMs && workedDays < (contract.mostDaysAWeek ?? 7);
  };
  const kept = ({ staffId }: RosterStaff, duty: Duty | undefined): number => {
    const now = problem.current?.find((one) => one.staffId === staffId && one.date === day.date);
    return Number(now === undefined || duty === undefined ? now === duty : sameHours(now, duty));
  };
  const load = ({ workedMs: before = 0 }: RosterStaff, duty: Duty | undefined): number =>
    ((before + (duty === undefined ? 0 : workedMs(duty))) / SLOT_MS) ** 2;
  const give = ({ staffId }: RosterStaff, duty: Duty | undefined): void => {
    if (duty === undefined) held.delete(staffId);
    else held.set(staffId, { ...duty, staffId });
  };
  const alike = (a: RosterStaff, b: RosterStaff): boolean =>
    a.head === b.head &&
    a.contract.mostWeekMs === b.contract.mostWeekMs &&
    a.contract.leastWeekMs === b.contract.leastWeekMs &&
    rightsKey(a, day.date) === rightsKey(b, day.date);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, one] of problem.staff.entries()) {
      for (const other of problem.staff.slice(index + 1)) {
        const [mine, theirs] = [held.get(one.staffId), held.get(other.staffId)];
        if (mine === theirs || !alike(one, other) || !allowed(one, theirs) || !allowed(other, mine)) continue;
        // Never more changes of the rota; then strictly closer together, so that this ends.
        const more = kept(one, theirs) + kept(other, mine) - kept(one, mine) - kept(other, theirs);
        const closer = load(one, mine) + load(other, theirs) - load(one, theirs) - load(other, mine);
        if (more < 0 || (more === 0 && closer <= 0)) continue;
        give(one, theirs);
        give(other, mine);
        changed = true;
      }
    }
  }
  return problem.staff.flatMap(({ staffId }) => held.get(staffId) ?? []);
}
