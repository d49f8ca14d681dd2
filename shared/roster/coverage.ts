/** What a roster covers: who holds which post in each half hour, and what is missing. For a proposal and for a roster as it stands. */
import {
  type Duty,
  needOf,
  type Post,
  type PostRight,
  posts,
  rightsOn,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  SLOT_MS,
  type Span,
  weekNumber,
  weeksOf,
  workedMs,
  worksAt,
} from './roster-problem.ts';

/** At work without a post in that half hour: back office, relief. */
export type Place = Post | 'reserve';

export interface PlacedDuty extends Duty {
  readonly places: readonly (Span & { readonly place: Place })[];
}

export interface SlotCoverage {
  readonly date: string;
  readonly fromMs: number;
  readonly post: Post;
  readonly need: number;
  readonly planned: number;
}

export type Shortfall =
  /** `rule`: a coverage rule is broken; `demand`: customers wait longer than the target. */
  | {
      readonly kind: 'post';
      readonly why: 'rule' | 'demand';
      readonly date: string;
      readonly fromMs: number;
      readonly post: Post;
      readonly missing: number;
    }
  | { readonly kind: 'head'; readonly date: string; readonly missing: number }
  /** Contract hours that the roster does not give, week of the date. */
  | { readonly kind: 'hours'; readonly staffId: string; readonly date: string; readonly missingMs: number };

export interface Coverage {
  readonly duties: readonly PlacedDuty[];
  readonly slots: readonly SlotCoverage[];
  readonly shortfalls: readonly Shortfall[];
  readonly staffMs: number;
}

interface Unit {
  readonly post: Post;
  readonly why: 'rule' | 'demand';
}

interface Present {
  readonly person: RosterStaff;
  readonly rights: ReadonlyMap<Post, PostRight>;
}

/** Dearest first: any unit a person could be moved to for is filled before a cheaper one (see `PRICES` in the model). */
function unitsOf(day: RosterDay, slot: number): Unit[] {
  const rule = posts.flatMap((post) => Array.from({ length: needOf(day, slot, post).rule }, (): Unit => ({ post, why: 'rule' })));
  const demand = posts.flatMap((post) => {
    const { rule: owed, total } = needOf(day, slot, post);
    return Array.from({ length: total - owed }, (): Unit => ({ post, why: 'demand' }));
  });
  return [...rule, ...demand];
}

/**
 * Who holds which unit in one half hour. Units are filled one after the other, moving people on where that frees one (augmenting
 * paths): the filled set is the dearest that can be. People stay where they were, and a substitute steps in last, where that costs no unit.
 */
function place(units: readonly Unit[], present: readonly Present[], before: ReadonlyMap<string, Place>): ReadonlyMap<Present, number> {
  const holder = new Map<Present, number>();
  const rank = (one: Present, post: Post): number =>
    (one.rights.get(post)?.substitute ? 4 : 0) + (before.get(one.person.staffId) === post ? 0 : 2) + (one.rights.size > 1 ? 1 : 0);
  const candidates = (post: Post): Present[] =>
    present.filter(({ rights }) => rights.has(post)).sort((a, b) => rank(a, post) - rank(b, post));

  const fill = (unit: number, tried: Set<Present>): boolean => {
    const post = units[unit]?.post;
    if (post === undefined) return false;
    const able = candidates(post).filter((one) => !tried.has(one));
    const free = able.find((one) => !holder.has(one));
    if (free !== undefined) {
      holder.set(free, unit);
      return true;
    }
    for (const one of able) {
      if (tried.has(one)) continue;
      tried.add(one);
      const held = holder.get(one);
      if (held === undefined || !fill(held, tried)) continue;
      holder.set(one, unit);
      return true;
    }
    return false;
  };
  for (const unit of units.keys()) fill(unit, new Set());
  return holder;
}

