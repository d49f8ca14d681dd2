/** Rosters off the event loop: one worker thread, started when first needed, one roster at a time. */
import type { Worker } from 'node:worker_threads';
import type { RosterProblem } from '../../shared/roster/roster-problem.ts';
import { threadOf } from '../platform/thread.ts';
import { LIMITS, type RosterOutcome } from './solve.ts';
import type { Answer } from './worker.ts';

/** Whoever asks while so many wait is told to come back. */
const MOST_WAITING = 8;
/** Beyond its own time limit a search has so long until the thread counts as stuck: loading, presolve and one last node. */
const GRACE_MS = 20_000;

export type SolverFault = 'busy' | 'stopped' | 'failed';

export class SolverError extends Error {
  constructor(
    readonly fault: SolverFault,
    message: string,
  ) {
    super(message);
  }
}

export interface RosterSolver {
  /** Refuses a problem that makes no sense or is too large. Rejects with a SolverError: too many waiting, stopped, or the thread failed. */
  solve(problem: RosterProblem): Promise<RosterOutcome>;
  /** Ends the thread; whoever still waits is told. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly problem: RosterProblem;
  readonly done: (outcome: RosterOutcome) => void;
  readonly failed: (error: SolverError) => void;
}

const startWorker = (): Worker => threadOf(new URL('.', import.meta.url), { source: 'worker.ts', built: '../solver/worker.js' });

export function createRosterSolver(): RosterSolver {
  const queue: Waiting[] = [];
  let worker: Worker | undefined;
  let current: Waiting | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let stopped = false;

  function fail(error: SolverError): void {
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

  function listenTo(started: Worker): Worker {
    started.on('message', (answer: Answer) => {
      if (started !== worker || current === undefined) return;
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
    current = queue.shift();
    if (current === undefined) return;
    worker ??= listenTo(startWorker());
    worker.ref();
    deadline = setTimeout(() => fail(new SolverError('failed', 'the solver did not answer in time')), LIMITS.seconds * 1_000 + GRACE_MS);
    worker.postMessage(current.problem);
  }

  return {
    solve: (problem) =>
      new Promise((done, failed) => {
        if (stopped) return failed(new SolverError('stopped', 'the hub is stopping'));
        if (queue.length >= MOST_WAITING)
          return failed(new SolverError('busy', `${MOST_WAITING} rosters are being made already: ask again in a minute`));
        queue.push({ problem, done, failed });
        next();
      }),
    stop: async () => {
      stopped = true;
      clearTimeout(deadline);
      const left = [...(current === undefined ? [] : [current]), ...queue.splice(0)];
      current = undefined;
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
      for (const { failed } of left) failed(new SolverError('stopped', 'the hub is stopping'));
    },
  };
}
