/** What people wrote and who they are: beside the log, purgeable, in the same file so that one commit covers both. */
import type { PersonalEntry } from '../../shared/aggregate.ts';
import type { Database, PersonalStore } from './store.types.ts';

/** Rows looked at before others get a turn: some milliseconds. */
const SLICE = 2_000;

export interface PersonalWriter extends PersonalStore {
  /** Within a transaction. A ref written again is replaced (a name that changed). */
  put(branch: string, at: number, entry: PersonalEntry): void;
}

export function createPersonalStore(db: Database): PersonalWriter {
  const select = db.prepare('SELECT ref, kind, value FROM personal WHERE branch = ? AND ref = ?');
  const insert = db.prepare(
    'INSERT INTO personal (branch, ref, kind, value, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (branch, ref) DO UPDATE SET kind = excluded.kind, value = excluded.value, at = excluded.at',
  );
  const remove = db.prepare('DELETE FROM personal WHERE branch = ? AND ref = ?');
  // In the order of the index, so that a slice ends where the next begins.
  const slice = `SELECT at, branch, ref FROM personal
    WHERE kind = @kind AND (at, branch, ref) > (@fromAt, @fromBranch, @fromRef) AND at < MAX(@at, @closed) ORDER BY at, branch, ref`;
  const sliceEnd = db.prepare(`${slice} LIMIT 1 OFFSET ${SLICE - 1}`);
  const removeOld = db.prepare(
    `DELETE FROM personal WHERE (branch, ref) IN (SELECT branch, ref FROM (${slice} LIMIT ${SLICE}))
     AND CASE WHEN EXISTS (SELECT 1 FROM case_refs r WHERE r.branch = personal.branch AND r.ref = personal.ref)
       THEN at < @closed AND NOT EXISTS (
         SELECT 1 FROM case_refs r JOIN cases c ON c.branch = r.branch AND c.case_id = r.case_id
         WHERE r.branch = personal.branch AND r.ref = personal.ref AND (c.closed_at IS NULL OR c.closed_at >= @closed))
       ELSE at < @at END`,
  );
  // secure_delete overwrites the page; the write-ahead log still holds the old one until it is cut.
  const cut = (): void => void db.pragma('wal_checkpoint(TRUNCATE)');

  return {
    get: (branch, ref) => {
      const row = select.get(branch, ref) as { ref: string; kind: PersonalEntry['kind']; value: string } | undefined;
      return row === undefined ? undefined : { ref: row.ref, kind: row.kind, value: JSON.parse(row.value) as Record<string, string> };
    },
    put: (branch, at, entry) => {
      insert.run(branch, entry.ref, entry.kind, JSON.stringify(entry.value), at);
    },
    erase: (branch, refs) => {
      const gone = db.transaction(() => refs.reduce((count, ref) => count + remove.run(branch, ref).changes, 0))();
      cut();
      return gone;
    },
    *purgeBefore(kind, { at, closed }) {
      let total = 0;
      let from = { fromAt: -1, fromBranch: '', fromRef: '' };
      for (;;) {
        const asked = { kind, at, closed, ...from };
        const end = sliceEnd.get(asked) as { at: number; branch: string; ref: string } | undefined;
        const gone = removeOld.run(asked).changes;
        total += gone;
        if (end === undefined) break;
        from = { fromAt: end.at, fromBranch: end.branch, fromRef: end.ref };
        yield gone;
      }
      if (total > 0) cut();
      return total;
    },
  };
}
