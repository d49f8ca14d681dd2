/** Deadlines: once each, in the order they fell, with the instant they were due, whatever the hub slept through. */
import { describe, expect, test } from 'vitest';
import type { EscalationPolicy } from '../../contract/cases.ts';
import { defaultCases } from '../../contract/default-cases.ts';
import { ladder } from '../../contract/ladder.ts';
import { branch } from '../branch.ts';
import { actor, clock, head, HOUR, manager, MINUTE, office, region, Scenario, teller } from '../testing/scenario.ts';
import { attentionKinds, caseOf, escalations, lifeOf, logCase, sleep } from '../testing/cases.ts';

const DAY = 24 * HOUR;
const manager2 = actor('manager2', 'manager');
const policy = (ackMs: number, actMs: number, clockKind: EscalationPolicy['clock'] = 'elapsed'): EscalationPolicy => ({
  kind: 'any',
  severity: 1,
  clock: clockKind,
  tellAtOnce: [],
  levels: ladder.map((_role, index) => ({ level: index + 1, ackMs, actMs, told: [] })),
});

describe('a level that misses its time', () => {
  test('to acknowledge: one level up at that instant, with new clocks, and the owner stays', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 });
    const start = s.now;
    s.pass(5 * MINUTE - 1);
    expect(escalations(s, caseId)).toEqual([]);
    s.pass(1);
    expect(escalations(s, caseId)).toMatchObject([
      {
        at: start + 5 * MINUTE,
        dueAt: start + 5 * MINUTE,
        level: 2,
        step: 1,
        why: 'acknowledge',
        ackDueAt: start + 10 * MINUTE,
        actDueAt: start + 5 * MINUTE + HOUR,
        actor: 'clock',
      },
    ]);
    expect(caseOf(s, caseId)).toMatchObject({ ownerId: 'teller1', overdue: true });
    expect(attentionKinds(s)).toContain('caseOverdue');
  });

  test('an acknowledged case goes up only when it is not acted upon', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 });
    s.do({ type: 'case.acknowledge', caseId }, teller(1));
    s.pass(HOUR - 1);
    expect(escalations(s, caseId)).toEqual([]);
    s.pass(1);
    expect(escalations(s, caseId)).toMatchObject([{ why: 'act', level: 2, step: 1 }]);
  });

  test('acknowledged twice is refused; acknowledged again after it went up is not', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 });
    s.do({ type: 'case.acknowledge', caseId }, teller(1));
    expect(s.refused({ type: 'case.acknowledge', caseId }, teller(1))).toBe('case.already_acknowledged');
    s.pass(HOUR);
    s.do({ type: 'case.acknowledge', caseId }, manager2);
    expect(caseOf(s, caseId).overdue).toBeUndefined();
  });

  test('goes up to head office step by step, tells each level and those above, and is silent once all was told', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { kind: 'incident', severity: 1 });
    s.pass(7 * DAY);
    const steps = escalations(s, caseId);
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
    expect(steps.map(({ level }) => level)).toEqual([2, 3, 4, 5, 5, 5]);
    expect(steps.map(({ why }) => why)).toEqual([...Array<string>(5).fill('acknowledge'), 'act']);
    expect(steps[0]?.told).toEqual(['manager', 'head']);
    expect(steps[3]?.told).toEqual(['headOffice']);
    expect(caseOf(s, caseId).ownerId).toBe('teller1');
  });

  test('what exceeds a level goes up with one tap, with its reason; at the top it is decided', () => {
    const s = Scenario.open();
    const caseId = logCase(s);
    for (const by of [teller(1), manager, head, region]) s.do({ type: 'case.escalate', caseId, reason: '超出权限' }, by);
    expect(escalations(s, caseId).map(({ level, why }) => [level, why])).toEqual([
      [2, 'asked'],
      [3, 'asked'],
      [4, 'asked'],
      [5, 'asked'],
    ]);
    expect(escalations(s, caseId).every(({ reasonRef }) => reasonRef !== undefined)).toBe(true);
    expect(s.refused({ type: 'case.escalate', caseId, reason: '再上' }, office)).toBe('case.at_top');
  });

  test('resolved, withdrawn or closed in time it never goes up', () => {
    const s = Scenario.open();
    const ids = [logCase(s), logCase(s), logCase(s, { kind: 'praise' })] as const;
    s.do({ type: 'case.resolve', caseId: ids[0], outcome: '已道歉' }, teller(1));
    s.do({ type: 'case.withdraw', caseId: ids[1] }, teller(1));
    s.do({ type: 'case.close', caseId: ids[2] }, teller(1));
    s.pass(10 * DAY);
    for (const id of ids) expect(escalations(s, id)).toEqual([]);
  });
});

