/** Complaint law as data (regulation.md): limits, extensions, review, ways onward, recusal, representatives, major events. */
import { describe, expect, test } from 'vitest';
import { defaultCases } from '../../contract/default-cases.ts';
import { defaultPlaybooks } from '../../contract/default-playbooks.ts';
import { nextDeadline } from './case-book.ts';
import { actor, head, HOUR, manager, MINUTE, NINE, office, region, Scenario, teller } from '../testing/scenario.ts';
import { attentionKinds, caseOf, escalations, logCase, refusalOf, sleep } from '../testing/cases.ts';

const DAY = 24 * HOUR;
const manager2 = actor('manager2', 'manager');
/** The midnight that ends the n-th day after 23 November 2026. */
const endOf = (days: number): number => NINE - 9 * HOUR + (days + 1) * DAY;

/** Taken in hand by the lobby manager; nothing but the law's clock runs for long. */
function complaint(s: Scenario): string {
  const caseId = logCase(s);
  s.do({ type: 'case.accept', caseId }, manager);
  return caseId;
}
const resolved = (s: Scenario): string => {
  const caseId = complaint(s);
  s.do({ type: 'case.resolve', caseId, outcome: '已重新办理' }, manager);
  return caseId;
};
const law = (s: Scenario, caseId: string) => {
  const found = caseOf(s, caseId).law;
  if (found === undefined) throw new Error('no law clock');
  return found;
};

describe('the limit for telling the customer', () => {
  test('is the end of the 15th day, warned of three days before, once each', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    expect(law(s, caseId)).toMatchObject({ dueAt: endOf(15), warnAt: endOf(12), complex: false });
    s.pass(40 * DAY);
    const told = s.events('case.reminded').filter(({ what }) => what === 'lawNear' || what === 'lawPassed');
    expect(told.map(({ what, dueAt, at }) => [what, dueAt, at])).toEqual([
      ['lawNear', endOf(12), endOf(12)],
      ['lawPassed', endOf(15), endOf(15)],
    ]);
  });

  test('falls once after long downtime, with the instants it was late for', () => {
    const s = Scenario.open();
    complaint(s);
    sleep(s, 30 * DAY);
    expect(s.events('case.reminded').map(({ what, dueAt }) => [what, dueAt])).toEqual([
      ['task', NINE + DAY],
      ['lawNear', endOf(12)],
      ['lawPassed', endOf(15)],
    ]);
  });

  test('is 30 days for a complex matter, which is said with its reason and once', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.do({ type: 'case.setComplex', caseId, reason: '需调取多方凭证' }, manager);
    expect(law(s, caseId)).toMatchObject({ dueAt: endOf(30), warnAt: endOf(27), complex: true });
    expect(s.refused({ type: 'case.setComplex', caseId, reason: '再次' }, manager)).toBe('case.complex_already');
  });

  test('is at most 30 days more, all extensions together', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.do({ type: 'case.setComplex', caseId, reason: '复杂' }, manager);
    const extend = { type: 'case.extend', caseId, approvedBy: 'head', customerNotified: true } as const;
    s.do({ ...extend, days: 20 }, manager);
    expect(law(s, caseId)).toMatchObject({ dueAt: endOf(50), extendedDays: 20 });
    expect(refusalOf(s, { ...extend, days: 11 }, manager)).toMatchObject({ code: 'case.extend_too_long', params: { left: 10 } });
    s.do({ ...extend, days: 10 }, manager);
    expect(law(s, caseId)).toMatchObject({ dueAt: endOf(60), extendedDays: 30 });
    expect(s.refused({ ...extend, days: 1 }, manager)).toBe('case.extend_too_long');
  });

  test('is extended only with the approval of a superior who neither asks nor owns it', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    const by = (approvedBy: string, who = manager) =>
      s.refused({ type: 'case.extend', caseId, days: 10, approvedBy, customerNotified: true }, who);
    expect([by('manager2'), by('teller1'), by('manager'), by('head', head), by('stranger')]).toEqual([
      'case.approver_unfit',
      'case.approver_unfit',
      'case.approver_unfit',
      'case.approver_unfit',
      'staff.unknown',
    ]);
    s.do({ type: 'case.extend', caseId, days: 10, approvedBy: 'region', customerNotified: true }, head);
    expect(s.events('case.extended')).toMatchObject([{ approvedBy: 'region', customerNotified: true, days: 10, actor: 'head' }]);
  });

  test('warns anew after it was extended', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.pass(13 * DAY);
    s.do({ type: 'case.extend', caseId, days: 10, approvedBy: 'head', customerNotified: true }, manager);
    s.pass(20 * DAY);
    const near = s.events('case.reminded').filter(({ what }) => what === 'lawNear');
    expect(near.map(({ dueAt }) => dueAt)).toEqual([endOf(12), endOf(22)]);
  });

  test('is the branch’s own where it set another', () => {
    const s = Scenario.open();
    const own = { ...defaultCases, law: { ...defaultCases.law, simpleDays: 7, warnDays: 1 } };
    s.do({ type: 'branch.configure', config: { cases: own } }, head);
    expect(law(s, complaint(s))).toMatchObject({ dueAt: endOf(7), warnAt: endOf(6) });
  });

  test('is for complaints only', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'incident' });
    expect(caseOf(s, caseId).law).toBeUndefined();
    expect(s.refused({ type: 'case.setComplex', caseId, reason: 'x' }, teller(1))).toBe('case.no_law');
    expect(s.refused({ type: 'case.extend', caseId, days: 1, approvedBy: 'head', customerNotified: true }, teller(1))).toBe('case.no_law');
  });

  test('ends with a customer who is content', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.do({ type: 'case.reply', caseId, satisfied: true }, manager);
    s.pass(40 * DAY);
    expect(s.events('case.reminded').filter(({ what }) => what !== 'task')).toEqual([]);
  });
});

