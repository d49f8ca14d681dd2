/** A branch's earlier business days as its tickets tell of them: the one place that reads the past for whoever learns from it. */
import type { Segment } from '../../shared/contract/config.ts';
import type { PastCustomer, PastDay } from '../../shared/forecast/past-day.ts';
import type { Database } from '../store/store.types.ts';

/** The last `most` business days on which somebody took a number and that were over at `before` (hub ms). */
export interface WhichDays {
  readonly branchId: string;
  readonly before: number;
  readonly most: number;
}

interface DayRow {
  readonly date: string;
  readonly endsAt: number;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly dayType: string;
}

interface TicketRow {
  readonly id: string;
  readonly serviceId: string;
  readonly segment: Segment | null;
  readonly walkUp: number;
  readonly issuedAt: number;
  readonly calledAt: number | null;
  readonly counterId: string | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
}

const customerOf = ({ id, serviceId, segment, issuedAt, calledAt, counterId, endedAt, outcome }: TicketRow): PastCustomer => ({
  id,
  serviceId,
  segment: segment ?? 'ordinary',
  arrivedAt: issuedAt,
  ...(calledAt !== null && { calledAt }),
  ...(counterId !== null && { counterId }),
  ...(endedAt !== null && { endedAt }),
  gaveUp: outcome === 'cancelled',
});

// By the primary key: a day's tickets are those whose id begins with its date.
const DAYS = `SELECT date, ends_at AS endsAt, opens_at AS opensAt, closes_at AS closesAt, day_type AS dayType FROM business_days AS day
  WHERE branch = ? AND ends_at <= ? AND EXISTS (
    SELECT 1 FROM tickets WHERE tickets.branch = day.branch AND walk_up = 0
      AND ticket_id >= replace(day.date, '-', '') || '-' AND ticket_id < replace(day.date, '-', '') || '.')
  ORDER BY date DESC LIMIT ?`;

const TICKETS = `SELECT ticket_id AS id, service_id AS serviceId, segment, walk_up AS walkUp, issued_at AS issuedAt,
    first_called_at AS calledAt, counter_id AS counterId, ended_at AS endedAt, outcome
  FROM tickets WHERE branch = ? AND ticket_id >= ? AND ticket_id < ? ORDER BY issued_at`;

const daysOf = (db: Database, { branchId, before, most }: WhichDays): DayRow[] => db.prepare(DAYS).all(branchId, before, most) as DayRow[];

/** How many days `pastDays` would give. */
export const countPastDays = (db: Database, which: WhichDays): number => daysOf(db, which).length;

/** Oldest first; one day is read at a time, so that whoever learns can let others go first between two. */
export function* pastDays(db: Database, which: WhichDays): Generator<PastDay, void> {
  const tickets = db.prepare(TICKETS);
  for (const { opensAt, closesAt, ...day } of daysOf(db, which).reverse()) {
    const prefix = day.date.replaceAll('-', '');
    const rows = tickets.all(which.branchId, `${prefix}-`, `${prefix}.`) as TicketRow[];
    const those = (walkUp: 0 | 1): PastCustomer[] => rows.filter((row) => row.walkUp === walkUp).map(customerOf);
    yield {
      ...day,
      ...(opensAt !== null && { opensAt }),
      ...(closesAt !== null && { closesAt }),
      customers: those(0),
      walkUps: those(1),
    };
  }
}
