/** Rosters off the event loop: one worker thread, started when first needed, one roster at a time. */
import type { Worker } from 'node:worker_threads';
import type { RosterProblem } from '../../shared/roster/roster-problem.ts';
import { threadOf } from '../platform/thread.ts';
import type { RosterOutcome, RosterProgress } from './solve.ts';
import type { Answer } from './worker.ts';

/** From one word of the thread to the next: a single search with its time limit (search.ts), loading, and one last node. */
const SILENT_MS = 150_000;

export type SolverFault = 'stopped' | 'failed';

export class SolverError extends Error {
  constructor(
    readonly fault: SolverFault,
    message: string,
  ) {
    super(message);
  }
}

export interface SolveOptions {
  /** Once aborted the search is ended and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly tell?: (progress: RosterProgress) => void;
}

export interface RosterSolver {
  /** Refuses a problem that makes no sense or is too large. Rejects with a SolverError (stopped, or the thread failed) or as aborted. Whoever asks bounds how many wait. */
  solve(problem: RosterProblem, options?: SolveOptions): Promise<RosterOutcome>;
  /** Ends the thread; whoever still waits is told. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly problem: RosterProblem;
  readonly tell: (progress: RosterProgress) => void;
  readonly done: (outcome: RosterOutcome) => void;
  readonly failed: (error: unknown) => void;
}

const startWorker = (): Worker => threadOf(new URL('.', import.meta.url), { source: 'worker.ts', built: '../solver/worker.js' });

export function createRosterSolver(): RosterSolver {
  let queue: readonly Waiting[] = [];
  let worker: Worker | undefined;
  let current: Waiting | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let stopped = false;

  function fail(error: unknown): void {
    const failed = current;
    settle();
    // Whatever state it is in, the next job gets a fresh one.
    void worker?.terminate();
    worker = undefined;
    failed?.failed(error);
    next();
  }

  function settle(): void {
    clearTimeout(deadline);
    current = undefined;
    // An idle thread keeps no process alive.
    worker?.unref();
  }

  function wait(): void {
    clearTimeout(deadline);
    deadline = setTimeout(() => fail(new SolverError('failed', 'the solver did not answer in time')), SILENT_MS);
  }

  function listenTo(started: Worker): Worker {
    started.on('message', (answer: Answer) => {
      if (started !== worker || current === undefined) return;
      if ('progress' in answer) {
        wait();
        return current.tell(answer.progress);
      }
      if (!answer.ok) return fail(new SolverError('failed', `the solver gave up: ${answer.reason}`));
      const { done } = current;
      settle();
      done(answer.outcome);
      next();
    });
    const ended = (reason: string): void => {
      if (started === worker) fail(new SolverError('failed', `the solver ended: ${reason}`));
    };
    started.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => ended(`exit code ${code}`));
    return started;
  }

  function next(): void {
    if (stopped || current !== undefined) return;
    [current, ...queue] = queue;
    if (current === undefined) return;
    worker ??= listenTo(startWorker());
    worker.ref();
    wait();
    worker.postMessage(current.problem);
  }

  /** A search under way ends with its thread; one that waits just goes. */
  function abandon(one: Waiting, reason: unknown): void {
    if (one === current) return fail(reason);
    queue = queue.filter((other) => other !== one);
    one.failed(reason);
  }

  return {
    solve: (problem, { signal, tell = () => undefined } = {}) =>
      new Promise((done, failed) => {
        if (stopped) return failed(new SolverError('stopped', 'the hub is stopping'));
        if (signal?.aborted === true) return failed(signal.reason);
        const one: Waiting = { problem, tell, done, failed };
        signal?.addEventListener('abort', () => abandon(one, signal.reason), { once: true });
        queue = [...queue, one];
        next();
      }),
    stop: async () => {
      stopped = true;
      clearTimeout(deadline);
      const left = [...(current === undefined ? [] : [current]), ...queue];
      current = undefined;
      queue = [];
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
      for (const { failed } of left) failed(new SolverError('stopped', 'the hub is stopping'));
    },
  };
}
