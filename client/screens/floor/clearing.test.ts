import { expect, test } from 'vitest';
import { clearing, hasStopped } from './clearing.ts';

const MINUTE = 60_000;
const day = { phase: 'business', closesAt: 600 * MINUTE } as const;

test('once no more numbers are given, the last customer is a figure of its own', () => {
  expect(clearing(day, 120 * MINUTE, 100 * MINUTE).end).toBeUndefined();
  expect(clearing({ ...day, phase: 'lastNumber' }, 420 * MINUTE, 400 * MINUTE).end).toBe('last');
});

test('near closing with numbers still given, the board says when the hall would be empty if they stopped', () => {
  expect(clearing(day, 570 * MINUTE, 560 * MINUTE)).toEqual({ end: 'ifStopped', late: false });
});

test('served after closing stands out', () => {
  expect(clearing(day, 605 * MINUTE, 590 * MINUTE)).toEqual({ end: 'ifStopped', late: true });
});

test('whoever came in now is told a wait until numbers stop, whether or not anybody is still here', () => {
  expect((['business', 'lastNumber', 'clearing', 'balancing'] as const).map(hasStopped)).toEqual([false, true, true, true]);
});
