/** What happens to a ticket away from the ordinary course: requeue, park, transfer, return, divert, cancel, correct, rate. */
import type { TicketCard } from '../branch.events.ts';
import type { Ticket } from '../branch.state.ts';
import { pauseIfAsked } from '../counters/counter.rules.ts';
import { endedPhases } from '../day/day.rules.ts';
import { type Draft, type Rules, done, findCounter, findCurrent, findTicket, refuse } from '../draft.ts';
import { closeItem } from '../limits/limit.rules.ts';
import { mayGoToMachine } from '../machines/divert.ts';
import { outlook } from '../predict/predict.ts';
import { isElderly } from '../queue/lanes.ts';
import { canServe, counterConfig, hasWindowFor } from '../queue/eligible.ts';
import { callTicket } from './call.rules.ts';

function cardOf(ticket: Ticket): TicketCard {
  const {
    no,
    serviceId,
    segment,
    issuedAt,
    arrivedAt,
    counterKind,
    partySize,
    amountFen,
    notes,
    coinShare,
    firstCalledAt,
    calls,
    needsFetching,
  } = ticket;
  return {
    no,
    serviceId,
    segment,
    issuedAt,
    arrivedAt,
    counterKind,
    partySize,
    amountFen,
    notes,
    coinShare,
    firstCalledAt,
    calls,
    needsFetching,
  };
}

const named = (ticket: Ticket) => ({ ticketId: ticket.id, number: ticket.number });

const wrongState = (ticket: Ticket, what: string) =>
  refuse(
    `ticket.not_${what}`,
    `Number ${ticket.number} is ${ticket.state}, so this does not apply.`,
    { number: ticket.number, state: ticket.state },
    'ticketId',
  );

/** After the day's end nobody is called: whoever were put back into the queue would wait there until midnight. */
const hasEnded = (draft: Draft): boolean => endedPhases.includes(draft.state.day.phase);
const dayOver = (draft: Draft) =>
  refuse('branch.not_in_business', 'Nobody is called after the end of the day; serve the customer here, or set the phase back first.', {
    phase: draft.state.day.phase,
  });

/** Where a ticket put back into the queue now stands. */
function place(draft: Draft, ticketId: string): { ticketId: string; ahead?: number } {
  const ticket = draft.state.tickets.get(ticketId);
  return ticket === undefined ? { ticketId } : { ticketId, ...outlook(draft.state, ticket, draft.now) };
}