describe('the reply', () => {
  test('names review, mediation, arbitration and litigation as ways onward', () => {
    const s = Scenario.open();
    resolved(s);
    expect(s.events('case.resolved')).toMatchObject([{ waysOnward: ['review', 'mediation', 'arbitration', 'litigation'] }]);
  });

  test('a refusal carries its reason in writing', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    const refusal = { type: 'case.resolve', caseId, outcome: '不能退费', granted: 'refused' } as const;
    expect(s.refused(refusal, manager)).toBe('case.reason_needed');
    s.do({ ...refusal, refusalReason: '收费已公示并经客户确认' }, manager);
    expect(s.events('case.resolved').at(-1)?.refusalReasonRef).toBeDefined();
    expect(JSON.stringify(s.log)).not.toContain('收费已公示');
  });

  test('what exceeds the level’s authority in money is not promised but sent up', () => {
    const s = Scenario.open();
    const policies = defaultCases.policies.map((one) => ({
      ...one,
      levels: one.levels.map((level) => ({ ...level, authorityFen: level.level * 10_000 })),
    }));
    s.do({ type: 'branch.configure', config: { cases: { ...defaultCases, policies } } }, head);
    const caseId = complaint(s);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: '赔偿', compensationFen: 20_001 }, manager)).toBe('case.beyond_authority');
    s.do({ type: 'case.resolve', caseId, outcome: '赔偿', compensationFen: 20_000 }, manager);
  });

  test('only the owner decides; what is decided is not decided again', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: 'x' }, teller(1))).toBe('case.not_owner');
    expect(s.refused({ type: 'case.resolve', caseId, outcome: 'x' }, head)).toBe('case.not_owner');
    s.do({ type: 'case.resolve', caseId, outcome: '好了' }, manager);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: 'x' }, manager)).toBe('case.resolved_already');
    s.do({ type: 'case.close', caseId }, manager);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: 'x' }, manager)).toBe('case.ended');
    expect(s.refused({ type: 'case.close', caseId }, manager)).toBe('case.ended');
  });

  test('an answer before there is anything to answer, or the same twice, is refused', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    expect(s.refused({ type: 'case.reply', caseId, satisfied: false }, manager)).toBe('case.not_resolved');
    expect(s.refused({ type: 'case.close', caseId }, manager)).toBe('case.not_resolved');
    s.do({ type: 'case.resolve', caseId, outcome: '好了' }, manager);
    s.do({ type: 'case.reply', caseId, satisfied: true }, manager);
    expect(s.refused({ type: 'case.reply', caseId, satisfied: true }, manager)).toBe('case.replied_already');
  });
});

