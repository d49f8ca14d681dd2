/**
 * Where the forecasters of all branches live: told what happens in each line, asked what will. It runs in a thread of its own
 * (thread.ts), so that no command ever waits for a forecast; everything it is told and asked is plain data.
 */
import type { OpeningHours } from '../../shared/aggregate.ts';
import { type ForecasterJson, LineForecaster } from '../../shared/forecast/forecaster.ts';
import type { Calendar as LineCalendar, Customer, LineEvent, WaitForecast, WouldBe } from '../../shared/forecast/line.ts';
import { WaitModelFit } from '../../shared/forecast/wait-model.ts';
import { createCalendar } from '../platform/calendar.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_LESSONS = 20_000;
/** Fewer teach nothing that the simulation does not know. */
const FEWEST_LESSONS = 200;
/** Hub ms from one training to the next. */
const TRAIN_EVERY_MS = DAY_MS;

/** What a model learnt, and when (hub ms). One learnt by another version is turned down, and learnt anew. */
export interface Memory {
  readonly trainedAt: number;
  readonly learnt: ForecasterJson;
}

export type Told = { readonly branchId: string } & (
  | { readonly type: 'follow'; readonly hours: OpeningHours; readonly memory: Memory | undefined }
  | { readonly type: 'hours'; readonly hours: OpeningHours }
  | { readonly type: 'hear'; readonly events: readonly LineEvent[] }
);

/** `queue` in the true order of calling; a newcomer goes before the one at `position` of it. `at`: hub ms. */
export interface Asked {
  readonly branchId: string;
  readonly at: number;
  readonly queue: readonly Customer[];
  readonly newcomers: readonly { readonly customer: WouldBe; readonly position: number }[];
}

/** Forecasts in the order asked for. */
export interface Answered {
  readonly queue: readonly WaitForecast[];
  readonly newcomers: readonly WaitForecast[];
}

/** Splits an instant by the branch's own calendar; a day without 24 hours is off by that hour, once. */
function lineCalendar(hours: () => OpeningHours): LineCalendar {
  const calendar = createCalendar();
  return (at) => {
    const { date, endsAt } = calendar.dayOf(at, hours());
    const day = Date.parse(date) / DAY_MS;
    // 1970-01-01 was a Thursday.
    return { day, weekday: ((day + 3) % 7) + 1, timeOfDayMs: Math.max(0, DAY_MS - (endsAt - at)) };
  };
}

interface Line {
  readonly forecaster: LineForecaster;
  hours: OpeningHours;
  trainedAt: number;
}

export class ForecastDesk {
  private readonly lines = new Map<string, Line>();
  /** One branch after another: an answer waits for one tree at most, however many branches have something to learn. */
  private training = false;

  /** `later`: runs work when nothing else waits. `trained`: a model was learnt and is in use. */
  constructor(
    private readonly later: (work: () => void) => void,
    private readonly trained: (branchId: string, memory: Memory) => void,
  ) {}

  tell(told: Told): void {
    if (told.type === 'follow') return this.follow(told.branchId, told.hours, told.memory);
    const line = this.lines.get(told.branchId);
    if (line === undefined) return;
    if (told.type === 'hours') line.hours = told.hours;
    else for (const event of told.events) line.forecaster.observe(event);
  }

  /** After a fault: what is known of this line is not to be trusted. */
  forget(branchId: string): void {
    this.lines.delete(branchId);
  }

  /** Throws for a branch it does not follow, or no longer. */
  ask({ branchId, at, queue, newcomers }: Asked): Answered {
    const line = this.lines.get(branchId);
    if (line === undefined) throw new Error(`nobody said to follow ${branchId}, or following it failed`);
    const { forecaster } = line;
    const answer: Answered = {
      queue: forecaster.predictAll(at, queue).map(({ forecast }) => forecast),
      newcomers: newcomers.map(({ customer, position }) => forecaster.predict(at, customer, queue, position)),
    };
    if (at - line.trainedAt >= TRAIN_EVERY_MS && !this.training) this.train(branchId, line, at);
    return answer;
  }

  private follow(branchId: string, hours: OpeningHours, memory: Memory | undefined): void {
    const forecaster = new LineForecaster({ calendar: lineCalendar(() => line.hours), lessonsAtMost: MOST_LESSONS });
    const line: Line = { hours, trainedAt: memory?.trainedAt ?? 0, forecaster };
    if (memory !== undefined) forecaster.restore(memory.learnt);
    this.lines.set(branchId, line);
  }

  /** A tree at a time. */
  private train(branchId: string, line: Line, at: number): void {
    line.trainedAt = at;
    const lessons = line.forecaster.lessons();
    if (lessons.waitsS.length < FEWEST_LESSONS) return;
    this.training = true;
    const fit = new WaitModelFit(lessons, Math.floor(at / DAY_MS));
    const step = (): void => {
      if (fit.step()) return this.later(step);
      this.training = false;
      line.forecaster.adopt(fit.finish());
      this.trained(branchId, { trainedAt: at, learnt: line.forecaster.toJSON() });
    };
    this.later(step);
  }
}
