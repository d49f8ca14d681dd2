/** The oracle of the roster's tests: every roster of a tiny branch, judged apart from the integer programme. */
import { breakPlaces, shiftsFor } from '../../shared/roster/duties.ts';
import {
  type Duty,
  mayHold,
  needOf,
  posts,
  type RosterDay,
  type RosterProblem,
  rested,
  SLOT_MS,
  workedMs,
  worksAt,
} from '../../shared/roster/roster-problem.ts';
import { OWED_HOUR, PRICES, priceOf, unitPrice } from './model.ts';
import type { RosterProposal } from './solve.ts';

/** Every roster there is, each judged apart from the model: the dearest needs that the people at work can fill, tried one by one. */
export function cheapestOfAll(problem: RosterProblem): number {
  const unit = unitPrice(problem);
  const choices = problem.days.map((day, index) =>
    problem.staff.map((one): (Duty | undefined)[] => [
      undefined,
      ...shiftsFor(problem, one, day, index === 0).flatMap((template) =>
        breakPlaces(template).map((breaks) => ({
          staffId: one.staffId,
          date: day.date,
          templateId: template.id,
          fromMs: template.fromMs,
          toMs: template.toMs,
          breaks,
        })),
      ),
    ]),
  );
  const combinations = (lists: (Duty | undefined)[][]): (Duty | undefined)[][] =>
    lists.reduce<(Duty | undefined)[][]>((all, list) => all.flatMap((some) => list.map((next) => [...some, next])), [[]]);
  const days = problem.days.map((day, index) =>
    combinations(choices[index] ?? []).map((duties) => ({ duties, cost: dayCost(problem, day, duties, unit) })),
  );
  let best = Number.POSITIVE_INFINITY;
  const search = (index: number, chosen: (Duty | undefined)[][], cost: number): void => {
    if (cost >= best) return;
    if (index === days.length) {
      const owed = weekCost(problem, chosen);
      if (owed !== undefined) best = Math.min(best, cost + owed);
      return;
    }
    for (const one of days[index] ?? []) search(index + 1, [...chosen, one.duties], cost + one.cost);
  };
  search(0, [], 0);
  return best;
}

function dayCost(problem: RosterProblem, day: RosterDay, duties: readonly (Duty | undefined)[], unit: number): number {
  let cost = duties.reduce((sum, duty) => sum + (duty === undefined ? 0 : workedMs(duty) / SLOT_MS), 0);
  for (const slot of day.needs.keys()) {
    const present = problem.staff.filter((_one, index) => {
      const duty = duties[index];
      return duty !== undefined && worksAt(duty, day.fromMs + slot * SLOT_MS);
    });
    const missing = (filled: Readonly<Record<string, number>>): number =>
      posts.reduce((sum, post) => {
        const { rule: owed, total: wanted } = needOf(day, slot, post);
        const held = filled[post] ?? 0;
        return (
          sum + Math.max(0, owed - held) * priceOf(post, 'rule') + Math.max(0, wanted - Math.max(owed, held)) * priceOf(post, 'demand')
        );
      }, 0);
    const least = (index: number, filled: Readonly<Record<string, number>>): number => {
      const next = present[index];
      if (next === undefined) return missing(filled);
      const able = posts.filter((post) => mayHold(next, post, day.date) !== undefined);
      return Math.min(least(index + 1, filled), ...able.map((post) => least(index + 1, { ...filled, [post]: (filled[post] ?? 0) + 1 })));
    };
    cost += unit * least(0, {});
  }
  const heads = problem.staff.filter(({ head }, index) => head && duties[index] !== undefined).length;
  return cost + unit * PRICES.head * Math.max(0, day.heads - heads);
}

/** Of days in one week: undefined where a contract or the rest is broken. */
function weekCost(problem: RosterProblem, chosen: readonly (Duty | undefined)[][]): number | undefined {
  let cost = 0;
  for (const [index, one] of problem.staff.entries()) {
    const own = chosen.map((duties) => duties[index]);
    const hours = own.reduce((sum, duty) => sum + (duty === undefined ? 0 : workedMs(duty)), one.workedMs ?? 0);
    const days = own.filter((duty) => duty !== undefined).length;
    if (hours > one.contract.mostWeekMs || days > (one.contract.mostDaysAWeek ?? 7)) return undefined;
    const restless = own.some((duty, day) => {
      const next = own[day + 1];
      return duty !== undefined && next !== undefined && !rested(duty.toMs, 1, next.fromMs, problem.restMs);
    });
    if (restless) return undefined;
    cost += (OWED_HOUR * Math.max(0, (one.contract.leastWeekMs ?? 0) - hours)) / SLOT_MS;
  }
  return cost;
}

/** From what the proposal says of itself: hours and shortfalls by name. */
export function pricedAnew(problem: RosterProblem, { duties, shortfalls, staffMs }: RosterProposal): number {
  const unit = unitPrice(problem);
  const chosen = problem.days.map(({ date }) =>
    problem.staff.map(({ staffId }) => duties.find((duty) => duty.staffId === staffId && duty.date === date)),
  );
  if (weekCost(problem, chosen) === undefined) throw new Error('the roster breaks a contract or the rest');
  return shortfalls.reduce((sum, one) => {
    if (one.kind === 'hours') return sum + (OWED_HOUR * one.missingMs) / SLOT_MS;
    return sum + unit * one.missing * (one.kind === 'head' ? PRICES.head : priceOf(one.post, one.why));
  }, staffMs / SLOT_MS);
}
