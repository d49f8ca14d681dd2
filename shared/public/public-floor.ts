/** The floor as customers may see it: numbers and windows, never a person, a limit or a reason. */
import type { BranchState, Counter, Ticket, TicketState } from '../branch/branch.state.ts';
import type { Phase } from '../contract/commands.ts';
import type { CounterKind, Service } from '../contract/config.ts';
import type { PublicEvent, PublicPace } from './public-events.ts';

export interface PublicService {
  readonly id: string;
  readonly name: Service['name'];
  readonly letter: string;
  readonly zone: Service['zone'];
  readonly offered: boolean;
  readonly waiting: number;
  /** How long one such transaction lately took, ms. */
  readonly paceMs: number;
}

export interface PublicCounter {
  readonly id: string;
  readonly number: number;
  readonly kind: CounterKind;
  readonly state: Counter['state'];
  readonly since: number;
  readonly ticketId?: string;
  readonly ticketNumber?: string;
  readonly backAt?: number;
  readonly serviceIds: readonly string[];
}

export interface PublicTicket {
  readonly id: string;
  readonly number: string;
  readonly serviceId: string;
  readonly state: TicketState;
  readonly issuedAt: number;
  readonly counterId?: string;
}

export interface PublicCall {
  readonly ticketId: string;
  readonly number: string;
  readonly counterId: string;
  readonly counterNumber: number;
  readonly at: number;
}

export interface PublicFloor {
  readonly branchId: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly timeZone: string;
  readonly seq: number;
  readonly at: number;
  readonly day?: {
    readonly date: string;
    readonly phase: Phase;
    readonly lastNumber?: string;
    /** Posted hours; absent when shut that day or open round the clock. */
    readonly opensAt?: number;
    readonly closesAt?: number;
  };
  readonly services: readonly PublicService[];
  readonly counters: readonly PublicCounter[];
  readonly tickets: readonly PublicTicket[];
  /** Sent to a machine; they may come back to their place. */
  readonly diverted: readonly PublicTicket[];
  /** The latest call of each ticket, newest first. */
  readonly calls: readonly PublicCall[];
}

const CALLS_KEPT = 20;
const live: ReadonlySet<TicketState> = new Set(['waiting', 'called', 'serving', 'parked']);

function publicTicket({ id, number, serviceId, state, issuedAt, counterId }: Ticket): PublicTicket {
  return counterId === undefined ? { id, number, serviceId, state, issuedAt } : { id, number, serviceId, state, issuedAt, counterId };
}

/** `now` is hub time. O(tickets of the day): callers keep the answer per state. */
export function publicFloor(state: BranchState, now: number): PublicFloor {
  const config = state.config;
  const waiting = new Map<string, number>();
  const tickets: PublicTicket[] = [];
  const diverted: PublicTicket[] = [];
  const called: Ticket[] = [];
  for (const ticket of state.tickets.values()) {
    if (ticket.state === 'waiting') waiting.set(ticket.serviceId, (waiting.get(ticket.serviceId) ?? 0) + 1);
    if (ticket.state === 'diverted') diverted.push(publicTicket(ticket));
    else if (live.has(ticket.state)) tickets.push(publicTicket(ticket));
    if (ticket.calledAt !== undefined && ticket.counterId !== undefined) called.push(ticket);
  }
  const numbers = new Map(config?.counters.map((counter) => [counter.id, counter.number]));
  called.sort((a, b) => (b.calledAt ?? 0) - (a.calledAt ?? 0));
  return {
    branchId: state.branchId,
    name: config?.name ?? { zh: state.branchId, en: state.branchId },
    timeZone: config?.hours.timeZone ?? 'UTC',
    seq: state.seq,
    at: now,
    day: state.day && {
      date: state.day.date,
      phase: state.day.phase,
      lastNumber: state.day.lastNumber,
      opensAt: state.day.opensAt,
      closesAt: state.day.closesAt,
    },
    services: (config?.services ?? []).map((service) => ({
      id: service.id,
      name: service.name,
      letter: service.letter,
      zone: service.zone,
      offered: service.offered !== false,
      waiting: waiting.get(service.id) ?? 0,
      paceMs: Math.round(state.pace[service.id]?.meanMs ?? service.typicalMs),
    })),
    counters: (config?.counters ?? []).map(({ id, number, kind, serviceIds }) => {
      const counter = state.counters[id];
      return {
        id,
        number,
        kind,
        state: counter?.state ?? 'closed',
        since: counter?.since ?? 0,
        ticketId: counter?.ticketId,
        ticketNumber: counter?.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId)?.number,
        backAt: counter?.backAt,
        serviceIds,
      };
    }),
    tickets,
    diverted,
    calls: called.slice(0, CALLS_KEPT).map((ticket) => ({
      ticketId: ticket.id,
      number: ticket.number,
      counterId: ticket.counterId ?? '',
      counterNumber: numbers.get(ticket.counterId ?? '') ?? 0,
      at: ticket.calledAt ?? 0,
    })),
  };
}

