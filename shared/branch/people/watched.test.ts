import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, clock, head, manager, teller } from '../testing/scenario.ts';
import { kindsOf, MONDAY, plan, staffed } from '../testing/people.ts';
import { adviseNextBreak, breakQueue } from './breaks.ts';

const tick = { type: 'clock.tick' as const };

describe('a rule about people not kept is told with its clock and the person', () => {
  test('a lobby manager away without a substitute, at once; with one, not at all', () => {
    const s = staffed({ rules: { lobby: 1 } });
    expect(kindsOf(s)).toEqual(['lobbyUnattended']);
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    expect(kindsOf(s)).toEqual([]);
    s.pass(HOUR).do({ type: 'break.begin' }, manager);
    expect(Object.values(s.state.attention)).toEqual([
      { id: 'lobbyUnattended:branch', kind: 'lobbyUnattended', since: s.now, staffId: 'manager' },
    ]);
    s.do({ type: 'post.take', kind: 'lobby', staffId: 'manager2' }, head);
    s.do({ type: 'break.end' }, manager);
    s.do({ type: 'post.leave' }, manager);
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'shift.end' }, { ...manager, id: 'manager2' });
    expect(kindsOf(s)).toEqual(['lobbyUnattended']);
  });

  test('only while there are customers: not before business, not after', () => {
    const s = staffed({ rules: { lobby: 1, guards: 1 } });
    expect(kindsOf(s)).toEqual(['guardAway', 'lobbyUnattended']);
    s.do({ type: 'branch.setPhase', phase: 'closed', reason: '停电' }, head);
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'branch.setPhase', phase: 'business' }, head);
    s.do({ type: 'post.take', kind: 'guard', staffId: 'guard1' });
    expect(kindsOf(s)).toEqual(['lobbyUnattended']);
  });

  test('a second lobby manager on a busy day, or with a long line, once that has lasted', () => {
    const s = staffed({ rules: { lobby: 1, lobbyBusy: 2, busyWaiting: 3, busyAfterMs: 10 * MINUTE } });
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    for (let n = 0; n < 3; n++) s.issue();
    s.pass(9 * MINUTE);
    expect(kindsOf(s)).not.toContain('lobbyShort');
    s.pass(MINUTE);
    expect(kindsOf(s)).toContain('lobbyShort');
    s.do({ type: 'post.take', kind: 'lobby', staffId: 'manager2' });
    expect(kindsOf(s)).not.toContain('lobbyShort');
    const pension = staffed({ rules: { lobby: 1, lobbyBusy: 2, busyAfterMs: 0 } });
    pension.do({ type: 'post.take', kind: 'lobby' }, manager);
    pension.do({ type: 'branch.setDayType', dayType: 'pension' });
    expect(kindsOf(pension)).toEqual(['lobbyShort']);
  });

  test('too few windows with somebody behind them, each kind for itself, after a while', () => {
    const s = staffed({ rules: { cashTellers: 2, nonCashTellers: 1, tellersAfterMs: 5 * MINUTE } });
    s.open('c1', 'c2', 'c4').pass(6 * MINUTE);
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'counter.pause', counterId: 'c4', reason: '用餐' });
    const since = s.now;
    s.pass(5 * MINUTE);
    expect(Object.values(s.state.attention)).toContainEqual(expect.objectContaining({ kind: 'tellersShort', zone: 'nonCash', since }));
    s.do({ type: 'counter.resume', counterId: 'c4' });
    expect(kindsOf(s)).toEqual([]);
  });

  test('a head to be reached, and one on the floor each day by the hour the branch names', () => {
    const s = staffed({ rules: { headReachable: true, headOnFloorBy: '15:00' } });
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'duty.reach', reachable: false }, head);
    expect(kindsOf(s)).toEqual(['headUnreachable']);
    s.do({ type: 'duty.reach', reachable: true }, head);
    s.do({ type: 'roster.absence', staffId: 'head', date: MONDAY }, manager);
    expect(kindsOf(s)).toEqual(['headUnreachable']);
    s.do({ type: 'roster.cancelAbsence', staffId: 'head', date: MONDAY }, manager);
    s.pass(6 * HOUR - 1);
    expect(kindsOf(s)).toEqual([]);
    s.pass(1);
    expect(kindsOf(s)).toEqual(['headNotOnFloor']);
    s.do({ type: 'post.take', kind: 'floor' }, head);
    s.do({ type: 'post.leave' }, head);
    expect(kindsOf(s)).toEqual([]);
  });

  test('a certificate some weeks before it ends, and once it has', () => {
    const s = staffed({
      rules: { certificateWarnDays: 30 },
      roster: (all) =>
        all.map((one) => (one.staffId === 'teller1' ? { ...one, certificates: [{ kind: 'cash', expiresOn: '2026-12-24' }] } : one)),
    });
    expect(kindsOf(s)).toEqual([]);
    s.pass(24 * HOUR);
    expect(kindsOf(s)).toEqual(['certificateExpiring']);
    s.pass(31 * 24 * HOUR);
    expect(kindsOf(s)).toEqual(['certificateExpired']);
  });

  test('a break not begun: before its latest time, and past it; not for who has just come', () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1', 'teller2');
    s.open('c1').pass(3 * HOUR + 45 * MINUTE - 1);
    expect(kindsOf(s)).toEqual([]);
    s.open('c2').pass(1);
    expect(kindsOf(s)).toEqual(['breakDue']);
    s.pass(15 * MINUTE);
    expect(kindsOf(s)).toEqual(['breakDue', 'breakOverdue']);
    s.do({ type: 'break.begin', staffId: 'teller1' });
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' });
    expect(kindsOf(s)).toEqual([]);
    s.pass(2 * HOUR);
    expect(
      Object.values(s.state.attention)
        .filter(({ kind }) => kind === 'breakOverdue')
        .map(({ staffId }) => staffId),
    ).toEqual(['teller2']);
  });
});

describe('whose break is next', () => {
  const lunchtime = (waiting: number) => {
    const s = staffed({ rules: { cashTellers: 1 } });
    plan(s, MONDAY, 'teller1', 'teller2');
    s.open('c1', 'c2').pass(2.5 * HOUR);
    for (let n = 0; n < waiting; n++) s.issue();
    return s;
  };

  test('goes by deadline while the line is short; a long line holds those whose time is not over', () => {
    const quiet = lunchtime(0);
    expect(adviseNextBreak(quiet.state, quiet.now)).toMatchObject({ staffId: 'teller1', overdue: false, holds: [] });
    const long = lunchtime(9);
    expect(breakQueue(long.state, long.now).map(({ holds }) => holds)).toEqual([['line'], ['line']]);
    expect(adviseNextBreak(long.state, long.now)).toBeUndefined();
    long.pass(HOUR + 30 * MINUTE);
    expect(adviseNextBreak(long.state, long.now)).toMatchObject({ staffId: 'teller1', overdue: true });
  });

  test('the last teller of a kind stays while the other is away, and nobody is asked before the time', () => {
    const s = lunchtime(0);
    s.do({ type: 'break.begin' }, teller(1));
    expect(breakQueue(s.state, s.now)).toMatchObject([{ staffId: 'teller2', holds: ['lastTeller'] }]);
    const early = staffed();
    plan(early, MONDAY, 'teller1');
    early.open('c1').do(tick, clock);
    expect(breakQueue(early.state, early.now)).toEqual([]);
  });
});
