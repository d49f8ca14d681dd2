/**
 * Migrations: numbered SQL files, never edited once landed. Our own runner, because Drizzle's runs inside a transaction
 * where `foreign_keys = OFF` does nothing (a rebuilt table loses its children) and skips a migration dated before the last.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './store.types.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** What stops a start: the message is the one line for the operator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Reads `0001_name.sql` … in order. Throws MigrationError for a gap, a double or a stray name. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name)) throw new MigrationError(`migration ${name}: the name must be like 0001_words.sql`);
    const number = Number(name.slice(0, 4));
    if (number !== index + 1) throw new MigrationError(`migration ${name}: number ${index + 1} was expected`);
    const sql = readFileSync(join(folder, name), 'utf8');
    return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function check(applied: readonly Applied[], migrations: readonly Migration[]): void {
  applied.forEach((row, index) => {
    const file = migrations[index];
    if (file === undefined)
      throw new MigrationError(`the database has migration ${row.name}, this program does not: it is newer than the program`);
    if (row.number !== file.number || row.name !== file.name)
      throw new MigrationError(`migration ${file.name} came after ${row.name} was applied: give it the next number`);
    if (row.checksum !== file.checksum)
      throw new MigrationError(`migration ${file.name} was edited after it was applied: restore it and add a new one`);
  });
}

function apply(db: Database, migration: Migration, at: number): void {
  // Only outside a transaction does this pragma act; a table can then be rebuilt without its children being deleted.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      db.exec(migration.sql);
      const orphans = db.pragma('foreign_key_check') as { table: string }[];
      if (orphans[0] !== undefined)
        throw new MigrationError(`migration ${migration.name} leaves rows of ${orphans[0].table} without their parent`);
      db.prepare('INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
        migration.number,
        migration.name,
        migration.checksum,
        at,
      );
    })();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** Brings the database to the newest schema, each migration in its own transaction. `at`: real ms. Throws MigrationError. */
export function migrate(db: Database, migrations: readonly Migration[], at: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const applied = db.prepare('SELECT number, name, checksum FROM migrations ORDER BY number').all() as Applied[];
  check(applied, migrations);
  for (const migration of migrations.slice(applied.length)) apply(db, migration, at);
}
