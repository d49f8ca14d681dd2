/**
 * What a customer is told about the wait: a first, honest range. Whoever brings a better predictor replaces
 * `predictWait`; nothing else knows how it is made.
 */
import type { BranchState, Counter, Ticket, WaitRange } from '../branch.state.ts';
import { canServe } from '../queue/eligible.ts';
import { ahead, zoneOf } from '../queue/order.ts';

export interface WaitInput {
  /** People who go first. */
  readonly ahead: number;
  /** Windows open now that serve this service (paused ones do not). */
  readonly windows: number;
  /** Of those, windows with nobody in front of them. */
  readonly idle: number;
  /** Mean recent service time of those ahead. */
  readonly paceMs: number;
}

export type WaitPredictor = (input: WaitInput) => WaitRange;

/** Spread of bank service times: their standard deviation is about their mean (a bank's call log, forecasting.md). */
const SPREAD = 1;
/** Eight in ten waits fall within the range, if departures were independent. */
const EIGHT_IN_TEN = 1.2816;

/** Departures needed until it is one's turn × time between departures: (Q+1)/(sμ), Whitt 1999. All in ms. */
export const predictWait: WaitPredictor = ({ ahead: people, windows, idle, paceMs }) => {
  const departures = Math.max(0, people + 1 - idle);
  if (departures === 0) return { low: 0, expected: 0, high: 0 };
  // Nobody serves it now: the range assumes one window will, and says so by being wide.
  const open = Math.max(1, windows);
  const gapMs = paceMs / open;
  const expected = departures * gapMs;
  const spread = EIGHT_IN_TEN * SPREAD * Math.sqrt(departures) * gapMs * (windows === 0 ? 2 : 1);
  return { low: Math.round(Math.max(0, expected - spread)), expected: Math.round(expected), high: Math.round(expected + spread) };
};

export const paceOf = (state: BranchState, serviceId: string): number =>
  state.pace[serviceId]?.meanMs ?? state.config?.services.find((service) => service.id === serviceId)?.typicalMs ?? 180_000;

const takesCustomers = (counter: Counter): boolean => counter.state !== 'closed' && counter.state !== 'paused' && counter.pauseAfter === undefined;

/** The wait of one service for a given number of people ahead. */
export function waitFor(state: BranchState, serviceId: string, people: number): WaitRange {
  let windows = 0;
  let idle = 0;
  for (const config of state.config?.counters ?? []) {
    const counter = state.counters[config.id];
    if (counter === undefined || !takesCustomers(counter) || !canServe(state, config, counter.staffId, serviceId)) continue;
    windows += 1;
    if (counter.state === 'idle') idle += 1;
  }
  const zone = zoneOf(state, serviceId);
  let waiting = 0;
  let work = 0;
  for (const lane of Object.values(state.lanes)) {
    const head = lane.first();
    if (head === undefined || zoneOf(state, head.serviceId) !== zone) continue;
    waiting += lane.size;
    work += lane.size * paceOf(state, head.serviceId);
  }
  return predictWait({ ahead: people, windows, idle, paceMs: waiting === 0 ? paceOf(state, serviceId) : work / waiting });
}

/** People ahead of a ticket that waits (or is about to), and its expected wait. */
export function outlook(state: BranchState, ticket: Ticket, now: number): { ahead: number; waitMs: WaitRange } {
  const people = ahead(state, ticket, now);
  return { ahead: people, waitMs: waitFor(state, ticket.serviceId, people) };
}
