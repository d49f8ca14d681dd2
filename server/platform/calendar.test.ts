import fc from 'fast-check';
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

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const day = (opens: string, closes: string) => ({ opens, closes });
const office = day('09:00', '17:00');
const monToFri = [office, office, office, office, office, null, null];
/** Weekdays 9–17; the National Day week of 2026 off, paid for by two Saturdays worked until 16:00. */
const bank: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  week: monToFri,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
  makeUpDays: [
    { date: '2026-09-26', hours: day('09:00', '16:00') },
    { date: '2026-10-10', hours: day('09:00', '16:00') },
  ],
};
const late: OpeningHours = { timeZone: 'Asia/Shanghai', week: Array(7).fill(day('20:00', '24:00')), holidays: [], makeUpDays: [] };
const never: OpeningHours = { ...bank, week: Array(7).fill(null), makeUpDays: [] };
const wholeDays: OpeningHours = { ...bank, timeZone: 'Europe/Berlin', week: Array(7).fill(day('00:00', '24:00')) };
const mondays: OpeningHours = { ...bank, week: [day('09:00', '10:00'), null, null, null, null, null, null], holidays: [], makeUpDays: [] };
const local = (zone: string, text: string): number => {
  const asUtc = utc(text);
  const shift = (at: number): number => Date.parse(`${wall(zone, at)}Z`) - at;
  return asUtc - shift(asUtc - shift(asUtc));
};
const formats = new Map<string, Intl.DateTimeFormat>();
/** `YYYY-MM-DDTHH:MM` on the wall of that zone, found without the calendar under test. */
function wall(zone: string, at: number): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(at).replace(' ', 'T');
}

describe('business time', () => {
  const table: [string, OpeningHours, string, number, string][] = [
    ['within the day', bank, '2026-09-21T10:00', 4 * HOUR, '2026-09-21T14:00'],
    ['lunch is not modelled: it counts', bank, '2026-09-21T11:30', 2 * HOUR, '2026-09-21T13:30'],
    ['ending exactly at closing stays on that day', bank, '2026-09-21T13:00', 4 * HOUR, '2026-09-21T17:00'],
    ['one minute more is the next morning', bank, '2026-09-21T13:00', 4 * HOUR + MINUTE, '2026-09-22T09:01'],
    ['begun exactly at closing it counts from the next opening', bank, '2026-09-21T17:00', HOUR, '2026-09-22T10:00'],
    ['begun exactly at opening', bank, '2026-09-21T09:00', 15 * MINUTE, '2026-09-21T09:15'],
    ['begun before opening', bank, '2026-09-21T06:40', 15 * MINUTE, '2026-09-21T09:15'],
    ['begun in the evening', bank, '2026-09-21T21:40', 15 * MINUTE, '2026-09-22T09:15'],
    ['over an ordinary weekend', bank, '2026-09-18T16:30', HOUR, '2026-09-21T09:30'],
    ['begun on a Sunday', bank, '2026-09-20T12:00', HOUR, '2026-09-21T10:00'],
    ['a make-up Saturday counts, with its own closing', bank, '2026-09-25T16:00', 8 * HOUR + MINUTE, '2026-09-28T09:01'],
    ['over National Day, from Wednesday afternoon to the Thursday after', bank, '2026-09-30T16:00', 2 * HOUR, '2026-10-08T10:00'],
    ['begun in the middle of National Day', bank, '2026-10-04T12:00', 8 * HOUR, '2026-10-08T17:00'],
    ['over National Day and the make-up Saturday behind it', bank, '2026-09-30T16:00', 18 * HOUR, '2026-10-10T10:00'],
    ['two days of business time are six working days of eight hours', bank, '2026-09-21T09:00', 48 * HOUR, '2026-09-28T10:00'],
    ['closing at midnight', late, '2026-09-21T22:00', 2 * HOUR, '2026-09-22T00:00'],
    ['closing at midnight, one minute more', late, '2026-09-21T22:00', 2 * HOUR + MINUTE, '2026-09-22T20:01'],
    ['begun at the midnight of closing', late, '2026-09-22T00:00', MINUTE, '2026-09-22T20:01'],
    ['open whole days, the short night of spring has 23 hours', wholeDays, '2026-03-29T00:00', 24 * HOUR, '2026-03-30T01:00'],
    ['open whole days, the long night of autumn has 25', wholeDays, '2026-10-25T00:00', 24 * HOUR, '2026-10-25T23:00'],
    [
      'round the clock it is elapsed time, holiday or not',
      { ...bank, roundTheClock: true },
      '2026-10-01T03:00',
      5 * HOUR,
      '2026-10-01T08:00',
    ],
    ['never open: elapsed time, not never', never, '2026-09-21T10:00', HOUR, '2026-09-21T11:00'],
    ['one hour a week: 90 hours are 90 weeks', mondays, '2026-01-05T09:00', 90 * HOUR, '2027-09-20T10:00'],
  ];
  it.each(table)('%s', (_name, hours, from, ms, until) => {
    const { timeZone } = hours;
    expect(wall(timeZone, createCalendar().addBusinessMs(local(timeZone, from), ms, hours))).toBe(until);
  });

  it('to the millisecond: one before closing, one after opening', () => {
    const closing = local('Asia/Shanghai', '2026-09-21T17:00');
    const opening = local('Asia/Shanghai', '2026-09-22T09:00');
    const calendar = createCalendar();
    expect(calendar.addBusinessMs(closing - 1, 1, bank)).toBe(closing);
    expect(calendar.addBusinessMs(closing - 1, 2, bank)).toBe(opening + 1);
  });
});

