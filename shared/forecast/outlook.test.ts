import { describe, expect, test } from 'vitest';
import { MINUTE, Scenario } from '../branch/testing/scenario.ts';
import { Durations } from './durations.ts';
import { lineNow } from './line-now.ts';
import { type Change, type Experience, Outlook } from './outlook.ts';

const HOUR = 60 * MINUTE;
const errand = new Durations(180);
/** Two windows' work comes, of errands of three minutes. */
const experience: Experience = {
  arrivals: [{ at: 0, serviceId: 'deposit', segment: 'ordinary' }],
  durationsOf: () => errand,
  expected: (zone, from, until) => (zone === 'cash' ? (40 * (until - from)) / HOUR : 0),
  stayShare: 1,
  patienceS: 3_600,
};

function busy(): Scenario {
  const s = Scenario.open();
  for (const n of [1, 2]) s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
  for (let n = 0; n < 11; n += 1) s.do({ type: 'ticket.issue', serviceId: 'deposit' });
  for (const n of [1, 2]) s.do({ type: 'ticket.callNext', counterId: `c${n}` });
  return s;
}

const outlook = ({ state, now }: Scenario): Outlook => new Outlook(state, experience, { now, horizonMs: 2 * HOUR, runs: 40, seed: 5 });
const open = (s: Scenario, counterId: string): Change => ({ do: 'open', counterId, staffId: undefined, at: s.now + 3 * MINUTE });
const nothing: Change = { do: 'nothing' };

describe('the branch played forward', () => {
  test('one window more: shorter waits in nearly every future, and the last customer is done no later', () => {
    const s = busy();
    const ahead = outlook(s);
    const [before, after] = [ahead.waits(nothing), ahead.waits(open(s, 'c7'))];
    const better = after.runs90Ms.filter((wait, run) => wait < (before.runs90Ms[run] as number)).length;
    expect(better / before.runs90Ms.length).toBeGreaterThan(0.95);
    expect(after.wait90Ms).toBeLessThan(before.wait90Ms);
    expect(after.withinTarget).toBeGreaterThan(before.withinTarget);
    expect(after.clearedAt[20]).toBeLessThanOrEqual(before.clearedAt[20] as number);
  });

  test('one window fewer: longer waits', () => {
    const s = busy();
    const ahead = outlook(s);
    expect(ahead.waits({ do: 'close', counterId: 'c2', at: s.now }).wait90Ms).toBeGreaterThan(1.5 * ahead.waits(nothing).wait90Ms);
  });

  test('a window that may not take those who wait helps nobody', () => {
    const s = busy();
    const ahead = outlook(s);
    expect(ahead.waits(open(s, 'c4')).runs90Ms).toEqual(ahead.waits(nothing).runs90Ms);
  });

  test('where people give up sooner, those who stay wait less', () => {
    const { state, now } = busy();
    const patient = new Outlook(state, experience, { now, horizonMs: 2 * HOUR, runs: 40, seed: 5 });
    const hasty = new Outlook(state, { ...experience, patienceS: 300 }, { now, horizonMs: 2 * HOUR, runs: 40, seed: 5 });
    expect(hasty.waits(nothing).wait90Ms).toBeLessThan(0.8 * patient.waits(nothing).wait90Ms);
    expect(hasty.waits(nothing).customers).toBeLessThan(patient.waits(nothing).customers);
  });

  test('of those who wait the first is called first, and sooner than the last', () => {
    const called = outlook(busy()).calledInMs();
    expect(called).toHaveLength(9);
    expect([...called]).toEqual([...called].sort((a, b) => a - b));
    expect(called[8]).toBeGreaterThan((called[0] as number) + 3 * MINUTE);
  });

  test('cash and non-cash customers come in the order of time: a line of one does not hold up the other', () => {
    const { state, now } = busy();
    const both = {
      ...experience,
      arrivals: [...experience.arrivals, { at: 0, serviceId: 'account-opening', segment: 'ordinary' as const }],
    };
    const expected: Experience['expected'] = (_zone, from, until) => (40 * (until - from)) / HOUR;
    const ahead = new Outlook(state, { ...both, expected }, { now, horizonMs: 2 * HOUR, runs: 10, seed: 5 });
    const opened = ahead.waits({ do: 'open', counterId: 'c4', staffId: undefined, at: now }, ahead.takes(ahead.counters[3]!, undefined));
    expect(opened.customers).toBeGreaterThan(10);
    expect(opened.wait50Ms).toBeGreaterThan(0);
    expect(opened.clearedAt.at(-1)).toBeGreaterThan(now + HOUR);
  });

  test('the same question is answered alike', () => {
    const s = busy();
    expect(outlook(s).waits(open(s, 'c7'))).toEqual(outlook(s).waits(open(s, 'c7')));
  });

  test('of a line that no window gets through the first are played, and all of it counts', () => {
    const s = busy();
    for (let n = 0; n < 2_100; n += 1) s.issue();
    const ahead = outlook(s);
    expect(ahead.waiting).toHaveLength(2_000);
    expect(lineNow(ahead, -1, 3 * MINUTE)).toMatchObject({ waiting: 2_109, workMs: expect.closeTo(2_109 * 180_000, -7) });
  });

  test('a long line is played in short slices: others go first after two thousand customers', () => {
    const { state, now } = busy();
    const crowd = { ...experience, expected: () => 100 };
    const ahead = new Outlook(state, crowd, { now, horizonMs: HOUR, runs: 8, seed: 5 });
    // An hour has twelve slots of five minutes; a slice may end with a run that begins below the two thousand.
    const customers = 8 * 12 * 100;
    const slices = [...ahead.prepare(nothing)].length;
    expect(customers / slices).toBeLessThan(3_000);
  });

  test('an empty branch with nobody coming waits for nothing', () => {
    const { state, now } = Scenario.open();
    const nobody = new Outlook(state, { ...experience, expected: () => 0 }, { now, horizonMs: HOUR, runs: 8, seed: 5 });
    expect(nobody.waits(nothing)).toMatchObject({ wait90Ms: 0, withinTarget: 1 });
  });
});
