/** One timer per branch, at the instant time alone next changes something there. */
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';

/** Node fires a timer beyond 24.8 days at once, and a machine may sleep: never further than this, real time. */
const longestSleepMs = 60_000;
const firstBackOffMs = 1_000;

interface Armed {
  due: number;
  cancel: () => void;
  ticking: boolean;
  /** Ticks in a row that changed nothing although something was due. */
  idle: number;
}

export interface Timers {
  /** Looks at the branch's `due` again: after every commit. Cheap when nothing changed. */
  arm(branchId: string): void;
  stop(): void;
}

export interface TimersOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Hub ms, of the committed state. */
  readonly dueOf: (branchId: string) => number | undefined;
  /** Sends `clock.tick` down the road. `failed`: nothing was decided or written, and somebody has said so already. */
  readonly tick: (branchId: string, due: number) => Promise<'changed' | 'nothing' | 'failed'>;
}

export function createTimers({ clock, scheduler, log, dueOf, tick }: TimersOptions): Timers {
  const armed = new Map<string, Armed>();
  let stopped = false;

  function delayTo(due: number, idle: number): number {
    const left = clock.toRealMs(due - clock.now());
    if (left > 0) return Math.max(1, Math.min(longestSleepMs, Math.ceil(left)));
    return idle === 0 ? 0 : Math.min(longestSleepMs, firstBackOffMs * 2 ** (idle - 1));
  }

  function set(branchId: string, due: number, idle: number): void {
    const entry: Armed = { due, idle, ticking: false, cancel: scheduler.after(delayTo(due, idle), () => void fire(branchId, entry)) };
    armed.set(branchId, entry);
  }

  function arm(branchId: string): void {
    if (stopped) return;
    const entry = armed.get(branchId);
    // Whoever ticks looks again afterwards.
    if (entry?.ticking === true) return;
    const due = dueOf(branchId);
    if (entry?.due === due) return;
    entry?.cancel();
    if (due === undefined) armed.delete(branchId);
    else set(branchId, due, entry?.idle ?? 0);
  }

  async function fire(branchId: string, entry: Armed): Promise<void> {
    if (stopped) return;
    if (clock.now() < entry.due) return set(branchId, entry.due, entry.idle);
    entry.ticking = true;
    const ticked = await tick(branchId, entry.due);
    entry.ticking = false;
    if (stopped) return;
    const due = dueOf(branchId);
    if (due === undefined) {
      armed.delete(branchId);
      return;
    }
    // Whatever was decided since the timer fired passed this instant. What came after it may be past by now, and only comes next.
    const advanced = due > entry.due;
    if (!advanced && ticked !== 'failed')
      log.error({ branch: branchId, due, tries: entry.idle + 1 }, 'a tick left its instant due: this is a bug');
    set(branchId, due, advanced ? 0 : entry.idle + 1);
  }

  return {
    arm,
    stop: () => {
      stopped = true;
      for (const entry of armed.values()) entry.cancel();
      armed.clear();
    },
  };
}
