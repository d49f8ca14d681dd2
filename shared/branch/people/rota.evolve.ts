/** A day's plan folded from its events: the same for the live state and for the read model of days long past. */
import type { PeopleEvent } from './people.events.ts';
import type { PlannedBreak, RotaDay, RotaShift } from './people.state.ts';

export const emptyDay = (date: string): RotaDay => ({ date, shifts: {}, absences: {} });

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

const withShift = (day: RotaDay, staffId: string, shift: RotaShift | undefined): RotaDay => ({
  ...day,
  shifts: shift === undefined ? without(day.shifts, staffId) : { ...day.shifts, [staffId]: shift },
});

function withBreak(day: RotaDay, staffId: string, index: number, change: Partial<PlannedBreak>): RotaDay {
  const shift = day.shifts[staffId];
  const planned = shift?.breaks[index];
  if (shift === undefined || planned === undefined) return day;
  return withShift(day, staffId, { ...shift, breaks: shift.breaks.with(index, { ...planned, ...change }) });
}

/** A place is filled while the shift that fills it stands in the plan. */
function settleFills(day: RotaDay): RotaDay {
  const stale = Object.values(day.absences).filter(
    ({ staffId, filledBy }) => filledBy !== undefined && day.shifts[filledBy]?.fills !== staffId,
  );
  if (stale.length === 0) return day;
  const open = stale.map(({ filledBy: _gone, ...absence }) => [absence.staffId, absence]);
  return { ...day, absences: { ...day.absences, ...Object.fromEntries(open) } };
}

/** Whoever fills in for somebody who comes after all goes home. */
function cancelAbsence(day: RotaDay, staffId: string): RotaDay {
  const filledBy = day.absences[staffId]?.filledBy;
  const back = { ...day, absences: without(day.absences, staffId) };
  return filledBy === undefined || back.shifts[filledBy]?.fills !== staffId ? back : withShift(back, filledBy, undefined);
}

/** The plan told again says nothing of why somebody is away; who knows it keeps it. */
const knownReasons = (told: RotaDay['absences'], known: RotaDay['absences']): RotaDay['absences'] =>
  Object.fromEntries(
    Object.entries(told).map(([staffId, absence]) => {
      const reasonRef = known[staffId]?.reasonRef;
      return [staffId, reasonRef === undefined ? absence : { ...absence, reasonRef }];
    }),
  );

/** The dates whose plan an event changes. */
export function datesOf(event: PeopleEvent): readonly string[] {
  if (event.type === 'roster.swapped') return [...new Set(event.changes.map(({ date }) => date))];
  if (event.type === 'break.began' || event.type === 'break.ended') return event.date === undefined ? [] : [event.date];
  return event.type.startsWith('roster.') && 'date' in event && event.date !== undefined ? [event.date] : [];
}

/** @param at when the event was decided. */
export function evolveDay(day: RotaDay, event: PeopleEvent, at: number): RotaDay {
  switch (event.type) {
    case 'roster.dayBegan':
      return event.day === undefined ? day : { ...event.day, absences: knownReasons(event.day.absences, day.absences) };
    case 'roster.daySet':
      return settleFills({
        ...day,
        shifts: Object.fromEntries(event.shifts.map((shift) => [shift.staffId, shift])),
        dutyId: event.dutyId,
      });
    case 'roster.shiftSet':
      return settleFills(withShift(day, event.staffId, event.shift));
    case 'roster.dutySet':
      return { ...day, dutyId: event.staffId };
    case 'roster.absenceSet': {
      const { staffId, kind } = event;
      return { ...day, absences: { ...day.absences, [staffId]: { staffId, kind, toldAt: at } } };
    }
    case 'roster.absenceExplained': {
      const absence = day.absences[event.staffId];
      if (absence === undefined) return day;
      return { ...day, absences: { ...day.absences, [event.staffId]: { ...absence, reasonRef: event.reasonRef } } };
    }
    case 'roster.absenceCancelled':
      return cancelAbsence(day, event.staffId);
    case 'roster.substituted': {
      const absence = day.absences[event.absentStaffId];
      const filled =
        absence === undefined ? day.absences : { ...day.absences, [event.absentStaffId]: { ...absence, filledBy: event.staffId } };
      return withShift({ ...day, absences: filled }, event.staffId, event.shift);
    }
    case 'roster.swapped':
      return settleFills(
        event.changes
          .filter(({ date }) => date === day.date)
          .reduce((changed, { staffId, shift }) => withShift(changed, staffId, shift), day),
      );
    case 'roster.shiftMissed': {
      const shift = day.shifts[event.staffId];
      return shift === undefined ? day : withShift(day, event.staffId, { ...shift, missed: true });
    }
    case 'break.began':
      return event.index === undefined ? day : withBreak(day, event.staffId, event.index, { beganAt: at });
    case 'break.ended':
      return event.index === undefined ? day : withBreak(day, event.staffId, event.index, { endedAt: at });
    default:
      return day;
  }
}
