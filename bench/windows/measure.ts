/** What can be measured of windows without a file of calls: a question of a manager answered, and days made up to show that it runs. */
import { Scenario } from '../../shared/branch/testing/scenario.ts';
import { Draws } from '../../shared/forecast/draws.ts';
import { Durations } from '../../shared/forecast/durations.ts';
import { type Experience, Outlook } from '../../shared/forecast/outlook.ts';
import type { Call } from '../forecast/calls-file.ts';
import { quantile } from '../support/load.ts';
import { type Bench, rounded } from '../support/report.ts';
import { windowsBench } from './windows.ts';

const SEED = 2_026;
const GOAL_MS = 300;
const FUTURES = 100;
const DAY_S = 86_400;

const SERVICES = ['deposit', 'pay-out'] as const;

/** A busy branch at nine in the morning: 30 waiting, 7 windows, all serving, and an eighth that could open. */
function busyBranch(): Scenario {
  const s = Scenario.open({}, (config) => ({
    ...config,
    counters: Array.from({ length: 8 }, (_none, n) => ({ id: `c${n + 1}`, number: n + 1, kind: 'cash', serviceIds: [...SERVICES] })),
  }));
  for (let n = 0; n < 37; n += 1) s.do({ type: 'ticket.issue', serviceId: SERVICES[n % 2] as string });
  for (let n = 1; n <= 7; n += 1) {
    s.do({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
    s.do({ type: 'ticket.callNext', counterId: `c${n}` });
  }
  return s;
}

/** 500 customers still to come; "one more until the evening". */
export function measureWhatIf(bench: Bench): void {
  const { state, now } = busyBranch();
  const durations = { deposit: new Durations(120), 'pay-out': new Durations(300) };
  const horizonMs = 30_000_000;
  const experience: Experience = {
    arrivals: SERVICES.map((serviceId) => ({ at: now, serviceId, segment: 'ordinary' })),
    durationsOf: (serviceId) => durations[serviceId === 'deposit' ? 'deposit' : 'pay-out'],
    expected: (zone, from, until) => (zone === 'cash' ? (500 * (until - from)) / horizonMs : 0),
    stayShare: 1,
    patienceS: 3_600,
  };
  const ask = (runs: number, seed: number): number => {
    const startedAt = performance.now();
    const outlook = new Outlook(state, experience, { now, horizonMs, runs, seed });
    outlook.waits({ do: 'nothing' });
    outlook.waits({ do: 'open', counterId: 'c8', staffId: undefined, at: now + 180_000 });
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
