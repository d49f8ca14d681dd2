/** The one place that knows time zones: a branch's business day and posted hours (domain.md section 1). */
import { Temporal } from 'temporal-polyfill';
import type { BusinessDay, Calendar, OpeningHours } from '../../shared/aggregate.ts';
import { postedOn } from '../../shared/branch/day/posted-hours.ts';

interface KnownDay {
  readonly startsAt: number;
  readonly day: BusinessDay;
}

/** Asked on every command: a few days per configuration are kept, for as long as the configuration lives. */
const keptDays = 4;

/** A local `HH:MM` on that date; `24:00` (and anything after) is the next local midnight. A time that a clock change skips is moved on by the gap. */
function localInstant(date: Temporal.PlainDate, time: string, timeZone: string, endsAt: number): number {
  const hour = Number(time.slice(0, 2));
  if (hour >= 24) return endsAt;
  const plainTime = new Temporal.PlainTime(hour, Number(time.slice(3, 5)));
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function compute(at: number, hours: OpeningHours): KnownDay {
  const { timeZone } = hours;
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const startsAt = date.toZonedDateTime(timeZone).epochMilliseconds;
  const endsAt = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const posted = postedOn(date.toString(), hours);
  const day: BusinessDay = {
    date: date.toString(),
    endsAt,
    ...(posted === null
      ? {}
      : { opensAt: localInstant(date, posted.opens, timeZone, endsAt), closesAt: localInstant(date, posted.closes, timeZone, endsAt) }),
  };
  return { startsAt, day };
}

/** No branch is shut so many days on end; one that never opens counts elapsed time instead of waiting for ever. */
const furthestDays = 400;

/** `dayOf` throws a RangeError for a zone unknown to this machine or an instant beyond ±8.64e15. */
export function createCalendar(): Calendar {
  const known = new WeakMap<OpeningHours, KnownDay[]>();
  const calendar: Calendar = {
    dayOf: (at, hours) => {
      const days = known.get(hours) ?? [];
      const found = days.find((entry) => at >= entry.startsAt && at < entry.day.endsAt);
      if (found !== undefined) return found.day;
      const fresh = compute(at, hours);
      known.set(hours, [fresh, ...days].slice(0, keptDays));
      return fresh.day;
    },
    addBusinessMs: (at, ms, hours) => {
      if (hours.roundTheClock) return at + ms;
      let left = ms;
      let from = at;
      for (let shut = 0; shut < furthestDays; shut += 1) {
        const { opensAt, closesAt, endsAt } = calendar.dayOf(from, hours);
        if (opensAt !== undefined && closesAt !== undefined) {
          const begins = Math.max(from, opensAt);
          const open = Math.max(0, closesAt - begins);
          if (left <= open) return begins + left;
          left -= open;
          if (open > 0) shut = -1;
        }
        from = endsAt;
      }
      return at + ms;
    },
    addDays: (at, days, kind, hours) => {
      let left = days;
      let { endsAt } = calendar.dayOf(at, hours);
      for (let shut = 0; left > 0; shut += 1) {
        if (shut === furthestDays) return calendar.addDays(at, days, 'calendar', hours);
        const next = calendar.dayOf(endsAt, hours);
        endsAt = next.endsAt;
        if (kind === 'calendar' || hours.roundTheClock || next.opensAt !== undefined) {
          left -= 1;
          shut = -1;
        }
      }
      return endsAt;
    },
    instantOf: (isoDate, time, { timeZone }) => {
      const date = Temporal.PlainDate.from(isoDate);
      return localInstant(date, time, timeZone, date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
    },
  };
  return calendar;
}