describe('a customer who is not satisfied', () => {
  test('goes one level higher, with new clocks, and a review within 30 days from now', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.pass(5 * DAY);
    s.do({ type: 'case.reply', caseId, satisfied: false, text: '还是不同意' }, teller(1));
    const one = caseOf(s, caseId);
    expect(one).toMatchObject({ state: 'logged', level: 3, ownerId: 'manager', satisfied: false, ackDueAt: s.now + 15 * MINUTE });
    expect(one.law).toMatchObject({ dueAt: endOf(35), review: true });
    expect(escalations(s, caseId).at(-1)).toMatchObject({ why: 'reopened', level: 3 });
  });

  test('is answered by that level, not by the same hand again', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: '同前' }, manager)).toBe('case.decided_above');
    s.do({ type: 'case.accept', caseId }, head);
    s.do({ type: 'case.resolve', caseId, outcome: '退还费用' }, head);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'resolved', ownerId: 'head' });
  });

  test('may say so after it was closed, for 30 days, and after it was solved on the spot', () => {
    const s = Scenario.open();
    const spot = logCase(s, { solved: true });
    const closed = resolved(s);
    s.do({ type: 'case.close', caseId: closed }, manager);
    s.pass(29 * DAY);
    s.do({ type: 'case.reply', caseId: closed, satisfied: false }, manager);
    expect(caseOf(s, closed)).toMatchObject({ state: 'logged', level: 3 });
    s.do({ type: 'case.reply', caseId: spot, satisfied: false }, manager);
    expect(caseOf(s, spot)).toMatchObject({ state: 'logged', level: 2, ownerId: 'teller1' });
    const late = resolved(s);
    s.do({ type: 'case.close', caseId: late }, manager);
    s.pass(31 * DAY);
    expect(['case.review_over', 'case.unknown']).toContain(s.refused({ type: 'case.reply', caseId: late, satisfied: false }, manager));
  });

  test('a review’s time counts from when it was asked for, extended or not', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.pass(20 * DAY);
    s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
    s.do({ type: 'case.accept', caseId }, head);
    expect(law(s, caseId).dueAt).toBe(endOf(50));
    s.do({ type: 'case.extend', caseId, days: 10, approvedBy: 'region', customerNotified: true }, head);
    expect(law(s, caseId)).toMatchObject({ dueAt: endOf(60), warnAt: endOf(57) });
    expect(s.refused({ type: 'case.setComplex', caseId, reason: 'x' }, head)).toBe('case.complex_already');
  });

  test('every time one level higher, to the top', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    for (const by of [head, region, office, office]) {
      s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
      if (caseOf(s, caseId).ownerId !== by.id) s.do({ type: 'case.accept', caseId }, by);
      s.do({ type: 'case.resolve', caseId, outcome: '再次答复' }, by);
    }
    expect(escalations(s, caseId).map(({ level, step }) => [level, step])).toEqual([
      [3, 1],
      [4, 2],
      [5, 3],
      [5, 4],
    ]);
  });
});

