import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FlowDay, FlowForecast, SLOT_MS, SLOTS } from './flow-forecast.ts';
import { FlowToday } from './flow-today.ts';

const OPENS = 108;
const CLOSES = 204;
const HOUR_MS = 3_600_000;
const flat = (perSlot: number): number[] => Array.from({ length: SLOTS }, (_none, slot) => (slot >= OPENS && slot < CLOSES ? perSlot : 0));
const peaked = (perSlot: number): number[] => flat(perSlot).map((count, slot) => (slot < OPENS + 24 ? count * 2 : count * (2 / 3)));
const profile = { perDay: 480, shape: flat(1), flags: { payday: 1.3 } };
const weekday = (day: number): number => (day % 7) + 1;

/** Days that go exactly by a rule; a test of what is learnt needs no chance. */
function learnt(days: number, of: (day: number) => FlowDay): FlowForecast {
  const forecast = new FlowForecast(profile);
  for (let day = 0; day < days; day += 1) forecast.learn(of(day));
  return forecast;
}

describe('a forecast before the first day', () => {
  test('is the profile', () => {
    const day = new FlowForecast(profile).day({ weekday: 1 });
    expect(day.total).toBeCloseTo(480);
    expect(day.slots[OPENS - 1]).toBe(0);
    expect(day.slots[OPENS + 10]).toBeCloseTo(5);
  });

  test('knows the flags that the profile knows and takes an unknown one for an ordinary day', () => {
    const forecast = new FlowForecast(profile);
    expect(forecast.day({ weekday: 1, flags: ['payday'] }).total).toBeCloseTo(624);
    expect(forecast.day({ weekday: 1, flags: ['circus'] }).total).toBeCloseTo(480);
  });

  test('a profile of another length, or of nobody, is refused', () => {
    expect(() => new FlowForecast({ perDay: 480, shape: [1, 2, 3] })).toThrow('288 slots of five minutes are needed, not 3');
    expect(() => new FlowForecast({ perDay: 480, shape: flat(0) })).toThrow('somebody comes');
    expect(() => new FlowForecast({ perDay: 0, shape: flat(1) })).toThrow('above 0');
  });
});

describe('a forecast after weeks', () => {
  test('has learnt the level and when people come', () => {
    const day = learnt(28, (n) => ({ weekday: weekday(n), counts: peaked(8) })).day({ weekday: 3 });
    expect(day.total).toBeCloseTo(768, -1);
    expect(day.slots[OPENS + 12] as number).toBeGreaterThan(2.7 * (day.slots[OPENS + 60] as number));
  });

  test('has learnt that Mondays are busier', () => {
    const forecast = learnt(56, (n) => ({ weekday: weekday(n), counts: flat(weekday(n) === 1 ? 8 : 5) }));
    const ratio = forecast.day({ weekday: 1 }).total / forecast.day({ weekday: 4 }).total;
    expect(ratio).toBeGreaterThan(1.45);
    expect(ratio).toBeLessThan(1.65);
  });

  test('has learnt what a market day brings, without the level moving', () => {
    const forecast = learnt(60, (n) => ({
      weekday: weekday(n),
      counts: flat(n % 5 === 0 ? 10 : 5),
      ...(n % 5 === 0 && { flags: ['market'] }),
    }));
    const ratio = forecast.day({ weekday: 2, flags: ['market'] }).total / forecast.day({ weekday: 2 }).total;
    expect(ratio).toBeGreaterThan(1.75);
    expect(ratio).toBeLessThan(2.2);
  });

  test('follows a branch that grows by 1 % a day at most a week behind', () => {
    const forecast = learnt(60, (n) => ({ weekday: weekday(n), counts: flat(5 * 1.01 ** n) }));
    expect(forecast.day({ weekday: weekday(60) }).total / (480 * 1.01 ** 60)).toBeGreaterThan(0.93);
  });

  test('a day on which nobody came teaches nothing: the branch was closed', () => {
    const forecast = new FlowForecast(profile);
    forecast.learn({ weekday: 1, counts: flat(0) });
    expect(forecast.day({ weekday: 1 }).total).toBeCloseTo(480);
  });

  test('whatever the days, shares stay shares: the slots sum to the total, nobody is expected while it is closed', () => {
    const counts = fc.array(fc.nat(20), { minLength: CLOSES - OPENS, maxLength: CLOSES - OPENS });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), counts), { maxLength: 10 }), (days) => {
        const forecast = new FlowForecast(profile);
        for (const [day, open] of days) forecast.learn({ weekday: day, counts: flat(0).map((_none, slot) => open[slot - OPENS] ?? 0) });
        const day = forecast.day({ weekday: 2 });
        const sum = day.slots.reduce((total, slot) => total + slot, 0);
        expect(Math.abs(sum / day.total - 1)).toBeLessThan(1e-9);
        expect(day.slots.slice(0, OPENS).every((slot) => slot === 0)).toBe(true);
        expect(day.slots.every((slot) => slot >= 0 && Number.isFinite(slot))).toBe(true);
      }),
    );
  });
});

