/** What time alone brings to machines: those that know nothing of themselves become work, hand reports grow old, planned work begins and ends, differences remind, gone faults settle. */
import type { MachinePolicy } from '../../contract/machines.ts';
import type { BranchState } from '../branch.state.ts';
import { nextMark } from '../cases/case-book.ts';
import type { Draft } from '../draft.ts';
import { faultsToWork, takeUp } from './fault-cases.ts';
import { standingOf, underMaintenance } from './machine-state.ts';
import type { Machine, Replenishment } from './machine.state.ts';
import { machineOf, machinePolicy, registryOf } from './registry.ts';

interface Mark {
  readonly at: number;
  readonly pass: (draft: Draft) => void;
}

const sooner = (one: Mark | undefined, other: Mark | undefined): Mark | undefined =>
  one === undefined || (other !== undefined && other.at < one.at) ? other : one;

function lapse(machineId: string, dueAt: number): Mark['pass'] {
  return (draft) => {
    const machine = machineOf(draft.state, machineId);
    const config = registryOf(draft.state).get(machineId);
    if (machine === undefined || config === undefined) return;
    // Nobody said that the fault is gone: its case stays with its owner.
    draft.emit({
      type: 'machine.reportLapsed',
      machineId,
      ...standingOf({ ...machine, handReport: undefined }, config.kind, draft.now),
      dueAt,
    });
  };
}

function doubt(machineId: string, from: number, dueAt: number): Mark['pass'] {
  return (draft) => {
    const machine = machineOf(draft.state, machineId);
    const config = registryOf(draft.state).get(machineId);
    if (machine === undefined || config === undefined) return;
    const faults: Machine['faults'] = [...machine.faults, { code: 'stateUnknown', since: from }];
    draft.emit({ type: 'machine.doubted', machineId, ...standingOf({ ...machine, faults }, config.kind, draft.now), dueAt });
    faultsToWork(draft, machineId, machine.faults);
  };
}

/** It says itself that it does not know: after the same patience that is work, as silence is. */
function doubtOf({ id, unclearSince, faults }: Machine, { silentAfterMs }: MachinePolicy): Mark | undefined {
  if (unclearSince === undefined || faults.some(({ code }) => code === 'stateUnknown')) return undefined;
  const at = unclearSince + silentAfterMs;
  return { at, pass: doubt(id, unclearSince, at) };
}

function endMaintenance(machineId: string, maintenanceId: string, dueAt: number): Mark['pass'] {
  return (draft) => {
    draft.emit({ type: 'machine.maintenanceEnded', machineId, maintenanceId, dueAt });
    const machine = machineOf(draft.state, machineId);
    if (machine !== undefined && !underMaintenance(machine, draft.now)) takeUp(draft, machineId);
  };
}

function markOf(machine: Machine, policy: MachinePolicy): Mark | undefined {
  const { id, handReport, maintenance } = machine;
  let first = doubtOf(machine, policy);
  if (handReport !== undefined) {
    const at = handReport.at + policy.handReportMs;
    first = sooner(first, { at, pass: lapse(id, at) });
  }
  for (const { id: maintenanceId, fromAt, untilAt, begun } of maintenance) {
    const mark: Mark =
      begun === true
        ? { at: untilAt, pass: endMaintenance(id, maintenanceId, untilAt) }
        : {
            at: fromAt,
            pass: (draft) => draft.emit({ type: 'machine.maintenanceBegan', machineId: id, maintenanceId, dueAt: fromAt }),
          };
    first = sooner(first, mark);
  }
  return first;
}

/** An unsettled difference reminds again and again, confirmed or not, and once more the moment it is too late. */
function reminderOf(
  { id, machineId, at: countedAt, confirmedAt, remindedAt, settleBy }: Replenishment,
  policy: MachinePolicy,
): Mark | undefined {
  if (settleBy === undefined) return undefined;
  const last = remindedAt ?? confirmedAt ?? countedAt;
  const next = last + policy.differenceEveryMs;
  const at = last < settleBy && settleBy < next ? settleBy : next;
  return {
    at,
    pass: (draft) =>
      draft.emit({ type: 'machine.differenceReminded', machineId, replenishmentId: id, dueAt: at, overdue: settleBy <= draft.now }),
  };
}

interface Remembered {
  readonly basis: readonly unknown[];
  readonly first: Mark | undefined;
}

const remembered = new WeakMap<BranchState['machines'], Remembered>();

/** The first of all marks. Asked at every command, so remembered until a machine or a replenishment changes. */
function firstMark(state: BranchState): Mark | undefined {
  const { machines, replenishments, config } = state;
  const known = remembered.get(machines);
  if (known !== undefined && known.basis[0] === replenishments && known.basis[1] === config) return known.first;
  const policy = machinePolicy(state);
  let first: Mark | undefined;
  for (const id of registryOf(state).keys()) {
    const machine = machineOf(state, id);
    if (machine !== undefined) first = sooner(first, markOf(machine, policy));
  }
  for (const one of Object.values(replenishments)) first = sooner(first, reminderOf(one, policy));
  remembered.set(machines, { basis: [replenishments, config], first });
  return first;
}

/** When the case whose fault has been gone longest closes. */
function firstSettled(state: BranchState): number | undefined {
  const one = state.cases.get(state.settling.first() ?? '');
  return one?.recoveredAt === undefined ? undefined : one.recoveredAt + machinePolicy(state).settleMs;
}

/** The next instant (hub ms) at which time alone changes something about a machine. */
export function machinesDue(state: BranchState): number | undefined {
  const mark = firstMark(state)?.at;
  const settled = firstSettled(state);
  return mark === undefined || (settled !== undefined && settled < mark) ? settled : mark;
}

/**
 * Closes what has settled, unless a deadline of the case fell before: call once before the marks of cases pass, and once
 * after.
 */
export function settleFaults(draft: Draft): void {
  const gone: string[] = [];
  for (const caseId of draft.state.settling.values()) {
    const one = draft.state.cases.get(caseId);
    const at = (one?.recoveredAt ?? 0) + machinePolicy(draft.state).settleMs;
    if (one === undefined || at > draft.now) break;
    if ((nextMark(one)?.at ?? at) >= at) gone.push(caseId);
  }
  for (const caseId of gone) draft.emit({ type: 'case.closed', caseId, how: 'recovered' });
}

/** Every mark of machines up to now. */
export function passMachines(draft: Draft): void {
  for (;;) {
    const mark = firstMark(draft.state);
    if (mark === undefined || mark.at > draft.now) return;
    mark.pass(draft);
  }
}

/** After a stop: whatever told of itself before it has been silent since. */
export function loseUnheard(draft: Draft, downFrom: number): void {
  const dueAt = downFrom + machinePolicy(draft.state).silentAfterMs;
  if (dueAt > draft.now) return;
  for (const { id, kind } of registryOf(draft.state).values()) {
    const machine = machineOf(draft.state, id);
    if (machine?.status === undefined || machine.silentSince !== undefined) continue;
    const standing = standingOf({ ...machine, silentSince: dueAt }, kind, draft.now);
    draft.emit({ type: 'machine.lost', machineId: id, ...standing, lastHeardAt: downFrom, dueAt });
    faultsToWork(draft, id, machine.faults);
  }
}
