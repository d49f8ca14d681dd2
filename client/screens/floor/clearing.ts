/** How the end of the line stands to closing time. Instants in hub ms. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';

type Day = NonNullable<BranchState['day']>;

/** From here on whoever runs the floor plans the end of the day. */
const NEAR_CLOSING_MS = 45 * 60_000;
const ending: readonly Day['phase'][] = ['lastNumber', 'clearing', 'balancing'];

/** `isEnd`: those who wait are the last ones, or nearly; `late`: they will still be there after closing. */
export function clearing(
  { phase, closesAt }: Pick<Day, 'phase' | 'closesAt'>,
  clearAt: number,
  now: number,
): { isEnd: boolean; late: boolean } {
  const near = closesAt !== undefined && now >= closesAt - NEAR_CLOSING_MS;
  return { isEnd: ending.includes(phase) || near, late: closesAt !== undefined && clearAt > closesAt };
}
