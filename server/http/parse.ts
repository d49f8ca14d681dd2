/** Reading what somebody posted: nothing past this point is unchecked. */
import { z } from 'zod';
import { commandSchema, type FloorCommand } from '../../shared/contract/commands.ts';
import { fieldErrors, malformed, type FieldError } from './problem.ts';

/** A UUID by its shape, whatever version made it, or a hand; in capitals it is the same id. */
export const commandIdSchema = z.guid('a UUID').toLowerCase();
const envelope = z.object({ id: commandIdSchema }, 'a JSON object');

/** Throws a 400 that names every field at fault. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value);
  if (!read.success) throw malformed(fieldErrors(read.error.issues));
  return read.data;
}

/** `{id, ...body}` with `body` of the given schema; the faults of both are told at once. */
export function parseWithId<T extends z.ZodType>(schema: T, value: unknown): { id: string; body: z.infer<T> } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed([{ path: '', message: 'a JSON object' }]);
  const head = envelope.safeParse(value);
  const body = schema.safeParse(value);
  const errors: FieldError[] = [];
  if (!head.success) errors.push(...fieldErrors(head.error.issues));
  if (!body.success) errors.push(...fieldErrors(body.error.issues));
  if (!head.success || !body.success) throw malformed(errors);
  return { id: head.data.id, body: body.data };
}

export const parseCommand = (value: unknown): { id: string; body: FloorCommand } => parseWithId(commandSchema, value);

/** A whole number from a query, clamped; the default where it is absent or no number. */
export function clampedNumber(text: unknown, { least, most, otherwise }: { least: number; most: number; otherwise: number }): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : otherwise;
}
