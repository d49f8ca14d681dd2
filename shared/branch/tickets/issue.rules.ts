import type { Rules } from '../draft.ts';
import { refuse } from '../draft.ts';
import { quoted } from '../predict/predict.ts';
import { hasWindowFor } from '../queue/eligible.ts';
import type { Ticket } from '../branch.state.ts';
import { newcomer } from './newcomer.ts';

/** A day's tickets are kept in memory; beyond this something is wrong with whoever asks. */
const MOST_TICKETS_A_DAY = 200_000;

/** From 001, and on past 999 (A1000). */
export const numberOf = (letter: string, count: number): string => `${letter}${String(count).padStart(3, '0')}`;

/** Unique for good: a number never repeats within a business date. */
export const ticketIdOf = (date: string, number: string): string => `${date.replaceAll('-', '')}-${number}`;

export const issueRules = {
  'ticket.issue': (draft, command) => {
    const { config, day } = draft.state;
    const service = config.services.find(({ id }) => id === command.serviceId);
    if (service === undefined || service.offered === false) {
      return refuse(
        'service.unknown',
        `This branch does not offer ${command.serviceId}; choose one of the services on the floor.`,
        { serviceId: command.serviceId },
        'serviceId',
      );
    }
    if (day.phase !== 'opening' && day.phase !== 'business') {
      return refuse(
        'numbers.closed',
        'No numbers are given out now: the branch is closed or the last number has gone. Please come back during business hours.',
        { phase: day.phase },
      );
    }
    if (!hasWindowFor(draft.state, service.id, command.counterKind)) {
      const path = command.counterKind === undefined ? 'serviceId' : 'counterKind';
      return refuse(
        'service.no_window',
        'No window of this branch, or none of that kind, does this service; choose another.',
        { serviceId: service.id },
        path,
      );
    }
    if (draft.state.issuedNo >= MOST_TICKETS_A_DAY)
      return refuse('queue.full', 'Too many numbers were given out today; call the lobby manager.');
    const number = numberOf(service.letter, (draft.state.numbers[service.letter] ?? 0) + 1);
    const { amountFen, notes, coinShare, partySize, contact, counterKind, slotAt } = command;
    const ticket: Ticket = {
      ...newcomer(draft.state, service.id, command.segment ?? 'ordinary', draft.now),
      id: ticketIdOf(day.date, number),
      number,
      counterKind,
      slotAt,
    };
    const { no } = ticket;
    const { ahead, waitMs } = quoted(draft.state, ticket, draft.context);
    const contactValue = Object.fromEntries(
      Object.entries(contact ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    draft.emit({
      type: 'ticket.issued',
      ticketId: ticket.id,
      number,
      no,
      serviceId: service.id,
      letter: service.letter,
      segment: ticket.segment,
      amountFen,
      notes,
      coinShare,
      partySize,
      contactRef: Object.keys(contactValue).length === 0 ? undefined : draft.keep('contact', contactValue),
      counterKind,
      slotAt,
      ahead,
      waitMs,
    });
    return { result: { ticketId: ticket.id, number, ahead, waitMs } };
  },
} satisfies Rules;
