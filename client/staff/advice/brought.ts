/** What advice brought, as this page heard it: the floor forgets advice once it is measured, the history keeps it. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Advice, Measured } from '../../../shared/branch/advice/advice.state.ts';
import type { StoredBranchEvent } from '../../../shared/branch/branch.events.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';

export interface Brought {
  readonly branchId: string;
  readonly advice: Advice;
  /** Hub ms. */
  readonly at: number;
  readonly before: Measured;
  readonly after: Measured;
}

const MOST = 20;
const heard = createStore<{ readonly list: readonly Brought[] }>(() => ({ list: [] }));

/** `state` as it was before the event. */
export function hearOfAdvice(state: BranchState, event: StoredBranchEvent): void {
  if (event.type !== 'advice.measured') return;
  const advice = state.advice[event.adviceId];
  if (advice === undefined) return;
  const { branchId } = state;
  const { at, before, after } = event;
  heard.setState(({ list }) => ({ list: [{ branchId, advice, at, before, after }, ...list].slice(0, MOST) }));
}

/** The newest of a branch, undefined before the first. */
export const useBrought = (branchId: string): Brought | undefined =>
  useStore(heard, ({ list }) => list.find((one) => one.branchId === branchId));
