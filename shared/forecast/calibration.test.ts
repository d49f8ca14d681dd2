import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Calibration } from './calibration.ts';
import { Draws } from './draws.ts';

const normal = (draws: Draws): number => Math.sqrt(-2 * Math.log(1 - draws.next())) * Math.cos(2 * Math.PI * draws.next());

test('whatever the forecaster’s own interval is worth, eight in ten come true', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0.4, max: 3, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (seed, told, off) => {
        const draws = new Draws(seed);
        const calibration = new Calibration();
        // The truth spreads by 1, later by 2; the forecast says `told`, and is off.
        for (const spread of [1, 2]) {
          let covered = 0;
          const [settling, counted] = [2_500, 4_000];
          for (let n = 0; n < settling + counted; n += 1) {
            const truth = 4 + normal(draws) * spread;
            const raw = { low: 4 + off - 1.28 * told, middle: 4 + off, high: 4 + off + 1.28 * told };
            const { low, high } = calibration.apply(raw);
            if (n >= settling && truth >= low && truth <= high) covered += 1;
            calibration.learn(raw, truth);
          }
          expect(covered / counted).toBeGreaterThan(0.78);
          expect(covered / counted).toBeLessThan(0.82);
        }
      },
    ),
    { numRuns: 20, seed: 7 },
  );
});

test('the median lies within the interval and comes to err as often above as below', () => {
  const draws = new Draws(5);
  const calibration = new Calibration();
  const raw = { low: 3, middle: 3.5, high: 4 };
  let above = 0;
  for (let n = 0; n < 6_000; n += 1) {
    const truth = 4 + normal(draws);
    const told = calibration.apply(raw);
    expect(told.low <= told.middle && told.middle <= told.high).toBe(true);
    if (n >= 2_000 && truth > told.middle) above += 1;
    calibration.learn(raw, truth);
  }
  expect(Math.abs(above / 4_000 - 0.5)).toBeLessThan(0.03);
});

test('it is carried over as JSON', () => {
  const calibration = new Calibration();
  for (let n = 0; n < 50; n += 1) calibration.learn({ low: 1, middle: 2, high: 3 }, 5);
  const again = new Calibration();
  again.restore(JSON.parse(JSON.stringify(calibration)) as ReturnType<Calibration['toJSON']>);
  expect(again.apply({ low: 1, middle: 2, high: 3 })).toEqual(calibration.apply({ low: 1, middle: 2, high: 3 }));
});
