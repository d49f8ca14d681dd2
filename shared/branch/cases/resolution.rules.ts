/** How a case ends: decided, told, answered, and by law in time (regulation.md, Order 2020 No. 3). */
import type { Refusal } from '../../aggregate.ts';
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { hasCardInside, isFaultThere } from '../machines/fault-cases.ts';
import { levelOf } from './case.access.ts';
import type { Case } from './case.state.ts';
import { lawFromReceipt } from './clocks.ts';
import { reopen } from './escalate.ts';
import { findCase, findRunning, notRecused, owns, steers } from './find-case.ts';
import { isRecused, isStaffed, rungOf } from './people.ts';
import { casesConfig } from './policy.ts';

const noLaw = (one: Case) => refuse('case.no_law', `Case ${one.no} is no complaint: the law sets it no limit.`, { no: one.no }, 'caseId');

/** Until when the customer may ask the next level for a review of what was decided then. */
function reviewUntil(draft: Draft, resolvedAt: number): number {
  const { clock, reviewAskDays } = casesConfig(draft.state).law;
  return draft.context.calendar.addDays(resolvedAt, reviewAskDays, clock, draft.state.config.hours);
}

/** Who may say yes to more time: the superior body or a senior executive, never the one who asks or who owns it. */
function unfitApprover(draft: Draft, one: Case, approvedBy: string): { refused: Refusal } | undefined {
  const rung = rungOf(draft, approvedBy);
  if (rung === 0)
    return refuse('staff.unknown', 'Nobody of that name may approve this; choose a superior.', { staffId: approvedBy }, 'approvedBy');
  const { extendApprovedFrom } = casesConfig(draft.state).law;
  const own = approvedBy === draft.context.actor.id || approvedBy === one.ownerId;
  if (own || rung < extendApprovedFrom || isRecused(one, approvedBy)) {
    return refuse(
      'case.approver_unfit',
      'An extension is approved by a superior other than yourself and the owner of the case.',
      { staffId: approvedBy },
      'approvedBy',
    );
  }
  return undefined;
}

