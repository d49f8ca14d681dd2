import type { Envelope } from '../../aggregate.ts';
import type { BranchEventOf, ItemBasis, TicketCard } from '../branch.events.ts';
import type { BranchState, Item, Tally, Ticket, TicketState } from '../branch.state.ts';
import { putCounter, release } from '../counters/counter.evolve.ts';
import type { Folds } from '../fold.ts';
import { allowedMs, ranMs } from '../limits/clock.ts';
import { clockStands, endItem } from '../limits/limit.evolve.ts';
import { counterConfig } from '../queue/eligible.ts';
import { putTicket } from '../queue/lanes.ts';

const bump = (state: BranchState, ...keys: (keyof Tally)[]): BranchState => {
  const tally = { ...state.tally };
  for (const key of keys) tally[key] += 1;
  return { ...state, tally };
};

/** No longer at or bound to any window; how it came and when it was first called stay. */
function loosen(ticket: Ticket): Ticket {
  return {
    ...ticket,
    counterId: undefined,
    staffId: undefined,
    onlyCounterId: undefined,
    returning: undefined,
    lateUntilCall: undefined,
    needsFetching: undefined,
  };
}

const toWaiting = (ticket: Ticket): Ticket => ({
  ...loosen(ticket),
  state: 'waiting',
  divertedUntil: undefined,
  machineId: undefined,
  endedAt: undefined,
});

const fromCard = (ticketId: string, number: string, card: TicketCard): Ticket => ({
  ...card,
  id: ticketId,
  number,
  state: 'completed',
  items: [],
});

function change(state: BranchState, ticketId: string, next: (ticket: Ticket) => Ticket): BranchState {
  const ticket = state.tickets.get(ticketId);
  return ticket === undefined ? state : putTicket(state, next(ticket));
}

function begin(state: BranchState, counterId: string, basis: ItemBasis, at: number): Item {
  const counter = state.counters[counterId];
  const stands = counter !== undefined && clockStands(state, counter, basis.serviceId);
  return {
    ...basis,
    startedAt: at,
    extensions: [],
    pausedMs: 0,
    pausedSince: stands ? at : undefined,
    authorisationMs: 0,
    near: false,
    stage: -1,
    unverified: false,
  };
}

/** Counts a finished transaction to the day of whoever served it. */
function credit(state: BranchState, ticket: Ticket, at: number): BranchState {
  const item = ticket.items.at(-1);
  if (item === undefined || ticket.staffId === undefined) return state;
  const before = state.tallyByStaff[ticket.staffId] ?? { served: 0, items: 0, inLimit: 0, judged: 0 };
  const allowed = allowedMs(item);
  const judged = allowed !== undefined && !item.unverified;
  const after = {
    ...before,
    items: before.items + 1,
    judged: before.judged + (judged ? 1 : 0),
    inLimit: before.inLimit + (judged && ranMs(item, at) <= allowed ? 1 : 0),
  };
  return { ...state, tallyByStaff: { ...state.tallyByStaff, [ticket.staffId]: after } };
}

/** Ends what runs, puts the ticket into its next state and frees its counter, if it was at one. */
function leave(state: BranchState, ticketId: string, at: number, next: (ticket: Ticket) => Ticket): BranchState {
  const ticket = state.tickets.get(ticketId);
  if (ticket === undefined) return state;
  const wasServing = ticket.state === 'serving';
  const ended = endItem(ticket, at);
  let after = putTicket(state, next(ended));
  if (wasServing) after = credit(after, ended, at);
  const counterId = ticket.counterId;
  return counterId !== undefined && after.counters[counterId]?.ticketId === ticketId ? release(after, counterId, at) : after;
}

