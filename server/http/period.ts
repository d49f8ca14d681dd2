/** A stretch of time out of a query: epoch ms, or local dates of the branch. */
import type { Calendar, OpeningHours } from '../../shared/aggregate.ts';
import { malformed } from './problem.ts';

const DAY_MS = 24 * 3_600_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MS = /^\d{1,15}$/;

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Begin and end of a local date, or undefined when there is no such date. */
export function localDay(date: string, calendar: Calendar, hours: OpeningHours): Period | undefined {
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (!DATE.test(date) || Number.isNaN(noon) || new Date(noon).toISOString().slice(0, 10) !== date) return undefined;
  // Zones lie up to 14 hours from UTC: begin two days before and walk from midnight to midnight.
  let { endsAt: begins } = calendar.dayOf(noon - 2 * DAY_MS, hours);
  for (let day = calendar.dayOf(begins, hours); day.date <= date; day = calendar.dayOf(begins, hours)) {
    if (day.date === date) return { from: begins, to: day.endsAt };
    begins = day.endsAt;
  }
  return undefined;
}

export interface PeriodQuery {
  readonly from?: string;
  readonly to?: string;
}

/**
 * `from` and `to` as the query has them; a date as `to` includes that day. Default: the branch's business day up to `now`.
 * Never beyond `now`. Throws a 400 that names the field.
 */
export function periodOf(query: PeriodQuery, context: { calendar: Calendar; hours: OpeningHours; now: number; mostDays: number }): Period {
  const { calendar, hours, now, mostDays } = context;
  const read = (field: 'from' | 'to', otherwise: number): number => {
    const text = query[field];
    if (text === undefined || text === '') return otherwise;
    if (MS.test(text)) return Number(text);
    const day = localDay(String(text), calendar, hours);
    if (day === undefined) throw malformed([{ path: field, message: 'epoch milliseconds, or a local date such as 2026-11-01' }]);
    return day[field];
  };
  const today = localDay(calendar.dayOf(now, hours).date, calendar, hours)?.from ?? now;
  const to = Math.min(now, read('to', now));
  const from = read('from', Math.min(today, to));
  if (from > to) throw malformed([{ path: 'from', message: 'not after `to`, and not in the future' }]);
  if (to - from > mostDays * DAY_MS) throw malformed([{ path: 'from', message: `at most ${mostDays} days before \`to\`` }]);
  return { from, to };
}
