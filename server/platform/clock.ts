/**
 * Hub time. Real time first: it never steps back, in one process or over a restart, whatever the machine's clock does.
 * Hub time is a pure function of it: `hubAt + (real - realAt) × speed` from the last anchor.
 */

/** The machine's clocks, injected so that tests can bend them. */
export interface WallSource {
  wallMs(): number;
  monotonicMs(): number;
}

export interface Clock {
  /** Hub time, epoch ms, whole. Never steps back. */
  now(): number;
  /** Real time, epoch ms, whole. Never steps back: sessions, lock-outs and rate limits follow it. */
  realNow(): number;
  /** How many real ms a span of hub ms takes. */
  toRealMs(hubMs: number): number;
  readonly speed: number;
  /** Hub time when the hub was last known to run; absent on the first start. */
  readonly downFrom?: number;
}

/** Where the clock keeps its two rows. */
export interface ClockMemory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

interface Anchor {
  readonly hubAt: number;
  readonly realAt: number;
  readonly speed: number;
}

export const highWaterKey = 'clock.high';
const anchorKey = 'clock.anchor';

/** A machine that slept does not count the sleep in its monotonic clock: a wall this far ahead is followed. */
const followAboveMs = 1_000;

export const systemWall: WallSource = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** Real time from `notBefore` on, monotone; small corrections of the wall are left alone, larger ones forward followed. */
function realTime(wall: WallSource, notBefore: number): () => number {
  let base = Math.max(wall.wallMs(), notBefore) - wall.monotonicMs();
  return () => {
    const monotonic = wall.monotonicMs();
    const ahead = wall.wallMs() - (base + monotonic);
    if (ahead > followAboveMs) base += ahead;
    return base + monotonic;
  };
}

const at = (anchor: Anchor, real: number): number => anchor.hubAt + (real - anchor.realAt) * anchor.speed;

/**
 * Starts hub time, or takes it up where it would be by now. Another `speed` than last time holds from now on.
 * `firstAt`: hub time of the very first start (epoch ms), the real time if absent.
 */
export function startClock(options: { wall: WallSource; speed: number; memory: ClockMemory; firstAt?: number }): Clock {
  const { wall, speed, memory } = options;
  const storedHigh = memory.get(highWaterKey);
  const storedAnchor = memory.get(anchorKey);
  const high = storedHigh === undefined ? undefined : Number(storedHigh);
  const real = realTime(wall, high ?? 0);
  const previous = storedAnchor === undefined ? undefined : (JSON.parse(storedAnchor) as Anchor);
  const start = real();
  const anchor: Anchor =
    previous === undefined
      ? { hubAt: options.firstAt ?? Math.floor(start), realAt: start, speed }
      : previous.speed === speed
        ? previous
        : { hubAt: at(previous, start), realAt: start, speed };
  if (anchor !== previous) memory.set(anchorKey, JSON.stringify(anchor));
  return {
    now: () => Math.floor(at(anchor, real())),
    realNow: () => Math.floor(real()),
    toRealMs: (hubMs) => hubMs / speed,
    speed,
    ...(previous !== undefined && high !== undefined ? { downFrom: Math.floor(at(previous, high)) } : {}),
  };
}
