import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrivals, type DaySetting, simulateDay, type WindowRules } from './branch-day.simulation.ts';
import { Draws } from './draws.ts';
import { FlowForecast, SLOTS } from './flow-forecast.ts';
import { ServiceLessons } from './service-times.ts';
import { WaitAhead } from './wait-ahead.ts';
import { decideWindows, WindowPolicy, type WindowThresholds, type WindowView } from './window-policy.ts';
import { windowRule } from './window-rule.ts';

const MINUTE_MS = 60_000;
const thresholds: WindowThresholds = {
  openAboveMs: 5 * MINUTE_MS,
  closeBelowMs: 1.5 * MINUTE_MS,
  toOpenMs: 3 * MINUTE_MS,
  leastOpenMs: 15 * MINUTE_MS,
  fewest: 2,
  most: 6,
};
const policy = new WindowPolicy(thresholds);
/** Three windows busy, nobody waits; a customer every 80 s or so. */
const quiet: WindowView = {
  windows: 3,
  opening: 0,
  longestOpenMs: 3_600_000,
  waiting: 0,
  workMs: 6 * MINUTE_MS,
  coming: 2.3,
  meanServiceMs: 3 * MINUTE_MS,
};
const line = (waiting: number, more: Partial<WindowView> = {}): WindowView => ({
  ...quiet,
  waiting,
  workMs: (2 + waiting) * 3 * MINUTE_MS,
  ...more,
});

