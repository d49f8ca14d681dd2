/** How much of the time they should have served the machines of a branch did. */
import type { FastifyInstance } from 'fastify';
import { availabilityOfBranch } from '../machines/availability.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, staffOnly, type BranchParams } from './guard.ts';
import { type PeriodQuery, periodOf } from './period.ts';

const MOST_DAYS = 400;

export function availabilityRoutes(app: FastifyInstance, edge: Edge): void {
  const { store, calendar, clock } = edge;
  const guards = { onRequest: [inBranch(edge), staffOnly] };

  app.get<{ Params: BranchParams; Querystring: PeriodQuery }>('/api/branches/:id/machines/availability', guards, async (request) => {
    const { state } = branchOf(edge, request);
    const now = clock.now();
    const hours = state.config?.hours;
    const within = hours === undefined ? { from: now, to: now } : periodOf(request.query, { calendar, hours, now, mostDays: MOST_DAYS });
    return availabilityOfBranch({ store, calendar, state, within });
  });
}
