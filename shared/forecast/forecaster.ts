/**
 * The wait forecaster: simulation from the first day, trees once there are lessons, both kept true by calibration. `observe` makes a
 * lesson of everybody who joins and is later called; whoever owns it trains a `WaitModelFit` on `lessons()` now and then (a night),
 * anywhere, and hands the result to `adopt`. What it knows is rebuilt by observing the log; the model and the calibration are JSON.
 */
import { Calibration, type CalibrationJson } from './calibration.ts';
import { AT, FEATURE_COUNT } from './features.ts';
import { LessonBook, type Lessons } from './lessons.ts';
import type { Calendar, Customer, LineEvent, WaitForecast, WaitForecaster, WouldBe } from './line.ts';
import { LineState } from './line.state.ts';
import { LineView, type Misses } from './line-view.ts';
import { type SoftQuantiles, soft, unsoft, WaitModel, type WaitModelJson } from './wait-model.ts';

export interface ForecasterOptions {
  readonly calendar: Calendar;
  /** Mean service before any was seen. */
  readonly priorServiceMs?: number;
  readonly lessonsAtMost?: number;
}

export interface ForecasterJson {
  readonly calibration: CalibrationJson;
  readonly model?: WaitModelJson;
}

export interface ForecastDetail {
  readonly forecast: WaitForecast;
  readonly simulated: WaitForecast;
  readonly learnt: WaitForecast;
}

/** Somebody in the line whose lesson is not over. */
interface Pending {
  readonly row: Float32Array;
  readonly askedAt: number;
  readonly told: SoftQuantiles;
}

const WOULD_BE = '';
const NO_MISSES: Misses = { few: 0, some: 0, day: 0 };
/** The model counts half when it learnt from so many lessons. */
const HALF_BELIEVED = 300;
/** So many are forecast one by one: what lies behind them is hours away and goes by the formula. Nor does a longer line teach: it costs the more the longer it is. */
export const LONGEST_LINE = 500;
/** Every so many joins somebody who waits already is looked at as well: forecasts are asked for all along the wait. */
const LATER_LOOK_EVERY = 3;

export class LineForecaster implements WaitForecaster {
  private readonly state: LineState;
  private readonly book: LessonBook;
  private readonly calibration = new Calibration();
  private readonly pending = new Map<string, Pending>();
  private readonly later = new Map<string, Pending>();
  private readonly row = new Float64Array(FEATURE_COUNT);
  private model: WaitModel | undefined;
  private joins = 0;
  private day = Number.NaN;
  private misses = NO_MISSES;

  constructor({ calendar, priorServiceMs = 180_000, lessonsAtMost = 40_000 }: ForecasterOptions) {
    this.state = new LineState(calendar, priorServiceMs / 1_000);
    this.book = new LessonBook(FEATURE_COUNT, lessonsAtMost);
  }

  observe(event: LineEvent): void {
    if (event.type === 'joined' && this.state.waiting.size < LONGEST_LINE) this.expect(event);
    if (event.type === 'started' && event.id !== undefined) this.learn(event.id, event.at);
    if (event.type === 'left') this.forget(event.id);
    this.state.apply(event);
  }

  predict(at: number, customer: Customer | WouldBe, queue?: readonly Customer[], position?: number): WaitForecast {
    return this.detail(at, customer, queue, position).forecast;
  }

  /** The forecast and what it was made of: the simulation alone, and what was learnt before calibration. */
  detail(at: number, customer: Customer | WouldBe, queue?: readonly Customer[], position?: number): ForecastDetail {
    const line = queue ?? this.state.ordered();
    const id = 'id' in customer ? customer.id : WOULD_BE;
    let place = id === WOULD_BE ? -1 : line.findIndex((each) => each.id === id);
    let asked = line;
    if (place === -1) {
      const one: Customer = { joinedAt: at, ...customer, id };
      place = queue === undefined ? placeByCredit(line, one) : (position ?? line.length);
      asked = line.toSpliced(place, 0, one);
    }
    const view = new LineView(this.state, at, asked, this.missesAt(at), place + 1);
    view.write(place, this.row);
    const simulated = simulatedOf(this.row);
    const learnt = this.learnt(this.row, simulated);
    return { forecast: toldOf(this.calibration.apply(learnt)), simulated: toldOf(simulated), learnt: toldOf(learnt) };
  }

