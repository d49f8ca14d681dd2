/** What the people of a branch see of it: counters and unfinished tickets, from the floor and the events after it. */
import { z } from 'zod';
import { type Segment, segments } from '../../shared/contract/config.ts';
import type { CounterState, Floor, HubEvent } from '../client/messages.ts';

export interface CounterView {
  readonly id: string;
  readonly kind: string;
  readonly state: CounterState;
  readonly since: number;
  readonly staffId?: string;
  readonly ticketId?: string;
  readonly seq: number;
}

export type TicketViewState = 'waiting' | 'called' | 'serving' | 'parked' | 'diverted' | 'ended';

export interface TicketView {
  readonly id: string;
  readonly serviceId: string;
  readonly segment: Segment;
  readonly state: TicketViewState;
  readonly issuedAt: number;
  /** Begin of the current transaction. */
  readonly itemSince?: number;
  readonly seq: number;
}

type Listener = (event: HubEvent) => void;
const cardSchema = z.looseObject({
  serviceId: z.string().optional(),
  segment: z.enum(segments).optional(),
  issuedAt: z.number().optional(),
});

const configSchema = z.looseObject({ advice: z.looseObject({ mode: z.string() }).optional() });

const ticketStates: Readonly<Record<string, TicketViewState>> = {
  'ticket.issued': 'waiting',
  'ticket.returned': 'waiting',
  'ticket.called': 'called',
  'ticket.started': 'serving',
  'ticket.itemAdded': 'serving',
  'ticket.walkedUp': 'serving',
  'ticket.requeued': 'waiting',
  'ticket.unparked': 'waiting',
  'ticket.transferred': 'waiting',
  'ticket.undiverted': 'waiting',
  'ticket.parked': 'parked',
  'ticket.diverted': 'diverted',
  'ticket.completed': 'ended',
  'ticket.noShow': 'ended',
  'ticket.cancelled': 'ended',
  'ticket.unserved': 'ended',
  'ticket.divertLapsed': 'ended',
};

const counterStates: Readonly<Record<string, CounterState>> = {
  'ticket.called': 'calling',
  'ticket.started': 'serving',
  'ticket.itemAdded': 'serving',
  'ticket.walkedUp': 'serving',
  'ticket.completed': 'idle',
  'ticket.noShow': 'idle',
  'ticket.parked': 'idle',
  'ticket.transferred': 'idle',
  'ticket.cancelled': 'idle',
  'counter.opened': 'idle',
  'counter.resumed': 'idle',
  'counter.paused': 'paused',
  'counter.closed': 'closed',
};

/**
 * Replies and the socket bring the same events in any order between them, so each counter and ticket
 * keeps the seq it was last changed by and ignores what is older.
 */
export class FloorPicture {
  readonly counters = new Map<string, CounterView>();
  readonly tickets = new Map<string, TicketView>();
  offered: ReadonlySet<string> = new Set();
  /** The hub advises here: whoever runs the floor goes by that. */
  advised = true;
  seq = 0;
  /** How many wait, as far as is known here. */
  waiting = 0;
  private readonly ended = new Map<string, number>();
  private readonly listeners = new Set<Listener>();

