/** Text about people is kept no longer than it is needed (shortest retention, regulation.md), and nobody has to remember to erase it. */
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { PersonalStore } from './store.types.ts';

const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 3_600_000;

export interface Retention {
  readonly contactDays: number;
  /** Reasons and remarks: appeals and extensions are asked about long after. */
  readonly textDays: number;
}

export interface PurgeOptions {
  readonly personal: PersonalStore;
  /** Hub ms. */
  readonly now: () => number;
  readonly scheduler: Scheduler;
  readonly keep: Retention;
  readonly log: Log;
}

/** Purges now and every hour of real time; returns how to stop. A purge that fails is logged and tried again. */
export function purgeOnSchedule({ personal, now, scheduler, keep, log }: PurgeOptions): () => void {
  let cancel = (): void => undefined;
  const purge = (): void => {
    try {
      const contacts = personal.purgeBefore('contact', now() - keep.contactDays * DAY_MS);
      const texts = personal.purgeBefore('text', now() - keep.textDays * DAY_MS);
      if (contacts + texts > 0) log.info({ contacts, texts }, 'personal data past its time was erased');
    } catch (error) {
      log.error({ err: error }, 'personal data could not be purged');
    }
    cancel = scheduler.after(EVERY_MS, purge);
  };
  purge();
  return () => cancel();
}
