/**
 * The waits of every branch, predicted off the command path: commits are told to the forecast desk, and a moment later the outlook
 * is asked anew, laid out for the next number, told to whoever watches, and kept until it is known what came true.
 */
import { Counter, Histogram } from 'prom-client';
import type { OpeningHours } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState, WaitRange } from '../../shared/branch/branch.state.ts';
import { LineReader } from '../../shared/branch/predict/line-reader.ts';
import { defaultHours } from '../../shared/contract/default-config.ts';
import type { ForecastRecord, Outlook } from '../../shared/contract/outlook.ts';
import type { LineEvent } from '../../shared/forecast/line.ts';
import type { PastDay } from '../../shared/forecast/past-day.ts';
import type { Hub } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Store } from '../store/store.types.ts';
import { outlookFrom, questionOf } from './branch-forecast.ts';
import type { Desk } from './desk-thread.ts';
import type { Memory } from './desk.ts';
import { createForecastBook, type DayOfForecasts } from './forecast-book.ts';
import { createForecastKeeper } from './forecast-keeper.ts';
import type { OutlookBoard } from './outlook-board.ts';
import { pastDays } from './past-days.ts';
import { lineOf } from './past-line.ts';

const DAY_MS = 24 * 3_600_000;
/** Real ms from a change to the next look. */
const SOON_MS = 500;
/** Real ms: waits change by themselves too. */
const AGAIN_MS = 5_000;
/** Branches looked at before commands go on: each may have a day of its past to tell, some milliseconds. */
const AT_ONCE = 4;
/** Events read before others have their turn again: a millisecond or two, so that no command waits for a rush to be read. */
const READ_AT_ONCE = 100;
const RECORD_EVERY_MS = 60_000;
/** After a fault the branch goes by the formula for so long (real ms). */
const BACK_OFF_MS = 60_000;
/** Days of its own past that a forecaster learns from, and days whose forecasts make up the error shown. */
const LEARN_DAYS = 28;
const RECORD_DAYS = 7;
const REPORT_DAYS = 90;
/** What is kept of a model; the model itself knows which version learnt it. */
const MEMORY_VERSION = 3;

export interface Forecasts {
  /** A branch is followed from its first commit, or from when somebody first asks. */
  start(): void;
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
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly board: OutlookBoard;
  readonly desk: Desk;
}

interface Commit {
  readonly events: readonly StoredBranchEvent[];
  readonly state: BranchState;
}

interface Followed {
  readonly branchId: string;
  readonly reader: LineReader;
  /** Its past, day by day, while the desk is still told of it. */
  past?: Generator<PastDay, void>;
  commits: Commit[];
  /** The desk has yet to take in a day of its past, or to answer. */
  awaited: boolean;
  /** Real ms. */
  lookedAt: number;
  recordAt: number;
  record?: ForecastRecord;
  outlook?: Outlook;
}

const hoursOf = (state: BranchState): OpeningHours => state.config?.hours ?? defaultHours;

