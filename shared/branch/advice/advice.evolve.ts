import type { BranchState } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { HOUR_MS } from './advice-book.ts';
import type { Advice, AdviceMemory } from './advice.state.ts';

/** What was declined or withdrawn is forgotten after the longest time a branch may set for it. */
const LONGEST_NO_MS = 12 * HOUR_MS;

const put = (state: BranchState, one: Advice): BranchState => ({ ...state, advice: { ...state.advice, [one.id]: one } });

/** A viewer who never saw it given has nothing to change. */
function change(state: BranchState, id: string, next: (one: Advice) => Advice): BranchState {
  const one = state.advice[id];
  return one === undefined ? state : put(state, next(one));
}

function drop(state: BranchState, id: string): BranchState {
  const { [id]: _over, ...advice } = state.advice;
  return { ...state, advice };
}

const remember = (state: BranchState, memory: Partial<AdviceMemory>): BranchState => ({
  ...state,
  adviceMemory: { ...state.adviceMemory, ...memory },
});

function noted(notes: AdviceMemory['declined'], key: string, at: number, wait90Ms: number): AdviceMemory['declined'] {
  const fresh = Object.entries(notes).filter(([, before]) => at - before.at < LONGEST_NO_MS);
  return { ...Object.fromEntries(fresh), [key]: { at, wait90Ms } };
}

export const adviceFolds = {
  'advice.given': (state, { advice }) => put(state, advice),
  'advice.accepted': (state, { card, byItself, at }) => {
    const next = put(state, card);
    if (byItself !== true) return next;
    return remember(next, { actedAt: [...state.adviceMemory.actedAt.filter((before) => before > at - HOUR_MS), at] });
  },
  'advice.begun': (state, { adviceId, at }) => change(state, adviceId, (one) => ({ ...one, begunAt: at })),
  'advice.carriedOut': (state, { adviceId, at, before, measureAt }) =>
    change(state, adviceId, (one) => ({ ...one, state: 'carriedOut', carriedOutAt: at, before, measureAt })),
  'advice.notInTime': (state, { adviceId }) => change(state, adviceId, (one) => ({ ...one, state: 'notInTime' })),
  'advice.measured': (state, { adviceId }) => drop(state, adviceId),
  'advice.declined': (state, { adviceId, at, quietKey, wait90Ms }) =>
    remember(drop(state, adviceId), { declined: noted(state.adviceMemory.declined, quietKey, at, wait90Ms) }),
  'advice.withdrawn': (state, { adviceId, at, quietKey, wait90Ms = 0 }) => {
    const next = drop(state, adviceId);
    return quietKey === undefined ? next : remember(next, { withdrawn: noted(state.adviceMemory.withdrawn, quietKey, at, wait90Ms) });
  },
  'advice.expired': (state, { adviceId }) => drop(state, adviceId),
} satisfies Folds;
