import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, readMigrations } from './migrate.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './store.types.ts';

let dir: string;
let folder: string;
let db: Database;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'counterflow-'));
  folder = join(dir, 'migrations');
  mkdirSync(folder);
  db = openDatabase(dir);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const write = (name: string, sql: string): void => writeFileSync(join(folder, name), sql);
const run = (): void => migrate(db, readMigrations(folder), 7);
const families = `CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT;
  CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE) STRICT;`;

describe('migrations', () => {
  it('each is applied once, in order', () => {
    write('0001_first.sql', families);
    run();
    write('0002_second.sql', "INSERT INTO parent VALUES (1, 'a')");
    run();
    run();
    expect(db.prepare('SELECT COUNT(*) FROM parent').pluck().get()).toBe(1);
    expect(db.prepare('SELECT number, name, applied_at FROM migrations').all()).toEqual([
      { number: 1, name: '0001_first.sql', applied_at: 7 },
      { number: 2, name: '0002_second.sql', applied_at: 7 },
    ]);
  });

  it('rebuilding a table with rows in it keeps the rows of its children', () => {
    write('0001_first.sql', families);
    run();
    db.exec("INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (10, 1)");
    write(
      '0002_rebuild.sql',
      'CREATE TABLE fresh (id INTEGER PRIMARY KEY, name TEXT, age INTEGER) STRICT; INSERT INTO fresh SELECT id, name, 0 FROM parent; DROP TABLE parent; ALTER TABLE fresh RENAME TO parent;',
    );
    run();
    expect(db.prepare('SELECT * FROM child').all()).toEqual([{ id: 10, parent_id: 1 }]);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('one that orphans rows changes nothing at all', () => {
    write('0001_first.sql', families);
    run();
    db.exec("INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (10, 1)");
    write('0002_orphans.sql', 'DELETE FROM parent;');
    expect(run).toThrow('0002_orphans.sql leaves rows of child without their parent');
    expect(db.prepare('SELECT COUNT(*) FROM parent').pluck().get()).toBe(1);
    expect(db.prepare('SELECT COUNT(*) FROM migrations').pluck().get()).toBe(1);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('one that fails half way changes nothing at all', () => {
    write('0001_first.sql', `${families} INSERT INTO nowhere VALUES (1);`);
    expect(run).toThrow('nowhere');
    expect(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()).toEqual(['migrations']);
  });

  it('an edited one is refused', () => {
    write('0001_first.sql', families);
    run();
    write('0001_first.sql', `${families} `);
    expect(run).toThrow('0001_first.sql was edited after it was applied');
  });

  it('one slipped in before an applied one is refused', () => {
    write('0001_first.sql', families);
    run();
    write('0001_early.sql', 'SELECT 1');
    expect(run).toThrow('0001_first.sql: number 2 was expected');
    rmSync(join(folder, '0001_first.sql'));
    write('0002_first.sql', families);
    expect(run).toThrow('0001_early.sql came after 0001_first.sql was applied');
  });

  it('gaps and strange names are refused, and so is a database newer than the program', () => {
    write('0001_first.sql', families);
    write('0003_third.sql', 'SELECT 1');
    expect(run).toThrow('number 2 was expected');
    rmSync(join(folder, '0003_third.sql'));
    write('2_second.sql', 'SELECT 1');
    expect(run).toThrow('the name must be like');
    rmSync(join(folder, '2_second.sql'));
    run();
    rmSync(join(folder, '0001_first.sql'));
    expect(run).toThrow('newer than the program');
  });
});

const ours = fileURLToPath(new URL('../../migrations', import.meta.url));

it('PINs come to people who were there before: nobody has one yet, everybody keeps name, password and lock-out', () => {
  for (const { name } of readMigrations(ours).filter(({ number }) => number < 8)) copyFileSync(join(ours, name), join(folder, name));
  run();
  db.exec("INSERT INTO people VALUES ('teller1', '王丽华', 'hash', 3, 99)");
  copyFileSync(join(ours, '0008_people.sql'), join(folder, '0008_people.sql'));
  run();
  expect(db.prepare('SELECT * FROM people').all()).toEqual([
    {
      username: 'teller1',
      name: '王丽华',
      password_hash: 'hash',
      failures: 3,
      locked_until: 99,
      pin_hash: null,
      pin_failures: 0,
      pin_locked_until: 0,
    },
  ]);
});

it('people who had a part in cases before keep it, with when each was logged', () => {
  for (const { name } of readMigrations(ours).filter(({ number }) => number < 10)) copyFileSync(join(ours, name), join(folder, name));
  run();
  const log = db.prepare(
    `INSERT INTO cases (branch, case_id, no, kind, severity, state, open, owner_id, logged_at, logged_by, silent, body)
     VALUES (?, ?, ?, 'complaint', 4, 'logged', 1, 'kim', ?, 'kim', 0, '{}')`,
  );
  log.run('b', 'one', '1', 100);
  log.run('b', 'two', '2', 50);
  log.run('other', 'one', '1', 70);
  db.exec("INSERT INTO case_people VALUES ('b', 'kim', 'one'), ('b', 'kim', 'two'), ('b', 'lee', 'one'), ('other', 'kim', 'one')");
  copyFileSync(join(ours, '0010_case_lists.sql'), join(folder, '0010_case_lists.sql'));
  run();
  expect(db.prepare('SELECT * FROM case_people').raw().all()).toEqual([
    ['b', 'kim', 50, 'two'],
    ['b', 'kim', 100, 'one'],
    ['b', 'lee', 100, 'one'],
    ['other', 'kim', 70, 'one'],
  ]);
});

describe('the schema', () => {
  it('is what is written down beside this test', async () => {
    migrate(db, readMigrations(ours), 7);
    const schema = db.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name').pluck().all().join(';\n\n');
    await expect(`${schema};\n`).toMatchFileSnapshot('./schema.snapshot.sql');
  });
});
