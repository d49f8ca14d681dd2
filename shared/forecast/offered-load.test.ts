import { expect, test } from 'vitest';
import { offeredLoad, windowsNeeded } from './offered-load.ts';

const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;
const target = { rule: 'target', target: { share: 0.95, withinMs: 10 * MINUTE } } as const;
const stream = (arrivals: readonly number[], minutes = 6) => ({ serviceId: 'deposit', arrivals, meanServiceMs: minutes * MINUTE });

test('a steady flow settles at arrivals × service time', () => {
  const load = offeredLoad(stream([20, 20, 20, 20]), HALF_HOUR);
  expect(load[3]).toBeCloseTo((20 * 6) / 30, 4);
});

test('the first slot fills up slowly, and work lingers after the last arrival', () => {
  const [first = 0, , after = 0] = offeredLoad(stream([20, 20, 0]), HALF_HOUR);
  // 4 − 4·(1 − e⁻⁵)·(6/30) by hand, then what is left of 4·(1 − e⁻¹⁰) over half an hour.
  expect(first).toBeCloseTo(4 - 4 * (1 - Math.exp(-5)) * 0.2, 10);
  expect(after).toBeCloseTo(4 * (1 - Math.exp(-10)) * (1 - Math.exp(-5)) * 0.2, 10);
});

test('all the work that arrives is done at some time', () => {
  const load = offeredLoad(stream([3, 17, 25, 9, 0, 0, 0, 0, 0, 0]), HALF_HOUR);
  expect(load.reduce((sum, one) => sum + one, 0) * HALF_HOUR).toBeCloseTo(54 * 6 * MINUTE, 0);
});

test('the exact load agrees with m(t) = E[λ(t − S_e)]·E[S] integrated in steps of a second', () => {
  const arrivals = [3, 17, 25, 9, 4];
  const mean = 9 * MINUTE;
  const load = offeredLoad(stream(arrivals, 9), HALF_HOUR);
  const step = 1_000;
  const at = (t: number): number => {
    let sum = 0;
    for (let age = step / 2; age < t; age += step)
      sum += ((arrivals[Math.floor((t - age) / HALF_HOUR)] ?? 0) / HALF_HOUR) * Math.exp(-age / mean) * step;
    return sum;
  };
  const third = Array.from({ length: 60 }, (_none, k) => at(2 * HALF_HOUR + (k + 0.5) * (HALF_HOUR / 60)));
  expect(load[2]).toBeCloseTo(third.reduce((sum, one) => sum + one, 0) / 60, 2);
});

test('windows follow the flow; an hour without customers needs none', () => {
  const needs = windowsNeeded([stream([0, 0, 20, 40, 20, 0, 0, 0])], HALF_HOUR, target);
  expect(needs.map(({ windows }) => windows)).toEqual([0, 0, 5, 9, 7, 2, 1, 0]);
});

test('services that share windows need fewer together than apart', () => {
  const one = stream([20, 20, 20]);
  const apart = windowsNeeded([one], HALF_HOUR, target)[2]?.windows ?? 0;
  const together = windowsNeeded([one, { ...one, serviceId: 'withdrawal' }], HALF_HOUR, target)[2]?.windows ?? 0;
  expect(together).toBeLessThan(2 * apart);
});

test('the square-root rule adds a margin of β√m', () => {
  expect(windowsNeeded([stream([45, 45, 45])], HALF_HOUR, { rule: 'squareRoot', beta: 1 })[2]?.windows).toBe(12);
});

test('numbers that cannot be are told with their service', () => {
  expect(() => offeredLoad(stream([1, Number.NaN]), HALF_HOUR)).toThrow('deposit: arrivals of slot 1 are a number from 0, not NaN');
  expect(() => offeredLoad(stream([1], 0), HALF_HOUR)).toThrow('deposit: a mean service time above 0 ms is needed, not 0');
});
