/**
 * The hub: the one road for every change. Commands of the same turn of the event loop are decided one after another and
 * share one durable commit; then memory moves on, listeners hear of it, and only then anybody gets a reply.
 */
import { clockActor, type StaffDirectory } from '../../shared/aggregate.ts';
import { systemScheduler } from '../platform/scheduler.ts';
import { bankLog } from '../store/store.ts';
import type { LogHead } from '../store/store.types.ts';
import { decideBatch, type Job, type Plan } from './batch.ts';
import type { AggregateOf, CommitListener, Hub, HubOptions, Outcome, Shape, Stored } from './hub.types.ts';
import { createSnapshotter } from './snapshotter.ts';
import { createTimers } from './timers.ts';
import { catchUp, decode, loadTrack, type Track } from './track.ts';

type Event = Shape['event'];
type Listener = CommitListener<unknown, Event>;

const largestBatch = 1_000;
const beatMs = 2_000;
const beatCheckMs = 1_000;
/** Nobody asked for anything so long: time for housekeeping. */
const quietMs = 500;
const busy: Outcome<never> = {
  ok: false,
  status: 503,
  code: 'hub.busy',
  message: 'The hub has more to do than it can; try again with the same id.',
};
const stopping: Outcome<never> = {
  ok: false,
  status: 503,
  code: 'hub.stopping',
  message: 'The hub is stopping; try again with the same id.',
};
const failed: Outcome<never> = {
  ok: false,
  status: 503,
  code: 'store.failed',
  message: 'The change could not be written, so nothing was changed; try again with the same id.',
};