describe('the wait to be expected', () => {
  test('right now is the work ahead over the windows', () => {
    const now = new WaitAhead(0);
    expect(now.expected(3, 2.5, 2)).toBe(0);
    expect(now.expected(3, 2.5, 8)).toBeCloseTo(6 / 3);
    expect(now.expected(2, 0, 500)).toBeCloseTo(499 / 2);
  });

  test('of a day far from now is what Erlang C says, whatever the line of now', () => {
    // a = 2, c = 3: C = 4/9, mean wait = C / (c − a).
    const later = new WaitAhead(60);
    expect(later.expected(3, 2, 0)).toBeCloseTo(4 / 9, 2);
    expect(later.expected(3, 2, 9)).toBeCloseTo(4 / 9, 2);
  });

  test('grows with the line and with who is coming, and shrinks with every window', () => {
    const ahead = new WaitAhead(1);
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0, max: 12, noNaN: true }),
      fc.double({ min: 0, max: 90, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([windows, load, people]) => {
        const wait = ahead.expected(windows, load, people);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(ahead.expected(windows, load, people + 1)).toBeGreaterThanOrEqual(wait - 1e-9);
        expect(ahead.expected(windows, load + 0.5, people)).toBeGreaterThanOrEqual(wait - 1e-9);
        expect(ahead.expected(windows + 1, load, people)).toBeLessThanOrEqual(wait + 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a window opens', () => {
  test('when who comes once it is ready would wait too long, and says so in figures', () => {
    const { action, reasons, expected } = decideWindows(line(7), policy);
    expect(action).toBe('open');
    expect(reasons.map(({ code }) => code)).toEqual(['waitSoon', 'lineNow', 'coming']);
    expect(reasons[0]?.params['limitMs']).toBe(5 * MINUTE_MS);
    expect(expected.waitMs).toBeGreaterThan(5 * MINUTE_MS);
    expect(expected.withMoreMs).toBeLessThan(expected.waitMs);
  });

  test('before the line is there, when the forecast says that many are coming', () => {
    expect(policy.choose(line(5))).toBe('hold');
    expect(policy.choose(line(5, { coming: 7 }))).toBe('open');
  });

  test('sooner for a line of long errands than for as many short ones', () => {
    expect(policy.choose({ ...line(4), workMs: 10 * 3 * MINUTE_MS })).toBe('open');
    expect(policy.choose({ ...line(9), workMs: 4 * 3 * MINUTE_MS })).not.toBe('open');
  });

  test('never beyond as many as the branch has, and says that', () => {
    const { action, reasons } = decideWindows(line(30, { windows: 6 }), policy);
    expect(action).toBe('hold');
    expect(reasons[0]?.code).toBe('mostWindows');
  });

  test('at once when fewer are open than the branch must have', () => {
    const { action, reasons } = decideWindows({ ...quiet, windows: 1 }, policy);
    expect(action).toBe('open');
    expect(reasons).toEqual([{ code: 'fewestWindows', params: { windows: 1, fewest: 2 } }]);
  });
});

describe('a window closes', () => {
  const idle = { ...quiet, workMs: MINUTE_MS, coming: 1 };

  test('when without it nobody would wait long', () => {
    const { action, reasons } = decideWindows(idle, policy);
    expect(action).toBe('close');
    expect(reasons[0]?.code).toBe('spareWindow');
  });

  test('not before it has been open for its least time, and says that', () => {
    const { action, reasons } = decideWindows({ ...idle, longestOpenMs: 14 * MINUTE_MS }, policy);
    expect(action).toBe('hold');
    expect(reasons[0]?.code).toBe('leastOpen');
  });

  test('never below as many as the branch must have', () => {
    expect(decideWindows({ ...idle, windows: 2, workMs: 0, coming: 0.2 }, policy)).toMatchObject({
      action: 'hold',
      reasons: [{ code: 'fewestWindows' }],
    });
  });
});

test('a window just closed is not wanted back, and one just opened is not spare', () => {
  const views = fc.record({
    windows: fc.integer({ min: 1, max: 7 }),
    opening: fc.constant(0),
    longestOpenMs: fc.constant(3_600_000),
    waiting: fc.nat(40),
    workMs: fc.integer({ min: 0, max: 150 * MINUTE_MS }),
    coming: fc.double({ min: 0, max: 15, noNaN: true }),
    meanServiceMs: fc.integer({ min: MINUTE_MS, max: 10 * MINUTE_MS }),
  });
  fc.assert(
    fc.property(views, (view) => {
      const action = policy.choose(view);
      const then = policy.choose({ ...view, windows: view.windows + (action === 'open' ? 1 : action === 'close' ? -1 : 0) });
      if (action === 'open') expect(then).not.toBe('close');
      if (action === 'close') expect(then).not.toBe('open');
      expect(decideWindows(view, policy).reasons.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test('thresholds that would flap are refused with what to change', () => {
  expect(() => new WindowPolicy({ ...thresholds, closeBelowMs: 6 * MINUTE_MS })).toThrow('must be less than');
  expect(() => new WindowPolicy({ ...thresholds, fewest: 7 })).toThrow('fewest (7)');
});

describe('nothing is seen before it happens', () => {
  const rules: WindowRules = { toOpenS: 180, leastOpenS: 900, fewest: 1, most: 6 };
  const setting: DaySetting = { startS: 32_400, doorsCloseS: 61_200, windows: [{ openedAtS: 32_400 }, { openedAtS: 32_400 }], rules };
  const shape = Array.from({ length: SLOTS }, (_none, slot) => (slot >= 108 && slot < 204 ? 1 : 0));
  const known = { flow: new FlowForecast({ perDay: 400, shape }).day({ weekday: 1 }), services: new ServiceLessons(1, 180).freeze() };

  /** What the rule wanted, ask by ask. */
  function wanted(arrivals: Arrivals): { readonly atS: number; readonly windows: number }[] {
    const rule = windowRule({ openAboveMs: 300_000, closeBelowMs: 90_000 }, rules, known, setting.startS);
    const said: { atS: number; windows: number }[] = [];
    simulateDay(arrivals, setting, (now) => {
      const windows = rule(now);
      said.push({ atS: now.nowS, windows });
      return windows;
    });
    return said;
  }

  test('another afternoon changes nothing of what was decided in the morning', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 34_000, max: 58_000 }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (seed, untilS, times) => {
          const draws = new Draws(seed);
          const people: [number, number][] = [];
          for (let at = setting.startS + draws.exponential(70); at < 61_200; at += draws.exponential(70))
            people.push([at, draws.exponential(180)]);
          const day = (each: readonly [number, number][]): Arrivals => ({
            arrivesS: Float64Array.from(each, ([at]) => at),
            serviceS: Float64Array.from(each, ([, service]) => service),
          });
          const other = people.map(([at, service]): [number, number] =>
            at < untilS ? [at, service] : [untilS + (at - untilS) / times, service * times],
          );
          const before = (said: ReturnType<typeof wanted>) => said.filter(({ atS }) => atS < untilS);
          expect(before(wanted(day(other)))).toEqual(before(wanted(day(people))));
        },
      ),
      { numRuns: 40 },
    );
  });
});
