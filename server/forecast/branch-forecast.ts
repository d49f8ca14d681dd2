/** What a branch asks its forecaster, and the outlook made of the answer. */
import type { BranchState, Ticket, WaitRange } from '../../shared/branch/branch.state.ts';
import { creditOf, kindOf, priorityOf } from '../../shared/branch/predict/line-reader.ts';
import { outlook as byFormula, paceOf, willBeServed } from '../../shared/branch/predict/predict.ts';
import { ahead, standing, type Standing, type Upcoming, upcoming } from '../../shared/branch/queue/order.ts';
import { newcomer } from '../../shared/branch/tickets/newcomer.ts';
import type { Segment } from '../../shared/contract/config.ts';
import type { Outlook, ServiceForecast } from '../../shared/contract/outlook.ts';
import { LONGEST_LINE } from '../../shared/forecast/forecaster.ts';
import { LONGEST_WAIT_S } from '../../shared/forecast/simulate-line.ts';
import type { Customer, WaitForecast } from '../../shared/forecast/line.ts';
import type { Answered, Asked } from './desk.ts';

/** Somebody of each group that may go to other windows or before others. */
const NEWCOMERS: readonly Segment[] = ['ordinary', 'elderly', 'vip'];

export interface Question {
  readonly state: BranchState;
  readonly order: readonly Upcoming[];
  readonly newcomers: readonly Ticket[];
  readonly asked: Asked;
}

const toRange = ({ q10Ms, q50Ms, q90Ms }: WaitForecast): WaitRange => ({
  low: Math.round(q10Ms),
  expected: Math.round(q50Ms),
  high: Math.round(q90Ms),
});

const customerOf = (ticket: Ticket, place: Standing): Customer => ({
  id: ticket.id,
  kind: kindOf(ticket),
  priority: priorityOf(ticket),
  joinedAt: ticket.arrivedAt,
  creditMs: creditOf(place),
});

/** What is played forward ends there: whoever is called no sooner goes by the formula, which has no end. */
const LONGEST_WAIT_MS = LONGEST_WAIT_S * 1_000;

/** Where nobody will serve it as far as anybody said, a ticket is told so, a newcomer the formula's assumption of one window. */
function waitOf(state: BranchState, ticket: Ticket, at: number, forecast: WaitForecast | undefined): WaitRange | undefined {
  if (!willBeServed(state, ticket)) return undefined;
  return forecast === undefined || forecast.q90Ms >= LONGEST_WAIT_MS ? byFormula(state, ticket, at).waitMs : toRange(forecast);
}

const reachesBehind = ({ waiting }: BranchState, order: readonly Upcoming[]): boolean => waiting > order.length;

/** `at`: hub ms. */
export function questionOf(state: BranchState, at: number): Question {
  const order = upcoming(state, at, { limit: LONGEST_LINE });
  const offered = (state.config?.services ?? []).filter((service) => service.offered !== false);
  const newcomers = offered.flatMap(({ id }) => NEWCOMERS.map((segment) => newcomer(state, id, segment, at)));
  const places = reachesBehind(state, order)
    ? []
    : newcomers.map((ticket) => {
        const place = standing(state, ticket, at);
        const later = order.findIndex((one) => one.rank > place.rank);
        const { kind, priority, creditMs } = customerOf(ticket, place);
        return { customer: { kind, priority, creditMs }, position: later < 0 ? order.length : later };
      });
  const queue = order.map((one) => customerOf(one.ticket, one));
  return { state, order, newcomers, asked: { branchId: state.branchId, at, queue, newcomers: places } };
}

/** When the last of those at a window will be done if each takes as long as is usual; 0 where nobody is served. */
function servedUntil(state: BranchState, at: number): number {
  let last = 0;
  for (const { ticketId } of Object.values(state.counters)) {
    const ticket = ticketId === undefined ? undefined : state.tickets.get(ticketId);
    if (ticket !== undefined) last = Math.max(last, at, (ticket.calledAt ?? at) + paceOf(state, ticket.serviceId));
  }
  return last;
}

/** The branch's outlook, and what a newcomer of each kind would be told. */
export function outlookFrom(
  { state, order, newcomers, asked: { branchId, at } }: Question,
  answered: Answered,
): { readonly outlook: Outlook; readonly quotes: ReadonlyMap<string, ServiceForecast> } {
  const tickets: Record<string, WaitRange> = {};
  let clearAt = servedUntil(state, at);
  answered.queue.forEach((forecast, index) => {
    const ticket = order[index]?.ticket;
    const range = ticket === undefined ? undefined : waitOf(state, ticket, at, forecast);
    if (ticket === undefined || range === undefined) return;
    tickets[ticket.id] = range;
    clearAt = Math.max(clearAt, at + range.expected + paceOf(state, ticket.serviceId));
  });
  const services: Record<string, ServiceForecast> = {};
  const quotes = new Map<string, ServiceForecast>();
  newcomers.forEach((ticket, index) => {
    const waitMs = waitOf(state, ticket, at, answered.newcomers[index]);
    const told = waitMs === undefined ? byFormula(state, ticket, at) : { ahead: ahead(state, ticket, at), waitMs };
    quotes.set(kindOf(ticket), told);
    if (ticket.segment === 'ordinary') services[ticket.serviceId] = told;
  });
  return { outlook: { branchId, at, services, tickets, ...(clearAt > 0 && { clearAt: Math.round(clearAt) }) }, quotes };
}
