/** The phone's picture of its ticket, asked for every few seconds (a phone has no credentials for a socket). */
import type { TicketState, WaitRange } from '../../../shared/branch/branch.state.ts';
import type { Answer, Api, Problem } from '../../live/api.ts';
import { newCommandId } from '../../live/ids.ts';

/** `GET /api/t/:token`. */
export interface MyTicket {
  readonly number: string;
  readonly state: TicketState;
  readonly ahead?: number;
  readonly waitMs?: WaitRange;
  /** Windows that may take it now; with none the wait is anybody's guess. */
  readonly windows?: number;
  readonly counterNumber?: number;
  readonly branchName?: { readonly zh: string; readonly en: string };
  readonly serviceName?: { readonly zh: string; readonly en: string };
  readonly rated?: boolean;
}

export interface Seen {
  readonly ticket: MyTicket | undefined;
  /** Page time of the last good answer, epoch ms. */
  readonly at: number | undefined;
  readonly stale: boolean;
  readonly notFound: boolean;
}

const POLL_MS = 5_000;
/** Called, or nearly: seconds matter. */
const CLOSE_MS = 3_000;
/** Ended tickets may still come back (a late-comer is put in again). */
const ENDED_MS = 30_000;
const BACKOFF_MS = [5_000, 8_000, 15_000, 30_000] as const;

export const ALMOST = 2;

export const isAlmost = ({ state, ahead }: MyTicket): boolean => state === 'waiting' && ahead !== undefined && ahead <= ALMOST;

/** How long until the next question, ms. `failures` in a row so far. */
export function nextPollMs(ticket: MyTicket | undefined, failures: number, problem?: Problem): number {
  if (failures > 0) return Math.max(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length) - 1] ?? POLL_MS, problem?.retryAfterMs ?? 0);
  switch (ticket?.state) {
    case 'completed':
    case 'noShow':
    case 'cancelled':
    case 'unserved':
      return ENDED_MS;
    case 'called':
      return CLOSE_MS;
    default:
      return ticket !== undefined && isAlmost(ticket) ? CLOSE_MS : POLL_MS;
  }
}

export interface Follow {
  now(): Seen;
  subscribe(listener: () => void): () => void;
  /** Asks at once. */
  ask(): void;
  cancel(): Promise<Answer<unknown>>;
  rate(score: number): Promise<Answer<unknown>>;
  stop(): void;
}

export function followTicket(api: Api, token: string, pageNow: () => number): Follow {
  const path = `/api/t/${encodeURIComponent(token)}`;
  const listeners = new Set<() => void>();
  let seen: Seen = { ticket: undefined, at: undefined, stale: false, notFound: false };
  let failures = 0;
  let asking = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const publish = (next: Seen): void => {
    seen = next;
    for (const listener of listeners) listener();
  };

  async function ask(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    clearTimeout(timer);
    const answer = await api.get<MyTicket>(path);
    asking = false;
    if (stopped) return;
    if (answer.ok) {
      failures = 0;
      publish({ ticket: answer.value, at: pageNow(), stale: false, notFound: false });
    } else if (answer.problem.status === 404) {
      return publish({ ...seen, stale: false, notFound: true });
    } else {
      failures += 1;
      publish({ ...seen, stale: true });
    }
    timer = setTimeout(() => void ask(), nextPollMs(seen.ticket, failures, answer.ok ? undefined : answer.problem));
  }

  async function act(what: string, body: object): Promise<Answer<unknown>> {
    const answer = await api.send('POST', `${path}/${what}`, { ...body, id: newCommandId() });
    await ask();
    return answer;
  }

  void ask();
  return {
    now: () => seen,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: () => void ask(),
    cancel: () => act('cancel', {}),
    rate: (score) => act('rate', { score }),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
