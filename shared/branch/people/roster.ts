/** What the branch's roster says of a person: who they are, which posts they may take, whose certificates are in order. */
import type { BranchConfig, RosterEntry } from '../../contract/config.ts';
import { defaultPeopleRules, defaultPosts } from '../../contract/default-people.ts';
import type { PeopleRules, PostKind } from '../../contract/people.ts';
import type { BranchState } from '../branch.state.ts';
import type { Absence, Loan, Post, RotaDay, RotaShift } from './people.state.ts';

type Of = Pick<BranchState, 'config' | 'people' | 'day'>;

const listed = new WeakMap<BranchConfig['roster'], ReadonlyMap<string, RosterEntry>>();

/** By staffId, in the order of the configuration. */
function rosterOf(roster: BranchConfig['roster']): ReadonlyMap<string, RosterEntry> {
  const before = listed.get(roster);
  if (before !== undefined) return before;
  const byId = new Map(roster.map((entry) => [entry.staffId, entry]));
  listed.set(roster, byId);
  return byId;
}

const ruled = new WeakMap<BranchConfig, PeopleRules>();

/** Undefined for a branch without a people section: it has none of these rules. */
export function peopleRules({ config }: Pick<BranchState, 'config'>): PeopleRules | undefined {
  if (config?.people === undefined) return undefined;
  const before = ruled.get(config);
  if (before !== undefined) return before;
  const rules = { ...defaultPeopleRules, ...config.people.rules };
  ruled.set(config, rules);
  return rules;
}

const loanOf = ({ config, people, day }: Of, staffId: string, date: string | undefined, way: 'in' | 'out'): Loan | undefined =>
  config === undefined || date === undefined
    ? undefined
    : Object.values(people.loans).find(
        (loan) => loan.staffId === staffId && loan.date === date && (loan.entry !== undefined) === (way === 'in') && day !== undefined,
      );

/** Lent to another branch that day. */
export const lentTo = (state: Of, staffId: string, date: string): string | undefined => loanOf(state, staffId, date, 'out')?.toBranchId;

/** The roster's entry, or that of a person borrowed for the date (today unless told). */
export function entryOf(state: Of, staffId: string, date = state.day?.date): RosterEntry | undefined {
  const own = state.config === undefined ? undefined : rosterOf(state.config.roster).get(staffId);
  return own ?? loanOf(state, staffId, date, 'in')?.entry;
}

/** Everybody who may be planned on a date: the roster's, then the borrowed. */
export function staffOn(state: Of, date: string): readonly RosterEntry[] {
  const own = state.config?.roster ?? [];
  const borrowed = Object.values(state.people.loans).flatMap((loan) =>
    loan.date === date && loan.entry !== undefined ? [loan.entry] : [],
  );
  return borrowed.length === 0 ? own : [...own, ...borrowed];
}

export const postsOf = (entry: RosterEntry): readonly PostKind[] => entry.posts ?? defaultPosts[entry.role];

/** A bar is a code with what it is about; its sentences stand in `bars.ts`. */
export interface Bar {
  readonly code:
    | 'staff.post_not_allowed'
    | 'staff.certificate_missing'
    | 'staff.certificate_expired'
    | 'staff.no_skill'
    | 'staff.in_retraining'
    | 'staff.absent'
    | 'staff.lent'
    | 'staff.already_on'
    | 'staff.day_hours'
    | 'staff.week_hours'
    | 'staff.rest';
  readonly params: Readonly<Record<string, string | number>>;
}

/** A certificate the post asks for that is missing, or no longer valid on that date. */
function certificateBar({ config }: Of, entry: RosterEntry, kind: PostKind, date: string): Bar | undefined {
  for (const needed of config?.people?.certificates?.[kind] ?? []) {
    const held = entry.certificates?.filter((one) => one.kind === needed) ?? [];
    if (held.some(({ expiresOn }) => expiresOn >= date)) continue;
    const last = held
      .map(({ expiresOn }) => expiresOn)
      .sort()
      .at(-1);
    const of = { staffId: entry.staffId, certificate: needed };
    return last === undefined
      ? { code: 'staff.certificate_missing', params: of }
      : { code: 'staff.certificate_expired', params: { ...of, expiredOn: last } };
  }
  return undefined;
}

/** How many of a counter's services a person may do. */
export function skillsAt({ config }: Pick<BranchState, 'config'>, entry: RosterEntry, counterId: string): { can: number; of: number } {
  const offered = config?.counters.find(({ id }) => id === counterId)?.serviceIds ?? [];
  const { serviceIds } = entry;
  return { can: serviceIds === undefined ? offered.length : offered.filter((id) => serviceIds.includes(id)).length, of: offered.length };
}

/** Why this person may not take this post on that date, whatever the plan says; undefined when they may. */
export function postBar(state: Of & Pick<BranchState, 'retraining'>, entry: RosterEntry, post: Post, date: string): Bar | undefined {
  const { staffId } = entry;
  // Branches without a people section ask only what was asked before they could have one.
  const asks = state.config?.people !== undefined || entry.posts !== undefined;
  if (asks && !postsOf(entry).includes(post.kind)) return { code: 'staff.post_not_allowed', params: { staffId, post: post.kind } };
  if (post.kind === 'counter' && Object.hasOwn(state.retraining, staffId) && state.retraining[staffId]?.state === 'confirmed')
    return { code: 'staff.in_retraining', params: { staffId } };
  const certificate = certificateBar(state, entry, post.kind, date);
  if (certificate !== undefined) return certificate;
  const lent = lentTo(state, staffId, date);
  return lent === undefined ? undefined : { code: 'staff.lent', params: { staffId, branchId: lent, date } };
}

export const dayOf = ({ people }: Pick<BranchState, 'people'>, date: string): RotaDay | undefined =>
  Object.hasOwn(people.rota, date) ? people.rota[date] : undefined;

const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

export const absenceOf = (state: Pick<BranchState, 'people'>, date: string, staffId: string): Absence | undefined =>
  own(dayOf(state, date)?.absences, staffId);

/** Works for another branch that day. */
export const isLent = ({ people }: Pick<BranchState, 'people'>, date: string, staffId: string): boolean =>
  Object.values(people.loans).some((loan) => loan.entry === undefined && loan.staffId === staffId && loan.date === date);

/** The shift a person works here that day: none while absent or lent. */
export const shiftOf = (state: Pick<BranchState, 'people'>, date: string, staffId: string): RotaShift | undefined =>
  absenceOf(state, date, staffId) === undefined && !isLent(state, date, staffId) ? own(dayOf(state, date)?.shifts, staffId) : undefined;

/** The shift as planned, absent or not. */
export const plannedShiftOf = (state: Pick<BranchState, 'people'>, date: string, staffId: string): RotaShift | undefined =>
  own(dayOf(state, date)?.shifts, staffId);

/** Working time planned, breaks not counted. */
export const workMs = ({ startsAt, endsAt, breaks }: RotaShift): number =>
  endsAt - startsAt - breaks.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
