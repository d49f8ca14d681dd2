/** The first responder owns it: exactly one owner, from the first word until somebody has accepted it. */
import { describe, expect, test } from 'vitest';
import { actor, head, HOUR, manager, MINUTE, Scenario, teller } from '../testing/scenario.ts';
import { attentionKinds, caseOf, escalations, lifeOf, logCase, refusalOf } from '../testing/cases.ts';

const manager2 = actor('manager2', 'manager');
const open = () => Scenario.open();

describe('whoever the customer speaks to first', () => {
  test('owns the case; a teller’s one key offers it to the lobby manager at the same time', () => {
    const s = open();
    const caseId = logCase(s);
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', offeredTo: 'manager', state: 'logged', level: 1, step: 0 });
    expect(attentionKinds(s)).toContain('caseOffered');
  });

  test('a lobby manager who logs owns it and it is offered to nobody', () => {
    const s = open();
    const caseId = logCase(s, {}, manager);
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'manager', level: 2 });
    expect(caseOf(s, caseId).offeredTo).toBeUndefined();
  });

  test('a lobby manager off shift is offered nothing: the next one there is', () => {
    const s = open();
    s.do({ type: 'shift.end' }, manager);
    expect(caseOf(s, logCase(s)).offeredTo).toBe('manager2');
    s.do({ type: 'shift.end' }, manager2);
    expect(caseOf(s, logCase(s)).offeredTo).toBe('head');
  });

  test('logging is not acknowledging: the clock of the level runs', () => {
    const s = open();
    const one = caseOf(s, logCase(s));
    expect(one.ackDueAt).toBe(s.now + 15 * MINUTE);
    expect(one.actDueAt).toBe(s.now + 4 * HOUR);
  });

  test('what was solved on the spot is written down, and no clock starts', () => {
    const s = open();
    const caseId = logCase(s, { solved: true });
    const one = caseOf(s, caseId);
    expect(one).toMatchObject({ ownerId: 'teller1', state: 'closed', solvedOnSpot: true, tasks: [] });
    expect([one.offeredTo, one.ackDueAt, one.actDueAt, one.law]).toEqual([undefined, undefined, undefined, undefined]);
    s.pass(60 * 24 * HOUR);
    expect(lifeOf(s, caseId).map(({ type }) => type)).toEqual(['case.logged']);
  });

  test('numbers for people run on within the day and begin anew the next', () => {
    const s = open();
    const no = () => caseOf(s, logCase(s)).no;
    expect([no(), no()]).toEqual(['20261123-01', '20261123-02']);
    s.pass(16 * HOUR);
    expect(no()).toBe('20261124-01');
  });

  test('a silent emergency leaves no gap in the numbers that others see', () => {
    const s = open();
    const no = (more = {}) => caseOf(s, logCase(s, more)).no;
    const robbery = { kind: 'emergency', playbookId: 'robbery' } as const;
    expect([no(), no(robbery), no(), no(robbery), no()]).toEqual([
      '20261123-01',
      '20261123-S1',
      '20261123-02',
      '20261123-S2',
      '20261123-03',
    ]);
    expect(s.state.caseCounters.count).toBe(3);
  });
});

