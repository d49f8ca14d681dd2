/**
 * What a roster is made from, and what one looks like. Times of a day are ms after local midnight, on the half-hour grid;
 * dates are local. Rules: domain.md section 4 (coverage of posts), the bank's contracts (hours, rest).
 */

import { dayNumber } from '../branch/people/dates.ts';

export const SLOT_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

/** Posts that must be held per half hour. Cash and non-cash tellers are the two skill groups of the queue. */
export const posts = ['guard', 'lobby', 'cash', 'nonCash'] as const;
export type Post = (typeof posts)[number];

/** A stretch of a day, from inclusive, to exclusive. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface BreakRule {
  readonly lengthMs: number;
  /** The break lies wholly within. */
  readonly within: Span;
}

export interface ShiftTemplate extends Span {
  readonly id: string;
  /** Not worked and not counted as staff hours. */
  readonly breaks: readonly BreakRule[];
}

export interface PostRight {
  readonly post: Post;
  /** Last local date on which the post certificate (上岗证) is valid; absent = none is needed. */
  readonly certifiedUntil?: string;
  /** Holds the post only where nobody whose post it is can (a rostered substitute). */
  readonly substitute?: boolean;
}

export interface Contract {
  readonly mostDayMs: number;
  /** Monday to Sunday. */
  readonly mostWeekMs: number;
  /** Hours owed a week; what the roster cannot give is reported. */
  readonly leastWeekMs?: number;
  readonly mostDaysAWeek?: number;
}

export interface RosterStaff {
  readonly staffId: string;
  readonly posts: readonly PostRight[];
  /** May be the head on the floor. */
  readonly head?: boolean;
  readonly contract: Contract;
  /** Already worked in the week of the first day, before it. */
  readonly workedMs?: number;
  readonly workedDays?: number;
  /** End of the shift on the day before the first, ms after that day's midnight. */
  readonly previousEndMs?: number;
  /** Leave, training, loan to another branch. */
  readonly absences: readonly (Span & { readonly date: string })[];
}

/** Persons needed on a post in one half hour: `rule` by a coverage rule, the rest to meet the demand. */
export interface PostNeed {
  readonly rule: number;
  /** In all, at least `rule`. */
  readonly total: number;
}

export interface RosterDay {
  readonly date: string;
  /** Start of the first half hour. */
  readonly fromMs: number;
  /** One entry per half hour; a post left out needs nobody. */
  readonly needs: readonly Readonly<Partial<Record<Post, PostNeed>>>[];
  /** Heads that must have a shift this day. */
  readonly heads: number;
}

export interface RosterProblem {
  readonly days: readonly RosterDay[];
  readonly staff: readonly RosterStaff[];
  readonly templates: readonly ShiftTemplate[];
  /** Least time between two shifts of one person. */
  readonly restMs: number;
  /** The roster as it stands: of equally good ones, the one that changes least is proposed. */
  readonly current?: readonly Duty[];
}

/** One person's shift on one day, with where the breaks lie. */
export interface Duty extends Span {
  readonly staffId: string;
  readonly date: string;
  readonly templateId: string;
  readonly breaks: readonly Span[];
}

const MOST = { days: 14, staff: 60, templates: 24, slots: 48, breaks: 2 } as const;

/** Why a roster cannot be looked for: what is wrong, and where. Undefined where all is well. */
export function problemWith(problem: RosterProblem): string | undefined {
  const { days, staff, templates, restMs } = problem;
  const sizes = { days: days.length, staff: staff.length, templates: templates.length };
  for (const [what, count] of Object.entries(sizes) as [keyof typeof sizes, number][]) {
    if (count > MOST[what]) return `at most ${MOST[what]} ${what} in one roster, not ${count}: ask for a shorter range or fewer people`;
  }
  if (days.length === 0) return 'a roster is for at least one day';
  if (!(restMs >= 0 && restMs <= DAY_MS)) return 'the rest between shifts is between 0 and 24 hours';
  return (
    repeated(
      'staff',
      staff.map(({ staffId }) => staffId),
    ) ??
    repeated(
      'shift',
      templates.map(({ id }) => id),
    ) ??
    days.map((day, index) => wrongDay(day, days[index - 1])).find((wrong) => wrong !== undefined) ??
    templates.map(wrongTemplate).find((wrong) => wrong !== undefined) ??
    staff.map(wrongContract).find((wrong) => wrong !== undefined)
  );
}

function repeated(what: string, ids: readonly string[]): string | undefined {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? undefined : `${what} ${twice} is named twice`;
}

const onGrid = (ms: number): boolean => ms >= 0 && ms <= DAY_MS && ms % SLOT_MS === 0;