/** Loads every log of the store. Nothing moves by itself before `start`. */
export function createHub<Branch extends Shape, Bank extends Shape>(options: HubOptions<Branch, Bank>): Hub<Branch, Bank> {
  const { store, clock, log, metrics, aggregates } = options;
  const scheduler = options.scheduler ?? systemScheduler;
  const maxQueue = options.maxQueue ?? 10_000;
  // Tracks hold either aggregate; the typed edges of this function are the only way in and out.
  const branchAggregate: AggregateOf<Shape> = aggregates.branch;
  const bankTrack = loadTrack(store, aggregates.bank, bankLog);
  const tracks = new Map<string, Track>();
  for (const id of store.events.branches()) if (id !== bankLog) tracks.set(id, loadTrack(store, branchAggregate, id));

  const branchListeners = new Set<Listener>();
  const bankListeners = new Set<Listener>();
  const snapshotter = createSnapshotter(store, log);
  let queue: Job[] = [];
  let flushing = false;
  let state: 'loaded' | 'running' | 'stopping' = 'loaded';
  let lastWriteAt = 0;
  let lastCommitAt = 0;
  let writable = true;
  let cancelBeat = (): void => undefined;

  const timers = createTimers({
    clock,
    scheduler,
    log,
    dueOf: (id) => {
      const track = tracks.get(id);
      return track?.aggregate.due(track.state);
    },
    tick: async (id, due) => {
      metrics?.tickLateSeconds.observe(Math.max(0, clock.toRealMs(clock.now() - due)) / 1000);
      const outcome = await submit({ trackId: id, command: { type: 'clock.tick' }, actor: clockActor });
      if (!outcome.ok) return outcome.status === 503 ? 'failed' : 'nothing';
      return outcome.events.length > 0 ? 'changed' : 'nothing';
    },
  });

  /** The track of a branch the bank has, made when it is first needed. */
  function find(id: string, peek: (track: Track) => unknown): Track | undefined {
    if (id === bankLog) return bankTrack;
    if (!aggregates.hasBranch(peek(bankTrack), id)) return undefined;
    const track = tracks.get(id) ?? loadTrack(store, branchAggregate, id);
    tracks.set(id, track);
    return track;
  }

  const staffOf = (id: string, peek: (track: Track) => unknown): StaffDirectory | undefined =>
    id === bankLog ? undefined : aggregates.staffOf(peek(bankTrack), id);

  const committed = (track: Track): unknown => track.state;
  const decider = {
    store,
    clock,
    board: options.board,
    ids: options.ids,
    calendar: options.calendar,
    log,
    commandKey: options.commandKey,
    find,
    staffOf,
  };

  function submit(job: Omit<Job, 'reply'>): Promise<Outcome<Event>> {
    return new Promise((reply) => {
      queue.push({ ...job, reply });
      metrics?.queue.set(queue.length);
      if (flushing) return;
      flushing = true;
      setImmediate(flush);
    });
  }

  function accept(job: Omit<Job, 'reply'>): Promise<Outcome<Event>> {
    if (state === 'stopping') return Promise.resolve(stopping);
    if (queue.length >= maxQueue) return Promise.resolve(busy);
    return submit(job);
  }

  function flush(): void {
    const jobs = queue.slice(0, largestBatch);
    queue = queue.slice(largestBatch);
    flushing = queue.length > 0;
    if (flushing) setImmediate(flush);
    if (jobs.length === 0) return;
    metrics?.queue.set(queue.length);
    metrics?.batchSize.observe(jobs.length);
    if (run(jobs)) return;
    // One of them is poisoned, or the disk is full: alone, each fails or succeeds for itself.
    for (const job of jobs) if (jobs.length === 1 || !run([job])) giveUp(job);
  }

  /** False when the commit failed: then nothing happened and nobody was answered. */
  function run(jobs: readonly Job[]): boolean {
    const plan = decide(jobs);
    if (plan === undefined) return false;
    if (plan.commit !== undefined) {
      const heads = write(plan.commit, jobs.length);
      if (heads === undefined) return false;
      settle(plan, heads);
    }
    jobs.forEach((job, index) => {
      const outcome = plan.outcomes[index] ?? failed;
      metrics?.commands.inc({
        type: job.command.type,
        outcome: outcome.ok ? (outcome.replayed ? 'replayed' : 'accepted') : String(outcome.status),
      });
      job.reply(outcome);
    });
    return true;
  }

  function decide(jobs: readonly Job[]): Plan | undefined {
    try {
      return decideBatch(decider, jobs);
    } catch (error) {
      log.error({ err: error, commands: jobs.length }, 'the store could not be read');
      return undefined;
    }
  }

  function write(commit: NonNullable<Plan['commit']>, commands: number): LogHead[] | undefined {
    const stopTimer = metrics?.commitSeconds.startTimer();
    try {
      const heads = store.commit(commit);
      lastWriteAt = commit.realAt;
      lastCommitAt = commit.realAt;
      return heads;
    } catch (error) {
      // Whether it is this command or the disk, the next heartbeat finds out.
      lastWriteAt = 0;
      log.error({ err: error, commands }, 'a commit failed');
      return undefined;
    } finally {
      stopTimer?.();
    }
  }

  /** The commit is durable: memory moves on, and those who listen hear of it. */
  function settle(plan: Plan, heads: readonly LogHead[]): void {
    plan.changed.forEach((working, index) => {
      working.track.state = working.state;
      working.track.head = heads[index] ?? store.events.head(working.track.id);
    });
    for (const { track, events } of plan.changed) tell(track, events);
  }

  function tell(track: Track, events: readonly Stored<Event>[]): void {
    metrics?.events.inc(events.length);
    snapshotter.noted(track, lastCommitAt);
    if (state === 'running' && track !== bankTrack) timers.arm(track.id);
    for (const listener of track === bankTrack ? bankListeners : branchListeners) {
      try {
        listener(track.id, events, track.state);
      } catch (error) {
        log.error({ err: error, branch: track.id }, 'a listener failed');
      }
    }
  }

  /** A commit that reported failure and yet landed would leave memory behind for good: the log decides. */
  function giveUp(job: Job): void {
    const track = job.trackId === bankLog ? bankTrack : tracks.get(job.trackId);
    try {
      if (track !== undefined && store.events.head(track.id).seq > track.head.seq) tell(track, catchUp(store, track, true));
    } catch (error) {
      log.error({ err: error, branch: job.trackId }, 'the log could not be read');
    }
    metrics?.commands.inc({ type: job.command.type, outcome: '503' });
    job.reply(failed);
  }

  /** Keeps the clock's high-water mark while nothing happens, and finds out in time that the disk is full. */
  function beat(): void {
    const at = clock.realNow();
    try {
      if (at - lastWriteAt >= beatMs) {
        store.beat(at);
        lastWriteAt = at;
        writable = true;
      }
      if (at - lastCommitAt >= quietMs) store.rest();
    } catch (error) {
      writable = false;
      log.error({ err: error }, 'the store takes no writes');
    }
    snapshotter.rest(at);
    cancelBeat = scheduler.after(beatCheckMs, beat);
  }

  const rowsAfter = (track: Track, after: number, limit: number): Stored<Event>[] =>
    store.events.readAfter(track.id, after, limit).map((row) => decode(track.aggregate, row));
  const listen = (listeners: Set<Listener>, listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  const hub: Hub<Shape, Shape> = {
    start: async () => {
      const { downFrom } = clock;
      const resumed = { type: 'hub.resumed', downFrom };
      if (downFrom !== undefined)
        await Promise.all([...tracks.keys()].map((trackId) => submit({ trackId, command: resumed, actor: clockActor })));
      if (state !== 'loaded') return;
      state = 'running';
      for (const track of tracks.values()) {
        snapshotter.noted(track, clock.realNow());
        timers.arm(track.id);
      }
      beat();
    },
    execute: (branchId, command, { actor, commandId, body }) => {
      if (branchId === bankLog)
        return Promise.resolve({ ok: false, status: 404, code: 'branch.unknown', message: `There is no branch ${branchId}.` });
      return accept({ trackId: branchId, command, actor, once: { id: commandId, body } });
    },
    executeBank: (command, { actor, commandId, body, write: also }) =>
      accept({ trackId: bankLog, command, actor, once: { id: commandId, body }, write: also }),
    state: (branchId) => (branchId === bankLog ? undefined : find(branchId, committed)?.state),
    bank: () => bankTrack.state,
    eventsAfter: (branchId, after, limit) => {
      const track = branchId === bankLog ? undefined : find(branchId, committed);
      return track === undefined ? [] : rowsAfter(track, after, limit);
    },
    bankEventsAfter: (after, limit) => rowsAfter(bankTrack, after, limit),
    onCommitted: (listener) => listen(branchListeners, listener),
    onBankCommitted: (listener) => listen(bankListeners, listener),
    ready: () => state === 'running' && writable,
    stop: async () => {
      if (state === 'stopping') return;
      state = 'stopping';
      timers.stop();
      cancelBeat();
      while (queue.length > 0) flush();
      await snapshotter.all([bankTrack, ...tracks.values()]);
      store.rest();
      store.beat(clock.realNow());
    },
  };
  // Inside, one machinery for both aggregates; outside, each with its own types.
  return hub as Hub<Branch, Bank>;
}