export const resolutionRules = {
  'case.setComplex': (draft, { caseId, reason }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (one.law === undefined) return noLaw(one);
    if (one.law.complex) return refuse('case.complex_already', `Case ${one.no} is complex already.`, { no: one.no });
    const law = lawFromReceipt(draft, one, true, one.law.extendedDays);
    draft.emit({ type: 'case.madeComplex', caseId, lawDueAt: law.dueAt, lawWarnAt: law.warnAt, reasonRef: draft.text(reason) });
    return { result: { dueAt: law.dueAt } };
  },

  'case.extend': (draft, { caseId, days, approvedBy, reason }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (one.law === undefined) return noLaw(one);
    const unfit = unfitApprover(draft, one, approvedBy);
    if (unfit !== undefined) return unfit;
    const left = casesConfig(draft.state).law.extendDays - one.law.extendedDays;
    if (days > left)
      return refuse('case.extend_too_long', `The law leaves ${left} days for extending case ${one.no}.`, { no: one.no, left }, 'days');
    const law = lawFromReceipt(draft, one, one.law.complex, one.law.extendedDays + days);
    draft.emit({
      type: 'case.extended',
      caseId,
      days,
      approvedBy,
      customerNotified: true,
      lawDueAt: law.dueAt,
      lawWarnAt: law.warnAt,
      ...(reason === undefined ? {} : { reasonRef: draft.text(reason) }),
    });
    return { result: { dueAt: law.dueAt } };
  },

  'case.resolve': (draft, { caseId, outcome, granted = 'granted', refusalReason, compensationFen }) => {
    const at = findRunning(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    const refused = owns(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    // A customer who was not satisfied is answered by the next level, not by the same hand again.
    if (one.satisfied === false && rungOf(draft, one.ownerId) < one.level && isStaffed(draft, one, one.level))
      return refuse(
        'case.decided_above',
        `The customer was not satisfied: case ${one.no} is decided one level up; let somebody there take it.`,
        {
          no: one.no,
        },
      );
    if (one.fault === 'cardRetained' && one.machineId !== undefined && hasCardInside(draft.state, one.machineId))
      return refuse(
        'case.card_inside',
        `A card is still in machine ${one.machineId}: take it out and collect it, then resolve case ${one.no}.`,
        {
          no: one.no,
          machineId: one.machineId,
        },
      );
    if (granted === 'refused' && refusalReason === undefined)
      return refuse('case.reason_needed', 'A refusal carries its reason in writing; say why.', { no: one.no }, 'refusalReason');
    const authority = one.policy.levels[Math.max(1, rungOf(draft, one.ownerId)) - 1]?.authorityFen;
    if (compensationFen !== undefined && authority !== undefined && compensationFen > authority)
      return refuse(
        'case.beyond_authority',
        'That is more than your level may promise; send the case up.',
        { authorityFen: authority },
        'compensationFen',
      );
    const { law } = casesConfig(draft.state);
    draft.emit({
      type: 'case.resolved',
      caseId,
      outcomeRef: draft.text(outcome),
      granted,
      waysOnward: law.waysOnward.map(({ id }) => id),
      ...(refusalReason === undefined ? {} : { refusalReasonRef: draft.text(refusalReason) }),
      ...(compensationFen === undefined ? {} : { compensationFen }),
      // A machine's fault closes when it is gone, not when a customer has had their time.
      ...(one.kind === 'machineFault' ? {} : { reviewUntilAt: reviewUntil(draft, draft.now) }),
    });
    return done;
  },

  'case.reply': (draft, { caseId, satisfied, text }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    if (one.kind === 'machineFault')
      return refuse('case.no_customer', `Case ${one.no} is a machine’s fault: no customer answers it.`, { no: one.no });
    if (one.resolvedAt === undefined)
      return refuse('case.not_resolved', `Case ${one.no} is not resolved yet: resolve it first, then ask the customer.`, { no: one.no });
    if (one.state === 'resolved' && one.satisfied === satisfied)
      return refuse('case.replied_already', `The customer’s answer to case ${one.no} is recorded already.`, { no: one.no });
    if (one.state === 'withdrawn' || (one.state === 'closed' && satisfied))
      return refuse('case.ended', `Case ${one.no} has ended already.`, { no: one.no }, 'caseId');
    // That the customer is content is not for the one to say whom it is about; that they are not, anybody may.
    const recused = satisfied ? notRecused(draft, one) : undefined;
    if (recused !== undefined) return recused;
    if (draft.now >= (one.reviewUntilAt ?? reviewUntil(draft, one.resolvedAt)))
      return refuse('case.review_over', `The time to ask for a review of case ${one.no} is over; log a new case.`, { no: one.no });
    draft.emit({ type: 'case.replied', caseId, satisfied, ...(text === undefined ? {} : { textRef: draft.text(text) }) });
    const heard = draft.state.cases.get(caseId);
    if (!satisfied && heard !== undefined) reopen(draft, heard);
    return done;
  },

  'case.withdraw': (draft, { caseId }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    if (one.state === 'closed' || one.state === 'withdrawn')
      return refuse('case.ended', `Case ${one.no} has ended already.`, { no: one.no }, 'caseId');
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (one.kind === 'machineFault' || one.kind === 'emergency')
      return refuse('case.not_withdrawable', 'Only what a customer brought can be withdrawn; close it instead.', { no: one.no });
    draft.emit({ type: 'case.withdrawn', caseId });
    return done;
  },

  'case.close': (draft, { caseId }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    if (one.state === 'closed' || one.state === 'withdrawn')
      return refuse('case.ended', `Case ${one.no} has ended already.`, { no: one.no }, 'caseId');
    const refused = steers(draft, one) ?? notRecused(draft, one);
    if (refused !== undefined) return refused;
    const mustResolve = one.kind !== 'praise' && one.kind !== 'suggestion';
    if (mustResolve && one.state !== 'resolved')
      return refuse('case.not_resolved', `Case ${one.no} is not resolved yet: resolve it first.`, { no: one.no });
    if (one.kind === 'machineFault' && isFaultThere(draft.state, one))
      return refuse('case.fault_there', `The machine still tells of this fault: once it is gone, case ${one.no} closes by itself.`, {
        no: one.no,
      });
    draft.emit({ type: 'case.closed', caseId, how: 'closed' });
    return done;
  },

  'case.judge': (draft, { caseId, justified, reason }) => {
    const at = findCase(draft, caseId);
    if ('refused' in at) return at;
    const one = at.found;
    if (one.kind !== 'complaint')
      return refuse('case.no_complaint', `Case ${one.no} is no complaint: there is nothing to judge.`, { no: one.no });
    const refused = notRecused(draft, one);
    if (refused !== undefined) return refused;
    if (levelOf(draft.context.actor.role) < 2)
      return refuse('case.judge_rank', 'Whether a complaint was justified is decided by the lobby manager or above.', { no: one.no });
    draft.emit({ type: 'case.judged', caseId, justified, reasonRef: draft.text(reason) });
    return done;
  },
} satisfies Rules;
