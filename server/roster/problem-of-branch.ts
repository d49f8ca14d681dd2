/** A branch and its expected flow, made into a roster problem; its rota as duties, and duties as the commands that plan them. */
import type { Calendar } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { msOfTime } from '../../shared/branch/day/local-time.ts';
import { dateAfter, mondayOf, weekOf } from '../../shared/branch/people/dates.ts';
import type { RotaShift } from '../../shared/branch/people/people.state.ts';
import { absenceOf, lentTo, peopleRules, postsOf, shiftOf, skillsAt, staffOn, workMs } from '../../shared/branch/people/roster.ts';
import type { CommandOf } from '../../shared/contract/commands.ts';
import type { BranchConfig, RosterEntry } from '../../shared/contract/config.ts';
import type { PeopleRules, PostKind, ShiftTemplate as BranchShift } from '../../shared/contract/people.ts';
import { type Stream, windowsNeeded } from '../../shared/forecast/offered-load.ts';
import type { PlacedDuty } from '../../shared/roster/coverage.ts';
import {
  type Duty,
  type Post,
  type PostRight,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  type ShiftTemplate,
  SLOT_MS,
  type Span,
} from '../../shared/roster/roster-problem.ts';

const DAY_MS = 86_400_000;
const SLOTS_A_DAY = DAY_MS / SLOT_MS;
/** Share of customers to be served within the branch's target. */
const SERVED_SHARE = 0.95;
/** A planned break may begin so much later than the roster has it. */
const BREAK_PLAY_MS = 15 * 60_000;

export type Zone = 'cash' | 'nonCash';
/** Expected arrivals of a local date in its 48 half hours, and how long they are served, per skill group. */
export type FlowOfDay = (date: string, zone: Zone) => Omit<Stream, 'serviceId'>;

export interface BranchParts {
  readonly state: BranchState;
  readonly calendar: Calendar;
  readonly dates: readonly string[];
}

export type BranchProblem =
  | { readonly ok: true; readonly problem: (flow: FlowOfDay) => RosterProblem }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** Days on which the branch is shut are left out. `dates` ascend, within one week (contract hours are counted per week). */
export function problemOfBranch({ state, calendar, dates }: BranchParts): BranchProblem {
  const { config } = state;
  const rules = peopleRules(state);
  if (config?.people === undefined || rules === undefined)
    return {
      ok: false,
      code: 'roster.not_set_up',
      reason: 'This branch has no people section yet; an administrator adds it in the settings.',
    };
  const templates = config.people.shifts.flatMap((shift) => templateOf(shift) ?? []);
  if (templates.length === 0)
    return {
      ok: false,
      code: 'roster.no_shifts',
      reason: 'This branch has no shift of at least half an hour within one day to plan with; an administrator adds one in the settings.',
    };
  const open = dates.flatMap((date) => openOn(config, calendar, date) ?? []);
  if (open.length === 0) return { ok: false, code: 'roster.shut', reason: 'The branch is shut on all of these days; choose others.' };
  const people = new Map(dates.flatMap((date) => staffOn(state, date).map((entry) => [entry.staffId, entry] as const)));
  const staff = [...people.values()].map((entry) => staffOf(state, rules, calendar, entry, dates));
  const current = currentDuties(state, calendar, dates);
  const { restMs } = rules;
  return {
    ok: true,
    problem: (flow) => ({ days: open.map((day) => needsOf(config, rules, flow, day)), staff, templates, restMs, current }),
  };
}

const timeOf = (ms: number): string =>
  `${String(Math.floor(ms / 3_600_000)).padStart(2, '0')}:${String((ms / 60_000) % 60).padStart(2, '0')}`;
const up = (ms: number): number => Math.ceil(ms / SLOT_MS) * SLOT_MS;
const down = (ms: number): number => Math.floor(ms / SLOT_MS) * SLOT_MS;

/** On the half-hour grid: only half hours wholly worked count, a break takes whole ones. Undefined for a shift over midnight. */
function templateOf({ id, from, until, breaks }: BranchShift): ShiftTemplate | undefined {
  const [fromMs, toMs] = [up(msOfTime(from)), down(msOfTime(until))];
  if (toMs <= fromMs) return undefined;
  const rules = breaks.map(({ earliest, latest, lengthMs }) => {
    const length = up(lengthMs);
    const start = Math.max(fromMs, up(msOfTime(earliest)));
    return { lengthMs: length, within: { fromMs: start, toMs: Math.min(toMs, Math.max(start, down(msOfTime(latest))) + length) } };
  });
  const fits = rules.length <= 2 && rules.every(({ lengthMs, within }) => within.toMs - within.fromMs >= lengthMs);
  return fits ? { id, fromMs, toMs, breaks: rules } : undefined;
}

/** Half hours of a date in which the branch is open, counted from local midnight. */
interface OpenDay {
  readonly date: string;
  readonly first: number;
  readonly end: number;
}