  predictAll(at: number, queue: readonly Customer[] = this.state.ordered()): { customer: Customer; forecast: WaitForecast }[] {
    const view = new LineView(this.state, at, queue, this.missesAt(at));
    return queue.map((customer, place) => {
      view.write(place, this.row);
      return { customer, forecast: toldOf(this.calibration.apply(this.learnt(this.row, simulatedOf(this.row)))) };
    });
  }

  lessons(): Lessons {
    return this.book.all();
  }

  /** False, and nothing changes, if the model was learnt by another version. */
  adopt(json: WaitModelJson): boolean {
    const model = WaitModel.of(json);
    if (model !== undefined) this.model = model;
    return model !== undefined;
  }

  toJSON(): ForecasterJson {
    return { calibration: this.calibration.toJSON(), ...(this.model && { model: this.model.json }) };
  }

  restore({ calibration, model }: ForecasterJson): void {
    this.calibration.restore(calibration);
    if (model !== undefined) this.adopt(model);
  }

  private expect({ at, id, kind, priority, creditMs }: LineEvent & { type: 'joined' }): void {
    const customer = { id, kind, priority, creditMs, joinedAt: at };
    const line = this.state.ordered();
    const place = placeByCredit(line, customer);
    const queue = line.toSpliced(place, 0, customer);
    const view = new LineView(this.state, at, queue, this.missesAt(at), place + 1);
    this.joins += 1;
    if (place > 0 && this.joins % LATER_LOOK_EVERY === 0) {
      const seen = (this.joins * 7) % place;
      view.write(seen, this.row);
      this.later.set((queue[seen] as Customer).id, this.pendingOf(at));
    }
    view.write(place, this.row);
    this.pending.set(id, this.pendingOf(at));
  }

  private pendingOf(askedAt: number): Pending {
    return { row: Float32Array.from(this.row), askedAt, told: this.learnt(this.row, simulatedOf(this.row)) };
  }

  private learn(id: string, at: number): void {
    const later = this.later.get(id);
    if (later !== undefined) this.book.add(later.row, (at - later.askedAt) / 1_000);
    const pending = this.pending.get(id);
    this.forget(id);
    if (pending === undefined) return;
    const waitS = (at - pending.askedAt) / 1_000;
    this.book.add(pending.row, waitS);
    this.calibration.learn(pending.told, soft(waitS));
    const missed = soft(waitS) - soft(pending.row[AT.leaverWait] as number);
    const { few, some, day } = this.missesAt(at);
    this.day = this.state.calendar(at).day;
    this.misses = { few: few + (missed - few) / 5, some: some + (missed - some) / 20, day: day + (missed - day) / 80 };
  }

  private forget(id: string): void {
    this.pending.delete(id);
    this.later.delete(id);
  }

  /** A new day owes nothing to how the last one ended. */
  private missesAt(at: number): Misses {
    return this.state.calendar(at).day === this.day ? this.misses : NO_MISSES;
  }

  private learnt(row: Float64Array, simulated: SoftQuantiles): SoftQuantiles {
    if (this.model === undefined) return simulated;
    const { lessons } = this.model.json;
    const learnt = this.model.predict(row);
    const mixed = (from: number, to: number): number => from + (lessons / (lessons + HALF_BELIEVED)) * (to - from);
    return {
      low: mixed(simulated.low, learnt.low),
      middle: mixed(simulated.middle, learnt.middle),
      high: mixed(simulated.high, learnt.high),
    };
  }
}

const simulatedOf = (row: Float64Array): SoftQuantiles => ({
  low: soft(row[AT.sim10] as number),
  middle: soft(row[AT.sim50] as number),
  high: soft(row[AT.sim90] as number),
});

const toldOf = ({ low, middle, high }: SoftQuantiles): WaitForecast => ({
  q10Ms: Math.round(unsoft(low) * 1_000),
  q50Ms: Math.round(unsoft(middle) * 1_000),
  q90Ms: Math.round(unsoft(high) * 1_000),
});

function placeByCredit(line: readonly Customer[], customer: Customer): number {
  const key = customer.joinedAt - customer.creditMs;
  const place = line.findIndex((each) => each.joinedAt - each.creditMs > key);
  return place === -1 ? line.length : place;
}
