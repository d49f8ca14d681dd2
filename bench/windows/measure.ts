/** What can be measured of windows without a file of calls: a question of a manager answered, and days made up to show that it runs. */
import { Draws } from '../../shared/forecast/draws.ts';
import { ServiceLessons } from '../../shared/forecast/service-times.ts';
import { type ComingCustomers, type LiveBranch, whatIf } from '../../shared/forecast/what-if.ts';
import type { Call } from '../forecast/calls-file.ts';
import { quantile } from '../support/load.ts';
import { type Bench, rounded } from '../support/report.ts';
import { windowsBench } from './windows.ts';

const SEED = 2_026;
const GOAL_MS = 300;
const FUTURES = 100;
const DAY_S = 86_400;

/** A busy branch at nine in the morning: 500 customers still to come, 30 waiting, 8 windows of two kinds; "one more until the evening". */
export function measureWhatIf(bench: Bench): void {
  const lessons = new ServiceLessons(2, 180);
  const draws = new Draws(SEED);
  for (let n = 0; n < 500; n += 1) lessons.learn(n % 2, draws.exponential(n % 2 === 0 ? 120 : 300));
  const coming: ComingCustomers = {
    slotS: 300,
    perSlotOfKind: [Array.from({ length: 100 }, () => 3.5), Array.from({ length: 100 }, () => 1.5)],
    services: lessons.freeze(),
    patienceS: 3_600,
  };
  const live: LiveBranch = {
    waiting: Array.from({ length: 30 }, (_none, place) => ({ kind: place % 2, waitedS: 600 - 20 * place })),
    windows: Array.from({ length: 8 }, (_none, place) => ({
      opensInS: 0,
      ...(place < 2 && { takes: 1 }),
      serving: { kind: place < 2 ? 0 : 1, forS: 30 * place },
    })),
    doorsCloseInS: 30_000,
  };
  const ask = (futures: number, seed: number): number => {
    const startedAt = performance.now();
    whatIf(live, coming, { type: 'open', inS: 180 }, { horizonS: 30_000, withinS: 300, futures, seed });
    return performance.now() - startedAt;
  };
  ask(FUTURES, SEED);
  const count = bench.smoke ? 3 : 30;
  const before = process.cpuUsage();
  const times = Array.from({ length: count }, (_none, n) => ask(FUTURES, SEED + n)).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(before);
  const processorMs = (user + system) / 1_000 / count;
  const alone = Array.from({ length: 20 }, (_none, n) => ask(1, SEED + n)).sort((a, b) => a - b);
  bench.report(
    {
      name: `whatIf.${FUTURES}`,
      value: processorMs,
      unit: 'ms of processor',
      baseline: { name: 'one future', value: quantile(alone, 0.5) },
      goal: `<= ${GOAL_MS} ms`,
      ok: processorMs <= GOAL_MS,
    },
    { p50Ms: rounded(quantile(times, 0.5)), p99Ms: rounded(quantile(times, 0.99)), note: 'a whole day of 500 customers ahead' },
  );
}

/** Made-up days; what they come to says nothing of any branch. */
export function measureWindows(bench: Bench): void {
  const draws = new Draws(SEED);
  const days = bench.smoke ? 6 : 15;
  const calls = Array.from({ length: days }, (_none, day) => madeUpDay(day, draws)).flat();
  windowsBench(bench, calls, {
    scoreFrom: undefined,
    thin: 0.5,
    seeds: bench.smoke ? 1 : 5,
    opensS: 32_400,
    closesS: 43_200,
    fewest: 2,
    most: 8,
  });
}

function madeUpDay(day: number, draws: Draws): Call[] {
  const midnightS = (10_000 + day) * DAY_S;
  const date = new Date(midnightS * 1_000).toISOString().slice(0, 10);
  const calls: Call[] = [];
  for (let atS = 32_400 + draws.exponential(35); atS < 43_200; atS += draws.exponential(35)) {
    const arrivedAtS = midnightS + atS;
    calls.push({
      line: calls.length + 2,
      joinedAtS: undefined,
      exitedAtS: undefined,
      waitS: 0,
      date,
      kind: draws.next() < 0.8 ? 'short' : 'long',
      priority: 0,
      outcome: 'AGENT',
      arrivedAtS,
      service: { startedAtS: arrivedAtS, endedAtS: arrivedAtS + draws.exponential(180) },
      agent: '',
    });
  }
  return calls;
}