function openOn(config: BranchConfig, calendar: Calendar, date: string): OpenDay | undefined {
  const midnight = calendar.instantOf(date, '00:00', config.hours);
  const { opensAt, closesAt, endsAt } = calendar.dayOf(midnight, config.hours);
  const open = config.hours.roundTheClock ? { from: midnight, to: endsAt } : { from: opensAt, to: closesAt };
  if (open.from === undefined || open.to === undefined) return undefined;
  const first = Math.floor((open.from - midnight) / SLOT_MS);
  return { date, first, end: Math.min(SLOTS_A_DAY, Math.ceil((open.to - midnight) / SLOT_MS)) };
}

function needsOf(config: BranchConfig, rules: PeopleRules, flow: FlowOfDay, { date, first, end }: OpenDay): RosterDay {
  const streams = { cash: flow(date, 'cash'), nonCash: flow(date, 'nonCash') };
  const windows = (zone: Zone): readonly number[] => {
    const most = config.counters.filter((counter) => zoneOf(config, counter.serviceIds) === zone).length;
    const rule = { rule: 'target', target: { share: SERVED_SHARE, withinMs: config.policy.servedTargetMs } } as const;
    return windowsNeeded([{ serviceId: zone, ...streams[zone] }], SLOT_MS, rule).map((need) => Math.min(most, need.windows));
  };
  const [cash, nonCash] = [windows('cash'), windows('nonCash')];
  const atLeast = (rule: number, total = 0) => ({ rule, total: Math.max(rule, total) });
  const needs = Array.from({ length: end - first }, (_none, index) => {
    const slot = first + index;
    const customers = (streams.cash.arrivals[slot] ?? 0) + (streams.nonCash.arrivals[slot] ?? 0);
    // As many customers in half an hour as make a lobby busy.
    const busy = customers >= rules.busyWaiting ? rules.lobbyBusy : 0;
    return {
      guard: atLeast(rules.guards),
      lobby: atLeast(rules.lobby, busy),
      cash: atLeast(rules.cashTellers, cash[slot]),
      nonCash: atLeast(rules.nonCashTellers, nonCash[slot]),
    };
  });
  return { date, fromMs: first * SLOT_MS, needs, heads: rules.headOnFloorBy === null ? 0 : 1 };
}

/** Of a counter: the zone of most of its services. */
export function zoneOf(config: BranchConfig, serviceIds: readonly string[]): Zone {
  const zones = serviceIds.map((id) => config.services.find((service) => service.id === id)?.zone);
  return zones.filter((zone) => zone === 'cash').length * 2 >= zones.length ? 'cash' : 'nonCash';
}

function staffOf(state: BranchState, rules: PeopleRules, calendar: Calendar, entry: RosterEntry, dates: readonly string[]): RosterStaff {
  const { staffId, contract = rules.contract } = entry;
  const [first = ''] = dates;
  const away = (date: string): boolean =>
    absenceOf(state, date, staffId) !== undefined ||
    lentTo(state, staffId, date) !== undefined ||
    !staffOn(state, date).some((one) => one.staffId === staffId);
  const others = weekOf(first).flatMap((date) => (dates.includes(date) ? [] : (shiftOf(state, date, staffId) ?? [])));
  const before = shiftOf(state, dateAfter(first, -1), staffId);
  const midnight = (date: string): number => calendar.instantOf(date, '00:00', state.config?.hours ?? neverOpen);
  return {
    staffId,
    posts: rightsOf(state, entry),
    head: entry.role === 'head',
    contract: { mostDayMs: contract.dayMs, mostWeekMs: contract.weekMs },
    workedMs: others.reduce((ms, shift) => ms + workMs(shift), 0),
    workedDays: others.length,
    ...(before === undefined ? {} : { previousEndMs: before.endsAt - midnight(dateAfter(first, -1)) }),
    absences: dates.filter(away).map((date) => ({ date, fromMs: 0, toMs: DAY_MS })),
  };
}

const neverOpen = { timeZone: 'UTC', week: [], holidays: [], makeUpDays: [] };

/** Posts of the roster that this person may hold, each with the last day of the certificates it asks for. */
function rightsOf(state: BranchState, entry: RosterEntry): PostRight[] {
  const kinds = postsOf(entry);
  const right = (post: Post, kind: PostKind): PostRight[] => {
    if (!kinds.includes(kind)) return [];
    const asked = state.config?.people?.certificates?.[kind] ?? [];
    const until = asked.map((needed) =>
      latest((entry.certificates ?? []).filter((one) => one.kind === needed).map(({ expiresOn }) => expiresOn)),
    );
    if (until.includes(undefined)) return [];
    const [certifiedUntil] = until.filter((date) => date !== undefined).sort();
    return [{ post, ...(certifiedUntil === undefined ? {} : { certifiedUntil }), ...(kinds[0] === kind ? {} : { substitute: true }) }];
  };
  const retraining = Object.hasOwn(state.retraining, entry.staffId) && state.retraining[entry.staffId]?.state === 'confirmed';
  const zones = retraining ? [] : (['cash', 'nonCash'] as const).filter((zone) => mayServe(state, entry, zone));
  return [...right('guard', 'guard'), ...right('lobby', 'lobby'), ...zones.flatMap((zone) => right(zone, 'counter'))];
}

