/** The two ways in which devices in the field word the same messages. */

/** `2021` : codes in the payload, "notSupported", unasked messages as events of request null. `2023`: codes in the header, null. */
export type Dialect = '2021' | '2023';

export interface Command {
  readonly name: string;
  readonly requestId: number;
}

type Payload = Readonly<Record<string, unknown>>;

export function acknowledgement(dialect: Dialect, { name, requestId }: Command): string {
  const header = { name, requestId, type: 'acknowledge', version: dialect === '2021' ? '1.0' : '3.0' };
  return JSON.stringify(dialect === '2021' ? { header, payload: { status: 'ok' } } : { header, payload: null });
}

export function completion(dialect: Dialect, { name, requestId }: Command, completionCode: string, payload: Payload): string {
  const header = { name, requestId, type: 'completion', version: dialect === '2021' ? '1.0' : '3.0' };
  return JSON.stringify(
    dialect === '2021'
      ? { header, payload: { completionCode, ...payload } }
      : { header: { ...header, completionCode }, payload: Object.keys(payload).length > 0 ? payload : null },
  );
}

/** `bare`: the older dialect has devices that leave the request out and such that say null. */
export function unsolicited(dialect: Dialect, name: string, payload: Payload, bare = false): string {
  const header =
    dialect === '2023'
      ? { name, type: 'unsolicited', version: '3.0' }
      : { name, type: 'event', version: '1.0', ...(bare ? {} : { requestId: null }) };
  return JSON.stringify({ header, payload });
}

/** How the dialect says that the device has no such thing. */
export const absent = (dialect: Dialect): 'notSupported' | null => (dialect === '2021' ? 'notSupported' : null);
