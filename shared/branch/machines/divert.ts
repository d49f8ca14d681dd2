/** Whether a waiting customer may be sent to a machine: offered, never imposed (regulation.md). */
import type { Ticket } from '../branch.state.ts';
import { type Draft, refuse } from '../draft.ts';
import { isElderly } from '../queue/lanes.ts';
import { findMachine } from './find-machine.ts';
import { underMaintenance } from './machine-state.ts';
import { canDo } from './offer.ts';
import { registryOf } from './registry.ts';

type Refused = ReturnType<typeof refuse>;

/** Nobody is sent where they may come back from for nothing. What needs attention still serves: that is for who stands there to say. */
function mayServe(draft: Draft, ticket: Ticket, machineId: string): Refused | undefined {
  const at = findMachine(draft, machineId);
  if ('refused' in at) return at;
  const { machine, config } = at;
  const no = (code: string, message: string, params: { number?: string } = {}): Refused =>
    refuse(code, message, { machineId, ...params }, 'machineId');
  if (config.offSite === true)
    return no('machine.off_site', `Machine ${machineId} does not stand in this branch; choose one that customers here can walk to.`);
  if (!canDo(config, ticket))
    return no(
      'machine.cannot_serve',
      `Machine ${machineId} cannot do what number ${ticket.number} came for; choose another, or a window.`,
      {
        number: ticket.number,
      },
    );
  if (underMaintenance(machine, draft.now))
    return no('machine.under_maintenance', `Machine ${machineId} is being worked on; choose another.`);
  if (machine.state === 'outOfService') return no('machine.out_of_service', `Machine ${machineId} is out of service; choose another.`);
  if (machine.state === 'unknown')
    return no(
      'machine.state_unknown',
      `Nobody can tell whether machine ${machineId} works now; look at it and report its state, or choose another.`,
    );
  return undefined;
}

/** Undefined when they may. A branch that has registered no machines knows none to choose from. */
export function mayGoToMachine(draft: Draft, ticket: Ticket, machineId: string | undefined, customerAsked: boolean): Refused | undefined {
  const { number, segment } = ticket;
  if (isElderly(segment) && !customerAsked)
    return refuse(
      'divert.elderly',
      `Number ${number} is an elderly customer: only at their own wish are they sent to a machine; say that they asked for it.`,
      { number },
      'customerAsked',
    );
  return machineId === undefined || registryOf(draft.state).size === 0 ? undefined : mayServe(draft, ticket, machineId);
}
