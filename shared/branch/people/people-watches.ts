/** Which rules about people need a person now, or will at a known instant. */
import type { Watch } from '../attention/attention.ts';
import type { Attention, AttentionKind, BranchState } from '../branch.state.ts';
import { breakDueAt, breakEndsAt, nextBreak } from './breaks.ts';
import { dateAfter } from './dates.ts';
import { onPost } from './gaps.ts';
import { type EmptyShift, emptyShifts, swapEndsAt } from './people-time.ts';
import type { GapKind, Presence, Swap } from './people.state.ts';
import { absenceOf, peopleRules } from './roster.ts';
import type { PeopleRules } from '../../contract/people.ts';

/** A list for people: beyond so many of a kind the roster tells more. */
const MOST_OF_A_KIND = 20;

const gapLooks: Readonly<Record<GapKind, { kind: AttentionKind; zone?: Attention['zone']; after: (rules: PeopleRules) => number }>> = {
  lobby: { kind: 'lobbyUnattended', after: (rules) => rules.lobbyAfterMs },
  lobbyBusy: { kind: 'lobbyShort', after: (rules) => rules.busyAfterMs },
  cash: { kind: 'tellersShort', zone: 'cash', after: (rules) => rules.tellersAfterMs },
  nonCash: { kind: 'tellersShort', zone: 'nonCash', after: (rules) => rules.tellersAfterMs },
  head: { kind: 'headUnreachable', after: () => 0 },
  guard: { kind: 'guardAway', after: (rules) => rules.guardAfterMs },
};

function gapWatches(state: BranchState, rules: PeopleRules): Watch[] {
  return Object.entries(state.people.gaps).map(([gap, { since, staffId }]) => {
    const { kind, zone, after } = gapLooks[gap as GapKind];
    return {
      item: { id: `${kind}:${zone ?? 'branch'}`, kind, since, staffId, ...(zone === undefined ? {} : { zone }) },
      at: since + after(rules),
    };
  });
}

function breakWatches(state: BranchState, here: Presence, rules: PeopleRules): Watch[] {
  const { staffId, post } = here;
  // Last night's shift counts only for whoever is in it still.
  const from = Math.max(here.arrivedAt, state.people.begun?.at ?? 0);
  const next = here.break === undefined ? nextBreak(state, staffId, from) : undefined;
  const dueAt = next === undefined ? undefined : breakDueAt(state, here, next);
  if (next === undefined || dueAt === undefined) return [];
  const of = { staffId, counterId: post?.counterId };
  const warnAt = Math.max(next.planned.earliestAt, dueAt - rules.breakWarnMs);
  return [
    { item: { id: `breakDue:${staffId}`, kind: 'breakDue', since: next.planned.earliestAt, ...of }, at: warnAt },
    { item: { id: `breakOverdue:${staffId}`, kind: 'breakOverdue', since: dueAt, ...of }, at: dueAt },
  ];
}

function overrunWatches(state: BranchState, here: Presence, { breakOverrunMs }: PeopleRules): Watch[] {
  const since = breakEndsAt(state, here);
  if (since === undefined || breakOverrunMs === null) return [];
  const { staffId, post } = here;
  const item = { id: `breakOverrun:${staffId}`, kind: 'breakOverrun' as const, since, staffId, counterId: post?.counterId };
  return [{ item, at: since + breakOverrunMs }];
}

/** Nobody is late for a shift that lay behind before the day was begun. */
function arrivalWatch({ people }: BranchState, { date, shift }: EmptyShift, graceMs: number): Watch[] {
  const { staffId, startsAt, endsAt, post } = shift;
  const at = Math.max(startsAt, people.begun?.at ?? endsAt) + graceMs;
  if (at >= endsAt) return [];
  const of = { staffId, counterId: post.counterId, date };
  return [{ item: { id: `notArrived:${staffId}:${date}`, kind: 'notArrived', since: startsAt, ...of }, at }];
}

function placeWatch(state: BranchState, { date, shift }: EmptyShift, aheadMs: number): Watch[] {
  const { staffId, startsAt, endsAt, post } = shift;
  const at = Math.max(absenceOf(state, date, staffId)?.toldAt ?? 0, startsAt - aheadMs);
  if (at >= endsAt) return [];
  const of = { staffId, counterId: post.counterId, date, dueAt: startsAt };
  return [{ item: { id: `placeOpen:${staffId}:${date}`, kind: 'placeOpen', since: at, ...of }, at }];
}

