import { describe, expect, test } from 'vitest';
import { defaultHours } from '../../contract/default-config.ts';
import type { DayMark } from '../../contract/day-types.ts';
import { HOUR, head, Scenario } from '../testing/scenario.ts';
import { plannedDayType, traitsOf } from './day-types.ts';

/** Open Monday to Friday. The first week of October is shut; Saturday 10 October makes up for it. */
const hours = {
  ...defaultHours,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  makeUpDays: [{ date: '2026-10-10', hours: { opens: '09:00', closes: '16:00' } }],
};
const dayTypes: DayMark[] = [
  { dayType: 'pension', monthDays: [15] },
  { dayType: 'payday', monthDays: [10, 31] },
  { dayType: 'market', weekdays: [3], dates: ['2026-09-11'] },
];
const config = { hours, dayTypes };

describe('the kind of a day ahead', () => {
  test('is what the branch marked: by day of the month, weekday or date; of two the first', () => {
    expect(plannedDayType(config, '2026-09-15')).toBe('pension');
    expect(plannedDayType(config, '2026-09-16')).toBe('market');
    expect(plannedDayType(config, '2026-09-11')).toBe('market');
    expect(plannedDayType(config, '2026-09-14')).toBe('ordinary');
    // 10 June 2026 is a Wednesday: a payday before it is a market day.
    expect(plannedDayType(config, '2026-06-10')).toBe('payday');
  });

  test('a day that a month does not have is its last', () => {
    expect(plannedDayType(config, '2026-02-28')).toBe('payday');
    expect(plannedDayType(config, '2026-08-31')).toBe('payday');
    expect(plannedDayType(config, '2026-08-30')).toBe('ordinary');
  });

  test('the last open day before a holiday is its eve, though a weekend lies between; a weekend alone makes none', () => {
    expect(plannedDayType({ hours }, '2026-09-30')).toBe('holidayEve');
    expect(plannedDayType({ hours: { ...hours, holidays: ['2026-10-05'] } }, '2026-10-02')).toBe('holidayEve');
    expect(plannedDayType({ hours }, '2026-09-25')).toBe('ordinary');
    expect(plannedDayType({ hours }, '2026-10-01')).toBe('ordinary');
  });
});

describe('what a flow forecast goes by', () => {
  test('the first day after a holiday and a make-up workday are days of their own', () => {
    expect(traitsOf({ hours }, { date: '2026-10-08' })).toMatchObject({ weekday: 4, flags: ['afterHoliday'] });
    expect(traitsOf({ hours }, { date: '2026-10-10' })).toMatchObject({ weekday: 6, flags: ['makeUpDay'] });
    expect(traitsOf({ hours }, { date: '2026-10-12' }).flags).toBeUndefined();
  });

  test('of a day that was, what it was counts, not what was planned', () => {
    expect(traitsOf(config, { date: '2026-09-15', dayType: 'ordinary' }).flags).toBeUndefined();
    expect(traitsOf(config, { date: '2026-09-14', dayType: 'market' }).flags).toEqual(['market']);
  });
});

test('a day begins as what it was planned to be, and one tap makes it another', () => {
  const s = Scenario.open();
  // Today is a Monday.
  s.do({ type: 'branch.configure', config: { dayTypes: [{ dayType: 'pension', weekdays: [2] }] } }, head);
  s.pass(24 * HOUR);
  expect(s.state.day?.date).toBe('2026-11-24');
  expect(s.state.day?.dayType).toBe('pension');
  s.do({ type: 'branch.setDayType', dayType: 'ordinary' });
  expect(s.state.day?.dayType).toBe('ordinary');
  s.pass(24 * HOUR);
  expect(s.state.day?.dayType).toBe('ordinary');
  expect(s.events('branch.dayTypeSet').map(({ dayType }) => dayType)).toEqual(['pension', 'ordinary']);
});
