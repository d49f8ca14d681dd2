/** A branch's configuration, as it crosses the wire and as it stands in the log. Amounts in fen, durations in ms. */
import { z } from 'zod';
import { adviceSchema } from './advice.ts';
import { casesSchema, playbooksSchema } from './cases.ts';
import { dayMarkSchema } from './day-types.ts';
import { flowSchema } from './flow.ts';
import { machinePolicySchema, machineSchema } from './machines.ts';
import { certificateSchema, contractSchema, peopleSchema, postKinds, staffKinds } from './people.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const ms = z
  .number()
  .int()
  .min(0)
  .max(7 * 24 * 3_600_000);
const localTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');
const localDate = z.iso.date();
const label = z.string().trim().min(1).max(80);
const dayHours = z.object({ opens: localTime, closes: localTime });

const timeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
      return true;
    } catch {
      return false;
    }
  },
  { message: 'an IANA time zone such as Asia/Shanghai' },
);

export const hoursSchema = z.object({
  timeZone,
  roundTheClock: z.boolean().optional(),
  week: z.array(dayHours.nullable()).length(7),
  holidays: z.array(localDate).max(400),
  makeUpDays: z.array(z.object({ date: localDate, hours: dayHours })).max(100),
});

export const segments = ['ordinary', 'elderly', 'over80', 'disabled', 'pregnant', 'infant', 'serviceman', 'vip', 'appointment'] as const;
export const counterKinds = ['cash', 'nonCash', 'vip', 'priority', 'corporate', 'elastic'] as const;

export const serviceSchema = z.object({
  id,
  name: z.object({ zh: label, en: label }),
  /** Prefix of its numbers; services may share one, never W (walk-ups). */
  letter: z.string().regex(/^[A-VX-Z]$/, 'one capital letter, not W'),
  zone: z.enum(['cash', 'nonCash']),
  /** What a first prediction assumes until the branch's own times are known. */
  typicalMs: z
    .number()
    .int()
    .min(5_000)
    .max(4 * 3_600_000),
  /** Every cash window takes it on a pension day. */
  pension: z.boolean().optional(),
  offered: z.boolean().optional(),
});

export const counterSchema = z.object({
  id,
  number: z.number().int().min(1).max(999),
  kind: z.enum(counterKinds),
  /** The kind an elastic window stands in for. */
  actsAs: z.enum(['cash', 'nonCash', 'corporate']).optional(),
  serviceIds: z.array(id).max(100),
});

/** One service's standard time limit (domain.md section 3). Brackets ascend; the last has no `upToFen`. `limitMs: null` = none. */
export const limitRuleSchema = z.object({
  serviceId: id,
  brackets: z
    .array(
      z.object({
        upToFen: z.number().int().min(1).optional(),
        limitMs: z
          .number()
          .int()
          .min(1_000)
          .max(24 * 3_600_000)
          .nullable(),
      }),
    )
    .min(1)
    .max(20),
  /** Codes (as given at `ticket.start`) under which no limit applies. */
  exceptions: z.array(id).max(20).default([]),
  /** Above so many notes the transaction is judged by another service's brackets. */
  manyNotes: z.object({ over: z.number().int().min(1), judgedAs: id }).optional(),
});

export const extensionClasses = ['coins', 'counterfeit', 'antiFraud', 'identity', 'greenChannel', 'explained'] as const;

export const policySchema = z.object({
  /** An ordinary customer waiting so long goes by arrival before all later priority: nobody starves. */
  raiseAfterMs: ms,
  vipOneIn: z.number().int().min(1).max(100),
  /** On a pension day, age alone stops being priority above this share of elderly among those waiting. */
  pensionElderlyShare: z.number().min(0).max(1),
  /** Calls that pass before a late-comer is due again ("next but two"). */
  lateAfterCalls: z.number().int().min(0).max(20),
  appointmentEarlyMs: ms,
  /** A diverted customer keeps the place so long. */
  divertReturnMs: ms,
  recallAfterMs: ms,
  noShowAfterCalls: z.number().int().min(1).max(10),
  noShowAfterMs: ms,
  /** A call answered starts service by itself. */
  autoStart: z.boolean(),
  cashCountOnPause: z.boolean(),
  warnShare: z.number().min(0.1).max(1),
  /** Stages past the limit, ascending. */
  stagesMs: z.tuple([ms, ms, ms]),
  /** From this stage on the board says "may need help". */
  helpStage: z.number().int().min(0).max(3),
  extensions: z.object({
    coins: z.object({ minShare: z.number().min(0).max(1), defaultMs: ms, minMs: ms, maxMs: ms }),
    otherByRightMs: ms,
    greenChannelFactor: z.number().min(1).max(10),
  }),
  retraining: z.object({ overruns: z.number().int().min(1).max(100), period: z.enum(['month', 'quarter']) }),
  /** Told to be served within this wait. */
  servedTargetMs: ms,
  peakWaitingPerWindow: z.number().int().min(1).max(1000),
  attention: z.object({
    windowsClosedAtPeakMs: ms,
    unmannedMs: ms,
    idleBesideLineMs: ms,
    longLine: z.number().int().min(1).max(1000),
    pauseTooLongMs: ms,
    calledTooLongMs: ms,
    servingTooLongMs: ms,
  }),
});

export const rosterEntrySchema = z.object({
  staffId: id,
  role: z.enum(staffKinds),
  /** Where this person usually sits. */
  counterId: id.optional(),
  /** Services this person may do; absent = all. */
  serviceIds: z.array(id).max(100).optional(),
  certificates: z.array(certificateSchema).max(20).optional(),
  /** Working hours agreed, breaks not counted; absent = the branch's usual ones. */
  contract: contractSchema.optional(),
  /** Posts this person may take, the usual one first; absent = those of the role. */
  posts: z.array(z.enum(postKinds)).min(1).max(postKinds.length).optional(),
});

/** Sections are replaced whole; a section left out stays as it is. */
export const configSchema = z.object({
  name: z.object({ zh: label, en: label }),
  hours: hoursSchema,
  services: z.array(serviceSchema).min(1).max(100),
  counters: z.array(counterSchema).min(1).max(200),
  limits: z.array(limitRuleSchema).max(100),
  policy: policySchema,
  roster: z.array(rosterEntrySchema).max(500),
  /** Branches configured before these sections existed go by the defaults. */
  machines: z.array(machineSchema).max(500).optional(),
  machinePolicy: machinePolicySchema.optional(),
  cases: casesSchema.optional(),
  playbooks: playbooksSchema.optional(),
  people: peopleSchema.optional(),
  advice: adviceSchema.optional(),
  flow: flowSchema.optional(),
  /** Paydays, pension and market days known ahead; of two that fit a day the first counts. Eves of holidays are known by the hours. */
  dayTypes: z.array(dayMarkSchema).max(50).optional(),
});

export type BranchConfig = z.infer<typeof configSchema>;
export type Policy = z.infer<typeof policySchema>;
export type Service = z.infer<typeof serviceSchema>;
export type CounterConfig = z.infer<typeof counterSchema>;
export type CounterKind = CounterConfig['kind'];
export type LimitRule = z.infer<typeof limitRuleSchema>;
export type RosterEntry = z.infer<typeof rosterEntrySchema>;
export type Segment = (typeof segments)[number];
export type ExtensionClass = (typeof extensionClasses)[number];
