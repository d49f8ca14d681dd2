/** Cases as they cross the wire: kinds, levels, escalation policy, complaint law, emergency playbooks. All of it configuration. */
import { z } from 'zod';
import { ladder } from './ladder.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const label = z.string().trim().min(1).max(80);
const words = z.object({ zh: z.string().trim().min(1).max(2_000), en: z.string().trim().min(1).max(2_000) });
const stretchMs = z
  .number()
  .int()
  .min(1_000)
  .max(90 * 24 * 3_600_000);
const days = z.number().int().min(1).max(400);

/** What a person may log; a machine's fault is logged by the machine. */
export const loggedKinds = ['complaint', 'incident', 'emergency', 'suggestion', 'praise'] as const;
export const caseKinds = [...loggedKinds, 'machineFault'] as const;
export const caseChannels = ['counter', 'leader', 'hotline', 'regulator', 'press'] as const;
export const caseStates = ['logged', 'acknowledged', 'resolved', 'closed', 'withdrawn'] as const;
export const caseLines = ['clear', 'maintenance'] as const;
export const outcomes = ['granted', 'partly', 'refused'] as const;

const severity = z.number().int().min(1).max(4);
const level = z.number().int().min(1).max(ladder.length);
const clock = z.enum(['elapsed', 'business']);
const told = z.array(z.enum(ladder)).max(ladder.length);

export const levelPolicySchema = z.object({
  level,
  /** From reaching this level until somebody there has said "seen". */
  ackMs: stretchMs,
  /** From reaching this level until it is resolved. */
  actMs: stretchMs,
  /** Who hears of it when it reaches this level, beside the level itself. */
  told,
  /** What this level may promise in money. Absent = nothing is said about money. */
  authorityFen: z.number().int().min(0).max(1e13).optional(),
});

export const escalationPolicySchema = z.object({
  /** `any` = every kind that has no row of its own. */
  kind: z.enum([...caseKinds, 'any']),
  severity,
  /** Elapsed time, or time while the branch is open. */
  clock,
  /** Told the moment it is logged. */
  tellAtOnce: told,
  levels: z
    .array(levelPolicySchema)
    .length(ladder.length)
    .refine((list) => list.every((one, index) => one.level === index + 1), 'levels 1 to 5, in order'),
});

/** Complaint law as data (regulation.md). */
export const lawSchema = z.object({
  /** Calendar days, or days the branch is open. */
  clock: z.enum(['calendar', 'business']),
  simpleDays: days,
  complexDays: days,
  /** An extension of the extension never exceeds this in all. */
  extendDays: days,
  /** Lowest level of the ladder that may approve an extension. */
  extendApprovedFrom: level,
  warnDays: days,
  /** The customer may ask for a review this long after the reply; it is decided within `reviewDays`. */
  reviewAskDays: days,
  reviewDays: days,
  maxRepresentatives: z.number().int().min(1).max(100),
  majorEventPeople: z.number().int().min(2).max(10_000),
  waysOnward: z
    .array(z.object({ id, name: z.object({ zh: label, en: label }) }))
    .min(1)
    .max(10),
  /** Kinds whose video is to be saved, and within what time. */
  videoKinds: z.array(z.enum(caseKinds)).max(caseKinds.length),
  videoMs: stretchMs,
  /** The same cause again within so many days shows as such. */
  repeatCauseDays: days,
});

export const casesSchema = z.object({
  policies: z.array(escalationPolicySchema).min(1).max(100),
  law: lawSchema,
  /** Severity rises with the channel: a case that came by it is at least so grave. */
  channelSeverity: z.record(z.enum(caseChannels), severity),
  causes: z.array(z.object({ id, name: z.object({ zh: label, en: label }) })).max(200),
  replyTemplates: z
    .array(z.object({ id, kinds: z.array(z.enum(caseKinds)).min(1), name: z.object({ zh: label, en: label }), text: words }))
    .max(100),
  /** Beside the head and the supervisors: staff who hear of silent emergencies. */
  silentRecipients: z.array(id).max(50),
});

export const playbookSchema = z.object({
  id,
  name: z.object({ zh: label, en: label }),
  /** Regulation's grade; 1 the gravest. */
  grade: z.number().int().min(1).max(3),
  severity,
  /** No sound, nothing on tablet, wall, kiosk or display: robbery, hostage, fraud in progress. */
  silent: z.boolean(),
  steps: z
    .array(
      z.object({
        id,
        text: words,
        /** Whose step it is. */
        role: z.enum([...ladder, 'guard', 'supervisor']),
        /** From the start of the emergency. */
        withinMs: stretchMs,
      }),
    )
    .min(1)
    .max(50),
  /** What the public may be told, if anything. */
  publicWords: words.optional(),
});

export const playbooksSchema = z.array(playbookSchema).max(60);

/** What a report to the superior states (regulation.md). */
export const reportFields = ['place', 'time', 'cause', 'nature', 'amount', 'people', 'harm', 'reaction', 'trend', 'measures'] as const;

export type CaseKind = (typeof caseKinds)[number];
export type CaseChannel = (typeof caseChannels)[number];
export type CaseStateName = (typeof caseStates)[number];
export type CaseLine = (typeof caseLines)[number];
export type CaseOutcome = (typeof outcomes)[number];
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>;
export type ComplaintLaw = z.infer<typeof lawSchema>;
export type CasesConfig = z.infer<typeof casesSchema>;
export type Playbook = z.infer<typeof playbookSchema>;
export type ReportField = (typeof reportFields)[number];
