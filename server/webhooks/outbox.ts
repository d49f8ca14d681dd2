/** How far each webhook has come in each branch's log, and what came of it: the outbox is the log itself. */
import type { Database, EventLog } from '../store/store.types.ts';

export interface Cursor {
  readonly webhookId: string;
  readonly branch: string;
  /** Everything up to here is dealt with. */
  readonly seq: number;
  /** Of the event that comes next; 0 = not tried yet. */
  readonly attempts: number;
  /** Real ms. */
  readonly failingSince?: number;
  readonly nextTryAt?: number;
  readonly error?: string;
}

export type DeliveryState = 'retrying' | 'delivered' | 'givenUp';

export interface Delivery {
  readonly id: number;
  readonly branchId: string;
  readonly seq: number;
  readonly type: string;
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Real ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Of the last attempt. */
  readonly tookMs: number;
  readonly status?: number;
  readonly error?: string;
}

/** One attempt, as it goes into the delivery log. */
export interface Attempted {
  readonly webhookId: string;
  readonly branchId: string;
  readonly seq: number;
  readonly type: string;
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly at: number;
  readonly tookMs: number;
  readonly status?: number;
  readonly error?: string;
}

/** Rows kept per webhook, and how long. */
const MOST_DELIVERIES = 10_000;
const KEEP_MS = 30 * 24 * 3_600_000;

interface CursorRow {
  webhook_id: string;
  branch: string;
  seq: number;
  attempts: number;
  failing_since: number | null;
  next_try_at: number | null;
  error: string | null;
}

interface DeliveryRow {
  id: number;
  branch: string;
  seq: number;
  type: string;
  message_id: string;
  state: DeliveryState;
  attempts: number;
  first_at: number;
  last_at: number;
  took_ms: number;
  status: number | null;
  error: string | null;
}

const cursorOf = (row: CursorRow): Cursor => ({
  webhookId: row.webhook_id,
  branch: row.branch,
  seq: row.seq,
  attempts: row.attempts,
  failingSince: row.failing_since ?? undefined,
  nextTryAt: row.next_try_at ?? undefined,
  error: row.error ?? undefined,
});

const deliveryOf = (row: DeliveryRow): Delivery => ({
  id: row.id,
  branchId: row.branch,
  seq: row.seq,
  type: row.type,
  messageId: row.message_id,
  state: row.state,
  attempts: row.attempts,
  firstAt: row.first_at,
  lastAt: row.last_at,
  tookMs: row.took_ms,
  status: row.status ?? undefined,
  error: row.error ?? undefined,
});

export interface Outbox {
  cursors(webhookId: string): Cursor[];
  /** One transaction. */
  save(cursors: readonly Cursor[], attempts: readonly Attempted[]): void;
  /** Newest first, those with an id below `before`. */
  deliveries(webhookId: string, limit: number, before?: number): Delivery[];
  delivery(webhookId: string, id: number): Delivery | undefined;
  /** Real ms of the last one that arrived. */
  lastDeliveredAt(webhookId: string): number | undefined;
  /** Drops what is beyond the bound or too old; returns how many rows went. */
  purge(webhookIds: readonly string[], now: number): number;
}

const putCursorSql = `INSERT INTO webhook_cursors (webhook_id, branch, seq, attempts, failing_since, next_try_at, error)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (webhook_id, branch) DO UPDATE SET seq = excluded.seq, attempts = excluded.attempts,
  failing_since = excluded.failing_since, next_try_at = excluded.next_try_at, error = excluded.error`;

export function createOutbox(db: Database): Outbox {
  const selectCursors = db.prepare<[string], CursorRow>('SELECT * FROM webhook_cursors WHERE webhook_id = ?');
  const putCursor = db.prepare(putCursorSql);
  const putAttempt = db.prepare(
    `INSERT INTO webhook_deliveries (webhook_id, branch, seq, type, message_id, state, attempts, first_at, last_at, took_ms, status, error)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT (webhook_id, branch, seq) DO UPDATE SET state = excluded.state,
     attempts = attempts + 1, last_at = excluded.last_at, took_ms = excluded.took_ms, status = excluded.status, error = excluded.error`,
  );
  const page = db.prepare<[string, number, number], DeliveryRow>(
    'SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND id < ? ORDER BY id DESC LIMIT ?',
  );
  const one = db.prepare<[string, number], DeliveryRow>('SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND id = ?');
  const last = db
    .prepare<[string], number>(
      "SELECT last_at FROM webhook_deliveries WHERE webhook_id = ? AND state = 'delivered' ORDER BY id DESC LIMIT 1",
    )
    .pluck();
  const dropOld = db.prepare('DELETE FROM webhook_deliveries WHERE first_at < ?');
  const dropBeyond = db.prepare(
    'DELETE FROM webhook_deliveries WHERE webhook_id = ? AND id <= (SELECT id FROM webhook_deliveries WHERE webhook_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)',
  );

  const save = db.transaction((cursors: readonly Cursor[], attempts: readonly Attempted[]) => {
    for (const one of attempts) {
      const { webhookId, branchId, seq, type, messageId, state, at, tookMs, status = null, error = null } = one;
      putAttempt.run(webhookId, branchId, seq, type, messageId, state, at, at, tookMs, status, error);
    }
    for (const { webhookId, branch, seq, attempts: tries, failingSince = null, nextTryAt = null, error = null } of cursors)
      putCursor.run(webhookId, branch, seq, tries, failingSince, nextTryAt, error);
  });

  return {
    cursors: (webhookId) => selectCursors.all(webhookId).map(cursorOf),
    save: (cursors, attempts) => save.immediate(cursors, attempts),
    deliveries: (webhookId, limit, before = Number.MAX_SAFE_INTEGER) => page.all(webhookId, before, limit).map(deliveryOf),
    delivery: (webhookId, id) => {
      const row = one.get(webhookId, id);
      return row && deliveryOf(row);
    },
    lastDeliveredAt: (webhookId) => last.get(webhookId),
    purge: (webhookIds, now) =>
      webhookIds.reduce(
        (gone, webhookId) => gone + dropBeyond.run(webhookId, webhookId, MOST_DELIVERIES).changes,
        dropOld.run(now - KEEP_MS).changes,
      ),
  };
}

/** Within a transaction: from here on, not from the past. Logs that come to be later are told from their first event. */
export function beginAtHeads(db: Database, log: EventLog, webhookId: string): void {
  const put = db.prepare(putCursorSql);
  for (const branch of log.branches()) put.run(webhookId, branch, log.head(branch).seq, 0, null, null, null);
}

/** Within a transaction: what failed so far is tried again at once. */
export const beginAnew = (db: Database, webhookId: string): void =>
  void db
    .prepare('UPDATE webhook_cursors SET attempts = 0, failing_since = NULL, next_try_at = NULL, error = NULL WHERE webhook_id = ?')
    .run(webhookId);

/** Within a transaction: nothing of it stays. */
export function forgetWebhook(db: Database, webhookId: string): void {
  for (const table of ['webhook_targets', 'webhook_cursors', 'webhook_deliveries'])
    db.prepare(`DELETE FROM ${table} WHERE webhook_id = ?`).run(webhookId);
}
