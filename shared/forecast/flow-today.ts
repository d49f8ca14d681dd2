/** The day that is running: its forecast, corrected by how many came so far and by how many came lately. */
import { type DayFlow, SLOT_MS, SLOTS } from './flow-forecast.ts';

/** What came lately says something of the next half hours; it fades at this pace. */
const LATELY_MS = 2_700_000;
/** A crowd that comes at once is a crowd, not a pace: no more than so many times the day's forecast is ever expected. */
const MOST_TIMES = 4;
/** One in ten lies below the band, one in ten above. */
const EIGHT_IN_TEN = 1.2816;

export interface ArrivalBand {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** All instants are times of day in ms. What is told and asked goes forward in time. */
export class FlowToday {
  private readonly cumulative = new Float64Array(SLOTS + 1);
  /** The day's level is believed to be 1 as firmly as if so many customers had said so; likewise the last half hours'. */
  private readonly dayPrior: number;
  private readonly latelyPrior: number;
  private seen = 0;
  private said = 0;
  private latelySeen = 0;
  private latelySaid = 0;

  /** `upToMs`: since when arrivals are told; what was expected before is no evidence. */
  constructor(
    flow: DayFlow,
    private upToMs: number,
  ) {
    for (let slot = 0; slot < SLOTS; slot += 1)
      this.cumulative[slot + 1] = (this.cumulative[slot] as number) + (flow.slots[slot] as number);
    this.dayPrior = 1 / Math.max(1e-6, flow.spread ** 2);
    this.latelyPrior = 1 / Math.max(1e-6, flow.ripple ** 2);
  }

  arrived(atMs: number): void {
    this.passTo(atMs);
    this.seen += 1;
    this.latelySeen += 1;
  }

  /** Customers expected between two times of day that lie at or after `nowMs`. */
  expected(nowMs: number, fromMs: number, untilMs: number): number {
    this.passTo(nowMs);
    const fade = Math.exp((nowMs - (fromMs + untilMs) / 2) / LATELY_MS);
    const times = this.dayLevel() * (1 + (this.latelyLevel() - 1) * fade);
    return this.between(fromMs, untilMs) * Math.min(MOST_TIMES, times);
  }

  /** The same with what may be expected in eight cases of ten. */
  band(nowMs: number, fromMs: number, untilMs: number): ArrivalBand {
    const expected = this.expected(nowMs, fromMs, untilMs);
    const kept = Math.exp((2 * (nowMs - (fromMs + untilMs) / 2)) / LATELY_MS);
    const lately = kept / (this.latelyPrior + this.latelySaid) + (1 - kept) / this.latelyPrior;
    const doubt = 1 / (this.dayPrior + this.said) + lately;
    const off = EIGHT_IN_TEN * Math.sqrt(expected + expected ** 2 * doubt);
    return { low: Math.max(0, expected - off), expected, high: expected + off };
  }

  /** How this day compares with its forecast so far: 1.2 = a fifth more customers. */
  dayLevel(): number {
    return (this.dayPrior + this.seen) / (this.dayPrior + this.said);
  }

  private latelyLevel(): number {
    return (this.latelyPrior + this.latelySeen) / (this.latelyPrior + this.latelySaid * this.dayLevel());
  }

  private passTo(atMs: number): void {
    if (atMs <= this.upToMs) return;
    const passed = this.between(this.upToMs, atMs);
    const keep = Math.exp((this.upToMs - atMs) / LATELY_MS);
    this.said += passed;
    this.latelySaid = this.latelySaid * keep + passed;
    this.latelySeen *= keep;
    this.upToMs = atMs;
  }

  private between(fromMs: number, untilMs: number): number {
    return Math.max(0, this.upTo(untilMs) - this.upTo(fromMs));
  }

  private upTo(atMs: number): number {
    const place = Math.min(SLOTS, Math.max(0, atMs / SLOT_MS));
    const slot = Math.min(SLOTS - 1, Math.floor(place));
    const before = this.cumulative[slot] as number;
    return before + ((this.cumulative[slot + 1] as number) - before) * (place - slot);
  }
}
