/** Who is planned, who is here, and which rule about people is not kept. Persons by staffId; names are never here. */
import type { RosterEntry } from '../../contract/config.ts';
import type { AbsenceKind, PostKind } from '../../contract/people.ts';

export interface Post {
  readonly kind: PostKind;
  /** Of a counter. */
  readonly counterId?: string;
}

export interface PlannedBreak {
  /** It begins between these two. */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly lengthMs: number;
  readonly beganAt?: number;
  readonly endedAt?: number;
}

/** One person's shift of one day. It belongs to the local date it begins on. */
export interface RotaShift {
  readonly staffId: string;
  /** The template it was made from. */
  readonly shiftId?: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly post: Post;
  readonly breaks: readonly PlannedBreak[];
  /** Whose place this person takes. */
  readonly fills?: string;
  /** It went by without its person, and nobody stood in. */
  readonly missed?: true;
}

export interface Absence {
  readonly staffId: string;
  readonly kind: AbsenceKind;
  /** Told to leads and the person alone. */
  readonly reasonRef?: string;
  /** Who took the shift over. */
  readonly filledBy?: string;
  readonly toldAt?: number;
}

/** A local date's plan. A shift whose person is absent stays, so that coming back after all restores it. */
export interface RotaDay {
  readonly date: string;
  readonly shifts: Readonly<Record<string, RotaShift>>;
  readonly absences: Readonly<Record<string, Absence>>;
  /** The responsible head (值班) of the day. */
  readonly dutyId?: string;
}

export interface Presence {
  readonly staffId: string;
  /** Absent: here, and free. */
  readonly post?: Post;
  /** On this post, or free, since. */
  readonly since: number;
  readonly arrivedAt: number;
  readonly break?: {
    readonly since: number;
    readonly backAt?: number;
    /** The planned break it is, by the date of its shift and its place in it. */
    readonly date?: string;
    readonly index?: number;
  };
}

export interface Swap {
  readonly id: string;
  readonly date: string;
  readonly staffId: string;
  readonly withStaffId: string;
  readonly withDate: string;
  readonly offeredAt: number;
}

/** A person lent to another branch for a day (点间调配). */
export interface Loan {
  readonly id: string;
  readonly staffId: string;
  readonly date: string;
  readonly fromBranchId: string;
  readonly toBranchId: string;
  /** In the branch that borrows: what the home branch's roster says of the person. */
  readonly entry?: RosterEntry;
}

export type GapKind = 'lobby' | 'lobbyBusy' | 'cash' | 'nonCash' | 'head' | 'guard';

/** A rule not kept, since when, and through whose going where one person's. */
export interface Gap {
  readonly since: number;
  readonly staffId?: string;
}

export interface PeopleState {
  /** By local date: five weeks back, eight on. */
  readonly rota: Readonly<Record<string, RotaDay>>;
  readonly presence: Readonly<Record<string, Presence>>;
  /** When those of the last day and a half who are not here any more went. */
  readonly left: Readonly<Record<string, number>>;
  readonly swaps: Readonly<Record<string, Swap>>;
  readonly loans: Readonly<Record<string, Loan>>;
  readonly gaps: Readonly<Partial<Record<GapKind, Gap>>>;
  /** The day as far as people go: when it was begun, by when a head is on the floor. */
  readonly begun?: { readonly date: string; readonly at: number; readonly headFloorByAt?: number };
  /** The date a head was last on the floor. */
  readonly headOnFloor?: string;
  /** Heads who said that they cannot be reached. */
  readonly unreachable: readonly string[];
}

export const nobodyYet: PeopleState = { rota: {}, presence: {}, left: {}, swaps: {}, loans: {}, gaps: {}, unreachable: [] };

/** Days of the rota kept in the state, counted from today. */
export const DAYS_BACK = 35;
export const DAYS_ON = 56;
/** Longer than any shift with the night after it: who left earlier says nothing of the shifts that are watched. */
export const LEFT_KEPT_MS = 36 * 3_600_000;
