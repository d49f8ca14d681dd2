import { expect, test } from 'vitest';
import { clearing } from './clearing.ts';

const MINUTE = 60_000;
const day = { phase: 'business', closesAt: 600 * MINUTE } as const;

test('near closing, and once no more numbers are given, the last customer is a figure of its own', () => {
  expect(clearing(day, 120 * MINUTE, 100 * MINUTE).isEnd).toBe(false);
  expect(clearing(day, 570 * MINUTE, 560 * MINUTE)).toEqual({ isEnd: true, late: false });
  expect(clearing({ ...day, phase: 'lastNumber' }, 420 * MINUTE, 400 * MINUTE).isEnd).toBe(true);
});

test('served after closing stands out', () => {
  expect(clearing(day, 605 * MINUTE, 590 * MINUTE)).toEqual({ isEnd: true, late: true });
});
