/** Which counter may take which ticket: its kind, its services, its teller's skills (domain.md sections 1 and 2). */
import type { CounterConfig } from '../../contract/config.ts';
import type { BranchState, Counter, Ticket } from '../branch.state.ts';
import { entryOf } from '../people/roster.ts';
import { hasSpecialNeed } from './lanes.ts';

export const isOpen = (counter: Counter): boolean => counter.state !== 'closed';

export function openWindows(state: BranchState): number {
  let open = 0;
  for (const counter of Object.values(state.counters)) if (isOpen(counter)) open += 1;
  return open;
}

/** At a peak dedicated windows open to everybody. */
export const isPeak = (state: BranchState): boolean => state.peakSince !== undefined;

export const counterConfig = (state: BranchState, counterId: string): CounterConfig | undefined =>
  state.config?.counters.find((counter) => counter.id === counterId);

/** A cash window, or an elastic one standing in for it. */
export const actingKind = (config: CounterConfig): CounterConfig['kind'] =>
  config.kind === 'elastic' ? (config.actsAs ?? 'cash') : config.kind;

/** Services and skills only: also holds for a ticket chosen by hand. */
export function canServe(state: BranchState, config: CounterConfig, staffId: string | undefined, serviceId: string): boolean {
  const staff = staffId === undefined ? undefined : entryOf(state, staffId);
  if (staff?.serviceIds !== undefined && !staff.serviceIds.includes(serviceId)) return false;
  if (config.serviceIds.includes(serviceId)) return true;
  const service = state.config?.services.find((entry) => entry.id === serviceId);
  return service?.pension === true && state.day?.dayType === 'pension' && actingKind(config) === 'cash';
}

const isOfKind = (config: CounterConfig, kind: string): boolean => config.kind === kind || actingKind(config) === kind;

/** Whether any window of the branch, open or not, does this service (and is of that kind): else nobody would ever call the number. */
export const hasWindowFor = (state: BranchState, serviceId: string, kind?: string): boolean =>
  state.config?.counters.some(
    (config) => (kind === undefined || isOfKind(config, kind)) && canServe(state, config, undefined, serviceId),
  ) === true;

/** Whether the rules, rather than a person, may send this ticket to this counter. */
export function mayTake(state: BranchState, config: CounterConfig, staffId: string | undefined, ticket: Ticket): boolean {
  // A person sent it to this window: it stays takable there when the window's services or the teller's skills change since.
  if (ticket.onlyCounterId !== undefined) return ticket.onlyCounterId === config.id;
  if (!canServe(state, config, staffId, ticket.serviceId)) return false;
  // Asked for by name, a dedicated window takes its customer off a peak too.
  if (ticket.counterKind !== undefined) return isOfKind(config, ticket.counterKind);
  if (config.kind === 'vip') return ticket.segment === 'vip' || isPeak(state);
  if (config.kind === 'priority') return hasSpecialNeed(ticket.segment) || isPeak(state);
  return true;
}
