/**
 * The waits of every branch, predicted off the command path: commits are heard, and a moment later the outlook is reckoned anew,
 * laid out for the next number, told to whoever watches, and kept until it is known what came true.
 */
import { Counter, Histogram } from 'prom-client';
import type { BusinessDay } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState, WaitRange } from '../../shared/branch/branch.state.ts';
import type { ForecastRecord, Outlook } from '../../shared/contract/outlook.ts';
import { type ForecasterJson, LineForecaster } from '../../shared/forecast/forecaster.ts';
import type { Calendar as LineCalendar, LineEvent } from '../../shared/forecast/line.ts';
import { WaitModelFit } from '../../shared/forecast/wait-model.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Store } from '../store/store.types.ts';
import { type BranchForecast, followBranch } from './branch-forecast.ts';
import { createForecastBook, type CameTrue, type DayOfForecasts, type KeptForecast } from './forecast-book.ts';
import type { OutlookBoard } from './outlook-board.ts';
import { pastEvents } from './past-line.ts';

const DAY_MS = 24 * 3_600_000;
/** Real ms between two looks at what has changed; a look at one branch costs about as much as its queue is long. */
const PUMP_MS = 500;
/** Real ms: waits change by themselves too. */
const AGAIN_MS = 5_000;
/** Real ms one turn may take before commands have theirs. */
const TURN_MS = 30;
const SAVE_EVERY_MS = 10 * 60_000;
const RECORD_EVERY_MS = 60_000;
/** After a fault the branch goes by the formula for so long (real ms). */
const BACK_OFF_MS = 60_000;
/** Days of its own past that a forecaster learns from, and days whose forecasts make up the error shown. */
const LEARN_DAYS = 28;
const RECORD_DAYS = 7;
const MOST_LESSONS = 20_000;
/** Fewer teach nothing that the simulation does not know. */
const FEWEST_LESSONS = 200;
/** Hub ms from one training to the next. */
const TRAIN_EVERY_MS = DAY_MS;
/** What is saved; a model learnt by another version of the forecaster is turned down by the forecaster itself. */
const MEMORY_VERSION = 1;
const KEPT_DAYS = 90;
const PURGE_AT_ONCE = 5_000;
/** A forecast of the same ticket is kept again when the call it expects moved so far (hub ms): noise is not worth a row. */
const MOVED_MS = 60_000;
const KEPT_PER_TICKET = 20;

export interface Forecasts {
  /** A branch is followed from its first commit, or from when somebody first asks. */
  start(): void;
  /** Saves what was learnt. */
  stop(): void;
  /** As of the last look; undefined until there was one. */
  outlook(branchId: string): Outlook | undefined;
  days(branchId: string): DayOfForecasts[];
  onOutlook(listener: (outlook: Outlook) => void): () => void;
}

export interface ForecastParts {
  readonly hub: Hub;
  readonly store: Store;
  readonly clock: Clock;
  readonly dayOf: (at: number, state: BranchState) => BusinessDay;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly board: OutlookBoard;
}

interface Commit {
  readonly events: readonly StoredBranchEvent[];
  readonly state: BranchState;
}

interface Followed {
  readonly branchId: string;
  readonly learner: LineForecaster;
  /** Its past, while it still learns from it. */
  past?: Generator<LineEvent, void>;
  live?: BranchForecast;
  /** A new model on its way. */
  fit?: WaitModelFit;
  /** Hub ms. */
  trainedAt: number;
  commits: Commit[];
  /** Real ms. */
  lookedAt: number;
  savedAt: number;
  recordAt: number;
  record?: ForecastRecord;
  outlook?: Outlook;
  /** What was last kept of each ticket that waits. */
  readonly kept: Map<string, { readonly callAt: number; readonly times: number }>;
}

/** Splits an instant by the branch's own calendar; a day without 24 hours is off by that hour, once. */
const lineCalendar =
  (dayOf: (at: number) => BusinessDay): LineCalendar =>
  (at) => {
    const { date, endsAt } = dayOf(at);
    const day = Date.parse(date) / DAY_MS;
    // 1970-01-01 was a Thursday.
    return { day, weekday: ((day + 3) % 7) + 1, timeOfDayMs: Math.max(0, DAY_MS - (endsAt - at)) };
  };

