/** Local dates (`YYYY-MM-DD`) counted on: a date is a square of the calendar, whatever the zone. */
const DAY_MS = 24 * 3_600_000;

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);

export const dateAfter = (date: string, days: number): string => new Date(noon(date) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days `date` lies after `from`. */
export const daysBetween = (from: string, date: string): number => Math.round((noon(date) - noon(from)) / DAY_MS);

/** The Monday of its week. */
export const mondayOf = (date: string): string => dateAfter(date, -((new Date(noon(date)).getUTCDay() + 6) % 7));

export const weekOf = (date: string): string[] => Array.from({ length: 7 }, (_none, day) => dateAfter(mondayOf(date), day));
