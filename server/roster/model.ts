/**
 * A roster as an integer programme. One binary per person, day and shift. Where breaks lie is counted per group of people with the
 * same rights (within a group and shift they are anybody's, and cost no time), and who holds which post flows from the groups (a
 * transport problem: whole by itself). Every rule of coverage has a slack with a price, so that there is always an answer;
 * contracts, absences and rest have none.
 */
import type { ModelData } from 'highs';
import { dayNumber } from '../../shared/branch/people/dates.ts';
import type { Coverage } from '../../shared/roster/coverage.ts';
import { breakPlaces, shiftMs, shiftsFor } from '../../shared/roster/duties.ts';
import {
  type Duty,
  needOf,
  type Post,
  posts,
  rightsOn,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  rested,
  type ShiftTemplate,
  SLOT_MS,
  type Span,
  weekNumber,
  weeksOf,
  worksAt,
} from '../../shared/roster/roster-problem.ts';
import { Programme, type Term } from './programme.ts';

/**
 * In half hours of staff time. What customers need is worth more than all the staff time there is, and a rule more than that:
 * nobody is spared at their cost. A post counts more than the least number of tellers, a head above both (one a day).
 */
export const PRICES = { demand: 1, tellers: 3, post: 4, head: 8 } as const;
/** Per half hour of contract hours not given: more than working it, less than any shortfall. */
export const OWED_HOUR = 2;

/** Among rosters of equal staff time; together with the gap below one half hour. */
const SMALL = { changes: 0.3, fairness: 0.2, substitutes: 0.1 } as const;
/** The most that they come to. */
export const SMALL_TERMS = SMALL.changes + SMALL.fairness + SMALL.substitutes;
/** Below 1 − SMALL_TERMS: what is found has the fewest half hours that there are, whatever is left of the small terms. */
export const ABSOLUTE_GAP = 0.35;

/** Bounded by what the solver does in its time. */
const MOST_COLUMNS = 20_000;

/** A person's shift of a day, as a column. */
interface Shift {
  readonly column: number;
  readonly person: RosterStaff;
  readonly day: RosterDay;
  readonly template: ShiftTemplate;
}

/** How many of a group take the breaks of a shift at these places. */
interface Breaks {
  readonly column: number;
  readonly shifts: readonly Shift[];
  readonly places: readonly Span[];
}

/** Rows of the programme that hold one person's contract in one week; absent where there is nothing to hold. */
export interface WeekLimits {
  readonly staffId: string;
  readonly week: number;
  readonly hours: number | undefined;
  readonly days: number | undefined;
  readonly owed: number | undefined;
}

/** What is asked of a person's week elsewhere: an hour and a day of it taken here cost so much more, in half hours of staff time. */
export interface WeekPrice {
  readonly halfHour: number;
  readonly day: number;
}

/** How some days and people count as part of a longer roster. */
export interface PartOf {
  /** `unitPrice` of the whole. */
  readonly unit: number;
  /** By staffId; who is not in it costs the usual. */
  readonly prices?: ReadonlyMap<string, WeekPrice>;
}

export interface RosterModel {
  readonly data: ModelData;
  readonly weeks: readonly WeekLimits[];
  /** The roster of a solution; where breaks can be anybody's of a group, whoever has them there now keeps them. */
  readonly dutiesOf: (values: ArrayLike<number>) => readonly Duty[];
}

/** More than all the staff time that could be rostered, in half hours. */
export function unitPrice({ templates, staff, days }: RosterProblem): number {
  return 1 + staff.length * days.length * Math.max(0, ...templates.map((template) => halfHours(template.toMs - template.fromMs)));
}

/** Price of one missing person-half-hour on a post, in unit prices. */
export const priceOf = (post: Post, why: 'rule' | 'demand'): number => {
  if (why === 'demand') return PRICES.demand;
  return post === 'cash' || post === 'nonCash' ? PRICES.tellers : PRICES.post;
};

/** Staff time and priced shortfalls of a roster, in half hours. */
export function costOf({ staffMs, shortfalls }: Coverage, unit: number): number {
  return shortfalls.reduce((sum, one) => {
    if (one.kind === 'hours') return sum + OWED_HOUR * halfHours(one.missingMs);
    return sum + unit * one.missing * (one.kind === 'head' ? PRICES.head : priceOf(one.post, one.why));
  }, halfHours(staffMs));
}

const halfHours = (ms: number): number => ms / SLOT_MS;

