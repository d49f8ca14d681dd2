import { describe, expect, test } from 'vitest';
import type { Attention } from '../branch.state.ts';
import { HOUR, head, manager, MINUTE, type Scenario, teller } from '../testing/scenario.ts';
import { kindsOf, MONDAY, plan, setShift, staffed, TUESDAY } from '../testing/people.ts';

const itemsOf = (s: Scenario, kind: Attention['kind']) => Object.values(s.state.attention).filter((item) => item.kind === kind);
const raisedOf = (s: Scenario, kind: Attention['kind']) => s.events('attention.raised').filter(({ item }) => item.kind === kind);

describe('who is planned and has not come', () => {
  const late = () => {
    const s = staffed({ rules: { arrivalGraceMs: 10 * MINUTE } });
    s.do(setShift(MONDAY, 'teller1', { from: '10:00', until: '16:00' }), manager);
    return s;
  };

  test('is told once the grace is over, counted from the beginning of the shift; gone as soon as they sign on', () => {
    const s = late();
    s.pass(70 * MINUTE - 1);
    expect(kindsOf(s)).toEqual([]);
    s.pass(1);
    const { startsAt } = s.state.people.rota[MONDAY]?.shifts['teller1'] ?? { startsAt: 0 };
    expect(itemsOf(s, 'notArrived')).toEqual([
      { id: `notArrived:teller1:${MONDAY}`, kind: 'notArrived', since: startsAt, staffId: 'teller1', counterId: 'c1', date: MONDAY },
    ]);
    s.do({ type: 'counter.open', counterId: 'c1' }, teller(1));
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'post.leave' }, teller(1));
    s.pass(HOUR);
    expect(kindsOf(s)).toEqual([]);
    expect(raisedOf(s, 'notArrived')).toHaveLength(1);
  });

  test('came early and went again before the shift: has not come to it', () => {
    const s = late();
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
    s.do({ type: 'post.leave' }, teller(1));
    s.pass(70 * MINUTE);
    expect(kindsOf(s)).toEqual(['notArrived']);
  });

  test('and is away, or off the plan, or lent, is no longer waited for', () => {
    for (const mended of [
      (s: Scenario) => s.do({ type: 'roster.absence', date: MONDAY }, teller(1)),
      (s: Scenario) => s.do(setShift(MONDAY, 'teller1', null), manager),
      (s: Scenario) => s.do({ type: 'staff.lend', loanId: 'l', staffId: 'teller1', date: MONDAY, toBranchId: 'b' }),
    ]) {
      const s = late();
      s.pass(2 * HOUR);
      expect(kindsOf(s)).toEqual(['notArrived']);
      mended(s);
      expect(kindsOf(s)).toEqual([]);
    }
  });

  test('is waited for to the end of the shift, which the plan then keeps as missed; nothing more is due', () => {
    const s = late();
    s.pass(7 * HOUR - 1);
    expect(kindsOf(s)).toEqual(['notArrived']);
    s.pass(1);
    expect(kindsOf(s)).toEqual([]);
    expect(s.state.people.rota[MONDAY]?.shifts['teller1']?.missed).toBe(true);
    expect(s.events('roster.shiftMissed')).toMatchObject([{ date: MONDAY, staffId: 'teller1', away: false, dueAt: s.now, actor: 'clock' }]);
  });

  test('at night: the shift that began yesterday still counts, for who came before midnight, too', () => {
    const s = staffed({ rules: { arrivalGraceMs: 10 * MINUTE } });
    s.do(setShift(MONDAY, 'teller1', { shiftId: 'night' }), manager);
    s.do(setShift(MONDAY, 'teller2', { shiftId: 'night' }), manager);
    s.pass(13.5 * HOUR);
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(2));
    s.pass(3 * HOUR);
    expect(itemsOf(s, 'notArrived').map(({ staffId }) => staffId)).toEqual(['teller1']);
    s.pass(5 * HOUR);
    expect(s.events('roster.shiftMissed').map(({ staffId }) => staffId)).toEqual(['teller1']);
  });

  test('nobody is late for hours that lay behind when the branch began its day', () => {
    const s = staffed({ rules: { arrivalGraceMs: 10 * MINUTE } });
    plan(s, MONDAY, 'teller1');
    s.pass(10 * MINUTE - 1);
    expect(kindsOf(s)).toEqual([]);
    s.pass(1);
    expect(kindsOf(s)).toEqual(['notArrived']);
  });

  test('a shift that was over before the branch began its day is no missed one', () => {
    const s = staffed();
    s.do(setShift(MONDAY, 'teller1', { from: '06:00', until: '08:30' }), manager);
    s.pass(HOUR);
    expect(s.events('roster.shiftMissed')).toEqual([]);
  });
});

