/** What every part of the teller's screen needs: the live branch, whose counter it is, and how to act. */
import { createContext, useContext } from 'react';
import type { BranchState, Counter, Ticket } from '../../../shared/branch/branch.state.ts';
import type { CounterConfig } from '../../../shared/contract/config.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import type { NameOf } from '../../staff/names.ts';

export type TellerDialog =
  | {
      readonly kind:
        | 'pause'
        | 'pauseAfter'
        | 'transfer'
        | 'addItem'
        | 'startWith'
        | 'segment'
        | 'walkUp'
        | 'extendExplained'
        | 'park'
        | 'bringBack'
        | 'close'
        | 'keys';
    }
  | { readonly kind: 'appeal'; readonly overrunId: string };

export interface Teller {
  readonly live: StaffLive;
  readonly branchId: string;
  readonly counterId: string;
  readonly staffId: string;
  readonly nameOf: NameOf;
  readonly open: (dialog: TellerDialog) => void;
  readonly close: () => void;
}

export const TellerContext = createContext<Teller | undefined>(undefined);

export function useTeller(): Teller {
  const teller = useContext(TellerContext);
  if (teller === undefined) throw new Error("a part of the teller's screen outside of it");
  return teller;
}

/** Parts are only drawn once the floor has come. */
export function useBranch<T>(select: (state: BranchState) => T): T {
  const { live } = useTeller();
  return useFloor(live, (state) => {
    if (state === undefined) throw new Error('drawn before its floor came');
    return select(state);
  });
}

const NO_COUNTER: Counter = { id: '', state: 'closed', since: 0, help: [] };

export const counterIn = (state: BranchState, counterId: string): Counter => state.counters[counterId] ?? NO_COUNTER;

export const ticketAt = (state: BranchState, counterId: string): Ticket | undefined =>
  state.tickets.get(counterIn(state, counterId).ticketId ?? '');

export function useMyCounter(): { counter: Counter; config: CounterConfig | undefined; ticket: Ticket | undefined } {
  const { counterId } = useTeller();
  return {
    counter: useBranch((state) => counterIn(state, counterId)),
    config: useBranch((state) => state.config?.counters.find(({ id }) => id === counterId)),
    ticket: useBranch((state) => ticketAt(state, counterId)),
  };
}

export const serviceName = (state: BranchState, serviceId: string, of: 'zh' | 'en'): string =>
  state.config?.services.find(({ id }) => id === serviceId)?.name[of] ?? serviceId;
