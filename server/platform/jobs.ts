/**
 * What takes longer than a request: asked for once, done off the command path, its progress and result read until it is dropped.
 * One job a key (a branch); asking again drops the one before. All in memory: after a restart it is asked for again.
 */
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import type { Scheduler } from './scheduler.ts';

export interface Job<Result, Part> {
  readonly id: string;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly state: 'running' | 'done' | 'failed';
  /** 0…1. */
  readonly progress: number;
  /** What is known of the result while it runs. */
  readonly part?: Part;
  readonly result?: Result;
  /** What it failed with. */
  readonly error?: unknown;
}

export interface JobWork<Part> {
  /** Aborted once nobody wants the result any more; whoever works looks at it between two pieces. */
  readonly signal: AbortSignal;
  tell(progress: number, part?: Part): void;
}

export interface JobLimits {
  /** Running at a time, over all keys. */
  readonly mostRunning: number;
  /** Real ms a result is kept. */
  readonly keptMs: number;
  /** Real ms after which a running job that nobody looked at is dropped; absent: it goes on alone. */
  readonly unseenMs?: number;
}

export interface JobParts {
  readonly clock: { now(): number };
  readonly ids: Ids;
  readonly log: Log;
  readonly scheduler: Scheduler;
}

export interface Jobs<Result, Part = never> {
  /** Undefined: as many as may are running, for others. */
  start(key: string, by: string, work: (work: JobWork<Part>) => Promise<Result>): Job<Result, Part> | undefined;
  /** The key's job; whoever asks is seen to want it. */
  of(key: string): Job<Result, Part> | undefined;
  /** Stops it or forgets what it found; false: there is none. */
  drop(key: string): boolean;
  stop(): void;
}

interface Held<Result, Part> {
  job: Job<Result, Part>;
  readonly abort: AbortController;
  cancelTimer: () => void;
}

/** `what`: for the log. */
export function createJobs<Result, Part = never>(what: string, limits: JobLimits, parts: JobParts): Jobs<Result, Part> {
  const { clock, ids, log, scheduler } = parts;
  const all = new Map<string, Held<Result, Part>>();

  function drop(key: string): boolean {
    const held = all.get(key);
    if (held === undefined) return false;
    all.delete(key);
    held.cancelTimer();
    held.abort.abort();
    return true;
  }

  /** Counts anew how long it may stay. */
  function keep(key: string, held: Held<Result, Part>): void {
    held.cancelTimer();
    const ms = held.job.state === 'running' ? limits.unseenMs : limits.keptMs;
    held.cancelTimer = ms === undefined ? () => undefined : scheduler.after(ms, () => void drop(key));
  }

  return {
    start: (key, by, work) => {
      const others = [...all].filter(([other, { job }]) => other !== key && job.state === 'running');
      if (others.length >= limits.mostRunning) return undefined;
      drop(key);
      const held: Held<Result, Part> = {
        job: { id: ids.newId(), startedAt: clock.now(), startedBy: by, state: 'running', progress: 0 },
        abort: new AbortController(),
        cancelTimer: () => undefined,
      };
      all.set(key, held);
      keep(key, held);
      const change = (news: Partial<Job<Result, Part>>): void => {
        if (all.get(key) !== held) return;
        held.job = { ...held.job, ...news };
        if (held.job.state !== 'running') keep(key, held);
      };
      const tell: JobWork<Part>['tell'] = (progress, part) => change({ progress, ...(part !== undefined && { part }) });
      work({ signal: held.abort.signal, tell }).then(
        (result) => change({ state: 'done', progress: 1, result }),
        (error: unknown) => {
          if (held.abort.signal.aborted) return;
          log.error({ err: error, key }, `${what} failed`);
          change({ state: 'failed', error });
        },
      );
      return held.job;
    },
    of: (key) => {
      const held = all.get(key);
      if (held?.job.state === 'running') keep(key, held);
      return held?.job;
    },
    drop,
    stop: () => {
      for (const key of all.keys()) drop(key);
    },
  };
}
