/** What is done on the way: tasks, promises, causes, corrections, awards. Entries are added, never changed. */
import { describe, expect, test } from 'vitest';
import { defaultCases } from '../../contract/default-cases.ts';
import type { StoredBranchEvent } from '../branch.events.ts';
import { branch } from '../branch.ts';
import { head, HOUR, manager, MINUTE, Scenario, teller } from '../testing/scenario.ts';
import { caseOf, lifeOf, logCase, sleep } from '../testing/cases.ts';

const DAY = 24 * HOUR;

test('whoever is given a task sees the case from then on, though it was none of theirs', () => {
  const s = Scenario.open();
  const caseId = logCase(s, { kind: 'complaint' });
  s.do({ type: 'case.addTask', caseId, kind: 'other', what: 'ask the customer', ownerId: 'teller4', dueAt: s.now + DAY }, teller(1));
  const [added] = s.events('case.taskAdded');
  // Their floor never held the case: the event brings it whole.
  const theirs = branch.evolve(branch.initial('hq'), { ...added, seq: 1 } as StoredBranchEvent);
  expect(theirs.cases.get(caseId)?.tasks.at(-1)).toMatchObject({ ownerId: 'teller4', kind: 'other' });
});

describe('“save the video”', () => {
  test('is a task within 24 hours, made with every complaint and incident, for whoever owns it', () => {
    const s = Scenario.open();
    const tasks = (kind: 'complaint' | 'incident' | 'suggestion' | 'praise') => caseOf(s, logCase(s, { kind })).tasks;
    expect(tasks('complaint')).toMatchObject([{ kind: 'video', ownerId: 'teller1', dueAt: s.now + DAY }]);
    expect(tasks('incident')).toMatchObject([{ kind: 'video' }]);
    expect([tasks('suggestion'), tasks('praise')]).toEqual([[], []]);
  });

  test('not done, it is told once, also after downtime; done, never', () => {
    const s = Scenario.open();
    const forgotten = logCase(s);
    const saved = logCase(s);
    const due = s.now + DAY;
    s.do({ type: 'case.completeTask', caseId: saved, taskId: caseOf(s, saved).tasks[0]?.id ?? '' }, teller(1));
    sleep(s, 3 * DAY);
    s.pass(DAY);
    expect(s.events('case.reminded').filter(({ what }) => what === 'task')).toMatchObject([{ caseId: forgotten, dueAt: due }]);
    const taskId = caseOf(s, forgotten).tasks[0]?.id ?? '';
    s.do({ type: 'case.completeTask', caseId: forgotten, taskId, text: '已刻盘' }, teller(1));
    expect(s.refused({ type: 'case.completeTask', caseId: forgotten, taskId }, teller(1))).toBe('task.done_already');
  });

  test('asked for by hand it is due within 24 hours too, whatever was wished', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'suggestion' });
    s.do({ type: 'case.addTask', caseId, kind: 'video', what: '大堂三号机位', dueAt: s.now + 20 * DAY }, teller(1));
    s.do({ type: 'case.addTask', caseId, kind: 'video', what: '门口', dueAt: s.now + HOUR }, teller(1));
    expect(caseOf(s, caseId).tasks.map(({ dueAt }) => dueAt - s.now)).toEqual([DAY, HOUR]);
  });
});

describe('rectification and other tasks', () => {
  test('have an owner and a time; the owner may be a colleague, who then sees the case and may finish it', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    const { taskId } = s.do(
      { type: 'case.addTask', caseId, kind: 'rectification', what: '更换叫号屏', ownerId: 'teller4', dueAt: s.now + 7 * DAY },
      teller(1),
    );
    expect(caseOf(s, caseId).people).toContain('teller4');
    s.do({ type: 'case.completeTask', caseId, taskId: taskId as string, text: '已更换' }, teller(4));
    expect(caseOf(s, caseId).tasks.at(-1)).toMatchObject({ doneBy: 'teller4', doneAt: s.now });
  });

  test('outlive the case: what was promised to be put right is asked for after it was closed', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'incident' });
    s.do({ type: 'case.addTask', caseId, kind: 'rectification', what: '培训', dueAt: s.now + 10 * DAY }, teller(1));
    s.do({ type: 'case.resolve', caseId, outcome: '好了' }, teller(1));
    s.do({ type: 'case.close', caseId }, teller(1));
    s.pass(11 * DAY);
    expect(s.events('case.reminded').map(({ what }) => what)).toEqual(['task', 'task']);
  });

  test('without a time to come, for a stranger, or unknown, they are refused', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    const add = (more: object) => s.refused({ type: 'case.addTask', caseId, kind: 'other', what: 'x', ...more }, teller(1));
    expect([add({}), add({ dueAt: s.now }), add({ dueAt: s.now + 1, ownerId: 'stranger' })]).toEqual([
      'task.needs_time',
      'task.needs_time',
      'staff.unknown',
    ]);
    expect(s.refused({ type: 'case.completeTask', caseId, taskId: 'none' }, teller(1))).toBe('task.unknown');
  });
});

