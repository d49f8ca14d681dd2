/** The state of one branch: everything the rules need, nothing that cannot be folded from its log. */
import type { BranchConfig, ExtensionClass, Segment } from '../contract/config.ts';
import type { HelpKind, Phase } from '../contract/commands.ts';
import type { DayType } from '../contract/day-types.ts';
import type { OrderedMap } from '../ordered-map.ts';
import type { Advice, AdviceMemory } from './advice/advice.state.ts';
import type { Case, CaseCounters, CauseSeen, OffShift } from './cases/case.state.ts';
import type { PeopleState } from './people/people.state.ts';
import type { Machine, Replenishment, RetainedCard } from './machines/machine.state.ts';

/** Where a waiting ticket stands within its lane: by arrival (or slot), then by order of issue. */
export interface Place {
  readonly at: number;
  readonly no: number;
}

/** Why a ticket was called now. `chosen` = picked by hand. */
export type OrderReason = 'returning' | 'green' | 'age' | 'raised' | 'late' | 'vip' | 'appointment' | 'arrival' | 'chosen';

export type TicketState = 'waiting' | 'called' | 'serving' | 'parked' | 'diverted' | 'completed' | 'noShow' | 'cancelled' | 'unserved';

export interface Extension {
  readonly class: ExtensionClass;
  readonly addMs: number;
  readonly at: number;
  readonly reasonRef?: string;
}

/** One transaction (笔): judged alone. Its clock is `startedAt`, less `pausedMs`, against `limitMs` + extensions. */
export interface Item {
  readonly serviceId: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly amountFen?: number;
  readonly notes?: number;
  readonly coinShare?: number;
  readonly exception?: string;
  /** Absent = no limit. */
  readonly limitMs?: number;
  readonly extensions: readonly Extension[];
  /** Time not the teller's, already over: outages and authorisations. */
  readonly pausedMs: number;
  /** Set while the clock stands. */
  readonly pausedSince?: number;
  /** The authorisation part of the pauses. */
  readonly authorisationMs: number;
  readonly near: boolean;
  /** -1 in time, 0 past the limit, 1…3 staged. */
  readonly stage: number;
  /** Ran over while the hub was down: nobody saw it. */
  readonly unverified: boolean;
}

