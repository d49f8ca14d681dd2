/** Short lookups into a branch's configuration. */
import type { BranchState, Counter, Item, Ticket } from '../../../shared/branch/branch.state.ts';
import { allowedMs, ranMs } from '../../../shared/branch/limits/clock.ts';
import type { CounterConfig, Service } from '../../../shared/contract/config.ts';
import { type Language, language } from '../../i18n/language.ts';
import type { StateName } from '../../ui/state-shape.tsx';

export const serviceOf = (state: BranchState, serviceId: string): Service | undefined =>
  state.config?.services.find((service) => service.id === serviceId);

export const serviceName = (state: BranchState, serviceId: string, of: Language = language()): string =>
  serviceOf(state, serviceId)?.name[of] ?? serviceId;

export const counterConfigs = (state: BranchState): readonly CounterConfig[] => state.config?.counters ?? [];

/** What runs now at a counter that serves. */
export const runningItem = (ticket: Ticket | undefined): Item | undefined =>
  ticket?.state === 'serving' ? ticket.items.at(-1) : undefined;

/** A serving window looks by how its transaction stands to the limit. */
export function lookOf(counter: Counter, ticket: Ticket | undefined): Exclude<StateName, 'waiting' | 'unknown'> {
  if (counter.state !== 'serving') return counter.state;
  const item = runningItem(ticket);
  if (item === undefined || item.limitMs === undefined) return 'serving';
  if (item.stage >= 0) return 'over';
  return item.near ? 'near' : 'serving';
}

/** Share of the limit used, 0…; undefined without a limit. */
export function shareOfLimit(item: Item, now: number): number | undefined {
  const allowed = allowedMs(item);
  return allowed === undefined ? undefined : ranMs(item, now) / Math.max(1, allowed);
}
