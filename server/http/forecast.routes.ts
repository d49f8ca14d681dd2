/** Waits as predicted now, and how well they were predicted lately. */
import type { FastifyInstance } from 'fastify';
import { outlookFor, ownView } from '../realtime/audience.ts';
import type { Edge } from './edge.ts';
import { actorOf, branchOf, inBranch, staffOnly, type BranchParams } from './guard.ts';
import { notFound } from './problem.ts';

export function forecastRoutes(app: FastifyInstance, edge: Edge): void {
  const member = inBranch(edge);

  app.get<{ Params: BranchParams }>('/api/branches/:id/outlook', { onRequest: member }, async (request) => {
    const { branchId } = branchOf(edge, request);
    const outlook = edge.forecasts.outlook(branchId);
    if (outlook === undefined)
      throw notFound(
        'outlook.none',
        'Nothing is predicted for this branch yet; ask again in a few seconds, or take the wait told with a number.',
      );
    return outlookFor(ownView(actorOf(request)), outlook);
  });

  app.get<{ Params: BranchParams }>('/api/branches/:id/forecasts', { onRequest: [member, staffOnly] }, async (request) => {
    const { branchId } = branchOf(edge, request);
    return { branchId, days: edge.forecasts.days(branchId) };
  });
}
