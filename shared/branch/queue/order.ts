/**
 * The order of calling (domain.md sections 1 and 2). Rank first, then arrival:
 *   0 back at the same teller · 1 special needs, late-comers now due, and whoever waited past the bound · 2 VIP within
 *   the share · 3 appointment in its slot · 4 arrival · 5 VIP beyond the share, late-comers not yet due.
 */
import type { CounterConfig } from '../../contract/config.ts';
import type { BranchState, Lane, OrderReason, Place, Ticket } from '../branch.state.ts';
import { counterConfig, mayTake } from './eligible.ts';
import { classOf, comparePlaces, placeOf } from './lanes.ts';

export interface Standing {
  readonly rank: number;
  readonly reason: OrderReason;
}

export interface Upcoming extends Standing {
  readonly ticket: Ticket;
}

const BY_ARRIVAL: Standing = { rank: 4, reason: 'arrival' };

/** On a pension day age alone stops being priority above a share of elderly among those waiting. */
export function ageCounts(state: BranchState): boolean {
  const share = state.config?.policy.pensionElderlyShare ?? 1;
  return !(state.day?.dayType === 'pension' && state.waitingElderly > share * state.waiting);
}

/** VIPs take at most one in N calls at shared windows, none on a pension day. */
function vipMayGo(state: BranchState, config: CounterConfig | undefined): boolean {
  if (config?.kind === 'vip') return true;
  if (state.day?.dayType === 'pension') return false;
  return state.callsSinceVip >= (state.config?.policy.vipOneIn ?? 3) - 1;
}

function raised(state: BranchState, ticket: Ticket, now: number): boolean {
  return now - ticket.arrivedAt >= (state.config?.policy.raiseAfterMs ?? Number.POSITIVE_INFINITY);
}

/** How a waiting ticket stands now, at this counter (or, without one, at a shared window). */
export function standing(state: BranchState, ticket: Ticket, now: number, config?: CounterConfig): Standing {
  const kind = classOf(ticket);
  if (kind === 'returning') return { rank: 0, reason: 'returning' };
  if (kind === 'late') {
    const isDue = state.calls >= (ticket.lateUntilCall ?? 0);
    // Being late wins a VIP nothing the share would not give.
    const mayGo = isDue && (ticket.segment !== 'vip' || vipMayGo(state, config));
    return { rank: mayGo ? 1 : 5, reason: 'late' };
  }
  if (kind === 'green') return { rank: 1, reason: 'green' };
  if (kind === 'age' && ageCounts(state)) return { rank: 1, reason: 'age' };
  if (kind === 'vip') {
    if (vipMayGo(state, config)) return { rank: 2, reason: 'vip' };
    // The share itself keeps VIPs from starving, except on a pension day.
    if (state.day?.dayType === 'pension' && raised(state, ticket, now)) return { rank: 1, reason: 'raised' };
    return { rank: 5, reason: 'vip' };
  }
  if (raised(state, ticket, now)) return { rank: 1, reason: 'raised' };
  if (kind === 'appointment' && now >= (ticket.slotAt ?? 0) - (state.config?.policy.appointmentEarlyMs ?? 0)) {
    return { rank: 3, reason: 'appointment' };
  }
  return BY_ARRIVAL;
}

/** Arrival decides within a rank, whatever lane a ticket stands in; late-comers keep the arrival they came with. */
const arrival = (ticket: Ticket): Place => ({ at: ticket.arrivedAt, no: ticket.no });

const compare = (a: Upcoming, b: Upcoming): number => a.rank - b.rank || comparePlaces(arrival(a.ticket), arrival(b.ticket));

/** Who is next at this counter, and why; undefined when nobody it may take is waiting. Costs the number of lanes. */
export function nextFor(state: BranchState, counterId: string, now: number): Upcoming | undefined {
  const config = counterConfig(state, counterId);
  const staffId = state.counters[counterId]?.staffId;
  if (config === undefined) return undefined;
  let best: Upcoming | undefined;
  for (const lane of Object.values(state.lanes)) {
    const ticket = lane.first();
    if (ticket === undefined || !mayTake(state, config, staffId, ticket)) continue;
    const candidate = { ticket, ...standing(state, ticket, now, config) };
    if (best === undefined || compare(candidate, best) < 0) best = candidate;
  }
  return best;
}

