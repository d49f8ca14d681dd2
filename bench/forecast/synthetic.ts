/** Made-up days of a call centre, for a smoke run without any file: Poisson arrivals, exponential services and patience, seeded. */
import { Draws } from '../../shared/forecast/draws.ts';
import type { Call } from './calls-file.ts';

const FIRST_DAY_S = Date.UTC(2001, 0, 1) / 1_000;
const DAY_S = 86_400;
const AGENTS = 3;
const OPENS_S = 9 * 3_600;

export function syntheticCalls(days: number, callsADay: number, seed: number): Call[] {
  const draws = new Draws(seed);
  const calls: Call[] = [];
  for (let day = 0; day < days; day += 1) {
    const midnight = FIRST_DAY_S + day * DAY_S;
    const free = Array.from({ length: AGENTS }, () => midnight + OPENS_S);
    let at = midnight + OPENS_S;
    for (let n = 0; n < callsADay; n += 1) {
      at += Math.ceil(draws.exponential(55));
      const agent = free.indexOf(Math.min(...free));
      const startAt = Math.max(at, free[agent] as number);
      const gaveUpAt = at + Math.ceil(draws.exponential(600));
      const served = startAt <= gaveUpAt;
      const endAt = startAt + Math.ceil(draws.exponential(150));
      if (served) free[agent] = endAt;
      const queued = startAt > at;
      calls.push({
        line: calls.length + 2,
        date: new Date(midnight * 1_000).toISOString().slice(0, 10),
        joinedAtS: queued ? at : undefined,
        exitedAtS: queued ? Math.min(startAt, gaveUpAt) : undefined,
        waitS: queued ? Math.min(startAt, gaveUpAt) - at : 0,
        kind: 'PS',
        priority: 0,
        outcome: served ? 'AGENT' : 'HANG',
        arrivedAtS: at,
        service: served ? { startedAtS: startAt, endedAtS: endAt } : undefined,
        agent: served ? `A${agent}` : '',
      });
    }
  }
  return calls;
}
