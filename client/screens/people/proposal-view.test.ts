import { describe, expect, test } from 'vitest';
import type { Shortfall } from '../../../shared/roster/coverage.ts';
import { clockOf, curveOf, gapsOf, keptOf, type ProposalTold, standing, stepsOf } from './proposal-view.ts';

const HALF = 1_800_000;
const nine = 9 * 3_600_000;
const missing = (slot: number, count: number, why: 'rule' | 'demand' = 'rule', post: 'cash' | 'lobby' = 'cash'): Shortfall => ({
  kind: 'post',
  why,
  date: '2026-11-24',
  fromMs: nine + slot * HALF,
  post,
  missing: count,
});
const totals = (shortfalls: readonly Shortfall[]) => ({ staffMs: 0, duties: 0, missingByRule: 0, missingForDemand: 0, shortfalls });
const told: ProposalTold = {
  dates: ['2026-11-24'],
  proposal: {
    proven: true,
    slots: [0, 1, 2].map((slot) => ({
      date: '2026-11-24',
      fromMs: nine + slot * HALF,
      post: 'cash',
      need: 3,
      planned: slot === 2 ? 2 : 3,
    })),
  },
  comparison: {
    before: totals([missing(0, 2), missing(0, 1, 'demand'), missing(1, 1, 'demand'), missing(1, 1, 'rule', 'lobby')]),
    after: totals([missing(2, 1, 'demand')]),
    parts: [],
    unchanged: 0,
  },
};

describe('need against coverage', () => {
  test('what the rota lacks is taken from what is needed; another post, another day counts for nothing', () => {
    const curve = curveOf(told, '2026-11-24', 'cash');
    expect(curve.map(({ need, before, after }) => [need, before, after])).toEqual([
      [3, 0, 3],
      [3, 2, 3],
      [3, 3, 2],
    ]);
    expect([keptOf(curve, 'before'), keptOf(curve, 'after')]).toEqual([1, 2]);
    expect(curveOf(told, '2026-11-25', 'cash')).toEqual([]);
    expect(curveOf(told, '2026-11-24', 'lobby')).toEqual([]);
  });

  test('a step line goes flat over each half hour, more people higher up', () => {
    expect(stepsOf(curveOf(told, '2026-11-24', 'cash'), 'after', 3)).toBe('0,0 1,0 1,0 2,0 2,1 3,1');
  });
});

describe('what is still missing', () => {
  test('half hours one after the other with as many missing are one line; a gap, a reason or a number between makes two', () => {
    const gaps = gapsOf([missing(1, 1), missing(0, 1), missing(3, 1), missing(4, 2), missing(5, 2, 'demand')]);
    expect(gaps.map((gap) => (gap.kind === 'post' ? [clockOf(gap.fromMs), clockOf(gap.toMs), gap.missing, gap.why] : gap))).toEqual([
      ['09:00', '10:00', 1, 'rule'],
      ['10:30', '11:00', 1, 'rule'],
      ['11:00', '11:30', 2, 'rule'],
      ['11:30', '12:00', 2, 'demand'],
    ]);
  });

  test('a missing head and hours not given stand first', () => {
    const head: Shortfall = { kind: 'head', date: '2026-11-24', missing: 1 };
    expect(gapsOf([missing(0, 1), head])[0]).toEqual(head);
  });
});

test('a roster is known to be the best, or so far from it at most; while it is being made nothing is said', () => {
  const roster = (proposal: object, staffMs = 40 * HALF): ProposalTold => ({
    ...told,
    proposal: { slots: [], ...proposal },
    comparison: { ...told.comparison, after: { ...totals([]), staffMs } },
  });
  expect(standing(told)).toBe('best');
  expect(standing(roster({ proven: false, cost: 47, leastCost: 40 }))).toEqual({ hours: 3.5 });
  expect(standing(roster({ proven: false, cost: 340, leastCost: 40 }))).toBe('unsure');
  expect(standing(roster({}))).toBeUndefined();
});
