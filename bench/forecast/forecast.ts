/**
 * `npm run bench -- forecast --calls FILE… [--score-from DATE] [--predictions OUT.csv] [--seed N]`: how well waits are told, ours and
 * those it is held against, on call-by-call files. One JSON line a predictor.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Bench, rounded } from '../support/report.ts';
import { type Call, readCalls } from './calls-file.ts';
import { type Replayed, replay, WARM_UP_DAYS } from './replay.ts';
import { type Figures, Scoreboard } from './score.ts';

const SEED = 1_999;
const RAW = ['les', 'hol', 'ql'] as const;

export function runForecast(bench: Bench, args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      calls: { type: 'string', multiple: true, default: [] },
      'score-from': { type: 'string' },
      predictions: { type: 'string' },
      seed: { type: 'string', default: String(SEED) },
    },
  });
  const files = [...values.calls, ...positionals];
  if (files.length === 0) throw new Error('name at least one file: npm run bench -- forecast --calls FILE…');
  const from = values['score-from'];
  if (from !== undefined && !/^\d{4}-\d\d-\d\d$/.test(from)) throw new Error(`--score-from takes a date like 1999-02-20, not "${from}"`);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed takes a whole number, not "${values.seed}"`);
  const read = files.map((file) => readCalls(file));
  const last = read.at(-1) as Call[];
  const inOrder = read.toSorted((a, b) => ((a[0]?.date ?? '') < (b[0]?.date ?? '') ? -1 : 1)).flat();
  const replayed = forecastBench(bench, inOrder, from, seed);
  if (values.predictions !== undefined) writePredictions(values.predictions, replayed, new Set(last));
}

/** Prints a line for each predictor; without `scoreFrom` all days after a warm-up are scored. */
export function forecastBench(bench: Bench, calls: readonly Call[], scoreFrom: string | undefined, seed: number): Replayed[] {
  const dates = [...new Set(calls.map((call) => call.date))].sort();
  const from = scoreFrom ?? dates[Math.min(WARM_UP_DAYS, dates.length - 1)] ?? '';
  const startedAt = performance.now();
  const replayed = replay(calls, {
    scoreFrom: from,
    seed,
    onTaught: (date, lessons, ms) => bench.log(`forecast: ${date} taught by ${lessons} lessons in ${(ms / 1_000).toFixed(1)} s`),
  });
  const board = new Scoreboard();
  for (const { call, forecasts } of replayed) board.add({ day: call.date, waitS: call.waitS, forecasts });
  const predictors = [...new Set(replayed.flatMap(({ forecasts }) => [...forecasts.keys()]))];
  for (const predictor of predictors) print(board, predictor, from, seed);
  printGoals(board, seed);
  bench.log(
    `forecast: ${replayed.length} calls of ${board.days} days from ${from} in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
  );
  return replayed;
}

function print(board: Scoreboard, predictor: string, from: string, seed: number): void {
  const figures = board.figures(predictor);
  const interval = (figure: keyof Figures): [number, number] | undefined =>
    figures[figure] === undefined ? undefined : short(board.interval(seed, (of) => of(predictor)[figure] as number));
  const line = {
    bench: 'forecast',
    predictor,
    calls: board.count(predictor),
    days: board.days,
    scoreFrom: from,
    mae: rounded(figures.mae),
    maeInterval: interval('mae'),
    rmse: rounded(figures.rmse),
    rmseInterval: interval('rmse'),
    bias: rounded(figures.bias),
    within60: rounded(figures.within60),
    pinball: figures.pinball && rounded(figures.pinball),
    coverage80: figures.coverage80 && rounded(figures.coverage80),
    coverage80Interval: interval('coverage80'),
    width80: figures.width80 && rounded(figures.width80),
    seed,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function printGoals(board: Scoreboard, seed: number): void {
  const ours = board.figures('ours');
  const ratio = (other: string) => ({
    value: ours.mae / board.figures(other).mae,
    interval: short(board.interval(seed, (of) => of('ours').mae / of(other).mae)),
  });
  const toFormula = ratio('formula');
  const toInformed = ratio('formula-found-order');
  const toRaw = Object.fromEntries(RAW.map((name) => [name, ratio(name)]));
  const goals = [
    { goal: 'MAE <= 0.90 x formula', ...toFormula, ok: toFormula.value <= 0.9 },
    { goal: 'MAE <= 0.90 x formula-found-order (told the order of calling we found)', ...toInformed, ok: toInformed.value <= 0.9 },
    ...RAW.map((name) => ({ goal: `MAE <= 0.65 x ${name}`, ...toRaw[name], ok: (toRaw[name]?.value ?? 1) <= 0.65 })),
    {
      goal: '80 % interval covers 78-82 %',
      value: ours.coverage80 ?? 0,
      ok: (ours.coverage80 ?? 0) >= 0.78 && (ours.coverage80 ?? 0) <= 0.82,
    },
  ];
  for (const { goal, ok, ...figures } of goals)
    process.stdout.write(`${JSON.stringify({ bench: 'forecast', goal, ...figures, value: rounded(figures.value ?? 0), ok, seed })}\n`);
}

const short = ([low, high]: [number, number]): [number, number] => [rounded(low), rounded(high)];

function writePredictions(file: string, replayed: readonly Replayed[], ofLast: ReadonlySet<Call>): void {
  const rows = replayed
    .filter(({ call }) => ofLast.has(call))
    .sort((a, b) => a.call.line - b.call.line)
    .map(({ call, forecasts }) => {
      const { q10, q50, q90 } = forecasts.get('ours') ?? { q50: Number.NaN };
      return [call.line, q10?.toFixed(1), q50.toFixed(1), q90?.toFixed(1)].join();
    });
  writeFileSync(file, `${['line,q10,q50,q90', ...rows].join('\n')}\n`);
}
