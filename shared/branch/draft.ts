/** A decision being written: events are folded as they are emitted, so that every rule sees what the one before decided. */
import { clockActor, type Context, type Envelope, type PersonalEntry, type Refusal } from '../aggregate.ts';
import type { BranchEvent } from './branch.events.ts';
import type { BranchState, Counter, Ticket } from './branch.state.ts';
import type { BranchConfig } from '../contract/config.ts';
import type { CommandOf, BranchCommand } from '../contract/commands.ts';
import { evolve } from './evolve.ts';

/** A configured branch on a business day: what every rule but the first configuration may count on. */
export type OpenState = BranchState & { readonly config: BranchConfig; readonly day: NonNullable<BranchState['day']> };

export class Draft {
  readonly events: (Envelope & BranchEvent)[] = [];
  readonly personal: PersonalEntry[] = [];

  constructor(
    private folded: BranchState,
    private acting: Context,
  ) {}

  get context(): Context {
    return this.acting;
  }

  /** What time brings is nobody's deed, whoever's command it comes before. */
  byTime(pass: (draft: Draft) => void): void {
    const { acting } = this;
    this.acting = { ...acting, actor: clockActor };
    pass(this);
    this.acting = acting;
  }

  /** Rules run on a configured branch; `decide` refuses everything else before it gets here. */
  get state(): OpenState {
    return this.folded as OpenState;
  }

  get now(): number {
    return this.context.now;
  }

  emit(event: BranchEvent): void {
    const recorded = {
      ...event,
      branchId: this.folded.branchId,
      seq: this.folded.seq + 1,
      at: this.context.now,
      actor: this.context.actor.id,
    };
    this.events.push(recorded);
    this.folded = evolve(this.folded, recorded);
  }

  /** Keeps text about people out of the log: the event holds the reference. */
  keep(kind: PersonalEntry['kind'], value: Readonly<Record<string, string>>): string {
    const ref = this.context.newId();
    this.personal.push({ ref, kind, value });
    return ref;
  }

  text(text: string): string {
    return this.keep('text', { text });
  }
}

export type Result = Readonly<Record<string, unknown>>;
export type Ruling = { readonly refused: Refusal } | { readonly result?: Result };
/** One command's rule: emits into the draft, or refuses (and what it emitted is forgotten). */
export type Rule<T extends BranchCommand['type']> = (draft: Draft, command: CommandOf<T>) => Ruling;
export type Rules = { readonly [T in BranchCommand['type']]?: Rule<T> };

export const done: Ruling = {};

export const refuse = (code: string, message: string, params?: Refusal['params'], path?: string): { refused: Refusal } => ({
  refused: { code, message, ...(params && { params }), ...(path !== undefined && { path }) },
});

type Found<T> = { readonly found: T } | { readonly refused: Refusal };

export function findCounter(draft: Draft, counterId: string): Found<Counter> {
  // A name that every object has ("__proto__") is no counter.
  const counter = Object.hasOwn(draft.state.counters, counterId) ? draft.state.counters[counterId] : undefined;
  return counter === undefined
    ? refuse(
        'counter.unknown',
        `There is no counter ${counterId} in this branch; see the floor for its counters.`,
        { counterId },
        'counterId',
      )
    : { found: counter };
}

export function findTicket(draft: Draft, ticketId: string): Found<Ticket> {
  const ticket = draft.state.tickets.get(ticketId);
  return ticket === undefined
    ? refuse('ticket.unknown', `There is no ticket ${ticketId} today; look it up on the floor.`, { ticketId }, 'ticketId')
    : { found: ticket };
}

/** The counter and the ticket in front of it, in one of the given states. */
export function findCurrent(
  draft: Draft,
  counterId: string,
  states: readonly Ticket['state'][],
  ticketId?: string,
): Found<{ counter: Counter; ticket: Ticket }> {
  const at = findCounter(draft, counterId);
  if ('refused' in at) return at;
  const counter = at.found;
  const ticket = counter.ticketId === undefined ? undefined : draft.state.tickets.get(counter.ticketId);
  if (ticketId !== undefined && ticket?.id !== ticketId) {
    return refuse(
      'ticket.not_current',
      'That ticket is no longer at this counter: it was already dealt with, nothing was changed.',
      { ticketId },
      'ticketId',
    );
  }
  if (ticket === undefined) return refuse('counter.no_ticket', 'Nobody is at this counter; call the next customer first.', { counterId });
  if (!states.includes(ticket.state)) {
    return ticket.state === 'called'
      ? refuse('ticket.not_started', `Number ${ticket.number} was called but service has not begun; start it first.`, {
          number: ticket.number,
        })
      : refuse('ticket.already_started', `Number ${ticket.number} is being served already; finish it instead.`, { number: ticket.number });
  }
  return { found: { counter, ticket } };
}
