/** What people's events do to the state, and what other subjects' events mean for where people are. */
import type { Envelope } from '../../aggregate.ts';
import type { BranchEvent } from '../branch.events.ts';
import type { BranchState } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { dateAfter } from './dates.ts';
import { isBusy, openGaps } from './gaps.ts';
import type { PeopleEvent } from './people.events.ts';
import {
  DAYS_BACK,
  type Gap,
  type GapKind,
  LEFT_KEPT_MS,
  type Loan,
  type PeopleState,
  type Post,
  type Presence,
  type RotaDay,
} from './people.state.ts';
import { dayOf, entryOf } from './roster.ts';
import { datesOf, emptyDay, evolveDay } from './rota.evolve.ts';

type Told<T extends BranchEvent['type'] = BranchEvent['type']> = Envelope & Extract<BranchEvent, { type: T }>;

const withPeople = (state: BranchState, people: Partial<PeopleState>): BranchState => ({
  ...state,
  people: { ...state.people, ...people },
});

function onRota(state: BranchState, event: Envelope & PeopleEvent): BranchState {
  const changed = datesOf(event).map((date): [string, RotaDay] => [date, evolveDay(dayOf(state, date) ?? emptyDay(date), event, event.at)]);
  return changed.length === 0 ? state : withPeople(state, { rota: { ...state.people.rota, ...Object.fromEntries(changed) } });
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

function arrive(state: BranchState, staffId: string, post: Post | undefined, at: number): BranchState {
  const before = state.people.presence[staffId];
  const { break: away } = before ?? {};
  const here: Presence = {
    staffId,
    ...(post === undefined ? {} : { post }),
    since: at,
    arrivedAt: before?.arrivedAt ?? at,
    ...(away === undefined ? {} : { break: away }),
  };
  const { presence, left } = state.people;
  return withPeople(state, {
    presence: { ...presence, [staffId]: here },
    ...(left[staffId] === undefined ? {} : { left: without(left, staffId) }),
  });
}

function leave(state: BranchState, staffId: string, at: number): BranchState {
  const { presence, left } = state.people;
  return presence[staffId] === undefined
    ? state
    : withPeople(state, { presence: without(presence, staffId), left: { ...left, [staffId]: at } });
}

function addLoan(state: BranchState, loan: Loan): BranchState {
  return withPeople(state, { loans: { ...state.people.loans, [loan.id]: loan } });
}

const endSwap = (state: BranchState, swapId: string): BranchState => withPeople(state, { swaps: without(state.people.swaps, swapId) });

function startBreak(state: BranchState, event: Told<'break.began'>): BranchState {
  const here = state.people.presence[event.staffId];
  const next = onRota(state, event);
  if (here === undefined) return next;
  const { at: since, backAt, date, index } = event;
  return withPeople(next, { presence: { ...state.people.presence, [event.staffId]: { ...here, break: { since, backAt, date, index } } } });
}

function endBreak(state: BranchState, event: Told<'break.ended'>): BranchState {
  const here = state.people.presence[event.staffId];
  const next = onRota(state, event);
  if (here === undefined) return next;
  const { break: _over, ...back } = here;
  return withPeople(next, { presence: { ...state.people.presence, [event.staffId]: back } });
}

function beginDay(state: BranchState, event: Told<'roster.dayBegan'>): BranchState {
  const { date, at, headFloorByAt } = event;
  return withPeople(event.day === undefined ? state : onRota(state, event), { begun: { date, at, headFloorByAt } });
}

export const peopleFolds = {
  'roster.dayBegan': beginDay,
  'roster.daySet': onRota,
  'roster.shiftSet': onRota,
  'roster.dutySet': onRota,
  'roster.absenceSet': onRota,
  'roster.absenceExplained': onRota,
  'roster.absenceCancelled': onRota,
  'roster.substituted': onRota,
  'roster.swapOffered': (state, { swapId: id, date, staffId, withDate, withStaffId, at: offeredAt }) =>
    withPeople(state, { swaps: { ...state.people.swaps, [id]: { id, date, staffId, withDate, withStaffId, offeredAt } } }),
  'roster.swapDeclined': (state, event) => endSwap(state, event.swapId),
  'roster.swapLapsed': (state, event) => endSwap(state, event.swapId),
  'roster.shiftMissed': onRota,
  'roster.swapped': (state, event) => onRota(endSwap(state, event.swapId), event),
  'post.taken': (state, event) => arrive(state, event.staffId, event.post, event.at),
  'post.left': (state, event) => leave(state, event.staffId, event.at),
  'break.began': startBreak,
  'break.ended': endBreak,
  'duty.reachSet': (state, { staffId, reachable }) => {
    const others = state.people.unreachable.filter((id) => id !== staffId);
    return withPeople(state, { unreachable: reachable ? others : [...others, staffId] });
  },
  'staff.lent': (state, { loanId: id, staffId, date, toBranchId, branchId: fromBranchId }) =>
    addLoan(state, { id, staffId, date, fromBranchId, toBranchId }),
  'staff.borrowed': (state, { loanId: id, staffId, date, fromBranchId, entry, branchId: toBranchId }) =>
    addLoan(state, { id, staffId, date, fromBranchId, toBranchId, entry }),
  'staff.loanEnded': (state, event) => withPeople(state, { loans: without(state.people.loans, event.loanId) }),
} satisfies Folds;

/** A day is begun shut, and whoever forgot to sign off has long gone; round the clock only those on no post have. */
function startDay(state: BranchState, { date, phase, at }: Told<'branch.dayStarted'>): BranchState {
  const { presence, left, rota, swaps, loans } = state.people;
  const oldest = dateAfter(date, -DAYS_BACK);
  const yesterday = dateAfter(date, -1);
  const stays = ({ post }: Presence): boolean => post?.kind === 'counter' || (post !== undefined && phase !== 'closed');
  const keep = <T>(record: Readonly<Record<string, T>>, wanted: (value: T) => boolean): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => wanted(value)));
  const gone = Object.values(presence).filter((one) => !stays(one));
  return withPeople(state, {
    presence: keep(presence, stays),
    left: { ...keep(left, (wentAt) => wentAt > at - LEFT_KEPT_MS), ...Object.fromEntries(gone.map(({ staffId }) => [staffId, at])) },
    rota: keep(rota, (day) => day.date >= oldest),
    swaps: keep(swaps, (swap) => swap.date >= date && swap.withDate >= date),
    loans: keep(loans, (loan) => loan.date >= yesterday),
  });
}

