/** Accepted commands, so that a repeated one is answered and not done twice. Raw statements: hot path. */
import type { CommandRecord, Database } from './store.types.ts';

interface Row {
  readonly body_hash: Buffer;
  readonly after_seq: number;
  readonly up_to_seq: number;
  readonly result: string | null;
}

export interface CommandLog {
  find(branch: string, actor: string, id: string): CommandRecord | undefined;
  /** Within a transaction. Throws when the id is taken. */
  add(record: CommandRecord): void;
}

export function createCommandLog(db: Database): CommandLog {
  const select = db.prepare('SELECT body_hash, after_seq, up_to_seq, result FROM commands WHERE branch = ? AND actor = ? AND id = ?');
  const insert = db.prepare('INSERT INTO commands (branch, actor, id, body_hash, after_seq, up_to_seq, result) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    find: (branch, actor, id) => {
      const row = select.get(branch, actor, id) as Row | undefined;
      if (row === undefined) return undefined;
      return {
        branch,
        actor,
        id,
        bodyHash: row.body_hash,
        after: row.after_seq,
        upTo: row.up_to_seq,
        ...(row.result === null ? {} : { result: JSON.parse(row.result) as Record<string, unknown> }),
      };
    },
    add: (record) => {
      insert.run(record.branch, record.actor, record.id, record.bodyHash, record.after, record.upTo, record.result === undefined ? null : JSON.stringify(record.result));
    },
  };
}
