/** A branch's state as plain JSON and back. What can be derived (lanes, counts) is left out and made again. */
import type { BranchState, Overrun, Ticket } from './branch.state.ts';
import { putTicket } from './queue/lanes.ts';

export type FrozenBranch = Omit<BranchState, 'tickets' | 'lanes' | 'waiting' | 'waitingElderly' | 'diverted' | 'overruns' | 'counters' | 'attention'> & {
  readonly tickets: readonly Ticket[];
  readonly counters: readonly BranchState['counters'][string][];
  readonly attention: readonly BranchState['attention'][string][];
  readonly overruns: readonly Overrun[];
};

export function freeze(state: BranchState): FrozenBranch {
  const { lanes: _lanes, waiting: _waiting, waitingElderly: _elderly, diverted: _diverted, ...rest } = state;
  return {
    ...rest,
    tickets: [...state.tickets.values()],
    counters: Object.values(state.counters),
    attention: Object.values(state.attention),
    overruns: [...state.overruns.values()],
  };
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): Record<string, T> => Object.fromEntries(list.map((entry) => [entry.id, entry]));

/** @param frozen what `freeze` wrote under the same version; anything else is the caller's mistake. */
export function thaw(frozen: unknown, initial: (branchId: string) => BranchState): BranchState {
  const { tickets, counters, attention, overruns, ...rest } = frozen as FrozenBranch;
  const empty = initial(rest.branchId);
  let state: BranchState = { ...empty, ...rest, counters: byId(counters), attention: byId(attention) };
  for (const ticket of tickets) state = putTicket(state, ticket);
  let ledger = empty.overruns;
  for (const overrun of overruns) ledger = ledger.set(overrun.id, overrun);
  return { ...state, overruns: ledger };
}
