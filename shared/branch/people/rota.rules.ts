/** The plan: a day set, one shift set, a week copied, the responsible head named. */
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { barred } from './bars.ts';
import { dateAfter, daysBetween, mondayOf, weekOf } from './dates.ts';
import { DAYS_ON, type RotaShift } from './people.state.ts';
import { copyBar, moveShift, planShift } from './plan-shift.ts';
import { absenceOf, type Bar, dayOf, entryOf, plannedShiftOf } from './roster.ts';
import { hoursBar } from './hours.ts';

/** Undefined for a date that may be planned: today to eight weeks on. */
export function dateFault({ state }: Draft, date: string, path = 'date') {
  const ahead = daysBetween(state.day.date, date);
  if (ahead < 0) return refuse('roster.past', 'What is past is kept as it was; choose today or a later day.', { date }, path);
  if (ahead > DAYS_ON)
    return refuse('roster.too_far', `The rota reaches ${DAYS_ON / 7} weeks on; choose an earlier day.`, { date, days: DAYS_ON }, path);
  return undefined;
}

/** Shift templates and rules are what the section holds; without it there is nothing to plan by. */
export const noPlan = ({ state }: Draft) =>
  state.config.people === undefined
    ? refuse('roster.not_set_up', 'This branch has no people section yet; an administrator adds it in the settings.')
    : undefined;

/** What a plan asks of a contract that it does not have: told, not refused. */
function warnings(draft: Draft, date: string, shifts: readonly RotaShift[]): Bar[] {
  return shifts.flatMap((shift) => {
    const entry = entryOf(draft.state, shift.staffId, date);
    const bar = entry === undefined ? undefined : hoursBar(draft.state, entry, date, shift, [date]);
    return bar === undefined ? [] : [bar];
  });
}

export const rotaRules = {
  'roster.setDay': (draft, { date, shifts, dutyId }) => {
    const fault = noPlan(draft) ?? dateFault(draft, date);
    if (fault !== undefined) return fault;
    const planned: RotaShift[] = [];
    for (const [index, { staffId, ...given }] of shifts.entries()) {
      if (planned.some((shift) => shift.staffId === staffId))
        return refuse('roster.twice', `${staffId} has two shifts on this day; one is enough.`, { staffId }, `shifts.${index}.staffId`);
      const one = planShift(draft, staffId, date, given, `shifts.${index}`);
      if ('refused' in one) return one;
      planned.push(one.found);
    }
    if (dutyId !== undefined && entryOf(draft.state, dutyId, date) === undefined)
      return refuse('staff.unknown', `${dutyId} is not on this branch's roster; add them in the settings.`, { staffId: dutyId }, 'dutyId');
    draft.emit({ type: 'roster.daySet', date, shifts: planned, dutyId });
    return { result: { date, warnings: warnings(draft, date, planned) } };
  },

  'roster.setShift': (draft, { date, staffId, shift: given }) => {
    const fault = noPlan(draft) ?? dateFault(draft, date);
    if (fault !== undefined) return fault;
    if (given === null) {
      if (plannedShiftOf(draft.state, date, staffId) === undefined)
        return refuse('roster.no_shift', `${staffId} has no shift on ${date}; nothing was changed.`, { staffId, date });
      draft.emit({ type: 'roster.shiftSet', date, staffId });
      return { result: { date, warnings: [] } };
    }
    const one = planShift(draft, staffId, date, given, 'shift');
    if ('refused' in one) return one;
    draft.emit({ type: 'roster.shiftSet', date, staffId, shift: one.found });
    return { result: { date, warnings: warnings(draft, date, [one.found]) } };
  },

  'roster.copyWeek': (draft, { from, to }) => {
    const { state, context } = draft;
    const [source, target] = [mondayOf(from), mondayOf(to)];
    // Of a week under way only the days to come are copied to.
    const days = weekOf(target).filter((date) => daysBetween(state.day.date, date) >= 0);
    const fault = noPlan(draft) ?? dateFault(draft, days.at(-1) ?? target, 'to');
    if (fault !== undefined) return fault;
    if (source === target) return refuse('roster.same_week', 'A week is copied to another one; choose a later week.', undefined, 'to');
    const copied: string[] = [];
    const left: { date: string; staffId?: string; code: string }[] = [];
    for (const date of days) {
      const day = dayOf(state, dateAfter(source, daysBetween(target, date)));
      if (day === undefined) continue;
      const { opensAt } = context.calendar.dayOf(context.calendar.instantOf(date, '12:00', state.config.hours), state.config.hours);
      if (opensAt === undefined && state.config.hours.roundTheClock !== true) {
        left.push({ date, code: 'roster.shut' });
        continue;
      }
      const shifts: RotaShift[] = [];
      for (const shift of Object.values(day.shifts)) {
        const code = copyBar(draft, shift, date);
        if (code === undefined) shifts.push(moveShift(draft, shift, day.date, date));
        else left.push({ date, staffId: shift.staffId, code });
      }
      draft.emit({ type: 'roster.daySet', date, shifts, dutyId: day.dutyId, copiedFrom: day.date });
      copied.push(date);
    }
    if (copied.length === 0)
      return refuse('roster.nothing_to_copy', 'That week has no plan to copy; choose another one.', undefined, 'from');
    return { result: { copied, left } };
  },

  'roster.setDuty': (draft, { date, staffId }) => {
    const fault = noPlan(draft) ?? dateFault(draft, date);
    if (fault !== undefined) return fault;
    if (
      staffId !== null &&
      entryOf(draft.state, staffId, date)?.role !== 'head' &&
      entryOf(draft.state, staffId, date)?.role !== 'supervisor'
    )
      return refuse('duty.not_a_head', 'The responsible head of a day is a head or a supervisor of the roster.', { staffId }, 'staffId');
    if (staffId !== null && absenceOf(draft.state, date, staffId) !== undefined)
      return barred({ code: 'staff.absent', params: { staffId, date } }, 'staffId');
    draft.emit({ type: 'roster.dutySet', date, staffId: staffId ?? undefined });
    return done;
  },
} satisfies Rules;
