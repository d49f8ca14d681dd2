/** One frame of a device, read in either dialect of XFS4IoT. What cannot be read is not believed: it gives nothing. */

export type JsonObject = Readonly<Record<string, unknown>>;

export type Message =
  /** The answer that a command was taken on, or was not. */
  | { readonly kind: 'acknowledge'; readonly name: string; readonly requestId: number; readonly accepted: boolean }
  /** `code`: `success`, or why not; `unknown` where the device gave none. */
  | { readonly kind: 'completion'; readonly name: string; readonly requestId: number; readonly code: string; readonly payload: JsonObject }
  /** What the device says unasked. */
  | { readonly kind: 'unsolicited'; readonly name: string; readonly payload: JsonObject };

/** Longest frame that is read at all, in UTF-16 units; a status of the largest recycler has a few thousand. */
export const LONGEST_FRAME = 256 * 1_024;

const nothing: JsonObject = {};
const namePattern = /^[A-Za-z]{1,40}\.[A-Za-z]{1,60}$/;

/** An object with keys of its own, or undefined: no array, no null. */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The object's own value: what a prototype has is nobody's word. */
export function own(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A frame as it came. Undefined where it is no message, is none for us, or says two things at once. Never throws. */
export function readFrame(text: string): Message | undefined {
  if (text.length > LONGEST_FRAME) return undefined;
  const whole = objectOf(parsed(text));
  const header = objectOf(own(whole, 'header'));
  const name = own(header, 'name');
  if (typeof name !== 'string' || !namePattern.test(name)) return undefined;
  const said = own(whole, 'payload') ?? nothing;
  const payload = objectOf(said);
  if (payload === undefined) return undefined;
  const requestId = own(header, 'requestId') ?? undefined;
  const type = own(header, 'type');
  if (type === 'unsolicited') return { kind: 'unsolicited', name, payload };
  // The older dialect: an event that answers nobody.
  if (type === 'event') return requestId === undefined ? { kind: 'unsolicited', name, payload } : undefined;
  if (typeof requestId !== 'number' || !Number.isSafeInteger(requestId)) return undefined;
  if (type === 'acknowledge') return { kind: 'acknowledge', name, requestId, accepted: accepted(header, payload) };
  if (type === 'completion') return { kind: 'completion', name, requestId, code: completionCode(header, payload), payload };
  return undefined;
}

/** A command to the device. */
export function writeCommand(name: string, requestId: number, timeoutMs: number): string {
  return JSON.stringify({ header: { name, requestId, type: 'command', version: '2.0', timeout: timeoutMs }, payload: {} });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Without a word it was taken on; the older dialect says `ok` in the payload. */
function accepted(header: JsonObject | undefined, payload: JsonObject): boolean {
  return [own(header, 'status'), own(payload, 'status')].every((status) => status === undefined || status === null || status === 'ok');
}

/** In the header now, in the payload in the older dialect. Where both speak and one is no success, that one counts. */
function completionCode(header: JsonObject | undefined, payload: JsonObject): string {
  const codes = [own(header, 'completionCode'), own(payload, 'completionCode')].filter((code) => code !== undefined && code !== null);
  if (codes.length === 0) return 'unknown';
  const bad = codes.find((code) => code !== 'success');
  return bad === undefined ? 'success' : typeof bad === 'string' ? bad.slice(0, 64) : 'unknown';
}
