/** A branch's state as plain JSON and back. What can be derived (lanes, counts) is left out and made again. */
import type { BranchState, Overrun, Ticket } from './branch.state.ts';
import { putCase } from './cases/case-book.ts';
import type { Case } from './cases/case.state.ts';
import type { Advice } from './advice/advice.state.ts';
import type { Machine } from './machines/machine.state.ts';
import { putTicket } from './queue/lanes.ts';

export type FrozenBranch = Omit<
  BranchState,
  | 'tickets'
  | 'lanes'
  | 'waiting'
  | 'waitingElderly'
  | 'diverted'
  | 'overruns'
  | 'counters'
  | 'attention'
  | 'machines'
  | 'cases'
  | 'openCases'
  | 'notableCases'
  | 'caseMarks'
  | 'faultCases'
  | 'settling'
  | 'advice'
> & {
  readonly tickets: readonly Ticket[];
  readonly counters: readonly BranchState['counters'][string][];
  readonly attention: readonly BranchState['attention'][string][];
  readonly overruns: readonly Overrun[];
  readonly machines: readonly Machine[];
  readonly cases: readonly Case[];
  readonly advice: readonly Advice[];
};

export function freeze(state: BranchState): FrozenBranch {
  const {
    lanes: _lanes,
    waiting: _waiting,
    waitingElderly: _elderly,
    diverted: _diverted,
    openCases: _open,
    notableCases: _notable,
    caseMarks: _marks,
    faultCases: _faults,
    settling: _settling,
    ...rest
  } = state;
  return {
    ...rest,
    tickets: [...state.tickets.values()],
    counters: Object.values(state.counters),
    attention: Object.values(state.attention),
    overruns: [...state.overruns.values()],
    machines: Object.values(state.machines),
    cases: [...state.cases.values()],
    advice: Object.values(state.advice),
  };
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): Record<string, T> =>
  Object.fromEntries(list.map((entry) => [entry.id, entry]));

/** What `staffFloor` adds for its readers; all of it stands in the configuration or follows from the items. */
type Told = Omit<FrozenBranch, 'counters' | 'tickets' | 'cases'> & {
  readonly services?: unknown;
  readonly diverted?: readonly (Ticket & { readonly limitAt?: never })[];
  readonly counters: readonly (FrozenBranch['counters'][number] & { readonly number?: number; readonly kind?: string })[];
  readonly tickets: readonly (Ticket & { readonly limitAt?: number })[];
  readonly cases: readonly (Case & { readonly dueAt?: number })[];
};

/** @param frozen what `freeze` (or `staffFloor`) wrote under the same version; anything else is the caller's mistake. */
export function thaw(frozen: unknown, initial: (branchId: string) => BranchState): BranchState {
  const { services: _config, tickets, diverted = [], counters, attention, overruns, machines, cases, advice, ...rest } = frozen as Told;
  const empty = initial(rest.branchId);
  const bare = counters.map(({ number: _number, kind: _kind, ...counter }) => counter);
  let state: BranchState = {
    ...empty,
    ...rest,
    counters: byId(bare),
    attention: byId(attention),
    machines: byId(machines),
    advice: byId(advice),
  };
  for (const { limitAt: _derived, ...ticket } of [...tickets, ...diverted]) state = putTicket(state, ticket);
  for (const { dueAt: _next, ...one } of cases) state = putCase(state, one);
  let ledger = empty.overruns;
  for (const overrun of overruns) ledger = ledger.set(overrun.id, overrun);
  return { ...state, overruns: ledger };
}
