/** What a customer is told about the wait: a first, honest range (wait-formula.ts), fed with the branch as it stands. */
import type { Context, Quote } from '../../aggregate.ts';
import type { BranchState, Counter, Ticket, WaitRange } from '../branch.state.ts';
import { mayTake } from '../queue/eligible.ts';
import { ahead, zoneOf } from '../queue/order.ts';
import { kindOf } from './line-reader.ts';
import { predictWait } from './wait-formula.ts';

export const paceOf = (state: BranchState, serviceId: string): number =>
  state.pace[serviceId]?.meanMs ?? state.config?.services.find((service) => service.id === serviceId)?.typicalMs ?? 180_000;

const takesCustomers = (counter: Counter): boolean =>
  counter.state !== 'closed' && counter.state !== 'paused' && counter.pauseAfter === undefined;

/** Windows that may take this ticket as the floor stands, and how many of them have nobody in front. */
export function windowsFor(state: BranchState, ticket: Ticket): { readonly windows: number; readonly idle: number } {
  let windows = 0;
  let idle = 0;
  for (const config of state.config?.counters ?? []) {
    const counter = state.counters[config.id];
    if (counter === undefined || !takesCustomers(counter) || !mayTake(state, config, counter.staffId, ticket)) continue;
    windows += 1;
    if (counter.state === 'idle') idle += 1;
  }
  return { windows, idle };
}

/** Whether a window takes this ticket, now or once it is back from a pause whose end was said. */
export function willBeServed(state: BranchState, ticket: Ticket): boolean {
  return (state.config?.counters ?? []).some((config) => {
    const counter = state.counters[config.id];
    if (counter === undefined) return false;
    const comes = takesCustomers(counter) || (counter.state === 'paused' && counter.backAt !== undefined);
    return comes && mayTake(state, config, counter.staffId, ticket);
  });
}

/** The wait of a ticket with so many people ahead. */
function waitFor(state: BranchState, ticket: Ticket, people: number): WaitRange {
  const { windows, idle } = windowsFor(state, ticket);
  const zone = zoneOf(state, ticket.serviceId);
  let waiting = 0;
  let work = 0;
  for (const lane of Object.values(state.lanes)) {
    const head = lane.first();
    if (head === undefined || zoneOf(state, head.serviceId) !== zone) continue;
    waiting += lane.size;
    work += lane.size * paceOf(state, head.serviceId);
  }
  return predictWait({ ahead: people, windows, idle, paceMs: waiting === 0 ? paceOf(state, ticket.serviceId) : work / waiting });
}

/** As predicted a moment ago, moved by those who came or went in front since then. */
function since(quote: Quote, people: number, gapMs: number): WaitRange {
  const moved = (ms: number): number => Math.max(0, Math.round(ms + (people - quote.ahead) * gapMs));
  const { low, expected, high } = quote.waitMs;
  return { low: moved(low), expected: moved(expected), high: moved(high) };
}

/** What is told with a number: the forecast where there is one, else the formula. */
export function quoted(state: BranchState, ticket: Ticket, context: Context): { ahead: number; waitMs: WaitRange } {
  const byFormula = outlook(state, ticket, context.now);
  // Whoever comes to a slot, or asked for a kind of window, stands in a line of their own.
  const own = ticket.slotAt !== undefined || ticket.counterKind !== undefined;
  const quote = own ? undefined : context.quote?.(kindOf(ticket));
  if (quote === undefined) return byFormula;
  const people = byFormula.ahead;
  return { ahead: people, waitMs: since(quote, people, byFormula.waitMs.expected / (people + 1)) };
}

/** People ahead of a ticket that waits (or is about to), and its expected wait. */
export function outlook(state: BranchState, ticket: Ticket, now: number): { ahead: number; waitMs: WaitRange } {
  const people = ahead(state, ticket, now);
  return { ahead: people, waitMs: waitFor(state, ticket, people) };
}
