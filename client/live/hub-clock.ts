/** The hub's time as this page knows it: measured offset, and a rate, because a demo's hub runs faster than the wall. */

export interface ClockSample {
  /** Hub time the server wrote into its answer, epoch ms. */
  readonly at: number;
  /** Page time (monotonic ms) when the question left and the answer came. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Hub milliseconds per real one, where the server says so. */
  readonly speed?: number | undefined;
}

export interface HubClock {
  /** Hub time, epoch ms. */
  now(): number;
  sample(sample: ClockSample): void;
  /** The hub was at least at this instant when it was heard: never show less. */
  atLeast(at: number): void;
  speed(): number;
}

/** Two samples this far apart tell the rate well enough. */
const RATE_BASE_MS = 1_500;
/** A measured rate so close to a whole number is that number. */
const SNAP = 0.03;

export const pageNow = (): number => performance.timeOrigin + performance.now();

export function createHubClock(realNow: () => number = pageNow): HubClock {
  let anchor = { hub: realNow(), real: realNow() };
  let rate = 1;
  let told = false;
  let first: { at: number; real: number } | undefined;
  let bestTrip = Number.POSITIVE_INFINITY;
  let sampledAt = Number.NEGATIVE_INFINITY;

  const now = () => anchor.hub + (realNow() - anchor.real) * rate;

  return {
    now,
    speed: () => rate,
    sample({ at, sentAt, receivedAt, speed }) {
      const middle = (sentAt + receivedAt) / 2;
      if (speed !== undefined && speed > 0) {
        if (speed !== rate) bestTrip = Number.POSITIVE_INFINITY;
        rate = speed;
        told = true;
      } else if (!told && first !== undefined && middle - first.real >= RATE_BASE_MS) {
        const measured = (at - first.at) / (middle - first.real);
        const whole = Math.round(measured);
        rate = whole > 0 && Math.abs(measured - whole) <= SNAP * whole ? whole : Math.max(0, measured);
      }
      first ??= { at, real: middle };
      const trip = receivedAt - sentAt;
      // A slow answer tells less than an earlier quick one, until that one has grown old.
      if (trip > bestTrip * 2 && receivedAt - sampledAt < 60_000) return;
      bestTrip = trip;
      sampledAt = receivedAt;
      anchor = { hub: at, real: middle };
    },
    atLeast(at) {
      if (at > now()) anchor = { hub: at, real: realNow() };
    },
  };
}
