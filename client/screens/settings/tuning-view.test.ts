import { expect, test } from 'vitest';
import { shareOf, type TuningView, tuningStep } from './tuning-view.ts';

const day = { thresholds: { openAboveMs: 2, closeBelowMs: 1 }, withinTarget: 1, windowHours: 40, openings: 8 };
const view = (more: Partial<TuningView>): TuningView => ({ state: 'none', progress: 0, days: { have: 12, needed: 6 }, ...more });

test('too few days, ready, running, found, failed: each has its own next step', () => {
  expect(tuningStep(view({ days: { have: 2, needed: 6 } }))).toBe('few');
  expect(tuningStep(view({}))).toBe('start');
  expect(tuningStep(view({ state: 'running' }))).toBe('wait');
  expect(tuningStep(view({ state: 'done', before: day, after: day }))).toBe('decide');
  expect(tuningStep(view({ state: 'failed' }))).toBe('failed');
});

test('the greater of two fills the bar; nothing beside nothing is empty', () => {
  expect([shareOf(40, 50), shareOf(50, 40), shareOf(0, 0)]).toEqual([0.8, 1, 0]);
});
