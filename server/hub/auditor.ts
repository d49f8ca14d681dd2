/**
 * Whether time still does its work: looks at every branch's `due` itself, on a schedule of its own, and says so when an
 * instant lies in the past that the timers should long have dealt with.
 */
import { Gauge } from 'prom-client';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';

/** Real ms. A look every 5 s at what is 10 s late tells within 15 s. */
const LOOK_MS = 5_000;
const LATE_MS = 10_000;
/** After hours of downtime much falls due at once: so long it may take, while it gets on. */
const CATCH_UP_MS = 5 * 60_000;

export interface Verdict {
  /** Hub ms of the look. */
  readonly at: number;
  readonly ok: boolean;
  /** Branches whose timers stand still, with the oldest instant passed over (hub ms). */
  readonly late: ReadonlyMap<string, number>;
}

export interface Auditor {
  start(): void;
  stop(): void;
  /** As of the last look. */
  verdict(): Verdict;
  /** Called after every look; returns how to stop listening. */
  onLook(listener: (verdict: Verdict) => void): () => void;
}

export interface AuditorParts {
  readonly branches: () => Iterable<string>;
  /** Hub ms of the next thing time alone brings there, of the committed state. */
  readonly dueOf: (branchId: string) => number | undefined;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Seen {
  readonly due: number;
  /** Real ms: since when it has been this very instant. */
  readonly since: number;
}

export function createAuditor({ branches, dueOf, clock, scheduler, log, metrics }: AuditorParts): Auditor {
  const listeners = new Set<(verdict: Verdict) => void>();
  let seen = new Map<string, Seen>();
  let catchingUpUntil = 0;
  let verdict: Verdict = { at: clock.now(), ok: true, late: new Map() };
  let cancel = (): void => undefined;
  const lateBranches = new Gauge({
    name: 'counterflow_timers_late_branches',
    help: 'Branches whose timers stand still',
    registers: [metrics.registry],
  });
  const worst = new Gauge({
    name: 'counterflow_timers_late_seconds',
    help: 'How late the most overdue instant is, real time',
    registers: [metrics.registry],
  });

  function look(): void {
    const at = clock.now();
    const real = clock.realNow();
    const catchingUp = real < catchingUpUntil;
    const late = new Map<string, number>();
    const now = new Map<string, Seen>();
    let worstMs = 0;
    for (const id of branches()) {
      const due = dueOf(id);
      if (due === undefined) continue;
      const before = seen.get(id);
      const since = before?.due === due ? before.since : real;
      now.set(id, { due, since });
      const lateMs = clock.toRealMs(at - due);
      if (lateMs < LATE_MS) continue;
      worstMs = Math.max(worstMs, lateMs);
      if (!catchingUp || real - since >= LATE_MS) late.set(id, due);
    }
    seen = now;
    if (worstMs === 0) catchingUpUntil = 0;
    worst.set(worstMs / 1000);
    lateBranches.set(late.size);
    tell({ at, ok: late.size === 0, late });
  }

  function tell(next: Verdict): void {
    if (!next.ok && (verdict.ok || next.late.size > verdict.late.size))
      log.error({ branches: [...next.late.keys()].slice(0, 20), late: next.late.size }, 'the timers stand still: deadlines may be late');
    if (next.ok && !verdict.ok) log.info('the timers run again');
    verdict = next;
    for (const listener of listeners) listener(verdict);
  }

  function round(): void {
    try {
      look();
    } catch (error) {
      log.error({ err: error }, 'the timers could not be audited');
    }
    cancel = scheduler.after(LOOK_MS, round);
  }

  return {
    start: () => {
      catchingUpUntil = clock.realNow() + CATCH_UP_MS;
      round();
    },
    stop: () => cancel(),
    verdict: () => verdict,
    onLook: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
