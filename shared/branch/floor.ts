/** The live floor as staff see it: the contract's shape, and enough to go on folding events from (`branch.thaw`). */
import type { CounterConfig, Service } from '../contract/config.ts';
import type { BranchState, Counter, Ticket } from './branch.state.ts';
import { isOpenCase, nextDeadline } from './cases/case-book.ts';
import type { Case } from './cases/case.state.ts';
import { type FrozenBranch, freeze } from './freeze.ts';
import { nearPeople } from './people/near.ts';
import { limitAt } from './limits/clock.ts';

const HERE: readonly Ticket['state'][] = ['waiting', 'called', 'serving', 'parked'];

export type FloorTicket = Ticket & { readonly limitAt?: number };
export type FloorCounter = Counter & Pick<CounterConfig, 'number' | 'kind'>;

export type FloorCase = Case & { readonly dueAt?: number };

export interface StaffFloor extends Omit<FrozenBranch, 'tickets' | 'counters' | 'cases'> {
  readonly services: readonly Service[];
  readonly counters: readonly FloorCounter[];
  readonly tickets: readonly FloorTicket[];
  /** Open ones; `dueAt` is the next deadline of theirs. */
  readonly cases: readonly FloorCase[];
  /** Sent to a machine, their place kept for a while. */
  readonly diverted: readonly Ticket[];
}

/** Ended tickets are left out: they have left the floor. */
export function staffFloor(state: BranchState): StaffFloor {
  const frozen = freeze(state);
  const config = new Map(state.config?.counters.map((counter) => [counter.id, counter]));
  return {
    ...frozen,
    people: nearPeople(state),
    services: state.config?.services ?? [],
    counters: frozen.counters.map((counter) => ({
      ...counter,
      number: config.get(counter.id)?.number ?? 0,
      kind: config.get(counter.id)?.kind ?? 'cash',
    })),
    tickets: frozen.tickets
      .filter((ticket) => HERE.includes(ticket.state))
      .map((ticket) => {
        const item = ticket.state === 'serving' ? ticket.items.at(-1) : undefined;
        return item === undefined ? ticket : { ...ticket, limitAt: limitAt(item) };
      }),
    cases: frozen.cases.filter(isOpenCase).map((one) => ({ ...one, dueAt: nextDeadline(one)?.at })),
    diverted: frozen.tickets.filter(({ state: where }) => where === 'diverted'),
  };
}
