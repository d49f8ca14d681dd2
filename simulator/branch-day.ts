/** A day of one branch, played through the public API: the demo, and the load of tests and benchmarks. */
import { setMaxListeners } from 'node:events';
import type { Acknowledged, HubRefusal } from './client/hub-client.ts';
import { HubTime } from './client/hub-time.ts';
import type { Cast } from './people/cast.ts';
import { Crew } from './people/crew.ts';
import type { Arrival } from './people/crowd.ts';
import type { Params } from './params/params.ts';
import { arrivals, minutesBetween } from './plan/arrivals.ts';
import { drawVisit } from './plan/visit.ts';
import { seededRandom } from './random.ts';

export interface BranchDayOptions {
  readonly baseUrl: string;
  readonly cast: Cast;
  readonly params: Params;
  readonly seed: number;
  /** The hub's own speed. */
  readonly speed: number;
  /** Local time of the profile at which the run begins; absent = its lively hour. */
  readonly from?: string;
  /** Begin the profile again when it is through (the demo), or let it end (a day). */
  readonly loop: boolean;
  /** Stop after so much hub time, or so many arrivals; whichever comes first. Neither = the whole profile, or until the signal. */
  readonly forMs?: number;
  readonly most?: number;
  /** Afterwards serve those who are there, but no longer than this hub time. Absent = stop at once. */
  readonly drainMs?: number;
  readonly signal?: AbortSignal;
  /** Every acknowledged command, for whoever checks that none is lost. */
  readonly onAcknowledged?: (entry: Acknowledged) => void;
  /** Share of commands posted twice with the same id: the answers must agree. */
  readonly repeatShare?: number;
  readonly onRefused?: (who: string, refusal: HubRefusal) => void;
  readonly onReady?: (crew: Crew) => void;
  readonly log?: (line: string) => void;
}

export interface BranchDayReport {
  readonly issued: number;
  readonly balked: number;
  readonly refusedArrivals: number;
  readonly refusals: Readonly<Record<string, number>>;
  /** Sequence numbers the socket skipped or repeated: both must be 0. */
  readonly gaps: number;
  readonly repeats: number;
}

const DRAIN_LOOK_MS = 5_000;

/** Throws when the hub cannot be reached for long or answers what the contract does not allow. */
export async function runBranchDay(options: BranchDayOptions): Promise<BranchDayReport> {
  const { cast, params, seed, speed, signal } = options;
  const log = options.log ?? (() => undefined);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const end = () => ending.abort();
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  const repeats = seededRandom(seed, cast.branchId, 'repeat');
  const { repeatShare = 0 } = options;
  const time = new HubTime(speed);
  const crew = new Crew({
    baseUrl: options.baseUrl,
    cast,
    params,
    seed,
    time,
    stop: ending.signal,
    onDuty: ({ elastic }) => elastic !== true,
    balking: true,
    strangers: true,
    byPlan: true,
    onAcknowledged: options.onAcknowledged,
    repeat: repeatShare > 0 ? () => repeats.chance(repeatShare) : undefined,
    onRefused: options.onRefused,
    log,
  });
  try {
    const floor = await crew.begin();
    options.onReady?.(crew);
    const already = floor.tickets.filter(({ state }) => state === 'waiting').length;
    const startAt = time.now();
    const drain = async () => {
      if (options.drainMs === undefined) return end();
      const until = time.now() + options.drainMs;
      while (crew.picture.tickets.size > 0 && time.now() < until) if (!(await time.pass(DRAIN_LOOK_MS, ending.signal))) break;
      end();
    };
    await crew.work(planArrivals(options, startAt, already, crew.picture.offered), drain);
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    end();
    signal?.removeEventListener('abort', end);
    crew.end();
  }
  const { balked, issued, refused } = crew.crowd;
  const { gaps, repeats: repeated } = crew.watch;
  return { issued, balked, refusedArrivals: refused, refusals: Object.fromEntries(crew.refusals), gaps, repeats: repeated };
}

/** Who comes when. The plan depends on the seed, the branch and the parameters alone; `startAt` only shifts it. */
export function* planArrivals(
  options: Pick<BranchDayOptions, 'cast' | 'params' | 'seed' | 'from' | 'loop' | 'forMs' | 'most'>,
  startAt: number,
  alreadyWaiting: number,
  offered: ReadonlySet<string>,
): Generator<Arrival, void> {
  const { cast, params, seed } = options;
  const { opens, perHalfHour, lively, atTheDoor } = params.arrivals;
  const random = seededRandom(seed, cast.branchId, 'arrivals');
  const offsetMs = minutesBetween(opens, options.from ?? lively);
  const mayCome = (serviceId: string) => offered.has(serviceId);
  const last = options.forMs ?? Number.POSITIVE_INFINITY;
  const most = options.most ?? Number.POSITIVE_INFINITY;
  let index = 0;
  const come = (afterMs: number): Arrival => {
    index++;
    return { at: startAt + afterMs, visit: drawVisit(params, seededRandom(seed, cast.branchId, 'visit', index), mayCome) };
  };
  const early = Math.max(0, Math.round(atTheDoor * cast.scale) - alreadyWaiting);
  for (let i = 0; i < early && index < most; i++) yield come(i * 400);
  for (const afterMs of arrivals({ perHalfHour, scale: cast.scale, offsetMs, loop: options.loop }, random)) {
    if (afterMs > last || index >= most) return;
    yield come(Math.max(afterMs, early * 400));
  }
}
