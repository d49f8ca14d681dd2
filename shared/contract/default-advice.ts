/** How a branch that never chose is advised: the hub speaks, a person decides. */
import type { AdviceConfig } from './advice.ts';

const MINUTE = 60_000;

export const defaultAdvice: AdviceConfig = {
  mode: 'advise',
  kinds: ['openWindow', 'closeWindow', 'divertToMachine', 'sendSubstitute', 'giveBreak'],
  timeToOpenMs: 3 * MINUTE,
  minOpenMs: 15 * MINUTE,
  closeWithinMs: 20 * MINUTE,
  lifeMs: 10 * MINUTE,
  measureMs: 15 * MINUTE,
  standMs: 3 * MINUTE,
  quietMs: 10 * MINUTE,
  declinedMs: 20 * MINUTE,
  clearlyWorse: 1.5,
  waitForSignOn: true,
  thresholds: { openAboveMs: 4 * MINUTE, closeBelowMs: MINUTE },
  horizonMs: 45 * MINUTE,
  act: { kinds: ['openWindow', 'closeWindow'], mostAnHour: 6, leastWindows: 2, mostWindows: 200 },
};
