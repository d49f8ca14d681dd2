/** The registered machines of a branch, and what is kept of each. */
import { defaultMachinePolicy } from '../../contract/default-cases.ts';
import type { MachineConfig, MachinePolicy } from '../../contract/machines.ts';
import type { BranchState } from '../branch.state.ts';
import type { Machine } from './machine.state.ts';

export const machinePolicy = (state: BranchState): MachinePolicy => state.config?.machinePolicy ?? defaultMachinePolicy;

type Registry = ReadonlyMap<string, MachineConfig>;
const none: Registry = new Map();
const known = new WeakMap<readonly MachineConfig[], Registry>();

/** By id, in the order of the configuration. */
export function registryOf(state: BranchState): Registry {
  const machines = state.config?.machines;
  if (machines === undefined) return none;
  const before = known.get(machines);
  if (before !== undefined) return before;
  const registry = new Map(machines.map((machine) => [machine.id, machine]));
  known.set(machines, registry);
  return registry;
}

export function machineOf(state: BranchState, machineId: string): Machine | undefined {
  // A name that every object has ("constructor") is no machine.
  return Object.hasOwn(state.machines, machineId) ? state.machines[machineId] : undefined;
}
