/** Acting in a branch from a sheet that any staff page may open. */
import { mayDo } from '../../shared/branch/access.ts';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import type { Answer } from '../live/api.ts';
import type { Done } from '../live/commands.ts';
import type { StaffLive } from './branch.ts';
import { commands, useSession } from './session.ts';

export interface StaffActing {
  readonly send: (command: FloorCommand) => Promise<Answer<Done>>;
  /** Whether this person's role allows it: the hub decides, the sheet only spares them a button that says no. */
  readonly may: (command: FloorCommand) => boolean;
  readonly staffId: string | undefined;
}

export function useStaffActing(live: StaffLive): StaffActing {
  const session = useSession();
  return {
    send: (command) => commands.send(live.branchId, command),
    may: (command) => {
      const state = live.store.getState().floor;
      if (state === undefined || session === null || session === undefined) return false;
      const { staffId: id, role, branchIds: branches } = session;
      return mayDo(state, { id, kind: 'staff', role, branches }, command) === undefined;
    },
    staffId: session?.staffId,
  };
}
