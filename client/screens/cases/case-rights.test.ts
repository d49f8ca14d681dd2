/** The buttons agree with the hub's rules: what is offered is accepted, what is greyed out would be refused. */
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../shared/aggregate.ts';
import { mayDo } from '../../../shared/branch/access.ts';
import { branch } from '../../../shared/branch/branch.ts';
import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { caseOf, logCase } from '../../../shared/branch/testing/cases.ts';
import { head, manager, MINUTE, office, region, Scenario, teller, testStaff } from '../../../shared/branch/testing/scenario.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { type CaseAction, caseActions, nextStepOf, rightsOf } from './case-rights.ts';

const everyone: readonly Actor[] = [teller(1), teller(2), manager, head, region, office];

const commandOf = (action: CaseAction, caseId: string, s: Scenario): FloorCommand => {
  const reason = '…';
  const commands: Record<CaseAction, FloorCommand> = {
    accept: { type: 'case.accept', caseId },
    decline: { type: 'case.decline', caseId, reason },
    acknowledge: { type: 'case.acknowledge', caseId },
    resolve: { type: 'case.resolve', caseId, outcome: '…' },
    reply: { type: 'case.reply', caseId, satisfied: false },
    close: { type: 'case.close', caseId },
    handOver: { type: 'case.handOver', caseId, toStaffId: 'teller6' },
    escalate: { type: 'case.escalate', caseId, reason },
    note: { type: 'case.note', caseId, text: '…' },
    promise: { type: 'case.promise', caseId, what: '…', byAt: s.now + MINUTE },
    task: { type: 'case.addTask', caseId, kind: 'other', what: '…', dueAt: s.now + MINUTE },
    cause: { type: 'case.setCause', caseId, cause: 'fees' },
    complex: { type: 'case.setComplex', caseId, reason },
    extend: { type: 'case.extend', caseId, days: 1, approvedBy: 'office', customerNotified: true },
    judge: { type: 'case.judge', caseId, justified: true, reason },
    count: { type: 'case.countPeople', caseId, onSite: 2 },
    correct: { type: 'case.correct', caseId, subject: '…', reason },
    recuse: { type: 'case.recuse', caseId, staffId: 'teller6', reason },
    withdraw: { type: 'case.withdraw', caseId },
    award: { type: 'award.give', staffId: 'teller7', kind: 'praised', caseId, reason },
  };
  return commands[action];
};

/** Anybody may see an interest of their own: the command must name them. */
const asked = (command: FloorCommand, by: Actor): FloorCommand => {
  if (command.type === 'case.recuse') return { ...command, staffId: by.id };
  return command.type === 'case.extend' && by.id === 'office' ? { ...command, approvedBy: 'region' } : command;
};

const lives: readonly (readonly [string, (s: Scenario) => string])[] = [
  ['just logged by a teller', (s) => logCase(s)],
  ['about a teller', (s) => logCase(s, { aboutStaffId: 'teller2' }, teller(1))],
  [
    'taken by the manager',
    (s) => {
      const caseId = logCase(s);
      s.do({ type: 'case.accept', caseId }, manager);
      return caseId;
    },
  ],
  [
    'gone up twice',
    (s) => {
      const caseId = logCase(s);
      s.pass(40 * MINUTE);
      return caseId;
    },
  ],
  [
    'resolved',
    (s) => {
      const caseId = logCase(s);
      s.do({ type: 'case.accept', caseId }, manager);
      s.do({ type: 'case.resolve', caseId, outcome: '…' }, manager);
      return caseId;
    },
  ],
  [
    'reopened by a customer who is not satisfied',
    (s) => {
      const caseId = logCase(s);
      s.do({ type: 'case.accept', caseId }, manager);
      s.do({ type: 'case.resolve', caseId, outcome: '…' }, manager);
      s.do({ type: 'case.reply', caseId, satisfied: false }, manager);
      return caseId;
    },
  ],
  ['praise', (s) => logCase(s, { kind: 'praise', aboutStaffId: 'teller2' })],
  ['an incident', (s) => logCase(s, { kind: 'incident' }, manager)],
  ['an emergency', (s) => logCase(s, { kind: 'emergency', playbookId: 'illness' }, manager)],
  [
    'at the top',
    (s) => {
      const caseId = logCase(s, {}, office);
      s.do({ type: 'case.acknowledge', caseId }, office);
      return caseId;
    },
  ],
  [
    'withdrawn',
    (s) => {
      const caseId = logCase(s, {}, manager);
      s.do({ type: 'case.withdraw', caseId }, manager);
      return caseId;
    },
  ],
];

