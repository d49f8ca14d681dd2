/** People as a branch's configuration has them: posts, certificates, shift templates, the rules watched live. */
import { z } from 'zod';
import { dayTypes } from './day-types.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const localTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');
const label = z.string().trim().min(1).max(80);
const ms = z
  .number()
  .int()
  .min(0)
  .max(7 * 24 * 3_600_000);
const few = z.number().int().min(0).max(100);

/** Where a person stands or sits: a counter, the lobby, the back office, the door; `floor` is the head walking the branch. */
export const postKinds = ['counter', 'lobby', 'backOffice', 'guard', 'floor'] as const;
/** What a person is (domain.md section 1). What an account may do is its own role. */
export const staffKinds = [
  'teller',
  'chiefTeller',
  'floatingTeller',
  'manager',
  'deputyManager',
  'customerManager',
  'supervisor',
  'head',
  'guard',
] as const;
/** Why somebody is away is a text beside the log; the log knows only whether it was planned. */
export const absenceKinds = ['planned', 'unplanned', 'training'] as const;

/** A post certificate (上岗证): a code of the bank's own, valid to the end of that local date. */
export const certificateSchema = z.object({ kind: id, expiresOn: z.iso.date() });
export const contractSchema = z.object({ dayMs: ms.max(24 * 3_600_000), weekMs: ms });

/** A break is begun between two local times and lasts so long. */
export const breakTemplateSchema = z.object({
  earliest: localTime,
  latest: localTime,
  lengthMs: ms.min(60_000).max(4 * 3_600_000),
});

/** `until` at or before `from` is on the next day. */
export const shiftTemplateSchema = z.object({
  id,
  name: z.object({ zh: label, en: label }),
  from: localTime,
  until: localTime,
  breaks: z.array(breakTemplateSchema).max(4),
});

/** The thresholds of the rules watched live (domain.md section 4); null = not watched, as is a least number of 0. */
export const peopleRulesSchema = z.object({
  /** Lobby managers on post while the branch does business. */
  lobby: few,
  lobbyAfterMs: ms,
  /** Of a busy branch: on such days, or with so many waiting for so long. */
  lobbyBusy: few,
  busyDayTypes: z.array(z.enum(dayTypes)).max(dayTypes.length),
  busyWaiting: z.number().int().min(1).max(100_000),
  busyAfterMs: ms,
  /** Open windows with somebody behind them. */
  cashTellers: few,
  nonCashTellers: few,
  tellersAfterMs: ms,
  headReachable: z.boolean(),
  /** A head was on the floor by this local time. */
  headOnFloorBy: localTime.nullable(),
  guards: few,
  guardAfterMs: ms,
  /** So long before a break must have begun. */
  breakWarnMs: ms,
  /** Nobody is due a break before working so long. */
  breakAfterWorkMs: ms,
  /** Whoever is planned may come so long after the shift began. */
  arrivalGraceMs: ms.nullable(),
  /** A break may last so much longer than it was said to. */
  breakOverrunMs: ms.nullable(),
  /** So long a break lasts whose end nobody told and no plan knows. */
  breakUntoldMs: ms,
  /** So long before its shift the place of somebody away must be somebody's. */
  placeOpenAheadMs: ms.nullable(),
  /** An offer to swap is answered within so long, and so long before the first of the shifts. */
  swapAnswerMs: ms.nullable(),
  certificateWarnDays: z.number().int().min(0).max(400),
  /** Between two shifts of one person. */
  restMs: ms,
  /** Hours of whoever has no contract of their own on the roster. */
  contract: contractSchema,
});

/** A branch whose configuration has no such section keeps no rota and has none of these rules. */
export const peopleSchema = z.object({
  shifts: z.array(shiftTemplateSchema).max(50),
  /** Certificates that a post asks for, all of them. */
  certificates: z.partialRecord(z.enum(postKinds), z.array(id).max(10)).optional(),
  /** Those left out are the defaults. */
  rules: peopleRulesSchema.partial().optional(),
});

export type PostKind = (typeof postKinds)[number];
export type StaffKind = (typeof staffKinds)[number];
export type AbsenceKind = (typeof absenceKinds)[number];
export type Certificate = z.infer<typeof certificateSchema>;
export type ShiftTemplate = z.infer<typeof shiftTemplateSchema>;
export type BreakTemplate = z.infer<typeof breakTemplateSchema>;
export type PeopleRules = z.infer<typeof peopleRulesSchema>;