/** Those a counter may take, counted; and the earliest arrival among them. */
export function lineFor(state: BranchState, counterId: string): { waiting: number; since?: number } {
  const config = counterConfig(state, counterId);
  if (config === undefined) return { waiting: 0 };
  const staffId = state.counters[counterId]?.staffId;
  let waiting = 0;
  let since: number | undefined;
  for (const lane of Object.values(state.lanes)) {
    const head = lane.first();
    if (head === undefined || !mayTake(state, config, staffId, head)) continue;
    waiting += lane.size;
    since = Math.min(since ?? head.arrivedAt, head.arrivedAt);
  }
  return since === undefined ? { waiting } : { waiting, since };
}

/**
 * The queue in the order it will be called as things stand, at one counter or (without `counterId`) over a zone's
 * shared windows. Lazy merge of the lanes: costs `limit` × lanes.
 */
export function upcoming(state: BranchState, now: number, options: { counterId?: string; zone?: string; limit: number }): Upcoming[] {
  const config = options.counterId === undefined ? undefined : counterConfig(state, options.counterId);
  const staffId = options.counterId === undefined ? undefined : state.counters[options.counterId]?.staffId;
  const heads: { lane: IterableIterator<Ticket>; next: Upcoming }[] = [];
  for (const lane of Object.values(state.lanes)) {
    const first = lane.first();
    if (first === undefined) continue;
    if (config !== undefined && !mayTake(state, config, staffId, first)) continue;
    if (options.zone !== undefined && zoneOf(state, first.serviceId) !== options.zone) continue;
    const tickets = lane.values();
    tickets.next();
    heads.push({ lane: tickets, next: { ticket: first, ...standing(state, first, now, config) } });
  }
  const order: Upcoming[] = [];
  while (order.length < options.limit) {
    let best = heads[0];
    if (best === undefined) break;
    for (const head of heads) if (compare(head.next, best.next) < 0) best = head;
    order.push(best.next);
    const following = best.lane.next();
    if (following.done === true) heads.splice(heads.indexOf(best), 1);
    else best.next = { ticket: following.value, ...standing(state, following.value, now, config) };
  }
  return order;
}

export const zoneOf = (state: BranchState, serviceId: string): string | undefined =>
  state.config?.services.find((service) => service.id === serviceId)?.zone;

/** How many of a lane go before `mine`, without walking it. */
function countBefore(state: BranchState, lane: Lane, mine: Upcoming, now: number): number {
  const head = lane.first();
  if (head === undefined) return 0;
  const theirs = standing(state, head, now);
  if (theirs.rank < mine.rank && theirs.reason !== 'raised') return lane.size;
  const place = arrival(mine.ticket);
  if (theirs.reason === 'raised') {
    const bound = { at: now - (state.config?.policy.raiseAfterMs ?? 0), no: Number.MAX_SAFE_INTEGER };
    const raisedOnes = mine.rank > 1 || comparePlaces(bound, place) < 0 ? lane.countBefore(bound) : lane.countBefore(place);
    if (mine.rank > 4) return lane.size;
    // Behind the raised ones of a lane the rest go by arrival.
    return mine.rank === 4 ? Math.max(raisedOnes, lane.countBefore(place)) : raisedOnes;
  }
  if (theirs.rank > mine.rank) return 0;
  return lane.countBefore(classOf(head) === classOf(mine.ticket) ? placeOf(mine.ticket) : place);
}

/** People of the same zone who will be called before this ticket as things stand: O(lanes × log n). */
export function ahead(state: BranchState, ticket: Ticket, now: number): number {
  if (ticket.lateUntilCall !== undefined && state.calls < ticket.lateUntilCall) {
    return Math.min(ticket.lateUntilCall - state.calls, Math.max(0, state.waiting - 1));
  }
  const mine = { ticket, ...standing(state, ticket, now) };
  const zone = zoneOf(state, ticket.serviceId);
  let count = 0;
  for (const lane of Object.values(state.lanes)) {
    const head = lane.first();
    if (head !== undefined && zoneOf(state, head.serviceId) === zone) count += countBefore(state, lane, mine, now);
  }
  return count;
}