const without = (tickets: readonly PublicTicket[], id: string): readonly PublicTicket[] => tickets.filter((ticket) => ticket.id !== id);

function countWaiting(services: readonly PublicService[], serviceId: string, by: number): readonly PublicService[] {
  return services.map((service) => (service.id === serviceId ? { ...service, waiting: service.waiting + by } : service));
}

/** Puts a ticket in (or out, when it ended) and keeps the counts beside it right. */
function put(floor: PublicFloor, ticket: PublicTicket): PublicFloor {
  const at = floor.tickets.findIndex((other) => other.id === ticket.id);
  const before = floor.tickets[at];
  let { services } = floor;
  if (before?.state === 'waiting') services = countWaiting(services, before.serviceId, -1);
  if (ticket.state === 'waiting') services = countWaiting(services, ticket.serviceId, 1);
  const stays = live.has(ticket.state);
  const tickets =
    before === undefined
      ? stays
        ? [...floor.tickets, ticket]
        : floor.tickets
      : stays
        ? floor.tickets.with(at, ticket)
        : without(floor.tickets, ticket.id);
  const elsewhere = without(floor.diverted, ticket.id);
  return { ...floor, services, tickets, diverted: ticket.state === 'diverted' ? [...elsewhere, ticket] : elsewhere };
}

function move(floor: PublicFloor, ticketId: string, change: Partial<PublicTicket>): PublicFloor {
  const ticket = floor.tickets.find(({ id }) => id === ticketId) ?? floor.diverted.find(({ id }) => id === ticketId);
  return ticket === undefined ? floor : put(floor, { ...ticket, ...change });
}

function setCounter(floor: PublicFloor, counterId: string, change: Partial<PublicCounter>): PublicFloor {
  return { ...floor, counters: floor.counters.map((counter) => (counter.id === counterId ? { ...counter, ...change } : counter)) };
}

const nobody = { ticketId: undefined, ticketNumber: undefined };

/** The ticket goes on (or ends) and the window it was at, if any, is free. */
function leave(floor: PublicFloor, ticketId: string, at: number, change: Partial<PublicTicket>): PublicFloor {
  const counter = floor.counters.find((other) => other.ticketId === ticketId);
  const moved = move(floor, ticketId, change);
  return counter === undefined ? moved : setCounter(moved, counter.id, { ...nobody, state: 'idle', since: at });
}

/** A ticket back in the line is no longer called to a window. */
const uncall = (floor: PublicFloor, ticketId: string): PublicFloor => ({
  ...floor,
  calls: floor.calls.filter((call) => call.ticketId !== ticketId),
});

function sound(floor: PublicFloor, call: PublicCall): PublicFloor {
  return { ...floor, calls: [call, ...uncall(floor, call.ticketId).calls].slice(0, CALLS_KEPT) };
}

function learnPace(floor: PublicFloor, pace: PublicPace | undefined): PublicFloor {
  if (pace === undefined) return floor;
  return {
    ...floor,
    services: floor.services.map((service) => (service.id === pace.serviceId ? { ...service, paceMs: pace.paceMs } : service)),
  };
}

function configure(floor: PublicFloor, event: Extract<PublicEvent, { type: 'branch.configured' }>): PublicFloor {
  const services = event.services?.map(({ typicalMs, ...service }) => {
    const before = floor.services.find(({ id }) => id === service.id);
    return { ...service, waiting: before?.waiting ?? 0, paceMs: before?.paceMs ?? typicalMs };
  });
  const counters = event.counters?.map((counter): PublicCounter => {
    const before = floor.counters.find(({ id }) => id === counter.id);
    return { ...(before ?? { state: 'closed', since: event.at }), ...counter };
  });
  return {
    ...floor,
    name: event.name ?? floor.name,
    timeZone: event.timeZone ?? floor.timeZone,
    services: services ?? floor.services,
    counters: counters ?? floor.counters,
  };
}

