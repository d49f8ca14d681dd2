/**
 * `npm run bench` measures everything; `-- --smoke` only shows that it can; `-- --only issue,restart` some of it.
 * `npm run bench -- forecast --calls FILE…` measures forecasts on files of one's own (bench/forecast/forecast.ts), `-- windows --calls FILE…`
 * when to open and close windows (bench/windows/windows.ts).
 */
import { parseArgs } from 'node:util';
import { runForecast } from './forecast/forecast.ts';
import { measureAdvice } from './advice/measure.ts';
import { measureCaseList, measureDeadlines } from './measure/cases.ts';
import { measureCallNext } from './measure/call-next.ts';
import { measureFanOut } from './measure/fan-out.ts';
import { measureForecast } from './measure/forecast.ts';
import { measureIssue } from './measure/issue.ts';
import { measureMemory } from './measure/memory.ts';
import { measurePaint } from './measure/paint.ts';
import { measureRestart } from './measure/restart.ts';
import { measureRoster } from './measure/roster.ts';
import { measureTelemetry } from './measure/telemetry.ts';
import { measureWhatIfLive } from './measure/what-if.ts';
import { type Bench, createBench } from './support/report.ts';
import { measureWaits } from './waits/measure.ts';
import { measureWhatIf, measureWindows } from './windows/measure.ts';
import { runWindows } from './windows/windows.ts';

/** Benchmarks on files given by name; each reads its own arguments. */
const onFiles: Readonly<Record<string, (bench: Bench, args: readonly string[]) => void | Promise<void>>> = {
  forecast: runForecast,
  windows: runWindows,
};

const [first = '', ...rest] = process.argv.slice(2);
const command = onFiles[first];
if (command !== undefined) {
  await command(createBench(false), rest);
  process.exit();
}

const { values } = parseArgs({ options: { smoke: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } });
const bench = createBench(values.smoke);
const measures = {
  issue: measureIssue,
  callNext: measureCallNext,
  fanOut: measureFanOut,
  paint: measurePaint,
  restart: measureRestart,
  memory: measureMemory,
  telemetry: measureTelemetry,
  deadlines: measureDeadlines,
  caseList: measureCaseList,
  whatIf: measureWhatIf,
  whatIfLive: measureWhatIfLive,
  windows: measureWindows,
  forecast: measureForecast,
  waits: measureWaits,
  roster: measureRoster,
  advice: measureAdvice,
};
const wanted = values.only === '' ? Object.keys(measures) : values.only.split(',');

for (const [name, measure] of Object.entries(measures)) {
  if (!wanted.includes(name)) continue;
  const startedAt = performance.now();
  await measure(bench);
  bench.log(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}
process.exit();
