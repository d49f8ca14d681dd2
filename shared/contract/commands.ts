/** Commands of the floor: what may be posted to `/api/branches/:id/commands`, parsed. */
import { z } from 'zod';
import type { AdviceDraft } from '../branch/advice/advice.state.ts';
import { adviceChangeSchema } from './advice.ts';
import { caseChannels, loggedKinds, outcomes, reportFields } from './cases.ts';
import { configSchema, counterKinds, type RosterEntry, segments } from './config.ts';
import { dayTypes } from './day-types.ts';
import { absenceKinds, breakTemplateSchema, postKinds } from './people.ts';
import { faultCodes, type MachineStatus, machineStates } from './machines.ts';

const id = z.string().min(1).max(64);
/** A word of a bank's own list, kept in the log for good: never free text. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'a code of letters, digits, - _ and ., at most 64');
const reason = z.string().trim().min(1).max(500);
const at = z.number().int().min(0).max(8.64e15);
const amount = {
  amountFen: z.number().int().min(0).max(1e13).optional(),
  notes: z.number().int().min(0).max(1e7).optional(),
  coinShare: z.number().min(0).max(1).optional(),
};
const name = <T extends string>(type: T) => ({ type: z.literal(type) });
const counterId = { counterId: id };
const ticketId = { ticketId: id };
const pause = { counterId: id, reason, backAt: at.optional() };
const addMs = z
  .number()
  .int()
  .min(1_000)
  .max(4 * 3_600_000)
  .optional();

const text = z.string().trim().min(1).max(4_000);
const contact = z.object({ name: z.string().trim().min(1).max(80).optional(), phone: z.string().trim().min(3).max(32).optional() });
const caseId = { caseId: id };
const machineId = { machineId: id };
const fen = z.number().int().min(-1e13).max(1e13);
const date = z.iso.date();
const localTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');

/** A shift of a template, or from one local time until another; where both are given the times go before. */
const shift = z.object({
  shiftId: id.optional(),
  from: localTime.optional(),
  until: localTime.optional(),
  /** Absent: those of the template. */
  breaks: z.array(breakTemplateSchema).max(4).optional(),
  /** Absent: the person's usual one. */
  post: z.enum(postKinds).optional(),
  counterId: id.optional(),
});

export const helpKinds = ['authorisation', 'change', 'cash', 'guard', 'escort'] as const;
export const phases = ['closed', 'opening', 'business', 'lastNumber', 'clearing', 'balancing'] as const;

export type HelpKind = (typeof helpKinds)[number];
export type Phase = (typeof phases)[number];

const limitExtend = z.discriminatedUnion('class', [
  z.object({
    ...name('limit.extend'),
    ...ticketId,
    class: z.enum(['coins', 'counterfeit', 'antiFraud', 'identity', 'greenChannel']),
    addMs,
    reason: reason.optional(),
    customerAgreed: z.boolean().optional(),
  }),
  z.object({
    ...name('limit.extend'),
    ...ticketId,
    class: z.literal('explained'),
    addMs: z
      .number()
      .int()
      .min(1_000)
      .max(4 * 3_600_000),
    reason,
    customerAgreed: z.literal(true, { error: 'the customer must have agreed' }),
  }),
]);

const outage = z.discriminatedUnion('scope', [
  z.object({ ...name('system.outage'), scope: z.literal('branch'), reason: reason.optional() }),
  z.object({ ...name('system.outage'), scope: z.literal('service'), serviceId: id, reason: reason.optional() }),
  z.object({ ...name('system.outage'), scope: z.literal('counter'), counterId: id, reason: reason.optional() }),
]);

