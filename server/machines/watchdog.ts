/** Silent is unknown: one timer for all machines, at the instant the first of them has been silent for too long. */
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';

/** A machine may sleep and its clock be moved: never further than this, real time. */
const longestSleepMs = 30_000;
/** Silences so close together are told in one go. */
const shortestSleepMs = 20;
const retryMs = 1_000;

/** A machine that is waited for. Hub ms. */
export interface Awaited {
  readonly branchId: string;
  readonly machineId: string;
  readonly lastHeardAt: number;
  readonly silentAt: number;
}

export interface WatchdogOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Every machine whose silence would be news. */
  readonly awaited: () => Iterable<Awaited>;
  /** Resolves true when it is known to be silent now, or was heard meanwhile; false to be asked again. Must not throw. */
  readonly lose: (machine: Awaited) => Promise<boolean>;
}

export interface Watchdog {
  /** Looks at everything again: after the registry or the policy changed. Resolves when what is silent was told, or could not be. */
  look(): Promise<void>;
  /** Somebody will be silent at this instant (hub ms) unless heard again. Cheap. */
  expect(silentAt: number): void;
  stop(): void;
}

export function createWatchdog({ clock, scheduler, log, awaited, lose }: WatchdogOptions): Watchdog {
  let cancel: (() => void) | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  let looking = false;
  let stopped = false;

  /** Infinity: nobody is waited for. */
  function sleepUntil(at: number, leastMs: number): void {
    if (stopped) return;
    cancel?.();
    const left = Math.ceil(clock.toRealMs(at - clock.now()));
    const ms = Math.max(leastMs, Math.min(longestSleepMs, left));
    wakesAt = clock.now() + ms * clock.speed;
    cancel = scheduler.after(ms, () => void look());
  }

  /** Tells what is silent by now; resolves to the next silence to expect. Throws when it could not tell all. */
  async function tellSilent(): Promise<number> {
    const now = clock.now();
    const silent = [...awaited()].filter(({ silentAt }) => silentAt <= now);
    const told = await Promise.all(silent.map(lose));
    if (told.includes(false)) throw new Error('not every silent machine could be called unknown');
    let next = Number.POSITIVE_INFINITY;
    for (const { silentAt } of awaited()) next = Math.min(next, silentAt);
    return next;
  }

  async function look(): Promise<void> {
    // Whoever is looking reads everything anew before it sleeps.
    if (stopped || looking) return;
    looking = true;
    try {
      sleepUntil(await tellSilent(), shortestSleepMs);
    } catch (error) {
      log.error({ err: error }, 'the watch over silent machines goes on');
      sleepUntil(clock.now(), retryMs);
    } finally {
      looking = false;
    }
  }

  return {
    look,
    expect: (silentAt) => {
      if (!looking && silentAt < wakesAt) sleepUntil(silentAt, shortestSleepMs);
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
}
