/** Tickets and the services given to them (笔). Issuing costs one statement: it is what a peak is made of. */
import type { ItemBasis } from '../../../shared/branch/branch.events.ts';
import type { Projection } from './projection.ts';

type Ended = { readonly branchId: string; readonly at: number; readonly ticketId: string };

export const ticketsProjection: Projection = {
  tables: ['business_days', 'tickets', 'items'],
  prepare: (db) => {
    const day = db.prepare(
      "INSERT OR REPLACE INTO business_days (branch, date, started_at, ends_at, opens_at, closes_at, day_type) VALUES (?, ?, ?, ?, ?, ?, 'ordinary')",
    );
    const dayType = db.prepare(
      'UPDATE business_days SET day_type = ? WHERE branch = ? AND date = (SELECT MAX(date) FROM business_days WHERE branch = ?)',
    );
    const issue = db.prepare(
      `INSERT OR REPLACE INTO tickets (branch, ticket_id, date, number, service_id, segment, walk_up, issued_at, ahead, quoted_ms)
       VALUES (?, ?, (SELECT MAX(date) FROM business_days WHERE branch = ?), ?, ?, ?, 0, ?, ?, ?)`,
    );
    const walkUp = db.prepare(
      `INSERT OR REPLACE INTO tickets (branch, ticket_id, date, number, service_id, walk_up, issued_at, first_called_at, counter_id, staff_id, started_at)
       VALUES (?, ?, (SELECT MAX(date) FROM business_days WHERE branch = ?), ?, ?, 1, ?, ?, ?, ?, ?)`,
    );
    const call = db.prepare(
      'UPDATE tickets SET first_called_at = COALESCE(first_called_at, ?), order_reason = ?, counter_id = ?, staff_id = ? WHERE branch = ? AND ticket_id = ?',
    );
    const start = db.prepare('UPDATE tickets SET started_at = COALESCE(started_at, ?) WHERE branch = ? AND ticket_id = ?');
    const end = db.prepare('UPDATE tickets SET ended_at = ?, outcome = ? WHERE branch = ? AND ticket_id = ?');
    const reopen = db.prepare('UPDATE tickets SET ended_at = NULL, outcome = NULL WHERE branch = ? AND ticket_id = ?');
    const service = db.prepare('UPDATE tickets SET service_id = ? WHERE branch = ? AND ticket_id = ?');
    const segment = db.prepare('UPDATE tickets SET segment = ? WHERE branch = ? AND ticket_id = ?');
    const rate = db.prepare('UPDATE tickets SET rating = ? WHERE branch = ? AND ticket_id = ?');
    const addItem = db.prepare(
      `INSERT OR REPLACE INTO items (branch, ticket_id, item_index, service_id, counter_id, staff_id, started_at, amount_fen, notes, limit_ms, extended_ms)
       SELECT branch, ticket_id, (SELECT COUNT(*) FROM items WHERE branch = tickets.branch AND ticket_id = tickets.ticket_id), ?, ?, staff_id, ?, ?, ?, ?, 0
       FROM tickets WHERE branch = ? AND ticket_id = ?`,
    );
    const endItem = db.prepare('UPDATE items SET ended_at = ? WHERE branch = ? AND ticket_id = ? AND ended_at IS NULL');
    const extend = db.prepare('UPDATE items SET extended_ms = extended_ms + ? WHERE branch = ? AND ticket_id = ? AND item_index = ?');

    const begin = (event: Ended & { readonly counterId: string; readonly item: ItemBasis }): void => {
      const { serviceId, amountFen = null, notes = null, limitMs = null } = event.item;
      addItem.run(
        serviceId,
        event.counterId,
        event.at,
        amountFen,
        notes,
        limitMs === null ? null : Math.round(limitMs),
        event.branchId,
        event.ticketId,
      );
    };
    const stopItem = (event: Ended): void => void endItem.run(event.at, event.branchId, event.ticketId);
    const finish = (outcome: string) => (event: Ended) => {
      stopItem(event);
      end.run(event.at, outcome, event.branchId, event.ticketId);
    };
    const takeUp = (event: Ended): void => void reopen.run(event.branchId, event.ticketId);

    return {
      'branch.dayStarted': (event) =>
        void day.run(event.branchId, event.date, event.at, event.endsAt, event.opensAt ?? null, event.closesAt ?? null),
      'branch.dayTypeSet': (event) => void dayType.run(event.dayType, event.branchId, event.branchId),
      'ticket.issued': (event) => {
        const { branchId, ticketId, number, serviceId, segment: group, at, ahead, waitMs } = event;
        issue.run(branchId, ticketId, branchId, number, serviceId, group, at, ahead, Math.round(waitMs.expected));
      },
      'ticket.walkedUp': (event) => {
        const { branchId, ticketId, number, serviceId, at, counterId, staffId } = event;
        walkUp.run(branchId, ticketId, branchId, number, serviceId, at, at, counterId, staffId, at);
        begin(event);
      },
      'ticket.called': (event) => void call.run(event.at, event.order, event.counterId, event.staffId, event.branchId, event.ticketId),
      'ticket.started': (event) => {
        start.run(event.at, event.branchId, event.ticketId);
        begin(event);
      },
      'ticket.itemAdded': (event) => {
        stopItem(event);
        begin(event);
      },
      'ticket.parked': stopItem,
      'ticket.transferred': (event) => {
        stopItem(event);
        if (event.toServiceId !== undefined) service.run(event.toServiceId, event.branchId, event.ticketId);
      },
      'ticket.completed': finish('completed'),
      'ticket.noShow': finish('noShow'),
      'ticket.cancelled': finish('cancelled'),
      'ticket.unserved': finish('unserved'),
      'ticket.divertLapsed': finish('diverted'),
      'ticket.requeued': takeUp,
      'ticket.returned': takeUp,
      'ticket.segmentSet': (event) => void segment.run(event.segment, event.branchId, event.ticketId),
      'ticket.rated': (event) => void rate.run(event.score, event.branchId, event.ticketId),
      'limit.extended': (event) => void extend.run(Math.round(event.addMs), event.branchId, event.ticketId, event.itemIndex),
    };
  },
};
