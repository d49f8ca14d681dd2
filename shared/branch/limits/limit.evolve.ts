import type { BranchState, Counter, Item, Ticket } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { putTicket } from '../queue/lanes.ts';
import { limitAt, remark } from './clock.ts';

/** Replaces a ticket's transaction; the last unless `index` says otherwise, or where a viewer never saw the earlier ones. */
export function withItem(ticket: Ticket, change: (item: Item) => Item, wanted = Number.POSITIVE_INFINITY): Ticket {
  const index = Math.min(wanted, ticket.items.length - 1);
  const item = ticket.items[index];
  if (item === undefined) return ticket;
  return { ...ticket, items: ticket.items.with(index, change(item)) };
}

function changeItem(state: BranchState, ticketId: string, change: (item: Item) => Item, index?: number): BranchState {
  const ticket = state.tickets.get(ticketId);
  return ticket === undefined ? state : putTicket(state, withItem(ticket, change, index));
}

/** Whether something not the teller's holds this counter's clock: an unanswered authorisation or an outage. */
export function clockStands(state: BranchState, counter: Counter, serviceId: string): boolean {
  if (counter.help.some((help) => help.kind === 'authorisation' && help.answeredAt === undefined)) return true;
  return Object.values(state.outages).some(
    (outage) =>
      outage.scope === 'branch' ||
      (outage.scope === 'counter' && outage.counterId === counter.id) ||
      (outage.scope === 'service' && outage.serviceId === serviceId),
  );
}

/** Stops or starts the clocks of those in service, after an outage or an authorisation began or ended. */
export function settleClocks(state: BranchState, at: number): BranchState {
  let next = state;
  for (const counter of Object.values(state.counters)) {
    if (counter.state !== 'serving' || counter.ticketId === undefined) continue;
    next = changeItem(next, counter.ticketId, (item) => {
      const stands = clockStands(next, counter, item.serviceId);
      if (stands === (item.pausedSince !== undefined)) return item;
      if (stands) return { ...item, pausedSince: at };
      const { pausedSince, ...running } = item;
      return { ...running, pausedMs: item.pausedMs + at - (pausedSince ?? at) };
    });
  }
  return next;
}

/** Ends the running transaction, if one runs. */
export function endItem(ticket: Ticket, at: number): Ticket {
  const running = ticket.items.at(-1);
  if (running === undefined || running.endedAt !== undefined) return ticket;
  const pausedMs = running.pausedMs + (running.pausedSince === undefined ? 0 : at - running.pausedSince);
  return withItem(ticket, ({ pausedSince: _over, ...item }) => ({ ...item, pausedMs, endedAt: at }));
}

export const limitFolds = {
  'limit.near': (state, event) => changeItem(state, event.ticketId, (item) => ({ ...item, near: true }), event.itemIndex),
  'limit.passed': (state, event) =>
    changeItem(
      state,
      event.ticketId,
      (item) => ({ ...item, near: true, stage: event.stage, unverified: item.unverified || event.unverified === true }),
      event.itemIndex,
    ),
  'limit.extended': (state, event) =>
    changeItem(
      state,
      event.ticketId,
      (item) => {
        const extension = { class: event.class, addMs: event.addMs, at: event.at, reasonRef: event.reasonRef };
        const extended = { ...item, extensions: [...item.extensions, extension] };
        return state.config === undefined ? extended : remark(extended, state.config.policy, event.at);
      },
      event.itemIndex,
    ),
  'hub.resumed': (state, event) => {
    let next = state;
    for (const counter of Object.values(state.counters)) {
      if (counter.state !== 'serving' || counter.ticketId === undefined) continue;
      next = changeItem(next, counter.ticketId, (item) => {
        const passedAt = limitAt(item);
        return passedAt !== undefined && passedAt <= event.at ? { ...item, unverified: true } : item;
      });
    }
    return next;
  },
  'overrun.recorded': (state, event) => {
    const { overrunId, at, ...rest } = event;
    const overrun = {
      id: overrunId,
      ticketId: rest.ticketId,
      number: rest.number,
      itemIndex: rest.itemIndex,
      serviceId: rest.serviceId,
      counterId: rest.counterId,
      staffId: rest.staffId,
      endedAt: at,
      period: rest.period,
      limitMs: rest.limitMs,
      actualMs: rest.actualMs,
      authorisationMs: rest.authorisationMs,
      extensions: rest.extensions,
      stage: rest.stage,
      unverified: rest.unverified,
    };
    return { ...state, overruns: state.overruns.set(overrunId, overrun) };
  },
  'limit.appealed': (state, event) => {
    const overrun = state.overruns.get(event.overrunId);
    if (overrun === undefined) return state;
    const overruns = state.overruns.set(overrun.id, { ...overrun, appeal: { at: event.at, reasonRef: event.reasonRef } });
    return { ...state, overruns, openAppeals: [...state.openAppeals, overrun.id] };
  },
  'limit.appealDecided': (state, event) => {
    const overrun = state.overruns.get(event.overrunId);
    if (overrun?.appeal === undefined) return state;
    const decided = { at: event.at, by: event.actor, upheld: event.upheld, reasonRef: event.reasonRef };
    const overruns = state.overruns.set(overrun.id, { ...overrun, appeal: { ...overrun.appeal, decided } });
    return { ...state, overruns, openAppeals: state.openAppeals.filter((id) => id !== overrun.id) };
  },
  'retraining.proposed': (state, event) => ({
    ...state,
    retraining: {
      ...state.retraining,
      [event.staffId]: { staffId: event.staffId, state: 'proposed', overrunIds: event.overrunIds, proposedAt: event.at },
    },
  }),
  'retraining.withdrawn': (state, event) => {
    const { [event.staffId]: _withdrawn, ...retraining } = state.retraining;
    return { ...state, retraining };
  },
  'retraining.confirmed': (state, event) => {
    const proposed = state.retraining[event.staffId];
    if (proposed === undefined) return state;
    let { overruns } = state;
    for (const id of proposed.overrunIds) {
      const overrun = overruns.get(id);
      if (overrun !== undefined) overruns = overruns.set(id, { ...overrun, settled: true });
    }
    const confirmed = { ...proposed, state: 'confirmed' as const, confirmedAt: event.at, confirmedBy: event.actor };
    return { ...state, overruns, retraining: { ...state.retraining, [event.staffId]: confirmed } };
  },
  'retraining.passed': (state, event) => {
    const confirmed = state.retraining[event.staffId];
    if (confirmed === undefined) return state;
    return { ...state, retraining: { ...state.retraining, [event.staffId]: { ...confirmed, state: 'passed', passedAt: event.at } } };
  },
} satisfies Folds;
