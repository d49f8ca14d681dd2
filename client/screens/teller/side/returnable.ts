/** Who may come back to this counter without queueing: parked here, or served here lately. */
import type { BranchState, Ticket } from '../../../../shared/branch/branch.state.ts';

const MOST = 12;

const isMine = (ticket: Ticket, counterId: string, staffId: string): boolean =>
  ticket.counterId === counterId || ticket.staffId === staffId;

function lately(state: BranchState, fits: (ticket: Ticket) => boolean): readonly Ticket[] {
  return [...state.tickets.values()]
    .filter(fits)
    .sort((a, b) => (b.endedAt ?? b.calledAt ?? 0) - (a.endedAt ?? a.calledAt ?? 0))
    .slice(0, MOST);
}

export function myReturnable(state: BranchState, counterId: string, staffId: string): readonly Ticket[] {
  return lately(state, (ticket) => (ticket.state === 'parked' || ticket.state === 'completed') && isMine(ticket, counterId, staffId));
}

export function myParked(state: BranchState, counterId: string, staffId: string): readonly Ticket[] {
  return lately(state, (ticket) => (ticket.state === 'parked' || ticket.state === 'noShow') && isMine(ticket, counterId, staffId));
}
