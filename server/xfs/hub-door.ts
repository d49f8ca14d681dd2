/** The hub's telemetry door, seen from outside: the only thing this process knows of the hub. */
import type { MachineStatus } from '../../shared/contract/machines.ts';
import type { Log } from '../platform/log.ts';

export interface Report {
  readonly machineId: string;
  readonly at: number;
  readonly status: MachineStatus;
}

/** `refused`: the hub is there and will not have it. Never rejects. */
export type Post = (reports: readonly Report[]) => Promise<'ok' | 'refused' | 'unreachable'>;

export interface HubDoorOptions {
  /** Such as https://hub.bank.example. */
  readonly hub: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly log: Log;
}

export function hubDoor({ hub, token, timeoutMs, log }: HubDoorOptions): Post {
  const url = new URL('/api/machines/telemetry', hub);
  const said = new Set<string>();
  /** Each trouble once, so that a wrong configuration is seen and does not fill the disk. */
  const sayOnce = (key: string, about: object, line: string): void => {
    if (said.has(key) || said.size > 1_000) return;
    said.add(key);
    log.error(about, line);
  };
  return async (reports) => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1, reports }),
        // The token goes to no other address than the configured one.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.text();
      if (answer.ok) {
        for (const machineId of unknownIn(text)) sayOnce(machineId, { machineId }, 'the hub has no such machine');
        return 'ok';
      }
      if (answer.status === 429 || answer.status >= 500) return 'unreachable';
      sayOnce(`status ${answer.status}`, { status: answer.status, code: codeIn(text) }, 'the hub refuses the reports');
      return 'refused';
    } catch {
      return 'unreachable';
    }
  };
}

function unknownIn(text: string): readonly string[] {
  const unknown = parsed(text)?.['unknown'];
  return Array.isArray(unknown) ? unknown.filter((id) => typeof id === 'string') : [];
}

function codeIn(text: string): string | undefined {
  const code = parsed(text)?.['code'];
  return typeof code === 'string' ? code : undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
