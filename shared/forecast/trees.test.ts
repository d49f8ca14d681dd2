import { expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { binRows, quantileOf, TreesFit, type TreesOptions } from './trees.fit.ts';
import { Trees } from './trees.ts';

const SEED = 42;
const whole: TreesOptions = { quantile: 0.5, trees: 1, leaves: 2, rate: 1, smallestLeaf: 1, rowShare: 1, featureShare: 1 };

const fit = (rows: readonly (readonly number[])[], target: readonly number[], options: Partial<TreesOptions> = {}): Trees => {
  const features = rows[0]?.length ?? 0;
  return new TreesFit(
    binRows(Float32Array.from(rows.flat()), features),
    Float64Array.from(target),
    { ...whole, ...options },
    new Draws(SEED),
  ).finish();
};

/** Every feature and every cut: the one after which the signs of the residuals agree best on either side. */
function bestCut(rows: readonly (readonly number[])[], target: readonly number[], quantile: number): number {
  const middle = quantileOf([...target], quantile);
  const signs = target.map((value) => (value > middle ? quantile : quantile - 1));
  const score = (members: readonly number[]): number => members.reduce((sum, row) => sum + (signs[row] as number), 0) ** 2 / members.length;
  let best = 0;
  for (let feature = 0; feature < (rows[0]?.length ?? 0); feature += 1)
    for (const cut of rows.map((row) => row[feature] as number)) {
      const below = rows.flatMap((row, index) => ((row[feature] as number) <= cut ? [index] : []));
      const above = rows.flatMap((row, index) => ((row[feature] as number) > cut ? [index] : []));
      if (below.length > 0 && above.length > 0) best = Math.max(best, score(below) + score(above));
    }
  return best;
}

test('a tree’s first question is the one that trying every feature and every cut finds', () => {
  const draws = new Draws(SEED);
  for (let round = 0; round < 60; round += 1) {
    const rows = Array.from({ length: 12 }, () => [Math.floor(draws.next() * 6), Math.floor(draws.next() * 6), draws.next()]);
    const target = rows.map(([a = 0, b = 0]) => (a > 2 ? 10 : 0) + b + draws.next());
    const quantile = [0.1, 0.5, 0.9][round % 3] as number;
    const { feature, threshold } = fit(rows, target, { quantile }).json;
    const below = rows.flatMap((row, index) => ((row[feature[0] as number] as number) <= (threshold[0] as number) ? [index] : []));
    const above = rows.flatMap((_, index) => (below.includes(index) ? [] : [index]));
    const middle = quantileOf([...target], quantile);
    const sum = (members: readonly number[]): number =>
      members.reduce((total, row) => total + ((target[row] as number) > middle ? quantile : quantile - 1), 0);
    const found = sum(below) ** 2 / below.length + sum(above) ** 2 / above.length;
    expect(found, `seed ${SEED}, round ${round}`).toBeCloseTo(bestCut(rows, target, quantile), 9);
  }
});

test('each leaf holds the wanted quantile of what fell into it', () => {
  const trees = fit([[0], [0], [0], [1], [1], [1]], [1, 2, 9, 21, 25, 29]);
  expect(trees.predict(Float64Array.of(0))).toBe(2);
  expect(trees.predict(Float64Array.of(1))).toBe(25);
});

test('enough trees learn each of a few points; quantiles of noise are in order and near the truth', () => {
  const exact = fit([[1], [2], [3], [4]], [5, 1, 8, 2], { trees: 60, leaves: 4, rate: 0.5 });
  expect([1, 2, 3, 4].map((x) => Math.round(exact.predict(Float64Array.of(x))))).toEqual([5, 1, 8, 2]);

  const draws = new Draws(SEED);
  const rows = Array.from({ length: 4_000 }, () => [draws.next()]);
  const target = rows.map(([x = 0]) => x * 100 * draws.next());
  for (const quantile of [0.1, 0.5, 0.9]) {
    const trees = fit(rows, target, { quantile, trees: 60, leaves: 8, rate: 0.1, smallestLeaf: 50 });
    expect(trees.predict(Float64Array.of(0.8)), `seed ${SEED}`).toBeGreaterThan(80 * quantile - 8);
    expect(trees.predict(Float64Array.of(0.8)), `seed ${SEED}`).toBeLessThan(80 * quantile + 8);
  }
});

test('leaves are never smaller than allowed, and nothing to ask gives a constant', () => {
  const rows = Array.from({ length: 20 }, (_, row) => [row]);
  const { feature, threshold } = fit(
    rows,
    rows.map(([x = 0]) => (x === 19 ? 1_000 : x)),
    { leaves: 8, smallestLeaf: 5 },
  ).json;
  for (const [node, cut] of threshold.entries()) expect([feature[node], cut > 4 && cut < 15]).toEqual([0, true]);
  expect(fit([[7], [7], [7]], [1, 2, 6]).predict(Float64Array.of(7))).toBe(2);
});

test('a model written as JSON and read again says the same', () => {
  const rows = Array.from({ length: 200 }, (_, row) => [row % 17, row % 5]);
  const trees = fit(
    rows,
    rows.map(([a = 0, b = 0]) => a * b),
    { trees: 10, leaves: 6, rate: 0.3, smallestLeaf: 5 },
  );
  const again = new Trees(JSON.parse(JSON.stringify(trees.json)) as typeof trees.json);
  for (const row of rows) expect(again.predict(Float64Array.from(row))).toBe(trees.predict(Float64Array.from(row)));
});
