/** The advice of a branch as the rules ask for it. */
import type { AdviceConfig } from '../../contract/advice.ts';
import { defaultAdvice } from '../../contract/default-advice.ts';
import type { BranchState } from '../branch.state.ts';
import { actingKind, counterConfig } from '../queue/eligible.ts';
import type { Advice, AdviceMemory, Proposal } from './advice.state.ts';

export const HOUR_MS = 3_600_000;

export const adviceConfig = (state: Pick<BranchState, 'config'>): AdviceConfig => state.config?.advice ?? defaultAdvice;

export const noMemory: AdviceMemory = { declined: {}, actedAt: [] };

/** Nothing has come of it yet: on the board until somebody or time decides. */
export const isLive = ({ state }: Advice): boolean => state !== 'carriedOut';

/** Own keys only: an id is not looked for along a prototype. */
export const adviceOf = (state: BranchState, id: string): Advice | undefined =>
  Object.hasOwn(state.advice, id) ? state.advice[id] : undefined;

/** What a "no" is about: whoever does not want window 12 opened is not asked about window 8 a minute later. */
export function quietKey(state: BranchState, { kind, counterId }: Proposal): string {
  const config = counterId === undefined ? undefined : counterConfig(state, counterId);
  return config === undefined ? kind : `${kind}:${actingKind(config)}`;
}

export const ofAdvice = ({ id, counterId, staffId }: Advice) => ({ adviceId: id, counterId, staffId });