export function buildModel(problem: RosterProblem, { unit, prices = new Map() }: PartOf): RosterModel | { readonly tooLarge: string } {
  const { days, staff } = problem;
  const programme = new Programme();
  const current = new Map((problem.current ?? []).map((duty) => [`${duty.date} ${duty.staffId}`, duty]));
  const changes = problem.current === undefined ? 0 : SMALL.changes / (staff.length * days.length);

  const shifts = days.flatMap((day, index) =>
    staff.flatMap((person) =>
      shiftsFor(problem, person, day, index === 0).map((template): Shift => {
        const now = current.get(`${day.date} ${person.staffId}`);
        // Keeping what is rostered saves a change; rostering somebody who is not costs one.
        const same = now?.fromMs === template.fromMs && now.toMs === template.toMs;
        const small = now === undefined ? changes : same ? -changes : 0;
        const main = halfHours(shiftMs(template));
        const price = prices.get(person.staffId);
        const dearer = price === undefined ? 0 : price.halfHour * main + price.day;
        return { column: programme.column({ main, dearer, small, whole: true, most: 1 }), person, day, template };
      }),
    ),
  );
  if (programme.columns > MOST_COLUMNS) return tooLarge(programme);
  const byPersonDay = grouped(shifts, ({ person, day }) => `${day.date} ${person.staffId}`);
  const ofPerson = ({ staffId }: RosterStaff, day: RosterDay): readonly Shift[] => byPersonDay.get(`${day.date} ${staffId}`) ?? [];
  for (const some of byPersonDay.values()) programme.row(some.map(one), { most: 1 });
  addRest(programme, problem, ofPerson);
  const weeks = addWeeks(programme, problem, ofPerson);
  const breaks = days.flatMap((day) => addDay(programme, problem, day, ofPerson, unit));

  if (programme.columns > MOST_COLUMNS) return tooLarge(programme);
  return {
    data: programme.toModel(),
    weeks,
    dutiesOf: (values) => readDuties(breaks, values, current),
  };
}

const tooLarge = ({ columns }: Programme): { readonly tooLarge: string } => ({
  tooLarge: `this roster has ${columns} unknowns or more, at most ${MOST_COLUMNS} can be weighed: ask for fewer days, people or shifts`,
});

/** People of one key hold the same posts on that day, and as substitutes the same. */
export const rightsKey = (person: RosterStaff, date: string): string =>
  rightsOn(person, date)
    .map(({ post, substitute }) => `${post}${substitute ? '?' : ''}`)
    .join(' ');

const one = ({ column }: { readonly column: number }): Term => [column, 1];

/** Of two days of one person less than the rest apart: whoever works late on the one does not work early on the other. */
function addRest(
  programme: Programme,
  { days, staff, restMs }: RosterProblem,
  ofPerson: (person: RosterStaff, day: RosterDay) => readonly Shift[],
) {
  for (const [index, day] of days.entries()) {
    const next = days[index + 1];
    if (next === undefined || dayNumber(next.date) - dayNumber(day.date) > 1) continue;
    for (const person of staff) {
      const [late, early] = [ofPerson(person, day), ofPerson(person, next)];
      for (const start of new Set(early.map(({ template }) => template.fromMs))) {
        const tooLate = late.filter(({ template }) => !rested(template.toMs, 1, start, restMs));
        const tooEarly = early.filter(({ template }) => template.fromMs <= start);
        if (tooLate.length > 0) programme.row([...tooLate, ...tooEarly].map(one), { most: 1 });
      }
    }
  }
}

/** Contract hours and days a week; the heaviest load against its contract, as light as may be. */
function addWeeks(
  programme: Programme,
  { days, staff }: RosterProblem,
  ofPerson: (person: RosterStaff, day: RosterDay) => readonly Shift[],
): readonly WeekLimits[] {
  const heaviest = programme.column({ small: SMALL.fairness });
  return weeksOf(days).flatMap(({ week }, index) => {
    const ofWeek = days.filter(({ date }) => weekNumber(date) === week);
    return staff.map((person): WeekLimits => {
      const { mostWeekMs, leastWeekMs = 0, mostDaysAWeek = 7 } = person.contract;
      const own = ofWeek.flatMap((day) => ofPerson(person, day));
      const hours = own.map(({ column, template }): Term => [column, halfHours(shiftMs(template))]);
      // Whoever is over the limit already works no more, and weighs no more than one who is at it.
      const earlier = index === 0 ? halfHours(Math.min(person.workedMs ?? 0, mostWeekMs)) : 0;
      const earlierDays = index === 0 ? (person.workedDays ?? 0) : 0;
      const mostDays = Math.max(0, mostDaysAWeek - earlierDays);
      const owed = halfHours(leastWeekMs) - earlier;
      if (mostWeekMs > 0 && hours.length > 0) programme.row([...hours, [heaviest, -halfHours(mostWeekMs)]], { most: -earlier });
      return {
        staffId: person.staffId,
        week,
        hours: programme.row(hours, { most: halfHours(mostWeekMs) - earlier }),
        days: ofWeek.length > mostDays ? programme.row(own.map(one), { most: mostDays }) : undefined,
        owed: owed > 0 ? programme.row([...hours, [programme.column({ main: OWED_HOUR }), 1]], { least: owed }) : undefined,
      };
    });
  });
}