describe('a case that nobody closes', () => {
  test('ends by itself once no review can be asked for, so that what is kept of the customer ends too; a long stop ends it once', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.pass(29 * DAY);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'resolved', reviewUntilAt: endOf(30) });
    sleep(s, 40 * DAY);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'closed', closedAt: s.now });
    s.pass(DAY);
    expect(s.events('case.closed')).toMatchObject([{ caseId, how: 'reviewOver', dueAt: endOf(30), actor: 'clock' }]);
  });

  test('reviewed, it has its time anew; that end is no deadline of anybody', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.pass(20 * DAY);
    s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
    expect(caseOf(s, caseId).reviewUntilAt).toBeUndefined();
    s.do({ type: 'case.accept', caseId }, head);
    s.do({ type: 'case.resolve', caseId, outcome: '复核后维持' }, head);
    s.do({ type: 'case.reply', caseId, satisfied: true }, head);
    s.do({ type: 'case.completeTask', caseId, taskId: caseOf(s, caseId).tasks[0]?.id ?? '' }, head);
    expect(nextDeadline(caseOf(s, caseId))).toBeUndefined();
    s.pass(29 * DAY);
    expect(caseOf(s, caseId).state).toBe('resolved');
    s.pass(2 * DAY);
    expect(caseOf(s, caseId).state).toBe('closed');
  });
});

describe('a withdrawal', () => {
  test('ends it that day: no clock of it runs on, and it stays withdrawn', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.do({ type: 'case.promise', caseId, what: '周五回电', byAt: s.now + DAY }, manager);
    s.do({ type: 'case.withdraw', caseId }, manager);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'withdrawn', closedAt: s.now });
    s.pass(40 * DAY);
    expect(escalations(s, caseId)).toEqual([]);
    expect(s.events('case.reminded').filter(({ what }) => what !== 'task')).toEqual([]);
  });

  test('is nothing to be dissatisfied with, even when a reply came before', () => {
    const s = Scenario.open();
    const caseId = resolved(s);
    s.do({ type: 'case.withdraw', caseId }, manager);
    expect(s.refused({ type: 'case.reply', caseId, satisfied: false }, manager)).toBe('case.ended');
    expect(s.refused({ type: 'case.withdraw', caseId }, manager)).toBe('case.ended');
  });

  test('is for what a customer brought, not for an emergency', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'emergency' }, manager);
    expect(s.refused({ type: 'case.withdraw', caseId }, manager)).toBe('case.not_withdrawable');
  });
});

