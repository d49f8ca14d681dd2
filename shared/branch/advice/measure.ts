/** What truly happened over a stretch of time: told with every piece of advice that was carried out. */
import type { BranchState } from '../branch.state.ts';
import { counterConfig } from '../queue/eligible.ts';
import type { Measured, Proposal } from './advice.state.ts';

/** Nearest rank; of an ascending list. */
const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

/**
 * Waits of today's customers first called in [from, to), of the services the window does (all of them where no window is
 * meant). Looks through the day's tickets: asked once or twice for each piece of advice, never by every command.
 */
export function measure(state: BranchState, { counterId }: Proposal, from: number, to: number): Measured {
  const services = counterId === undefined ? undefined : counterConfig(state, counterId)?.serviceIds;
  const target = state.config?.policy.servedTargetMs ?? 0;
  const waits: number[] = [];
  for (const { firstCalledAt, arrivedAt, walkUp, serviceId } of state.tickets.values()) {
    if (firstCalledAt === undefined || firstCalledAt < from || firstCalledAt >= to || walkUp === true) continue;
    if (services === undefined || services.includes(serviceId)) waits.push(firstCalledAt - arrivedAt);
  }
  if (waits.length === 0) return { calls: 0 };
  waits.sort((a, b) => a - b);
  const within = waits.filter((wait) => wait <= target).length;
  return { calls: waits.length, wait90Ms: percentile(waits, 0.9), withinTarget: within / waits.length };
}