/** Coverage of one day. Returns where its breaks lie. */
function addDay(
  programme: Programme,
  { staff, days }: RosterProblem,
  day: RosterDay,
  ofPerson: (person: RosterStaff, day: RosterDay) => readonly Shift[],
  unit: number,
): readonly Breaks[] {
  const sameRights = grouped(staff, (person) => rightsKey(person, day.date));
  const groups = [...sameRights.values()].map((people) => {
    const byShift = grouped(
      people.flatMap((person) => ofPerson(person, day)),
      ({ template }) => template.id,
    );
    const breaks = [...byShift.values()].flatMap((shifts) => addBreaks(programme, shifts));
    return { rights: people[0] === undefined ? [] : rightsOn(people[0], day.date), breaks };
  });
  const substitute = SMALL.substitutes / (staff.length * Math.max(1, day.needs.length) * days.length);

  for (const slot of day.needs.keys()) {
    const atMs = day.fromMs + slot * SLOT_MS;
    const holders = new Map<Post, Term[]>();
    for (const { rights, breaks } of groups) {
      const working = breaks.filter(
        ({ shifts, places }) => shifts[0] !== undefined && worksAt({ ...shifts[0].template, breaks: places }, atMs),
      );
      const flows = rights.flatMap((right): Term[] => {
        const { total } = needOf(day, slot, right.post);
        if (total === 0 || working.length === 0) return [];
        const flow: Term = [programme.column({ small: right.substitute ? substitute : 0, most: total }), 1];
        holders.set(right.post, [...(holders.get(right.post) ?? []), flow]);
        return [flow];
      });
      if (flows.length > 0) programme.row([...flows, ...working.map(({ column }): Term => [column, -1])], { most: 0 });
    }
    for (const post of posts) {
      const { rule, total } = needOf(day, slot, post);
      if (total === 0) continue;
      const slack = [{ why: 'rule', most: rule } as const, { why: 'demand', most: total - rule } as const].filter(({ most }) => most > 0);
      const missing = slack.map(({ why, most }): Term => [programme.column({ main: unit * priceOf(post, why), most }), 1]);
      programme.row([...(holders.get(post) ?? []), ...missing], { least: total });
    }
  }
  if (day.heads > 0) {
    const heads = staff.filter(({ head }) => head).flatMap((person) => ofPerson(person, day));
    const missing = programme.column({ main: unit * PRICES.head, most: day.heads });
    programme.row([...heads.map(one), [missing, 1]], { least: day.heads });
  }
  return groups.flatMap(({ breaks }) => breaks);
}

/** As many breaks as people on the shift. */
function addBreaks(programme: Programme, shifts: readonly Shift[]): readonly Breaks[] {
  const template = shifts[0]?.template;
  if (template === undefined) return [];
  const breaks = breakPlaces(template).map(
    (places): Breaks => ({ column: programme.column({ whole: true, most: shifts.length }), shifts, places }),
  );
  programme.row([...breaks.map(one), ...shifts.map(({ column }): Term => [column, -1])], { least: 0, most: 0 });
  return breaks;
}

function readDuties(breaks: readonly Breaks[], values: ArrayLike<number>, current: ReadonlyMap<string, Duty>): readonly Duty[] {
  const left = new Map<Breaks, number>(breaks.map((some) => [some, Math.round(values[some.column] ?? 0)]));
  return [...grouped(breaks, ({ shifts }) => String(shifts[0]?.column)).values()].flatMap((ofShift) => {
    const working = (ofShift[0]?.shifts ?? []).filter(({ column }) => (values[column] ?? 0) > 0.5);
    const nowAt = ({ person, day }: Shift, { places }: Breaks): boolean => {
      const now = current.get(`${day.date} ${person.staffId}`);
      return (
        now !== undefined && now.breaks.length === places.length && now.breaks.every((at, index) => at.fromMs === places[index]?.fromMs)
      );
    };
    const taken = new Map<Shift, Breaks>();
    for (const keeping of [true, false]) {
      for (const shift of working) {
        if (taken.has(shift)) continue;
        const at = ofShift.find((some) => (left.get(some) ?? 0) > 0 && (!keeping || nowAt(shift, some)));
        if (at === undefined) continue;
        taken.set(shift, at);
        left.set(at, (left.get(at) ?? 0) - 1);
      }
    }
    return working.map((shift): Duty => {
      const { id: templateId, fromMs, toMs } = shift.template;
      return { staffId: shift.person.staffId, date: shift.day.date, templateId, fromMs, toMs, breaks: taken.get(shift)?.places ?? [] };
    });
  });
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