/** Whose place is empty: not come to the shift, or away without anybody instead. */
function emptyWatches(state: BranchState, { arrivalGraceMs, placeOpenAheadMs }: PeopleRules): Watch[] {
  const empty = emptyShifts(state);
  const late = empty.flatMap((one) => (one.away || arrivalGraceMs === null ? [] : arrivalWatch(state, one, arrivalGraceMs)));
  const open = empty.flatMap((one) => (one.away && placeOpenAheadMs !== null ? placeWatch(state, one, placeOpenAheadMs) : []));
  return [...late.slice(0, MOST_OF_A_KIND), ...open.slice(0, MOST_OF_A_KIND)];
}

/** Whoever is asked is told by their own screen; this is for whoever can decide instead. */
function swapWatch(state: BranchState, swap: Swap, answerMs: number): Watch {
  const { id, offeredAt: since, withStaffId: staffId, date } = swap;
  const dueAt = swapEndsAt(state, swap);
  const soonest = dueAt === undefined ? Number.POSITIVE_INFINITY : Math.max(since, dueAt - answerMs);
  const of = { staffId, date, swapId: id, ...(dueAt === undefined ? {} : { dueAt }) };
  return { item: { id: `swapWaiting:${id}`, kind: 'swapWaiting', since, ...of }, at: Math.min(since + answerMs, soonest) };
}

function swapWatches(state: BranchState, { swapAnswerMs }: PeopleRules): Watch[] {
  if (swapAnswerMs === null) return [];
  return Object.values(state.people.swaps)
    .map((swap) => swapWatch(state, swap, swapAnswerMs))
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST_OF_A_KIND);
}

/** By the day: whoever is asked for a certificate learns of its end some weeks before. */
function certificateWatches({ config, day, people }: BranchState, rules: PeopleRules): Watch[] {
  const since = people.begun?.at;
  if (day === undefined || since === undefined) return [];
  const soon = dateAfter(day.date, rules.certificateWarnDays);
  const ending = (config?.roster ?? []).flatMap(({ staffId, certificates = [] }) =>
    certificates
      // Of two of a kind the newer one counts.
      .filter(({ kind, expiresOn }) => expiresOn <= soon && !certificates.some((one) => one.kind === kind && one.expiresOn > expiresOn))
      .map(({ kind, expiresOn }) => ({ staffId, certificate: kind, expiresOn })),
  );
  return ending
    .sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : a.expiresOn > b.expiresOn ? 1 : 0))
    .slice(0, MOST_OF_A_KIND)
    .map(({ staffId, certificate, expiresOn }) => {
      const kind = expiresOn < day.date ? 'certificateExpired' : 'certificateExpiring';
      return { item: { id: `${kind}:${staffId}:${certificate}`, kind, since, staffId }, at: since };
    });
}

/** From the hour the branch names: a head who is on the floor now, or was today, satisfies it. */
function headFloorWatches(state: BranchState): Watch[] {
  const { day, people } = state;
  const at = people.begun?.headFloorByAt;
  const seen = people.headOnFloor === day?.date || onPost(state, 'floor') > 0;
  if (at === undefined || seen || day?.phase !== 'business') return [];
  return [{ item: { id: 'headNotOnFloor:branch', kind: 'headNotOnFloor', since: at }, at }];
}

interface Remembered {
  readonly basis: readonly unknown[];
  readonly found: readonly Watch[];
}

const none: readonly Watch[] = [];
const remembered = new WeakMap<BranchState['people'], Remembered>();

/** Asked at every command, so remembered until a person, the day or the configuration changes. */
export function peopleWatches(state: BranchState): readonly Watch[] {
  const rules = peopleRules(state);
  if (rules === undefined) return none;
  const { people, day, config } = state;
  const known = remembered.get(people);
  if (known !== undefined && known.basis[0] === day && known.basis[1] === config) return known.found;
  const found = [
    ...gapWatches(state, rules),
    ...Object.values(people.presence).flatMap((here) => [...breakWatches(state, here, rules), ...overrunWatches(state, here, rules)]),
    ...emptyWatches(state, rules),
    ...swapWatches(state, rules),
    ...headFloorWatches(state),
    ...certificateWatches(state, rules),
  ];
  remembered.set(people, { basis: [day, config], found });
  return found;
}