describe('a break that runs over', () => {
  test('is told past its planned length and a little more, with the person and the window; over once they are back', () => {
    const s = staffed({ rules: { breakOverrunMs: 5 * MINUTE } });
    plan(s, MONDAY, 'teller1');
    s.open('c1').pass(3 * HOUR);
    s.do({ type: 'break.begin', staffId: 'teller1' });
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' });
    const backAt = s.now + HOUR;
    s.pass(65 * MINUTE - 1);
    expect(kindsOf(s)).toEqual([]);
    s.pass(1);
    // The window's own clock would say the same.
    expect(Object.values(s.state.attention)).toEqual([
      { id: 'breakOverrun:teller1', kind: 'breakOverrun', since: backAt, staffId: 'teller1', counterId: 'c1' },
    ]);
    s.do({ type: 'counter.resume', counterId: 'c1' });
    expect(kindsOf(s)).toEqual([]);
  });

  test('goes by what was said, at most two hours; without a word or a plan by how long a break usually is', () => {
    const s = staffed({ rules: { breakOverrunMs: 0, breakUntoldMs: 20 * MINUTE } });
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(2));
    s.do({ type: 'break.begin' }, teller(1));
    s.do({ type: 'break.begin', backAt: s.now + 9 * HOUR }, teller(2));
    const since = s.now;
    s.pass(2 * HOUR);
    expect(itemsOf(s, 'breakOverrun').map((item) => [item.staffId, item.since - since])).toEqual([
      ['teller1', 20 * MINUTE],
      ['teller2', 2 * HOUR],
    ]);
  });

  test('without the rule, or without a break, a window paused too long is told as ever', () => {
    const s = staffed();
    s.open('c1');
    s.do({ type: 'counter.pause', counterId: 'c1', reason: '用餐' });
    s.pass(HOUR);
    expect(kindsOf(s)).toContain('pauseTooLong');
  });
});

describe('somebody away for whom nobody stands in', () => {
  const away = () => {
    const s = staffed({ rules: { placeOpenAheadMs: 12 * HOUR } });
    plan(s, TUESDAY, 'teller1', 'teller2');
    s.do({ type: 'roster.absence', date: TUESDAY }, teller(1));
    return s;
  };

  test('is told ahead of the shift, with when that begins; gone when somebody stands in, told again when they do not any more', () => {
    const s = away();
    s.pass(11.5 * HOUR - 1);
    expect(kindsOf(s)).toEqual([]);
    s.pass(1);
    const dueAt = s.now + 12 * HOUR;
    expect(Object.values(s.state.attention)).toEqual([
      { id: `placeOpen:teller1:${TUESDAY}`, kind: 'placeOpen', since: s.now, staffId: 'teller1', counterId: 'c1', date: TUESDAY, dueAt },
    ]);
    s.do({ type: 'roster.substitute', date: TUESDAY, absentStaffId: 'teller1', staffId: 'teller3' }, manager);
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'roster.absence', staffId: 'teller3', date: TUESDAY }, manager);
    expect(itemsOf(s, 'placeOpen').map(({ staffId }) => staffId)).toEqual(['teller3']);
  });

  test('ends with the absence or with the shift; the plan keeps that nobody was there', () => {
    const s = away();
    s.pass(20 * HOUR);
    s.do({ type: 'roster.cancelAbsence', date: TUESDAY }, teller(1));
    expect(kindsOf(s)).toEqual([]);
    s.do({ type: 'roster.absence', date: TUESDAY }, teller(1));
    expect(kindsOf(s)).toEqual(['placeOpen']);
    expect(itemsOf(s, 'placeOpen')).toMatchObject([{ since: s.now }]);
    s.pass(12.5 * HOUR);
    expect(kindsOf(s)).toEqual([]);
    expect(s.events('roster.shiftMissed')).toMatchObject([
      { staffId: 'teller1', away: true },
      { staffId: 'teller2', away: false },
    ]);
  });
});

describe('an offer to swap that waits', () => {
  const offered = () => {
    const s = staffed({ rules: { swapAnswerMs: 4 * HOUR } });
    plan(s, TUESDAY, 'teller1');
    const { swapId } = s.do({ type: 'roster.swap', date: TUESDAY, withStaffId: 'teller2' }, teller(1)) as { swapId: string };
    return { s, swapId };
  };

  test('is told after a while, with who is to answer and by when; gone with the answer', () => {
    const { s, swapId } = offered();
    const since = s.now;
    s.pass(4 * HOUR);
    const dueAt = s.state.people.rota[TUESDAY]?.shifts['teller1']?.startsAt;
    expect(Object.values(s.state.attention)).toEqual([
      { id: `swapWaiting:${swapId}`, kind: 'swapWaiting', since, staffId: 'teller2', date: TUESDAY, swapId, dueAt },
    ]);
    s.do({ type: 'roster.declineSwap', swapId }, teller(2));
    expect(kindsOf(s)).toEqual([]);
  });

  test('is told at once when the shift is near, and lapses when it begins', () => {
    const s = staffed({ rules: { swapAnswerMs: 4 * HOUR } });
    s.do(setShift(MONDAY, 'teller1', { from: '11:00', until: '16:00' }), manager);
    const { swapId } = s.do({ type: 'roster.swap', date: MONDAY, withStaffId: 'teller2' }, teller(1)) as { swapId: string };
    expect(kindsOf(s)).toEqual(['swapWaiting']);
    s.pass(2 * HOUR);
    expect(kindsOf(s)).toEqual([]);
    expect(s.state.people.swaps).toEqual({});
    expect(s.events('roster.swapLapsed')).toMatchObject([{ swapId, dueAt: s.now }]);
    expect(s.refused({ type: 'roster.acceptSwap', swapId }, head)).toBe('swap.unknown');
  });
});

test('rules of null are not watched', () => {
  const s = staffed();
  plan(s, MONDAY, 'teller1');
  plan(s, TUESDAY, 'teller2');
  s.do({ type: 'roster.absence', date: TUESDAY }, teller(2));
  s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
  s.do({ type: 'break.begin', backAt: s.now + MINUTE }, teller(1));
  s.pass(24 * HOUR);
  expect(s.events('attention.raised').filter(({ item }) => /notArrived|placeOpen|breakOverrun|swapWaiting/.test(item.kind))).toEqual([]);
});