describe('the day that is running', () => {
  const day = new FlowForecast(profile).day({ weekday: 1 });
  const opensMs = OPENS * SLOT_MS;
  /** One customer every `gapMs`. */
  const run = (untilMs: number, gapMs: number): FlowToday => {
    const today = new FlowToday(day, opensMs);
    for (let at = opensMs + gapMs / 2; at < untilMs; at += gapMs) today.arrived(at);
    return today;
  };

  test('as expected, it stays as forecast', () => {
    const now = opensMs + 2 * HOUR_MS;
    expect(run(now, 60_000).expected(now, now, now + HOUR_MS)).toBeCloseTo(60, 0);
  });

  test('half as many again are believed by and by, and more for the next half hour than for the evening', () => {
    const now = opensMs + 2 * HOUR_MS;
    const today = run(now, 40_000);
    const next = today.expected(now, now, now + HOUR_MS / 2) / 30;
    const evening = today.expected(now, now + 5 * HOUR_MS, now + 5.5 * HOUR_MS) / 30;
    expect(next).toBeGreaterThan(evening);
    expect(evening).toBeGreaterThan(1.25);
    expect(next).toBeLessThan(1.5);
  });

  test('five hundred at once are a crowd, not a pace: never more than four times the forecast is expected to follow', () => {
    const now = opensMs + HOUR_MS;
    const today = new FlowToday(day, now);
    for (let n = 0; n < 500; n += 1) today.arrived(now + n * 20);
    expect(today.expected(now + 10_000, now + 10_000, now + HOUR_MS)).toBeLessThanOrEqual(4 * 60);
  });

  test('what is yet to come changes nothing of what was said before', () => {
    const now = opensMs + HOUR_MS;
    const said = run(now, 50_000).band(now, now, now + HOUR_MS);
    const today = run(now, 50_000);
    const before = today.band(now, now, now + HOUR_MS);
    for (let n = 0; n < 500; n += 1) today.arrived(now + n * 1_000);
    expect(before).toEqual(said);
  });

  test('the band holds the expected', () => {
    const now = opensMs + HOUR_MS;
    const { low, expected, high } = run(now, 60_000).band(now, now, now + HOUR_MS);
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
    expect(low).toBeGreaterThan(30);
  });
});

describe('the season', () => {
  /** From 1 January 2025; twice as many come in the four weeks before the Spring Festival as else. */
  const busy = (day: number): boolean => day % 364 >= 330 && day % 364 < 358;
  const of = (day: number): FlowDay => ({ weekday: weekday(day), dayNumber: 20_089 + day, counts: flat(busy(day) ? 10 : 5) });
  const ahead = (forecast: FlowForecast, day: number): number => forecast.day({ weekday: weekday(day), dayNumber: 20_089 + day }).total;

  test('of a year before is foreseen weeks ahead, and is over when it was over', () => {
    const forecast = learnt(364 + 315, of);
    expect(ahead(forecast, 364 + 318)).toBeLessThan(550);
    const peak = ahead(forecast, 364 + 344);
    expect(peak).toBeGreaterThan(700);
    expect(peak).toBeLessThan(960);
    expect(ahead(forecast, 364 + 376)).toBeLessThan(600);
  });

  test('is unknown to a branch without a year behind it', () => {
    const forecast = learnt(300, of);
    expect(ahead(forecast, 340)).toBeCloseTo(ahead(forecast, 305), 0);
  });

  test('of few days is hardly believed', () => {
    const forecast = new FlowForecast(profile);
    for (let day = 0; day < 364 + 5; day += 1)
      if (day > 364 - 60 || day === 0 || day === 40) forecast.learn({ ...of(day), counts: flat(day === 40 ? 20 : 5) });
    expect(ahead(forecast, 364 + 40)).toBeLessThan(1.2 * ahead(forecast, 364 + 6));
  });
});

test('what a day is learnt to bring does not hang on days that come later', () => {
  const days = Array.from(
    { length: 400 },
    (_none, day): FlowDay => ({ weekday: weekday(day), dayNumber: 20_000 + day, counts: flat(5 + (day % 9)) }),
  );
  const said = (future: number): number[] => {
    const forecast = new FlowForecast(profile);
    return days.map((day, index) => {
      const { total } = forecast.day(day);
      forecast.learn(index < 390 ? day : { ...day, counts: flat(future) });
      return total;
    });
  };
  expect(said(30).slice(0, 391)).toEqual(said(1).slice(0, 391));
});
