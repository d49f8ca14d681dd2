/**
 * A roster of several days, made day by day. Days hang together only by what a person may work in a week (and by rest), so each day is
 * an integer programme of its own in which a person's time costs what it is worth on the days to come: the duals of the weekly limits
 * in the programme of the rest of the range without whole numbers. Priced anew after each day, so that nobody is spent too early.
 */
import type { Highs } from 'highs';
import { dayNumber } from '../../shared/branch/people/dates.ts';
import { type Duty, type RosterProblem, type RosterStaff, weekNumber, workedMs } from '../../shared/roster/roster-problem.ts';
import { buildModel, type PartOf, type RosterModel, type WeekPrice } from './model.ts';
import { LIMITS, search, worthOfRows } from './search.ts';
import { shareLoad } from './share-load.ts';

/**
 * The roster, told day by day; undefined where a day's search found nothing in time. Days of `problem` ascend; it fits as a whole
 * (`buildModel`). `unit`: `unitPrice` of all that is asked for.
 */
export function* solveByDays(highs: Highs, problem: RosterProblem, unit: number): Generator<readonly Duty[], readonly Duty[] | undefined> {
  const { days } = problem;
  let { staff } = problem;
  let duties: readonly Duty[] = [];
  for (const [index, day] of days.entries()) {
    const prices = weekPrices(highs, { ...problem, staff, days: days.slice(index) }, unit);
    const own: RosterProblem = { ...problem, days: [day], staff: staff.map(withoutOwed) };
    const model = modelOf(own, { unit, prices });
    const { values } = search(highs, model.data, LIMITS.nodes);
    if (values === undefined) return undefined;
    duties = [...duties, ...shareLoad(own, day, model.dutiesOf(values))];
    staff = staff.map((person) => afterDay(person, day.date, days[index + 1]?.date, duties));
    yield duties;
  }
  return duties;
}

function modelOf(problem: RosterProblem, part: PartOf): RosterModel {
  const model = buildModel(problem, part);
  if ('tooLarge' in model) throw new RangeError(model.tooLarge);
  return model;
}

/** Of the week of the first day: what a person's time is worth then and later. */
function weekPrices(highs: Highs, problem: RosterProblem, unit: number): ReadonlyMap<string, WeekPrice> {
  const model = modelOf(problem, { unit });
  const duals = worthOfRows(highs, model.data);
  // A limit from above has a dual of at most 0, one from below of at least 0.
  const worth = (row: number | undefined): number => (row === undefined ? 0 : Math.abs(duals[row] ?? 0));
  const week = weekNumber(problem.days[0]?.date ?? '');
  const ofWeek = model.weeks.filter((one) => one.week === week);
  return new Map(ofWeek.map(({ staffId, hours, days, owed }) => [staffId, { halfHour: worth(hours) - worth(owed), day: worth(days) }]));
}

/** Hours owed are a matter of the week: within a day their price stands for them. */
const withoutOwed = ({ contract: { leastWeekMs: _owed, ...contract }, ...person }: RosterStaff): RosterStaff => ({ ...person, contract });

/** As the person stands on the next day. */
function afterDay(person: RosterStaff, date: string, next: string | undefined, duties: readonly Duty[]): RosterStaff {
  if (next === undefined) return person;
  const { previousEndMs: _end, workedMs: before = 0, workedDays = 0, ...lasting } = person;
  const duty = duties.find((one) => one.staffId === person.staffId && one.date === date);
  const sameWeek = weekNumber(date) === weekNumber(next);
  return {
    ...lasting,
    workedMs: sameWeek ? before + (duty === undefined ? 0 : workedMs(duty)) : 0,
    workedDays: sameWeek ? workedDays + (duty === undefined ? 0 : 1) : 0,
    ...(duty !== undefined && dayNumber(next) - dayNumber(date) === 1 && { previousEndMs: duty.toMs }),
  };
}