describe('a hand-over', () => {
  test('changes nothing until it is accepted: the old owner’s clock runs, and its deadline falls', () => {
    const s = open();
    const caseId = logCase(s);
    const before = caseOf(s, caseId);
    s.do({ type: 'case.handOver', caseId, toStaffId: 'manager2' }, teller(1));
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', offeredTo: 'manager2', ackDueAt: before.ackDueAt });
    s.pass(15 * MINUTE);
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', offeredTo: 'manager2', level: 2, step: 1 });
  });

  test('accepted, it has the new owner, who has thereby acknowledged; the old one still sees it', () => {
    const s = open();
    const caseId = logCase(s);
    s.do({ type: 'case.accept', caseId }, manager);
    const one = caseOf(s, caseId);
    expect(one).toMatchObject({ ownerId: 'manager', state: 'acknowledged', level: 2, people: ['teller1', 'manager'] });
    expect([one.offeredTo, one.ackDueAt]).toEqual([undefined, undefined]);
    expect(one.actDueAt).toBeDefined();
    expect(s.events('case.accepted').at(-1)).toMatchObject({ from: 'teller1', ownerId: 'manager' });
    s.do({ type: 'case.note', caseId, text: '客户又来了' }, teller(1));
    expect(attentionKinds(s)).not.toContain('caseOffered');
  });

  test('declined, it stays where it was', () => {
    const s = open();
    const caseId = logCase(s);
    s.do({ type: 'case.decline', caseId, reason: '正在处理另一件' }, manager);
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1' });
    expect(caseOf(s, caseId).offeredTo).toBeUndefined();
    expect(s.refused({ type: 'case.decline', caseId, reason: '再次' }, manager)).toBe('case.not_offered');
  });

  test('a new one replaces the pending one; whoever it was taken from cannot accept any more', () => {
    const s = open();
    const caseId = logCase(s);
    s.do({ type: 'case.handOver', caseId, toStaffId: 'teller2' }, teller(1));
    expect(s.refused({ type: 'case.accept', caseId }, manager)).toBe('case.not_offered');
    s.do({ type: 'case.accept', caseId }, teller(2));
    expect(caseOf(s, caseId).ownerId).toBe('teller2');
  });

  test('goes to nobody who is not there: unknown, off shift, or the owner already', () => {
    const s = open();
    const caseId = logCase(s);
    s.do({ type: 'shift.end' }, teller(3));
    const to = (toStaffId: string) => s.refused({ type: 'case.handOver', caseId, toStaffId }, teller(1));
    expect([to('stranger'), to('__proto__'), to('teller3'), to('teller1')]).toEqual([
      'staff.unknown',
      'staff.unknown',
      'case.off_shift',
      'case.already_owner',
    ]);
  });

  test('two claim at once: one wins, the other is told who', () => {
    const s = open();
    const caseId = logCase(s);
    s.pass(15 * MINUTE);
    expect(caseOf(s, caseId).level).toBe(2);
    s.do({ type: 'case.accept', caseId }, manager2);
    expect(refusalOf(s, { type: 'case.accept', caseId }, manager)).toMatchObject({
      code: 'case.already_accepted',
      params: { ownerId: 'manager2' },
    });
    expect(s.refused({ type: 'case.accept', caseId }, manager2)).toBe('case.already_yours');
    expect(caseOf(s, caseId).ownerId).toBe('manager2');
  });

  test('whether by an offer or by its level: once somebody has taken it, the other is told who', () => {
    const both = (first: typeof manager, second: typeof manager) => {
      const s = open();
      const caseId = logCase(s);
      s.do({ type: 'case.escalate', caseId, reason: '超出权限' }, teller(1));
      s.do({ type: 'case.handOver', caseId, toStaffId: 'teller2' }, teller(1));
      s.do({ type: 'case.accept', caseId }, first);
      expect(refusalOf(s, { type: 'case.accept', caseId }, second)).toMatchObject({
        code: 'case.already_accepted',
        params: { ownerId: first.id },
      });
      s.do({ type: 'case.escalate', caseId, reason: '再上' }, first);
      s.do({ type: 'case.accept', caseId }, head);
      expect(caseOf(s, caseId).ownerId).toBe('head');
    };
    both(teller(2), manager);
    both(manager, teller(2));
  });

  test('nobody takes what was neither offered to them nor came to their level', () => {
    const s = open();
    const caseId = logCase(s);
    expect(refusalOf(s, { type: 'case.accept', caseId }, manager2)).toMatchObject({
      code: 'case.not_offered',
      params: { ownerId: 'teller1' },
    });
    expect(s.refused({ type: 'case.accept', caseId }, head)).toBe('case.not_offered');
  });

  test('“not mine” does not exist: nothing takes a case from its owner but another’s acceptance', () => {
    const s = open();
    const caseId = logCase(s);
    s.do({ type: 'case.handOver', caseId, toStaffId: 'manager2' }, teller(1));
    s.do({ type: 'case.decline', caseId, reason: '不' }, manager2);
    s.do({ type: 'case.escalate', caseId, reason: '超出权限' }, teller(1));
    s.do({ type: 'case.recuse', caseId, staffId: 'teller1', reason: '亲属' }, teller(1));
    s.do({ type: 'shift.end' }, teller(1));
    s.pass(3 * 24 * HOUR);
    expect(caseOf(s, caseId).ownerId).toBe('teller1');
  });
});

