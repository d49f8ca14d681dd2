/**
 * The append-only log. Raw better-sqlite3 statements, prepared once: this is the hot path of every command, and
 * Drizzle's query building costs more than the insert itself.
 */
import { hash as digest } from 'node:crypto';
import type { AppendedEvent, Database, EventLog, EventRow, LogAppend, LogHead } from './store.types.ts';

/** The log is not where the decision believed it to be: somebody else wrote to it. */
export class UnexpectedHeadError extends Error {
  override readonly name = 'UnexpectedHeadError';
}

const noHash: Buffer = Buffer.alloc(32);

/** sha256(previous hash as hex ‖ the row's stored values), the envelope as JSON so that no two rows can be confused. */
function hashOf(previous: Buffer, row: EventRow): Buffer {
  const envelope = JSON.stringify([row.branch, row.seq, row.at, row.actor, row.type, row.version]);
  // One call: a hash object for each event costs more than the hashing.
  return digest('sha256', previous.toString('hex') + envelope + row.payload, 'buffer');
}

function toRow({ event, version }: AppendedEvent): EventRow {
  const { branchId, seq, at, actor, type, ...payload } = event;
  return { branch: branchId, seq, at, actor, type, version, payload: JSON.stringify(payload) };
}

type HashedRow = EventRow & { hash: Buffer };

export interface EventLogWriter extends EventLog {
  /** Within a transaction. Throws UnexpectedHeadError. Returns the new head. */
  append(append: LogAppend): LogHead;
}

export function createEventLog(db: Database): EventLogWriter {
  const insert = db.prepare('INSERT INTO events (branch, seq, at, actor, type, version, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const last = db.prepare('SELECT seq, hash FROM events WHERE branch = ? ORDER BY seq DESC LIMIT 1');
  const hashAt = db.prepare('SELECT hash FROM events WHERE branch = ? AND seq = ?').pluck();
  const nextBranch = db.prepare('SELECT branch FROM events WHERE branch > ? ORDER BY branch LIMIT 1').pluck();
  const after = db.prepare(
    'SELECT branch, seq, at, actor, type, version, payload FROM events WHERE branch = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const hashed = db.prepare('SELECT branch, seq, at, actor, type, version, payload, hash FROM events WHERE branch = ? ORDER BY seq');
  const head = (branch: string): LogHead => (last.get(branch) as LogHead | undefined) ?? { seq: 0, hash: noHash };

  return {
    head,
    hashAt: (branch, seq) => hashAt.get(branch, seq) as Buffer | undefined,
    branches: () => {
      const found: string[] = [];
      let branch = nextBranch.get('') as string | undefined;
      while (branch !== undefined) {
        found.push(branch);
        branch = nextBranch.get(branch) as string | undefined;
      }
      return found;
    },
    readAfter: (branch, seq, limit) => after.all(branch, seq, limit) as EventRow[],
    verify: (branch) => {
      let seq = 0;
      let hash = noHash;
      for (const row of hashed.iterate(branch) as IterableIterator<HashedRow>) {
        if (row.seq !== seq + 1 || !hashOf(hash, row).equals(row.hash)) return { ok: false, seq: row.seq };
        seq = row.seq;
        hash = row.hash;
      }
      return { ok: true, seq };
    },
    append: ({ branch, expected, events }) => {
      const actual = head(branch);
      if (actual.seq !== expected.seq || !actual.hash.equals(expected.hash)) {
        throw new UnexpectedHeadError(`log ${branch} is at ${actual.seq}, not at ${expected.seq}`);
      }
      let { seq, hash } = expected;
      for (const appended of events) {
        const row = toRow(appended);
        seq += 1;
        if (row.branch !== branch || row.seq !== seq)
          throw new UnexpectedHeadError(`event ${row.branch}/${row.seq} offered as ${branch}/${seq}`);
        hash = hashOf(hash, row);
        insert.run(row.branch, row.seq, row.at, row.actor, row.type, row.version, row.payload, hash);
      }
      return { seq, hash };
    },
  };
}
