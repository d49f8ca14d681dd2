/** Breaks by the rota, and who goes next when the line allows it: a lunch rota that follows the queue (domain.md section 4). */
import { LONGEST_PROMISE_MS } from '../attention/promise.ts';
import type { BranchState } from '../branch.state.ts';
import { actingKind, counterConfig } from '../queue/eligible.ts';
import { lineFor } from '../queue/order.ts';
import { dateAfter } from './dates.ts';
import { onPost, tellersOpen } from './gaps.ts';
import type { PlannedBreak, Presence, RotaShift } from './people.state.ts';
import { peopleRules, plannedShiftOf, shiftOf } from './roster.ts';

export interface NextBreak {
  /** The date of its shift and its place in it. */
  readonly date: string;
  readonly index: number;
  readonly planned: PlannedBreak;
  readonly shift: RotaShift;
}

/** The shift a person is in at `at` (hub ms): today's, or last night's while it lasts. */
export function shiftAt(state: BranchState, staffId: string, at: number): { date: string; shift: RotaShift } | undefined {
  const date = state.day?.date;
  if (date === undefined) return undefined;
  for (const one of [dateAfter(date, -1), date]) {
    const shift = shiftOf(state, one, staffId);
    if (shift !== undefined && shift.endsAt > at) return { date: one, shift };
  }
  return undefined;
}

/** The first break of the shift that was not begun yet. */
export function nextBreak(state: BranchState, staffId: string, at: number): NextBreak | undefined {
  const now = shiftAt(state, staffId, at);
  const index = now?.shift.breaks.findIndex(({ beganAt }) => beganAt === undefined) ?? -1;
  const planned = now?.shift.breaks[index];
  return now === undefined || planned === undefined ? undefined : { date: now.date, index, planned, shift: now.shift };
}

/** When it must have begun at the latest: whoever came late has not worked long enough for it yet. Undefined when the shift ends first. */
export function breakDueAt(state: BranchState, here: Presence, { planned, shift }: NextBreak): number | undefined {
  const rules = peopleRules(state);
  if (rules === undefined) return undefined;
  const dueAt = Math.max(planned.latestAt, here.arrivedAt + rules.breakAfterWorkMs);
  return dueAt + planned.lengthMs > shift.endsAt ? undefined : dueAt;
}

/** When a break should be over: as it was said, by the plan, or as long as a break usually is. Undefined where nobody is on one. */
export function breakEndsAt(state: BranchState, { break: away, staffId }: Presence): number | undefined {
  const rules = peopleRules(state);
  if (rules === undefined || away === undefined) return undefined;
  const { since, backAt, date, index } = away;
  if (backAt !== undefined) return Math.min(backAt, since + LONGEST_PROMISE_MS);
  const planned = date === undefined || index === undefined ? undefined : plannedShiftOf(state, date, staffId)?.breaks[index];
  return since + (planned?.lengthMs ?? rules.breakUntoldMs);
}

/** Whether the break of whoever sits at a window is watched: its pause then needs no clock of its own. */
export function tellsOfBreak(state: BranchState, staffId: string | undefined): boolean {
  const here = staffId !== undefined && Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
  return here?.break !== undefined && (peopleRules(state)?.breakOverrunMs ?? null) !== null;
}

/** Why somebody should wait with the break. Whoever is serving goes after this customer, which holds nobody. */
export type BreakHold = 'line' | 'lastTeller' | 'lastOnPost';

export interface BreakAdvice {
  readonly staffId: string;
  readonly dueAt: number;
  readonly lengthMs: number;
  /** Past its latest time: it goes before the line. */
  readonly overdue: boolean;
  /** Empty: may go now. */
  readonly holds: readonly BreakHold[];
}

/** What holds a person back at `now`: the line at the window that would close, the last one on a post. */
function holdsOf(state: BranchState, { post }: Presence): BreakHold[] {
  const rules = peopleRules(state);
  if (rules === undefined || post === undefined) return [];
  if (post.kind === 'lobby' || post.kind === 'guard') {
    const least = post.kind === 'lobby' ? rules.lobby : rules.guards;
    return onPost(state, post.kind) - 1 < least ? ['lastOnPost'] : [];
  }
  const counter = post.counterId === undefined ? undefined : state.counters[post.counterId];
  const config = post.counterId === undefined ? undefined : counterConfig(state, post.counterId);
  if (
    counter === undefined ||
    config === undefined ||
    state.config === undefined ||
    counter.state === 'closed' ||
    counter.state === 'paused'
  )
    return [];
  const kind = actingKind(config);
  const [zone, least] =
    kind === 'nonCash' || kind === 'corporate' ? (['nonCash', rules.nonCashTellers] as const) : (['cash', rules.cashTellers] as const);
  const left = tellersOpen(state)[zone] - 1;
  const holds: BreakHold[] = [];
  if (left < least) holds.push('lastTeller');
  if (lineFor(state, counter.id).waiting >= state.config.policy.peakWaitingPerWindow * Math.max(1, left)) holds.push('line');
  return holds;
}

/** The break of one person here that may have begun by `now`; undefined when none is due. */
export function breakOf(state: BranchState, here: Presence, now: number): BreakAdvice | undefined {
  const next = here.break === undefined ? nextBreak(state, here.staffId, now) : undefined;
  const dueAt = next === undefined ? undefined : breakDueAt(state, here, next);
  if (next === undefined || dueAt === undefined || next.planned.earliestAt > now) return undefined;
  return { staffId: here.staffId, dueAt, lengthMs: next.planned.lengthMs, overdue: dueAt <= now, holds: holdsOf(state, here) };
}

/**
 * Everybody here whose break may have begun by `now`, who goes next first: those past their time, then those whom nothing
 * holds, then by deadline. Pure; some dozens of people at most.
 */
export function breakQueue(state: BranchState, now: number): BreakAdvice[] {
  const found = Object.values(state.people.presence).flatMap((here) => breakOf(state, here, now) ?? []);
  const rank = ({ overdue, holds }: BreakAdvice): number => (overdue ? 0 : holds.length === 0 ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || a.dueAt - b.dueAt || (a.staffId < b.staffId ? -1 : 1));
}

/** Who goes on a break next: undefined when nobody is due one, or the line holds everybody whose time is not over. */
export function adviseNextBreak(state: BranchState, now: number): BreakAdvice | undefined {
  const [first] = breakQueue(state, now);
  return first !== undefined && (first.overdue || first.holds.length === 0) ? first : undefined;
}
