import { expect, test } from 'vitest';
import { naiveWait, queueLengthWait, queueLengthWaitWithLeavers } from './formulas.ts';

test('queue length: one more than those ahead must be served, by all who serve', () => {
  expect(queueLengthWait(4, 5, 180)).toBe(180);
  expect(queueLengthWait(0, 1, 180)).toBe(180);
});

test('people who give up shorten the wait: each of those ahead also leaves by themselves', () => {
  // 1/(2/100) + 1/(2/100 + 1/200) + 1/(2/100 + 2/200)
  expect(queueLengthWaitWithLeavers(2, 2, 100, 1 / 200)).toBeCloseTo(50 + 40 + 100 / 3, 9);
  expect(queueLengthWaitWithLeavers(9, 3, 120, 0)).toBeCloseTo(queueLengthWait(9, 3, 120), 9);
});

test('what queue products tell counts nominal windows', () => {
  expect(naiveWait(6, 4, 120)).toBe(180);
});
