/** A branch's earlier business days as their tickets tell of them, one day at a time: for whoever learns how many come and for how long. */
import type { Segment } from '../../shared/contract/config.ts';
import type { PastCustomer, PastDay } from '../../shared/forecast/branch-lessons.ts';
import type { Database } from '../store/store.types.ts';

interface DayRow {
  readonly date: string;
  readonly endsAt: number;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly dayType: string;
}

interface TicketRow {
  readonly serviceId: string;
  readonly segment: Segment | null;
  readonly issuedAt: number;
  readonly calledAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
}

const customerOf = ({ serviceId, segment, issuedAt, calledAt, endedAt, outcome }: TicketRow): PastCustomer => ({
  serviceId,
  segment: segment ?? 'ordinary',
  arrivedAt: issuedAt,
  ...(calledAt !== null && endedAt !== null && { servedMs: endedAt - calledAt }),
  waitedMs: Math.max(0, (calledAt ?? endedAt ?? issuedAt) - issuedAt),
  gaveUp: outcome === 'cancelled',
});

/** Days on which somebody took a number and that were over before an instant, newest first. */
const DAYS = `SELECT date, ends_at AS endsAt, opens_at AS opensAt, closes_at AS closesAt, day_type AS dayType FROM business_days AS day
  WHERE branch = ? AND ends_at <= ? AND EXISTS (
    SELECT 1 FROM tickets WHERE tickets.branch = day.branch AND walk_up = 0
      AND ticket_id >= replace(day.date, '-', '') || '-' AND ticket_id < replace(day.date, '-', '') || '.')
  ORDER BY date DESC LIMIT ?`;

const daysOf = (db: Database, ...of: readonly [branchId: string, before: number, most: number]): DayRow[] =>
  db.prepare(DAYS).all(...of) as DayRow[];

/** How many days `pastDays` would give. */
export const countPastDays = (db: Database, branchId: string, before: number, most: number): number =>
  daysOf(db, branchId, before, most).length;

/** The last `most` business days on which somebody took a number and that were over before `before` (hub ms), oldest first. */
export function* pastDays(db: Database, branchId: string, before: number, most: number): Generator<PastDay, void> {
  const tickets =
    db.prepare(`SELECT service_id AS serviceId, segment, issued_at AS issuedAt, first_called_at AS calledAt, ended_at AS endedAt, outcome
     FROM tickets WHERE branch = ? AND ticket_id >= ? AND ticket_id < ? AND walk_up = 0 ORDER BY issued_at`);
  for (const { opensAt, closesAt, ...day } of daysOf(db, branchId, before, most).reverse()) {
    const prefix = day.date.replaceAll('-', '');
    yield {
      ...day,
      ...(opensAt !== null && { opensAt }),
      ...(closesAt !== null && { closesAt }),
      customers: (tickets.all(branchId, `${prefix}-`, `${prefix}.`) as TicketRow[]).map(customerOf),
    };
  }
}
