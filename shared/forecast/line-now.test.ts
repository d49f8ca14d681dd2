import { describe, expect, test } from 'vitest';
import { MINUTE, Scenario } from '../branch/testing/scenario.ts';
import { counterConfig } from '../branch/queue/eligible.ts';
import { BranchLessons } from './branch-lessons.ts';
import type { PastDay } from './past-day.ts';
import { lineNow } from './line-now.ts';
import { type Experience, Outlook } from './outlook.ts';

const HOUR = 60 * MINUTE;

/** Twelve customers an hour for cash, two for non-cash. */
function experienceOf(s: Scenario): Experience {
  const lessons = new BranchLessons(s.state);
  return {
    arrivals: ['deposit', 'withdrawal', 'account-opening'].map((serviceId) => ({ at: s.now, serviceId, segment: 'ordinary' })),
    durationsOf: (serviceId) => lessons.durationsOf(serviceId),
    expected: (zone, from, until) => ((zone === 'cash' ? 12 : 2) * (until - from)) / HOUR,
    stayShare: 1,
    patienceS: 3_600,
  };
}

function look(s: Scenario, counterId: string, staffId: string) {
  const outlook = new Outlook(s.state, experienceOf(s), { now: s.now, horizonMs: 45 * MINUTE, runs: 8, seed: 1 });
  const config = counterConfig(s.state, counterId);
  if (config === undefined) throw new Error(counterId);
  return lineNow(outlook, outlook.takes(config, staffId), 3 * MINUTE);
}

describe('the line of a window', () => {
  test('is of those it may take, at the windows that take them too', () => {
    const s = Scenario.open();
    for (const n of [1, 2, 4]) s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
    for (let n = 0; n < 3; n += 1) s.do({ type: 'ticket.issue', serviceId: 'deposit' });
    s.do({ type: 'ticket.issue', serviceId: 'account-opening' });
    const cash = look(s, 'c7', 'teller7');
    expect(cash).toMatchObject({ windows: 2, opening: 0, waiting: 3 });
    expect(cash.coming).toBeCloseTo(0.6);
    expect(look(s, 'c4', 'teller4')).toMatchObject({ windows: 1, waiting: 1 });
    expect(look(s, 'c4', 'teller4').workMs).toBeGreaterThan(cash.workMs);
  });

  test('loses a window that is told to close, and gains one that was agreed to open', () => {
    const s = Scenario.open();
    for (const n of [1, 2]) s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
    const before = look(s, 'c7', 'teller7');
    s.do({ type: 'ticket.issue', serviceId: 'deposit' });
    s.do({ type: 'ticket.callNext', counterId: 'c1' });
    s.do({ type: 'counter.pauseAfter', counterId: 'c1', reason: 'lunch' });
    const after = look(s, 'c7', 'teller7');
    expect(before.windows).toBe(2);
    expect(after.windows).toBe(1);
  });

  test('counts a window with much else to do for a part', () => {
    const s = Scenario.open();
    for (const n of [1, 5]) s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
    // Nobody with a special need comes: the priority window is none for this line.
    expect(look(s, 'c7', 'teller7').windows).toBe(1);
  });
});

describe('a branch’s days', () => {
  const endsAt = Date.UTC(2026, 10, 23, 16);
  const day = (date: string, back: number, perHour: number): PastDay => ({
    date,
    endsAt: endsAt - back * 24 * HOUR,
    dayType: 'ordinary',
    walkUps: [],
    customers: Array.from({ length: 8 * perHour }, (_none, n) => {
      const arrivedAt = endsAt - (back + 1) * 24 * HOUR + 9 * HOUR + (n * HOUR) / perHour;
      const served = n % 4 !== 0 && { calledAt: arrivedAt + MINUTE, endedAt: arrivedAt + 5 * MINUTE };
      return { id: `${date}-${n}`, serviceId: 'deposit', segment: 'ordinary', arrivedAt, ...served };
    }),
  });

  test('teach how many come, for how long, and how many leave', () => {
    const s = Scenario.open();
    const lessons = new BranchLessons(s.state);
    const first = lessons.day('cash', { weekday: 1 });
    for (const [index, date] of ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'].entries()) lessons.learn(day(date, 7 - index, 30));
    const then = lessons.day('cash', { weekday: 1 });
    expect(Math.abs(then.total - 240)).toBeLessThan(Math.abs(first.total - 240) / 3);
    expect(then.spread).toBeLessThan(first.spread);
    expect(then.slots[12 * 10]).toBeGreaterThan(1.5);
    expect(lessons.durationsOf('deposit').meanS()).toBeGreaterThan(200);
    expect(lessons.stayShare).toBeCloseTo(0.75, 1);
  });

  test('unknown: one of each service offered may come', () => {
    expect(new BranchLessons(Scenario.open().state).arrivals.map(({ serviceId }) => serviceId)).toContain('wealth');
  });
});