const latest = (dates: readonly string[]): string | undefined => dates.toSorted().at(-1);

/** Who may do at least half of the services of some counter of that zone counts as a teller of it. */
function mayServe(state: BranchState, entry: RosterEntry, zone: Zone): boolean {
  const { config } = state;
  return (config?.counters ?? []).some((counter) => {
    if (config === undefined || counter.serviceIds.length === 0 || zoneOf(config, counter.serviceIds) !== zone) return false;
    const { can, of } = skillsAt(state, entry, counter.id);
    return can * 2 >= of;
  });
}

/** The rota as it stands. Of breaks only the window is planned: each lies where fewest others are away, as a lobby manager would have it. */
export function currentDuties(state: BranchState, calendar: Calendar, dates: readonly string[]): Duty[] {
  const hours = state.config?.hours;
  if (hours === undefined) return [];
  return dates.flatMap((date) => {
    const midnight = calendar.instantOf(date, '00:00', hours);
    const away = new Map<number, number>();
    return staffOn(state, date).flatMap(({ staffId }): Duty[] => {
      const shift = shiftOf(state, date, staffId);
      const [fromMs, toMs] =
        shift === undefined ? [0, 0] : [up(shift.startsAt - midnight), Math.min(DAY_MS, down(shift.endsAt - midnight))];
      if (shift === undefined || toMs <= fromMs) return [];
      const breaks = shift.breaks.flatMap((planned) => placeBreak(planned, midnight, { fromMs, toMs }, away));
      return [{ staffId, date, templateId: shift.shiftId ?? 'own', fromMs, toMs, breaks }];
    });
  });
}

function placeBreak(planned: RotaShift['breaks'][number], midnight: number, within: Span, away: Map<number, number>): Span[] {
  const length = up(planned.lengthMs);
  const first = up(planned.earliestAt - midnight);
  const last = Math.min(within.toMs - length, Math.max(first, down(planned.latestAt - midnight)));
  let best: { readonly fromMs: number; readonly others: number } | undefined;
  for (let fromMs = Math.max(first, within.fromMs); fromMs <= last; fromMs += SLOT_MS) {
    let others = 0;
    for (let at = fromMs; at < fromMs + length; at += SLOT_MS) others += away.get(at) ?? 0;
    if (best === undefined || others < best.others) best = { fromMs, others };
  }
  if (best === undefined) return [];
  const span = { fromMs: best.fromMs, toMs: best.fromMs + length };
  for (let at = span.fromMs; at < span.toMs; at += SLOT_MS) away.set(at, (away.get(at) ?? 0) + 1);
  return [span];
}

export type PlanCommand = CommandOf<'roster.setShift'>;

/** The command that plans a duty (or, without one, the day off), as a lead would give it. */
export function planCommand(state: BranchState, date: string, staffId: string, duty: PlacedDuty | undefined): PlanCommand {
  if (duty === undefined) return { type: 'roster.setShift', date, staffId, shift: null };
  const template = state.config?.people?.shifts.find(({ id }) => id === duty.templateId);
  const breaks = duty.breaks.map(({ fromMs, toMs }, index) => {
    const lengthMs = template?.breaks[index]?.lengthMs ?? toMs - fromMs;
    const latestMs = Math.min(fromMs + BREAK_PLAY_MS, (template === undefined ? duty.toMs : msOfTime(template.until)) - lengthMs);
    return { earliest: timeOf(fromMs), latest: timeOf(Math.max(fromMs, latestMs)), lengthMs };
  });
  return { type: 'roster.setShift', date, staffId, shift: { shiftId: duty.templateId, breaks, post: mainPost(state, duty) } };
}

/** Where most of the duty is spent; one without a post of the roster is on the floor or in the back office, whichever is theirs. */
function mainPost(state: BranchState, { staffId, date, places }: PlacedDuty): PostKind {
  const spent = new Map<PostKind, number>();
  for (const { place, fromMs, toMs } of places) {
    if (place === 'reserve') continue;
    const kind = place === 'cash' || place === 'nonCash' ? 'counter' : place;
    spent.set(kind, (spent.get(kind) ?? 0) + toMs - fromMs);
  }
  const [most] = [...spent].sort(([, a], [, b]) => b - a);
  const entry = staffOn(state, date).find((one) => one.staffId === staffId);
  return most?.[0] ?? (entry === undefined ? 'backOffice' : (postsOf(entry)[0] ?? 'backOffice'));
}

/** Whether dates lie in one week, Monday to Sunday. */
export const inOneWeek = (from: string, to: string): boolean => mondayOf(from) === mondayOf(to);
