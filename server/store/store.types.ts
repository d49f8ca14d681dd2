/** The store as the hub knows it: few functions, so that a bank may one day run it on another database. */
import type SqliteDatabase from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Envelope, PersonalEntry } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { AttachmentFiles } from './attachment-files.ts';

export type Database = SqliteDatabase.Database;

/** One row of the log as stored. `payload` is JSON text without envelope, type and version. */
export interface EventRow {
  readonly branch: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly version: number;
  readonly payload: string;
}

/** The end of a log: seq 0 and 32 zero bytes when it is empty. */
export interface LogHead {
  readonly seq: number;
  readonly hash: Buffer;
}

export interface AppendedEvent {
  readonly event: Envelope & { readonly type: string };
  readonly version: number;
}

export interface LogAppend {
  readonly branch: string;
  /** The head this append was decided on: anything else in the log is an error. */
  readonly expected: LogHead;
  readonly events: readonly AppendedEvent[];
}

export interface CommandRecord {
  readonly branch: string;
  readonly actor: string;
  readonly id: string;
  /** Keyed hash of the body. */
  readonly bodyHash: Buffer;
  /** Its events are those with seq in (after, upTo]. */
  readonly after: number;
  readonly upTo: number;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** Everything of one commit: all of it or nothing. */
export interface CommitBatch {
  readonly appends: readonly LogAppend[];
  readonly commands: readonly CommandRecord[];
  readonly personal: readonly { readonly branch: string; readonly at: number; readonly entry: PersonalEntry }[];
  readonly writes: readonly ((db: Database) => void)[];
  /** Real ms: the clock's high-water mark. */
  readonly realAt: number;
}

export interface EventLog {
  head(branch: string): LogHead;
  /** The hash stored with this event. */
  hashAt(branch: string, seq: number): Buffer | undefined;
  /** Ids of all logs with at least one event. */
  branches(): string[];
  readAfter(branch: string, after: number, limit: number): EventRow[];
  /** Recomputes the hash chain; the first broken seq, if any. */
  verify(branch: string): { ok: true; seq: number } | { ok: false; seq: number };
}

export interface Snapshot {
  readonly branch: string;
  readonly version: number;
  readonly seq: number;
  /** Hash of the event at `seq`: a snapshot of another log is not taken for this one's. */
  readonly hash: string;
  readonly state: unknown;
}

export interface SnapshotStore {
  load(branch: string): Snapshot | undefined;
  save(snapshot: Snapshot): Promise<number>;
  remove(branch: string): void;
}

export interface PersonalStore {
  get(branch: string, ref: string): PersonalEntry | undefined;
  /** Overwritten on disk, not only unlinked. Returns how many went. */
  erase(branch: string, refs: readonly string[]): number;
  /**
   * Erases what of this kind was written before (hub ms); what belongs to a case only once that has been closed since
   * before `closed`. Step by step, so that nobody waits for it; tells at its end how many went.
   */
  purgeBefore(kind: 'contact' | 'text', before: { readonly at: number; readonly closed: number }): Generator<number, number>;
}

export interface MetaStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export interface Store {
  /** For tables of the server's edge (sessions, password hashes). Synchronous use only. */
  readonly db: Database;
  /** The same connection through Drizzle, with the tables of schema.ts: for reports and routes. */
  readonly read: BetterSQLite3Database;
  readonly events: EventLog;
  readonly personal: PersonalStore;
  readonly snapshots: SnapshotStore;
  readonly attachments: AttachmentFiles;
  readonly meta: MetaStore;
  /** Reads within `work` see one state of the database and share its lock. */
  atOnce<T>(work: () => T): T;
  findCommand(branch: string, actor: string, id: string): CommandRecord | undefined;
  /** One durable transaction; throws and leaves nothing behind when any part fails. Returns the new head of each append. */
  commit(batch: CommitBatch): LogHead[];
  /** Keeps the clock's high-water mark (real ms) while nothing is committed. */
  beat(realAt: number): void;
  /** Housekeeping for a quiet moment. */
  rest(): void;
  /** Empties the read models and folds them again; `decode` lifts a stored row to today's event. */
  rebuildReadModels(decode: (row: EventRow) => StoredBranchEvent): void;
  close(): void;
}
