/** The roster with the fewest staff hours that meets the needs, or comes as near as it can: never "infeasible", shortfalls by name. */
import type { Highs, ModelData } from 'highs';
import { type Coverage, coverageOf } from '../../shared/roster/coverage.ts';
import { problemWith, type RosterProblem } from '../../shared/roster/roster-problem.ts';
import { ABSOLUTE_GAP, buildModel, SMALL_TERMS } from './model.ts';

export interface RosterProposal extends Coverage {
  /** No roster needs less, staff hours and priced shortfalls together; false where the search ended before that was proven. */
  readonly proven: boolean;
  /** Staff half hours and priced shortfalls (model.ts). */
  readonly cost: number;
  /** No roster costs less than this; equal to `cost` where proven. */
  readonly leastCost: number;
  readonly solvedInMs: number;
}

/** The nodes of the search tree, not the clock, end a normal search, so that the same problem gives the same roster. */
export const LIMITS = { seconds: 120, nodes: 200 } as const;

export type RosterOutcome = { readonly ok: true; readonly proposal: RosterProposal } | { readonly ok: false; readonly reason: string };

/** Refuses problems that make no sense or are too large, with the reason. Takes seconds: for a thread of its own (solver.ts). */
export function solveRoster(highs: Highs, problem: RosterProblem): RosterOutcome {
  const wrong = problemWith(problem);
  if (wrong !== undefined) return { ok: false, reason: wrong };
  const startedAt = performance.now();
  const model = buildModel(problem);
  if ('tooLarge' in model) return { ok: false, reason: model.tooLarge };
  const { values, proven, bound } = search(highs, model.data);
  if (values === undefined) return { ok: false, reason: 'no roster was found in time: ask for fewer days or people' };
  const cost = tidy(model.mainCost(values));
  const leastCost = proven ? cost : Math.min(cost, Math.ceil(tidy(bound - SMALL_TERMS)));
  const coverage = coverageOf(problem, model.dutiesOf(values));
  return { ok: true, proposal: { ...coverage, proven, cost, leastCost, solvedInMs: performance.now() - startedAt } };
}

/** `primal_solution_status` of a solution that keeps every row. */
const FEASIBLE = 2;

function search(highs: Highs, data: ModelData): { readonly values?: Float64Array; readonly proven: boolean; readonly bound: number } {
  const { optimal, empty } = highs.constants.modelStatus;
  return highs.withModel(data, (model) => {
    model.options.set({
      output_flag: false,
      random_seed: 0,
      time_limit: LIMITS.seconds,
      mip_max_nodes: LIMITS.nodes,
      mip_abs_gap: ABSOLUTE_GAP,
      mip_rel_gap: 0,
    });
    model.run();
    const status = model.getModelStatus();
    const found = status === empty || model.info.get('primal_solution_status') === FEASIBLE;
    return {
      ...(found ? { values: model.getSolution().colValue } : {}),
      proven: status === optimal || status === empty,
      bound: Number(model.info.get('mip_dual_bound')),
    };
  });
}

/** Without what a solver's tolerance leaves behind the point. */
const tidy = (cost: number): number => Math.round(cost * 1_000) / 1_000;