describe('recusal', () => {
  test('where business days count, a case is there to be reviewed as long as they last', () => {
    const cases = { ...defaultCases, law: { ...defaultCases.law, clock: 'business' as const } };
    const s = Scenario.open({}, (config) => ({ ...config, cases }));
    const before = s.context.bind(s);
    s.context = (by) => {
      const context = before(by);
      const { calendar } = context;
      const addDays: typeof calendar.addDays = (at, days, kind, hours) => calendar.addDays(at, Math.ceil((days * 7) / 5), kind, hours);
      return { ...context, calendar: { ...calendar, addDays } };
    };
    const caseId = logCase(s, { solved: true });
    s.pass(40 * DAY);
    s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'logged', level: 2 });
  });

  test('nobody with an interest has a hand in who handles it, unless it is theirs to pass on', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { aboutStaffId: 'manager' });
    const deeds = [
      { type: 'case.handOver', caseId, toStaffId: 'teller3' },
      { type: 'case.escalate', caseId, reason: 'x' },
      { type: 'case.recuse', caseId, staffId: 'manager2', reason: 'x' },
      { type: 'case.promise', caseId, what: 'x', byAt: s.now + DAY },
      { type: 'case.addTask', caseId, kind: 'other', what: 'x', dueAt: s.now + DAY },
      { type: 'case.countPeople', caseId, onSite: 3 },
    ] as const;
    s.do({ type: 'case.escalate', caseId, reason: '超出权限' }, teller(1));
    for (const deed of deeds) expect([deed.type, s.refused(deed, manager)]).toEqual([deed.type, 'case.recused']);
    const own = logCase(s, { aboutStaffId: 'teller1' });
    expect(s.refused({ type: 'case.recuse', caseId: own, staffId: 'head', reason: 'x' }, teller(1))).toBe('case.recused');
    s.do({ type: 'case.handOver', caseId: own, toStaffId: 'manager2' }, teller(1));
  });

  test('nobody decides a case about themselves, in no way', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { aboutStaffId: 'manager', contact: { phone: '13700001234' } });
    expect(caseOf(s, caseId)).toMatchObject({ offeredTo: 'manager2', recused: ['manager'] });
    s.do({ type: 'case.escalate', caseId, reason: '涉及大堂经理' }, teller(1));
    const deeds = [
      { type: 'case.acknowledge', caseId },
      { type: 'case.accept', caseId },
      { type: 'case.setComplex', caseId, reason: 'x' },
      { type: 'case.extend', caseId, days: 10, approvedBy: 'head', customerNotified: true },
      { type: 'case.withdraw', caseId },
      { type: 'case.close', caseId },
      { type: 'case.judge', caseId, justified: false, reason: 'x' },
      { type: 'case.correct', caseId, severity: 4, reason: 'x' },
      { type: 'case.setCause', caseId, cause: 'waiting' },
    ] as const;
    for (const deed of deeds) expect([deed.type, s.refused(deed, manager)]).toEqual([deed.type, 'case.recused']);
    expect(s.refused({ type: 'case.revealContact', caseId }, manager)).toBe('case.contact_closed');
    expect(s.refused({ type: 'case.handOver', caseId, toStaffId: 'manager' }, teller(1))).toBe('case.recused_there');
    s.do({ type: 'case.accept', caseId }, manager2);
    s.do({ type: 'case.resolve', caseId, outcome: '道歉' }, manager2);
    expect(s.refused({ type: 'case.reply', caseId, satisfied: true }, manager)).toBe('case.recused');
    s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
  });

  test('a teller who logs a complaint about themselves owns it, decides nothing, and it is offered to somebody else', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { aboutStaffId: 'teller1' });
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', offeredTo: 'manager', recused: ['teller1'] });
    expect(s.refused({ type: 'case.resolve', caseId, outcome: '没问题' }, teller(1))).toBe('case.recused');
    const own = logCase(s, { aboutStaffId: 'manager' }, manager);
    expect(caseOf(s, own)).toMatchObject({ ownerId: 'manager', offeredTo: 'head' });
  });

  test('nobody calls what is about themselves solved on the spot; praise apart', () => {
    const s = Scenario.open();
    const own = { type: 'case.log', channel: 'counter', severity: 4, subject: '态度', aboutStaffId: 'teller1', solved: true } as const;
    for (const kind of ['complaint', 'incident', 'suggestion'] as const)
      expect(s.refused({ ...own, kind }, teller(1))).toBe('case.solved_about_self');
    s.do({ ...own, kind: 'praise' }, teller(1));
    s.do({ ...own, kind: 'complaint' }, teller(2));
  });

  test('an interest found later sends it up; an offer to that person falls', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.do({ type: 'case.handOver', caseId, toStaffId: 'manager2' }, manager);
    s.do({ type: 'case.recuse', caseId, staffId: 'manager2', reason: '亲属' }, manager);
    expect(caseOf(s, caseId).offeredTo).toBeUndefined();
    s.do({ type: 'case.recuse', caseId, staffId: 'manager', reason: '同学' }, manager);
    expect(caseOf(s, caseId)).toMatchObject({ level: 3, ownerId: 'manager', recused: ['manager2', 'manager'] });
    expect(escalations(s, caseId)).toMatchObject([{ why: 'recusal' }]);
    expect(s.refused({ type: 'case.recuse', caseId, staffId: 'manager', reason: '再次' }, head)).toBe('case.recused_already');
    s.do({ type: 'case.accept', caseId }, head);
  });

  test('that it is about its owner, found by a correction, sends it up too', () => {
    const s = Scenario.open();
    const caseId = complaint(s);
    s.do({ type: 'case.correct', caseId, aboutStaffId: 'manager', reason: '客户指认' }, manager2);
    expect(caseOf(s, caseId)).toMatchObject({ level: 3, ownerId: 'manager', aboutStaffId: 'manager', recused: ['manager'] });
    expect(s.refused({ type: 'case.resolve', caseId, outcome: 'x' }, manager)).toBe('case.recused');
  });

  test('whether it was justified is decided by another, of the lobby manager’s rank or above, with the reason', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { aboutStaffId: 'teller2' });
    expect(s.refused({ type: 'case.judge', caseId, justified: false, reason: 'x' }, teller(2))).toBe('forbidden');
    expect(s.refused({ type: 'case.judge', caseId, justified: false, reason: 'x' }, teller(1))).toBe('case.judge_rank');
    s.do({ type: 'case.judge', caseId, justified: true, reason: '录像为证' }, manager);
    expect(caseOf(s, caseId)).toMatchObject({ justified: true, judgedBy: 'manager' });
    const incident = logCase(s, { kind: 'incident' });
    expect(s.refused({ type: 'case.judge', caseId: incident, justified: true, reason: 'x' }, manager)).toBe('case.no_complaint');
  });

  test('praise about somebody is no reason for them to keep out', () => {
    const s = Scenario.open();
    expect(caseOf(s, logCase(s, { kind: 'praise', aboutStaffId: 'teller2' })).recused).toEqual([]);
  });
});

