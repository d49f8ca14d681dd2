/** Calling, serving and finishing: what happens at a window. */
import type { Ticket } from '../branch.state.ts';
import { pauseIfAsked } from '../counters/counter.rules.ts';
import { type Draft, type Result, type Rules, type Ruling, findCounter, findCurrent, findTicket, refuse } from '../draft.ts';
import type { ItemBasis } from '../branch.events.ts';
import { limitFor } from '../limits/limit-table.ts';
import { closeItem } from '../limits/limit.rules.ts';
import { canServe, counterConfig } from '../queue/eligible.ts';
import { nextFor } from '../queue/order.ts';
import { sentences } from '../queue/sentences.ts';
import { numberOf, ticketIdOf } from './issue.rules.ts';
import type { OrderReason } from '../branch.state.ts';

const callingPhases = ['business', 'lastNumber', 'clearing'];

/** Why this counter cannot take a new customer now. */
function notFree(draft: Draft, counterId: string): Ruling | undefined {
  const at = findCounter(draft, counterId);
  if ('refused' in at) return at;
  const { state, ticketId } = at.found;
  if (state === 'closed') return refuse('counter.closed', 'This counter is closed; open it first.', { counterId });
  if (state === 'paused') return refuse('counter.paused', 'This counter is paused; resume it first.', { counterId });
  if (state === 'calling' || state === 'serving') {
    const number = draft.state.tickets.get(ticketId ?? '')?.number ?? '';
    return refuse('counter.busy', `Number ${number} is at this counter; finish or pass it on first.`, { counterId, number });
  }
  if (!callingPhases.includes(draft.state.day.phase)) {
    return refuse('branch.not_in_business', 'Calling starts with business; set the phase of the day first.', {
      phase: draft.state.day.phase,
    });
  }
  return undefined;
}

export function callTicket(draft: Draft, counterId: string, ticket: Ticket, order: OrderReason, reason?: string): Result {
  const counter = draft.state.counters[counterId];
  draft.emit({
    type: 'ticket.called',
    ticketId: ticket.id,
    number: ticket.number,
    counterId,
    counterNumber: counterConfig(draft.state, counterId)?.number ?? 0,
    staffId: counter?.staffId ?? draft.context.actor.id,
    order,
    segment: ticket.segment,
    reasonRef: reason === undefined ? undefined : draft.text(reason),
  });
  return { ticketId: ticket.id, number: ticket.number, serviceId: ticket.serviceId, order, sentence: sentences[order] };
}

function basisOf(draft: Draft, given: Omit<ItemBasis, 'limitMs'>): ItemBasis {
  const { serviceId, amountFen, notes, coinShare, exception } = given;
  return { serviceId, amountFen, notes, coinShare, exception, limitMs: limitFor(draft.state.config, given) };
}

/** Begins the ticket's first transaction, with what the kiosk recorded unless the teller knows better. */
function startService(draft: Draft, counterId: string, ticket: Ticket, given: Omit<ItemBasis, 'limitMs' | 'serviceId'>): void {
  const item = basisOf(draft, {
    serviceId: ticket.serviceId,
    amountFen: given.amountFen ?? ticket.amountFen,
    notes: given.notes ?? ticket.notes,
    coinShare: given.coinShare ?? ticket.coinShare,
    exception: given.exception,
  });
  draft.emit({ type: 'ticket.started', ticketId: ticket.id, number: ticket.number, counterId, item });
}

function complete(draft: Draft, counterId: string, ticket: Ticket): void {
  closeItem(draft, ticket);
  draft.emit({
    type: 'ticket.completed',
    ticketId: ticket.id,
    number: ticket.number,
    counterId,
    staffId: ticket.staffId ?? draft.context.actor.id,
  });
}

/** Where the bank says so, a call nobody repeats or passes on within the recall time counts as answered. */
export function startIfAnswered(draft: Draft): void {
  const { autoStart, recallAfterMs } = draft.state.config.policy;
  if (!autoStart) return;
  for (const counter of Object.values(draft.state.counters)) {
    const ticket = draft.state.tickets.get(counter.ticketId ?? '');
    if (counter.state !== 'calling' || ticket?.calledAt === undefined || ticket.needsFetching === true) continue;
    if (ticket.calledAt + recallAfterMs <= draft.now) startService(draft, counter.id, ticket, {});
  }
}

function endNoShow(draft: Draft, counterId: string, ticket: Ticket, confirmedBy?: string): void {
  const afterMs = draft.now - (ticket.firstCalledAt ?? draft.now);
  draft.emit({ type: 'ticket.noShow', ticketId: ticket.id, number: ticket.number, counterId, calls: ticket.calls, afterMs, confirmedBy });
  pauseIfAsked(draft, counterId);
}

