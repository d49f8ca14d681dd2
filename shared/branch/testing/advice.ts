/** Advice as an advisor would give it, for tests: the figures are made up, the rules are not. */
import type { AdviceConfig } from '../../contract/advice.ts';
import { defaultAdvice } from '../../contract/default-advice.ts';
import type { Advice, AdviceDraft, Proposal } from '../advice/advice.state.ts';
import { clock, MINUTE, Scenario } from './scenario.ts';

export const grounded = (proposal: Omit<Proposal, 'doAt'> & { doAt?: number }, now: number, waitMs = 23 * MINUTE): AdviceDraft => ({
  doAt: now,
  expected: { wait90Ms: { before: waitMs, after: waitMs / 2 }, withinTarget: { before: 0.6, after: 0.9 }, horizonMs: 60 * MINUTE },
  reasons: [{ code: 'waitSoon', params: { minutes: 23 } }],
  confidence: 0.9,
  ...proposal,
});

/** A branch with its own choices about advice; the rest as in `Scenario.open`. */
export const adviceBranch = (advice: Partial<AdviceConfig> = {}, policy = {}): Scenario =>
  Scenario.open(policy, (config) => ({ ...config, advice: { ...defaultAdvice, ...advice } }));

export const give = (s: Scenario, proposal: Omit<Proposal, 'doAt'> & { doAt?: number }, waitMs?: number): string =>
  s.do({ type: 'advice.give', advice: grounded(proposal, s.now, waitMs) }, clock).adviceId as string;

export const refusedToGive = (s: Scenario, proposal: Omit<Proposal, 'doAt'> & { doAt?: number }, waitMs?: number): string =>
  s.refused({ type: 'advice.give', advice: grounded(proposal, s.now, waitMs) }, clock);

export function adviceIn(s: Scenario, id: string): Advice {
  const one = s.state.advice[id];
  if (one === undefined) throw new Error(`advice ${id} is over`);
  return one;
}

/** Types of the advice events so far. */
export const story = (s: Scenario): string[] => s.types().filter((type) => type.startsWith('advice.'));