export function createForecasts({ hub, store, clock, scheduler, log, metrics, board, desk }: ForecastParts): Forecasts {
  const book = createForecastBook(store.db);
  const keeper = createForecastKeeper(book, clock, log);
  const followed = new Map<string, Followed>();
  const failedUntil = new Map<string, number>();
  const listeners = new Set<(outlook: Outlook) => void>();
  let running = false;
  let lazy = true;
  let cancel = (): void => undefined;
  const registers = [metrics.registry];
  const seconds = new Histogram({
    name: 'counterflow_outlook_seconds',
    help: 'From asking for all waits of one branch to the answer',
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 10],
    registers,
  });
  const failures = new Counter({ name: 'counterflow_forecast_failures_total', help: 'Branches whose forecaster failed', registers });

  const stopListening = hub.onCommitted((branchId, events, state) => {
    const one = follow(branchId);
    // What was told and came true is kept also while nobody predicts.
    if (one === undefined) return running ? keeper.note(branchId, events) : undefined;
    one.commits.push({ events, state });
    if (lazy) sleep(SOON_MS);
  });

  desk.onTrained((branchId, memory) => {
    try {
      book.saveModel(branchId, MEMORY_VERSION, memory.trainedAt, memory);
    } catch (error) {
      log.error({ err: error, branch: branchId }, 'what the forecaster learnt could not be saved');
    }
  });

  /** The next turn: soon while there is something to do, else when waits have changed by themselves. */
  function sleep(ms: number, then: () => void = turn): void {
    cancel();
    lazy = ms > SOON_MS;
    cancel = scheduler.after(ms, then);
  }

  function follow(branchId: string): Followed | undefined {
    const known = followed.get(branchId);
    if (known !== undefined || !running || clock.realNow() < (failedUntil.get(branchId) ?? 0)) return known;
    const state = hub.state(branchId);
    if (state?.config === undefined) return undefined;
    try {
      return begin(branchId, state);
    } catch (error) {
      giveUp(branchId, error);
      return undefined;
    }
  }

  function begin(branchId: string, state: BranchState): Followed {
    const now = clock.now();
    const memory = book.loadModel(branchId, MEMORY_VERSION) as Memory | undefined;
    void desk.tell({ type: 'follow', branchId, hours: hoursOf(state), memory });
    book.giveUp(branchId, now - DAY_MS);
    const past = pastDays(store.db, { branchId, before: now, most: LEARN_DAYS });
    const begun: Followed = { branchId, reader: new LineReader(), past, commits: [], awaited: false, lookedAt: 0, recordAt: 0 };
    followed.set(branchId, begun);
    if (lazy) sleep(SOON_MS);
    return begun;
  }

  function giveUp(branchId: string, error: unknown): void {
    if (!running) return;
    const one = followed.get(branchId);
    if (one !== undefined) noteUnread(one);
    followed.delete(branchId);
    failedUntil.set(branchId, clock.realNow() + BACK_OFF_MS);
    failures.inc();
    log.error({ err: error, branch: branchId }, 'waits cannot be predicted; the formula stands in');
  }

  /** What was told and came true in commits that the forecaster will not read is kept like any other. */
  function noteUnread(one: Followed): void {
    for (const { events } of one.commits) keeper.note(one.branchId, events);
    one.commits = [];
  }

  /** Another day of its past; after the last, the line as it stands. */
  function recall(one: Followed, past: Generator<PastDay, void>, state: BranchState): void {
    const { branchId } = one;
    const day = past.next();
    if (day.done !== true) {
      one.awaited = true;
      void desk.tell({ type: 'hear', branchId, events: lineOf(day.value) }).then(() => {
        one.awaited = false;
      });
      return;
    }
    delete one.past;
    // What was committed meanwhile is in the state it begins from.
    noteUnread(one);
    void desk.tell({ type: 'hear', branchId, events: one.reader.begin(state, clock.now()) });
  }

  function hear({ branchId, reader, commits }: Followed): void {
    const read: LineEvent[] = [];
    let [seen, done] = [0, 0];
    for (const { events, state } of commits) {
      if (seen >= READ_AT_ONCE) break;
      seen += events.length;
      done += 1;
      read.push(...reader.read(events, state));
      keeper.note(branchId, events);
      if (events.some(({ type }) => type === 'branch.configured')) void desk.tell({ type: 'hours', branchId, hours: hoursOf(state) });
    }
    commits.splice(0, done);
    if (read.length > 0) void desk.tell({ type: 'hear', branchId, events: read });
  }

  /** True while there is more to read before it can be asked. */
  function look(one: Followed): boolean {
    const state = hub.state(one.branchId);
    if (state === undefined) return false;
    if (one.awaited) return false;
    if (one.past !== undefined) recall(one, one.past, state);
    if (one.past !== undefined) return false;
    const real = clock.realNow();
    if (one.commits.length === 0 && real - one.lookedAt < AGAIN_MS) return false;
    hear(one);
    if (one.commits.length > 0) return true;
    one.awaited = true;
    one.lookedAt = real;
    const question = questionOf(state, clock.now());
    const stopTimer = seconds.startTimer();
    desk.ask(question.asked).then(
      (answered) => {
        stopTimer();
        one.awaited = false;
        if (followed.get(one.branchId) === one) tell(one, outlookFrom(question, answered));
      },
      (error: unknown) => {
        giveUp(one.branchId, error);
      },
    );
    return false;
  }

  function lookSafely(one: Followed): boolean {
    if (followed.get(one.branchId) !== one) return false;
    try {
      return look(one);
    } catch (error) {
      giveUp(one.branchId, error);
      return false;
    }
  }

  function tell(one: Followed, { outlook, quotes }: ReturnType<typeof outlookFrom>): void {
    const real = clock.realNow();
    board.put(one.branchId, real, quotes);
    keeper.keep(one.branchId, outlook.at, outlook.tickets as Readonly<Record<string, WaitRange>>);
    if (real - one.recordAt >= RECORD_EVERY_MS) {
      one.recordAt = real;
      one.record = book.record(one.branchId, outlook.at - RECORD_DAYS * DAY_MS);
    }
    one.outlook = one.record === undefined ? outlook : { ...outlook, record: one.record };
    for (const listener of listeners) listener(one.outlook);
  }

  function turn(): void {
    lookAtSome([...followed.values()]);
  }

  function lookAtSome(all: readonly Followed[]): void {
    const left = [...all.slice(0, AT_ONCE).filter(lookSafely), ...all.slice(AT_ONCE)];
    if (left.length > 0 || keeper.flush()) return sleep(0, () => lookAtSome(left));
    const busy = [...followed.values()].some(({ past, commits }) => past !== undefined || commits.length > 0);
    sleep(busy ? SOON_MS : AGAIN_MS);
  }

  return {
    start: () => {
      running = true;
      turn();
    },
    stop: () => {
      running = false;
      cancel();
      stopListening();
      for (const one of followed.values()) noteUnread(one);
      while (keeper.flush());
      desk.stop();
    },
    outlook: (branchId) => follow(branchId)?.outlook,
    days: (branchId) => book.days(branchId, clock.now() - REPORT_DAYS * DAY_MS),
    onOutlook: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
