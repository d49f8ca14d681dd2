/** `npm run bench -- --only waits`: what customers are told with their number over two weeks of a branch, against what came true. */
import { type Bench, rounded } from '../support/report.ts';
import { type DayOfWaits, playDays } from './days.ts';

const MINUTE = 60_000;
const DAYS = 10;
const SMOKE = { days: 1, forMs: 90 * MINUTE };
/** As for a queue of 500. */
const LOOK_MS = 20;
const PROMISED = { least: 0.78, most: 0.82 };

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
const error = (days: readonly DayOfWaits[]): number =>
  mean(days.flatMap(({ told }) => told.map(({ waitMs, cameMs }) => Math.abs(waitMs.expected - cameMs)))) / MINUTE;
const within = (days: readonly DayOfWaits[]): number =>
  mean(days.flatMap(({ told }) => told.map(({ waitMs, cameMs }) => Number(cameMs >= waitMs.low && cameMs <= waitMs.high))));

export function measureWaits(bench: Bench): void {
  const played = bench.smoke ? SMOKE : { days: DAYS };
  const [ours, formula] = [playDays({ ...played, foretold: true }), playDays({ ...played, foretold: false })];
  const told = ours.flatMap((day) => day.told).length;
  const note = `${told} customers of ${ours.length} days`;
  bench.report(
    {
      name: 'waits.error',
      value: error(ours),
      unit: 'min',
      baseline: { name: 'the formula', value: error(formula) },
      goal: '< baseline',
      ok: error(ours) < error(formula),
    },
    { note },
  );
  const kept = within(ours);
  bench.report(
    {
      name: 'waits.within80',
      value: kept,
      unit: 'of waits within the range told',
      baseline: { name: 'the formula', value: within(formula) },
      goal: `${PROMISED.least}–${PROMISED.most}`,
      ok: kept >= PROMISED.least && kept <= PROMISED.most,
    },
    { note: `${note}; by day ${ours.map((day) => rounded(within([day]))).join(' ')}` },
  );
  const cleared = ours.flatMap((day) => day.cleared).filter(({ toldAt }) => toldAt !== undefined);
  const off = cleared.map(({ toldAt, cameAt }) => ((toldAt ?? cameAt) - cameAt) / MINUTE);
  const reckoned = mean(cleared.map(({ reckonedAt, cameAt }) => Math.abs(reckonedAt - cameAt))) / MINUTE;
  bench.report(
    {
      name: 'waits.clearAt',
      value: mean(off.map(Math.abs)),
      unit: 'min',
      baseline: { name: 'usual times divided among the windows', value: reckoned },
      goal: '< baseline',
      ok: mean(off.map(Math.abs)) < reckoned,
    },
    { note: `${off.length} times told; too late by ${rounded(mean(off))} min on average` },
  );
  const looks = ours.flatMap((day) => day.looks);
  const lookMs = mean(looks.map(({ oursMs }) => oursMs));
  bench.report(
    {
      name: 'waits.look',
      value: lookMs,
      unit: 'ms',
      baseline: { name: 'the formula for the same would-be customers', value: mean(looks.map(({ formulaMs }) => formulaMs)) },
      goal: `<= ${LOOK_MS} ms`,
      ok: lookMs <= LOOK_MS,
    },
    {
      note: `everybody in the line and a newcomer of each service and group; ${Math.floor(1_000 / lookMs)} branches a thread at a look a second each`,
    },
  );
}
