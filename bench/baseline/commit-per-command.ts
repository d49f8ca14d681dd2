/** The same server with one durable transaction per command, as most products do it. */
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { serveBare } from './bare.ts';

const db = new SqliteDatabase(join(process.argv[3] ?? '.', 'baseline.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE commands (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, payload TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO commands (id, payload) VALUES (?, ?)');
const write = db.transaction((id: string, payload: string) => void insert.run(id, payload));

await serveBare(write.immediate);
