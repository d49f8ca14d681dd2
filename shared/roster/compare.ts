/** A proposal beside the roster as it stands: what it changes, in parts that can be accepted one by one. */
import { type Coverage, coverageOf, type Shortfall } from './coverage.ts';
import { type Duty, type RosterProblem, sameHours } from './roster-problem.ts';

export interface RosterTotals {
  readonly staffMs: number;
  readonly duties: number;
  /** Person-half-hours missing on posts, by reason. */
  readonly missingByRule: number;
  readonly missingForDemand: number;
  readonly shortfalls: readonly Shortfall[];
}

/** One person on one day: the smallest part of a proposal. */
export interface RosterPart {
  readonly staffId: string;
  readonly date: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: Duty;
  readonly after?: Duty;
}

export interface RosterComparison {
  readonly before: RosterTotals;
  readonly after: RosterTotals;
  readonly parts: readonly RosterPart[];
  /** Person-days that stay as they are. */
  readonly unchanged: number;
}

const keyOf = ({ staffId, date }: { readonly staffId: string; readonly date: string }): string => `${date} ${staffId}`;

/** Whether two duties of one person and day are the same work: hours and breaks, whatever the template is called. */
export const sameDuty = (a: Duty, b: Duty): boolean =>
  sameHours(a, b) &&
  a.breaks.length === b.breaks.length &&
  a.breaks.every((one, index) => {
    const other = b.breaks[index];
    return other !== undefined && sameHours(one, other);
  });

/** Totals of a roster against the problem's needs. Also for a roster of which only some parts were accepted. */
export function totalsOf(problem: RosterProblem, duties: readonly Duty[]): RosterTotals {
  return totals(coverageOf(problem, duties));
}

function totals({ duties, staffMs, shortfalls }: Coverage): RosterTotals {
  const missing = (wanted: 'rule' | 'demand'): number =>
    shortfalls.reduce((sum, one) => sum + (one.kind === 'post' && one.why === wanted ? one.missing : 0), 0);
  return { staffMs, duties: duties.length, missingByRule: missing('rule'), missingForDemand: missing('demand'), shortfalls };
}

/** By day, then person. Duties outside the problem's days stay out of it. */
export function compareRosters(problem: RosterProblem, current: readonly Duty[], proposed: readonly Duty[]): RosterComparison {
  const dates = new Set(problem.days.map(({ date }) => date));
  const within = (duties: readonly Duty[]): Map<string, Duty> =>
    new Map(duties.filter(({ date }) => dates.has(date)).map((duty) => [keyOf(duty), duty]));
  const [was, will] = [within(current), within(proposed)];
  const keys = [...new Set([...was.keys(), ...will.keys()])].sort();
  const parts = keys.flatMap((key): RosterPart[] => {
    const [before, after] = [was.get(key), will.get(key)];
    if (before !== undefined && after !== undefined)
      return sameDuty(before, after) ? [] : [{ staffId: after.staffId, date: after.date, change: 'changed', before, after }];
    if (after !== undefined) return [{ staffId: after.staffId, date: after.date, change: 'added', after }];
    return before === undefined ? [] : [{ staffId: before.staffId, date: before.date, change: 'removed', before }];
  });
  return {
    before: totalsOf(problem, [...was.values()]),
    after: totalsOf(problem, [...will.values()]),
    parts,
    unchanged: keys.length - parts.length,
  };
}

/** The roster once these parts are accepted, the rest left as it stands. */
export function accept(current: readonly Duty[], parts: readonly RosterPart[]): readonly Duty[] {
  const changed = new Set(parts.map(keyOf));
  return [...current.filter((duty) => !changed.has(keyOf(duty))), ...parts.flatMap(({ after }) => after ?? [])];
}
