/** Advice as it crosses the wire: what may be advised, and a bank's own choices about it (docs/advice.md). */
import { z } from 'zod';
import { adviceKinds } from './advice-kinds.ts';

const localTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');
const span = (least: number, most: number) => z.number().int().min(least).max(most);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The rule's two numbers (90 % wait over the horizon): open above the one, close below the other. Tuned per branch. */
export const adviceThresholdsSchema = z
  .object({ openAboveMs: span(10_000, 2 * HOUR), closeBelowMs: span(0, HOUR) })
  .refine(({ openAboveMs, closeBelowMs }) => closeBelowMs < openAboveMs, { path: ['closeBelowMs'], message: 'below openAboveMs' });

export type AdviceThresholds = z.infer<typeof adviceThresholdsSchema>;

export const adviceSchema = z.object({
  /** `act`: within its bounds the hub carries advice out by itself, and says so. */
  mode: z.enum(['off', 'advise', 'act']),
  /** What it may advise. */
  kinds: z.array(z.enum(adviceKinds)).max(adviceKinds.length),
  /** From the word to a window that serves: the person comes, signs on. */
  timeToOpenMs: span(0, HOUR),
  /** A window once open stays open so long. */
  minOpenMs: span(0, 8 * HOUR),
  /** A window told to close has closed by then: its customer is served to the end. */
  closeWithinMs: span(MINUTE, 4 * HOUR),
  /** Advice nobody took up is over after so long. */
  lifeMs: span(MINUTE, 4 * HOUR),
  /** What it brought is measured over so long before and after. */
  measureMs: span(MINUTE, 4 * HOUR),
  /** Once given it stands so long, whatever the outlook, unless it has become impossible or would do harm. */
  standMs: span(0, HOUR).default(3 * MINUTE),
  /** Withdrawn, the same does not come back for so long, unless the 90 % wait has grown by `clearlyWorse`. */
  quietMs: span(0, 12 * HOUR).default(10 * MINUTE),
  /** Declined, the same does not come back for so long … */
  declinedMs: span(0, 12 * HOUR),
  /** … unless the 90 % wait has grown by this factor. */
  clearlyWorse: z.number().min(1).max(10),
  /** True: a window opens when its person signs on there. False: the hub opens it for them. */
  waitForSignOn: z.boolean(),
  thresholds: adviceThresholdsSchema,
  /** How far the outlook reaches. */
  horizonMs: span(10 * MINUTE, 4 * HOUR),
  /** The bounds of `act`. */
  act: z
    .object({
      kinds: z.array(z.enum(adviceKinds)).max(adviceKinds.length),
      mostAnHour: span(1, 60),
      /** With so few open it closes none, with so many it opens none. */
      leastWindows: span(0, 200),
      mostWindows: span(1, 200),
      /** Local time; absent: whenever the branch does business. */
      between: z.object({ from: localTime, until: localTime }).optional(),
    })
    .refine(({ leastWindows, mostWindows }) => leastWindows <= mostWindows, { path: ['leastWindows'], message: 'not above mostWindows' }),
});

export type AdviceConfig = z.infer<typeof adviceSchema>;

export const adviceChangeSchema = z
  .strictObject({
    counterId: z.string().min(1).max(64).optional(),
    staffId: z.string().min(1).max(64).optional(),
    doAt: z.number().int().min(0).max(8.64e15).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'another counter, person or time');

export type AdviceChange = z.infer<typeof adviceChangeSchema>;
