/** The order of a head's list: who needs looking at. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { longestSince } from '../../staff/figures.ts';

/** Higher is worse: waits past the target weigh first, then how long the longest has waited, then how many wait. */
export function badness(state: BranchState | undefined, now: number): readonly [number, number, number] {
  if (state?.config === undefined) return [-1, 0, 0];
  const since = longestSince(state);
  const longest = since === undefined ? 0 : Math.max(0, now - since);
  const target = state.config.policy.servedTargetMs;
  return [longest > target ? 1 : 0, Math.floor(longest / 60_000), state.waiting];
}

export function worstFirst<T extends { readonly id: string; readonly badness: readonly [number, number, number] }>(
  branches: readonly T[],
): readonly T[] {
  return [...branches].sort(
    (a, b) => b.badness[0] - a.badness[0] || b.badness[1] - a.badness[1] || b.badness[2] - a.badness[2] || (a.id < b.id ? -1 : 1),
  );
}
