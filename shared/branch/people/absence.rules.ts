/** Away, back, and who takes the place: two taps (domain.md section 1). */
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { barred } from './bars.ts';
import { endBreak, presenceOf } from './break-marks.ts';
import { dateAfter, daysBetween } from './dates.ts';
import type { RotaShift } from './people.state.ts';
import { absenceOf, entryOf, plannedShiftOf } from './roster.ts';
import { dateFault, noPlan } from './rota.rules.ts';
import { shiftBar, substituteTold, substitutesFor } from './substitutes.ts';

/** Days of one absence; more is told again. */
const MOST_DAYS = 35;
/** Enough to choose from. */
const MOST_SUBSTITUTES = 5;

function datesFrom(draft: Draft, date: string, until: string) {
  const last = daysBetween(date, until);
  if (last < 0 || last >= MOST_DAYS)
    return refuse(
      'roster.days_wrong',
      `The last day is not before the first, and at most ${MOST_DAYS - 1} days later.`,
      { days: MOST_DAYS - 1 },
      'until',
    );
  const fault = noPlan(draft) ?? dateFault(draft, date) ?? dateFault(draft, until, 'until');
  return fault ?? { found: Array.from({ length: last + 1 }, (_none, day) => dateAfter(date, day)) };
}

/** What is left of a shift from now on. */
export function restOf({ now }: Draft, shift: RotaShift): RotaShift {
  if (shift.startsAt >= now) return shift;
  return { ...shift, startsAt: now, breaks: shift.breaks.filter(({ latestAt, beganAt }) => latestAt > now && beganAt === undefined) };
}

/** Gone from every post but a window, which only closes with a person's word. */
function goHome(draft: Draft, staffId: string): string | undefined {
  const here = presenceOf(draft, staffId);
  if (here === undefined) return undefined;
  if (here.post?.counterId !== undefined) return here.post.counterId;
  endBreak(draft, staffId);
  draft.emit({ type: 'post.left', staffId, post: here.post });
  return undefined;
}

export const absenceRules = {
  'roster.absence': (draft, { staffId = draft.context.actor.id, date, until = date, kind = 'unplanned', reason }) => {
    const dates = datesFrom(draft, date, until);
    if ('refused' in dates) return dates;
    if (entryOf(draft.state, staffId, date) === undefined)
      return refuse('staff.unknown', `${staffId} is not on this branch's roster; add them in the settings.`, { staffId }, 'staffId');
    const fresh = dates.found.filter((day) => absenceOf(draft.state, day, staffId) === undefined);
    if (fresh.length === 0) return refuse('staff.away_already', `${staffId} is away on ${date} already.`, { staffId, date });
    const reasonRef = reason === undefined ? undefined : draft.text(reason);
    for (const day of fresh) {
      draft.emit({ type: 'roster.absenceSet', date: day, staffId, kind });
      if (reasonRef !== undefined) draft.emit({ type: 'roster.absenceExplained', date: day, staffId, reasonRef });
    }
    const atCounterId = fresh.includes(draft.state.day.date) ? goHome(draft, staffId) : undefined;
    const open = fresh.flatMap((day) => {
      const shift = plannedShiftOf(draft.state, day, staffId);
      if (shift === undefined || shift.endsAt <= draft.now) return [];
      const found = substitutesFor(draft.state, day, restOf(draft, shift)).slice(0, MOST_SUBSTITUTES);
      return [{ date: day, shift, substitutes: found.map((one) => substituteTold(draft.context.actor.role, one)) }];
    });
    return { result: { staffId, open, ...(atCounterId === undefined ? {} : { atCounterId }) } };
  },

  'roster.cancelAbsence': (draft, { staffId = draft.context.actor.id, date, until = date }) => {
    const dates = datesFrom(draft, date, until);
    if ('refused' in dates) return dates;
    const away = dates.found.filter((day) => absenceOf(draft.state, day, staffId) !== undefined);
    if (away.length === 0) return refuse('staff.away_not', `${staffId} is not away on ${date}; nothing was changed.`, { staffId, date });
    for (const day of away) draft.emit({ type: 'roster.absenceCancelled', date: day, staffId });
    return done;
  },

  'roster.substitute': (draft, { date, absentStaffId, staffId }) => {
    const fault = noPlan(draft) ?? dateFault(draft, date);
    if (fault !== undefined) return fault;
    const absence = absenceOf(draft.state, date, absentStaffId);
    if (absence === undefined)
      return refuse('staff.away_not', `${absentStaffId} is not away on ${date}; nothing was changed.`, { staffId: absentStaffId, date });
    if (absence.filledBy !== undefined) return refuse('roster.filled', 'This place is filled already.', { staffId: absence.filledBy });
    const shift = plannedShiftOf(draft.state, date, absentStaffId);
    if (shift === undefined || shift.endsAt <= draft.now)
      return refuse('roster.no_shift', `${absentStaffId} has no shift on ${date}; nothing was changed.`, { staffId: absentStaffId, date });
    const entry = entryOf(draft.state, staffId, date);
    if (entry === undefined)
      return refuse('staff.unknown', `${staffId} is not on this branch's roster; add them in the settings.`, { staffId }, 'staffId');
    const taken: RotaShift = { ...restOf(draft, shift), staffId, fills: absentStaffId };
    const bar = shiftBar(draft.state, entry, date, taken);
    if (bar !== undefined) return barred(bar, 'staffId');
    draft.emit({ type: 'roster.substituted', date, absentStaffId, staffId, shift: taken });
    return { result: { date, shift: taken } };
  },
} satisfies Rules;