export const callRules = {
  'ticket.callNext': (draft, { counterId }) => {
    const hindrance = notFree(draft, counterId);
    if (hindrance !== undefined) return hindrance;
    const next = nextFor(draft.state, counterId, draft.now);
    if (next === undefined) {
      const { waiting } = draft.state;
      return waiting === 0
        ? refuse('queue.empty', 'Nobody is waiting.')
        : refuse('queue.none_for_counter', `${waiting} are waiting, but none that this counter may take.`, { waiting });
    }
    return { result: callTicket(draft, counterId, next.ticket, next.reason) };
  },

  'ticket.finishAndCallNext': (draft, { counterId, ticketId }) => {
    const at = findCurrent(draft, counterId, ['serving'], ticketId);
    if ('refused' in at) return at;
    complete(draft, counterId, at.found.ticket);
    const paused = pauseIfAsked(draft, counterId);
    const next = paused || !callingPhases.includes(draft.state.day.phase) ? undefined : nextFor(draft.state, counterId, draft.now);
    const called = next === undefined ? null : callTicket(draft, counterId, next.ticket, next.reason);
    return { result: { finished: ticketId, paused, called, ...called } };
  },

  'ticket.call': (draft, { counterId, ticketId, reason }) => {
    const hindrance = notFree(draft, counterId);
    if (hindrance !== undefined) return hindrance;
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'waiting' && ticket.state !== 'parked') {
      return refuse(
        'ticket.not_waiting',
        `Number ${ticket.number} is not waiting; it was called or has left.`,
        { number: ticket.number, state: ticket.state },
        'ticketId',
      );
    }
    const config = counterConfig(draft.state, counterId);
    if (config === undefined || !canServe(draft.state, config, draft.state.counters[counterId]?.staffId, ticket.serviceId)) {
      return refuse(
        'counter.cannot_serve',
        'This counter, or its teller, does not do that service; choose another counter.',
        { counterId, serviceId: ticket.serviceId },
        'counterId',
      );
    }
    return { result: callTicket(draft, counterId, ticket, 'chosen', reason) };
  },

  'ticket.recall': (draft, { counterId }) => {
    const at = findCurrent(draft, counterId, ['called']);
    if ('refused' in at) return at;
    const { ticket } = at.found;
    const counterNumber = counterConfig(draft.state, counterId)?.number ?? 0;
    draft.emit({ type: 'ticket.recalled', ticketId: ticket.id, number: ticket.number, counterId, counterNumber, calls: ticket.calls + 1 });
    return { result: { ticketId: ticket.id, calls: ticket.calls + 1 } };
  },

  'ticket.start': (draft, command) => {
    const at = findCurrent(draft, command.counterId, ['called']);
    if ('refused' in at) return at;
    const { ticket } = at.found;
    startService(draft, command.counterId, ticket, command);
    return { result: { ticketId: ticket.id } };
  },

  'ticket.addItem': (draft, command) => {
    const at = findCurrent(draft, command.counterId, ['serving']);
    if ('refused' in at) return at;
    const { ticket, counter } = at.found;
    const config = counterConfig(draft.state, counter.id);
    if (config === undefined || !canServe(draft.state, config, counter.staffId, command.serviceId)) {
      return refuse(
        'counter.cannot_serve',
        'This counter, or its teller, does not do that service; transfer the customer instead.',
        { counterId: counter.id, serviceId: command.serviceId },
        'serviceId',
      );
    }
    closeItem(draft, ticket);
    draft.emit({
      type: 'ticket.itemAdded',
      ticketId: ticket.id,
      number: ticket.number,
      counterId: counter.id,
      item: basisOf(draft, command),
    });
    return { result: { ticketId: ticket.id, items: ticket.items.length + 1 } };
  },

  'ticket.complete': (draft, { counterId, ticketId }) => {
    const at = findCurrent(draft, counterId, ['serving'], ticketId);
    if ('refused' in at) return at;
    complete(draft, counterId, at.found.ticket);
    return { result: { ticketId: at.found.ticket.id, paused: pauseIfAsked(draft, counterId) } };
  },

  'ticket.noShow': (draft, { counterId, ticketId }) => {
    const at = findCurrent(draft, counterId, ['called'], ticketId);
    if ('refused' in at) return at;
    const { ticket } = at.found;
    if (ticket.needsFetching === true) {
      return refuse(
        'fetch.unconfirmed',
        `Number ${ticket.number} needs fetching; the lobby manager or guard must confirm that they are not here.`,
        { number: ticket.number },
      );
    }
    endNoShow(draft, counterId, ticket);
    return { result: { ticketId: ticket.id } };
  },

  'ticket.confirmNoShow': (draft, { ticketId }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'called' || ticket.counterId === undefined) {
      return refuse('ticket.not_called', `Number ${ticket.number} is not being called.`, { number: ticket.number }, 'ticketId');
    }
    if (ticket.needsFetching !== true)
      return refuse('fetch.not_asked', `Nobody asked to fetch number ${ticket.number}; the counter passes it on itself.`, {
        number: ticket.number,
      });
    endNoShow(draft, ticket.counterId, ticket, draft.context.actor.id);
    return { result: { ticketId } };
  },

  'ticket.walkUp': (draft, { counterId, serviceId, reason }) => {
    const hindrance = notFree(draft, counterId);
    if (hindrance !== undefined) return hindrance;
    const config = counterConfig(draft.state, counterId);
    const staffId = draft.state.counters[counterId]?.staffId;
    if (config === undefined || !canServe(draft.state, config, staffId, serviceId)) {
      return refuse(
        'counter.cannot_serve',
        'This counter, or its teller, does not do that service.',
        { counterId, serviceId },
        'serviceId',
      );
    }
    const number = numberOf('W', (draft.state.numbers.W ?? 0) + 1);
    const ticketId = ticketIdOf(draft.state.day.date, number);
    draft.emit({
      type: 'ticket.walkedUp',
      ticketId,
      number,
      no: draft.state.issuedNo + 1,
      counterId,
      staffId: staffId ?? draft.context.actor.id,
      serviceId,
      reasonRef: draft.text(reason),
      item: basisOf(draft, { serviceId }),
    });
    return { result: { ticketId, number } };
  },
} satisfies Rules;
