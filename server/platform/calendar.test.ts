import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../../shared/aggregate.ts';
import { createCalendar } from './calendar.ts';

const weekdays = { opens: '07:45', closes: '17:30' };
const shanghai: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  week: [weekdays, weekdays, weekdays, weekdays, weekdays, null, null],
  holidays: ['2026-10-01', '2026-10-10'],
  makeUpDays: [{ date: '2026-10-10', hours: { opens: '09:00', closes: '16:00' } }],
};
const berlin: OpeningHours = {
  timeZone: 'Europe/Berlin',
  week: [weekdays, weekdays, weekdays, weekdays, weekdays, weekdays, { opens: '02:30', closes: '24:00' }],
  holidays: [],
  makeUpDays: [],
};
const utc = (text: string): number => Date.parse(`${text}Z`);
const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16));

describe('the business day', () => {
  const table: [string, OpeningHours, string, { date: string; endsAt: string; opensAt?: string; closesAt?: string }][] = [
    [
      'a weekday in Shanghai',
      shanghai,
      '2026-09-30T03:00',
      { date: '2026-09-30', endsAt: '2026-09-30T16:00', opensAt: '2026-09-29T23:45', closesAt: '2026-09-30T09:30' },
    ],
    ['goes by local midnight, not UTC’s', shanghai, '2026-09-30T16:00', { date: '2026-10-01', endsAt: '2026-10-01T16:00' }],
    ['a holiday is shut', shanghai, '2026-10-01T03:00', { date: '2026-10-01', endsAt: '2026-10-01T16:00' }],
    ['a Sunday is shut', shanghai, '2026-09-27T03:00', { date: '2026-09-27', endsAt: '2026-09-27T16:00' }],
    [
      'a make-up Saturday is worked, even when also listed as a holiday',
      shanghai,
      '2026-10-10T03:00',
      { date: '2026-10-10', endsAt: '2026-10-10T16:00', opensAt: '2026-10-10T01:00', closesAt: '2026-10-10T08:00' },
    ],
    [
      'Berlin’s spring Sunday has 23 hours and 02:30 moves to 03:30',
      berlin,
      '2026-03-29T10:00',
      { date: '2026-03-29', endsAt: '2026-03-29T22:00', opensAt: '2026-03-29T01:30', closesAt: '2026-03-29T22:00' },
    ],
    [
      'Berlin’s autumn Sunday has 25 hours and the first 02:30 counts',
      berlin,
      '2026-10-25T10:00',
      { date: '2026-10-25', endsAt: '2026-10-25T23:00', opensAt: '2026-10-25T00:30', closesAt: '2026-10-25T23:00' },
    ],
    [
      'the last instant before midnight is still the old day',
      berlin,
      '2026-10-25T22:59',
      { date: '2026-10-25', endsAt: '2026-10-25T23:00', opensAt: '2026-10-25T00:30', closesAt: '2026-10-25T23:00' },
    ],
    [
      'round the clock has no posted hours',
      { ...shanghai, roundTheClock: true },
      '2026-09-30T03:00',
      { date: '2026-09-30', endsAt: '2026-09-30T16:00' },
    ],
  ];
  it.each(table)('%s', (_name, hours, at, expected) => {
    const day = createCalendar().dayOf(utc(at), hours);
    expect({ date: day.date, endsAt: iso(day.endsAt), opensAt: iso(day.opensAt), closesAt: iso(day.closesAt) }).toEqual({
      opensAt: undefined,
      closesAt: undefined,
      ...expected,
    });
  });

  it('is computed once a day per configuration and never mixed up between days or configurations', () => {
    const calendar = createCalendar();
    const first = calendar.dayOf(utc('2026-09-30T03:00'), shanghai);
    expect(calendar.dayOf(utc('2026-09-30T15:59'), shanghai)).toBe(first);
    expect(calendar.dayOf(utc('2026-09-30T16:00'), shanghai).date).toBe('2026-10-01');
    expect(calendar.dayOf(utc('2026-09-29T16:00'), shanghai)).toBe(first);
    expect(calendar.dayOf(utc('2026-09-29T15:59'), shanghai).date).toBe('2026-09-29');
    expect(calendar.dayOf(utc('2026-09-30T03:00'), berlin).endsAt).not.toBe(first.endsAt);
  });
});