export const commandSchema = z.discriminatedUnion('type', [
  z.object({
    ...name('ticket.issue'),
    serviceId: id,
    segment: z.enum(segments).optional(),
    ...amount,
    partySize: z.number().int().min(1).max(100).optional(),
    contact: contact.optional(),
    counterKind: z.enum(counterKinds).optional(),
    /** Begin of an appointment's slot. */
    slotAt: at.optional(),
  }),
  z.object({ ...name('ticket.callNext'), ...counterId }),
  z.object({ ...name('ticket.finishAndCallNext'), ...counterId, ...ticketId }),
  z.object({ ...name('ticket.call'), ...counterId, ...ticketId, reason }),
  z.object({ ...name('ticket.recall'), ...counterId }),
  z.object({ ...name('ticket.start'), ...counterId, ...amount, exception: code.optional() }),
  z.object({ ...name('ticket.addItem'), ...counterId, serviceId: id, ...amount, exception: code.optional() }),
  z.object({ ...name('ticket.complete'), ...counterId, ticketId: id.optional() }),
  z.object({ ...name('ticket.noShow'), ...counterId, ticketId: id.optional() }),
  z.object({ ...name('ticket.requeue'), ...ticketId }),
  z.object({ ...name('ticket.park'), ...counterId, reason }),
  z.object({ ...name('ticket.unpark'), ...ticketId }),
  z.object({ ...name('ticket.return'), ...counterId, ...ticketId }),
  z.object({ ...name('ticket.transfer'), ...counterId, toServiceId: id.optional(), toCounterId: id.optional() }),
  z.object({ ...name('ticket.cancel'), ...ticketId, reason }),
  z.object({
    ...name('ticket.divert'),
    ...ticketId,
    to: z.literal('machine'),
    machineId: code.optional(),
    /** An elderly customer is sent to a machine only at their own wish. */
    customerAsked: z.boolean().optional(),
  }),
  z.object({ ...name('ticket.undivert'), ...ticketId }),
  z.object({ ...name('ticket.walkUp'), ...counterId, serviceId: id, reason }),
  z.object({ ...name('ticket.setSegment'), ...ticketId, segment: z.enum(segments), reason }),
  z.object({ ...name('ticket.fetch'), ...ticketId }),
  z.object({ ...name('ticket.confirmNoShow'), ...ticketId }),
  z.object({ ...name('ticket.rate'), ...ticketId, score: z.number().int().min(1).max(5) }),
  limitExtend,
  z.object({ ...name('limit.appeal'), overrunId: id, reason }),
  z.object({ ...name('limit.decideAppeal'), overrunId: id, upheld: z.boolean(), reason }),
  z.object({ ...name('retraining.confirm'), staffId: id }),
  z.object({ ...name('retraining.pass'), staffId: id }),
  z.object({ ...name('counter.open'), ...counterId, staffId: id.optional() }),
  z.object({ ...name('counter.pause'), ...pause }),
  z.object({ ...name('counter.pauseAfter'), ...pause }),
  z.object({ ...name('counter.confirmCashCount'), ...counterId }),
  z.object({ ...name('counter.resume'), ...counterId }),
  z.object({ ...name('counter.close'), ...counterId }),
  z.object({ ...name('help.call'), ...counterId, kind: z.enum(helpKinds) }),
  z.object({ ...name('help.answer'), ...counterId, kind: z.enum(helpKinds) }),
  z.object({ ...name('branch.setPhase'), phase: z.enum(phases), reason: reason.optional() }),
  z.object({ ...name('branch.setDayType'), dayType: z.enum(dayTypes) }),
  outage,
  z.object({ ...name('system.restored'), outageId: id }),
  z.object({
    ...name('machine.report'),
    ...machineId,
    state: z.enum(machineStates),
    fault: z.enum(faultCodes).optional(),
    note: text.optional(),
  }),
  z.object({ ...name('machine.planMaintenance'), ...machineId, fromAt: at, untilAt: at, reason: reason.optional() }),
  z.object({ ...name('machine.cancelMaintenance'), ...machineId, maintenanceId: id }),
  /** The first of two: what was counted and what the machine said should be there. */
  z.object({
    ...name('machine.replenish'),
    ...machineId,
    loadedFen: fen.min(0),
    countedFen: fen.min(0),
    expectedFen: fen.min(0),
    units: z
      .array(z.object({ id, count: z.number().int().min(0).max(1e6) }))
      .max(32)
      .optional(),
  }),
  /** The second, as themself. */
  z.object({ ...name('machine.confirmReplenishment'), ...machineId, replenishmentId: id }),
  /** Counted wrong, or the second person counts otherwise: nothing of it holds, and it is counted anew. */
  z.object({ ...name('machine.withdrawReplenishment'), ...machineId, replenishmentId: id, reason }),
  z.object({ ...name('machine.settleDifference'), ...machineId, replenishmentId: id, explanation: reason }),
  /** Only the last digits: a card's number is nobody's business here. */
  z.object({
    ...name('card.register'),
    ...machineId,
    lastDigits: z
      .string()
      .regex(/^\d{4}$/, 'the last four digits')
      .optional(),
    contact: contact.optional(),
  }),
  z.object({
    ...name('card.collect'),
    cardId: id,
    lastDigits: z
      .string()
      .regex(/^\d{4}$/, 'the last four digits')
      .optional(),
  }),
  z.object({
    ...name('card.handBack'),
    cardId: id,
    identityChecked: z.literal(true, { error: 'the customer\u2019s identity must have been checked' }),
  }),
  z.object({ ...name('card.destroy'), cardId: id, reason }),
  z.object({
    ...name('case.log'),
    kind: z.enum(loggedKinds),
    channel: z.enum(caseChannels),
    severity: z.number().int().min(1).max(4),
    subject: z.string().trim().min(1).max(200),
    details: text.optional(),
    ticketId: id.optional(),
    machineId: id.optional(),
    contact: contact.optional(),
    solved: z.boolean().optional(),
    /** Whom a complaint or praise is about. */
    aboutStaffId: id.optional(),
    playbookId: id.optional(),
    drill: z.boolean().optional(),
    /** A joint complaint: how many are here, and who speaks for them. */
    onSite: z.number().int().min(1).max(100_000).optional(),
    representatives: z.array(contact).max(100).optional(),
  }),
  z.object({ ...name('case.acknowledge'), ...caseId }),
  z.object({ ...name('case.handOver'), ...caseId, toStaffId: id }),
  z.object({ ...name('case.accept'), ...caseId }),
  z.object({ ...name('case.decline'), ...caseId, reason }),
  z.object({ ...name('case.note'), ...caseId, text }),
  z.object({ ...name('case.promise'), ...caseId, what: reason, byAt: at }),
  z.object({ ...name('case.keepPromise'), ...caseId, promiseId: id }),
  z.object({ ...name('case.escalate'), ...caseId, reason }),
  z.object({ ...name('case.setComplex'), ...caseId, reason }),
  z.object({
    ...name('case.extend'),
    ...caseId,
    days: z.number().int().min(1).max(400),
    approvedBy: id,
    customerNotified: z.literal(true, { error: 'the customer must have been told before an extension is saved' }),
    reason: reason.optional(),
  }),
  z.object({
    ...name('case.resolve'),
    ...caseId,
    outcome: text,
    granted: z.enum(outcomes).optional(),
    /** Why it was refused, in writing: asked for when `granted` is `refused`. */
    refusalReason: reason.optional(),
    compensationFen: fen.min(0).optional(),
  }),
  z.object({ ...name('case.reply'), ...caseId, satisfied: z.boolean(), text: text.optional() }),
  z.object({ ...name('case.withdraw'), ...caseId }),
  z.object({ ...name('case.close'), ...caseId }),
  z.object({ ...name('case.judge'), ...caseId, justified: z.boolean(), reason }),
  z.object({ ...name('case.recuse'), ...caseId, staffId: id, reason }),
  z.object({
    ...name('case.correct'),
    ...caseId,
    severity: z.number().int().min(1).max(4).optional(),
    subject: z.string().trim().min(1).max(200).optional(),
    details: text.optional(),
    contact: contact.optional(),
    aboutStaffId: id.optional(),
    reason,
  }),
  z.object({
    ...name('case.addTask'),
    ...caseId,
    kind: z.enum(['video', 'rectification', 'other']),
    what: reason,
    ownerId: id.optional(),
    dueAt: at.optional(),
  }),
  z.object({ ...name('case.completeTask'), ...caseId, taskId: id, text: reason.optional() }),
  z.object({ ...name('case.setCause'), ...caseId, cause: code }),
  z.object({ ...name('case.tickStep'), ...caseId, stepId: id }),
  z.object({ ...name('case.inform'), ...caseId, whom: reason }),
  z.object({ ...name('case.report'), ...caseId, fields: z.partialRecord(z.enum(reportFields), text) }),
  z.object({ ...name('case.countPeople'), ...caseId, onSite: z.number().int().min(0).max(100_000) }),
  z.object({ ...name('case.revealContact'), ...caseId }),
  z.object({ ...name('award.give'), staffId: id, kind: z.enum(['praised', 'wronged']), caseId: id.optional(), reason }),
  z.object({ ...name('shift.end'), backAt: at.optional() }),
  z.object({ ...name('shift.begin') }),
  /** The whole plan of a day: whoever is not named has the day off. */
  z.object({
    ...name('roster.setDay'),
    date,
    shifts: z.array(shift.extend({ staffId: id })).max(500),
    /** The responsible head of the day. */
    dutyId: id.optional(),
  }),
  z.object({ ...name('roster.setShift'), date, staffId: id, shift: shift.nullable() }),
  /** Any day of either week names it. */
  z.object({ ...name('roster.copyWeek'), from: date, to: date }),
  z.object({ ...name('roster.setDuty'), date, staffId: id.nullable() }),
  /** Oneself unless somebody is named; `until` is the last day. */
  z.object({
    ...name('roster.absence'),
    staffId: id.optional(),
    date,
    until: date.optional(),
    /** Absent: unplanned. */
    kind: z.enum(absenceKinds).optional(),
    reason: reason.optional(),
  }),
  z.object({ ...name('roster.cancelAbsence'), staffId: id.optional(), date, until: date.optional() }),
  z.object({ ...name('roster.substitute'), date, absentStaffId: id, staffId: id }),
  z.object({ ...name('roster.swap'), date, staffId: id.optional(), withStaffId: id, withDate: date.optional() }),
  z.object({ ...name('roster.acceptSwap'), swapId: id }),
  z.object({ ...name('roster.declineSwap'), swapId: id }),
  /** Oneself unless somebody is named. At a counter it is `counter.open`. */
  z.object({ ...name('post.take'), kind: z.enum(postKinds), counterId: id.optional(), staffId: id.optional() }),
  /** Off the post and out; a counter of one's own is closed. */
  z.object({ ...name('post.leave'), staffId: id.optional() }),
  z.object({ ...name('break.begin'), staffId: id.optional(), backAt: at.optional(), reason: reason.optional() }),
  z.object({ ...name('break.end'), staffId: id.optional() }),
  z.object({ ...name('duty.reach'), staffId: id.optional(), reachable: z.boolean() }),
  z.object({ ...name('advice.accept'), adviceId: id, change: adviceChangeSchema.optional() }),
  z.object({ ...name('advice.decline'), adviceId: id, reason }),
  z.object({ ...name('branch.configure'), config: configSchema.partial() }),
]);

