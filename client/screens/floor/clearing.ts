/** How the end of the line stands to closing time. Instants in hub ms. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';

type Day = NonNullable<BranchState['day']>;

/** From here on whoever runs the floor plans the end of the day. */
const NEAR_CLOSING_MS = 45 * 60_000;
const ending: readonly Day['phase'][] = ['lastNumber', 'clearing', 'balancing'];

/** No more numbers are given. */
export const hasStopped = (phase: Day['phase']): boolean => ending.includes(phase);

/**
 * `end`: `last` = no more numbers are given, `ifStopped` = nearly closing, and more may come until numbers stop;
 * `late`: those who are here will still be there after closing.
 */
export function clearing(
  { phase, closesAt }: Pick<Day, 'phase' | 'closesAt'>,
  clearAt: number,
  now: number,
): { end: 'last' | 'ifStopped' | undefined; late: boolean } {
  const near = closesAt !== undefined && now >= closesAt - NEAR_CLOSING_MS;
  return { end: hasStopped(phase) ? 'last' : near ? 'ifStopped' : undefined, late: closesAt !== undefined && clearAt > closesAt };
}
