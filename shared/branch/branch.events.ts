/** Everything that can have happened in a branch. Times in payloads are epoch ms; the envelope's `at` is when it was decided. */
import type { HelpKind, Phase } from '../contract/commands.ts';
import type { DayType } from '../contract/day-types.ts';
import type { BranchConfig, ExtensionClass, Segment } from '../contract/config.ts';
import type { Envelope } from '../aggregate.ts';
import type { CaseOutcome, ReportField } from '../contract/cases.ts';
import type { LadderRole } from '../contract/ladder.ts';
import type { FaultCode, MachineStateName, MachineStatus } from '../contract/machines.ts';
import type { AdviceEvent } from './advice/advice.events.ts';
import type { Attention, Extension, OrderReason, Ticket, WaitRange } from './branch.state.ts';
import type { Case, CasePromise, CaseTask, EscalationCause, PolicySnapshot } from './cases/case.state.ts';
import type { PeopleEvent } from './people/people.events.ts';
import type { Fault, Machine, PlannedMaintenance } from './machines/machine.state.ts';

/** What a viewer who joined after the ticket ended needs to take it up again. */
export type TicketCard = Pick<
  Ticket,
  | 'no'
  | 'serviceId'
  | 'segment'
  | 'issuedAt'
  | 'arrivedAt'
  | 'counterKind'
  | 'partySize'
  | 'amountFen'
  | 'notes'
  | 'coinShare'
  | 'firstCalledAt'
  | 'calls'
  | 'needsFetching'
>;

type E<T extends string, P = object> = { readonly type: T } & Readonly<P>;

interface OfTicket {
  ticketId: string;
  number: string;
}

/** What every word about a machine carries: the state that follows from it. */
interface OfMachine {
  machineId: string;
  state: MachineStateName;
  /** Whose word the state is. */
  source: Machine['source'];
  faults: readonly Fault[];
}

/** What a transaction is judged by, fixed at its start. */
export interface ItemBasis {
  serviceId: string;
  amountFen?: number;
  notes?: number;
  coinShare?: number;
  exception?: string;
  limitMs?: number;
}

