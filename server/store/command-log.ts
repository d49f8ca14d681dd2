/**
 * Accepted commands, so that a repeated one is answered and not done twice. Raw statements: hot path.
 *
 * An index over random ids costs a page of the disk per command. So rows are only appended; the newest are found through
 * memory (read again at start), and the index takes them over in bulk when nothing else is going on.
 */
import type { CommandRecord, Database, MetaStore } from './store.types.ts';

interface Row {
  readonly body_hash: Buffer;
  readonly after_seq: number;
  readonly up_to_seq: number;
  readonly result: string | null;
}

interface Named {
  readonly no: number;
  readonly branch: string;
  readonly actor: string;
  readonly id: string;
}

export interface CommandLog {
  find(branch: string, actor: string, id: string): CommandRecord | undefined;
  /** Within a transaction; `confirm` once it is committed. Returns the row's number. Whether the id is free was asked before. */
  add(record: CommandRecord): number;
  confirm(records: readonly CommandRecord[], numbers: readonly number[]): void;
  /** How many the index does not have yet. */
  unsettled(): number;
  /** Brings the index up to date: a transaction of its own. */
  settle(): void;
}

const settledKey = 'commands.settled';

/** One string for the three: neither a branch's nor an actor's id has a line break in it. */
export const commandKey = (branch: string, actor: string, id: string): string => `${branch}\n${actor}\n${id}`;

export function createCommandLog(db: Database, meta: MetaStore): CommandLog {
  const insert = db.prepare(
    'INSERT INTO commands (branch, actor, id, body_hash, after_seq, up_to_seq, result) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const read = db.prepare('SELECT body_hash, after_seq, up_to_seq, result FROM commands WHERE no = ?');
  const indexed = db.prepare('SELECT no FROM command_index WHERE branch = ? AND actor = ? AND id = ?').pluck();
  const since = db.prepare('SELECT no, branch, actor, id FROM commands WHERE no > ?');
  const last = db.prepare('SELECT MAX(no) FROM commands').pluck();
  // In the order of the index, so that each of its pages is touched once.
  const index = db.prepare(
    'INSERT INTO command_index (branch, actor, id, no) SELECT branch, actor, id, no FROM commands WHERE no > ? ORDER BY branch, actor, id',
  );
  const settled = (): number => Number(meta.get(settledKey) ?? 0);

  const recent = new Map<string, number>();
  for (const row of since.iterate(settled()) as IterableIterator<Named>) recent.set(commandKey(row.branch, row.actor, row.id), row.no);

  const settle = db.transaction(() => {
    index.run(settled());
    meta.set(settledKey, String((last.get() as number | null) ?? 0));
  });

  return {
    find: (branch, actor, id) => {
      const no = recent.get(commandKey(branch, actor, id)) ?? (indexed.get(branch, actor, id) as number | undefined);
      const row = no === undefined ? undefined : (read.get(no) as Row | undefined);
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
      const { branch, actor, id, bodyHash, after, upTo, result } = record;
      return Number(
        insert.run(branch, actor, id, bodyHash, after, upTo, result === undefined ? null : JSON.stringify(result)).lastInsertRowid,
      );
    },
    confirm: (records, numbers) => {
      records.forEach((record, at) => recent.set(commandKey(record.branch, record.actor, record.id), numbers[at] ?? 0));
    },
    unsettled: () => recent.size,
    settle: () => {
      settle.immediate();
      recent.clear();
    },
  };
}
