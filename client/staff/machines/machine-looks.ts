/** How machines are shown: their look, the worst fault, the order of a list. */
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { byGravity } from '../../../shared/branch/machines/fault-table.ts';
import type { Fault, Machine, PlannedMaintenance } from '../../../shared/branch/machines/machine.state.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import type { StateName } from '../../ui/state-shape.tsx';

export type MachineLook = Machine['state'] | 'maintenance';

/** The shape and colour that stand for it everywhere. */
export const shapeOf: Record<MachineLook, StateName> = {
  inService: 'serving',
  attention: 'near',
  outOfService: 'over',
  unknown: 'unknown',
  maintenance: 'paused',
};

const rank: Record<MachineLook, number> = { outOfService: 0, unknown: 1, attention: 2, maintenance: 3, inService: 4 };

export const maintenanceNow = (machine: Machine, now: number): PlannedMaintenance | undefined =>
  machine.maintenance.find(({ fromAt, untilAt }) => fromAt <= now && now < untilAt);

/** What was planned does not look like a breakdown; a machine that serves all the same does. */
export function lookOf(machine: Machine | undefined, now: number): MachineLook {
  if (machine === undefined) return 'unknown';
  return machine.state !== 'inService' && maintenanceNow(machine, now) !== undefined ? 'maintenance' : machine.state;
}

/** The one named where there is room for one. */
export const worstFault = (machine: Machine | undefined): Fault | undefined =>
  machine?.faults.reduce<Fault | undefined>(
    (worst, fault) => (worst === undefined || byGravity(fault.code, worst.code) < 0 ? fault : worst),
    undefined,
  );

const none: readonly MachineConfig[] = [];
/** The same list as long as the registry is the same: read by stores that compare. */
export const machineConfigs = (state: BranchState): readonly MachineConfig[] => state.config?.machines ?? none;
export const machineConfigOf = (state: BranchState, machineId: string): MachineConfig | undefined =>
  machineConfigs(state).find(({ id }) => id === machineId);

/** Worst first, then as the registry lists them. */
export function worstFirst(state: Pick<BranchState, 'config' | 'machines'>, now: number): readonly MachineConfig[] {
  const listed = state.config?.machines ?? [];
  const ranks = new Map(listed.map(({ id }) => [id, rank[lookOf(state.machines[id], now)]]));
  return [...listed].sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}

/** Machines out of service or gone silent, worst first. One never heard of is only unknown; planned maintenance is not counted. */
export function machinesDown(state: Pick<BranchState, 'config' | 'machines'>, now: number): readonly MachineConfig[] {
  return worstFirst(state, now).filter(({ id }) => {
    const machine = state.machines[id];
    const look = lookOf(machine, now);
    return look === 'outOfService' || (look === 'unknown' && machine?.silentSince !== undefined);
  });
}

/** How many nobody can tell of: neither down nor in service. */
export const machinesUnknown = (state: Pick<BranchState, 'config' | 'machines'>, now: number): number =>
  (state.config?.machines ?? none).filter(({ id }) => {
    const machine = state.machines[id];
    return lookOf(machine, now) === 'unknown' && machine?.silentSince === undefined;
  }).length;

/** Open cases about one machine, the gravest first. */
export function casesOf(state: BranchState, machineId: string): readonly Case[] {
  const found: Case[] = [];
  for (const caseId of state.openCases.values()) {
    const one = state.cases.get(caseId);
    if (one?.machineId === machineId) found.push(one);
  }
  return found.sort((a, b) => a.severity - b.severity || a.loggedAt - b.loggedAt);
}
