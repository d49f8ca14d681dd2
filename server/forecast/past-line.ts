/** A branch's earlier days as its forecaster would have heard them: read from the tickets served, for one that has learnt nothing yet. */
import { kindOf } from '../../shared/branch/predict/line-reader.ts';
import type { Segment } from '../../shared/contract/config.ts';
import type { LineEvent } from '../../shared/forecast/line.ts';
import type { Database } from '../store/store.types.ts';

interface Row {
  readonly id: string;
  readonly serviceId: string;
  readonly segment: Segment | null;
  readonly walkUp: number;
  readonly issuedAt: number;
  readonly calledAt: number | null;
  readonly counterId: string | null;
  readonly endedAt: number | null;
}

/** Everything about one ticket. One that came back to the line is told of as if it had been called once. */
function eventsOf({ id, serviceId, segment, walkUp, issuedAt, calledAt, counterId, endedAt }: Row): LineEvent[] {
  const kind = kindOf({ serviceId, segment: segment ?? 'ordinary' });
  const joined: LineEvent[] = walkUp === 1 ? [] : [{ type: 'joined', at: issuedAt, id, kind, priority: 0, creditMs: 0 }];
  if (calledAt === null || counterId === null) return endedAt === null ? joined : [...joined, { type: 'left', at: endedAt, id }];
  const started: LineEvent = { type: 'started', at: calledAt, kind, server: counterId, ...(walkUp === 0 && { id }) };
  const ended: LineEvent[] = endedAt === null ? [] : [{ type: 'ended', at: endedAt, server: counterId }];
  return [...joined, started, ...ended];
}

/** At one instant windows become free before they are taken again. */
const ORDER: Readonly<Record<LineEvent['type'], number>> = { server: 0, ended: 1, left: 2, joined: 3, started: 4 };

/** Day by day, oldest first: the business days begun at or after `from` and over before `until` (hub ms). */
export function* pastDays(db: Database, branchId: string, from: number, until: number): Generator<LineEvent[], void> {
  const days = db
    .prepare('SELECT date FROM business_days WHERE branch = ? AND started_at >= ? AND ends_at <= ? ORDER BY date')
    .pluck()
    .all(branchId, from, until) as string[];
  const rows = db.prepare(
    `SELECT ticket_id AS id, service_id AS serviceId, segment, walk_up AS walkUp, issued_at AS issuedAt,
       first_called_at AS calledAt, counter_id AS counterId, ended_at AS endedAt
     FROM tickets WHERE branch = ? AND ticket_id >= ? AND ticket_id < ?`,
  );
  for (const date of days) {
    const prefix = date.replaceAll('-', '');
    const events = (rows.all(branchId, `${prefix}-`, `${prefix}.`) as Row[]).flatMap(eventsOf);
    yield events.toSorted((a, b) => a.at - b.at || ORDER[a.type] - ORDER[b.type]);
  }
}
