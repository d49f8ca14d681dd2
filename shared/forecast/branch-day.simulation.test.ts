import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrivals, type DaySetting, type FloorNow, simulateDay, type WindowRules } from './branch-day.simulation.ts';
import { Draws } from './draws.ts';

const RULES: WindowRules = { toOpenS: 180, leastOpenS: 900, fewest: 1, most: 6 };
const open = (count: number): { openedAtS: number }[] => Array.from({ length: count }, () => ({ openedAtS: 0 }));
const day = (windows: DaySetting['windows'], rules = RULES): DaySetting => ({ startS: 0, doorsCloseS: 36_000, windows, rules });
const customers = (...each: readonly [arrivesS: number, serviceS: number][]): Arrivals => ({
  arrivesS: Float64Array.from(each, ([arrivesS]) => arrivesS),
  serviceS: Float64Array.from(each, ([, serviceS]) => serviceS),
});

function poisson(count: number, gapS: number, serviceS: number, seed: number, patienceS?: number): Arrivals {
  const draws = new Draws(seed);
  let at = 0;
  return {
    arrivesS: Float64Array.from({ length: count }, () => (at += draws.exponential(gapS))),
    serviceS: Float64Array.from({ length: count }, () => draws.exponential(serviceS)),
    ...(patienceS !== undefined && { patienceS: Float64Array.from({ length: count }, () => draws.exponential(patienceS)) }),
  };
}

describe('a day simulated', () => {
  test('first come, first served, by whichever window is free', () => {
    const { waitS, lastServedS } = simulateDay(customers([0, 100], [10, 100], [20, 50], [30, 10]), day(open(2)));
    expect([...waitS]).toEqual([0, 0, 80, 80]);
    expect(lastServedS).toBe(150);
  });

  test('fixed windows cost their whole day, and the time after closing until the last is served', () => {
    const { openS, staffedS, openings } = simulateDay(customers([35_990, 110]), day(open(3)));
    expect(openS).toBe(36_000 + 36_000 + 36_100);
    expect(staffedS).toBe(openS);
    expect(openings).toBe(0);
  });

  test('who is called sooner by credit goes before those who came earlier', () => {
    const three = { ...customers([0, 100], [10, 100], [20, 100]), creditS: Float64Array.from([0, 0, 90]) };
    expect([...simulateDay(three, day(open(1))).waitS]).toEqual([0, 190, 80]);
  });

  test('a window takes only what it may; others of the line go past', () => {
    const mixed = { ...customers([0, 100], [10, 100], [20, 100]), kind: Uint8Array.from([0, 1, 0]) };
    const windows = [
      { openedAtS: 0, takes: 1 },
      { openedAtS: 500, takes: 2 },
    ];
    expect([...simulateDay(mixed, day(windows)).waitS]).toEqual([0, 490, 80]);
  });

  test('nobody is left waiting for ever for a window that never opens', () => {
    const mixed = { ...customers([0, 100], [10, 100]), kind: Uint8Array.from([0, 1]) };
    const { waitS, left } = simulateDay(mixed, day([{ openedAtS: 0, takes: 1 }]));
    expect([...waitS]).toEqual([0, -1]);
    expect(left).toBe(1);
  });

  test('a planned closing lets the customer at the window finish and takes no other', () => {
    const windows = [{ openedAtS: 0, closesAtS: 50 }, { openedAtS: 300 }];
    expect([...simulateDay(customers([0, 100], [10, 100]), day(windows)).waitS]).toEqual([0, 290]);
  });

  test('who waited before the start is served first, and their wait counts', () => {
    expect([...simulateDay(customers([-200, 100], [-50, 100]), day([{ openedAtS: -900, busyUntilS: 40 }])).waitS]).toEqual([240, 190]);
  });

  test('who loses patience leaves and takes nobody’s time', () => {
    const three = { ...customers([0, 100], [10, 100], [20, 100]), patienceS: Float64Array.from([9, 50, 500]) };
    const { waitS, left } = simulateDay(three, day(open(1)));
    expect([...waitS]).toEqual([0, -1, 80]);
    expect(left).toBe(1);
  });

  test('a window that is opened serves after its time to open', () => {
    const { waitS, openings, staffedS, openS } = simulateDay(customers([0, 3_600], [20, 100]), day(open(1)), (now) =>
      now.waiting > 0 ? 2 : now.windows,
    );
    expect([...waitS]).toEqual([0, 190]);
    expect(openings).toBe(1);
    expect(staffedS - openS).toBe(180);
  });
});

describe('against theory', () => {
  // 150,000 customers; neighbours wait alike (a busy spell lasts some 25 customers), which leaves some 6,000 independent ones:
  // three standard errors of a share of 0.17 are 0.0145.
  test('who waits, and who is served within 20 s, is what Erlang C says', () => {
    const { waitS } = simulateDay(poisson(150_000, 18, 180, 1), { ...day(open(14)), doorsCloseS: 1e9, rules: { ...RULES, most: 14 } });
    expect(Math.abs(waitS.filter((wait) => wait > 0).length / waitS.length - 0.1741)).toBeLessThan(0.0145);
    expect(Math.abs(waitS.filter((wait) => wait <= 20).length / waitS.length - 0.8884)).toBeLessThan(0.0145);
  });

  // Patience as long as a service makes everybody in the branch leave at one rate: their number is Poisson(10), whatever the windows.
  test('who gives up is what Erlang A says', () => {
    let chance = Math.exp(-10);
    let beyond = 0;
    for (let n = 0; n < 80; n += 1) {
      if (n > 10) beyond += (n - 10) * chance;
      chance *= 10 / (n + 1);
    }
    const { left } = simulateDay(poisson(150_000, 18, 180, 2, 180), { ...day(open(10)), doorsCloseS: 1e9, rules: { ...RULES, most: 10 } });
    expect(Math.abs(left / 150_000 - beyond / 10)).toBeLessThan(0.004);
  });
});

describe('whatever a rule wants', () => {
  const wishes = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 5, maxLength: 60 });

  test('a window once opened stays open for its least time, and there are never fewer nor more than the branch’s bounds', () => {
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 1_000 }), (wanted, seed) => {
        const opened: number[] = [];
        let windows = 1;
        let asked = 0;
        const rule = (now: FloorNow): number => {
          for (; windows < now.windows; windows += 1) opened.push(now.nowS - 30);
          windows = now.windows;
          expect(windows).toBeGreaterThanOrEqual(Math.max(1, opened.filter((at) => now.nowS - 30 < at + 180 + 900).length));
          expect(windows).toBeLessThanOrEqual(6);
          asked += 1;
          return wanted[Math.floor(asked / 7) % wanted.length] as number;
        };
        simulateDay(poisson(60, 120, 180, seed), { ...day(open(1)), doorsCloseS: 1e6 }, rule);
      }),
      { numRuns: 60 },
    );
  });

  test('everybody is served once, nobody before they came, and no window serves two at a time', () => {
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 1_000 }), (wanted, seed) => {
        const arrivals = poisson(80, 60, 180, seed);
        let asked = 0;
        const { waitS, openS } = simulateDay(arrivals, day(open(1)), () => wanted[(asked += 1) % wanted.length] as number);
        expect(waitS.every((wait) => wait >= 0)).toBe(true);
        expect(arrivals.serviceS.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(openS + 1e-6);
      }),
      { numRuns: 60 },
    );
  });
});
