/** Local dates (`YYYY-MM-DD`) counted on: a date is a square of the calendar, whatever the zone. */
const DAY_MS = 24 * 3_600_000;

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);

export const dateAfter = (date: string, days: number): string => new Date(noon(date) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days `date` lies after `from`. */
export const daysBetween = (from: string, date: string): number => Math.round((noon(date) - noon(from)) / DAY_MS);

/** Days since 1970-01-01. */
export const dayNumber = (date: string): number => Math.floor(noon(date) / DAY_MS);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: string): number => ((new Date(noon(date)).getUTCDay() + 6) % 7) + 1;

/** The Monday of its week. */
export const mondayOf = (date: string): string => dateAfter(date, 1 - weekdayOf(date));

export const weekOf = (date: string): string[] => Array.from({ length: 7 }, (_none, day) => dateAfter(mondayOf(date), day));
