/** One integer programme handed to the solver, and what came of it. */
import type { Highs, ModelData } from 'highs';
import { ABSOLUTE_GAP } from './model.ts';

/** The nodes of the search tree, not the clock, end a normal search, so that the same problem gives the same roster. */
export const LIMITS = { seconds: 120, nodes: 200 } as const;

/** `primal_solution_status` of a solution that keeps every row. */
const FEASIBLE = 2;

export interface Found {
  /** Undefined where nothing was found in time. */
  readonly values?: Float64Array;
  readonly proven: boolean;
  /** No solution costs less; small terms and what a part costs elsewhere included. */
  readonly bound: number;
}

/** `nodes` of the search tree at most; 1: what is found before it branches. */
export function search(highs: Highs, data: ModelData, nodes: number): Found {
  const { optimal, empty } = highs.constants.modelStatus;
  return highs.withModel(data, (model) => {
    model.options.set({
      output_flag: false,
      random_seed: 0,
      time_limit: LIMITS.seconds,
      mip_max_nodes: nodes,
      mip_abs_gap: ABSOLUTE_GAP,
      mip_rel_gap: 0,
    });
    model.run();
    const status = model.getModelStatus();
    const found = status === empty || model.info.get('primal_solution_status') === FEASIBLE;
    return {
      ...(found ? { values: model.getSolution().colValue } : {}),
      proven: status === optimal || status === empty,
      bound: status === empty ? 0 : Number(model.info.get('mip_dual_bound')),
    };
  });
}

/** What one more of each row's limit would save, were parts of shifts possible: the duals of the programme without whole numbers. */
export function worthOfRows(highs: Highs, { integrality: _whole, ...relaxed }: ModelData): Float64Array {
  return highs.withModel(relaxed, (model) => {
    model.options.set({ output_flag: false, random_seed: 0, time_limit: LIMITS.seconds });
    model.run();
    return model.getSolution().rowDual;
  });
}