describe('what a person may press', () => {
  test.each(lives)('a case %s: every button that is offered is accepted, every one with a reason is refused', (_name, begin) => {
    const wrong: string[] = [];
    for (const by of everyone) {
      const s = Scenario.open();
      const caseId = begin(s);
      const one = caseOf(s, caseId);
      const ownerRung = levelOf(testStaff.roleOf(one.ownerId) ?? 'teller');
      const rights = rightsOf(one, { id: by.id, rung: levelOf(by.role) }, ownerRung);
      for (const action of caseActions) {
        if (!rights.has(action)) continue;
        const command = asked(commandOf(action, caseId, s), by);
        if (mayDo(s.state, by, { type: 'case.note', caseId, text: '' }) !== undefined) continue;
        const refusal = mayDo(s.state, by, command);
        const decision = refusal === undefined ? branch.decide(s.state, command, s.context(by)) : undefined;
        const accepted = decision?.ok === true;
        const offered = rights.get(action) === undefined;
        if (accepted !== offered)
          wrong.push(
            `${by.id} ${action}: ${offered ? 'offered' : 'greyed'}, ${accepted ? 'accepted' : JSON.stringify(decision ?? refusal)}`,
          );
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each(lives)('a case %s: no button is missing that the hub would accept', (_name, begin) => {
    const missing: string[] = [];
    for (const by of everyone) {
      const s = Scenario.open();
      const caseId = begin(s);
      const one = caseOf(s, caseId);
      if (mayDo(s.state, by, { type: 'case.note', caseId, text: '' }) !== undefined) continue;
      const rights = rightsOf(one, { id: by.id, rung: levelOf(by.role) }, levelOf(testStaff.roleOf(one.ownerId) ?? 'teller'));
      for (const action of ['accept', 'decline', 'acknowledge', 'resolve', 'handOver', 'escalate', 'close', 'judge', 'extend'] as const) {
        if (rights.has(action)) continue;
        const command = asked(commandOf(action, caseId, s), by);
        if (mayDo(s.state, by, command) === undefined && branch.decide(s.state, command, s.context(by)).ok)
          missing.push(`${by.id} ${action}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('the natural next step', () => {
  const step = (s: Scenario, caseId: string, by: Actor) => {
    const one = caseOf(s, caseId);
    const ownerRung = levelOf(testStaff.roleOf(one.ownerId) ?? 'teller');
    return nextStepOf(rightsOf(one, { id: by.id, rung: levelOf(by.role) }, ownerRung), one, by.id);
  };

  test('whom it is offered to takes it; who owns it sees it, resolves it, hears the customer, closes it', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    expect(step(s, caseId, manager)).toBe('accept');
    expect(step(s, caseId, teller(1))).toBe('acknowledge');
    s.do({ type: 'case.accept', caseId }, manager);
    expect(step(s, caseId, manager)).toBe('resolve');
    s.do({ type: 'case.resolve', caseId, outcome: '…' }, manager);
    expect(step(s, caseId, manager)).toBe('reply');
    s.do({ type: 'case.reply', caseId, satisfied: true }, manager);
    expect(step(s, caseId, manager)).toBe('close');
    expect(step(s, caseId, region)).toBeUndefined();
  });
});
