/**
 * How many customers come when: learnt from the days before, starting from a profile; while a day goes on, from how it goes.
 *
 * One forecast for one stream (a branch, or one service of it), in slots of five minutes of the branch's own time of day:
 *   expected(slot) = level × season × weekday × flags × share of the day that falls in the slot
 * The level follows the last weeks (that is the trend), the season compares with a year before; weekdays, flags and shapes are learnt as factors, each trusted the more the
 * more of its days were seen. Whoever plans a roster asks `day(traits)`, whoever runs a day tells `FlowToday` each arrival.
 * A day can only be forecast from days that were learnt before: nothing here looks ahead.
 */

import { Season } from './season.ts';

export const SLOT_MS = 300_000;
export const SLOTS = 288;

export interface DayTraits {
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  /** What else makes it special, whatever the bank calls it: `payday`, `market`, `holidayEve`, `afterHoliday`. */
  readonly flags?: readonly string[];
  /** Days since 1970-01-01; absent: no season is known. */
  readonly dayNumber?: number;
}

/** What is believed before the first day was seen. */
export interface FlowProfile {
  /** Customers of an ordinary day. */
  readonly perDay: number;
  /** Weight of each of the day's 288 slots, any scale; 0 while the branch is closed. */
  readonly shape: ArrayLike<number>;
  /** Factor by flag; a flag not named starts at 1. */
  readonly flags?: Readonly<Record<string, number>>;
}

export interface FlowDay extends DayTraits {
  /** Arrivals in each of the day's 288 slots. */
  readonly counts: ArrayLike<number>;
}

export interface DayFlow {
  /** Expected arrivals in each of the day's 288 slots. */
  readonly slots: Float64Array;
  /** Of the whole day. */
  readonly total: number;
  /** Coefficient of variation of the day's level, beyond the chance of single arrivals: 0.1 = days differ from this by about 10 %. */
  readonly spread: number;
  /** The same within a day: how far stretches of half an hour stray from the day's level. */
  readonly ripple: number;
}

/** The level gives the newest day this weight once enough days were seen. */
const LEVEL_GAIN = 0.12;
/** A profile counts as much as so many days. */
const PROFILE_DAYS = 1;
/** A weekday's or a flag's factor starts at what the profile says and counts as so many days. */
const FACTOR_DAYS = 2;
/** Weekdays and flags change too, if slowly. */
const FACTOR_GAIN = 0.2;
/** A weekday's shape starts from that of all days and counts as so many days. */
const SHAPE_DAYS = 6;
/** A day's shape counts half after so many later days. */
const SHAPE_HALF_LIFE_DAYS = 30;
/** One day out of order (a power cut, a crowd) moves the level no further than this factor says. */
const ODD_DAY = 2.5;
/** Of neighbouring slots, so that five-minute counts of few days do not pass for a pattern. */
const KERNEL = [1, 2, 3, 4, 3, 2, 1];
const HALF_HOUR_SLOTS = 6;
const FIRST_SPREAD = 0.15;
const FIRST_RIPPLE = 0.15;
const SPREAD_GAIN = 0.1;

interface Factor {
  value: number;
  days: number;
}

export class FlowForecast {
  private level: Factor;
  private readonly weekdays: Factor[] = Array.from({ length: 8 }, () => ({ value: 1, days: FACTOR_DAYS }));
  private readonly flags = new Map<string, Factor>();
  /** By weekday; index 0 stands for all days. Sums of shares and how many days they hold. */
  private readonly shapes: { readonly shares: Float64Array; days: number }[];
  private readonly season = new Season();
  private spread = FIRST_SPREAD ** 2;
  private ripple = FIRST_RIPPLE ** 2;

  /** Throws a RangeError for a profile of a wrong length or without anybody. */
  constructor(profile: FlowProfile) {
    const shares = sharesOf(profile.shape, 'the profile’s shape');
    if (shares === undefined) throw new RangeError('the profile’s shape needs a slot in which somebody comes');
    if (!(profile.perDay > 0 && Number.isFinite(profile.perDay)))
      throw new RangeError(`customers of an ordinary day are a number above 0, not ${profile.perDay}`);
    this.level = { value: profile.perDay, days: PROFILE_DAYS };
    for (const [flag, value] of Object.entries(profile.flags ?? {})) this.flags.set(flag, { value, days: FACTOR_DAYS });
    this.shapes = Array.from({ length: 8 }, (_none, row) => ({
      shares: row === 0 ? shares.map((share) => share * PROFILE_DAYS) : new Float64Array(SLOTS),
      days: row === 0 ? PROFILE_DAYS : 0,
    }));
  }

