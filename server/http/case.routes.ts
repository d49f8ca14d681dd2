/** Cases read: the list, one with all it lived through, its record to take away, and the contact for whoever must call. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mayDo } from '../../shared/branch/access.ts';
import { levelOf } from '../../shared/branch/cases/case.access.ts';
import type { CommandOf } from '../../shared/contract/commands.ts';
import { belongs, caseReach } from '../realtime/audience.ts';
import { branchesOfActor, caseOf, type CaseParams, caseStaff, inCase } from './case-guard.ts';
import { type CaseFilter, listCases, listSchema, searchBody } from './case-list.ts';
import { caseLine, caseView } from './case-view.ts';
import type { Edge } from './edge.ts';
import { actorOf } from './guard.ts';
import type { Contact } from './mask.ts';
import { notAllowed, refusedBy } from './outcome.ts';
import { commandIdSchema, parse } from './parse.ts';
import { forbidden, notFound } from './problem.ts';

const noQuery = z.strictObject({});
export const revealBody = z.object({ id: commandIdSchema.optional() }, 'a JSON object').optional();

/** The branches a list is about. Throws 403 for other people's, 404 where there is none. */
function scopesOf(edge: Edge, actor: ReturnType<typeof actorOf>, wanted: string | undefined) {
  if (wanted !== undefined && !belongs(actor, wanted)) throw forbidden('branch.forbidden', 'You do not belong to this branch.');
  const scopes = (wanted === undefined ? branchesOfActor(edge, actor) : [wanted]).flatMap((branchId) => {
    const state = edge.hub.state(branchId);
    return state === undefined ? [] : [{ branchId, reach: caseReach(state, actor) }];
  });
  if (wanted !== undefined && scopes.length === 0) throw notFound('branch.unknown', 'There is no such branch.');
  return scopes;
}

export function caseRoutes(app: FastifyInstance, edge: Edge): void {
  const { hub, store, clock, ids } = edge;
  const guards = { onRequest: [caseStaff, inCase(edge)] };

  async function listFor(actor: ReturnType<typeof actorOf>, filter: CaseFilter) {
    const { cases, next } = await listCases(store, scopesOf(edge, actor, filter.branch), actor, filter);
    return { cases: cases.map(({ branchId, one }) => caseLine(store, actor, branchId, one)), next };
  }

  app.get('/api/cases', { onRequest: caseStaff }, async (request) => listFor(actorOf(request), parse(listSchema, request.query)));

  app.post('/api/cases/search', { onRequest: caseStaff }, async (request) => listFor(actorOf(request), parse(searchBody, request.body)));

  app.get<{ Params: CaseParams }>('/api/cases/:id', guards, async (request) => {
    parse(noQuery, request.query);
    return caseView(store, caseOf(edge, request));
  });

  app.get<{ Params: CaseParams }>('/api/cases/:id/export', guards, async (request, reply) => {
    parse(noQuery, request.query);
    const found = caseOf(edge, request);
    void reply.header('content-disposition', `attachment; filename="case-${found.one.no}.json"`);
    return { exportedAt: clock.now(), exportedBy: found.actor.id, branchName: found.state.config?.name, case: caseView(store, found) };
  });

  app.post<{ Params: CaseParams }>('/api/cases/:id/contact', guards, async (request) => {
    const { actor, branchId, state, one } = caseOf(edge, request);
    const body = parse(revealBody, request.body);
    const handles = one.ownerId === actor.id || levelOf(actor.role) >= levelOf('manager');
    if (!handles || one.aboutStaffId === actor.id)
      throw forbidden('case.contact_closed', 'The customer’s contact is for whoever handles the case.');
    const refs = [one.contactRef, ...(one.representativeRefs ?? [])].filter((ref) => ref !== undefined);
    const kept = (ref: string | undefined): Contact | undefined =>
      ref === undefined ? undefined : store.personal.get(branchId, ref)?.value;
    if (refs.every((ref) => kept(ref) === undefined)) throw notFound('text.unknown', 'This case has no contact, or it was erased.');
    const command: CommandOf<'case.revealContact'> = { type: 'case.revealContact', caseId: one.id };
    const refusal = mayDo(state, actor, command);
    if (refusal) throw notAllowed(refusal);
    // On the record before it is told.
    const outcome = await hub.execute(branchId, command, { actor, commandId: body?.id ?? ids.newId(), body: command });
    if (!outcome.ok) throw refusedBy(outcome);
    return { ...kept(one.contactRef), representatives: one.representativeRefs?.map((ref) => kept(ref) ?? {}) };
  });
}