/** Learns how long a window is taken up by a customer of this service: from the call to the end, outages apart. */
function learnPace(state: BranchState, ticket: Ticket, at: number): BranchState {
  const outageMs = ticket.items.reduce((sum, item) => sum + Math.max(0, item.pausedMs - item.authorisationMs), 0);
  const tookMs = Math.max(0, at - (ticket.calledAt ?? ticket.startedAt ?? at) - outageMs);
  const before = state.pace[ticket.serviceId];
  const count = (before?.count ?? 0) + 1;
  // About the last twenty count; a plain mean until there are so many.
  const weight = Math.max(1 / count, 0.05);
  const meanMs = (before?.meanMs ?? 0) * (1 - weight) + tookMs * weight;
  return { ...state, pace: { ...state.pace, [ticket.serviceId]: { meanMs, count } } };
}

const end =
  (to: TicketState, at: number) =>
  (ticket: Ticket): Ticket => ({ ...ticket, state: to, endedAt: at });

function issue(state: BranchState, event: Envelope & BranchEventOf<'ticket.issued'>): BranchState {
  const ticket: Ticket = {
    id: event.ticketId,
    number: event.number,
    no: event.no,
    serviceId: event.serviceId,
    segment: event.segment,
    state: 'waiting',
    issuedAt: event.at,
    arrivedAt: event.at,
    amountFen: event.amountFen,
    notes: event.notes,
    coinShare: event.coinShare,
    partySize: event.partySize,
    contactRef: event.contactRef,
    counterKind: event.counterKind,
    slotAt: event.slotAt,
    quoted: event.waitMs,
    calls: 0,
    items: [],
  };
  const numbers = { ...state.numbers, [event.letter]: (state.numbers[event.letter] ?? 0) + 1 };
  return bump({ ...putTicket(state, ticket), numbers, issuedNo: event.no }, 'issued');
}

function call(state: BranchState, event: Envelope & BranchEventOf<'ticket.called'>): BranchState {
  const called = change(state, event.ticketId, (ticket) => ({
    ...ticket,
    state: 'called',
    counterId: event.counterId,
    staffId: event.staffId,
    onlyCounterId: undefined,
    returning: undefined,
    lateUntilCall: undefined,
    firstCalledAt: ticket.firstCalledAt ?? event.at,
    calledAt: event.at,
    calls: ticket.calls + 1,
    orderReason: event.order,
  }));
  const atCounter = putCounter(called, event.counterId, (counter) => ({
    ...counter,
    state: 'calling',
    since: event.at,
    ticketId: event.ticketId,
  }));
  const shared = counterConfig(state, event.counterId)?.kind !== 'vip';
  const callsSinceVip = shared ? (event.segment === 'vip' ? 0 : state.callsSinceVip + 1) : state.callsSinceVip;
  return { ...atCounter, calls: state.calls + 1, callsSinceVip };
}

