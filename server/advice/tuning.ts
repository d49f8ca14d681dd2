/** Thresholds tuned on a branch's own days, a slice at a time off the command path. One branch at once; kept in memory until adopted or discarded. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../../shared/aggregate.ts';
import { adviceConfig } from '../../shared/branch/advice/advice-book.ts';
import { type BranchTuning, MOST_DAYS, NEEDED_DAYS, tuneBranch } from '../../shared/forecast/tune-branch.ts';
import type { PastDay } from '../../shared/forecast/branch-lessons.ts';
import type { Hub, Outcome } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Store } from '../store/store.types.ts';
import { countPastDays, pastDays } from '../forecast/past-days.ts';

/** Real ms of work before everybody else has a turn. */
const SLICE_MS = 8;

export interface TuningDays {
  /** Business days there are to learn from, and how many it takes. */
  readonly have: number;
  readonly needed: number;
  readonly tuned?: number;
  readonly shown?: number;
}

export interface TuningView {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  /** 0…1. */
  readonly progress: number;
  readonly days: TuningDays;
  readonly startedAt?: number;
  readonly startedBy?: string;
  readonly reached?: boolean;
  readonly before?: BranchTuning['before'];
  readonly after?: BranchTuning['after'];
}

interface Job {
  readonly startedAt: number;
  readonly startedBy: string;
  readonly have: number;
  progress: number;
  state: 'running' | 'done' | 'failed';
  found?: BranchTuning;
}

export type TuningRefusal =
  | { readonly code: 'tuning.too_few_days'; readonly have: number; readonly needed: number }
  | { readonly code: 'tuning.busy' | 'tuning.none' | 'tuning.running' | 'tuning.not_set_up' };

export interface Tuning {
  start(branchId: string, actor: Actor): TuningRefusal | undefined;
  view(branchId: string): TuningView;
  /** Writes the thresholds found into the branch's configuration, as that person. */
  adopt(branchId: string, actor: Actor): Promise<TuningRefusal | Outcome>;
  /** Stops it, or drops what it found. */
  discard(branchId: string): TuningRefusal | undefined;
  stop(): void;
}

export interface TuningParts {
  readonly hub: Hub;
  readonly store: Pick<Store, 'db'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export function createTuning({ hub, store, clock, ids, log }: TuningParts): Tuning {
  const jobs = new Map<string, Job>();

  const stopped = (branchId: string, job: Job): boolean => jobs.get(branchId) !== job;

  async function run(branchId: string, job: Job): Promise<void> {
    const days: PastDay[] = [];
    for (const day of pastDays(store.db, branchId, clock.now(), MOST_DAYS)) {
      days.push(day);
      await turn();
      if (stopped(branchId, job)) return;
    }
    const state = hub.state(branchId);
    if (state === undefined) throw new RangeError('the branch is gone');
    const work = tuneBranch(state, days);
    for (let sliceFrom = clock.realNow(), step = work.next(); ; step = work.next()) {
      if (step.done === true) {
        job.found = step.value;
        job.progress = 1;
        job.state = 'done';
        return;
      }
      job.progress = step.value;
      if (clock.realNow() - sliceFrom < SLICE_MS) continue;
      await turn();
      if (stopped(branchId, job)) return;
      sliceFrom = clock.realNow();
    }
  }

  return {
    start: (branchId, actor) => {
      if (hub.state(branchId)?.config === undefined) return { code: 'tuning.not_set_up' };
      if ([...jobs.values()].some(({ state }) => state === 'running')) return { code: 'tuning.busy' };
      const have = countPastDays(store.db, branchId, clock.now(), MOST_DAYS);
      if (have < NEEDED_DAYS) return { code: 'tuning.too_few_days', have, needed: NEEDED_DAYS };
      const job: Job = { startedAt: clock.now(), startedBy: actor.id, have, progress: 0, state: 'running' };
      jobs.set(branchId, job);
      run(branchId, job).catch((error: unknown) => {
        job.state = 'failed';
        log.error({ err: error, branch: branchId }, 'the thresholds could not be tuned');
      });
      return undefined;
    },
    view: (branchId) => {
      const job = jobs.get(branchId);
      if (job === undefined)
        return {
          state: 'none',
          progress: 0,
          days: { have: countPastDays(store.db, branchId, clock.now(), MOST_DAYS), needed: NEEDED_DAYS },
        };
      const { state, progress, startedAt, startedBy, have, found } = job;
      return {
        state,
        progress,
        days: { have, needed: NEEDED_DAYS, ...(found && { tuned: found.tunedDays, shown: found.shownDays }) },
        startedAt,
        startedBy,
        ...(found && { reached: found.reached, before: found.before, after: found.after }),
      };
    },
    adopt: async (branchId, actor) => {
      const job = jobs.get(branchId);
      const state = hub.state(branchId);
      if (job?.state === 'running') return { code: 'tuning.running' };
      if (job?.found === undefined || state === undefined) return { code: 'tuning.none' };
      const config = { advice: { ...adviceConfig(state), thresholds: job.found.after.thresholds } };
      const command = { type: 'branch.configure', config } as const;
      const outcome = await hub.execute(branchId, command, { actor, commandId: ids.newId(), body: command });
      if (outcome.ok && jobs.get(branchId) === job) jobs.delete(branchId);
      return outcome;
    },
    discard: (branchId) => (jobs.delete(branchId) ? undefined : { code: 'tuning.none' }),
    stop: () => jobs.clear(),
  };
}