  /** Each event once, in the order of its seq when it came by the socket. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  openWindows(): number {
    let open = 0;
    for (const { state } of this.counters.values()) if (state !== 'closed' && state !== 'paused') open++;
    return open;
  }

  onFloor(floor: Floor, seq: number): void {
    this.seq = Math.max(this.seq, seq);
    this.noteChoice(floor['config']);
    this.offered = new Set(floor.services.filter(({ offered }) => offered !== false).map(({ id }) => id));
    for (const counter of floor.counters) {
      const known = this.counters.get(counter.id);
      if (known !== undefined && known.seq > seq) continue;
      const { id, state, since, staffId, ticketId, kind } = counter;
      this.counters.set(id, {
        id,
        state,
        since,
        kind: kind ?? known?.kind ?? 'cash',
        seq,
        ...(staffId && { staffId }),
        ...(ticketId && { ticketId }),
      });
    }
    const live = new Set(floor.tickets.map(({ id }) => id));
    for (const ticket of this.tickets.values()) if (!live.has(ticket.id) && ticket.seq <= seq) this.drop(ticket.id);
    for (const ticket of floor.tickets) {
      const { id, serviceId, issuedAt, segment, items } = ticket;
      const state = liveState(ticket.state);
      if (state === undefined || (this.tickets.get(id)?.seq ?? this.ended.get(id) ?? 0) > seq) continue;
      const itemSince = items?.at(-1)?.startedAt;
      this.put({ id, serviceId, issuedAt, state, segment: segment ?? 'ordinary', seq, ...(itemSince !== undefined && { itemSince }) });
    }
  }

  apply(events: readonly HubEvent[], fromSocket: boolean): void {
    for (const event of events) {
      if (event.type === 'branch.dayStarted') this.ended.clear();
      if (event.type === 'branch.configured') this.noteChoice(event['config']);
      this.applyToTicket(event);
      this.applyToCounter(event);
      if (!fromSocket) continue;
      this.seq = event.seq;
      for (const listener of this.listeners) listener(event);
    }
  }

  private noteChoice(config: unknown): void {
    const { advice } = configSchema.parse(config ?? {});
    if (advice !== undefined) this.advised = advice.mode !== 'off';
  }

  private put(ticket: TicketView): void {
    this.drop(ticket.id);
    this.tickets.set(ticket.id, ticket);
    if (ticket.state === 'waiting') this.waiting++;
  }

  private drop(ticketId: string): void {
    if (this.tickets.get(ticketId)?.state === 'waiting') this.waiting--;
    this.tickets.delete(ticketId);
  }

  private applyToTicket(event: HubEvent): void {
    const { ticketId, seq, at = 0 } = event;
    if (ticketId === undefined) return;
    const comesBack = event.type === 'ticket.returned' || event.type === 'ticket.requeued';
    if ((this.ended.get(ticketId) ?? -1) >= (comesBack ? seq : 0)) return;
    const known = this.tickets.get(ticketId);
    if (known !== undefined && known.seq >= seq) return;
    const state = ticketStates[event.type];
    if (state === undefined) return;
    if (state === 'ended') {
      this.drop(ticketId);
      this.ended.set(ticketId, seq);
    } else if (known !== undefined) {
      this.put({ ...known, state, seq, ...itemOf(event) });
    } else if (event.type === 'ticket.issued' || event.type === 'ticket.walkedUp' || comesBack) {
      this.ended.delete(ticketId);
      const card = cardSchema.parse(event['card'] ?? event);
      this.put({
        id: ticketId,
        serviceId: card.serviceId ?? '',
        segment: card.segment ?? 'ordinary',
        state,
        issuedAt: card.issuedAt ?? at,
        itemSince: at,
        seq,
      });
    }
  }

  private applyToCounter(event: HubEvent): void {
    const { counterId, seq, at = 0 } = event;
    const state = counterStates[event.type];
    const known = counterId === undefined ? undefined : this.counters.get(counterId);
    if (state === undefined || known === undefined || known.seq >= seq) return;
    if (event.type === 'ticket.cancelled' && known.ticketId !== event.ticketId) return;
    const busy = state === 'calling' || state === 'serving';
    const { staffId } = known;
    const sitting = event.type === 'counter.opened' && typeof event['staffId'] === 'string' ? event['staffId'] : staffId;
    this.counters.set(known.id, {
      id: known.id,
      kind: known.kind,
      state,
      since: at,
      seq,
      ...(sitting !== undefined && state !== 'closed' && { staffId: sitting }),
      ...(busy && event.ticketId !== undefined && { ticketId: event.ticketId }),
    });
  }
}

/** The running transaction's begin, when this event begins one. */
function itemOf(event: HubEvent): { itemSince?: number } {
  return event.type === 'ticket.started' || event.type === 'ticket.itemAdded' ? { itemSince: event.at } : {};
}

function liveState(state: string): TicketViewState | undefined {
  return state === 'waiting' || state === 'called' || state === 'serving' || state === 'parked' || state === 'diverted' ? state : undefined;
}
