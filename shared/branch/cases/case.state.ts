/** A case: one owner at every instant, from its first word to its last. */
import type { CaseChannel, CaseKind, CaseLine, CaseOutcome, CaseStateName, EscalationPolicy, ReportField } from '../../contract/cases.ts';
import type { FaultCode } from '../../contract/machines.ts';

/** The rules this case goes by, as they stood when it was logged. */
export type PolicySnapshot = Pick<EscalationPolicy, 'clock' | 'levels' | 'tellAtOnce'>;

/** Why a case went up one level. */
export type EscalationCause = 'acknowledge' | 'act' | 'asked' | 'reopened' | 'offShift' | 'recusal';

export interface CaseTask {
  readonly id: string;
  readonly kind: 'video' | 'rectification' | 'other';
  readonly ownerId: string;
  readonly dueAt: number;
  /** Absent for a task that its kind explains. */
  readonly whatRef?: string;
  readonly doneAt?: number;
  readonly doneBy?: string;
  readonly textRef?: string;
  /** Its time passed and everyone concerned was told, once. */
  readonly overdue?: boolean;
}

export interface CasePromise {
  readonly id: string;
  readonly whatRef: string;
  readonly byAt: number;
  readonly by: string;
  readonly keptAt?: number;
  readonly overdue?: boolean;
}

/** The limit the law sets for telling the customer (complaints only). */
export interface LawClock {
  readonly dueAt: number;
  readonly warnAt: number;
  readonly complex: boolean;
  /** Days added beyond `complexDays`, all extensions together. */
  readonly extendedDays: number;
  readonly warned?: boolean;
  readonly passed?: boolean;
  /** Dissatisfied after the reply: the next level decides anew, in a time counted from when the review was asked for. */
  readonly review?: boolean;
  readonly reviewFrom?: number;
}

export interface Case {
  readonly id: string;
  /** For people: business date and running number, e.g. `20261123-04`. */
  readonly no: string;
  readonly kind: CaseKind;
  readonly channel: CaseChannel;
  /** At least what was given, raised by the channel. 1 gravest. */
  readonly severity: number;
  readonly state: CaseStateName;
  readonly subjectRef?: string;
  readonly detailsRef?: string;
  readonly contactRef?: string;
  readonly representativeRefs?: readonly string[];
  readonly ticketId?: string;
  readonly machineId?: string;
  readonly fault?: FaultCode;
  readonly line?: CaseLine;
  readonly aboutStaffId?: string;
  /** Who may not handle it: the subject, and whoever has an interest. */
  readonly recused: readonly string[];
  readonly loggedAt: number;
  readonly loggedBy: string;
  readonly ownerId: string;
  /** The level it stands at: index into `ladder`, from 1. */
  readonly level: number;
  readonly offeredTo?: string;
  readonly offeredAt?: number;
  readonly policy: PolicySnapshot;
  /** Number of escalations so far: never repeated. */
  readonly step: number;
  /** The step at which its owner took it: until it goes up again nobody else may. */
  readonly acceptedStep?: number;
  /** Deadlines of the level it stands at; absent once met or passed. */
  readonly ackDueAt?: number;
  readonly actDueAt?: number;
  readonly acknowledgedAt?: number;
  readonly law?: LawClock;
  readonly promises: readonly CasePromise[];
  readonly tasks: readonly CaseTask[];
  readonly outcome?: CaseOutcome;
  readonly outcomeRef?: string;
  readonly resolvedAt?: number;
  readonly resolvedBy?: string;
  /** Until then the customer may ask for a review; then it closes by itself. Absent for what no customer answers. */
  readonly reviewUntilAt?: number;
  readonly satisfied?: boolean;
  readonly justified?: boolean;
  readonly judgedBy?: string;
  readonly closedAt?: number;
  readonly solvedOnSpot?: boolean;
  readonly cause?: string;
  /** When it was found to be that. */
  readonly causeAt?: number;
  /** How many cases of this cause within the time the law names, this one included. */
  readonly causeCount?: number;
  /** Machine faults: how often it came, and since when it has been gone (it closes when it stays so). */
  readonly occurrences?: number;
  readonly recoveredAt?: number;
  readonly silent?: true;
  readonly drill?: true;
  readonly playbookId?: string;
  /** Steps ticked off, by step id. */
  readonly steps?: Readonly<Record<string, { readonly at: number; readonly by: string }>>;
  readonly informedRefs?: readonly string[];
  readonly reportRefs?: Readonly<Partial<Record<ReportField, string>>>;
  readonly onSite?: number;
  /** The major event that its twentieth person raised. */
  readonly majorEventCaseId?: string;
  /** A deadline was missed and nobody has taken it in hand since. */
  readonly overdue?: boolean;
  readonly overdueSince?: number;
  readonly attachments: number;
  /** Everyone who ever had to do with it: they see it to its end, whatever their role. */
  readonly people: readonly string[];
}

/** Who is away, and until when. */
export interface OffShift {
  readonly staffId: string;
  readonly since: number;
  readonly backAt?: number;
}

export interface CaseCounters {
  /** Cases logged on this business date. */
  readonly date: string;
  readonly count: number;
}

/** When a cause was last found: the same again shows as such. */
export interface CauseSeen {
  readonly at: readonly number[];
}