function wrongDay({ date, fromMs, needs, heads }: RosterDay, before: RosterDay | undefined): string | undefined {
  if (!Number.isFinite(Date.parse(`${date}T00:00Z`)) || !/^\d{4}-\d\d-\d\d$/.test(date)) return `${date} is not a local date`;
  if (before !== undefined && before.date >= date) return `the days go forward: ${date} follows ${before.date}`;
  if (!onGrid(fromMs) || !onGrid(fromMs + needs.length * SLOT_MS)) return `${date}: half hours lie on the half-hour grid of one day`;
  if (!whole(heads)) return `${date}: heads are counted in whole numbers`;
  for (const [slot, need] of needs.entries()) {
    for (const post of posts) {
      const { rule, total } = need[post] ?? NONE;
      if (!whole(rule) || !whole(total) || total < rule)
        return `${date}, half hour ${slot}, ${post}: whole numbers, the total at least the rule`;
    }
  }
  return undefined;
}

const whole = (count: number): boolean => Number.isInteger(count) && count >= 0 && count <= 1_000;
const NONE: PostNeed = { rule: 0, total: 0 };

function wrongTemplate({ id, fromMs, toMs, breaks }: ShiftTemplate): string | undefined {
  if (!onGrid(fromMs) || !onGrid(toMs) || fromMs >= toMs) return `shift ${id} starts and ends on the half-hour grid of one day`;
  if (breaks.length > MOST.breaks) return `shift ${id} has at most ${MOST.breaks} breaks`;
  const wrong = breaks.some(
    ({ lengthMs, within }) =>
      !(lengthMs > 0) || lengthMs % SLOT_MS !== 0 || !onGrid(within.fromMs) || within.fromMs < fromMs || within.toMs > toMs,
  );
  if (wrong) return `shift ${id}: breaks last whole half hours and lie within the shift`;
  if (breaks.some(({ lengthMs, within }) => within.toMs - within.fromMs < lengthMs))
    return `shift ${id}: a break is longer than its window`;
  return undefined;
}

function wrongContract({ staffId, contract }: RosterStaff): string | undefined {
  const { mostDayMs, mostWeekMs, leastWeekMs = 0, mostDaysAWeek = 7 } = contract;
  if ([mostDayMs, mostWeekMs, leastWeekMs, mostDaysAWeek].every((limit) => limit >= 0 && Number.isFinite(limit))) return undefined;
  return `the contract of ${staffId} has limits from 0`;
}

export const needOf = (day: RosterDay, slot: number, post: Post): PostNeed => day.needs[slot]?.[post] ?? NONE;

/** Whether this person may hold the post on that day: the right, with a certificate that is still valid. */
export function mayHold(person: RosterStaff, post: Post, date: string): PostRight | undefined {
  return person.posts.find((right) => right.post === post && (right.certifiedUntil === undefined || right.certifiedUntil >= date));
}

/** What this person may hold on that day. */
export const rightsOn = (person: RosterStaff, date: string): readonly PostRight[] =>
  posts.flatMap((post) => mayHold(person, post, date) ?? []);

export const sameHours = (a: Span, b: Span): boolean => a.fromMs === b.fromMs && a.toMs === b.toMs;

/** Time worked in a duty, breaks apart. */
export const workedMs = (duty: Span & { readonly breaks: readonly Span[] }): number =>
  duty.breaks.reduce((ms, one) => ms - (one.toMs - one.fromMs), duty.toMs - duty.fromMs);

/** Whether somebody on this duty is at work in the whole half hour from `atMs`. */
export const worksAt = (duty: Span & { readonly breaks: readonly Span[] }, atMs: number): boolean =>
  atMs >= duty.fromMs && atMs + SLOT_MS <= duty.toMs && duty.breaks.every((one) => atMs + SLOT_MS <= one.fromMs || atMs >= one.toMs);

/** Number of the week (Monday to Sunday) of a local date; 1970-01-01 was a Thursday. */
export const weekNumber = (date: string): number => Math.floor((dayNumber(date) + 3) / 7);

/** Weeks of the range, each with its first day in it. */
export function weeksOf(days: readonly RosterDay[]): readonly { readonly week: number; readonly date: string }[] {
  return days
    .map(({ date }) => ({ week: weekNumber(date), date }))
    .filter(({ week }, index, all) => all.findIndex((other) => other.week === week) === index);
}

/** Whether `restMs` lies between the end of one day's shift and the start of another's; days apart in whole numbers. */
export const rested = (endMs: number, daysApart: number, startMs: number, restMs: number): boolean =>
  daysApart * DAY_MS + startMs - endMs >= restMs;
