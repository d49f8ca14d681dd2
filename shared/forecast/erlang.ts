/**
 * Waiting at `servers` windows in the steady state: Erlang B (nobody waits), C (everybody waits), A (some leave).
 * Arrivals Poisson, service and patience exponential. `load` is the offered load a = λ·E[S] in erlangs (mean windows busy).
 */

/** Share of arrivals that find all windows taken, were nobody to wait: B₀ = 1, B_k = aB_{k−1} / (k + aB_{k−1}). */
export function erlangB(load: number, servers: number): number {
  checkLoad(load);
  checkServers(servers);
  let blocked = 1;
  for (let k = 1; k <= servers; k += 1) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** Share that waits when nobody leaves; 1 where the windows cannot cope (load ≥ servers). */
export function erlangC(load: number, servers: number): number {
  const blocked = erlangB(load, servers);
  if (load >= servers) return 1;
  return (servers * blocked) / (servers - load * (1 - blocked));
}

export interface Queue {
  /** Offered load a, erlangs. */
  readonly load: number;
  readonly servers: number;
  readonly meanServiceMs: number;
  /** Mean time until a waiting customer leaves; absent = nobody leaves. */
  readonly patienceMs?: number;
}

/** P(W > t): the share that would wait longer than `withinMs` if they stayed for as long as it takes. */
export function waitTail(queue: Queue, withinMs: number): number {
  const { load, servers, meanServiceMs, patienceMs } = queue;
  if (!(meanServiceMs > 0)) throw new RangeError(`a mean service time above 0 ms is needed, not ${meanServiceMs}`);
  if (patienceMs !== undefined) return erlangA({ ...queue, patienceMs }, withinMs).waitTail;
  if (load >= servers) return 1;
  return erlangC(load, servers) * Math.exp((-(servers - load) * withinMs) / meanServiceMs);
}

export interface ErlangA {
  /** Share that finds all windows taken. */
  readonly waits: number;
  /** Share that leaves without service. */
  readonly abandons: number;
  /** Mean number waiting. */
  readonly meanWaiting: number;
  /** P(W > t) of a customer who would stay. */
  readonly waitTail: number;
}

/** A queue with so small a share of its customers in it is not looked at further. */
const NEGLIGIBLE = 1e-13;
const LONGEST_QUEUE = 100_000;

/**
 * M/M/c+M: a birth–death chain with death rate min(n,c)μ + (n−c)⁺θ (Palm). One who finds m others waiting must see m + 1 of
 * them off, at the rates cμ + jθ, j = m … 0; that sum is −ln(X)/θ with X ~ Beta(cμ/θ, m + 1), so its tail is the regularised
 * incomplete beta function I_x(β, m + 1) with x = e^{−θt}, β = cμ/θ, a finite sum for whole m.
 */
export function erlangA(queue: Queue & { readonly patienceMs: number }, withinMs: number): ErlangA {
  const { load, servers, meanServiceMs, patienceMs } = queue;
  checkLoad(load);
  checkServers(servers);
  if (!(meanServiceMs > 0 && patienceMs > 0)) throw new RangeError('mean service time and patience above 0 ms are needed');
  const ratio = meanServiceMs / patienceMs;
  const beta = servers / ratio;
  const left = Math.exp(-withinMs / patienceMs);

  // Relative to the chance of exactly `servers` customers; 1/B sums those below.
  const below = 1 / erlangB(load, servers) - 1;
  let weight = 1;
  let total = below;
  let waiting = 0;
  let queued = 0;
  let late = 0;
  let logTerm = beta * Math.log(left);
  let tail = Math.exp(logTerm);
  for (let others = 0; others <= LONGEST_QUEUE; others += 1) {
    total += weight;
    waiting += weight;
    queued += weight * others;
    late += weight * Math.min(1, tail);
    logTerm += Math.log(((beta + others) / (others + 1)) * (1 - left));
    tail += Math.exp(logTerm);
    const next = (weight * load) / (servers + (others + 1) * ratio);
    if (next < weight && next < NEGLIGIBLE * total) break;
    weight = next;
  }
  const meanWaiting = queued / total;
  const abandons = load === 0 ? 0 : (meanWaiting * ratio) / load;
  return { waits: waiting / total, abandons, meanWaiting, waitTail: late / total };
}

export interface ServiceTarget {
  /** Share to be served within `withinMs`, 0…1 (exclusive of 1: no number of windows promises that). */
  readonly share: number;
  readonly withinMs: number;
}

/** Fewest windows with P(W ≤ t) ≥ share. No load needs none. Throws a RangeError for a share outside 0…1 or a load above `most`. */
export function serversFor(queue: Omit<Queue, 'servers'>, { share, withinMs }: ServiceTarget, most = 500): number {
  checkLoad(queue.load);
  if (!(share >= 0 && share < 1)) throw new RangeError(`the share to be served in time is at least 0 and below 1, not ${share}`);
  if (queue.load === 0) return 0;
  for (let servers = 1; servers <= most; servers += 1) {
    if (waitTail({ ...queue, servers }, withinMs) <= 1 - share) return servers;
  }
  throw new RangeError(`${most} windows are not enough for a load of ${queue.load}`);
}

function checkLoad(load: number): void {
  if (!(load >= 0 && Number.isFinite(load))) throw new RangeError(`an offered load is a number from 0, not ${load}`);
}

function checkServers(servers: number): void {
  if (!Number.isInteger(servers) || servers < 0) throw new RangeError(`windows are counted in whole numbers from 0, not ${servers}`);
}
