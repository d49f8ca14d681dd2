import { expect, test } from 'vitest';
import { type PastAdvice, summaryOf } from './history.ts';

const past = (state: PastAdvice['state'], more: Partial<PastAdvice> = {}) =>
  ({ state, byItself: false, late: false, ...more }) as PastAdvice;

test('what was called off after it was accepted is no “no”; means only where customers can be compared', () => {
  const minutes = (before: number, after: number) => ({
    before: { calls: 9, wait90Ms: before * 60_000 },
    after: { calls: 9, wait90Ms: after * 60_000 },
  });
  expect(
    summaryOf([
      past('given'),
      past('declined'),
      past('declined', { acceptedAt: 1 }),
      past('measured', { acceptedAt: 1, brought: minutes(20, 10) }),
      past('measured', { acceptedAt: 1, brought: minutes(10, 8) }),
      past('measured', { acceptedAt: 1, brought: { before: { calls: 0 }, after: { calls: 3, wait90Ms: 9 } } }),
    ]),
  ).toEqual({ all: 6, accepted: 4, declined: 1, measured: 3, wait90Ms: { before: 900_000, after: 540_000 } });
  expect(summaryOf([])).toEqual({ all: 0, accepted: 0, declined: 0, measured: 0 });
});
