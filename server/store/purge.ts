/** Text about people is kept no longer than it is needed (shortest retention, regulation.md), and nobody has to remember to erase it. */
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Store } from './store.types.ts';

const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 3_600_000;
/** Between two steps of a long purge, real time. */
const BETWEEN_MS = 20;

export interface Retention {
  /** Of a case: from its closing on. */
  readonly contactDays: number;
  /** Reasons and remarks: appeals and extensions are asked about long after. */
  readonly textDays: number;
  /** Texts and files of a case, from its closing on: the record of a complaint. */
  readonly caseDays: number;
}

export interface PurgeOptions {
  readonly store: Pick<Store, 'db' | 'personal' | 'attachments'>;
  /** Hub ms. */
  readonly now: () => number;
  readonly scheduler: Scheduler;
  readonly keep: Retention;
  readonly log: Log;
}

/** Purges now and every hour of real time; returns how to stop. A purge that fails is logged and tried again. */
export function purgeOnSchedule({ store, now, scheduler, keep, log }: PurgeOptions): () => void {
  let cancel = (): void => undefined;
  const needed = store.db
    .prepare(
      `SELECT 1 FROM attachments a JOIN cases c ON c.branch = a.branch AND c.case_id = a.case_id
       WHERE a.sha256 = ? AND (c.closed_at IS NULL OR c.closed_at >= ?) LIMIT 1`,
    )
    .pluck();

  function* all(): Generator<unknown, void> {
    const before = (days: number): number => now() - days * DAY_MS;
    const ended = before(keep.caseDays);
    const contacts = yield* store.personal.purgeBefore('contact', { at: before(keep.contactDays), closed: before(keep.contactDays) });
    const texts = yield* store.personal.purgeBefore('text', { at: before(keep.textDays), closed: ended });
    const files = store.attachments.sweep((sha256) => needed.get(sha256, ended) !== undefined);
    if (contacts + texts + files > 0) log.info({ contacts, texts, files }, 'personal data past its time was erased');
  }

  function go(purging: Generator<unknown, void>): void {
    let over = true;
    try {
      over = purging.next().done === true;
    } catch (error) {
      log.error({ err: error }, 'personal data could not be purged');
    }
    cancel = over ? scheduler.after(EVERY_MS, () => go(all())) : scheduler.after(BETWEEN_MS, () => go(purging));
  }
  go(all());
  return () => cancel();
}
