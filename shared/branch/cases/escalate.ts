/** Going up: by a missed deadline, by one tap, by a customer who is not satisfied. The owner stays until somebody there accepts. */
import { ladder, type LadderRole } from '../../contract/ladder.ts';
import type { Draft } from '../draft.ts';
import { levelOf } from './case.access.ts';
import type { Case, EscalationCause } from './case.state.ts';
import { clocksAt, lawOfReview } from './clocks.ts';
import { isStaffed } from './people.ts';

const TOP = ladder.length;
/** Below the branch head nobody hears of a silent emergency: it would wait there for people who may not see it. */
const SILENT_FROM = levelOf('head');

/** The next level with somebody who may handle it; the one it stands at when there is none above. */
export function nextLevel(draft: Draft, one: Case): number {
  for (let level = Math.max(one.level + 1, one.silent === true ? SILENT_FROM : 1); level <= TOP; level += 1)
    if (isStaffed(draft, one, level)) return level;
  return one.level;
}

/** Everyone who hears of a case reaching this level: the level itself and those its policy names. */
function toldAt({ policy }: Case, level: number): readonly LadderRole[] {
  const here = ladder[level - 1];
  return [...new Set([...(here === undefined ? [] : [here]), ...(policy.levels[level - 1]?.told ?? [])])];
}

/** One level up with new clocks. At the top there is nowhere to go: the missed mark is told once and is over. */
export function raise(draft: Draft, one: Case, why: EscalationCause, more: { dueAt?: number; reasonRef?: string } = {}): void {
  const level = nextLevel(draft, one);
  const stuck = level === one.level && (why === 'acknowledge' || why === 'act');
  const clocks = stuck
    ? { ackDueAt: why === 'acknowledge' ? undefined : one.ackDueAt, actDueAt: why === 'act' ? undefined : one.actDueAt }
    : clocksAt(draft, one.policy, level);
  draft.emit({ type: 'case.escalated', caseId: one.id, level, step: one.step + 1, why, told: toldAt(one, level), ...clocks, ...more });
}

/** Someone has turned out to have an interest in the matter: what was offered to them is not any more, what is theirs goes up. */
export function leaveToOthers(draft: Draft, one: Case, staffId: string, reason: string): void {
  if (one.offeredTo === staffId) draft.emit({ type: 'case.declined', caseId: one.id, reasonRef: draft.text(reason) });
  const after = draft.state.cases.get(one.id) ?? one;
  if (after.ownerId === staffId && nextLevel(draft, after) > after.level) raise(draft, after, 'recusal');
}

/** A customer who is not satisfied: one level up, decided anew, within the time the law gives a review. */
export function reopen(draft: Draft, one: Case): void {
  const level = nextLevel(draft, one);
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
    reviewUntilAt: undefined,
    closedAt: undefined,
    ...(law === undefined ? {} : { law: { ...law, complex: true, extendedDays: 0, review: true, reviewFrom: draft.now } }),
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
