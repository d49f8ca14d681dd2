/** Finding one of today's numbers, ended ones too: the live floor no longer has those. */
import type { FastifyInstance } from 'fastify';
import type { Ticket } from '../../shared/branch/branch.state.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, staffOnly, type BranchParams } from './guard.ts';
import { malformed } from './problem.ts';

const MOST = 30;
const NUMBER = /^[A-Z]?\d{0,7}$/;

/** Those whose number begins or ends so: "12" finds A012. Shortest numbers first. */
export function findTickets(tickets: Iterable<Ticket>, wanted: string): readonly Ticket[] {
  const found: Ticket[] = [];
  for (const ticket of tickets) if (ticket.number.startsWith(wanted) || ticket.number.endsWith(wanted)) found.push(ticket);
  return found.sort((a, b) => a.number.length - b.number.length || (a.number < b.number ? -1 : 1)).slice(0, MOST);
}

export function ticketRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), staffOnly] };

  app.get<{ Params: BranchParams; Querystring: { number?: string } }>('/api/branches/:id/tickets', guards, async (request) => {
    const { state } = branchOf(edge, request);
    const wanted = String(request.query.number ?? '')
      .trim()
      .toUpperCase();
    if (wanted === '' || !NUMBER.test(wanted)) throw malformed([{ path: 'number', message: 'a number such as A012, or its last digits' }]);
    return { tickets: findTickets(state.tickets.values(), wanted) };
  });
}
