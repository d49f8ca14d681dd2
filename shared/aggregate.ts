/**
 * The bones of the core: a pure function of an event log.
 * `branch` and `bank` are the two aggregates; the hub knows only this shape.
 */

/** Who acts, as the rules need to know it. Built by the server from a session, a device token or a follow link. */
export interface Actor {
  /** What the log records: a staffId, `device:ID`, `phone` or `clock`. */
  readonly id: string;
  readonly kind: 'staff' | 'device' | 'phone' | 'clock';
  readonly role: Role;
  /** Branches this actor belongs to; `'*'` means all of the bank's. */
  readonly branches: readonly string[] | '*';
  /** The one ticket a phone's follow link speaks for. */
  readonly ticketId?: string;
}

export type Role =
  | 'teller'
  | 'guard'
  | 'manager'
  | 'head'
  | 'regional'
  | 'headOffice'
  | 'admin'
  | 'kiosk'
  | 'display'
  | 'machine'
  | 'terminal'
  | 'phone'
  | 'clock';

/** Time itself: what nobody did. */
export const clockActor: Actor = { id: 'clock', kind: 'clock', role: 'clock', branches: '*' };

/** A business day as the branch's calendar sees it, in epoch milliseconds. `endsAt` is the next local midnight. */
export interface BusinessDay {
  readonly date: string;
  readonly endsAt: number;
  /** Posted opening and closing; both absent when the branch is shut that day or open round the clock. */
  readonly opensAt?: number;
  readonly closesAt?: number;
}

/** The one place that knows time zones and opening hours. The server implements it, the core only asks. */
export interface Calendar {
  dayOf(at: number, hours: OpeningHours): BusinessDay;
  /** The instant at which `ms` of business time have passed since `at`: outside posted hours the clock stands. Round the clock it is `at + ms`. */
  addBusinessMs(at: number, ms: number, hours: OpeningHours): number;
  /** The end (next local midnight) of the n-th day after the local day of `at`: any day, or only days the branch is open. */
  addDays(at: number, days: number, kind: 'calendar' | 'business', hours: OpeningHours): number;
  /** The instant of a local `HH:MM` on a local date; `24:00` is its end. A time that a clock change skips is moved on by the gap. */
  instantOf(date: string, time: string, hours: OpeningHours): number;
}

/** Who works for a branch, as the bank knows it. Decisions write what they found into their events. */
export interface StaffDirectory {
  /** The role of an enabled account that belongs to this branch. */
  roleOf(staffId: string): Role | undefined;
  /** Enabled accounts of this role that belong to this branch, in a fixed order. */
  ofRole(role: Role): readonly string[];
}

export interface OpeningHours {
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly roundTheClock?: boolean;
  /** Monday first; null = closed. Times are local `HH:MM`. */
  readonly week: readonly (DayHours | null)[];
  /** Local dates `YYYY-MM-DD` on which the branch is shut. */
  readonly holidays: readonly string[];
  /** Make-up workdays (调休): local dates worked although a weekend, with their hours. */
  readonly makeUpDays: readonly { readonly date: string; readonly hours: DayHours }[];
}

export interface DayHours {
  readonly opens: string;
  readonly closes: string;
}

/** For logs that have no people of their own. */
export const nobody: StaffDirectory = { roleOf: () => undefined, ofRole: () => [] };

/** A predicted wait in ms (10 %, 50 %, 90 %), and how many stood in front when it was predicted. */
export interface Quote {
  readonly ahead: number;
  readonly waitMs: { readonly low: number; readonly expected: number; readonly high: number };
}

/** What `decide` may know beside the state. */
export interface Context {
  /** Hub time, epoch ms. */
  readonly now: number;
  readonly actor: Actor;
  /** A fresh unguessable id (uuid). */
  readonly newId: () => string;
  readonly calendar: Calendar;
  /** The branch's people; for the bank's own log, nobody. */
  readonly staff: StaffDirectory;
  /** What was predicted last for a customer of this kind who takes a number, where somebody predicts: looked up, never reckoned here. */
  readonly quote?: (kind: string) => Quote | undefined;
}

/** A refusal is a value: a stable code, an English sentence that says what to do next, values for translation. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** The command's field at fault, where one is. */
  readonly path?: string;
}

/** The envelope of every stored event. `branchId` is `bank` for the bank's own log. */
export interface Envelope {
  readonly branchId: string;
  readonly seq: number;
  /** Hub time, epoch ms. */
  readonly at: number;
  readonly actor: string;
}

/** Text about people never enters the log: the event holds `ref`, this goes to a purgeable store in the same transaction. */
export interface PersonalEntry {
  readonly ref: string;
  readonly kind: 'contact' | 'text' | 'name';
  readonly value: Readonly<Record<string, string>>;
}

export interface Accepted<State, Event> {
  readonly ok: true;
  readonly events: readonly (Envelope & Event)[];
  /** The state with these events folded in, so that nobody folds them twice. */
  readonly state: State;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly personal?: readonly PersonalEntry[];
}

export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export type Decision<State, Event> = Accepted<State, Event> | Refused;

export interface Aggregate<State, Command extends { type: string }, Event extends { type: string }> {
  /** Raise when `evolve` or the state's shape changes: snapshots of another version are ignored. */
  readonly version: number;
  initial(id: string): State;
  /** Every rule. Pure. Never throws on any parsed command. */
  decide(state: State, command: Command, context: Context): Decision<State, Event>;
  /** What happened, happened: no rule, no check. `event.seq` becomes the state's `seq`. */
  evolve(state: State, event: Envelope & Event): State;
  /** The next instant (hub ms) at which time alone changes something. */
  due(state: State): number | undefined;
  seqOf(state: State): number;
  /** Plain JSON and back: for snapshots and for the first picture a viewer gets. */
  freeze(state: State): unknown;
  thaw(frozen: unknown): State;
  /** Current payload version per event type; a type not named here is at 1. */
  readonly eventVersions: Readonly<Record<string, number>>;
  /** Lifts a payload stored at `version` to the current shape: events once written are read forever. */
  upcast(type: string, version: number, payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}