describe('the end of a shift', () => {
  test('passes up only what falls due before the next one, and says which', () => {
    const s = open();
    const soon = logCase(s, { kind: 'suggestion', severity: 3 });
    const later = logCase(s, { kind: 'suggestion', severity: 4 });
    s.do({ type: 'case.acknowledge', caseId: later }, teller(1));
    const others = logCase(s, {}, teller(2));
    const result = s.do({ type: 'shift.end', backAt: s.now + 16 * HOUR }, teller(1));
    expect(result).toMatchObject({ passedUp: [soon], kept: [later] });
    expect(caseOf(s, soon)).toMatchObject({ ownerId: 'teller1', level: 2, step: 1 });
    expect(escalations(s, soon)).toMatchObject([{ why: 'offShift' }]);
    expect(caseOf(s, later)).toMatchObject({ level: 1, step: 0 });
    expect(caseOf(s, others)).toMatchObject({ level: 1, step: 0 });
  });

  test('a shift that begins again is over being away; beginning one twice is refused', () => {
    const s = open();
    s.do({ type: 'shift.end' }, manager);
    s.do({ type: 'shift.begin' }, manager);
    expect(caseOf(s, logCase(s)).offeredTo).toBe('manager');
    expect(s.refused({ type: 'shift.begin' }, manager)).toBe('shift.on_already');
    expect(s.refused({ type: 'shift.end', backAt: s.now }, manager)).toBe('shift.back_past');
  });

  test('whoever is back at the time they said counts as there', () => {
    const s = open();
    s.do({ type: 'shift.end', backAt: s.now + HOUR }, manager);
    s.pass(HOUR);
    expect(caseOf(s, logCase(s)).offeredTo).toBe('manager');
  });
});

describe('who steers', () => {
  test('the owner, their level and those above; another teller does not, though they see it', () => {
    const s = open();
    const caseId = logCase(s, { kind: 'emergency', severity: 2 });
    s.do({ type: 'case.accept', caseId }, manager);
    expect(s.refused({ type: 'case.escalate', caseId, reason: '不归我' }, teller(2))).toBe('case.not_yours');
    expect(s.refused({ type: 'case.resolve', caseId, outcome: '好了' }, head)).toBe('case.not_owner');
    s.do({ type: 'case.escalate', caseId, reason: '严重' }, head);
    expect(caseOf(s, caseId)).toMatchObject({ level: 3, ownerId: 'manager' });
  });

  test('a case nobody knows is refused by its name', () => {
    const s = open();
    expect(s.refused({ type: 'case.accept', caseId: '__proto__' }, manager)).toBe('case.unknown');
    expect(s.refused({ type: 'case.note', caseId: 'none', text: 'x' }, manager)).toBe('case.unknown');
  });
});

test('a teller once offered a colleague’s case does not withdraw, close or hand over what is the colleague’s', () => {
  const s = Scenario.open();
  const caseId = logCase(s, { kind: 'complaint' });
  s.do({ type: 'case.handOver', caseId, toStaffId: 'teller2' }, teller(1));
  expect(s.refused({ type: 'case.withdraw', caseId }, teller(2))).toBe('case.not_yours');
  expect(s.refused({ type: 'case.handOver', caseId, toStaffId: 'teller3' }, teller(2))).toBe('case.not_yours');
});
