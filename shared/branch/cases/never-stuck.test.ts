/** No case gets stuck for want of people: whoever left, was never there, or has an interest in it. */
import { describe, expect, test } from 'vitest';
import { actor, head, HOUR, manager, MINUTE, office, region, Scenario, teller } from '../testing/scenario.ts';
import { caseOf, escalations, logCase, staffed } from '../testing/cases.ts';
import { FleetScenario } from '../testing/machines.ts';

const manager2 = actor('manager2', 'manager');
const small = { teller: ['teller1'], manager: ['manager', 'manager2'], regional: ['region'] };

describe('levels without people', () => {
  test('are passed over: without a head a case goes from the lobby to the region, and on from there to nobody', () => {
    const s = Scenario.open();
    staffed(s, small);
    const caseId = logCase(s, { severity: 1 }, manager);
    s.pass(24 * HOUR);
    expect(escalations(s, caseId).map(({ level, step }) => [step, level])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    s.do({ type: 'case.accept', caseId }, region);
    expect(s.refused({ type: 'case.escalate', caseId, reason: '超出权限' }, region)).toBe('case.at_top');
  });

  test('a review is decided by the highest there is where the bank has nobody above', () => {
    const s = Scenario.open();
    staffed(s, small);
    const caseId = logCase(s, {}, region);
    s.do({ type: 'case.resolve', caseId, outcome: '已答复' }, region);
    s.do({ type: 'case.reply', caseId, satisfied: false }, region);
    s.do({ type: 'case.resolve', caseId, outcome: '重新核查' }, region);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'resolved', level: 4 });
  });

  test('a review at a level whose people have left since may be decided by its owner', () => {
    const s = Scenario.open();
    const caseId = logCase(s, {}, region);
    s.do({ type: 'case.resolve', caseId, outcome: '已答复' }, region);
    s.do({ type: 'case.reply', caseId, satisfied: false }, region);
    expect(s.refused({ type: 'case.resolve', caseId, outcome: '重新核查' }, region)).toBe('case.decided_above');
    staffed(s, small);
    s.do({ type: 'case.resolve', caseId, outcome: '重新核查' }, region);
    expect(caseOf(s, caseId)).toMatchObject({ state: 'resolved', ownerId: 'region' });
  });

  test('a level where everybody has an interest is passed over', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { aboutStaffId: 'head' }, manager);
    s.do({ type: 'case.escalate', caseId, reason: '超出权限' }, manager);
    expect(caseOf(s, caseId).level).toBe(4);
  });
});

describe('whoever is gone', () => {
  test('an owner whose account was closed has nothing in hand any more: the level takes the case, once', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    s.do({ type: 'case.accept', caseId }, manager);
    expect(s.refused({ type: 'case.accept', caseId }, manager2)).toBe('case.already_accepted');
    staffed(s, { teller: ['teller1'], manager: ['manager2', 'manager3'], head: ['head'] });
    s.do({ type: 'case.accept', caseId }, manager2);
    expect(s.refused({ type: 'case.accept', caseId }, actor('manager3', 'manager'))).toBe('case.already_accepted');
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'manager2', level: 2 });
  });

  test('with everybody off shift a machine’s fault is a lobby manager’s, never the machine’s own', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online' });
    for (const by of [manager, manager2, head, region, office, ...[1, 2, 3, 4, 5, 6, 7].map(teller)]) s.do({ type: 'shift.end' }, by);
    s.hear('m1', { device: 'hardwareError' });
    expect(s.faultCases('m1')).toMatchObject([{ ownerId: 'manager', level: 2, people: ['manager'] }]);
  });
});

describe('the end of a shift', () => {
  test('pressed twice passes nothing up twice, and leaves alone what waits at a level above', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 });
    expect(s.do({ type: 'shift.end' }, teller(1))).toMatchObject({ passedUp: [caseId] });
    expect(s.do({ type: 'shift.end' }, teller(1))).toMatchObject({ passedUp: [], kept: [caseId] });
    expect(escalations(s, caseId)).toHaveLength(1);
    s.pass(5 * MINUTE);
    expect(escalations(s, caseId)).toMatchObject([{ why: 'offShift' }, { why: 'acknowledge', level: 3 }]);
  });

  test('what its owner accepted from above is theirs to pass up', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 }, head);
    s.do({ type: 'case.handOver', caseId, toStaffId: 'teller1' }, head);
    s.do({ type: 'case.accept', caseId }, teller(1));
    expect(s.do({ type: 'shift.end' }, teller(1))).toMatchObject({ passedUp: [caseId] });
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', level: 4 });
  });
});

test('those who speak for a joint complaint can be called though no other contact was left', () => {
  const s = Scenario.open();
  const caseId = logCase(s, { representatives: [{ name: '王某', phone: '13800000000' }] });
  s.do({ type: 'case.revealContact', caseId }, manager);
  expect(s.events('case.contactRevealed')).toHaveLength(1);
});

test('an ended case leaves memory though nobody saved its video; one with something left to put right stays', () => {
  const s = Scenario.open();
  const [gone, kept] = [logCase(s), logCase(s)];
  s.do({ type: 'case.addTask', caseId: kept, kind: 'rectification', what: '整改', dueAt: s.now + HOUR }, teller(1));
  for (const caseId of [gone, kept]) s.do({ type: 'case.withdraw', caseId }, teller(1));
  s.pass(40 * 24 * HOUR);
  expect([...s.state.cases.values()].map(({ id }) => id)).toEqual([kept]);
});