describe('days of the law', () => {
  const table: [string, OpeningHours, 'calendar' | 'business', string, number, string][] = [
    ['15 calendar days end with the 15th day after', bank, 'calendar', '2026-09-21T10:00', 15, '2026-10-07T00:00'],
    ['received a minute before midnight is received that day', bank, 'calendar', '2026-09-21T23:59', 1, '2026-09-23T00:00'],
    ['received at midnight is received the new day', bank, 'calendar', '2026-09-22T00:00', 1, '2026-09-24T00:00'],
    ['a business day after Friday is Monday', bank, 'business', '2026-09-18T10:00', 1, '2026-09-22T00:00'],
    ['a make-up Saturday is a business day', bank, 'business', '2026-09-25T10:00', 1, '2026-09-27T00:00'],
    ['over National Day', bank, 'business', '2026-09-30T10:00', 1, '2026-10-09T00:00'],
    ['over National Day, make-up Saturday and Sunday', bank, 'business', '2026-09-30T10:00', 4, '2026-10-13T00:00'],
    ['received on a holiday', bank, 'business', '2026-10-03T10:00', 1, '2026-10-09T00:00'],
    ['round the clock every day is one', { ...bank, roundTheClock: true }, 'business', '2026-09-30T10:00', 2, '2026-10-03T00:00'],
    ['never open: calendar days', never, 'business', '2026-09-21T10:00', 15, '2026-10-07T00:00'],
    ['one day a week: 100 business days are 100 weeks', mondays, 'business', '2026-01-05T10:00', 100, '2027-12-07T00:00'],
    ['over a change of the clocks', wholeDays, 'calendar', '2026-03-28T10:00', 1, '2026-03-30T00:00'],
  ];
  it.each(table)('%s', (_name, hours, kind, from, days, until) => {
    const { timeZone } = hours;
    expect(wall(timeZone, createCalendar().addDays(local(timeZone, from), days, kind, hours))).toBe(until);
  });
});

