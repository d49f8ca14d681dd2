/** Machines: what is heard of them, what staff report, planned maintenance. */
import { type Rules, done, refuse } from '../draft.ts';
import { cardRules } from './card.rules.ts';
import { allElseIsWell, faultsToWork, takeUp } from './fault-cases.ts';
import { findMachine } from './find-machine.ts';
import { standingOf, underMaintenance } from './machine-state.ts';
import { loseUnheard } from './machine-time.ts';
import type { Machine } from './machine.state.ts';
import { machineOf, machinePolicy, registryOf } from './registry.ts';
import { replenishmentRules } from './replenishment.rules.ts';
import { newsIn } from './telemetry.ts';

const MOST_PLANS = 20;
/** Whoever plans from now on may have pressed the button a moment ago. */
const BEHIND_MS = 5 * 60_000;

export const machineRules = {
  ...replenishmentRules,
  ...cardRules,

  'machine.hear': (draft, { machineId, reports, newClock }) => {
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    for (const { reportedAt, status } of newsIn(
      newClock === true ? { ...at.machine, reportedAt: undefined } : at.machine,
      reports,
      machinePolicy(draft.state),
      draft.now,
    )) {
      const before = machineOf(draft.state, machineId) ?? at.machine;
      const standing = standingOf({ ...before, status, silentSince: undefined }, at.config.kind, draft.now);
      draft.emit({ type: 'machine.statusChanged', machineId, ...standing, reportedAt, status });
      faultsToWork(draft, machineId, before.faults);
    }
    return { result: { state: machineOf(draft.state, machineId)?.state } };
  },

  // The watch over silence asked before this was decided: heard meanwhile, or no longer registered, nothing is lost.
  'machine.lose': (draft, { machineId, lastHeardAt }) => {
    const machine = machineOf(draft.state, machineId);
    const config = registryOf(draft.state).get(machineId);
    if (machine?.status === undefined || config === undefined || machine.silentSince !== undefined) return done;
    const dueAt = lastHeardAt + machinePolicy(draft.state).silentAfterMs;
    if ((machine.heardAt ?? 0) > lastHeardAt || dueAt > draft.now) return done;
    const standing = standingOf({ ...machine, silentSince: dueAt }, config.kind, draft.now);
    draft.emit({ type: 'machine.lost', machineId, ...standing, lastHeardAt, dueAt });
    faultsToWork(draft, machineId, machine.faults);
    return done;
  },

  'hub.resumed': (draft, { downFrom }) => {
    loseUnheard(draft, downFrom);
    return done;
  },

  'machine.report': (draft, command) => {
    const { machineId, state: reported, note } = command;
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    const { machine, config } = at;
    const by = draft.context.actor.id;
    // Something is wrong, whether or not they can name it; what works has no fault.
    const wrong = reported === 'attention' || reported === 'outOfService';
    const fault = wrong ? (command.fault ?? 'other') : undefined;
    const handReport: Machine['handReport'] = reported === 'unknown' ? undefined : { state: reported, fault, by, at: draft.now };
    const standing = standingOf({ ...machine, handReport }, config.kind, draft.now);
    const noteRef = note === undefined ? undefined : draft.text(note);
    draft.emit({ type: 'machine.reported', machineId, ...standing, reported, fault, noteRef });
    faultsToWork(draft, machineId, machine.faults, { by });
    if (reported === 'inService') allElseIsWell(draft, machineId);
    return { result: { state: standing.state } };
  },

  'machine.planMaintenance': (draft, { machineId, fromAt, untilAt, reason }) => {
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    if (untilAt <= fromAt) return refuse('maintenance.empty', 'Planned maintenance ends after it begins.', undefined, 'untilAt');
    if (fromAt < draft.now - BEHIND_MS || untilAt <= draft.now)
      return refuse('maintenance.past', 'Maintenance is planned ahead: what is over cannot be planned any more.', undefined, 'fromAt');
    if (at.machine.maintenance.length >= MOST_PLANS)
      return refuse('maintenance.too_many', `At most ${MOST_PLANS} times may be planned for a machine; cancel one first.`, {
        most: MOST_PLANS,
      });
    const maintenanceId = draft.context.newId();
    draft.emit({
      type: 'machine.maintenancePlanned',
      machineId,
      maintenance: {
        id: maintenanceId,
        // An outage already there is no plan.
        fromAt: Math.max(fromAt, draft.now),
        untilAt,
        plannedBy: draft.context.actor.id,
        ...(reason === undefined ? {} : { reasonRef: draft.text(reason) }),
      },
    });
    return { result: { maintenanceId } };
  },

  'machine.cancelMaintenance': (draft, { machineId, maintenanceId }) => {
    const at = findMachine(draft, machineId);
    if ('refused' in at) return at;
    if (!at.machine.maintenance.some(({ id }) => id === maintenanceId))
      return refuse('maintenance.unknown', 'No such maintenance is planned; it may be over already.', { maintenanceId }, 'maintenanceId');
    draft.emit({ type: 'machine.maintenanceCancelled', machineId, maintenanceId });
    const machine = machineOf(draft.state, machineId);
    if (machine !== undefined && !underMaintenance(machine, draft.now)) takeUp(draft, machineId);
    return done;
  },
} satisfies Rules;
