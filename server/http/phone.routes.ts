/** What a customer's phone may see and do: its own number, nothing else. The link is the proof; nobody signs in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../shared/aggregate.ts';
import { mayDo } from '../../shared/branch/access.ts';
import type { BranchState, Ticket, WaitRange } from '../../shared/branch/branch.state.ts';
import { outlook, windowsFor } from '../../shared/branch/predict/predict.ts';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import type { Edge } from './edge.ts';
import { notAllowed, refusedBy } from './outcome.ts';
import { commandIdSchema, parse } from './parse.ts';
import { notFound } from './problem.ts';

interface PhoneRequest {
  Params: { token: string };
}

const act = z.object({ id: commandIdSchema.optional() }, 'a JSON object');
const rating = act.extend({ score: z.number().int().min(1).max(5) });
const NO_WAIT: WaitRange = { low: 0, expected: 0, high: 0 };

function ticketOf(edge: Edge, token: string): { branchId: string; state: BranchState; ticket: Ticket } {
  const link = edge.follow.read(token);
  const state = link && edge.hub.state(link.branchId);
  const ticket = link && state?.tickets.get(link.ticketId);
  if (link === undefined || state === undefined || ticket === undefined)
    throw notFound('ticket.unknown', 'This number is not known, or of another day.');
  return { branchId: link.branchId, state, ticket };
}

function phoneView(edge: Edge, token: string): object {
  const { branchId, state, ticket } = ticketOf(edge, token);
  const at = edge.clock.now();
  const waits = ticket.state === 'waiting';
  const { ahead, waitMs } = waits ? outlook(state, ticket, at) : { ahead: 0, waitMs: NO_WAIT };
  const predicted = waits ? edge.forecasts.outlook(branchId)?.tickets[ticket.id] : undefined;
  const counter = ticket.counterId === undefined ? undefined : state.config?.counters.find(({ id }) => id === ticket.counterId);
  return {
    number: ticket.number,
    state: ticket.state,
    ahead,
    waitMs: predicted ?? waitMs,
    ...(waits && { windows: windowsFor(state, ticket).windows }),
    counterNumber: counter?.number,
    branchId,
    branchName: state.config?.name,
    serviceName: state.config?.services.find(({ id }) => id === ticket.serviceId)?.name,
    timeZone: state.config?.hours.timeZone,
    issuedAt: ticket.issuedAt,
    calledAt: ticket.calledAt,
    rated: ticket.rating !== undefined,
    at,
    speed: edge.clock.speed,
  };
}

async function actFor(
  edge: Edge,
  request: FastifyRequest<PhoneRequest>,
  commandId: string,
  command: (ticketId: string) => FloorCommand,
): Promise<object> {
  const { token } = request.params;
  const { branchId, state, ticket } = ticketOf(edge, token);
  const actor: Actor = { id: 'phone', kind: 'phone', role: 'phone', branches: [branchId], ticketId: ticket.id };
  const asked = command(ticket.id);
  const refusal = mayDo(state, actor, asked);
  if (refusal) throw notAllowed(refusal);
  const outcome = await edge.hub.execute(branchId, asked, { actor, commandId, body: asked });
  if (!outcome.ok) throw refusedBy(outcome);
  return phoneView(edge, token);
}

/** Browsers asking for the page say so before anything else; scripts get JSON. */
const wantsPage = (request: FastifyRequest): boolean => {
  const accept = request.headers.accept ?? '';
  const html = accept.indexOf('text/html');
  const json = accept.indexOf('application/json');
  return html >= 0 && (json < 0 || html < json);
};

export function phoneRoutes(app: FastifyInstance, edge: Edge, sendPage: (reply: FastifyReply) => FastifyReply): void {
  const json = async (request: FastifyRequest<PhoneRequest>): Promise<object> => phoneView(edge, request.params.token);

  app.get<PhoneRequest>('/api/t/:token', json);
  app.get<PhoneRequest>('/t/:token', async (request, reply) => {
    void reply.header('vary', 'Accept');
    return wantsPage(request) ? sendPage(reply) : json(request);
  });
  app.post<PhoneRequest>('/api/t/:token/cancel', (request) => {
    const { id } = parse(act, request.body ?? {});
    return actFor(edge, request, id ?? edge.ids.newId(), (ticketId) => ({ type: 'ticket.cancel', ticketId, reason: 'given up by phone' }));
  });
  app.post<PhoneRequest>('/api/t/:token/rate', (request) => {
    const { id, score } = parse(rating, request.body);
    return actFor(edge, request, id ?? edge.ids.newId(), (ticketId) => ({ type: 'ticket.rate', ticketId, score }));
  });
}
