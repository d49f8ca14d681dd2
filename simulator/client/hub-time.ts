/** Hub time as seen from here: the offset is learnt from replies, the speed is known. */
import { setTimeout as timer } from 'node:timers/promises';

const LONGEST_TIMER_MS = 30_000;
/** Two clocks of one machine agree better than this. */
const DRIFT = 0.0001;

export class HubTime {
  readonly speed: number;
  private base = 0;
  private anchor = 0;
  /** How far off the anchor may be, real ms. */
  private doubtMs = Number.POSITIVE_INFINITY;

  constructor(speed: number) {
    this.speed = speed;
  }

  /** Hub ms now. */
  now(): number {
    return this.base + (performance.now() - this.anchor) * this.speed;
  }

  /** The hub said `at` somewhere between these two instants (`performance.now()`): the narrowest pair counts, while it is fresh. */
  learn(at: number, sentAt: number, receivedAt: number): void {
    const doubtMs = (receivedAt - sentAt) / 2;
    if (doubtMs > this.doubtMs + (receivedAt - this.anchor) * DRIFT) return;
    this.base = at;
    this.anchor = (sentAt + receivedAt) / 2;
    this.doubtMs = doubtMs;
  }

  /** True once hub time reaches `at`; false when the signal ends the wait. */
  async until(at: number, signal?: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal?.aborted) return false;
      const leftMs = (at - this.now()) / this.speed;
      if (leftMs <= 0) return true;
      try {
        await timer(Math.min(Math.ceil(leftMs), LONGEST_TIMER_MS), undefined, { signal });
      } catch {
        return false;
      }
    }
  }

  /** `ms` of hub time from now. */
  pass(ms: number, signal?: AbortSignal): Promise<boolean> {
    return this.until(this.now() + ms, signal);
  }
}
