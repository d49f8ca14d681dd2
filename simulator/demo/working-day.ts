/** The demo bank's zone has no summer time. */
const OFFSET = '+08:00';
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** That local time (`HH:MM`) of the demo bank's today, or of the Friday before a weekend's day, as an instant with its offset. */
export function workingDayAt(time: string, now: number): string {
  let day = Math.floor((now + OFFSET_MS) / DAY_MS);
  // 1 January 1970 was a Thursday: Saturdays leave 2 of a week, Sundays 3.
  while (day % 7 === 2 || day % 7 === 3) day -= 1;
  return `${new Date(day * DAY_MS).toISOString().slice(0, 10)}T${time}${OFFSET}`;
}
