/** The gates before a route: signed in, of this branch, of this role. */
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { belongs } from '../realtime/audience.ts';
import type { Edge } from './edge.ts';
import { forbidden, notFound, Problem } from './problem.ts';

export interface BranchParams {
  id: string;
}

/** The actor behind a request. Throws 401. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.principal === null)
    throw new Problem({ status: 401, code: 'auth.required', detail: 'Sign in first, or send a valid device token.' });
  return request.principal.actor;
}

/** As an `onRequest` hook: a stranger's body is not even read. */
export function signedIn(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  actorOf(request);
  done();
}

/** As an `onRequest` hook: only these roles come past. */
export function only(...roles: Role[]) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    if (!roles.includes(actorOf(request).role)) throw forbidden('forbidden', 'Your role may not do this.');
    done();
  };
}

/** As an `onRequest` hook: staff only, no devices. */
export function staffOnly(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  if (actorOf(request).kind !== 'staff') throw forbidden('forbidden', 'This is for staff only.');
  done();
}

/** The branch of the path. Throws 401, 403 for other people's branches, 404 where there is none. */
export function branchOf(edge: Edge, request: FastifyRequest): { actor: Actor; branchId: string; state: BranchState } {
  const actor = actorOf(request);
  const { id: branchId } = request.params as BranchParams;
  if (!belongs(actor, branchId)) throw forbidden('branch.forbidden', 'You do not belong to this branch.');
  const state = edge.hub.state(branchId);
  if (state === undefined) throw notFound('branch.unknown', 'There is no such branch.');
  return { actor, branchId, state };
}

/** `branchOf` as an `onRequest` hook. */
export function inBranch(edge: Edge) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    branchOf(edge, request);
    done();
  };
}
