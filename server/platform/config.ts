/** The environment, checked once at start: a wrong value is one clear line. */
import { z } from 'zod';

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a whole number from ${min} to ${max}`);

const origin = z.string().refine((text) => {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.origin === text;
  } catch {
    return false;
  }
}, 'origins such as https://hub.bank.example, separated by commas');

const EARLIEST = Date.UTC(2020, 0, 1);
const LATEST = Date.UTC(2032, 0, 1);

const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/, 'an instant such as 2026-05-13T08:30+08:00')
  .transform((text) => Date.parse(text))
  .refine((at) => at >= EARLIEST && at < LATEST, 'an instant from 2020 to 2031');

const environment = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().trim().min(1, 'an address to listen on').default('127.0.0.1'),
  DATA_DIR: z.string().trim().min(1, 'a folder').default('./data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
    .pipe(z.array(origin)),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  TRUST_PROXY: z.enum(['on', 'off']).default('off'),
  CONTACT_DAYS: whole(1, 3_650).default(30),
  TEXT_DAYS: whole(1, 3_650).default(730),
  CASE_DAYS: whole(1, 36_500).default(1_825),
  ATTACHMENT_MB: whole(1, 1_048_576).default(2_048),
  SPEED: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,3})?$/, 'a number such as 1 or 20')
    .transform(Number)
    .refine((value) => value >= 0.1 && value <= 10_000, 'a number from 0.1 to 10000')
    .default(1),
  COUNTERFLOW_DEMO: z.enum(['0', '1']).default('0'),
  START_AT: instant.optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly logLevel: string;
  readonly allowedOrigins: readonly string[];
  readonly rateLimit: boolean;
  /** Behind a TLS proxy: its word on who calls, and how, is believed. */
  readonly trustProxy: boolean;
  readonly speed: number;
  /** With the demo bank. */
  readonly demo: boolean;
  /** A demo's hub time when it is started for the first time, epoch ms; absent: the real time. */
  readonly startAt?: number;
  /** How long contacts and free text are kept; what belongs to a case, from its closing on. */
  readonly keep: { readonly contactDays: number; readonly textDays: number; readonly caseDays: number };
  /** Room for the files of cases, all together. */
  readonly attachmentBytes: number;
}

export type ConfigResult = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly line: string };

/** An empty variable counts as absent. The line names the variable and what it wants, never more than the first fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? 'environment');
    return { ok: false, line: `${name}=${JSON.stringify(given[name] ?? '')} is wrong: ${issue?.message ?? 'unreadable'}` };
  }
  const {
    PORT,
    HOST,
    DATA_DIR,
    LOG_LEVEL,
    ALLOWED_ORIGINS,
    RATE_LIMIT,
    TRUST_PROXY,
    CONTACT_DAYS,
    TEXT_DAYS,
    CASE_DAYS,
    ATTACHMENT_MB,
    SPEED,
    COUNTERFLOW_DEMO,
    START_AT,
  } = parsed.data;
  const demo = COUNTERFLOW_DEMO === '1';
  if (START_AT !== undefined && !demo)
    return { ok: false, line: `START_AT=${JSON.stringify(given['START_AT'])} is wrong: only a demo chooses its hour; leave it out` };
  return {
    ok: true,
    config: {
      port: PORT,
      host: HOST,
      dataDir: DATA_DIR,
      logLevel: LOG_LEVEL,
      allowedOrigins: ALLOWED_ORIGINS,
      rateLimit: RATE_LIMIT === 'on',
      trustProxy: TRUST_PROXY === 'on',
      speed: SPEED,
      demo,
      ...(START_AT !== undefined && { startAt: START_AT }),
      keep: { contactDays: CONTACT_DAYS, textDays: TEXT_DAYS, caseDays: CASE_DAYS },
      attachmentBytes: ATTACHMENT_MB * 1024 * 1024,
    },
  };
}
