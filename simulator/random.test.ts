import { describe, expect, test } from 'vitest';
import { seededRandom } from './random.ts';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('seeded randomness', () => {
  test('the same seed and keys draw the same numbers, another seed or key others', () => {
    const first = draw(50, seededRandom(7, 'hq-01', 'arrivals').next);
    expect(draw(50, seededRandom(7, 'hq-01', 'arrivals').next)).toEqual(first);
    expect(draw(50, seededRandom(8, 'hq-01', 'arrivals').next)).not.toEqual(first);
    expect(draw(50, seededRandom(7, 'hq-02', 'arrivals').next)).not.toEqual(first);
  });

  test('a lognormal has its median where it is asked for', () => {
    const random = seededRandom(1, 'median');
    const values = draw(20_001, () => random.logNormal(80_000, 0.3)).sort((a, b) => a - b);
    expect(values[10_000]).toBeGreaterThan(78_500);
    expect(values[10_000]).toBeLessThan(81_500);
  });

  test('a weighted draw never picks a weight of nothing', () => {
    const random = seededRandom(1, 'weights');
    const picked = new Set(draw(2_000, () => random.weighted([0, 3, 0, 1, 0])));
    expect([...picked].toSorted((a, b) => a - b)).toEqual([1, 3]);
  });
});
