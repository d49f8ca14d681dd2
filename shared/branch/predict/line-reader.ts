/**
 * Reads a branch's log as one line of customers: what the wait forecaster learns from and reckons with (shared/forecast/line.ts).
 * Customers who may go to the same windows are of one kind: their service, and whether dedicated windows are theirs.
 */
import type { LineEvent, ServerDuty } from '../../forecast/line.ts';
import type { CounterConfig } from '../../contract/config.ts';
import type { StoredBranchEvent } from '../branch.events.ts';
import type { BranchState, Counter, Ticket } from '../branch.state.ts';
import { canServe, isPeak } from '../queue/eligible.ts';
import { classOf, hasSpecialNeed } from '../queue/lanes.ts';
import { type Standing, standing } from '../queue/order.ts';

type Group = 'need' | 'vip' | undefined;

const kindFor = (serviceId: string, group: Group): string => (group === undefined ? serviceId : `${serviceId}:${group}`);

const groupOf = ({ segment }: Pick<Ticket, 'segment'>): Group => (segment === 'vip' ? 'vip' : hasSpecialNeed(segment) ? 'need' : undefined);

export const kindOf = (ticket: Pick<Ticket, 'serviceId' | 'segment'>): string => kindFor(ticket.serviceId, groupOf(ticket));

/** The higher the sooner called: back to sign, special needs, VIP, everybody. */
export function priorityOf(ticket: Parameters<typeof classOf>[0]): number {
  switch (classOf(ticket)) {
    case 'returning':
      return 3;
    case 'green':
    case 'age':
      return 2;
    case 'vip':
      return 1;
    default:
      return 0;
  }
}

/** More than anybody waits: a class that goes first does so however long the others have waited. */
const CLASS_MS = 24 * 3_600_000;

/**
 * As if come so much earlier: what puts a ticket of this rank where the order of calling (queue/order.ts) has it as things stand.
 * Whose turn is still to come (a VIP beyond the share, a late-comer) counts as one by arrival: it comes sooner than after everybody.
 */
export const creditOf = ({ rank }: Pick<Standing, 'rank'>): number => CLASS_MS * ([4, 3, 2, 1][rank] ?? 0);

/** Whom a window takes off a peak, beside those it is meant for. */
function groupsAt(config: CounterConfig, peak: boolean): readonly Group[] {
  if (peak) return [undefined, 'need', 'vip'];
  if (config.kind === 'vip') return ['vip'];
  if (config.kind === 'priority') return ['need'];
  return [undefined, 'need', 'vip'];
}

function kindsAt(state: BranchState, config: CounterConfig, counter: Counter): string[] {
  const services = state.config?.services ?? [];
  const groups = groupsAt(config, isPeak(state));
  return services
    .filter(({ id }) => canServe(state, config, counter.staffId, id))
    .flatMap(({ id }) => groups.map((group) => kindFor(id, group)));
}

const dutyOf = ({ state }: Counter): ServerDuty => (state === 'closed' || state === 'paused' ? state : 'open');

/** When it will change, as far as anybody said: the end of a pause; a window that pauses after this one takes nobody any more. */
const changesAt = (counter: Counter): number | undefined =>
  counter.state === 'paused' ? counter.backAt : counter.pauseAfter === undefined ? undefined : counter.since;

interface Seen {
  readonly counter: Counter;
  readonly said: string;
}

/** One branch, read from the state it is in now and then commit by commit. Times are hub ms. */
export class LineReader {
  private readonly waiting = new Set<string>();
  /** Who is at which window. */
  private readonly at = new Map<string, string>();
  private readonly windows = new Map<string, Seen>();
  private basis: readonly unknown[] = [];

  /** What was already so when the reading begins. */
  begin(state: BranchState, now: number): LineEvent[] {
    const events = this.look(state, now);
    for (const counter of Object.values(state.counters)) {
      const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
      if (ticket === undefined) continue;
      this.at.set(counter.id, ticket.id);
      events.push({ type: 'started', at: ticket.calledAt ?? ticket.startedAt ?? now, kind: kindOf(ticket), server: counter.id });
    }
    for (const lane of Object.values(state.lanes))
      for (const ticket of lane.values()) events.push(this.join(state, ticket, ticket.arrivedAt));
    return events.toSorted((a, b) => a.at - b.at);
  }

