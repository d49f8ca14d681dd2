import { expect, test } from 'vitest';
import { recordOf, verdictOf } from './forecast-record.ts';

const day = (forecasts: number, withinRange: number, meanErrorMs = 60_000) => ({ forecasts, withinRange, meanErrorMs });

test('eight in ten within the range is what was promised; too few waits say nothing yet', () => {
  expect(verdictOf(day(400, 0.79))).toBe('good');
  expect(verdictOf(day(400, 0.75))).toBe('tooNarrow');
  expect(verdictOf(day(400, 0.7))).toBe('tooNarrow');
  expect(verdictOf(day(400, 0.93))).toBe('tooWide');
  expect(verdictOf(day(12, 0.5))).toBe('few');
});

test('a busy day weighs more than a quiet one; without a forecast there is no record', () => {
  expect(recordOf([day(300, 0.8, 60_000), day(100, 0.4, 120_000)])).toEqual({ forecasts: 400, withinRange: 0.7, meanErrorMs: 75_000 });
  expect(recordOf([])).toBeUndefined();
});