describe('a promise', () => {
  test('kept in time says nothing; missed, it is told once with its time', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    const promise = (byAt: number) => s.do({ type: 'case.promise', caseId, what: '回电', byAt }, teller(1)).promiseId as string;
    const kept = promise(s.now + HOUR);
    const missed = promise(s.now + 2 * HOUR);
    const missedAt = s.now + 2 * HOUR;
    s.do({ type: 'case.keepPromise', caseId, promiseId: kept }, teller(1));
    s.pass(DAY - MINUTE);
    expect(s.events('case.reminded').filter(({ what }) => what === 'promise')).toMatchObject([
      { promiseId: missed, dueAt: missedAt, at: missedAt },
    ]);
    s.do({ type: 'case.keepPromise', caseId, promiseId: missed }, teller(1));
    expect(s.refused({ type: 'case.keepPromise', caseId, promiseId: missed }, teller(1))).toBe('promise.kept_already');
    expect(s.refused({ type: 'case.keepPromise', caseId, promiseId: 'none' }, teller(1))).toBe('promise.unknown');
  });

  test('is for a time to come, made by whoever steers the case', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    s.do({ type: 'case.accept', caseId }, manager);
    expect(s.refused({ type: 'case.promise', caseId, what: '回电', byAt: s.now }, manager)).toBe('case.promise_past');
    expect(s.refused({ type: 'case.promise', caseId, what: '回电', byAt: s.now + 1 }, teller(1))).toBe('case.not_yours');
  });

  test.each([40 * DAY, 8.6e15])(
    'made in a case long closed is reminded of when its day comes, and never stands in the way of others (%d)',
    (after) => {
      const s = Scenario.open();
      const closed = logCase(s, { kind: 'praise' });
      const byAt = Math.min(s.now + after, 8.6e15);
      s.do({ type: 'case.promise', caseId: closed, what: '感谢信', byAt }, teller(1));
      s.do({ type: 'case.close', caseId: closed }, teller(1));
      s.pass(60 * DAY);
      expect(s.events('case.reminded').map(({ dueAt }) => dueAt)).toEqual(byAt < s.now ? [byAt] : []);
      const later = logCase(s, { severity: 2 });
      s.pass(5 * MINUTE);
      expect(caseOf(s, later).step).toBe(1);
    },
  );
});

describe('the same cause again', () => {
  test('shows as such, within the time the branch looks back', () => {
    const s = Scenario.open();
    const found = (cause: string) => s.do({ type: 'case.setCause', caseId: logCase(s), cause }, teller(1)).count;
    expect([found('waiting'), found('attitude'), found('waiting')]).toEqual([1, 1, 2]);
    s.pass(89 * DAY);
    expect(found('waiting')).toBe(3);
    s.pass(2 * DAY);
    expect(found('waiting')).toBe(2);
  });

  test('taken for another by mistake, a case counts for its own cause alone', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    const set = (cause: string, id = caseId) => s.do({ type: 'case.setCause', caseId: id, cause }, teller(1)).count;
    expect([set('waiting'), set('fees'), set('waiting')]).toEqual([1, 1, 1]);
    expect([set('waiting', logCase(s)), set('fees', logCase(s))]).toEqual([2, 1]);
  });

  test('is one of the branch’s list, and found once per case', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    expect(s.refused({ type: 'case.setCause', caseId, cause: 'mood' }, teller(1))).toBe('cause.unknown');
    s.do({ type: 'case.setCause', caseId, cause: 'fees' }, teller(1));
    expect(s.refused({ type: 'case.setCause', caseId, cause: 'fees' }, teller(1))).toBe('cause.same');
    expect(caseOf(s, caseId)).toMatchObject({ cause: 'fees', causeCount: 1 });
  });
});