/** What outsiders may post. */
export type FloorCommand = z.infer<typeof commandSchema>;

/** One report of a machine; `at` is the machine's own clock and only orders its reports. */
export interface MachineReport {
  readonly at: number;
  readonly status: MachineStatus;
}

/** What the hub's edge says and nobody can post: time has passed, the hub was down, a machine spoke or fell silent, a file was stored. */
export type HubCommand =
  | { type: 'clock.tick' }
  | { type: 'hub.resumed'; downFrom: number }
  /** `newClock`: for a while nothing came in order, so the machine's clock was set back, and its word counts again. */
  | { type: 'machine.hear'; machineId: string; reports: readonly MachineReport[]; newClock?: boolean }
  | { type: 'machine.lose'; machineId: string; lastHeardAt: number }
  /** What the bank decided about people between branches. */
  | { type: 'staff.lend'; loanId: string; staffId: string; date: string; toBranchId: string }
  | { type: 'staff.borrow'; loanId: string; staffId: string; date: string; fromBranchId: string; entry: RosterEntry }
  | { type: 'staff.endLoan'; loanId: string }
  | { type: 'advice.give'; advice: AdviceDraft }
  /** `why`: a code of the catalogue. */
  | { type: 'advice.withdraw'; adviceId: string; why: string }
  | { type: 'case.attach'; caseId: string; attachmentId: string; name: string; mediaType: string; bytes: number; sha256: string };

export type BranchCommand = FloorCommand | HubCommand;
export type CommandOf<T extends BranchCommand['type']> = Extract<BranchCommand, { type: T }>;
