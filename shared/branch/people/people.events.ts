/** What can have happened to rota, presence and loans. Dates are local; what a rule computed (instants) is in the event. */
import type { RosterEntry } from '../../contract/config.ts';
import type { AbsenceKind } from '../../contract/people.ts';
import type { Post, RotaDay, RotaShift } from './people.state.ts';

type E<T extends string, P = object> = { readonly type: T } & Readonly<P>;

export type PeopleEvent =
  /** A business day begins: its plan again, for whoever watches since before that was made. */
  | E<'roster.dayBegan', { date: string; headFloorByAt?: number; day?: RotaDay }>
  | E<'roster.daySet', { date: string; shifts: readonly RotaShift[]; dutyId?: string; copiedFrom?: string }>
  | E<'roster.shiftSet', { date: string; staffId: string; shift?: RotaShift }>
  | E<'roster.dutySet', { date: string; staffId?: string }>
  | E<'roster.absenceSet', { date: string; staffId: string; kind: AbsenceKind }>
  /** Apart, because not everybody hears it. */
  | E<'roster.absenceExplained', { date: string; staffId: string; reasonRef: string }>
  | E<'roster.absenceCancelled', { date: string; staffId: string }>
  | E<'roster.substituted', { date: string; absentStaffId: string; staffId: string; shift: RotaShift }>
  | E<'roster.swapOffered', { swapId: string; date: string; staffId: string; withDate: string; withStaffId: string }>
  | E<'roster.swapDeclined', { swapId: string }>
  /** Nobody answered before the first of the shifts began. */
  | E<'roster.swapLapsed', { swapId: string; dueAt: number }>
  /** A shift is over to which its person did not come, and for which, where they were away, nobody stood in. */
  | E<'roster.shiftMissed', { date: string; staffId: string; dueAt: number; away: boolean }>
  | E<
      'roster.swapped',
      { swapId: string; changes: readonly { readonly date: string; readonly staffId: string; readonly shift?: RotaShift }[] }
    >
  | E<'post.taken', { staffId: string; post: Post }>
  | E<'post.left', { staffId: string; post?: Post }>
  | E<'break.began', { staffId: string; backAt?: number; date?: string; index?: number }>
  | E<'break.ended', { staffId: string; date?: string; index?: number; tookMs: number }>
  | E<'duty.reachSet', { staffId: string; reachable: boolean }>
  | E<'staff.lent', { loanId: string; staffId: string; date: string; toBranchId: string }>
  | E<'staff.borrowed', { loanId: string; staffId: string; date: string; fromBranchId: string; entry: RosterEntry }>
  | E<'staff.loanEnded', { loanId: string; staffId: string; date: string }>;
