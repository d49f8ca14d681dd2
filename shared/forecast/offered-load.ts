/**
 * From arrivals per half hour to windows per half hour. Work lingers: a customer of 9:55 is still at the window at 10:05.
 * Time-varying offered load m(t) = E[λ(t − S_e)]·E[S], the mean number of windows busy if there were always one free (Eick, Massey
 * & Whitt 1993); for exponential service and λ constant within a slot it solves m′ = λ − m/E[S] exactly.
 */
import { type ServiceTarget, serversFor } from './erlang.ts';

export interface Stream {
  readonly serviceId: string;
  /** Expected arrivals in each slot, any number from 0. */
  readonly arrivals: readonly number[];
  readonly meanServiceMs: number;
}

/** Mean offered load of each slot, erlangs. Nobody is there before the first slot. Throws a RangeError for numbers that cannot be. */
export function offeredLoad({ serviceId, arrivals, meanServiceMs }: Stream, slotMs: number): readonly number[] {
  if (!(meanServiceMs > 0 && Number.isFinite(meanServiceMs)))
    throw new RangeError(`${serviceId}: a mean service time above 0 ms is needed, not ${meanServiceMs}`);
  if (!(slotMs > 0)) throw new RangeError(`a slot is longer than 0 ms, not ${slotMs}`);
  const decay = Math.exp(-slotMs / meanServiceMs);
  let busy = 0;
  return arrivals.map((expected, slot) => {
    if (!(expected >= 0 && Number.isFinite(expected)))
      throw new RangeError(`${serviceId}: arrivals of slot ${slot} are a number from 0, not ${expected}`);
    const settled = (expected * meanServiceMs) / slotMs;
    const mean = settled + (busy - settled) * (1 - decay) * (meanServiceMs / slotMs);
    busy = settled + (busy - settled) * decay;
    return mean;
  });
}

/** How many windows a load needs: a target share served in time (Erlang C, or A with patience), or the square-root rule m + β√m. */
export type StaffingRule =
  | { readonly rule: 'target'; readonly target: ServiceTarget; readonly patienceMs?: number }
  | { readonly rule: 'squareRoot'; readonly beta: number };

export interface WindowNeed {
  /** Offered load, erlangs. */
  readonly load: number;
  readonly windows: number;
}

/** A load so small that nobody is expected needs no window. */
const NOBODY = 0.005;

/** Windows needed per slot by services that share their windows (one skill group). */
export function windowsNeeded(streams: readonly Stream[], slotMs: number, rule: StaffingRule): readonly WindowNeed[] {
  const slots = Math.max(0, ...streams.map(({ arrivals }) => arrivals.length));
  const loads = streams.map((stream) => offeredLoad(stream, slotMs));
  const mixed = meanServiceMs(streams);
  return Array.from({ length: slots }, (_none, slot) => {
    const load = loads.reduce((sum, one) => sum + (one[slot] ?? 0), 0);
    return { load, windows: load < NOBODY ? 0 : windowsFor(load, mixed, rule) };
  });
}

function windowsFor(load: number, meanServiceMs: number, rule: StaffingRule): number {
  if (rule.rule === 'squareRoot') return Math.max(1, Math.ceil(load + rule.beta * Math.sqrt(load)));
  const { target, patienceMs } = rule;
  return serversFor({ load, meanServiceMs, ...(patienceMs === undefined ? {} : { patienceMs }) }, target);
}

/** Mean over the customers of the whole day: a mix by slot would follow the noise of a forecast. */
function meanServiceMs(streams: readonly Stream[]): number {
  let customers = 0;
  let work = 0;
  for (const { arrivals, meanServiceMs: mean } of streams) {
    const expected = arrivals.reduce((sum, one) => sum + one, 0);
    customers += expected;
    work += expected * mean;
  }
  return customers === 0 ? 0 : work / customers;
}
