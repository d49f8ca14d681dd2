/** What kind of day a date is, known ahead: by the branch's own marks and by its holidays; and what of it a flow forecast goes by. */
import type { OpeningHours } from '../../aggregate.ts';
import type { BranchConfig } from '../../contract/config.ts';
import type { DayMark, DayType } from '../../contract/day-types.ts';
import type { DayTraits } from '../../forecast/flow-forecast.ts';
import { dateAfter, dayNumber, weekdayOf } from '../people/dates.ts';
import { postedOn } from './posted-hours.ts';

/** No holiday is longer, weekends around it included. */
const LONGEST_HOLIDAY_DAYS = 14;

type Known = Pick<BranchConfig, 'hours' | 'dayTypes'>;

/** The first mark that fits; else the eve of a holiday, else an ordinary day. */
export function plannedDayType({ hours, dayTypes = [] }: Known, date: string): DayType {
  const marked = dayTypes.find((mark) => fits(mark, date));
  return marked?.dayType ?? (besideHoliday(hours, date, 1) ? 'holidayEve' : 'ordinary');
}

function fits({ monthDays = [], weekdays = [], dates = [] }: DayMark, date: string): boolean {
  const day = Number(date.slice(8));
  const last = dateAfter(date, 1).endsWith('-01');
  return monthDays.some((one) => one === day || (last && one > day)) || weekdays.includes(weekdayOf(date)) || dates.includes(date);
}

/** Whether the branch is open on a date and shut, for a holiday, on the days right after (`step` 1) or before (−1) it. */
function besideHoliday(hours: OpeningHours, date: string, step: 1 | -1): boolean {
  if (postedOn(date, hours) === null) return false;
  for (let away = 1; away <= LONGEST_HOLIDAY_DAYS; away += 1) {
    const other = dateAfter(date, step * away);
    if (postedOn(other, hours) !== null) return false;
    if (hours.holidays.includes(other)) return true;
  }
  return false;
}

/** `dayType`: of a day that was or is; absent: as planned. */
export function traitsOf(config: Known, { date, dayType = plannedDayType(config, date) }: { date: string; dayType?: string }): DayTraits {
  const flags = [
    ...(dayType === 'ordinary' ? [] : [dayType]),
    ...(besideHoliday(config.hours, date, -1) ? ['afterHoliday'] : []),
    ...(config.hours.makeUpDays.some((day) => day.date === date) ? ['makeUpDay'] : []),
  ];
  return { weekday: weekdayOf(date), dayNumber: dayNumber(date), ...(flags.length > 0 && { flags }) };
}
