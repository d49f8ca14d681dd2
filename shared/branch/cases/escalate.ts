/** Going up: by a missed deadline, by one tap, by a customer who is not satisfied. The owner stays until somebody there accepts. */
import { ladder, type LadderRole } from '../../contract/ladder.ts';
import type { Draft } from '../draft.ts';
import type { Case, EscalationCause } from './case.state.ts';
import { clocksAt, lawOfReview } from './clocks.ts';

export const TOP = ladder.length;

/** Everyone who hears of a case reaching this level: the level itself and those its policy names. */
function toldAt({ policy }: Case, level: number): readonly LadderRole[] {
  const here = ladder[level - 1];
  return [...new Set([...(here === undefined ? [] : [here]), ...(policy.levels[level - 1]?.told ?? [])])];
}

/** One level up with new clocks. At the top there is nowhere to go: the missed mark is told once and is over. */
export function raise(draft: Draft, one: Case, why: EscalationCause, more: { dueAt?: number; reasonRef?: string } = {}): void {
  const stuck = one.level >= TOP && (why === 'acknowledge' || why === 'act');
  const level = Math.min(TOP, one.level + 1);
  const clocks = stuck
    ? { ackDueAt: why === 'acknowledge' ? undefined : one.ackDueAt, actDueAt: why === 'act' ? undefined : one.actDueAt }
    : clocksAt(draft, one.policy, level);
  draft.emit({ type: 'case.escalated', caseId: one.id, level, step: one.step + 1, why, told: toldAt(one, level), ...clocks, ...more });
}

/** A customer who is not satisfied: one level up, decided anew, within the time the law gives a review. */
export function reopen(draft: Draft, one: Case): void {
  const level = Math.min(TOP, one.level + 1);
  const clocks = clocksAt(draft, one.policy, level);
  const law = one.kind === 'complaint' ? lawOfReview(draft) : undefined;
  const card: Case = {
    ...one,
    ...clocks,
    state: 'logged',
    level,
    step: one.step + 1,
    offeredTo: undefined,
    satisfied: false,
    overdue: undefined,
    overdueSince: undefined,
    acknowledgedAt: undefined,
    resolvedAt: undefined,
    resolvedBy: undefined,
    closedAt: undefined,
    ...(law === undefined ? {} : { law: { ...law, complex: one.law?.complex ?? false, extendedDays: 0, review: true } }),
  };
  draft.emit({
    type: 'case.escalated',
    caseId: one.id,
    level,
    step: card.step,
    why: 'reopened',
    told: toldAt(one, level),
    ...clocks,
    ...(law === undefined ? {} : { lawDueAt: law.dueAt, lawWarnAt: law.warnAt }),
    card,
  });
}