describe('a joint complaint', () => {
  const people = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `代表${i}` }));

  test('sends at most five representatives', () => {
    const s = Scenario.open();
    const six = {
      type: 'case.log',
      kind: 'complaint',
      channel: 'counter',
      severity: 2,
      subject: '集体',
      representatives: people(6),
    } as const;
    expect(refusalOf(s, six, manager)).toMatchObject({ code: 'case.too_many_representatives', params: { most: 5 } });
    const caseId = logCase(s, { representatives: people(5), onSite: 19 }, manager);
    expect(caseOf(s, caseId).representativeRefs).toHaveLength(5);
    expect(JSON.stringify(s.log)).not.toContain('代表0');
  });

  test('the twentieth person on site raises the major-event plan, once, owned by the head', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { onSite: 19 }, manager);
    expect(s.events('case.logged')).toHaveLength(1);
    const { majorEventCaseId } = s.do({ type: 'case.countPeople', caseId, onSite: 20 }, manager);
    expect(caseOf(s, majorEventCaseId as string)).toMatchObject({
      kind: 'emergency',
      playbookId: 'massComplaint',
      severity: 1,
      ownerId: 'head',
      onSite: 20,
    });
    s.do({ type: 'case.countPeople', caseId, onSite: 12 }, manager);
    s.do({ type: 'case.countPeople', caseId, onSite: 35 }, manager);
    expect(s.events('case.logged')).toHaveLength(2);
    expect(attentionKinds(s)).toContain('emergency');
  });

  test('about somebody, the emergency that every screen shows says nothing of it, and is not theirs to lead', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { onSite: 20, aboutStaffId: 'head' }, manager);
    const raised = caseOf(s, caseOf(s, caseId).majorEventCaseId ?? '');
    expect(raised).toMatchObject({ kind: 'emergency', ownerId: 'region' });
    expect(raised.subjectRef ?? raised.aboutStaffId).toBeUndefined();
    const about = logCase(s, { onSite: 20 }, manager);
    expect(caseOf(s, caseOf(s, about).majorEventCaseId ?? '').subjectRef).toBe(caseOf(s, about).subjectRef);
  });

  test('a bank without this plan goes by “other”', () => {
    const playbooks = defaultPlaybooks.filter(({ id }) => id !== 'massComplaint');
    const s = Scenario.open({}, (config) => ({ ...config, playbooks }));
    const caseId = logCase(s, { onSite: 20 });
    expect(caseOf(s, caseOf(s, caseId).majorEventCaseId ?? '').playbookId).toBe('other');
  });

  test('twenty at the first word raise it at once', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { onSite: 20 });
    expect(caseOf(s, caseId).majorEventCaseId).toBeDefined();
    expect(s.events('case.logged').map(({ case: one }) => one.playbookId)).toEqual([undefined, 'massComplaint']);
  });
});
