/** A business day as far as people go: what of it hangs on the calendar is computed once, and its plan told again. */
import type { Draft } from '../draft.ts';
import type { RotaDay } from './people.state.ts';
import { dayOf, peopleRules } from './roster.ts';

/** Everybody hears it, so it does not say why somebody is away. */
function plainDay(day: RotaDay | undefined): RotaDay | undefined {
  if (day === undefined) return undefined;
  const absences = Object.entries(day.absences).map(([staffId, { reasonRef: _theirs, ...absence }]) => [staffId, absence]);
  return { ...day, absences: Object.fromEntries(absences) };
}

/** Says it once a day, and again when the rules have changed what it says. */
export function beginPeopleDay(draft: Draft): void {
  const { state, context } = draft;
  const rules = peopleRules(state);
  if (rules === undefined) return;
  const { date } = state.day;
  const { begun } = state.people;
  const headFloorByAt =
    rules.headOnFloorBy === null ? undefined : context.calendar.instantOf(date, rules.headOnFloorBy, state.config.hours);
  if (begun?.date === date && begun.headFloorByAt === headFloorByAt) return;
  draft.emit({ type: 'roster.dayBegan', date, headFloorByAt, day: begun?.date === date ? undefined : plainDay(dayOf(state, date)) });
}
