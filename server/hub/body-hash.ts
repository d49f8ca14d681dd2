/** What "the same command" means: the parsed body, whatever the order of its keys. */
import { createHmac } from 'node:crypto';

/** JSON with sorted keys; an absent key and an undefined one are the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** 16 bytes of HMAC-SHA-256: a phone number in a body cannot be guessed back from the stored hash. */
export function bodyHash(key: Buffer, body: unknown): Buffer {
  return createHmac('sha256', key).update(canonical(body)).digest().subarray(0, 16);
}