export const ticketFolds = {
  'ticket.issued': issue,
  'ticket.walkedUp': (state, event) => {
    const ticket: Ticket = {
      id: event.ticketId,
      number: event.number,
      no: event.no,
      serviceId: event.serviceId,
      segment: 'ordinary',
      state: 'serving',
      issuedAt: event.at,
      arrivedAt: event.at,
      walkUp: true,
      counterId: event.counterId,
      staffId: event.staffId,
      firstCalledAt: event.at,
      startedAt: event.at,
      calls: 0,
      items: [],
    };
    const item = begin(state, event.counterId, event.item, event.at);
    const numbers = { ...state.numbers, W: (state.numbers.W ?? 0) + 1 };
    const served = putCounter(putTicket(state, { ...ticket, items: [item] }), event.counterId, (counter) => ({
      ...counter,
      state: 'serving',
      since: event.at,
      ticketId: event.ticketId,
    }));
    return bump({ ...served, numbers, issuedNo: event.no }, 'walkUps');
  },
  'ticket.called': call,
  'ticket.recalled': (state, event) => change(state, event.ticketId, (ticket) => ({ ...ticket, calledAt: event.at, calls: event.calls })),
  'ticket.started': (state, event) => {
    const started = change(state, event.ticketId, (ticket) => ({
      ...ticket,
      state: 'serving',
      needsFetching: undefined,
      amountFen: event.item.amountFen ?? ticket.amountFen,
      startedAt: ticket.startedAt ?? event.at,
      items: [...ticket.items, begin(state, event.counterId, event.item, event.at)],
    }));
    return putCounter(started, event.counterId, (counter) => ({ ...counter, state: 'serving', since: event.at }));
  },
  'ticket.itemAdded': (state, event) => {
    const ticket = state.tickets.get(event.ticketId);
    if (ticket === undefined) return state;
    const ended = endItem(ticket, event.at);
    const credited = credit(state, ended, event.at);
    const item = begin(credited, event.counterId, event.item, event.at);
    return putTicket(credited, { ...ended, items: [...ended.items, item] });
  },
  'ticket.completed': (state, event) => {
    const ticket = state.tickets.get(event.ticketId);
    const left = leave(state, event.ticketId, event.at, end('completed', event.at));
    const served = left.tickets.get(event.ticketId);
    const after = served === undefined ? left : learnPace(left, served, event.at);
    const target = state.config?.policy.servedTargetMs ?? 0;
    const inTarget = ticket !== undefined && (ticket.firstCalledAt ?? event.at) - ticket.arrivedAt <= target;
    const day = after.tallyByStaff[event.staffId];
    const tallyByStaff =
      day === undefined ? after.tallyByStaff : { ...after.tallyByStaff, [event.staffId]: { ...day, served: day.served + 1 } };
    return inTarget ? bump({ ...after, tallyByStaff }, 'served', 'servedInTarget') : bump({ ...after, tallyByStaff }, 'served');
  },
  'ticket.noShow': (state, event) => bump(leave(state, event.ticketId, event.at, end('noShow', event.at)), 'noShow'),
  'ticket.cancelled': (state, event) => bump(leave(state, event.ticketId, event.at, end('cancelled', event.at)), 'cancelled'),
  'ticket.unserved': (state, event) => bump(change(state, event.ticketId, end('unserved', event.at)), 'unserved'),
  'ticket.parked': (state, event) => leave(state, event.ticketId, event.at, (ticket) => ({ ...ticket, state: 'parked' })),
  'ticket.unparked': (state, event) => change(state, event.ticketId, toWaiting),
  'ticket.transferred': (state, event) =>
    leave(state, event.ticketId, event.at, (ticket) => ({
      ...toWaiting(ticket),
      serviceId: event.toServiceId ?? ticket.serviceId,
      counterKind: undefined,
      onlyCounterId: event.toCounterId,
    })),
  'ticket.requeued': (state, event) => {
    const ticket = state.tickets.get(event.ticketId) ?? fromCard(event.ticketId, event.number, event.card);
    // Who is hard of hearing is so at the next call too.
    return putTicket(state, { ...toWaiting(ticket), lateUntilCall: event.untilCall, needsFetching: ticket.needsFetching });
  },
  'ticket.returned': (state, event) => {
    const ticket = state.tickets.get(event.ticketId) ?? fromCard(event.ticketId, event.number, event.card);
    return putTicket(state, { ...toWaiting(ticket), returning: true, onlyCounterId: event.counterId });
  },
  'ticket.diverted': (state, event) =>
    bump(
      change(state, event.ticketId, (ticket) => ({
        ...loosen(ticket),
        state: 'diverted',
        divertedUntil: event.until,
        machineId: event.machineId,
      })),
      'diverted',
    ),
  'ticket.undiverted': (state, event) => {
    const back = change(state, event.ticketId, toWaiting);
    return { ...back, tally: { ...back.tally, diverted: back.tally.diverted - 1 } };
  },
  'ticket.divertLapsed': (state, event) =>
    // Served by the machine, as far as anyone knows: an end like any other.
    change(state, event.ticketId, (ticket) => ({ ...ticket, state: 'completed', endedAt: event.at })),
  'ticket.segmentSet': (state, event) => change(state, event.ticketId, (ticket) => ({ ...ticket, segment: event.segment })),
  'ticket.fetchAsked': (state, event) => change(state, event.ticketId, (ticket) => ({ ...ticket, needsFetching: true })),
  'ticket.rated': (state, event) => change(state, event.ticketId, (ticket) => ({ ...ticket, rating: event.score })),
} satisfies Folds;
