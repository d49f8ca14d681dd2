/** The advice of a branch as the rules ask for it. */
import type { AdviceConfig } from '../../contract/advice.ts';
import { defaultAdvice } from '../../contract/default-advice.ts';
import type { BranchState } from '../branch.state.ts';
import { actingKind, counterConfig } from '../queue/eligible.ts';
import type { Advice, AdviceMemory, Proposal } from './advice.state.ts';

export const HOUR_MS = 3_600_000;

/** A branch that chose before a choice existed goes by its default. */
export const adviceConfig = (state: Pick<BranchState, 'config'>): AdviceConfig => ({ ...defaultAdvice, ...state.config?.advice });

export const noMemory: AdviceMemory = { declined: {}, withdrawn: {}, actedAt: [] };

/** Why advice is taken back at once: done now, it would make things worse. */
export const HARMFUL = 'harmful';

/** Nothing has come of it yet: on the board until somebody or time decides. */
export const isLive = ({ state }: Advice): boolean => state !== 'carriedOut';

/** People go by what they accepted; only a closing that has not begun may still be called off, when it would do harm. */
export const mayBeTakenBack = ({ state, kind, begunAt }: Advice): boolean =>
  state === 'given' || (state === 'accepted' && kind === 'closeWindow' && begunAt === undefined);

/** Own keys only: an id is not looked for along a prototype. */
export const adviceOf = (state: BranchState, id: string): Advice | undefined =>
  Object.hasOwn(state.advice, id) ? state.advice[id] : undefined;

/** What a "no" is about: whoever does not want window 12 opened is not asked about window 8 a minute later; a break is one person's. */
export function quietKey(state: BranchState, { kind, counterId, staffId }: Proposal): string {
  if (kind === 'giveBreak') return `${kind}:${staffId}`;
  const config = counterId === undefined ? undefined : counterConfig(state, counterId);
  return config === undefined ? kind : `${kind}:${actingKind(config)}`;
}

export const ofAdvice = ({ id, counterId, staffId }: Advice) => ({ adviceId: id, counterId, staffId });
