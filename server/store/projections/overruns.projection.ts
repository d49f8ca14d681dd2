/** The ledger (台账): every transaction past its limit, its appeal and its outcome. */
import type { Projection } from './projection.ts';

export const overrunsProjection: Projection = {
  tables: ['overruns'],
  prepare: (db) => {
    const record = db.prepare(
      `INSERT OR REPLACE INTO overruns (branch, overrun_id, period, ended_at, ticket_id, number, item_index, service_id, counter_id, staff_id,
         limit_ms, actual_ms, authorisation_ms, extensions, stage, unverified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const appeal = db.prepare('UPDATE overruns SET appealed_at = ?, appeal_ref = ? WHERE branch = ? AND overrun_id = ?');
    const decide = db.prepare(
      'UPDATE overruns SET decided_at = ?, decided_by = ?, upheld = ?, decision_ref = ? WHERE branch = ? AND overrun_id = ?',
    );
    return {
      'overrun.recorded': (event) =>
        void record.run(
          event.branchId,
          event.overrunId,
          event.period,
          event.at,
          event.ticketId,
          event.number,
          event.itemIndex,
          event.serviceId,
          event.counterId,
          event.staffId,
          Math.round(event.limitMs),
          Math.round(event.actualMs),
          Math.round(event.authorisationMs),
          JSON.stringify(event.extensions),
          event.stage,
          event.unverified ? 1 : 0,
        ),
      'limit.appealed': (event) => void appeal.run(event.at, event.reasonRef, event.branchId, event.overrunId),
      'limit.appealDecided': (event) =>
        void decide.run(event.at, event.actor, event.upheld ? 1 : 0, event.reasonRef, event.branchId, event.overrunId),
    };
  },
};