  /** A whole day that is over, in the order of days. One on which nobody came teaches nothing: the branch was closed. */
  learn(day: FlowDay): void {
    const shares = sharesOf(day.counts, 'a day’s counts');
    if (shares === undefined) return;
    const said = this.day(day);
    let total = 0;
    for (let slot = 0; slot < SLOTS; slot += 1) total += day.counts[slot] as number;
    this.learnSpread(said, day.counts, total);
    if (day.dayNumber !== undefined) this.season.learn(day.dayNumber, total / this.kindOf(day));
    const odds = Math.min(ODD_DAY, Math.max(1 / ODD_DAY, total / said.total));
    this.level = nearer(this.level, odds, LEVEL_GAIN);
    this.weekdays[day.weekday] = nearer(this.weekdayOf(day), odds, FACTOR_GAIN);
    for (const flag of day.flags ?? []) this.flags.set(flag, nearer(this.flagOf(flag), odds, FACTOR_GAIN));
    for (const row of [0, day.weekday]) {
      const shape = this.shapes[row];
      if (shape === undefined) continue;
      const keep = row === 0 ? 0.5 ** (1 / SHAPE_HALF_LIFE_DAYS) : 0.5 ** (7 / SHAPE_HALF_LIFE_DAYS);
      for (let slot = 0; slot < SLOTS; slot += 1) shape.shares[slot] = (shape.shares[slot] as number) * keep + (shares[slot] as number);
      shape.days = shape.days * keep + 1;
    }
  }

  /** What a day of such traits brings; asked today, it is the forecast for tomorrow or any day after. */
  day(traits: DayTraits): DayFlow {
    const season = traits.dayNumber === undefined ? 1 : this.season.factor(traits.dayNumber);
    const total = this.level.value * season * this.kindOf(traits);
    const slots = this.shapeOf(traits.weekday);
    for (let slot = 0; slot < SLOTS; slot += 1) slots[slot] = (slots[slot] as number) * total;
    return { slots, total, spread: Math.sqrt(this.spread), ripple: Math.sqrt(this.ripple) };
  }

  /** How much busier than usual such a day is. */
  private kindOf(traits: DayTraits): number {
    return (traits.flags ?? []).reduce((factor, flag) => factor * this.flagOf(flag).value, this.weekdayOf(traits).value);
  }

  private weekdayOf({ weekday }: DayTraits): Factor {
    const factor = this.weekdays[weekday];
    if (factor === undefined || weekday === 0) throw new RangeError(`a weekday is 1 (Monday) to 7, not ${weekday}`);
    return factor;
  }

  private flagOf(flag: string): Factor {
    return this.flags.get(flag) ?? { value: 1, days: FACTOR_DAYS };
  }

  /** Shares of the day, summing to 1. */
  private shapeOf(weekday: number): Float64Array {
    const [all, own] = [this.shapes[0], this.shapes[weekday]];
    const slots = new Float64Array(SLOTS);
    if (all === undefined || own === undefined) return slots;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const usual = (all.shares[slot] as number) / all.days;
      slots[slot] = ((own.shares[slot] as number) + SHAPE_DAYS * usual) / (own.days + SHAPE_DAYS);
    }
    return smoothed(slots);
  }

  /** How far off the forecast was, less what mere chance of single arrivals explains. */
  private learnSpread(said: DayFlow, counts: ArrayLike<number>, total: number): void {
    const off = Math.min(1, (total / said.total - 1) ** 2 - 1 / said.total);
    this.spread = Math.max(0.02 ** 2, this.spread + SPREAD_GAIN * (off - this.spread));
    let excess = 0;
    let weight = 0;
    for (let from = 0; from < SLOTS; from += HALF_HOUR_SLOTS) {
      let seen = 0;
      let expected = 0;
      for (let slot = from; slot < from + HALF_HOUR_SLOTS; slot += 1) {
        seen += counts[slot] as number;
        expected += ((said.slots[slot] as number) * total) / said.total;
      }
      excess += (seen - expected) ** 2 - expected;
      weight += expected ** 2;
    }
    const strayed = Math.min(1, excess / Math.max(1e-9, weight));
    this.ripple = Math.max(0.02 ** 2, this.ripple + SPREAD_GAIN * (strayed - this.ripple));
  }
}

/** Moves a factor towards what a day showed: by its share of the days seen, at least by `gain`. */
function nearer({ value, days }: Factor, odds: number, gain: number): Factor {
  return { value: value * odds ** Math.max(gain, 1 / (days + 1)), days: days + 1 };
}

function sharesOf(counts: ArrayLike<number>, what: string): Float64Array | undefined {
  if (counts.length !== SLOTS) throw new RangeError(`${what}: ${SLOTS} slots of five minutes are needed, not ${counts.length}`);
  let total = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const count = counts[slot] as number;
    if (!(count >= 0 && Number.isFinite(count))) throw new RangeError(`${what}: slot ${slot} is a number from 0, not ${count}`);
    total += count;
  }
  return total === 0 ? undefined : Float64Array.from({ length: SLOTS }, (_none, slot) => (counts[slot] as number) / total);
}

/** Slots in which nobody ever came stay empty: opening time is sharp. */
function smoothed(slots: Float64Array): Float64Array {
  const reach = (KERNEL.length - 1) / 2;
  let before = 0;
  let after = 0;
  const smooth = slots.map((share, slot) => {
    before += share;
    if (share === 0) return 0;
    let sum = 0;
    let weight = 0;
    for (let step = -reach; step <= reach; step += 1) {
      const near = slots[slot + step];
      if (near === undefined || near === 0) continue;
      sum += near * (KERNEL[step + reach] as number);
      weight += KERNEL[step + reach] as number;
    }
    after += sum / weight;
    return sum / weight;
  });
  return after === 0 ? smooth : smooth.map((share) => (share * before) / after);
}
