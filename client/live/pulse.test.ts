import { expect, test } from 'vitest';
import { heard, lineDown, lineUp, look, type PulseWatch } from './pulse.ts';

/** Looks once a second for so long. */
function wait(watch: PulseWatch, from: number, ms: number): PulseWatch {
  let here = watch;
  for (let now = from + 1_000; now <= from + ms; now += 1_000) here = look(here, now);
  return here;
}

test('a pulse that says late turns the page red, one that says well clears it', () => {
  const late = heard(lineUp(0), { at: 900, ok: false, since: 500 }, 1_000);
  expect(late.standstill).toEqual({ why: 'late', since: 500 });
  expect(wait(late, 1_000, 30_000).standstill).toEqual({ why: 'late', since: 500 });
  expect(heard(late, { at: 5_900, ok: true }, 6_000).standstill).toBeUndefined();
});

test('the same word again is the same, so that nothing is drawn anew', () => {
  const late = heard(lineUp(0), { at: 900, ok: false, since: 500 }, 1_000);
  expect(heard(late, { at: 5_900, ok: false, since: 500 }, 6_000).standstill).toBe(late.standstill);
});

test('a hub that says nothing for 15 seconds over a line that is up stands still', () => {
  const well = heard(lineUp(0), { at: 777, ok: true }, 1_000);
  expect(wait(well, 1_000, 15_000).standstill).toBeUndefined();
  expect(wait(well, 1_000, 16_000).standstill).toEqual({ why: 'silent', since: 777 });
  expect(wait(lineUp(2_000), 2_000, 16_000).standstill).toEqual({ why: 'silent', since: 2_000 });
});

test('it recovers by itself with the next pulse', () => {
  const silent = wait(lineUp(0), 0, 20_000);
  expect(heard(silent, { at: 1, ok: true }, 21_000).standstill).toBeUndefined();
});

test('a page that slept blames nobody, and counts anew', () => {
  const well = heard(lineUp(0), { at: 777, ok: true }, 1_000);
  const awake = look(look(well, 2_000), 3_600_000);
  expect(awake.standstill).toBeUndefined();
  expect(wait(awake, 3_600_000, 16_000).standstill?.why).toBe('silent');
});

test('without a line nothing is said of the timers', () => {
  expect(wait(lineDown(), 0, 60_000).standstill).toBeUndefined();
});
