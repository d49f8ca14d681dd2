import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Connect } from './link.ts';

/** How often and how long, real ms. */
export interface Pace {
  /** Common.Status is asked so often: the device's heartbeat. */
  readonly statusEveryMs: number;
  /** An answer is waited for so long; then the connection counts as broken. */
  readonly answerWithinMs: number;
  /** Storage.GetStorage is asked at least so often; after a storage event soon. */
  readonly storageEveryMs: number;
  /** Services are looked for anew so often. */
  readonly discoverEveryMs: number;
  readonly retryFirstMs: number;
  readonly retryLongestMs: number;
}

/** What a session needs of the world, so that tests can bend it. */
export interface Surroundings {
  readonly connect: Connect;
  readonly scheduler: Scheduler;
  /** Monotonic, real ms. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly fraction: () => number;
  readonly pace: Pace;
  readonly log: Log;
}
