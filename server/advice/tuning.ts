/** Thresholds tuned on a branch's own days, off the command path. One branch at once; kept in memory until adopted, discarded, or a day old. */
import type { Actor } from '../../shared/aggregate.ts';
import { adviceConfig } from '../../shared/branch/advice/advice-book.ts';
import { type BranchTuning, MOST_DAYS, NEEDED_DAYS, tuneBranch } from '../../shared/forecast/tune-branch.ts';
import type { PastDay } from '../../shared/forecast/past-day.ts';
import type { Hub, Outcome } from '../hub/hub.types.ts';
import { createJobs, type JobLimits, type JobParts, type JobWork } from '../platform/jobs.ts';
import { inSlices } from '../platform/slices.ts';
import type { Store } from '../store/store.types.ts';
import { countPastDays, pastDays, type WhichDays } from '../forecast/past-days.ts';

const LIMITS: JobLimits = { mostRunning: 1, keptMs: 24 * 3_600_000 };

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

export interface TuningParts extends JobParts {
  readonly hub: Hub;
  readonly store: Pick<Store, 'db'>;
}

export function createTuning({ hub, store, ...parts }: TuningParts): Tuning {
  const jobs = createJobs<BranchTuning>('tuning the thresholds', LIMITS, parts);
  const ownDays = (branchId: string): WhichDays => ({ branchId, before: parts.clock.now(), most: MOST_DAYS });

  async function tune(branchId: string, { signal, tell }: JobWork<never>): Promise<BranchTuning> {
    const days: PastDay[] = [];
    await inSlices(pastDays(store.db, ownDays(branchId)), (day) => {
      signal.throwIfAborted();
      days.push(day);
    });
    const state = hub.state(branchId);
    if (state === undefined) throw new RangeError('the branch is gone');
    return await inSlices(tuneBranch(state, days), (progress) => {
      signal.throwIfAborted();
      tell(progress);
    });
  }

  return {
    start: (branchId, actor) => {
      if (hub.state(branchId)?.config === undefined) return { code: 'tuning.not_set_up' };
      const have = countPastDays(store.db, ownDays(branchId));
      if (jobs.of(branchId)?.state === 'running') return { code: 'tuning.busy' };
      if (have < NEEDED_DAYS) return { code: 'tuning.too_few_days', have, needed: NEEDED_DAYS };
      const job = jobs.start(branchId, actor.id, (work) => tune(branchId, work));
      return job === undefined ? { code: 'tuning.busy' } : undefined;
    },
    view: (branchId) => {
      const have = countPastDays(store.db, ownDays(branchId));
      const job = jobs.of(branchId);
      if (job === undefined) return { state: 'none', progress: 0, days: { have, needed: NEEDED_DAYS } };
      const { state, progress, startedAt, startedBy, result } = job;
      return {
        state,
        progress,
        days: { have, needed: NEEDED_DAYS, ...(result && { tuned: result.tunedDays, shown: result.shownDays }) },
        startedAt,
        startedBy,
        ...(result && { reached: result.reached, before: result.before, after: result.after }),
      };
    },
    adopt: async (branchId, actor) => {
      const job = jobs.of(branchId);
      const state = hub.state(branchId);
      if (job?.state === 'running') return { code: 'tuning.running' };
      if (job?.result === undefined || state === undefined) return { code: 'tuning.none' };
      const config = { advice: { ...adviceConfig(state), thresholds: job.result.after.thresholds } };
      const command = { type: 'branch.configure', config } as const;
      const outcome = await hub.execute(branchId, command, { actor, commandId: parts.ids.newId(), body: command });
      if (outcome.ok && jobs.of(branchId)?.id === job.id) jobs.drop(branchId);
      return outcome;
    },
    discard: (branchId) => (jobs.drop(branchId) ? undefined : { code: 'tuning.none' }),
    stop: jobs.stop,
  };
}
