/** What somebody who would do it differently may choose: only what the rules would take now. */
import { hindrance } from '../../../shared/branch/advice/hindrance.ts';
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { AdviceChange } from '../../../shared/contract/advice.ts';
import type { CounterConfig } from '../../../shared/contract/config.ts';

/** Minutes from now. */
export const times = [0, 5, 10, 15, 30, 60] as const;

/** Windows that could be opened with this person, or closed. `doAt`, `now` in hub ms. */
export function windowsFor(state: BranchState, { kind, staffId }: Advice, doAt: number, now: number): readonly CounterConfig[] {
  if (kind !== 'openWindow' && kind !== 'closeWindow') return [];
  const whom = kind === 'openWindow' ? { staffId } : {};
  return (state.config?.counters ?? []).filter(({ id }) => hindrance(state, { kind, counterId: id, ...whom, doAt }, now) === undefined);
}

/** Tellers who could sit down at that window, by id. */
export function peopleFor(state: BranchState, advice: Advice, counterId: string | undefined, doAt: number, now: number): readonly string[] {
  if (advice.kind !== 'openWindow' || counterId === undefined) return [];
  const taken = new Set(
    Object.values(state.advice).flatMap(({ id, state: is, staffId }) => (id === advice.id || is === 'carriedOut' ? [] : [staffId])),
  );
  return (state.config?.roster ?? [])
    .map(({ staffId }) => staffId)
    .filter((staffId) => !taken.has(staffId) && hindrance(state, { kind: 'openWindow', counterId, staffId, doAt }, now) === undefined);
}

/** What differs from the advice; undefined = nothing. */
export function differing(advice: Advice, chosen: { counterId?: string; staffId?: string; doAt?: number }): AdviceChange | undefined {
  const change = {
    ...(chosen.counterId === undefined || chosen.counterId === advice.counterId ? {} : { counterId: chosen.counterId }),
    ...(chosen.staffId === undefined || chosen.staffId === advice.staffId ? {} : { staffId: chosen.staffId }),
    ...(chosen.doAt === undefined ? {} : { doAt: chosen.doAt }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}