describe('against a clock stepped minute by minute', () => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/Santiago', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Auckland'];
  // Opening or closing within the hours that clock changes skip or repeat is a matter of definition: the table above has it.
  const opens = fc.constantFrom('00:00', '04:00', '07:45', '09:00', '12:30');
  const closes = fc.constantFrom('13:00', '16:59', '17:30', '23:00', '24:00');
  const oneDay = fc.record({ opens, closes });
  const from = Date.UTC(2026, 1, 20);
  const date = fc.nat(400).map((n) => new Date(from + n * 24 * HOUR).toISOString().slice(0, 10));
  // Around clock changes of all the zones, and anywhere else.
  const start = fc.oneof(
    fc
      .constantFrom('2026-03-08', '2026-03-29', '2026-04-04', '2026-09-05', '2026-09-26', '2026-10-25', '2026-11-01')
      .map((text) => Date.parse(text) - 24 * HOUR),
    fc.nat(380).map((n) => from + n * 24 * HOUR),
  );
  const hoursOf = fc.record({
    timeZone: fc.constantFrom(...zones),
    week: fc.array(fc.option(oneDay, { nil: null, freq: 3 }), { minLength: 7, maxLength: 7 }),
    holidays: fc.array(date, { maxLength: 30 }),
    makeUpDays: fc.array(fc.record({ date, hours: oneDay }), { maxLength: 10 }),
  });
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

  /** Asks the wall clock, once a quarter of an hour: no zone changes between. */
  function wallClock(timeZone: string): (at: number) => { date: string; minute: number; weekday: number } {
    let quarter = -1;
    let shift = 0;
    return (at) => {
      if (Math.floor(at / (15 * MINUTE)) !== quarter) {
        quarter = Math.floor(at / (15 * MINUTE));
        shift = Date.parse(`${wall(timeZone, at)}Z`) - Math.floor(at / MINUTE) * MINUTE;
      }
      const shown = new Date(at + shift);
      return {
        date: shown.toISOString().slice(0, 10),
        minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
        weekday: (shown.getUTCDay() + 6) % 7,
      };
    };
  }
  const postedOn = (hours: OpeningHours, { date: on, weekday }: { date: string; weekday: number }) => {
    const makeUp = hours.makeUpDays.find((one) => one.date === on);
    if (makeUp !== undefined) return makeUp.hours;
    return hours.holidays.includes(on) ? undefined : (hours.week[weekday] ?? undefined);
  };

  it('business time ends in the same minute', () => {
    fc.assert(
      fc.property(hoursOf, start, fc.nat(24 * 60), fc.integer({ min: 1, max: 40 * 60 }), (hours, midnight, after, ms) => {
        fc.pre(hours.week.some((one) => one !== null));
        const at = midnight + after * MINUTE;
        const clock = wallClock(hours.timeZone);
        let stepped = at;
        for (let left = ms; left > 0; stepped += MINUTE) {
          const shown = clock(stepped);
          const posted = postedOn(hours, shown);
          if (posted !== undefined && shown.minute >= minutes(posted.opens) && shown.minute < minutes(posted.closes)) left -= 1;
        }
        expect(createCalendar().addBusinessMs(at, ms * MINUTE, hours)).toBe(stepped);
      }),
      { numRuns: 100 },
    );
  });

  it('the n-th day ends in the same minute', () => {
    fc.assert(
      fc.property(
        hoursOf,
        start,
        fc.nat(24 * 60),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('calendar' as const, 'business' as const),
        (hours, midnight, after, days, kind) => {
          fc.pre(hours.week.some((one) => one !== null));
          const at = midnight + after * MINUTE;
          const clock = wallClock(hours.timeZone);
          let stepped = at;
          let today = clock(at).date;
          for (let left = days + 1; ; stepped += MINUTE) {
            const shown = clock(stepped);
            if (shown.date === today) continue;
            // Midnight: the day before it is over. The day of receipt counts as one whatever it was.
            const before = clock(stepped - MINUTE);
            if (left === days + 1 || kind === 'calendar' || postedOn(hours, before) !== undefined) left -= 1;
            if (left === 0) break;
            today = shown.date;
          }
          expect(createCalendar().addDays(at, days, kind, hours)).toBe(stepped);
        },
      ),
      { numRuns: 60 },
    );
  });
});
