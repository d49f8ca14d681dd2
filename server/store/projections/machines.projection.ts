/** Machines for reports: what state each was in and when, planned maintenance, replenishments, retained cards. */
import type { Fault } from '../../../shared/branch/machines/machine.state.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import type { Projection } from './projection.ts';

interface Word {
  readonly branchId: string;
  readonly machineId: string;
  readonly state: string;
  readonly faults: readonly Fault[];
}

interface OpenRow {
  readonly from_at: number;
  readonly state: string;
  readonly faults: string;
}

/** Codes only, gravest first, each once: a second cash unit running low is no other outage. */
const codesOf = (faults: readonly Fault[]): string => JSON.stringify([...new Set(faults.map(({ code }) => code))]);

export const machinesProjection: Projection = {
  tables: ['machine_intervals', 'machine_maintenance', 'replenishments', 'retained_cards'],
  prepare: (db) => {
    const last = db.prepare(
      'SELECT from_at, to_at, state, faults FROM machine_intervals WHERE branch = ? AND machine_id = ? ORDER BY from_at DESC LIMIT 1',
    );
    const close = db.prepare('UPDATE machine_intervals SET to_at = ? WHERE branch = ? AND machine_id = ? AND to_at IS NULL');
    const open = db.prepare(
      'INSERT OR REPLACE INTO machine_intervals (branch, machine_id, from_at, to_at, state, faults) VALUES (?, ?, ?, NULL, ?, ?)',
    );
    const counted = db.prepare('SELECT DISTINCT machine_id FROM machine_intervals WHERE branch = ? AND to_at IS NULL').pluck();
    const plan = db.prepare(
      `INSERT OR REPLACE INTO machine_maintenance (branch, maintenance_id, machine_id, from_at, until_at, planned_at, planned_by, reason_ref)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const cancel = db.prepare(
      'UPDATE machine_maintenance SET cancelled_at = ?, cancelled_by = ? WHERE branch = ? AND maintenance_id = ? AND cancelled_at IS NULL',
    );
    const replenish = db.prepare(
      `INSERT OR REPLACE INTO replenishments (branch, replenishment_id, machine_id, at, done_by, loaded_fen, counted_fen, expected_fen, difference_fen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const confirm = db.prepare(
      'UPDATE replenishments SET confirmed_by = ?, confirmed_at = ?, settle_by = ? WHERE branch = ? AND replenishment_id = ?',
    );
    const settle = db.prepare(
      'UPDATE replenishments SET settled_by = ?, settled_at = ?, explanation_ref = ? WHERE branch = ? AND replenishment_id = ?',
    );
    const register = db.prepare(
      `INSERT OR REPLACE INTO retained_cards (branch, card_id, machine_id, retained_at, registered_by, state, digits_ref, contact_ref)
       VALUES (?, ?, ?, ?, ?, 'inMachine', ?, ?)`,
    );
    const collect = db.prepare(
      "UPDATE retained_cards SET state = 'collected', collected_by = ?, collected_at = ?, digits_ref = COALESCE(?, digits_ref) WHERE branch = ? AND card_id = ?",
    );
    const endCard = db.prepare(
      'UPDATE retained_cards SET state = ?, ended_by = ?, ended_at = ?, reason_ref = ? WHERE branch = ? AND card_id = ?',
    );

    /** `at` is when it came to be so, which after a stop of the hub may lie before it was written down. */
    function stands({ branchId, machineId, state, faults }: Word, at: number): void {
      const codes = codesOf(faults);
      const before = last.get(branchId, machineId) as (OpenRow & { readonly to_at: number | null }) | undefined;
      if (before !== undefined && before.to_at === null && before.state === state && before.faults === codes) return;
      const from = Math.max(at, before?.from_at ?? at);
      close.run(from, branchId, machineId);
      open.run(branchId, machineId, from, state, codes);
    }

    /** A machine is unknown from its registration on, the second time too; one taken out of the registry counts no further. */
    function registry(branchId: string, machines: readonly MachineConfig[], at: number): void {
      const gone = new Set(counted.all(branchId) as string[]);
      for (const { id } of machines) {
        if (!gone.delete(id)) open.run(branchId, id, at, 'unknown', '[]');
      }
      for (const id of gone) close.run(at, branchId, id);
    }

    return {
      'branch.configured': (event) => {
        if (event.config.machines !== undefined) registry(event.branchId, event.config.machines, event.at);
      },
      'machine.statusChanged': (event) => stands(event, event.at),
      'machine.reported': (event) => stands(event, event.at),
      'machine.reportLapsed': (event) => stands(event, Math.min(event.dueAt, event.at)),
      'machine.lost': (event) => stands(event, Math.min(event.dueAt, event.at)),
      'machine.doubted': (event) => stands(event, Math.min(event.dueAt, event.at)),
      'machine.maintenancePlanned': ({ branchId, machineId, at, maintenance: { id, fromAt, untilAt, plannedBy, reasonRef } }) =>
        void plan.run(branchId, id, machineId, fromAt, untilAt, at, plannedBy, reasonRef ?? null),
      'machine.maintenanceCancelled': ({ at, actor, branchId, maintenanceId }) => void cancel.run(at, actor, branchId, maintenanceId),
      'machine.replenished': (event) => {
        const { branchId, replenishmentId, machineId, at, actor, loadedFen, countedFen, expectedFen, differenceFen } = event;
        replenish.run(branchId, replenishmentId, machineId, at, actor, loadedFen, countedFen, expectedFen, differenceFen);
      },
      'machine.replenishmentConfirmed': ({ actor, at, settleBy, branchId, replenishmentId }) =>
        void confirm.run(actor, at, settleBy ?? null, branchId, replenishmentId),
      // Ended and never confirmed: withdrawn.
      'machine.replenishmentWithdrawn': ({ actor, at, reasonRef, branchId, replenishmentId }) =>
        void settle.run(actor, at, reasonRef, branchId, replenishmentId),
      'machine.differenceSettled': ({ actor, at, explanationRef, branchId, replenishmentId }) =>
        void settle.run(actor, at, explanationRef, branchId, replenishmentId),
      'card.registered': ({ branchId, cardId, machineId, at, actor, digitsRef, contactRef }) =>
        void register.run(branchId, cardId, machineId, at, actor, digitsRef ?? null, contactRef ?? null),
      'card.collected': ({ actor, at, digitsRef, branchId, cardId }) => void collect.run(actor, at, digitsRef ?? null, branchId, cardId),
      'card.handedBack': ({ actor, at, branchId, cardId }) => void endCard.run('handedBack', actor, at, null, branchId, cardId),
      'card.destroyed': ({ actor, at, reasonRef, branchId, cardId }) =>
        void endCard.run('destroyed', actor, at, reasonRef, branchId, cardId),
    };
  },
};