export const ticketRules = {
  'ticket.requeue': (draft, { ticketId }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'noShow') return wrongState(ticket, 'no_show');
    if (hasEnded(draft)) return dayOver(draft);
    const untilCall = draft.state.calls + draft.state.config.policy.lateAfterCalls;
    draft.emit({ type: 'ticket.requeued', ...named(ticket), untilCall, card: cardOf(ticket) });
    return { result: place(draft, ticketId) };
  },

  'ticket.park': (draft, { counterId, reason }) => {
    const counter = findCounter(draft, counterId);
    if ('refused' in counter) return counter;
    const ticket = draft.state.tickets.get(counter.found.ticketId ?? '');
    if (ticket === undefined) return refuse('counter.no_ticket', 'Nobody is at this counter; call the next customer first.', { counterId });
    closeItem(draft, ticket);
    draft.emit({ type: 'ticket.parked', ...named(ticket), counterId, reasonRef: draft.text(reason) });
    return { result: { ticketId: ticket.id, paused: pauseIfAsked(draft, counterId) } };
  },

  'ticket.unpark': (draft, { ticketId }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    if (at.found.state !== 'parked') return wrongState(at.found, 'parked');
    draft.emit({ type: 'ticket.unparked', ...named(at.found) });
    return { result: place(draft, ticketId) };
  },

  'ticket.return': (draft, { counterId, ticketId }) => {
    const counter = findCounter(draft, counterId);
    if ('refused' in counter) return counter;
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'completed' && ticket.state !== 'parked') return wrongState(ticket, 'served');
    if (counter.found.state === 'closed')
      return refuse('counter.closed', 'This counter is closed; the customer takes a number or waits for it.', { counterId }, 'counterId');
    if (hasEnded(draft) && counter.found.state !== 'idle') return dayOver(draft);
    const sameTeller = ticket.staffId !== undefined && ticket.staffId === counter.found.staffId;
    if (ticket.counterId !== counterId && !sameTeller) {
      return refuse(
        'return.other_teller',
        'Number ' + ticket.number + ' was served elsewhere; it returns to its own teller without queueing, to others by transfer.',
        { number: ticket.number },
        'counterId',
      );
    }
    draft.emit({ type: 'ticket.returned', ...named(ticket), counterId, card: cardOf(ticket) });
    const back = draft.state.tickets.get(ticketId);
    const called = counter.found.state === 'idle' && back !== undefined ? callTicket(draft, counterId, back, 'returning') : null;
    return { result: { ticketId, called: called !== null } };
  },

  'ticket.transfer': (draft, { counterId, toServiceId, toCounterId }) => {
    if (toServiceId === undefined && toCounterId === undefined) {
      return refuse(
        'transfer.nowhere',
        'Say where to: another service (toServiceId), another counter (toCounterId), or both.',
        undefined,
        'toServiceId',
      );
    }
    const at = findCurrent(draft, counterId, ['called', 'serving']);
    if ('refused' in at) return at;
    if (hasEnded(draft)) return dayOver(draft);
    const { ticket } = at.found;
    const serviceId = toServiceId ?? ticket.serviceId;
    if (!draft.state.config.services.some(({ id }) => id === serviceId)) {
      return refuse('service.unknown', `There is no service ${serviceId}.`, { serviceId }, 'toServiceId');
    }
    if (!hasWindowFor(draft.state, serviceId)) {
      return refuse('service.no_window', 'No window of this branch does that service; choose another.', { serviceId }, 'toServiceId');
    }
    if (toCounterId !== undefined) {
      const target = findCounter(draft, toCounterId);
      if ('refused' in target)
        return refuse('counter.unknown', `There is no counter ${toCounterId} in this branch.`, { counterId: toCounterId }, 'toCounterId');
      if (toCounterId === counterId)
        return refuse('transfer.same_counter', 'The customer is at that counter already.', { counterId }, 'toCounterId');
      if (target.found.state === 'closed')
        return refuse('counter.closed', 'That counter is closed; choose an open one.', { counterId: toCounterId }, 'toCounterId');
      const config = counterConfig(draft.state, toCounterId);
      if (config === undefined || !canServe(draft.state, config, target.found.staffId, serviceId)) {
        return refuse(
          'counter.cannot_serve',
          'That counter, or its teller, does not do this service.',
          { counterId: toCounterId, serviceId },
          'toCounterId',
        );
      }
    }
    closeItem(draft, ticket);
    draft.emit({ type: 'ticket.transferred', ...named(ticket), counterId, toServiceId, toCounterId });
    pauseIfAsked(draft, counterId);
    return { result: place(draft, ticket.id) };
  },

  'ticket.cancel': (draft, { ticketId, reason }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (
      ticket.state !== 'waiting' &&
      ticket.state !== 'called' &&
      ticket.state !== 'serving' &&
      ticket.state !== 'parked' &&
      ticket.state !== 'diverted'
    ) {
      return refuse(
        'ticket.ended',
        `Number ${ticket.number} has ended already.`,
        { number: ticket.number, state: ticket.state },
        'ticketId',
      );
    }
    const counterId = ticket.state === 'called' || ticket.state === 'serving' ? ticket.counterId : undefined;
    if (ticket.state === 'serving') closeItem(draft, ticket);
    draft.emit({ type: 'ticket.cancelled', ...named(ticket), counterId, reasonRef: draft.text(reason) });
    if (counterId !== undefined) pauseIfAsked(draft, counterId);
    return done;
  },

  'ticket.divert': (draft, { ticketId, machineId, customerAsked }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    if (at.found.state !== 'waiting') return wrongState(at.found, 'waiting');
    const refused = mayGoToMachine(draft, at.found, machineId, customerAsked === true);
    if (refused !== undefined) return refused;
    const until = draft.now + draft.state.config.policy.divertReturnMs;
    draft.emit({ type: 'ticket.diverted', ...named(at.found), to: 'machine', machineId, until });
    return { result: { ticketId, until } };
  },

  'ticket.undivert': (draft, { ticketId }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    if (at.found.state !== 'diverted') return wrongState(at.found, 'diverted');
    draft.emit({ type: 'ticket.undiverted', ...named(at.found) });
    return { result: place(draft, ticketId) };
  },

  'ticket.setSegment': (draft, { ticketId, segment, reason }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.endedAt !== undefined)
      return refuse(
        'ticket.ended',
        `Number ${ticket.number} has ended already.`,
        { number: ticket.number, state: ticket.state },
        'ticketId',
      );
    if (ticket.segment === segment)
      return refuse('ticket.same_segment', `Number ${ticket.number} is in that group already.`, { number: ticket.number }, 'segment');
    draft.emit({ type: 'ticket.segmentSet', ...named(ticket), segment, from: ticket.segment, reasonRef: draft.text(reason) });
    // Sent to a machine before anybody knew: the window is theirs again, their place in line too.
    if (ticket.state === 'diverted' && isElderly(segment) && !isElderly(ticket.segment))
      draft.emit({ type: 'ticket.undiverted', ...named(ticket) });
    return done;
  },

  'ticket.fetch': (draft, { ticketId }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'waiting' && ticket.state !== 'called') return wrongState(ticket, 'waiting');
    if (ticket.needsFetching === true)
      return refuse('fetch.already_asked', `Fetching number ${ticket.number} was asked already.`, { number: ticket.number });
    draft.emit({ type: 'ticket.fetchAsked', ...named(ticket), counterId: ticket.counterId });
    return done;
  },

  'ticket.rate': (draft, { ticketId, score }) => {
    const at = findTicket(draft, ticketId);
    if ('refused' in at) return at;
    const ticket = at.found;
    if (ticket.state !== 'serving' && ticket.state !== 'completed')
      return refuse(
        'rate.not_served',
        `Number ${ticket.number} was not served; there is nothing to rate yet.`,
        { number: ticket.number },
        'ticketId',
      );
    if (ticket.rating !== undefined)
      return refuse('rate.already_rated', `Number ${ticket.number} was rated already; thank you.`, { number: ticket.number });
    draft.emit({ type: 'ticket.rated', ...named(ticket), score });
    return done;
  },
} satisfies Rules;
