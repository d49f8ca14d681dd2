/** Whether a machine would be quicker for a customer who is about to take a number: asked by the kiosk, offered, never imposed. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { machineFor } from '../../shared/branch/machines/offer.ts';
import { segments } from '../../shared/contract/config.ts';
import type { Edge } from './edge.ts';
import { actorOf, branchOf, inBranch, type BranchParams } from './guard.ts';
import { parse } from './parse.ts';
import { forbidden } from './problem.ts';

const errandSchema = z.object({
  serviceId: z.string().min(1).max(64),
  segment: z.enum(segments).optional(),
  amountFen: z
    .string()
    .regex(/^\d{1,13}$/, 'a whole number of fen')
    .transform(Number)
    .optional(),
});

export function offerRoutes(app: FastifyInstance, edge: Edge): void {
  app.get<{ Params: BranchParams }>('/api/branches/:id/offer', { onRequest: inBranch(edge) }, async (request) => {
    const { kind, role } = actorOf(request);
    if (kind !== 'staff' && role !== 'kiosk') throw forbidden('forbidden', 'Offers are for kiosks and staff.');
    const { state } = branchOf(edge, request);
    const offer = machineFor(state, parse(errandSchema, request.query), edge.clock.now());
    const machine = state.config?.machines?.find(({ id }) => id === offer?.machineId);
    if (offer === undefined || machine === undefined) return {};
    return { machine: { id: machine.id, name: machine.name, place: machine.place, savesMs: offer.savesMs } };
  });
}
