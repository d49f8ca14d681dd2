/**
 * The season, from the year before: how busy the days around this date were then, against those around the newest day known. What the
 * last weeks bring is in the forecast's level already; this says only how a date weeks ahead will differ. Days by their number.
 */
const YEAR_DAYS = 364;
/** Days either side that say how busy a season is. */
const AROUND = 10;
/** A season counts half once so many days were seen of either. */
const HALF_DAYS = 8;
const KEPT_DAYS = YEAR_DAYS + 4 * AROUND;
/** A season more than this much busier or quieter is taken for something else. */
const MOST = 2;

export class Season {
  /** By day number: the day's customers, weekday and kind of day taken out. */
  private readonly usual = new Map<number, number>();
  private newest: number | undefined;

  /** In the order of days. */
  learn(day: number, customers: number): void {
    this.usual.set(day, customers);
    this.newest = day;
    for (const known of this.usual.keys()) {
      if (known >= day - KEPT_DAYS) break;
      this.usual.delete(known);
    }
  }

  /** Factor for a day ahead; 1 while the branch has no year behind it. */
  factor(day: number): number {
    if (this.newest === undefined) return 1;
    const [then, now] = [this.around(day - YEAR_DAYS), this.around(this.newest - YEAR_DAYS)];
    const seen = Math.min(then.days, now.days);
    if (seen === 0) return 1;
    const ratio = Math.min(MOST, Math.max(1 / MOST, then.mean / now.mean));
    return ratio ** (seen / (seen + HALF_DAYS));
  }

  private around(middle: number): { readonly days: number; readonly mean: number } {
    let days = 0;
    let sum = 0;
    for (let day = middle - AROUND; day <= middle + AROUND; day += 1) {
      const customers = this.usual.get(day);
      if (customers === undefined) continue;
      days += 1;
      sum += customers;
    }
    return { days, mean: days === 0 ? 0 : sum / days };
  }
}
