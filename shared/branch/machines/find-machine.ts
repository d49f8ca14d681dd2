import type { MachineConfig } from '../../contract/machines.ts';
import { type Draft, refuse } from '../draft.ts';
import type { Machine } from './machine.state.ts';
import { machineOf, registryOf } from './registry.ts';

type Found = { readonly machine: Machine; readonly config: MachineConfig };

/** A machine of the registry, or the refusal `machine.unknown`. */
export function findMachine(draft: Draft, machineId: string): Found | ReturnType<typeof refuse> {
  const machine = machineOf(draft.state, machineId);
  const config = registryOf(draft.state).get(machineId);
  return machine === undefined || config === undefined
    ? refuse(
        'machine.unknown',
        `There is no machine ${machineId} in this branch; see the configuration for its machines.`,
        { machineId },
        'machineId',
      )
    : { machine, config };
}