function startDay(floor: PublicFloor, event: Extract<PublicEvent, { type: 'branch.dayStarted' }>): PublicFloor {
  const seated = new Set(floor.counters.flatMap(({ ticketId }) => (ticketId === undefined ? [] : [ticketId])));
  return {
    ...floor,
    day: { date: event.date, phase: event.phase, opensAt: event.opensAt, closesAt: event.closesAt },
    services: floor.services.map((service) => ({ ...service, waiting: 0 })),
    tickets: floor.tickets.filter(({ id }) => seated.has(id)),
    diverted: [],
    calls: floor.calls.filter(({ ticketId }) => seated.has(ticketId)),
  };
}

function fold(floor: PublicFloor, event: PublicEvent): PublicFloor {
  switch (event.type) {
    case 'skip':
      return floor;
    case 'branch.configured':
      return configure(floor, event);
    case 'branch.dayStarted':
      return startDay(floor, event);
    case 'branch.phaseSet':
      return { ...floor, day: floor.day && { ...floor.day, phase: event.phase, lastNumber: event.lastNumber } };
    case 'ticket.issued':
      return put(floor, { id: event.ticketId, number: event.number, serviceId: event.serviceId, state: 'waiting', issuedAt: event.at });
    case 'ticket.walkedUp': {
      const { ticketId, number, serviceId, counterId, at } = event;
      const seated = put(floor, { id: ticketId, number, serviceId, state: 'serving', issuedAt: at, counterId });
      return setCounter(seated, counterId, { state: 'serving', since: at, ticketId, ticketNumber: number });
    }
    case 'ticket.called': {
      const { ticketId, number, counterId, counterNumber, at } = event;
      const called = setCounter(move(floor, ticketId, { state: 'called', counterId }), counterId, {
        state: 'calling',
        since: at,
        ticketId,
        ticketNumber: number,
      });
      return sound(called, { ticketId, number, counterId, counterNumber, at });
    }
    case 'ticket.recalled':
      return sound(floor, {
        ticketId: event.ticketId,
        number: event.number,
        counterId: event.counterId,
        counterNumber: event.counterNumber,
        at: event.at,
      });
    case 'ticket.started':
      return setCounter(move(floor, event.ticketId, { state: 'serving' }), event.counterId, { state: 'serving', since: event.at });
    case 'ticket.completed':
      return learnPace(leave(floor, event.ticketId, event.at, { state: 'completed' }), event.pace);
    case 'ticket.noShow':
      return leave(floor, event.ticketId, event.at, { state: 'noShow' });
    case 'ticket.cancelled':
      return leave(floor, event.ticketId, event.at, { state: 'cancelled' });
    case 'ticket.parked':
      return leave(floor, event.ticketId, event.at, { state: 'parked' });
    case 'ticket.unserved':
    case 'ticket.divertLapsed':
      return move(floor, event.ticketId, { state: 'unserved' });
    case 'ticket.transferred': {
      const to = event.toServiceId === undefined ? {} : { serviceId: event.toServiceId };
      return uncall(leave(floor, event.ticketId, event.at, { state: 'waiting', counterId: undefined, ...to }), event.ticketId);
    }
    case 'ticket.unparked':
    case 'ticket.undiverted':
      return uncall(move(floor, event.ticketId, { state: 'waiting', counterId: undefined }), event.ticketId);
    case 'ticket.requeued':
    case 'ticket.returned': {
      const { ticketId, number, serviceId, issuedAt } = event;
      return uncall(put(floor, { id: ticketId, number, serviceId, state: 'waiting', issuedAt }), ticketId);
    }
    case 'ticket.diverted':
      return uncall(move(floor, event.ticketId, { state: 'diverted', counterId: undefined }), event.ticketId);
    case 'counter.opened':
    case 'counter.resumed':
      return setCounter(floor, event.counterId, { ...nobody, state: 'idle', since: event.at, backAt: undefined });
    case 'counter.paused':
      return setCounter(floor, event.counterId, { state: 'paused', since: event.at, backAt: event.backAt });
    case 'counter.closed':
      return setCounter(floor, event.counterId, { ...nobody, state: 'closed', since: event.at, backAt: undefined });
  }
}

/** Folds one public event into a public floor. `event.seq` becomes the floor's. */
export function evolvePublic(floor: PublicFloor, event: PublicEvent): PublicFloor {
  const folded = fold(floor, event);
  return { ...folded, seq: event.seq, at: event.type === 'skip' ? floor.at : event.at };
}
