/** Times and durations as people read them. */
import { type Language, language, languageTag } from './language.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** `4:07`, from an hour on `1:04:07`; never negative. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours > 0 ? two(Math.floor((seconds % 3600) / 60)) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** English here is British: days come before months. */
const dateTag: Readonly<Record<Language, string>> = { zh: languageTag('zh'), en: 'en-GB' };
/** By name in English: 12/11 is two dates. */
const monthOf: Readonly<Record<Language, '2-digit' | 'short'>> = { zh: '2-digit', en: 'short' };

function format(zone: string | undefined, of: Language, options: Intl.DateTimeFormatOptions, kind: string): Intl.DateTimeFormat {
  const key = `${kind} ${zone ?? ''} ${of}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(dateTag[of], { ...options, hourCycle: 'h23', ...(zone === undefined ? {} : { timeZone: zone }) });
    formats.set(key, known);
  }
  return known;
}

/** `10:42:17` in the branch's zone. */
export const clockTime = (at: number, zone?: string, of: Language = language()): string =>
  format(zone, of, { hour: '2-digit', minute: '2-digit', second: '2-digit' }, 'clock').format(at);

/** `10:42` in the branch's zone. */
export const shortTime = (at: number, zone?: string, of: Language = language()): string =>
  format(zone, of, { hour: '2-digit', minute: '2-digit' }, 'short').format(at);

/** Date and time, for ledgers. */
export const dateTime = (at: number, zone?: string, of: Language = language()): string =>
  format(zone, of, { month: monthOf[of], day: '2-digit', hour: '2-digit', minute: '2-digit' }, 'date').format(at);

/** `Mon 23 Nov`, `11月23日 周一`: a date is a square of the calendar, whatever the zone. */
export function calendarDate(date: string, weekday: 'short' | 'long', of: Language = language()): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  const day = format('UTC', of, { month: 'short', day: 'numeric' }, 'day').format(at);
  const name = format('UTC', of, { weekday }, weekday).format(at);
  return of === 'zh' ? `${day} ${name}` : `${name} ${day}`;
}

/** With its year, for what is kept on paper. */
export const fullDateTime = (at: number, zone?: string, of: Language = language()): string =>
  format(zone, of, { year: 'numeric', month: monthOf[of], day: '2-digit', hour: '2-digit', minute: '2-digit' }, 'full').format(at);

/** Whole minutes, rounded up: an honest "about". */
export const minutes = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));

export const yuan = (fen: number, of: Language = language()): string =>
  new Intl.NumberFormat(languageTag(of), {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
  }).format(fen / 100);
