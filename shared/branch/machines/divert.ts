/** Whether a waiting customer may be sent to a machine: offered, never imposed (regulation.md). */
import type { Ticket } from '../branch.state.ts';
import { type Draft, refuse } from '../draft.ts';
import { isElderly } from '../queue/lanes.ts';
import { machineOf, registryOf } from './registry.ts';

/** Undefined when they may. A branch that has registered no machines knows none to choose from. */
export function mayGoToMachine(
  draft: Draft,
  { number, segment }: Ticket,
  machineId: string | undefined,
  customerAsked: boolean,
): ReturnType<typeof refuse> | undefined {
  if (isElderly(segment) && !customerAsked)
    return refuse(
      'divert.elderly',
      `Number ${number} is an elderly customer: only at their own wish are they sent to a machine; say that they asked for it.`,
      { number },
      'customerAsked',
    );
  const registry = registryOf(draft.state);
  if (registry.size === 0 || machineId === undefined) return undefined;
  const machine = machineOf(draft.state, machineId);
  if (machine === undefined || !registry.has(machineId))
    return refuse(
      'machine.unknown',
      `There is no machine ${machineId} in this branch; choose one of its machines.`,
      { machineId },
      'machineId',
    );
  return machine.state === 'outOfService'
    ? refuse('machine.out_of_service', `Machine ${machineId} is out of service; choose another.`, { machineId }, 'machineId')
    : undefined;
}
