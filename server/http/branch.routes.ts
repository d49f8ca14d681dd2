/** A branch as its viewers read it, and the one way to change it. */
import type { FastifyInstance } from 'fastify';
import { branchesOf } from '../../shared/bank/reach.ts';
import { mayDo } from '../../shared/branch/access.ts';
import { maySee } from '../../shared/branch/cases/case.access.ts';
import { defaultAdvice } from '../../shared/contract/default-advice.ts';
import { defaultCases, defaultMachinePolicy } from '../../shared/contract/default-cases.ts';
import { defaultHours, defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';
import { defaultPlaybooks } from '../../shared/contract/default-playbooks.ts';
import { namesOfStaff } from '../auth/people.ts';
import { belongs, eventsFor, floorFor, ownView } from '../realtime/audience.ts';
import { casesOfRef, mayRead } from './case-guard.ts';
import type { Edge } from './edge.ts';
import { actorOf, branchOf, inBranch, only, signedIn, staffOnly, type BranchParams } from './guard.ts';
import { notAllowed, refusedBy } from './outcome.ts';
import { clampedNumber, parseCommand } from './parse.ts';
import { forbidden, notFound } from './problem.ts';

const PAGE = { least: 1, most: 1_000, otherwise: 200 };
const FROM = { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 0 };

interface EventsRequest {
  Params: BranchParams;
  Querystring: { after?: string; limit?: string };
}

export function branchRoutes(app: FastifyInstance, edge: Edge): void {
  const { hub, clock } = edge;
  const member = inBranch(edge);

  app.get('/api/branches', { onRequest: signedIn }, async (request) => {
    const actor = actorOf(request);
    const branches = [...hub.bank().branches.values()].filter(({ id, kind }) => kind === 'branch' && belongs(actor, id));
    return branches.map(({ id, name, parentId }) => ({ id, name: hub.state(id)?.config?.name ?? name, parentId }));
  });

  app.get('/api/branches/:id/floor', { onRequest: member }, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const at = clock.now();
    return { branchId, seq: state.seq, at, speed: clock.speed, floor: floorFor(ownView(actor), state, at) };
  });

  app.get<EventsRequest>('/api/branches/:id/events', { onRequest: member }, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const events = hub.eventsAfter(branchId, clampedNumber(request.query.after, FROM), clampedNumber(request.query.limit, PAGE));
    return { events: eventsFor(ownView(actor), events, state), seq: state.seq };
  });

  app.post('/api/branches/:id/commands', { onRequest: member }, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const { id, body: command } = parseCommand(request.body);
    // Before a replay is answered: who may no longer do it may not hear its answer either.
    const refusal = mayDo(state, actor, command);
    if (refusal) throw notAllowed(refusal);
    const outcome = await hub.execute(branchId, command, { actor, commandId: id, body: command });
    if (!outcome.ok) throw refusedBy(outcome);
    const { seq, events, result } = outcome;
    const ticketId = command.type === 'ticket.issue' ? result?.['ticketId'] : undefined;
    const follow = typeof ticketId === 'string' ? { follow: `/t/${edge.follow.token(branchId, ticketId)}` } : {};
    return { seq, events: eventsFor(ownView(actor), events, hub.state(branchId) ?? state), result: result && { ...result, ...follow } };
  });

  app.get('/api/branches/:id/staff', { onRequest: [member, staffOnly] }, async (request) => {
    const { branchId } = branchOf(edge, request);
    const bank = hub.bank();
    const names = namesOfStaff(edge.store.db);
    return [...bank.accounts.values()]
      .filter((account) => account.role !== 'admin' && !account.disabled && branchesOf(bank, account).includes(branchId))
      .map(({ username, role }) => ({ staffId: username, name: names.get(username) ?? username, role }));
  });

  app.get<{ Params: BranchParams & { ref: string } }>(
    '/api/branches/:id/texts/:ref',
    { onRequest: [member, staffOnly] },
    async (request) => {
      const { actor, branchId, state } = branchOf(edge, request);
      const { ref } = request.params;
      const unknown = notFound('text.unknown', 'This text is unknown, or was erased.');
      const entry = edge.store.personal.get(branchId, ref);
      if (entry === undefined) throw unknown;
      const cases = casesOfRef(edge.store, branchId, ref);
      if (cases.length > 0) {
        // Contacts of a case are asked for by its own address, which puts it on the record.
        const open = cases.every((one) => mayRead(actor, one)) && cases.some((one) => maySee(state, actor, one));
        if (entry.kind === 'contact' || !open) throw unknown;
        return entry;
      }
      const mayCall = actor.role === 'manager' || actor.role === 'head';
      if (entry.kind === 'contact' && !mayCall)
        throw forbidden('forbidden', 'Contacts of customers are for the lobby manager and the head.');
      return entry;
    },
  );

  app.get('/api/branches/:id/config', { onRequest: [member, only('head', 'manager', 'regional', 'admin')] }, async (request) => {
    const { branchId, state } = branchOf(edge, request);
    const template = {
      name: hub.bank().branches.get(branchId)?.name,
      hours: defaultHours,
      services: defaultServices,
      counters: [],
      limits: defaultLimits,
      policy: defaultPolicy,
      roster: [],
    };
    // Branches configured before these sections existed go by the defaults; whoever edits them begins from there.
    const since = {
      dayTypes: [],
      machines: [],
      machinePolicy: defaultMachinePolicy,
      cases: defaultCases,
      playbooks: defaultPlaybooks,
      advice: defaultAdvice,
    };
    return { branchId, seq: state.seq, configured: state.config !== undefined, config: { ...since, ...(state.config ?? template) } };
  });
}
