/** One attempt: a signed POST, of whose answer only the status counts. */
import { Webhook } from 'standardwebhooks';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Target } from './target.ts';

const TIMEOUT_MS = 10_000;
/** The receiver says that it will never want this again. */
const GONE = 410;

export interface Posted {
  readonly delivered: boolean;
  readonly status?: number;
  /** A code for people: `http-500`, `timeout`, `unreachable`, `ECONNREFUSED`. */
  readonly error?: string;
  readonly gone?: true;
}

export interface Letter {
  readonly messageId: string;
  readonly body: string;
  /** Real ms: receivers refuse what is minutes old. */
  readonly at: number;
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unreachable';
}

/** Never throws. `stop` ends it early, as a failure. */
export async function post(
  { url, secret }: Target,
  { messageId, body, at }: Letter,
  scheduler: Scheduler,
  stop: AbortSignal,
): Promise<Posted> {
  const patience = new AbortController();
  const cancel = scheduler.after(TIMEOUT_MS, () => patience.abort());
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([patience.signal, stop]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Counterflow-Webhooks',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': new Webhook(secret).sign(messageId, new Date(at), body),
      },
      body,
    });
    // Nobody reads what it says, however long it is.
    await response.body?.cancel().catch(() => undefined);
    const { status, ok } = response;
    if (ok) return { delivered: true, status };
    return { delivered: false, status, error: `http-${status}`, ...(status === GONE ? { gone: true } : {}) };
  } catch (error) {
    return { delivered: false, error: patience.signal.aborted ? 'timeout' : codeOf(error) };
  } finally {
    cancel();
  }
}
