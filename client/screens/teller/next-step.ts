/** The natural next step at a counter: what Enter does. Pure, so that the whole table is tested. */
import type { Counter, Ticket } from '../../../shared/branch/branch.state.ts';
import type { Policy } from '../../../shared/contract/config.ts';

export type NextStep =
  | { readonly kind: 'open' }
  | { readonly kind: 'callNext' }
  | { readonly kind: 'start' }
  | { readonly kind: 'noShow'; readonly ticketId: string; readonly thenCall: boolean }
  | { readonly kind: 'finish'; readonly ticketId: string; readonly thenPause: boolean }
  | { readonly kind: 'resume' };

type NoShowPolicy = Pick<Policy, 'noShowAfterCalls' | 'noShowAfterMs'>;
type CounterView = Pick<Counter, 'state' | 'ticketId' | 'pauseAfter'>;
type TicketView = Pick<Ticket, 'id' | 'calls' | 'firstCalledAt' | 'needsFetching'>;

/**
 * `now` is hub time (epoch ms). Undefined = nothing to do with one key
 * (the counter points at a ticket this screen has not got yet).
 */
export function nextStep(counter: CounterView, ticket: TicketView | undefined, policy: NoShowPolicy, now: number): NextStep | undefined {
  switch (counter.state) {
    case 'closed':
      return { kind: 'open' };
    case 'idle':
      return { kind: 'callNext' };
    case 'paused':
      return { kind: 'resume' };
    case 'calling':
      if (!ticket) return undefined;
      return calledInVain(ticket, policy, now)
        ? { kind: 'noShow', ticketId: ticket.id, thenCall: counter.pauseAfter === undefined }
        : { kind: 'start' };
    case 'serving':
      return ticket && { kind: 'finish', ticketId: ticket.id, thenPause: counter.pauseAfter !== undefined };
  }
}

/** Enough calls, enough time. One who needs fetching is a no-show only when lobby manager or guard confirm it. */
export function calledInVain(ticket: TicketView, policy: NoShowPolicy, now: number): boolean {
  if (ticket.needsFetching || ticket.firstCalledAt === undefined) return false;
  return ticket.calls >= policy.noShowAfterCalls && now - ticket.firstCalledAt >= policy.noShowAfterMs;
}

/** When the step changes by time alone (hub ms), so that the screen need not ask every second. */
export function stepChangesAt(counter: CounterView, ticket: TicketView | undefined, policy: NoShowPolicy): number | undefined {
  if (counter.state !== 'calling' || !ticket?.firstCalledAt || ticket.needsFetching) return undefined;
  return ticket.calls >= policy.noShowAfterCalls ? ticket.firstCalledAt + policy.noShowAfterMs : undefined;
}

/** What a double press must not do: the next step needs a breath after the last one, and after the label changed. */
export const settleMs = 600;
