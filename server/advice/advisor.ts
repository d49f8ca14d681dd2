/**
 * The advisor: looks at each branch off the command path, computes what could be done and what it would bring, and gives or
 * withdraws advice down the one road. One branch at a time, in short slices; a branch that fails does not stop the others.
 */
import { Counter, Histogram } from 'prom-client';
import { clockActor } from '../../shared/aggregate.ts';
import { adviceConfig } from '../../shared/branch/advice/advice-book.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import { Outlook, zones } from '../../shared/forecast/outlook.ts';
import { advise } from '../../shared/forecast/advise.ts';
import { policyOf, type ProposeView } from '../../shared/forecast/judge.ts';
import { pastDays } from '../forecast/past-days.ts';
import type { Hub, Outcome } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import { inSlices } from '../platform/slices.ts';
import type { Store } from '../store/store.types.ts';
import { BranchExperience } from './experience.ts';

/** Hub ms between two looks at a branch: where something happened, and where nothing did. */
const AFTER_EVENTS_MS = 10_000;
const AT_LEAST_EVERY_MS = 60_000;
/** Real ms: at a high speed hub time alone would leave no rest. */
const ROUND_MS = 500;
const SAME_BRANCH_MS = 1_000;
const AFTER_FAILURE_MS = 60_000;
/** After a look the hub has so many times as long for everything else, however many branches it carries: later advice before later commands. */
const REST_TIMES = 3;
const RUNS = 32;
/** So many customers are simulated a look at most: a longer line gets fewer futures. */
const MOST_SIMULATED = 40_000;
const LEAST_RUNS = 8;
/** Business days of its own past that a branch's flow is learnt from. */
const LEARN_DAYS = 42;

interface Watched {
  experience: BranchExperience | undefined;
  /** Hub and real ms of the last look. */
  lookedAt: number;
  realAt: number;
  news: boolean;
  /** Real ms before which it is left alone after a failure. */
  restsUntil: number;
}

export interface Advisor {
  start(): void;
  stop(): void;
  /** The branch as it would go on from now, for whoever asks "what if". */
  outlook(branchId: string, horizonMs: number, runs: number): Promise<Outlook>;
}

