/** When a case is due: a level's two deadlines, and the law's. All instants go through the calendar here and nowhere else. */
import type { Draft } from '../draft.ts';
import type { Case, LawClock, PolicySnapshot } from './case.state.ts';
import { casesConfig } from './policy.ts';

export interface LevelClocks {
  readonly ackDueAt: number;
  readonly actDueAt: number;
}

/** The deadlines of a level reached now. */
export function clocksAt(draft: Draft, policy: PolicySnapshot, level: number): LevelClocks {
  const times = policy.levels[level - 1] ?? policy.levels.at(-1);
  const after = (ms: number): number =>
    policy.clock === 'business' ? draft.context.calendar.addBusinessMs(draft.now, ms, draft.state.config.hours) : draft.now + ms;
  return { ackDueAt: after(times?.ackMs ?? 0), actDueAt: after(times?.actMs ?? 0) };
}

function lawAt(draft: Draft, from: number, days: number): Pick<LawClock, 'dueAt' | 'warnAt'> {
  const { law } = casesConfig(draft.state);
  const end = (count: number): number => draft.context.calendar.addDays(from, count, law.clock, draft.state.config.hours);
  return { dueAt: end(days), warnAt: end(Math.max(0, days - law.warnDays)) };
}

/** A complaint received now: fifteen days for a simple matter (Order 2020 No. 3). */
export const lawFromNow = (draft: Draft): LawClock => ({
  ...lawAt(draft, draft.now, casesConfig(draft.state).law.simpleDays),
  complex: false,
  extendedDays: 0,
});

/** The limit counted anew from receipt (a review's: from when it was asked for): as complex, or with more days. */
export function lawFromReceipt(
  draft: Draft,
  { loggedAt, law: running }: Case,
  complex: boolean,
  extendedDays: number,
): Pick<LawClock, 'dueAt' | 'warnAt'> {
  const { law } = casesConfig(draft.state);
  if (running?.reviewFrom !== undefined) return lawAt(draft, running.reviewFrom, law.reviewDays + extendedDays);
  return lawAt(draft, loggedAt, (complex ? law.complexDays : law.simpleDays) + extendedDays);
}

/** A review asked for now. */
export const lawOfReview = (draft: Draft): Pick<LawClock, 'dueAt' | 'warnAt'> =>
  lawAt(draft, draft.now, casesConfig(draft.state).law.reviewDays);
