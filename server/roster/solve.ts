/** The roster with the fewest staff hours that meets the needs, or comes as near as it can: never "infeasible", shortfalls by name. */
import type { Highs } from 'highs';
import { type Coverage, coverageOf } from '../../shared/roster/coverage.ts';
import { type Duty, problemWith, type RosterProblem } from '../../shared/roster/roster-problem.ts';
import { problemsApart } from './apart.ts';
import { solveByDays } from './by-days.ts';
import { buildModel, costOf, type RosterModel, SMALL_TERMS, unitPrice } from './model.ts';
import { LIMITS, search } from './search.ts';
import { shareLoad } from './share-load.ts';

export interface RosterProposal extends Coverage {
  /** No roster needs less, staff hours and priced shortfalls together; false where the search ended before that was proven. */
  readonly proven: boolean;
  /** Staff half hours and priced shortfalls (model.ts). */
  readonly cost: number;
  /** No roster costs less than this; equal to `cost` where proven. */
  readonly leastCost: number;
  readonly solvedInMs: number;
}

export type RosterOutcome = { readonly ok: true; readonly proposal: RosterProposal } | { readonly ok: false; readonly reason: string };

/** How far a search is. */
export interface RosterProgress {
  /** Of what there is to do, 0…1. */
  readonly share: number;
  /** So many days are made, from the first: what is told of them may only get better yet. */
  readonly days: number;
  readonly duties: readonly Duty[];
}

/** Several days are searched through at once up to so many unknowns. */
const MOST_AT_ONCE = 1_200;
/** Of the work, where days are made one by one: the other half is looking at them at once. */
const BY_DAYS_SHARE = 0.5;
/** What a solver's tolerance leaves behind the point. */
const TOLERANCE = 1e-3;

/** Refuses problems that make no sense or are too large, with the reason. Takes seconds: for a thread of its own (solver.ts). */
export function solveRoster(
  highs: Highs,
  problem: RosterProblem,
  tell: (progress: RosterProgress) => void = () => undefined,
): RosterOutcome {
  const wrong = problemWith(problem);
  if (wrong !== undefined) return { ok: false, reason: wrong };
  const startedAt = performance.now();
  const unit = unitPrice(problem);
  const whole = buildModel(problem, { unit });
  if ('tooLarge' in whole) return { ok: false, reason: whole.tooLarge };
  const duties: Duty[] = [];
  let cost = 0;
  let leastCost = 0;
  const groups = problemsApart(problem).toSorted((a, b) => a.staff.length - b.staff.length);
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1;
    const found = solveGroup(highs, group, unit, ({ share, days, duties: ofGroup }) => {
      if (last) tell({ share, days, duties: [...duties, ...ofGroup] });
    });
    if (found === undefined) return { ok: false, reason: 'no roster was found in time: ask for fewer days or people' };
    duties.push(...found.duties);
    cost += found.cost;
    leastCost += found.leastCost;
  }
  const proven = cost - leastCost < TOLERANCE;
  const coverage = coverageOf(problem, duties);
  const solvedInMs = performance.now() - startedAt;
  return { ok: true, proposal: { ...coverage, proven, cost, leastCost: proven ? cost : leastCost, solvedInMs } };
}

interface Found {
  readonly duties: readonly Duty[];
  readonly cost: number;
  /** No roster costs less. */
  readonly leastCost: number;
}

/** At once where there is one day or little to weigh; else day by day first, then what a look at all of it finds and proves without branching. */
function solveGroup(highs: Highs, problem: RosterProblem, unit: number, tell: (progress: RosterProgress) => void): Found | undefined {
  const model = buildModel(problem, { unit });
  if ('tooLarge' in model) throw new RangeError(model.tooLarge);
  if (problem.days.length === 1 || model.data.numCols <= MOST_AT_ONCE) return allAtOnce(highs, problem, unit, model, LIMITS.nodes);
  const duties = byDays(highs, problem, unit, tell);
  const atOnce = allAtOnce(highs, problem, unit, model, 1);
  const cost = duties === undefined ? Number.POSITIVE_INFINITY : costOf(coverageOf(problem, duties), unit);
  if (duties === undefined || (atOnce !== undefined && atOnce.cost <= cost)) return atOnce;
  return { duties, cost, leastCost: Math.min(cost, atOnce?.leastCost ?? 0) };
}

function byDays(highs: Highs, problem: RosterProblem, unit: number, tell: (progress: RosterProgress) => void) {
  const steps = solveByDays(highs, problem, unit);
  for (let days = 1; ; days += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    tell({ share: (BY_DAYS_SHARE * days) / problem.days.length, days, duties: step.value });
  }
}

function allAtOnce(highs: Highs, problem: RosterProblem, unit: number, model: RosterModel, nodes: number): Found | undefined {
  const { values, proven, bound } = search(highs, model.data, nodes);
  if (values === undefined) return undefined;
  const [day, ...more] = problem.days;
  const found = model.dutiesOf(values);
  const duties = day === undefined || more.length > 0 ? found : shareLoad(problem, day, found);
  const cost = costOf(coverageOf(problem, duties), unit);
  return { duties, cost, leastCost: proven ? cost : Math.min(cost, wholeUp(problem, bound - SMALL_TERMS)) };
}

/** The least cost that lies at or above a bound: whole half hours, unless hours are owed that are none. */
const wholeUp = ({ staff }: RosterProblem, bound: number): number =>
  staff.some(({ contract }) => contract.leastWeekMs !== undefined) ? bound : Math.ceil(bound - TOLERANCE);
