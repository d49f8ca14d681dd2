/** The connector's configuration: a JSON file, and the environment for what should not stand in a file. Checked once, at start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Address } from './addresses.ts';
import type { Pace } from './surroundings.ts';

const ms = (min: number, max: number) => z.number().int().min(min).max(max);
const host = z
  .string()
  .regex(/^([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9a-fA-F:.]{2,45}\])$/, 'a host such as atm-1.bank.example, 10.0.0.7 or [2001:db8::7]');
const webSocketUri = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^wss?:$/.test(protocol) && username === '' && password === '';
}, 'an address such as wss://10.0.0.7:5846/xfs4iot/v1.0, without user or password');
const hubUri = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'an address such as https://hub.bank.example');

const allowHosts = z.array(host).max(16).default([]);
const machineId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const machine = z.union([
  z.strictObject({ machineId, uri: webSocketUri, allowHosts }),
  z.strictObject({ machineId, host, tls: z.boolean().default(true), allowHosts }),
]);

const file = z.strictObject({
  hub: hubUri,
  token: z.string().min(1).max(500).optional(),
  machines: z
    .array(machine)
    .min(1)
    .max(1_000)
    .refine((all) => new Set(all.map((one) => one.machineId)).size === all.length, 'each machine once'),
  /** PEM file of the authority that vouches for devices over TLS. */
  caFile: z.string().min(1).optional(),
  reportEveryMs: ms(50, 10_000).default(1_000),
  statusEveryMs: ms(50, 10_000).default(5_000),
  answerWithinMs: ms(100, 10_000).default(5_000),
  storageEveryMs: ms(100, 600_000).default(30_000),
  discoverEveryMs: ms(100, 3_600_000).default(60_000),
  retryFirstMs: ms(20, 10_000).default(500),
  retryLongestMs: ms(20, 600_000).default(10_000),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ConnectorConfig extends Pace {
  readonly hub: string;
  readonly token: string;
  readonly machines: readonly (Address & { readonly machineId: string })[];
  readonly ca?: string;
  readonly reportEveryMs: number;
  readonly logLevel: string;
}

export type ConfigResult = { readonly ok: true; readonly config: ConnectorConfig } | { readonly ok: false; readonly line: string };

/** `XFS_CONFIG` names the file; `HUB_URL`, `MACHINE_TOKEN` and `LOG_LEVEL` come before what it says. The line never shows the token. */
export function readConnectorConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const path = env['XFS_CONFIG'];
  if (path === undefined || path === '') return wrong('XFS_CONFIG names no file');
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return wrong(`${path} cannot be read: ${error instanceof SyntaxError ? 'it is not JSON' : String(error)}`);
  }
  const over = Object.entries({ hub: env['HUB_URL'], token: env['MACHINE_TOKEN'], logLevel: env['LOG_LEVEL'] });
  const given = Object.fromEntries(over.filter(([, value]) => value !== undefined && value !== ''));
  const parsed = file.safeParse({ ...(typeof said === 'object' ? said : {}), ...given });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return wrong(`${path}: ${issue?.path.join('.') || 'it'} is wrong: ${issue?.message ?? 'unreadable'}`);
  }
  const { token, caFile, ...rest } = parsed.data;
  if (token === undefined) return wrong('MACHINE_TOKEN is missing: the token of a machine device, from the settings of the branch');
  try {
    return { ok: true, config: { ...rest, token, ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }) } };
  } catch (error) {
    return wrong(`${path}: caFile cannot be read: ${String(error)}`);
  }
}

const wrong = (line: string): ConfigResult => ({ ok: false, line });
