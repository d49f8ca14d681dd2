/** Which machine would be quicker for a customer than the windows. Only ever an offer, and never one to the elderly (regulation.md). */
import type { MachineConfig } from '../../contract/machines.ts';
import type { Segment } from '../../contract/config.ts';
import type { BranchState, Ticket } from '../branch.state.ts';
import { outlook, paceOf } from '../predict/predict.ts';
import { isElderly } from '../queue/lanes.ts';
import { newcomer } from '../tickets/newcomer.ts';
import { underMaintenance } from './machine-state.ts';
import { machineOf, machinePolicy, registryOf } from './registry.ts';

/** One customer at a machine, where the registry does not say. */
const TYPICAL_MS = 120_000;

export interface Errand {
  readonly serviceId: string;
  readonly segment?: Segment;
  readonly amountFen?: number;
}

export interface Offer {
  readonly machineId: string;
  /** How much sooner they would be done there, as far as anyone can tell. */
  readonly savesMs: number;
}

/** Made for it, here, and up to this amount; whatever its state. */
export function canDo({ services, offSite }: MachineConfig, { serviceId, amountFen = 0 }: Errand): boolean {
  if (offSite === true) return false;
  return services.some((one) => one.serviceId === serviceId && (one.upToFen === undefined || amountFen <= one.upToFen));
}

/** Whether this machine could serve them this minute. With anything wrong it is no place to send a customer to. */
export function canDoNow(state: BranchState, machineId: string, errand: Errand, now: number): boolean {
  const config = registryOf(state).get(machineId);
  const machine = machineOf(state, machineId);
  if (config === undefined || machine?.state !== 'inService' || underMaintenance(machine, now)) return false;
  return canDo(config, errand);
}

/** From now until done at the machine: those sent there go first. */
function machineTime(state: BranchState, { id, typicalMs = TYPICAL_MS }: MachineConfig): number {
  let sent = 0;
  for (const ticket of state.diverted.values()) if (ticket.machineId === id) sent += 1;
  return (sent + 1) * typicalMs;
}

function best(state: BranchState, errand: Errand, ticket: Ticket, now: number): Offer | undefined {
  if (isElderly(ticket.segment)) return undefined;
  let quickest: { readonly id: string; readonly ms: number } | undefined;
  for (const config of registryOf(state).values()) {
    if (!canDoNow(state, config.id, errand, now)) continue;
    const ms = machineTime(state, config);
    if (quickest === undefined || ms < quickest.ms) quickest = { id: config.id, ms };
  }
  if (quickest === undefined) return undefined;
  const savesMs = Math.round(outlook(state, ticket, now).waitMs.expected + paceOf(state, errand.serviceId) - quickest.ms);
  return savesMs >= Math.max(1, machinePolicy(state).offerIfQuickerByMs) ? { machineId: quickest.id, savesMs } : undefined;
}

/** For somebody about to take a number. Undefined: the window it is. `now` is hub time. */
export function machineFor(state: BranchState, errand: Errand, now: number): Offer | undefined {
  const { serviceId, segment = 'ordinary' } = errand;
  return best(state, errand, newcomer(state, serviceId, segment, now), now);
}

/** For somebody who waits: where the lobby manager could send them now. */
export function divertible(state: BranchState, ticket: Ticket, now: number): Offer | undefined {
  // Back to sign, or sent to one window: a machine cannot do that.
  if (ticket.state !== 'waiting' || ticket.returning === true || ticket.onlyCounterId !== undefined) return undefined;
  return best(state, ticket, ticket, now);
}
