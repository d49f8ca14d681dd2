/** What leaders look at, now: read from a branch's state, without walking the queue. */
import type { BranchState, WaitRange } from '../../shared/branch/branch.state.ts';
import type { PublicOutlook } from '../../shared/contract/outlook.ts';
import { outlook, windowsFor } from '../../shared/branch/predict/predict.ts';
import { isOpen } from '../../shared/branch/queue/eligible.ts';
import { classOf } from '../../shared/branch/queue/lanes.ts';
import { zoneOf } from '../../shared/branch/queue/order.ts';
import { newcomer } from '../../shared/branch/tickets/newcomer.ts';
import { minutes } from '../i18n/format.ts';

export type Zone = 'cash' | 'nonCash';
export const zones: readonly Zone[] = ['cash', 'nonCash'];

/** Arrival of whoever has waited longest; undefined when nobody waits. */
export function longestSince(state: BranchState): number | undefined {
  let since: number | undefined;
  for (const lane of Object.values(state.lanes)) {
    const first = lane.first();
    if (first === undefined) continue;
    const byArrival = classOf(first) !== 'appointment' && classOf(first) !== 'late';
    // Late-comers and appointments stand in another order than they came; there are few of them.
    for (const ticket of byArrival ? [first] : lane.values()) since = Math.min(since ?? ticket.arrivedAt, ticket.arrivedAt);
  }
  return since;
}

export function waitingIn(state: BranchState, zone: Zone): number {
  let count = 0;
  for (const lane of Object.values(state.lanes)) {
    const first = lane.first();
    if (first !== undefined && zoneOf(state, first.serviceId) === zone) count += lane.size;
  }
  return count;
}

/** What an ordinary customer who came in now would be told: the most asked-for service of the zone that some window open now does, as foretold or by the formula; undefined where none does any. */
export function expectedIn(state: BranchState, zone: Zone, now: number, foretold: PublicOutlook | undefined): WaitRange | undefined {
  const services = state.config?.services.filter((service) => service.zone === zone && service.offered !== false) ?? [];
  const asked = (serviceId: string): number => state.pace[serviceId]?.count ?? 0;
  for (const service of services.toSorted((a, b) => asked(b.id) - asked(a.id))) {
    const ticket = newcomer(state, service.id, 'ordinary', now);
    if (windowsFor(state, ticket).windows > 0) return foretold?.services[service.id]?.waitMs ?? outlook(state, ticket, now).waitMs;
  }
  return undefined;
}

/** "5–9", or "6" where both ends are the same minute; whole minutes rounded up. */
export function rangeInMinutes({ low, high }: Pick<WaitRange, 'low' | 'high'>): string {
  if (high < 60_000) return '0–1';
  const [from, to] = [minutes(low), minutes(high)];
  return from === to ? String(from) : `${from}–${to}`;
}

export function windows(state: BranchState): { open: number; of: number; paused: number } {
  const counters = Object.values(state.counters);
  return {
    open: counters.filter(isOpen).length,
    paused: counters.filter((counter) => counter.state === 'paused').length,
    of: counters.length,
  };
}

const shown = new WeakMap<BranchState['cases'], { readonly open: number; readonly late: number }>();

/** Counted once per change of a case. Silent emergencies are in no figure: a board that counts them tells of them. */
function countCases({ cases, openCases: ids }: BranchState): { readonly open: number; readonly late: number } {
  const known = shown.get(cases);
  if (known !== undefined) return known;
  let open = 0;
  let late = 0;
  for (const id of ids.values()) {
    const one = cases.get(id);
    if (one === undefined || one.silent === true) continue;
    open += 1;
    if (one.overdue === true) late += 1;
  }
  const counted = { open, late };
  shown.set(cases, counted);
  return counted;
}

export const openCases = (state: BranchState): number => countCases(state).open;
export const lateCases = (state: BranchState): number => countCases(state).late;

/** 0…1 of those served today who were called within the target; undefined before the first. */
export const servedInTarget = (state: BranchState): number | undefined =>
  state.tally.served === 0 ? undefined : state.tally.servedInTarget / state.tally.served;
