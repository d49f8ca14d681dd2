/** One branch's waits: its line as the forecaster hears it, and the outlook computed from it. */
import type { BranchState, Ticket, WaitRange } from '../../shared/branch/branch.state.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { kindOf, LineReader, priorityOf } from '../../shared/branch/predict/line-reader.ts';
import { outlook as byFormula, paceOf } from '../../shared/branch/predict/predict.ts';
import { ahead, standing, upcoming } from '../../shared/branch/queue/order.ts';
import type { Segment } from '../../shared/contract/config.ts';
import type { Outlook, ServiceForecast } from '../../shared/contract/outlook.ts';
import type { Customer, WaitForecast, WaitForecaster } from '../../shared/forecast/line.ts';

/** So many of the queue are forecast one by one: what lies behind them is hours away. */
const MOST_TICKETS = 500;
/** Somebody of each group that may go to other windows or before others. */
const NEWCOMERS: readonly Segment[] = ['ordinary', 'elderly', 'vip'];

export interface BranchForecast {
  /** One commit, in order. */
  hear(events: readonly StoredBranchEvent[], state: BranchState): void;
  /** `now` is hub time. The branch's outlook, and what a newcomer of each kind would be told. */
  look(state: BranchState, now: number): { readonly outlook: Outlook; readonly quotes: ReadonlyMap<string, ServiceForecast> };
}

const toRange = ({ q10Ms, q50Ms, q90Ms }: WaitForecast): WaitRange => ({
  low: Math.round(q10Ms),
  expected: Math.round(q50Ms),
  high: Math.round(q90Ms),
});

const customerOf = (ticket: Ticket): Customer => ({
  id: ticket.id,
  kind: kindOf(ticket),
  priority: priorityOf(ticket),
  joinedAt: ticket.arrivedAt,
  creditMs: 0,
});

const newcomer = (state: BranchState, serviceId: string, segment: Segment, now: number): Ticket => ({
  id: '',
  number: '',
  no: state.issuedNo + 1,
  serviceId,
  segment,
  state: 'waiting',
  issuedAt: now,
  arrivedAt: now,
  calls: 0,
  items: [],
});

/** Begins from the branch as it stands. */
export function followBranch(forecaster: WaitForecaster, state: BranchState, now: number): BranchForecast {
  const reader = new LineReader();
  for (const event of reader.begin(state, now)) forecaster.observe(event);
  return {
    hear: (events, after) => {
      for (const event of reader.read(events, after)) forecaster.observe(event);
    },
    look: (current, at) => {
      const order = upcoming(current, at, { limit: MOST_TICKETS });
      const queue = order.map(({ ticket }) => customerOf(ticket));
      const tickets: Record<string, WaitRange> = {};
      let clearAt = 0;
      forecaster.predictAll(at, queue).forEach(({ customer, forecast }, index) => {
        tickets[customer.id] = toRange(forecast);
        clearAt = Math.max(clearAt, at + forecast.q50Ms + paceOf(current, order[index]?.ticket.serviceId ?? ''));
      });

      const forecastNewcomer = (ticket: Ticket): ServiceForecast => {
        // Behind more than were looked at, the formula is all there is.
        if (current.waiting > order.length) return byFormula(current, ticket, at);
        const { rank } = standing(current, ticket, at);
        const later = order.findIndex((one) => one.rank > rank);
        const { kind, priority, creditMs } = customerOf(ticket);
        const forecast = forecaster.predict(at, { kind, priority, creditMs }, queue, later < 0 ? queue.length : later);
        return { ahead: ahead(current, ticket, at), waitMs: toRange(forecast) };
      };

      const services: Record<string, ServiceForecast> = {};
      const quotes = new Map<string, ServiceForecast>();
      for (const service of current.config?.services ?? []) {
        if (service.offered === false) continue;
        for (const segment of NEWCOMERS) {
          const ticket = newcomer(current, service.id, segment, at);
          const forecast = forecastNewcomer(ticket);
          quotes.set(kindOf(ticket), forecast);
          if (segment === 'ordinary') services[service.id] = forecast;
        }
      }
      const outlook = { branchId: current.branchId, at, services, tickets, ...(queue.length > 0 && { clearAt: Math.round(clearAt) }) };
      return { outlook, quotes };
    },
  };
}
