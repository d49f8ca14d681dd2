import { expect, test } from 'vitest';
import { bandOf, effectOf, scaleOf, type WhatIfWaits } from './what-if.ts';

const MINUTE = 60_000;
const waits = (low: number, middle: number, high: number): WhatIfWaits => ({
  wait10Ms: low * MINUTE,
  wait50Ms: middle * MINUTE,
  wait90Ms: high * MINUTE,
  withinTarget: 1,
  clearedAt: { low: 0, expected: 0, high: 0 },
});

test('both bands stand on one scale of whole minutes, the middle too', () => {
  expect(scaleOf(23 * MINUTE, 11 * MINUTE)).toBe(24 * MINUTE);
  expect(scaleOf(0, 0)).toBe(4 * MINUTE);
  expect(bandOf(waits(5, 10, 20), 25 * MINUTE)).toEqual({ from: 20, width: 60, middle: 40 });
});

test('nobody waits: the band is still seen', () => {
  expect(bandOf(waits(0, 0, 0), 5 * MINUTE)).toEqual({ from: 0, width: 1, middle: 0 });
});

test('better and worse are what a person feels', () => {
  expect(effectOf(waits(0, 5, 23), waits(0, 5, 11))).toBe('better');
  expect(effectOf(waits(0, 5, 11), waits(0, 5, 23))).toBe('worse');
  expect(effectOf(waits(0, 5, 11), waits(0, 5, 11.3))).toBe('same');
});
