import { expect, test } from 'vitest';
import type { DayOutcome } from './branch-day.simulation.ts';
import { tuneWindows } from './tune-windows.ts';

/** Of ten customers so many waited too long. */
const outcome = (late: number, hours: number, openings: number): DayOutcome => ({
  waitS: Float64Array.from({ length: 10 }, (_none, place) => (place < late ? 400 : 10)),
  left: 0,
  openS: hours * 3_600,
  staffedS: hours * 3_600,
  openings,
  lastServedS: 0,
});
const days: Readonly<Record<string, DayOutcome>> = {
  cheap: outcome(3, 20, 5),
  steady: outcome(1, 30, 2),
  flapping: outcome(1, 29.9, 40),
  lavish: outcome(0, 40, 0),
};
const goal = { withinS: 300, share: 0.9, openingHours: 0.02 };

function tuned(share: number) {
  const steps = tuneWindows(Object.keys(days), 3, (candidate) => days[candidate] as DayOutcome, { ...goal, share });
  const progress: string[] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { progress, ...step.value };
    progress.push(`${step.value.done}/${step.value.of}`);
  }
}

test('the cheapest that keeps the promise wins; many openings are a price too', () => {
  const { best, reached, tried } = tuned(0.9);
  expect(best.candidate).toBe('steady');
  expect(reached).toBe(true);
  expect(tried.find(({ candidate }) => candidate === 'steady')?.figures).toMatchObject({
    within: 0.9,
    windowHours: 30,
    openings: 2,
    days: 3,
  });
});

test('a promise that nothing keeps gives what comes nearest, and says so', () => {
  const tooMuch = tuneWindows(['cheap', 'steady'], 1, (candidate) => days[candidate] as DayOutcome, { ...goal, share: 0.99 });
  let step = tooMuch.next();
  while (step.done !== true) step = tooMuch.next();
  expect(step.value.reached).toBe(false);
  expect(step.value.best.candidate).toBe('steady');
});

test('it goes on step by step and tells how far it is', () => {
  const { progress } = tuned(0.9);
  expect(progress).toHaveLength(12);
  expect(progress[0]).toBe('1/12');
  expect(progress.at(-1)).toBe('12/12');
});

test('nothing to try or no day is an error', () => {
  expect(() => tuneWindows([], 3, () => outcome(0, 1, 0), goal).next()).toThrow('at least one candidate');
  expect(() => tuneWindows(['a'], 0, () => outcome(0, 1, 0), goal).next()).toThrow('one day');
});
