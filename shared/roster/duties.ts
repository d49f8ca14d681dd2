/** Which shifts a person could work on a day, and where a shift's breaks could lie. */
import {
  mayHold,
  posts,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  rested,
  type ShiftTemplate,
  SLOT_MS,
  type Span,
} from './roster-problem.ts';

/** Places of a shift's breaks, one after the other and never touching. Wherever they lie, the time worked is the same. */
export function breakPlaces({ breaks }: ShiftTemplate): readonly (readonly Span[])[] {
  let places: readonly (readonly Span[])[] = [[]];
  for (const { lengthMs, within } of breaks) {
    const starts: number[] = [];
    for (let at = within.fromMs; at + lengthMs <= within.toMs; at += SLOT_MS) starts.push(at);
    places = places.flatMap((before) =>
      starts.filter((at) => at > (before.at(-1)?.toMs ?? -1)).map((fromMs) => [...before, { fromMs, toMs: fromMs + lengthMs }]),
    );
  }
  return places;
}

/** Time worked in a shift, breaks apart. */
export const shiftMs = ({ fromMs, toMs, breaks }: ShiftTemplate): number =>
  breaks.reduce((ms, { lengthMs }) => ms - lengthMs, toMs - fromMs);

/** What a person may work on a day: within the contract, not while absent, rested, and of some use there. `first`: of the range. */
export function shiftsFor(problem: RosterProblem, person: RosterStaff, day: RosterDay, first: boolean): readonly ShiftTemplate[] {
  const { contract, absences, previousEndMs } = person;
  if (person.head !== true && posts.every((post) => mayHold(person, post, day.date) === undefined)) return [];
  const away = absences.filter(({ date }) => date === day.date);
  return problem.templates.filter(
    (template) =>
      shiftMs(template) <= contract.mostDayMs &&
      away.every((absence) => absence.fromMs >= template.toMs || absence.toMs <= template.fromMs) &&
      (!first || previousEndMs === undefined || rested(previousEndMs, 1, template.fromMs, problem.restMs)),
  );
}