export interface WaitRange {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export interface Ticket {
  readonly id: string;
  readonly number: string;
  /** Order of issue within the day. */
  readonly no: number;
  readonly serviceId: string;
  readonly segment: Segment;
  readonly state: TicketState;
  readonly issuedAt: number;
  /** Original arrival: kept by transfer, unpark and undivert. */
  readonly arrivedAt: number;
  readonly amountFen?: number;
  readonly notes?: number;
  readonly coinShare?: number;
  readonly partySize?: number;
  readonly contactRef?: string;
  readonly counterKind?: string;
  readonly slotAt?: number;
  readonly quoted?: WaitRange;
  /** Only this counter may call it (transfer to a window, return to the same teller). */
  readonly onlyCounterId?: string;
  readonly returning?: boolean;
  /** A late-comer is due again once the branch has made so many calls today. */
  readonly lateUntilCall?: number;
  readonly walkUp?: boolean;
  readonly needsFetching?: boolean;
  /** Present from the call on; kept after the end. */
  readonly counterId?: string;
  readonly staffId?: string;
  /** The first call's time: never overwritten by a recall. */
  readonly firstCalledAt?: number;
  readonly calledAt?: number;
  readonly calls: number;
  readonly orderReason?: OrderReason;
  readonly startedAt?: number;
  readonly items: readonly Item[];
  readonly divertedUntil?: number;
  /** The machine it was sent to. */
  readonly machineId?: string;
  readonly endedAt?: number;
  readonly rating?: number;
}

export type CounterStateName = 'closed' | 'idle' | 'calling' | 'serving' | 'paused';

export interface HelpCall {
  readonly kind: HelpKind;
  readonly since: number;
  readonly answeredBy?: string;
  readonly answeredAt?: number;
}

export interface Counter {
  readonly id: string;
  readonly state: CounterStateName;
  readonly since: number;
  /** Open without a break but pauses since then. */
  readonly openedAt?: number;
  readonly staffId?: string;
  readonly ticketId?: string;
  readonly reasonRef?: string;
  readonly backAt?: number;
  /** Set by "pause after this one". */
  readonly pauseAfter?: { readonly reasonRef: string; readonly backAt?: number };
  readonly cashCount?: { readonly state: 'pending' } | { readonly state: 'confirmed'; readonly by: string; readonly at: number };
  readonly help: readonly HelpCall[];
}

/** One row of the ledger (台账). */
export interface Overrun {
  readonly id: string;
  readonly ticketId: string;
  readonly number: string;
  readonly itemIndex: number;
  readonly serviceId: string;
  readonly counterId: string;
  readonly staffId: string;
  readonly endedAt: number;
  readonly period: string;
  /** Limit with extensions. */
  readonly limitMs: number;
  readonly actualMs: number;
  readonly authorisationMs: number;
  readonly extensions: readonly Extension[];
  readonly stage: number;
  readonly unverified: boolean;
  readonly appeal?: {
    readonly at: number;
    readonly reasonRef: string;
    readonly decided?: { readonly at: number; readonly by: string; readonly upheld: boolean; readonly reasonRef: string };
  };
  /** Counted in a retraining that was confirmed. */
  readonly settled?: boolean;
}

export interface Retraining {
  readonly staffId: string;
  readonly state: 'proposed' | 'confirmed' | 'passed';
  readonly overrunIds: readonly string[];
  readonly proposedAt: number;
  readonly confirmedAt?: number;
  readonly confirmedBy?: string;
  readonly passedAt?: number;
}

export interface Outage {
  readonly id: string;
  readonly scope: 'branch' | 'service' | 'counter';
  readonly serviceId?: string;
  readonly counterId?: string;
  readonly since: number;
  readonly reasonRef?: string;
}

export type AttentionKind =
  | 'windowsClosedAtPeak'
  | 'unmanned'
  | 'idleBesideLine'
  | 'pauseTooLong'
  | 'calledTooLong'
  | 'servingTooLong'
  | 'mayNeedHelp'
  | 'helpCalled'
  | 'cashCountPending'
  | 'needsFetching'
  | 'appealWaiting'
  | 'retrainingProposed'
  | 'caseOffered'
  | 'caseOverdue'
  | 'emergency'
  | 'machineDown'
  | 'cashDifference'
  | 'replenishmentPending'
  | 'cardRetained'
  | 'lobbyUnattended'
  | 'lobbyShort'
  | 'tellersShort'
  | 'headUnreachable'
  | 'headNotOnFloor'
  | 'guardAway'
  | 'breakDue'
  | 'breakOverdue'
  | 'breakOverrun'
  | 'notArrived'
  | 'placeOpen'
  | 'swapWaiting'
  | 'certificateExpiring'
  | 'certificateExpired'
  | 'adviceNotInTime';

export interface Attention {
  readonly id: string;
  readonly kind: AttentionKind;
  /** When the condition began (not when it was noticed). */
  readonly since: number;
  readonly counterId?: string;
  readonly ticketId?: string;
  readonly staffId?: string;
  readonly overrunId?: string;
  readonly help?: HelpKind;
  readonly caseId?: string;
  readonly machineId?: string;
  /** Of `tellersShort`. */
  readonly zone?: 'cash' | 'nonCash';
  readonly adviceId?: string;
  /** The local date of the shift it is about. */
  readonly date?: string;
  readonly swapId?: string;
  /** Too late from then on: the shift begins. */
  readonly dueAt?: number;
}

/** How long a customer of one service lately took up a window, from the call to the end: an exponentially weighted mean. */
export interface Pace {
  readonly meanMs: number;
  readonly count: number;
}

export interface Day {
  readonly date: string;
  readonly endsAt: number;
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly phase: Phase;
  readonly phaseSince: number;
  readonly dayType: DayType;
  /** The last number given out, once no more are. */
  readonly lastNumber?: string;
  readonly shortened?: boolean;
}

/** Totals of the business day, kept so that nobody scans for them. */
export interface Tally {
  readonly issued: number;
  readonly served: number;
  readonly servedInTarget: number;
  readonly noShow: number;
  readonly cancelled: number;
  readonly unserved: number;
  readonly diverted: number;
  readonly walkUps: number;
}

export type TicketMap = OrderedMap<string, Ticket>;
export type Lane = OrderedMap<Place, Ticket>;

export interface BranchState {
  readonly branchId: string;
  readonly seq: number;
  /** Absent until the first `branch.configured`. */
  readonly config?: BranchConfig;
  readonly day?: Day;
  /** Last number given per letter, today. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Tickets issued today so far, walk-ups included. */
  readonly issuedNo: number;
  /** Today's tickets, ended ones too. */
  readonly tickets: TicketMap;
  /** Waiting tickets only, by `laneKey`. Derived from `tickets`, kept for speed. */
  readonly lanes: Readonly<Record<string, Lane>>;
  readonly waiting: number;
  readonly waitingElderly: number;
  /** Diverted tickets by when their place lapses. */
  readonly diverted: Lane;
  readonly counters: Readonly<Record<string, Counter>>;
  readonly calls: number;
  readonly callsSinceVip: number;
  readonly peakSince?: number;
  readonly pace: Readonly<Record<string, Pace>>;
  readonly tally: Tally;
  readonly tallyByStaff: Readonly<
    Record<string, { readonly served: number; readonly items: number; readonly inLimit: number; readonly judged: number }>
  >;
  readonly outages: Readonly<Record<string, Outage>>;
  readonly attention: Readonly<Record<string, Attention>>;
  readonly overruns: OrderedMap<string, Overrun>;
  /** Appeals nobody has decided yet, oldest first. */
  readonly openAppeals: readonly string[];
  readonly retraining: Readonly<Record<string, Retraining>>;
  /** Every registered machine, and what was ever heard of one since taken out of the registry. */
  readonly machines: Readonly<Record<string, Machine>>;
  /** Not confirmed yet, or with a difference not settled yet. */
  readonly replenishments: Readonly<Record<string, Replenishment>>;
  /** Cards still in a machine or in the branch's keeping. */
  readonly cards: Readonly<Record<string, RetainedCard>>;
  /** Open cases, and closed ones while the customer may still ask for a review. By id. */
  readonly cases: OrderedMap<string, Case>;
  /** Ids of open cases. Derived from `cases`, kept for speed. */
  readonly openCases: OrderedMap<string, string>;
  /** Ids of open cases that may need a person now. Derived from `cases`. */
  readonly notableCases: OrderedMap<string, string>;
  /** Case ids by their next mark of time. Derived from `cases`: `due` never scans. */
  readonly caseMarks: OrderedMap<CaseMarkKey, string>;
  /** Open cases of machine faults, by `faultKey`. Derived from `cases`: at most one per machine and fault. */
  readonly faultCases: OrderedMap<string, string>;
  /** Of those, the ones whose fault is gone and that close by themselves when it stays so. Derived from `cases`, by `recoveredAt`. */
  readonly settling: OrderedMap<CaseMarkKey, string>;
  readonly caseCounters: CaseCounters;
  readonly causes: Readonly<Record<string, CauseSeen>>;
  readonly offShift: Readonly<Record<string, OffShift>>;
  readonly people: PeopleState;
  /** Advice that is open, and what was carried out until it is measured. By id; a handful. */
  readonly advice: Readonly<Record<string, Advice>>;
  readonly adviceMemory: AdviceMemory;
}

/** Orders cases by the instant at which time alone next changes them. */
export interface CaseMarkKey {
  readonly at: number;
  readonly caseId: string;
}
