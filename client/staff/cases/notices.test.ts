import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../shared/aggregate.ts';
import { head, HOUR, manager, MINUTE, office, Scenario, teller } from '../../../shared/branch/testing/scenario.ts';
import { type NoticeKind, noticesOf, openEmergencies } from './notices.ts';

/** What this person's page tells of what happens in `act`. */
function told(s: Scenario, who: Actor, act: () => void): NoticeKind[] {
  const before = s.state;
  act();
  return noticesOf(before, s.state, who).map(({ kind }) => kind);
}

const log = (s: Scenario, by: Actor = teller(1), more: object = {}): string =>
  s.do({ type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '…', ...more }, by)['caseId'] as string;

describe('what deserves a person’s ear', () => {
  test('a teller logs: the lobby manager hears that it is offered, the teller nothing', () => {
    const s = Scenario.open();
    expect(told(s, manager, () => log(s))).toEqual(['offered']);
    expect(told(s, teller(1), () => log(s))).toEqual([]);
  });

  test('the first owner hears who took it', () => {
    const s = Scenario.open();
    const caseId = log(s);
    expect(told(s, teller(1), () => s.do({ type: 'case.accept', caseId }, manager))).toEqual(['taken']);
  });

  test('a hand-over that was declined is told to the one who still owns it', () => {
    const s = Scenario.open();
    const caseId = log(s);
    expect(told(s, teller(1), () => s.do({ type: 'case.decline', caseId, reason: 'busy' }, manager))).toEqual(['declined']);
  });

  test('a missed deadline calls the level it goes up to, and tells the owner', () => {
    const s = Scenario.open();
    log(s);
    const before = s.state;
    s.pass(20 * MINUTE);
    expect(noticesOf(before, s.state, manager).map(({ kind }) => kind)).toEqual(['cameUp']);
    expect(noticesOf(before, s.state, teller(1)).map(({ kind }) => kind)).toEqual(['told']);
    expect(noticesOf(before, s.state, office)).toEqual([]);
  });

  test('the video not saved within its day is told once', () => {
    const s = Scenario.open();
    const caseId = log(s, manager);
    s.do({ type: 'case.acknowledge', caseId }, manager);
    s.do({ type: 'case.resolve', caseId, outcome: '…' }, manager);
    expect(told(s, manager, () => void s.pass(24 * HOUR))).toEqual(['task']);
    expect(told(s, manager, () => void s.pass(HOUR))).toEqual([]);
  });

  test('an emergency reaches everybody but the one who started it, and stands on every banner', () => {
    const s = Scenario.open();
    const start = () => log(s, manager, { kind: 'emergency', playbookId: 'illness', severity: 2 });
    const before = s.state;
    start();
    for (const who of [teller(3), head, office]) expect(noticesOf(before, s.state, who).map(({ kind }) => kind)).toEqual(['emergency']);
    expect(noticesOf(before, s.state, manager)).toEqual([]);
    expect(openEmergencies(s.state)).toHaveLength(1);
  });

  test('a silent one sounds nowhere and stands on no banner, whoever looks', () => {
    const s = Scenario.open();
    const before = s.state;
    log(s, manager, { kind: 'emergency', playbookId: 'robbery', severity: 1 });
    for (const who of [teller(3), manager, head, office]) expect(noticesOf(before, s.state, who)).toEqual([]);
    expect(openEmergencies(s.state)).toEqual([]);
  });

  test('a real emergency stands before a drill', () => {
    const s = Scenario.open();
    log(s, manager, { kind: 'emergency', playbookId: 'illness', severity: 2 });
    log(s, manager, { kind: 'emergency', playbookId: 'powerCut', severity: 2, drill: true });
    expect(openEmergencies(s.state).map(({ playbookId }) => playbookId)).toEqual(['illness', 'powerCut']);
  });

  test('who has gone home is not called for what goes up meanwhile', () => {
    const s = Scenario.open();
    log(s, manager);
    expect(told(s, manager, () => s.do({ type: 'shift.end' }, manager))).toEqual([]);
    expect(told(s, manager, () => log(s, head, { kind: 'emergency', playbookId: 'illness', severity: 2 }))).toEqual(['emergency']);
  });

  test('what happens to the queue tells nothing', () => {
    const s = Scenario.open();
    log(s);
    expect(told(s, manager, () => void s.issue())).toEqual([]);
  });
});
