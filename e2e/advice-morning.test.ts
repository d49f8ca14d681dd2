/** The demo's morning peak in virtual time, by the hub's own rules and advisor: advice stands before the line does, and taken up it shortens the wait. */
import { expect, test } from 'vitest';
import { figuresOf } from '../bench/advice/figures.ts';
import { playMorning } from '../bench/advice/morning.ts';

test.each([2])('half past eight to eleven, the same customers with and without taking advice up (seed %i)', (seed) => {
  const play = (taken: boolean) => figuresOf(playMorning({ seed, taken, looksEveryMs: 40_000, futures: 12 }));
  const [without, taken] = [play(false), play(true)];
  // Nobody takes it up: the line grows past what the branch promises, and a window had been advised minutes before.
  expect(without.unadvised).toBe(false);
  expect(without.leadMinutes).toBeGreaterThan(2);
  // Taken up, customers wait half as long on average, and fewer turn round at the door.
  expect(taken.meanMinutes).toBeLessThan(without.meanMinutes * 0.6);
  expect(taken.wait90Minutes).toBeLessThan(without.wait90Minutes * 0.75);
  expect(taken.turnedRound).toBeLessThan(without.turnedRound / 2);
  // It does not flap: what is given is there to be accepted, and carried out.
  expect(taken.withdrawn.outlook).toBeLessThanOrEqual(2);
  expect(taken.carriedOut).toBeGreaterThanOrEqual(taken.pieces - 4);
  expect(taken.pieces).toBeLessThan(25);
});
