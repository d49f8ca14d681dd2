/** "This customer could use ATM 2 now": at most one customer a machine, the one it saves the most. */
import type { BranchState, Ticket } from '../../../shared/branch/branch.state.ts';
import { divertible, type Offer } from '../../../shared/branch/machines/offer.ts';

/** By ticket id, the greatest saving first. `tickets` in the order they will be called; `now` is hub time. */
export function divertHints(state: BranchState, tickets: readonly Ticket[], now: number): ReadonlyMap<string, Offer> {
  const byMachine = new Map<string, { readonly ticketId: string; readonly offer: Offer }>();
  for (const ticket of tickets) {
    const offer = divertible(state, ticket, now);
    if (offer === undefined) continue;
    const known = byMachine.get(offer.machineId);
    if (known === undefined || offer.savesMs > known.offer.savesMs) byMachine.set(offer.machineId, { ticketId: ticket.id, offer });
  }
  const best = [...byMachine.values()].sort((a, b) => b.offer.savesMs - a.offer.savesMs);
  return new Map(best.map(({ ticketId, offer }) => [ticketId, offer]));
}
