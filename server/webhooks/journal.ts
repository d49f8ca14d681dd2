/** What the outlets have to remember, written together and off the command path. What a crash takes is told again. */
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Attempted, Cursor, Outbox } from './outbox.ts';

const SOON_MS = 200;
/** A cursor that only passed over what nobody asked for: losing it costs reading, not telling. */
const LAZY_MS = 30_000;
/** While the disk takes nothing, the cursors matter and old lines of the delivery log do not. */
const MOST_ATTEMPTS = 5_000;

export interface Journal {
  passed(cursor: Cursor): void;
  attempted(attempt: Attempted, cursor?: Cursor): void;
  /** What is not written yet of this webhook is not to be. */
  drop(webhookId: string): void;
  flush(): void;
  stop(): void;
}

export function createJournal(outbox: Outbox, scheduler: Scheduler, log: Log): Journal {
  let cursors = new Map<string, Cursor>();
  let attempts: Attempted[] = [];
  let cancel: (() => void) | undefined;
  let soon = false;

  function plan(afterMs: number): void {
    if (cancel !== undefined && (soon || afterMs === LAZY_MS)) return;
    cancel?.();
    soon = afterMs === SOON_MS;
    cancel = scheduler.after(afterMs, flush);
  }

  function flush(): void {
    cancel?.();
    cancel = undefined;
    soon = false;
    if (cursors.size === 0 && attempts.length === 0) return;
    try {
      outbox.save([...cursors.values()], attempts);
      cursors = new Map();
      attempts = [];
    } catch (error) {
      log.error({ err: error }, 'what webhooks delivered could not be written; it is tried again');
      attempts = attempts.slice(-MOST_ATTEMPTS);
      plan(LAZY_MS);
    }
  }

  const keep = (cursor: Cursor): void => void cursors.set(`${cursor.webhookId} ${cursor.branch}`, cursor);

  return {
    passed: (cursor) => {
      keep(cursor);
      plan(LAZY_MS);
    },
    attempted: (attempt, cursor) => {
      attempts.push(attempt);
      if (cursor !== undefined) keep(cursor);
      plan(SOON_MS);
    },
    drop: (webhookId) => {
      cursors = new Map([...cursors].filter(([, cursor]) => cursor.webhookId !== webhookId));
      attempts = attempts.filter((attempt) => attempt.webhookId !== webhookId);
    },
    flush,
    stop: () => {
      flush();
      cancel?.();
    },
  };
}
