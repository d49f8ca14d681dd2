/** The embedded store: one SQLite file, one writer, every commit durable before anybody hears of it. */
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { highWaterKey } from '../platform/clock.ts';
import { openAttachments } from './attachment-files.ts';
import { createCommandLog } from './command-log.ts';
import { createEventLog } from './event-log.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createPersonalStore } from './personal.ts';
import { adviceProjection } from './projections/advice.projection.ts';
import { casesProjection } from './projections/cases.projection.ts';
import { machinesProjection } from './projections/machines.projection.ts';
import { overrunsProjection } from './projections/overruns.projection.ts';
import { peopleProjection } from './projections/people.projection.ts';
import { createProjector } from './projections/projection.ts';
import { ticketsProjection } from './projections/tickets.projection.ts';
import { createSnapshotStore } from './snapshots.ts';
import { lockDataDir, openDatabase } from './sqlite.ts';
import type { CommitBatch, Database, LogHead, MetaStore, Store } from './store.types.ts';

/** The log of what belongs to no branch. */
export const bankLog = 'bank';

const rebuildChunk = 5_000;
/** Ids kept in memory until the index takes them: a few megabytes, and a short pause when no quiet moment came before. */
const mostUnsettled = 50_000;
const worthSettling = 1_000;
const defaultAttachmentBytes = 2 * 1024 ** 3;
const defaultMigrations = fileURLToPath(new URL('../../migrations', import.meta.url));

function createMeta(db: Database): MetaStore {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const upsert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  return { get: (key) => select.get(key) as string | undefined, set: (key, value) => void upsert.run(key, value) };
}

export interface StoreOptions {
  readonly dataDir: string;
  /** Real ms: recorded with migrations applied now. */
  readonly at: number;
  readonly migrationsDir?: string;
  /** Room for the files of cases, all together. */
  readonly attachmentBytes?: number;
}

/** Locks the folder, opens and migrates the database. Throws StoreError or MigrationError: one line for the operator. */
export function openStore(options: StoreOptions): Store {
  const unlock = lockDataDir(options.dataDir);
  try {
    const db = openDatabase(options.dataDir);
    try {
      migrate(db, readMigrations(options.migrationsDir ?? defaultMigrations), options.at);
      return assemble(db, options, unlock);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

function assemble(db: Database, { dataDir, attachmentBytes = defaultAttachmentBytes }: StoreOptions, unlock: () => void): Store {
  const events = createEventLog(db);
  const personal = createPersonalStore(db);
  const projector = createProjector(db, [
    ticketsProjection,
    overrunsProjection,
    machinesProjection,
    casesProjection,
    peopleProjection,
    adviceProjection,
  ]);
  const meta = createMeta(db);
  const commands = createCommandLog(db, meta);

  const write = db.transaction((batch: CommitBatch): { heads: LogHead[]; numbers: number[] } => {
    const heads = batch.appends.map((append) => events.append(append));
    for (const append of batch.appends) {
      if (append.branch === bankLog) continue;
      // A branch's log holds branch events only; the projector ignores types it does not know.
      for (const { event } of append.events) projector.project(event as StoredBranchEvent);
    }
    const numbers = batch.commands.map((record) => commands.add(record));
    for (const { branch, at, entry } of batch.personal) personal.put(branch, at, entry);
    for (const write of batch.writes) write(db);
    meta.set(highWaterKey, String(batch.realAt));
    return { heads, numbers };
  });

  function commit(batch: CommitBatch): LogHead[] {
    const { heads, numbers } = write.immediate(batch);
    commands.confirm(batch.commands, numbers);
    if (commands.unsettled() >= mostUnsettled) commands.settle();
    return heads;
  }

  const rebuild = db.transaction((decode: Parameters<Store['rebuildReadModels']>[0]) => {
    projector.clear();
    for (const branch of events.branches()) {
      if (branch === bankLog) continue;
      let rows = events.readAfter(branch, 0, rebuildChunk);
      while (rows.length > 0) {
        for (const row of rows) projector.project(decode(row));
        rows = events.readAfter(branch, rows.at(-1)?.seq ?? 0, rebuildChunk);
      }
    }
  });

  return {
    db,
    read: drizzle(db),
    events,
    personal,
    meta,
    snapshots: createSnapshotStore(dataDir),
    attachments: openAttachments(dataDir, attachmentBytes),
    atOnce: (work) => db.transaction(work)(),
    findCommand: commands.find,
    commit,
    rest: () => {
      if (commands.unsettled() >= worthSettling) commands.settle();
    },
    beat: (realAt) => meta.set(highWaterKey, String(realAt)),
    rebuildReadModels: (decode) => rebuild.immediate(decode),
    close: () => {
      db.close();
      unlock();
    },
  };
}