export type BranchEvent =
  | E<'branch.configured', { config: Partial<BranchConfig> }>
  | E<'branch.dayStarted', { date: string; endsAt: number; opensAt?: number; closesAt?: number; phase: Phase }>
  /** The calendar says it is the same date still (the branch's time zone was corrected): numbers run on. */
  | E<'branch.dayExtended', { endsAt: number; opensAt?: number; closesAt?: number }>
  | E<'branch.phaseSet', { phase: Phase; lastNumber?: string; shortened?: boolean; reasonRef?: string }>
  | E<'branch.dayTypeSet', { dayType: DayType }>
  | E<'hub.resumed', { downFrom: number }>
  | E<
      'ticket.issued',
      OfTicket & {
        no: number;
        serviceId: string;
        letter: string;
        segment: Segment;
        amountFen?: number;
        notes?: number;
        coinShare?: number;
        partySize?: number;
        contactRef?: string;
        counterKind?: string;
        slotAt?: number;
        ahead: number;
        waitMs: WaitRange;
      }
    >
  | E<
      'ticket.walkedUp',
      OfTicket & { no: number; counterId: string; staffId: string; serviceId: string; reasonRef: string; item: ItemBasis }
    >
  | E<
      'ticket.called',
      OfTicket & { counterId: string; counterNumber: number; staffId: string; order: OrderReason; segment: Segment; reasonRef?: string }
    >
  | E<'ticket.recalled', OfTicket & { counterId: string; counterNumber: number; calls: number }>
  | E<'ticket.started', OfTicket & { counterId: string; item: ItemBasis }>
  | E<'ticket.itemAdded', OfTicket & { counterId: string; item: ItemBasis }>
  | E<'ticket.completed', OfTicket & { counterId: string; staffId: string }>
  | E<'ticket.noShow', OfTicket & { counterId: string; calls: number; afterMs: number; confirmedBy?: string }>
  | E<'ticket.requeued', OfTicket & { untilCall: number; card: TicketCard }>
  | E<'ticket.parked', OfTicket & { counterId: string; reasonRef: string }>
  | E<'ticket.unparked', OfTicket>
  | E<'ticket.returned', OfTicket & { counterId: string; card: TicketCard }>
  | E<'ticket.transferred', OfTicket & { counterId: string; toServiceId?: string; toCounterId?: string }>
  | E<'ticket.cancelled', OfTicket & { counterId?: string; reasonRef: string }>
  | E<'ticket.diverted', OfTicket & { to: 'machine'; machineId?: string; until: number }>
  | E<'ticket.undiverted', OfTicket>
  | E<'ticket.divertLapsed', OfTicket & { dueAt: number }>
  | E<'ticket.segmentSet', OfTicket & { segment: Segment; from: Segment; reasonRef: string }>
  | E<'ticket.fetchAsked', OfTicket & { counterId?: string }>
  | E<'ticket.rated', OfTicket & { score: number }>
  | E<'ticket.unserved', OfTicket>
  | E<'limit.near', OfTicket & { counterId: string; itemIndex: number; dueAt: number }>
  | E<'limit.passed', OfTicket & { counterId: string; itemIndex: number; stage: number; dueAt: number; unverified?: boolean }>
  | E<
      'limit.extended',
      OfTicket & {
        counterId: string;
        itemIndex: number;
        class: ExtensionClass;
        addMs: number;
        reasonRef?: string;
        customerAgreed?: boolean;
      }
    >
  | E<
      'overrun.recorded',
      OfTicket & {
        overrunId: string;
        itemIndex: number;
        serviceId: string;
        counterId: string;
        staffId: string;
        period: string;
        limitMs: number;
        actualMs: number;
        authorisationMs: number;
        extensions: readonly Extension[];
        stage: number;
        unverified: boolean;
      }
    >
  | E<'limit.appealed', { overrunId: string; staffId: string; reasonRef: string }>
  | E<'limit.appealDecided', { overrunId: string; staffId: string; upheld: boolean; reasonRef: string }>
  | E<'retraining.proposed', { staffId: string; overrunIds: readonly string[] }>
  | E<'retraining.withdrawn', { staffId: string }>
  | E<'retraining.confirmed', { staffId: string }>
  | E<'retraining.passed', { staffId: string }>
  | E<'counter.opened', { counterId: string; staffId?: string }>
  | E<'counter.paused', { counterId: string; reasonRef: string; backAt?: number; cashCount: boolean }>
  | E<'counter.pauseAfterSet', { counterId: string; reasonRef: string; backAt?: number }>
  | E<'counter.cashCountConfirmed', { counterId: string; by: string }>
  | E<'counter.resumed', { counterId: string; cashCount: 'none' | 'confirmed' | 'missing' }>
  | E<'counter.closed', { counterId: string; cashCount: 'none' | 'confirmed' | 'missing' }>
  | E<'help.called', { counterId: string; kind: HelpKind }>
  | E<'help.answered', { counterId: string; kind: HelpKind; by: string; waitedMs: number }>
  | E<
      'system.outageBegan',
      { outageId: string; scope: 'branch' | 'service' | 'counter'; serviceId?: string; counterId?: string; reasonRef?: string }
    >
  | E<'system.restored', { outageId: string }>
  /** Told by telemetry: all that is known of it now, and what follows. */
  | E<'machine.statusChanged', OfMachine & { reportedAt: number; status: MachineStatus }>
  /** Told by staff. */
  | E<'machine.reported', OfMachine & { reported: MachineStateName; fault?: FaultCode; noteRef?: string }>
  /** A hand report too old to be believed. */
  | E<'machine.reportLapsed', OfMachine & { dueAt: number }>
  | E<'machine.lost', OfMachine & { lastHeardAt: number; dueAt: number }>
  | E<'machine.doubted', OfMachine & { dueAt: number }>
  | E<'machine.maintenancePlanned', { machineId: string; maintenance: PlannedMaintenance }>
  | E<'machine.maintenanceCancelled', { machineId: string; maintenanceId: string }>
  | E<'machine.maintenanceBegan', { machineId: string; maintenanceId: string; dueAt: number }>
  | E<'machine.maintenanceEnded', { machineId: string; maintenanceId: string; dueAt: number }>
  | E<
      'machine.replenished',
      {
        machineId: string;
        replenishmentId: string;
        loadedFen: number;
        countedFen: number;
        expectedFen: number;
        differenceFen: number;
        units?: readonly { readonly id: string; readonly count: number }[];
        /** A difference must be settled by then. */
        settleBy?: number;
      }
    >
  | E<'machine.replenishmentConfirmed', { machineId: string; replenishmentId: string; settleBy?: number }>
  | E<'machine.replenishmentWithdrawn', { machineId: string; replenishmentId: string; reasonRef: string }>
  | E<'machine.differenceReminded', { machineId: string; replenishmentId: string; dueAt: number; overdue: boolean }>
  | E<'machine.differenceSettled', { machineId: string; replenishmentId: string; explanationRef: string }>
  | E<'card.registered', { cardId: string; machineId: string; digitsRef?: string; contactRef?: string }>
  | E<'card.collected', { cardId: string; digitsRef?: string }>
  | E<'card.handedBack', { cardId: string }>
  | E<'card.destroyed', { cardId: string; reasonRef: string }>
  | E<'case.logged', { caseId: string; case: Case }>
  | E<'case.acknowledged', { caseId: string }>
  /** `card`: the case as it then stood, for those who could not see it before. */
  | E<'case.handOverOffered', { caseId: string; toStaffId: string; card: Case }>
  | E<'case.accepted', { caseId: string; ownerId: string; from: string; level: number; card: Case }>
  | E<'case.declined', { caseId: string; reasonRef: string }>
  | E<'case.noted', { caseId: string; textRef: string }>
  | E<'case.promised', { caseId: string; promise: CasePromise }>
  | E<'case.promiseKept', { caseId: string; promiseId: string }>
  | E<
      'case.escalated',
      {
        caseId: string;
        /** The level it now stands at. */
        level: number;
        step: number;
        why: EscalationCause;
        /** The deadline it may be late for. */
        dueAt?: number;
        ackDueAt?: number;
        actDueAt?: number;
        lawDueAt?: number;
        lawWarnAt?: number;
        told: readonly LadderRole[];
        reasonRef?: string;
        /** Reopened: the case as it now stands, for those whose floor no longer had it. */
        card?: Case;
      }
    >
  | E<
      'case.reminded',
      { caseId: string; what: 'lawNear' | 'lawPassed' | 'promise' | 'task'; dueAt: number; taskId?: string; promiseId?: string }
    >
  | E<'case.madeComplex', { caseId: string; lawDueAt: number; lawWarnAt: number; reasonRef: string }>
  | E<
      'case.extended',
      { caseId: string; days: number; approvedBy: string; customerNotified: true; lawDueAt: number; lawWarnAt: number; reasonRef?: string }
    >
  | E<
      'case.resolved',
      {
        caseId: string;
        outcomeRef: string;
        granted: CaseOutcome;
        refusalReasonRef?: string;
        compensationFen?: number;
        /** Ids of the ways onward named in the reply. */
        waysOnward: readonly string[];
        /** Until then the customer may ask for a review. */
        reviewUntilAt?: number;
      }
    >
  | E<'case.replied', { caseId: string; satisfied: boolean; textRef?: string }>
  | E<'case.withdrawn', { caseId: string }>
  /** `dueAt`: of what time ends, the instant it was due. */
  | E<'case.closed', { caseId: string; how: 'closed' | 'recovered' | 'reviewOver'; dueAt?: number }>
  | E<'case.judged', { caseId: string; justified: boolean; reasonRef: string }>
  | E<'case.recused', { caseId: string; staffId: string; reasonRef: string }>
  | E<
      'case.corrected',
      {
        caseId: string;
        severity?: number;
        subjectRef?: string;
        detailsRef?: string;
        contactRef?: string;
        aboutStaffId?: string;
        /** Of the corrected severity, with its clocks from now. */
        policy?: PolicySnapshot;
        ackDueAt?: number;
        actDueAt?: number;
        reasonRef: string;
      }
    >
  /** `card`: where the task brings somebody in who could not see the case before. */
  | E<'case.taskAdded', { caseId: string; task: CaseTask; card?: Case }>
  | E<'case.taskDone', { caseId: string; taskId: string; textRef?: string }>
  | E<'case.causeFound', { caseId: string; cause: string; count: number }>
  | E<'case.attached', { caseId: string; attachmentId: string; nameRef: string; mediaType: string; bytes: number; sha256: string }>
  | E<'case.contactRevealed', { caseId: string }>
  | E<'case.stepTicked', { caseId: string; stepId: string }>
  | E<'case.informed', { caseId: string; whomRef: string }>
  | E<'case.reportFilled', { caseId: string; refs: Readonly<Partial<Record<ReportField, string>>> }>
  | E<'case.peopleCounted', { caseId: string; onSite: number; majorEventCaseId?: string }>
  /** The same fault again before it had settled: flapping is one case. */
  | E<'case.recurred', { caseId: string; occurrences: number }>
  | E<'case.recovered', { caseId: string }>
  | E<'award.given', { awardId: string; staffId: string; kind: 'praised' | 'wronged'; caseId?: string; reasonRef: string }>
  | E<'shift.ended', { staffId: string; backAt?: number }>
  | E<'shift.begun', { staffId: string }>
  | PeopleEvent
  | AdviceEvent
  | E<'attention.raised', { item: Attention; dueAt: number }>
  | E<'attention.cleared', { attentionId: string; kind: string }>;

export type StoredBranchEvent = Envelope & BranchEvent;
export type BranchEventOf<T extends BranchEvent['type']> = Extract<BranchEvent, { type: T }>;
