import type { BranchState, Counter } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { settleClocks } from '../limits/limit.evolve.ts';
import { putTicket } from '../queue/lanes.ts';

export const closedCounter = (id: string, since: number): Counter => ({ id, state: 'closed', since, help: [] });

export function putCounter(state: BranchState, counterId: string, change: (counter: Counter) => Counter): BranchState {
  const counter = state.counters[counterId];
  return counter === undefined ? state : { ...state, counters: { ...state.counters, [counterId]: change(counter) } };
}

/** Nobody is in front of it any more; a help call that was about that customer ends with them. */
export function release(state: BranchState, counterId: string, at: number): BranchState {
  return putCounter(state, counterId, (counter) => {
    const { ticketId: _gone, ...rest } = counter;
    const help = counter.help.filter((call) => call.answeredAt === undefined && call.kind !== 'authorisation');
    return { ...rest, state: 'idle', since: at, help };
  });
}

/** Tickets bound to a window that closes go back to everybody. */
function unbind(state: BranchState, counterId: string): BranchState {
  let next = state;
  for (const [key, lane] of Object.entries(state.lanes)) {
    if (!key.endsWith(`|${counterId}`)) continue;
    for (const ticket of lane.values()) {
      const { onlyCounterId: _closed, ...free } = ticket;
      next = putTicket(next, free);
    }
  }
  return next;
}

export const counterFolds = {
  'counter.opened': (state, event) =>
    putCounter(state, event.counterId, () => ({
      ...closedCounter(event.counterId, event.at),
      state: 'idle',
      openedAt: event.at,
      staffId: event.staffId,
    })),
  'counter.paused': (state, event) =>
    putCounter(state, event.counterId, ({ pauseAfter: _now, ...counter }) => ({
      ...counter,
      state: 'paused',
      since: event.at,
      reasonRef: event.reasonRef,
      backAt: event.backAt,
      cashCount: event.cashCount ? { state: 'pending' } : undefined,
    })),
  'counter.pauseAfterSet': (state, event) =>
    putCounter(state, event.counterId, (counter) => ({
      ...counter,
      pauseAfter: { reasonRef: event.reasonRef, backAt: event.backAt },
    })),
  'counter.cashCountConfirmed': (state, event) =>
    putCounter(state, event.counterId, (counter) => ({ ...counter, cashCount: { state: 'confirmed', by: event.by, at: event.at } })),
  'counter.resumed': (state, event) =>
    putCounter(state, event.counterId, (counter) => ({
      ...closedCounter(counter.id, event.at),
      state: 'idle',
      openedAt: counter.openedAt,
      help: counter.help,
      staffId: counter.staffId,
    })),
  'counter.closed': (state, event) =>
    unbind(
      putCounter(state, event.counterId, () => closedCounter(event.counterId, event.at)),
      event.counterId,
    ),
  'help.called': (state, event) =>
    settleClocks(
      putCounter(state, event.counterId, (counter) => ({
        ...counter,
        help: [...counter.help.filter((call) => call.kind !== event.kind), { kind: event.kind, since: event.at }],
      })),
      event.at,
    ),
  'help.answered': (state, event) => {
    const counter = state.counters[event.counterId];
    const answered = putCounter(state, event.counterId, (before) => ({
      ...before,
      help: before.help.map((call) => (call.kind === event.kind ? { ...call, answeredBy: event.by, answeredAt: event.at } : call)),
    }));
    if (event.kind !== 'authorisation' || counter?.state !== 'serving' || counter.ticketId === undefined) return answered;
    const ticket = answered.tickets.get(counter.ticketId);
    const item = ticket?.items.at(-1);
    if (ticket === undefined || item === undefined) return answered;
    const authorisationMs = item.authorisationMs + Math.min(event.waitedMs, event.at - item.startedAt);
    return settleClocks(putTicket(answered, { ...ticket, items: ticket.items.with(-1, { ...item, authorisationMs }) }), event.at);
  },
  'system.outageBegan': (state, event) => {
    const outage = {
      id: event.outageId,
      scope: event.scope,
      since: event.at,
      serviceId: event.serviceId,
      counterId: event.counterId,
      reasonRef: event.reasonRef,
    };
    return settleClocks({ ...state, outages: { ...state.outages, [event.outageId]: outage } }, event.at);
  },
  'system.restored': (state, event) => {
    const { [event.outageId]: _over, ...outages } = state.outages;
    return settleClocks({ ...state, outages }, event.at);
  },
} satisfies Folds;
