/** What every part of the board needs: the live branch, who looks, and how to act. */
import { createContext, useContext } from 'react';
import type { Actor } from '../../../shared/aggregate.ts';
import { mayDo } from '../../../shared/branch/access.ts';
import type { BranchState, Ticket } from '../../../shared/branch/branch.state.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { Answer } from '../../live/api.ts';
import type { Done } from '../../live/commands.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import type { NameOf } from '../../staff/names.ts';
import type { CoverNeed } from '../../staff/people/cover.ts';
import { commands, type Session } from '../../staff/session.ts';

export type OpenSheet =
  | { readonly kind: 'counter'; readonly counterId: string }
  /** `ended`: as the hub told it, where the live floor no longer has it. */
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly ended?: Ticket }
  | { readonly kind: 'machine'; readonly machineId: string }
  | { readonly kind: 'machines' }
  | { readonly kind: 'cover'; readonly need: CoverNeed }
  | { readonly kind: 'relief'; readonly staffId: string }
  | { readonly kind: 'away'; readonly staffId: string; readonly date: string }
  /** `form`: gone to at once. */
  | { readonly kind: 'advice'; readonly adviceId: string; readonly form?: 'change' | 'decline' }
  | { readonly kind: 'allAdvice' | 'whatIf' | 'rule' | 'forecasts' }
  | { readonly kind: 'issue' | 'day' | 'outage' | 'search' | 'ledger' | 'shortcuts' };

export interface Floor {
  readonly live: StaffLive;
  readonly branchId: string;
  readonly session: Session;
  readonly nameOf: NameOf;
  readonly open: (sheet: OpenSheet) => void;
  readonly close: () => void;
}

export const FloorContext = createContext<Floor | undefined>(undefined);

export function useFloorContext(): Floor {
  const floor = useContext(FloorContext);
  if (floor === undefined) throw new Error('a part of the floor board outside the board');
  return floor;
}

/** Parts of the board are only drawn once there is a floor. */
function drawn(state: BranchState | undefined): BranchState {
  if (state === undefined) throw new Error('the board is drawn before its floor came');
  return state;
}

export const floorOf = (live: StaffLive): BranchState => drawn(live.store.getState().floor);

export function useBranchState<T>(select: (state: BranchState) => T): T {
  const { live } = useFloorContext();
  return useFloor(live, (state) => select(drawn(state)));
}

export const actorOf = (session: Session): Actor => ({
  id: session.staffId,
  kind: 'staff',
  role: session.role,
  branches: session.branchIds,
});

export interface Acting {
  readonly send: (command: FloorCommand) => Promise<Answer<Done>>;
  /** Whether this person's role allows it: the hub decides, the board only spares them a button that says no. */
  readonly may: (command: FloorCommand) => boolean;
}

export function useActing(): Acting {
  const { live, branchId, session } = useFloorContext();
  return {
    send: (command) => commands.send(branchId, command),
    may: (command) => {
      const state = live.store.getState().floor;
      return state !== undefined && mayDo(state, actorOf(session), command) === undefined;
    },
  };
}