  /** One commit's events; `state` is the branch's right after them. */
  read(events: readonly StoredBranchEvent[], state: BranchState): LineEvent[] {
    const found = events.flatMap((event) => this.one(event, state));
    const last = events.at(-1);
    return last === undefined ? found : [...found, ...this.look(state, last.at)];
  }

  private one(event: StoredBranchEvent, state: BranchState): LineEvent[] {
    switch (event.type) {
      case 'branch.dayStarted':
        return this.forget(event.at);
      case 'ticket.walkedUp':
        return this.seat(event.counterId, event.ticketId, event.at, event.serviceId);
      case 'ticket.called': {
        const ticket = state.tickets.get(event.ticketId);
        return this.seat(
          event.counterId,
          event.ticketId,
          event.at,
          ticket === undefined ? '' : kindOf({ ...ticket, segment: event.segment }),
        );
      }
      case 'ticket.issued':
      case 'ticket.unparked':
      case 'ticket.undiverted':
      case 'ticket.requeued':
      case 'ticket.returned': {
        const ticket = state.tickets.get(event.ticketId);
        return ticket === undefined ? [] : [this.join(state, ticket, event.at)];
      }
      case 'ticket.transferred': {
        const ticket = state.tickets.get(event.ticketId);
        const gone = this.leave(event.ticketId, event.at);
        return ticket === undefined ? gone : [...gone, this.join(state, ticket, event.at)];
      }
      case 'ticket.completed':
      case 'ticket.noShow':
      case 'ticket.parked':
      case 'ticket.cancelled':
      case 'ticket.unserved':
      case 'ticket.diverted':
        return this.leave(event.ticketId, event.at);
      case 'ticket.segmentSet': {
        const ticket = state.tickets.get(event.ticketId);
        if (ticket === undefined || !this.waiting.has(event.ticketId)) return [];
        return [...this.leave(event.ticketId, event.at), this.join(state, ticket, event.at)];
      }
      default:
        return [];
    }
  }

  private join(state: BranchState, ticket: Ticket, at: number): LineEvent {
    this.waiting.add(ticket.id);
    return {
      type: 'joined',
      at,
      id: ticket.id,
      kind: kindOf(ticket),
      priority: priorityOf(ticket),
      creditMs: creditOf(standing(state, ticket, at)) + Math.max(0, at - ticket.arrivedAt),
    };
  }

  private seat(counterId: string, ticketId: string, at: number, kind: string): LineEvent[] {
    const before = this.at.has(counterId) ? [{ type: 'ended', at, server: counterId } as const] : [];
    this.at.set(counterId, ticketId);
    const waited = this.waiting.delete(ticketId);
    return [...before, { type: 'started', at, kind, server: counterId, ...(waited && { id: ticketId }) }];
  }

  /** Out of the line, or away from the window. */
  private leave(ticketId: string, at: number): LineEvent[] {
    if (this.waiting.delete(ticketId)) return [{ type: 'left', at, id: ticketId }];
    for (const [server, seated] of this.at) {
      if (seated !== ticketId) continue;
      this.at.delete(server);
      return [{ type: 'ended', at, server }];
    }
    return [];
  }

  /** Nobody waits over midnight; whoever is being served still is. */
  private forget(at: number): LineEvent[] {
    const gone = [...this.waiting].map((id): LineEvent => ({ type: 'left', at, id }));
    this.waiting.clear();
    return gone;
  }

  /** What became different about the windows. */
  private look(state: BranchState, now: number): LineEvent[] {
    const { config } = state;
    const basis = [config, isPeak(state), state.day?.dayType];
    const same = basis.every((part, index) => part === this.basis[index]);
    this.basis = basis;
    const found: LineEvent[] = [];
    for (const one of config?.counters ?? []) {
      const counter = state.counters[one.id];
      const before = this.windows.get(one.id);
      if (counter === undefined || (same && before?.counter === counter)) continue;
      const duty = dutyOf(counter);
      const kinds = kindsAt(state, one, counter);
      const planned = changesAt(counter);
      const said = JSON.stringify([duty, planned, kinds]);
      if (said !== before?.said)
        found.push({ type: 'server', at: now, server: one.id, duty, kinds, ...(planned !== undefined && { changesAt: planned }) });
      this.windows.set(one.id, { counter, said });
    }
    return found;
  }
}
