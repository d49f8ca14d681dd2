/** Opening the one SQLite file and holding it for one hub. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from './store.types.ts';

/** What stops a start: the message is the one line for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** A transaction on a file of its own: the system frees it with the process, however that ends. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new SqliteDatabase(join(dataDir, 'hub.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreError(`another hub is running on ${dataDir}: stop it first, or use another DATA_DIR`);
    }
    throw error;
  }
  return () => lock.close();
}

const wanted: readonly [pragma: string, value: string, reads: string | number][] = [
  ['journal_mode', 'WAL', 'wal'],
  // better-sqlite3 is built with NORMAL in WAL, which loses acknowledged commits when the power goes.
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  // Erased contacts and names are overwritten, not only unlinked.
  ['secure_delete', 'ON', 1],
  // A checkpoint costs two syncs within somebody's commit: fewer, larger ones. The log is cut back to this after one.
  ['wal_autocheckpoint', '4000', 4000],
  ['journal_size_limit', '67108864', 67_108_864],
  ['cache_size', '-65536', -65_536],
];

/** Opens `counterflow.db` and asserts every setting that durability and privacy rest on. */
export function openDatabase(dataDir: string): Database {
  const db = new SqliteDatabase(join(dataDir, 'counterflow.db'));
  for (const [pragma, value, reads] of wanted) {
    db.pragma(`${pragma} = ${value}`);
    const actual: unknown = db.pragma(pragma, { simple: true });
    if (actual !== reads) {
      db.close();
      throw new StoreError(`the database refuses ${pragma}=${value} (it says ${String(actual)})`);
    }
  }
  return db;
}
