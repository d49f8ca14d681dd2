/** Commands of the floor: what may be posted to `/api/branches/:id/commands`, parsed. */
import { z } from 'zod';
import { configSchema, counterKinds, segments } from './config.ts';

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

export const helpKinds = ['authorisation', 'change', 'cash', 'guard', 'escort'] as const;
export const phases = ['closed', 'opening', 'business', 'lastNumber', 'clearing', 'balancing'] as const;
export const dayTypes = ['ordinary', 'pension', 'payday', 'market', 'holidayEve'] as const;

export type HelpKind = (typeof helpKinds)[number];
export type Phase = (typeof phases)[number];
export type DayType = (typeof dayTypes)[number];

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
    contact: z.object({ name: z.string().trim().min(1).max(80).optional(), phone: z.string().trim().min(3).max(32).optional() }).optional(),
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
  z.object({ ...name('ticket.divert'), ...ticketId, to: z.literal('machine'), machineId: code.optional() }),
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
  z.object({ ...name('branch.configure'), config: configSchema.partial() }),
]);

/** What outsiders may post. */
export type FloorCommand = z.infer<typeof commandSchema>;

/** What only the hub itself says: time has passed; the hub was down from `downFrom` until now. */
export type HubCommand = { type: 'clock.tick' } | { type: 'hub.resumed'; downFrom: number };

export type BranchCommand = FloorCommand | HubCommand;
export type CommandOf<T extends BranchCommand['type']> = Extract<BranchCommand, { type: T }>;
