/** Which forecasts are worth keeping, and what came true of them: gathered in memory, written together. */
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { WaitRange } from '../../shared/branch/branch.state.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { CameTrue, ForecastBook, KeptForecast } from './forecast-book.ts';

/** A forecast of the same ticket is kept again when the call it expects moved so far (hub ms): noise is not worth a row. */
const MOVED_MS = 60_000;
const KEPT_PER_TICKET = 20;
const KEPT_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
/** Rows written before others have their turn again: a millisecond or two, so that no command waits for a rush to be kept. */
const WRITTEN_AT_ONCE = 100;
/** Real ms between two purges of a branch's old forecasts, and rows erased at a time. */
const PURGE_EVERY_MS = 10 * 60_000;
const PURGE_AT_ONCE = 5_000;

export interface ForecastKeeper {
  note(branchId: string, events: readonly StoredBranchEvent[]): void;
  /** Later forecasts are kept where they say something new. `at`: hub ms. */
  keep(branchId: string, at: number, tickets: Readonly<Record<string, WaitRange>>): void;
  /** Writes some of what was gathered; true while there is more. */
  flush(): boolean;
}

export function createForecastKeeper(book: ForecastBook, clock: Clock, log: Log): ForecastKeeper {
  /** What was last kept of each ticket that waits. */
  const kept = new Map<string, Map<string, { readonly callAt: number; readonly times: number }>>();
  const purgedAt = new Map<string, number>();
  let forecasts: KeptForecast[] = [];
  let cameTrue: CameTrue[] = [];

  function keptOf(branchId: string) {
    const known = kept.get(branchId) ?? new Map<string, { callAt: number; times: number }>();
    kept.set(branchId, known);
    return known;
  }

  function one(branchId: string, event: StoredBranchEvent): void {
    const { at } = event;
    switch (event.type) {
      case 'ticket.issued':
        forecasts.push({ branchId, ticketId: event.ticketId, madeAt: at, told: true, waitMs: event.waitMs });
        return void keptOf(branchId).set(event.ticketId, { callAt: at + event.waitMs.expected, times: 1 });
      case 'ticket.called':
      case 'ticket.cancelled':
      case 'ticket.unserved':
      case 'ticket.diverted':
        cameTrue.push({ branchId, ticketId: event.ticketId, at, outcome: event.type === 'ticket.called' ? 'called' : 'left' });
        return void keptOf(branchId).delete(event.ticketId);
      case 'branch.dayStarted':
        // Nobody waits over midnight.
        return void kept.delete(branchId);
      default:
    }
  }

  return {
    note: (branchId, events) => events.forEach((event) => one(branchId, event)),
    keep: (branchId, at, tickets) => {
      const known = keptOf(branchId);
      for (const [ticketId, waitMs] of Object.entries(tickets)) {
        const before = known.get(ticketId);
        const callAt = at + waitMs.expected;
        if (before !== undefined && (Math.abs(before.callAt - callAt) < MOVED_MS || before.times >= KEPT_PER_TICKET)) continue;
        known.set(ticketId, { callAt, times: (before?.times ?? 0) + 1 });
        forecasts.push({ branchId, ticketId, madeAt: at, told: false, waitMs });
      }
    },
    flush: () => {
      const made = forecasts.splice(0, WRITTEN_AT_ONCE);
      // What came true is told of forecasts that are there already.
      const ended = cameTrue.splice(0, WRITTEN_AT_ONCE - made.length);
      try {
        if (made.length > 0 || ended.length > 0) book.write(made, ended);
        if (forecasts.length > 0 || cameTrue.length > 0) return true;
        for (const branchId of kept.keys()) {
          if (clock.realNow() - (purgedAt.get(branchId) ?? 0) < PURGE_EVERY_MS) continue;
          purgedAt.set(branchId, clock.realNow());
          book.purgeBefore(branchId, clock.now() - KEPT_DAYS * DAY_MS, PURGE_AT_ONCE);
        }
      } catch (error) {
        log.error({ err: error, lost: made.length + forecasts.length }, 'forecasts could not be kept');
        forecasts = [];
        cameTrue = [];
      }
      return false;
    },
  };
}
