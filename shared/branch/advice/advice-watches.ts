import type { Watch } from '../attention/attention.ts';
import type { BranchState } from '../branch.state.ts';

/** Advice has its own place on the board; only what was accepted and did not happen needs attention. */
export function adviceWatches(state: BranchState): Watch[] {
  const found: Watch[] = [];
  for (const { id, state: stage, dueAt, counterId, staffId } of Object.values(state.advice)) {
    if (stage !== 'notInTime') continue;
    const since = dueAt ?? 0;
    found.push({ item: { id: `adviceNotInTime:${id}`, kind: 'adviceNotInTime', since, counterId, staffId, adviceId: id }, at: since });
  }
  return found;
}
