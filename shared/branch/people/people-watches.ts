/** Which rules about people need a person now, or will at a known instant. */
import type { Watch } from '../attention/attention.ts';
import type { Attention, AttentionKind, BranchState } from '../branch.state.ts';
import { breakDueAt, nextBreak } from './breaks.ts';
import { dateAfter } from './dates.ts';
import { onPost } from './gaps.ts';
import type { GapKind, Presence } from './people.state.ts';
import { peopleRules } from './roster.ts';
import type { PeopleRules } from '../../contract/people.ts';

/** A list for people: beyond this the roster tells more. */
const MOST_CERTIFICATES = 20;

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
    .slice(0, MOST_CERTIFICATES)
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
    ...Object.values(people.presence).flatMap((here) => breakWatches(state, here, rules)),
    ...headFloorWatches(state),
    ...certificateWatches(state, rules),
  ];
  remembered.set(people, { basis: [day, config], found });
  return found;
}