export function createForecasts(parts: ForecastParts): Forecasts {
  const { hub, store, clock, scheduler, log, metrics, board } = parts;
  const book = createForecastBook(store.db);
  const followed = new Map<string, Followed>();
  const failedUntil = new Map<string, number>();
  const listeners = new Set<(outlook: Outlook) => void>();
  let unwritten: { forecasts: KeptForecast[]; cameTrue: CameTrue[] } = { forecasts: [], cameTrue: [] };
  let running = false;
  let lazy = true;
  let cancel = (): void => undefined;
  const registers = [metrics.registry];
  const seconds = new Histogram({
    name: 'counterflow_outlook_seconds',
    help: 'Time to predict all waits of one branch',
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
    registers,
  });
  const failures = new Counter({ name: 'counterflow_forecast_failures_total', help: 'Branches whose forecaster failed', registers });

  const stopListening = hub.onCommitted((branchId, events, state) => {
    const one = follow(branchId);
    if (one === undefined) return;
    one.commits.push({ events, state });
    if (lazy) sleep(PUMP_MS);
  });

  /** The next turn: soon while there is something to do, else when waits have changed by themselves. */
  function sleep(ms: number): void {
    cancel();
    lazy = ms > PUMP_MS;
    cancel = scheduler.after(ms, pump);
  }

  const hasWork = ({ past, fit, commits }: Followed): boolean => past !== undefined || fit !== undefined || commits.length > 0;

  function follow(branchId: string): Followed | undefined {
    const known = followed.get(branchId);
    if (known !== undefined || !running || clock.realNow() < (failedUntil.get(branchId) ?? 0)) return known;
    const state = hub.state(branchId);
    if (state?.config === undefined) return undefined;
    try {
      const begun = begin(branchId);
      followed.set(branchId, begun);
      if (lazy) sleep(PUMP_MS);
      return begun;
    } catch (error) {
      giveUp(branchId, error);
      return undefined;
    }
  }

  function begin(branchId: string): Followed {
    const now = clock.now();
    const calendar = lineCalendar((at) => parts.dayOf(at, stateOf(branchId)));
    const learner = new LineForecaster({ calendar, lessonsAtMost: MOST_LESSONS });
    const memory = book.loadModel(branchId, MEMORY_VERSION);
    // Our own writing: a forecaster of another version turns the model down and learns anew.
    if (memory !== undefined) learner.restore(memory.model as ForecasterJson);
    book.giveUp(branchId, now - DAY_MS);
    const real = clock.realNow();
    return {
      branchId,
      learner,
      past: pastEvents(store.db, branchId, now - LEARN_DAYS * DAY_MS, now),
      trainedAt: memory?.savedAt ?? 0,
      commits: [],
      lookedAt: 0,
      savedAt: real,
      recordAt: 0,
      kept: new Map(),
    };
  }

  function stateOf(branchId: string): BranchState {
    const state = hub.state(branchId);
    if (state === undefined) throw new Error(`${branchId} is gone`);
    return state;
  }

  function giveUp(branchId: string, error: unknown): void {
    followed.delete(branchId);
    failedUntil.set(branchId, clock.realNow() + BACK_OFF_MS);
    failures.inc();
    log.error({ err: error, branch: branchId }, 'waits cannot be predicted; the formula stands in');
  }

  /** Learns its past, as far as this turn goes. */
  function recall(one: Followed, past: Generator<LineEvent, void>, until: number): void {
    for (let next = past.next(); next.done !== true; next = past.next()) {
      one.learner.observe(next.value);
      if (clock.realNow() > until) return;
    }
    one.past = undefined;
    // What was committed meanwhile is in the state it begins from; what was told then is kept like anything told.
    for (const { events } of one.commits) for (const event of events) note(one, event);
    one.commits = [];
    one.live = followBranch(one.learner, stateOf(one.branchId), clock.now());
  }

  function hear(one: Followed, live: BranchForecast): void {
    for (const { events, state } of one.commits) {
      live.hear(events, state);
      for (const event of events) note(one, event);
    }
    one.commits = [];
  }

  function note({ branchId, kept }: Followed, event: StoredBranchEvent): void {
    const { at } = event;
    if (event.type === 'ticket.issued') {
      unwritten.forecasts.push({ branchId, ticketId: event.ticketId, madeAt: at, told: true, waitMs: event.waitMs });
      kept.set(event.ticketId, { callAt: at + event.waitMs.expected, times: 1 });
    } else if (event.type === 'ticket.called') {
      unwritten.cameTrue.push({ branchId, ticketId: event.ticketId, at, outcome: 'called' });
      kept.delete(event.ticketId);
    } else if (event.type === 'ticket.cancelled' || event.type === 'ticket.unserved' || event.type === 'ticket.diverted') {
      unwritten.cameTrue.push({ branchId, ticketId: event.ticketId, at, outcome: 'left' });
      kept.delete(event.ticketId);
    }
  }

  /** Later forecasts are kept where they say something new. */
  function keep({ branchId, kept }: Followed, at: number, tickets: Readonly<Record<string, WaitRange>>): void {
    for (const [ticketId, waitMs] of Object.entries(tickets)) {
      const before = kept.get(ticketId);
      const callAt = at + waitMs.expected;
      if (before !== undefined && (Math.abs(before.callAt - callAt) < MOVED_MS || before.times >= KEPT_PER_TICKET)) continue;
      kept.set(ticketId, { callAt, times: (before?.times ?? 0) + 1 });
      unwritten.forecasts.push({ branchId, ticketId, madeAt: at, told: false, waitMs });
    }
  }

  function look(one: Followed, live: BranchForecast): void {
    const real = clock.realNow();
    if (one.commits.length === 0 && real - one.lookedAt < AGAIN_MS) return;
    hear(one, live);
    const now = clock.now();
    const stopTimer = seconds.startTimer();
    const { outlook, quotes } = live.look(stateOf(one.branchId), now);
    stopTimer();
    board.put(one.branchId, real, quotes);
    keep(one, now, outlook.tickets);
    if (real - one.recordAt >= RECORD_EVERY_MS) {
      one.recordAt = real;
      one.record = book.record(one.branchId, now - RECORD_DAYS * DAY_MS);
    }
    one.outlook = one.record === undefined ? outlook : { ...outlook, record: one.record };
    one.lookedAt = real;
    for (const listener of listeners) listener(one.outlook);
    if (real - one.savedAt >= SAVE_EVERY_MS) save(one, real);
  }

  /** A tree at a time, while nothing else waits. */
  function train(one: Followed): void {
    const now = clock.now();
    if (one.fit === undefined) {
      if (now - one.trainedAt < TRAIN_EVERY_MS) return;
      one.trainedAt = now;
      const lessons = one.learner.lessons();
      if (lessons.waitsS.length < FEWEST_LESSONS) return;
      one.fit = new WaitModelFit(lessons, Math.floor(now / DAY_MS));
    }
    if (one.fit.step()) return;
    one.learner.adopt(one.fit.finish());
    delete one.fit;
  }

  function save(one: Followed, real: number): void {
    // While its past is still being learnt, what was saved before is the better memory.
    if (one.past !== undefined) return;
    one.savedAt = real;
    book.saveModel(one.branchId, MEMORY_VERSION, one.trainedAt, one.learner.toJSON());
    book.purgeBefore(one.branchId, clock.now() - KEPT_DAYS * DAY_MS, PURGE_AT_ONCE);
  }

  function flush(): void {
    if (unwritten.forecasts.length === 0 && unwritten.cameTrue.length === 0) return;
    try {
      book.write(unwritten.forecasts, unwritten.cameTrue);
    } catch (error) {
      log.error({ err: error, lost: unwritten.forecasts.length }, 'forecasts could not be kept');
    }
    unwritten = { forecasts: [], cameTrue: [] };
  }

  /** Whoever was looked at longest ago comes first, so that a busy branch takes no other's turn. */
  function pump(): void {
    const until = clock.realNow() + TURN_MS;
    for (const one of [...followed.values()].toSorted((a, b) => a.lookedAt - b.lookedAt)) {
      if (clock.realNow() > until) break;
      try {
        if (one.past !== undefined) recall(one, one.past, until);
        if (one.live !== undefined) {
          look(one, one.live);
          if (one.commits.length === 0) train(one);
        }
      } catch (error) {
        giveUp(one.branchId, error);
      }
    }
    flush();
    sleep([...followed.values()].some(hasWork) ? PUMP_MS : AGAIN_MS);
  }

  return {
    start: () => {
      running = true;
      pump();
    },
    stop: () => {
      running = false;
      cancel();
      stopListening();
      for (const one of followed.values()) {
        try {
          if (one.live !== undefined) hear(one, one.live);
          save(one, clock.realNow());
        } catch (error) {
          log.error({ err: error, branch: one.branchId }, 'what the forecaster learnt could not be saved');
        }
      }
      flush();
    },
    outlook: (branchId) => follow(branchId)?.outlook,
    days: (branchId) => book.days(branchId, clock.now() - KEPT_DAYS * DAY_MS),
    onOutlook: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
