/** Posted hours of a local date: as a make-up workday has them, none on a holiday, else those of the weekday (domain.md section 1). */
import type { DayHours, OpeningHours } from '../../aggregate.ts';
import { weekdayOf } from '../people/dates.ts';

/** Null: shut, or open round the clock. */
export function postedOn(date: string, hours: OpeningHours): DayHours | null {
  if (hours.roundTheClock === true) return null;
  const makeUp = hours.makeUpDays.find((day) => day.date === date);
  if (makeUp !== undefined) return makeUp.hours;
  if (hours.holidays.includes(date)) return null;
  return hours.week[weekdayOf(date) - 1] ?? null;
}