export interface AdvisorParts {
  readonly hub: Hub;
  readonly store: Pick<Store, 'db'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createAdvisor({ hub, store, clock, ids, scheduler, log, metrics }: AdvisorParts): Advisor {
  const watched = new Map<string, Watched>();
  let stopped = false;
  let cancel = (): void => undefined;
  const looks = new Counter({
    name: 'counterflow_advisor_looks_total',
    help: 'Looks of the advisor at a branch, by outcome',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  const lookSeconds = new Histogram({
    name: 'counterflow_advisor_look_seconds',
    help: 'Time of one look, pauses between its slices included',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [metrics.registry],
  });

  const stopListening = hub.onCommitted((branchId, events, state) => {
    const one = watched.get(branchId);
    if (one === undefined) return;
    one.experience?.note(events, state);
    one.news = true;
  });

  function watch(branchId: string): Watched {
    const before = watched.get(branchId);
    if (before !== undefined) return before;
    const never = Number.NEGATIVE_INFINITY;
    const fresh: Watched = { experience: undefined, lookedAt: never, realAt: never, news: true, restsUntil: 0 };
    watched.set(branchId, fresh);
    return fresh;
  }

  function stateOf(branchId: string): BranchState {
    const state = hub.state(branchId);
    if (state === undefined) throw new RangeError(`there is no branch ${branchId} any more`);
    return state;
  }

  /** Learnt anew every day, and when what the day is said to be or the configuration changes; day by day of the past. */
  async function experienceOf(branchId: string): Promise<BranchExperience> {
    const one = watch(branchId);
    const state = stateOf(branchId);
    if (one.experience?.isOf(state) === true) return one.experience;
    const past = pastDays(store.db, { branchId, before: clock.now(), most: LEARN_DAYS });
    one.experience = await inSlices(BranchExperience.learn(past, state, () => stateOf(branchId), clock.now));
    return one.experience;
  }

  async function outlook(branchId: string, horizonMs: number, runs: number): Promise<Outlook> {
    const experience = await experienceOf(branchId);
    const state = stateOf(branchId);
    const now = clock.now();
    experience.passTo(now);
    const coming = zones.reduce((sum, zone) => sum + experience.expected(zone, now, now + horizonMs), 0);
    const affordable = Math.max(LEAST_RUNS, Math.min(runs, Math.floor(MOST_SIMULATED / Math.max(1, state.waiting + coming))));
    return new Outlook(state, experience, { now, horizonMs, runs: affordable, seed: state.seq });
  }

  const send = (branchId: string, command: BranchCommand): Promise<Outcome> =>
    hub.execute(branchId, command, { actor: clockActor, commandId: ids.newId(), body: command });

  async function look(branchId: string, horizonMs: number): Promise<void> {
    const ahead = await outlook(branchId, horizonMs, RUNS);
    const { state } = ahead;
    const { mode } = adviceConfig(state);
    const view: ProposeView = { state, now: ahead.options.now, horizonMs, outlook: ahead, policy: policyOf(state) };
    const { withdrawn, given } = await inSlices(advise(view));
    if (stopped) return;
    // Refused: it still stands for a while, is said already, was declined, or is no longer true: the rules know best.
    for (const { adviceId, why } of withdrawn) await send(branchId, { type: 'advice.withdraw', adviceId, why });
    for (const advice of given) await send(branchId, { type: 'advice.give', advice });
    if (mode === 'act') await act(branchId);
  }

  /** The bounds are the core's: what they do not allow stays a question to a person. */
  async function act(branchId: string): Promise<void> {
    for (const one of Object.values(hub.state(branchId)?.advice ?? {}))
      if (one.state === 'given') await send(branchId, { type: 'advice.accept', adviceId: one.id });
  }

  function isDue(state: BranchState, { lookedAt, realAt, news, restsUntil }: Watched): boolean {
    const real = clock.realNow();
    if (state.day === undefined || state.config === undefined || adviceConfig(state).mode === 'off') return false;
    if (state.day.phase === 'closed' || state.day.phase === 'balancing') return false;
    if (real < restsUntil || real - realAt < SAME_BRANCH_MS) return false;
    return clock.now() - lookedAt >= (news ? AFTER_EVENTS_MS : AT_LEAST_EVERY_MS);
  }

  async function lookAt(branchId: string): Promise<void> {
    const state = hub.state(branchId);
    if (state === undefined) return;
    const one = watch(branchId);
    if (!isDue(state, one)) return;
    one.lookedAt = clock.now();
    one.realAt = clock.realNow();
    one.news = false;
    const stopTimer = lookSeconds.startTimer();
    try {
      await look(branchId, adviceConfig(state).horizonMs);
      looks.inc({ outcome: 'ok' });
    } catch (error) {
      one.restsUntil = clock.realNow() + AFTER_FAILURE_MS;
      looks.inc({ outcome: 'failed' });
      log.error({ err: error, branch: branchId }, 'the advisor could not look at this branch; it tries again');
    } finally {
      stopTimer();
    }
  }

  const rest = (ms: number): Promise<void> | undefined =>
    ms === 0 || stopped ? undefined : new Promise((rested) => (cancel = scheduler.after(ms, rested)));

  async function round(): Promise<void> {
    for (const { id, kind } of hub.bank().branches.values()) {
      if (stopped) return;
      if (kind !== 'branch') continue;
      const began = clock.realNow();
      await lookAt(id);
      await rest((clock.realNow() - began) * REST_TIMES);
    }
    if (!stopped) cancel = scheduler.after(ROUND_MS, () => void round());
  }

  return {
    start: () => {
      cancel = scheduler.after(ROUND_MS, () => void round());
    },
    stop: () => {
      stopped = true;
      cancel();
      stopListening();
    },
    outlook,
  };
}