describe('hours of downtime', () => {
  test('what fell due meanwhile falls at once, in the order of the deadlines, each with its own', () => {
    const s = Scenario.open();
    const start = s.now;
    const slow = logCase(s, { kind: 'incident', severity: 4 });
    const fast = logCase(s, { kind: 'incident', severity: 1 });
    const middle = logCase(s, { kind: 'incident', severity: 2 });
    sleep(s, 6 * HOUR);
    const fell = s.events('case.escalated');
    expect(fell.map(({ caseId, dueAt }) => [caseId, dueAt])).toEqual([
      [fast, start + 2 * MINUTE],
      [middle, start + 5 * MINUTE],
      [slow, start + HOUR],
    ]);
    expect(fell.every(({ at }) => at === start + 6 * HOUR)).toBe(true);
    expect(fell.every(({ step, level }) => step === 1 && level === 2)).toBe(true);
    // The new level has its whole time from now on: nobody can act while the hub is down.
    expect(caseOf(s, fast).ackDueAt).toBe(start + 6 * HOUR + 2 * MINUTE);
  });

  test('nothing falls twice: not by another tick, not by a restart from the log, not by a snapshot', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 1 });
    sleep(s, 3 * DAY);
    const said = s.events('case.escalated').length + s.events('case.reminded').length;
    for (let n = 0; n < 3; n++) s.do({ type: 'clock.tick' }, clock);
    s.state = branch.thaw(JSON.parse(JSON.stringify(branch.freeze(s.state))));
    s.do({ type: 'clock.tick' }, clock);
    s.state = s.log.reduce(branch.evolve, branch.initial('hq'));
    s.do({ type: 'clock.tick' }, clock);
    expect(s.events('case.escalated').length + s.events('case.reminded').length).toBe(said);
    expect(caseOf(s, caseId).step).toBe(1);
    expect(branch.due(s.state)).toBeGreaterThan(s.now);
  });

  test('what time brings is time’s deed, whoever’s command it comes before', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 1 });
    s.now += HOUR;
    s.do({ type: 'case.note', caseId, text: '补充' }, teller(1));
    expect(escalations(s, caseId).map(({ actor }) => actor)).toEqual(['clock']);
    expect(s.events('case.noted')).toMatchObject([{ actor: 'teller1' }]);
  });

  test('a command that comes first after the downtime finds the case where time has brought it', () => {
    const s = Scenario.open();
    const caseId = logCase(s, { severity: 2 });
    s.now += HOUR;
    s.do({ type: 'case.accept', caseId }, manager2);
    expect(lifeOf(s, caseId).map(({ type }) => type)).toEqual(['case.logged', 'case.escalated', 'case.accepted']);
  });
});

describe('business hours', () => {
  const nineToFive = () => Scenario.open({}, (config) => ({ ...config, hours: { ...config.hours, roundTheClock: false } }));

  test('small matters wait for the morning, grave ones do not', () => {
    const s = nineToFive();
    s.pass(7 * HOUR + 50 * MINUTE);
    const small = caseOf(s, logCase(s, { severity: 3 }));
    const grave = caseOf(s, logCase(s, { severity: 2 }));
    const nextMorning = s.now + 10 * MINUTE + 16 * HOUR;
    expect(small.ackDueAt).toBe(nextMorning + 5 * MINUTE);
    expect(small.actDueAt).toBe(nextMorning + 4 * HOUR - 10 * MINUTE);
    expect(grave.ackDueAt).toBe(s.now + 5 * MINUTE);
  });

  test('the next shift of somebody who does not say when is the next opening', () => {
    const s = nineToFive();
    s.pass(9 * HOUR);
    const caseId = logCase(s, { severity: 4, kind: 'suggestion' });
    expect(s.do({ type: 'shift.end' }, teller(1))).toMatchObject({ passedUp: [], kept: [caseId], backAt: s.now + 15 * HOUR });
  });
});

describe('the policy', () => {
  const edit = (s: Scenario, policies: EscalationPolicy[]) =>
    s.do({ type: 'branch.configure', config: { cases: { ...defaultCases, policies } } }, head);

  test('is the branch’s own, by kind and severity', () => {
    const s = Scenario.open();
    edit(s, [{ ...policy(HOUR, DAY), kind: 'complaint' }, policy(10 * MINUTE, 20 * MINUTE)]);
    expect(caseOf(s, logCase(s, { severity: 1 })).ackDueAt).toBe(s.now + HOUR);
    expect(caseOf(s, logCase(s, { severity: 1, kind: 'incident' })).ackDueAt).toBe(s.now + 10 * MINUTE);
  });

  test('is copied into the case: edited later, it is for later cases', () => {
    const s = Scenario.open();
    edit(s, [policy(10 * MINUTE, HOUR)]);
    const before = logCase(s, { severity: 1 });
    const start = s.now;
    edit(s, [policy(5 * HOUR, 9 * HOUR)]);
    const after = logCase(s, { severity: 1 });
    s.pass(25 * MINUTE);
    expect(escalations(s, before).map(({ at }) => at - start)).toEqual([10 * MINUTE, 20 * MINUTE]);
    expect(escalations(s, after)).toEqual([]);
  });

  test('severity rises with the channel, and never sinks by it', () => {
    const s = Scenario.open();
    const severity = (channel: 'counter' | 'leader' | 'hotline' | 'regulator' | 'press', given: number) =>
      caseOf(s, logCase(s, { channel, severity: given })).severity;
    expect([severity('counter', 4), severity('leader', 4), severity('hotline', 4), severity('regulator', 4), severity('press', 4)]).toEqual(
      [4, 3, 3, 2, 1],
    );
    expect([severity('counter', 1), severity('hotline', 2)]).toEqual([1, 2]);
  });
});

test('correcting the severity back and forth puts no deadline off', () => {
  const s = Scenario.open();
  const caseId = logCase(s, { severity: 3 });
  const before = caseOf(s, caseId).ackDueAt;
  s.pass(10 * MINUTE);
  for (const severity of [4, 3]) s.do({ type: 'case.correct', caseId, severity, reason: 'looked again' }, teller(1));
  expect(caseOf(s, caseId)).toMatchObject({ severity: 3, ackDueAt: before });
  s.do({ type: 'case.correct', caseId, severity: 1, reason: 'worse than thought' }, teller(1));
  expect(caseOf(s, caseId).ackDueAt).toBe(s.now + 2 * MINUTE);
});