describe('a correction', () => {
  test('is an entry with its reason; what was written before stays in the log', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    const before = caseOf(s, caseId);
    s.do({ type: 'case.correct', caseId, subject: '等了三个小时', reason: '客户更正' }, teller(1));
    const after = caseOf(s, caseId);
    expect(after.subjectRef).not.toBe(before.subjectRef);
    const logged = lifeOf(s, caseId)[0];
    expect(logged).toMatchObject({ type: 'case.logged', case: { subjectRef: before.subjectRef } });
    expect(s.events('case.corrected').at(-1)?.reasonRef).toBeDefined();
  });

  test('of the severity brings that severity’s clocks, from now', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 4 });
    s.pass(10 * MINUTE);
    s.do({ type: 'case.correct', caseId, severity: 2, reason: '客户受伤' }, teller(1));
    expect(caseOf(s, caseId)).toMatchObject({ severity: 2, ackDueAt: s.now + 5 * MINUTE, actDueAt: s.now + HOUR });
  });

  test('never sinks below what its channel asks for', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { channel: 'press', severity: 1 });
    s.do({ type: 'case.correct', caseId, severity: 4, reason: '小事' }, teller(1));
    expect(caseOf(s, caseId).severity).toBe(1);
    expect(s.events('case.corrected').at(-1)?.policy).toBeUndefined();
  });

  test('a note may be added to the end and after it; nothing of what people wrote is in the log', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { details: '排队号A012', contact: { name: '司马相如', phone: '13700001234' } });
    s.do({ type: 'case.withdraw', caseId }, teller(1));
    s.do({ type: 'case.note', caseId, text: '客户来电致谢' }, teller(1));
    expect(lifeOf(s, caseId).map(({ type }) => type)).toEqual(['case.logged', 'case.withdrawn', 'case.noted']);
    expect(JSON.stringify(s.log)).not.toMatch(/A012|司马|13700001234|致谢|两个小时/);
  });
});

describe('the customer’s contact', () => {
  test('is for whoever handles the case, and every look is an entry', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'emergency', contact: { phone: '13700001234' } });
    s.do({ type: 'case.accept', caseId }, manager);
    expect(s.refused({ type: 'case.revealContact', caseId }, teller(3))).toBe('case.contact_closed');
    s.do({ type: 'case.revealContact', caseId }, manager);
    expect(s.events('case.contactRevealed')).toMatchObject([{ caseId, actor: 'manager' }]);
    expect(s.refused({ type: 'case.revealContact', caseId: logCase(s) }, manager)).toBe('case.no_contact');
  });
});

describe('praise and the wronged-employee award', () => {
  test('are recorded with their reason, with or without a case', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'praise', aboutStaffId: 'teller2' });
    s.do({ type: 'award.give', staffId: 'teller2', kind: 'praised', caseId, reason: '拾金不昧' }, head);
    s.do({ type: 'award.give', staffId: 'teller3', kind: 'wronged', reason: '被客户无端辱骂' }, head);
    expect(s.events('award.given')).toMatchObject([
      { staffId: 'teller2', kind: 'praised', caseId, actor: 'head' },
      { staffId: 'teller3', kind: 'wronged' },
    ]);
    expect(JSON.stringify(s.log)).not.toContain('拾金不昧');
  });

  test('nobody gives themselves one, nor a stranger, nor for a case that is not there', () => {
    const s = Scenario.open();
    expect(s.refused({ type: 'award.give', staffId: 'head', kind: 'praised', reason: 'x' }, head)).toBe('award.self');
    expect(s.refused({ type: 'award.give', staffId: 'stranger', kind: 'praised', reason: 'x' }, head)).toBe('staff.unknown');
    expect(s.refused({ type: 'award.give', staffId: 'teller1', kind: 'praised', caseId: 'none', reason: 'x' }, head)).toBe('case.unknown');
  });

  test('praise and suggestions are closed without being resolved', () => {
    const s = Scenario.open();
    for (const kind of ['praise', 'suggestion'] as const) s.do({ type: 'case.close', caseId: logCase(s, { kind }) }, teller(1));
    expect(s.events('case.closed')).toHaveLength(2);
  });
});

describe('a branch configured before there were cases', () => {
  test('goes by the defaults', () => {
    const s = Scenario.open();
    expect(s.state.config?.cases).toBeUndefined();
    const { levels } = caseOf(s, logCase(s, { severity: 2 })).policy;
    expect(levels).toEqual(defaultCases.policies.find(({ severity }) => severity === 2)?.levels);
  });
});