/** What an event of another subject says about people: who signs on at a window is there. */
export function followPeople(before: BranchState, state: BranchState, event: Told): BranchState {
  switch (event.type) {
    case 'counter.opened':
      return event.staffId === undefined ? state : arrive(state, event.staffId, { kind: 'counter', counterId: event.counterId }, event.at);
    case 'counter.closed': {
      const staffId = before.counters[event.counterId]?.staffId;
      const here = staffId === undefined ? undefined : state.people.presence[staffId];
      return here?.post?.counterId === event.counterId ? arrive(state, here.staffId, undefined, event.at) : state;
    }
    // A window is closed by a person's word; every other post ends with the shift.
    case 'shift.ended':
      return state.people.presence[event.staffId]?.post?.kind === 'counter' ? state : leave(state, event.staffId, event.at);
    case 'branch.dayStarted':
      return startDay(state, event);
    case 'post.taken':
      return event.post.kind === 'floor' && entryOf(state, event.staffId)?.role === 'head' && state.day !== undefined
        ? withPeople(state, { headOnFloor: state.day.date })
        : state;
    default:
      return state;
  }
}

/** Remembers since when each rule has not been kept, and through whose going. Looks only when something it hangs on has changed. */
export function noteGaps(before: BranchState, state: BranchState, event: Told): BranchState {
  const same =
    before.config === state.config &&
    before.day === state.day &&
    before.people === state.people &&
    before.counters === state.counters &&
    (before.waiting === state.waiting || isBusy(before) === isBusy(state));
  if (same) return state;
  const found = openGaps(state);
  const { gaps } = state.people;
  if (found.length === Object.keys(gaps).length && found.every((kind) => gaps[kind] !== undefined)) return state;
  const staffId = 'staffId' in event ? event.staffId : undefined;
  const fresh: Gap = { since: event.at, ...(staffId === undefined ? {} : { staffId }) };
  const entries = found.map((kind): [GapKind, Gap] => [kind, gaps[kind] ?? fresh]);
  return withPeople(state, { gaps: Object.fromEntries(entries) });
}