/** `duties`: at most one per person and day; those of people who are not in the problem are left out. */
export function coverageOf(problem: RosterProblem, duties: readonly Duty[]): Coverage {
  const people = new Map(problem.staff.map((person) => [person.staffId, person]));
  const known = duties.filter(({ staffId, date }) => people.has(staffId) && problem.days.some((day) => day.date === date));
  const slots: SlotCoverage[] = [];
  const shortfalls: Shortfall[] = [];
  const placed: PlacedDuty[] = [];

  for (const day of problem.days) {
    const today = known.filter(({ date }) => date === day.date);
    const spells = new Map<string, (Span & { place: Place })[]>(today.map(({ staffId }) => [staffId, []]));
    let before = new Map<string, Place>();
    for (const slot of slotsOf(day, today)) {
      const fromMs = day.fromMs + slot * SLOT_MS;
      const present = today.flatMap((duty): Present[] => {
        const person = people.get(duty.staffId);
        if (person === undefined || !worksAt(duty, fromMs)) return [];
        return [{ person, rights: new Map(rightsOn(person, day.date).map((right) => [right.post, right])) }];
      });
      const units = unitsOf(day, slot);
      const holders = place(units, present, before);
      const filled = new Set(holders.values());
      for (const post of posts) {
        const need = needOf(day, slot, post).total;
        const planned = [...filled].filter((unit) => units[unit]?.post === post).length;
        if (need > 0) slots.push({ date: day.date, fromMs, post, need, planned });
        for (const why of ['rule', 'demand'] as const) {
          const missing = units.filter((unit, index) => unit.post === post && unit.why === why && !filled.has(index)).length;
          if (missing > 0) shortfalls.push({ kind: 'post', why, date: day.date, fromMs, post, missing });
        }
      }
      before = new Map(present.map((one) => [one.person.staffId, units[holders.get(one) ?? -1]?.post ?? 'reserve']));
      for (const [staffId, where] of before) extend(spells.get(staffId) ?? [], where, fromMs);
    }
    placed.push(...today.map((duty): PlacedDuty => ({ ...duty, places: spells.get(duty.staffId) ?? [] })));
    const heads = today.filter(({ staffId }) => people.get(staffId)?.head).length;
    if (heads < day.heads) shortfalls.push({ kind: 'head', date: day.date, missing: day.heads - heads });
  }
  shortfalls.push(...hoursOwed(problem, known));
  return { duties: placed, slots, shortfalls, staffMs: known.reduce((ms, duty) => ms + workedMs(duty), 0) };
}

/** Half hours of the day's needs, and those before and after in which somebody works. */
function slotsOf(day: RosterDay, duties: readonly Duty[]): number[] {
  const first = Math.min(0, ...duties.map(({ fromMs }) => (fromMs - day.fromMs) / SLOT_MS));
  const end = Math.max(day.needs.length, ...duties.map(({ toMs }) => (toMs - day.fromMs) / SLOT_MS));
  return Array.from({ length: end - first }, (_none, index) => first + index);
}

function extend(spells: (Span & { place: Place })[], where: Place, fromMs: number): void {
  const last = spells.at(-1);
  if (last?.place === where && last.toMs === fromMs) spells[spells.length - 1] = { ...last, toMs: fromMs + SLOT_MS };
  else spells.push({ place: where, fromMs, toMs: fromMs + SLOT_MS });
}

function hoursOwed(problem: RosterProblem, duties: readonly Duty[]): Shortfall[] {
  return weeksOf(problem.days).flatMap(({ week, date }, index) =>
    problem.staff.flatMap(({ staffId, contract, workedMs: earlier = 0 }): Shortfall[] => {
      const own = duties.filter((duty) => duty.staffId === staffId && weekNumber(duty.date) === week);
      const given = own.reduce((ms, duty) => ms + workedMs(duty), index === 0 ? earlier : 0);
      const missingMs = (contract.leastWeekMs ?? 0) - given;
      return missingMs > 0 ? [{ kind: 'hours', staffId, date, missingMs }] : [];
    }),
  );
}
