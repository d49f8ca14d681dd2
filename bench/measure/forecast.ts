/** The wait forecast: what it costs to ask, and a run of the forecast benchmark on made-up days to show that it can. */
import { forecastSpeed } from '../forecast/speed.ts';
import { forecastBench } from '../forecast/forecast.ts';
import { syntheticCalls } from '../forecast/synthetic.ts';
import { type Bench, rounded } from '../support/report.ts';

const SEED = 7;
const ONE_MS = 1;
const ALL_MS = 20;

export function measureForecast(bench: Bench): void {
  const days = bench.smoke ? 9 : 12;
  forecastBench(bench, syntheticCalls(days, bench.smoke ? 90 : 300, SEED), undefined, SEED);
  const { one, all, formula, trainMs, modelBytes } = forecastSpeed(bench.smoke ? 100 : 1_000, SEED);
  const baseline = { name: 'the formula alone, for one ticket behind 30', value: formula };
  bench.report(
    {
      name: 'forecast.one',
      value: one.cpuMs,
      unit: 'ms of processor',
      baseline,
      goal: `<= ${ONE_MS} ms a ticket`,
      ok: one.cpuMs <= ONE_MS,
    },
    { p50Ms: rounded(one.p50Ms), p99Ms: rounded(one.p99Ms), note: '30 wait, 12 serve, model learnt' },
  );
  bench.report(
    { name: 'forecast.queue500', value: all.cpuMs, unit: 'ms of processor', baseline, goal: `<= ${ALL_MS} ms`, ok: all.cpuMs <= ALL_MS },
    { p50Ms: rounded(all.p50Ms), p99Ms: rounded(all.p99Ms), note: `a model of ${modelBytes} bytes, taught in ${Math.round(trainMs)} ms` },
  );
}
