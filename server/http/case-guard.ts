/** One case, asked for by its id alone: whoever may not see it hears the same as of one that never was. */
import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { maySee } from '../../shared/branch/cases/case.access.ts';
import type { Case } from '../../shared/branch/cases/case.state.ts';
import { ladder } from '../../shared/contract/ladder.ts';
import type { Store } from '../store/store.types.ts';
import type { Edge } from './edge.ts';
import { actorOf, only } from './guard.ts';
import { notFound } from './problem.ts';

export interface CaseParams {
  id: string;
}

export interface FoundCase {
  readonly actor: Actor;
  readonly branchId: string;
  readonly state: BranchState;
  /** As it stands. */
  readonly one: Case;
}

/** As an `onRequest` hook: those who work with cases. */
export const caseStaff = only(...(ladder satisfies readonly Role[]));

export function branchesOfActor(edge: Edge, { branches }: Actor): readonly string[] {
  if (branches !== '*') return branches;
  return [...edge.hub.bank().branches.values()].filter(({ kind }) => kind === 'branch').map(({ id }) => id);
}

/** Throws 401, and 404 for an unknown case and for one that is not this caller's to see alike. */
export function caseOf(edge: Edge, request: FastifyRequest): FoundCase {
  const actor = actorOf(request);
  const { id } = request.params as CaseParams;
  const row = edge.store.read.get<{ branch: string; body: string } | undefined>(
    sql`SELECT branch, body FROM cases WHERE branch IN ${[...branchesOfActor(edge, actor), '']} AND case_id = ${id}`,
  );
  const state = row && edge.hub.state(row.branch);
  const one = row && (JSON.parse(row.body) as Case);
  if (state === undefined || one === undefined || !maySee(state, actor, one)) throw notFound('case.unknown', 'There is no such case.');
  return { actor, branchId: row?.branch ?? '', state, one };
}

/** `caseOf` as an `onRequest` hook: nobody sends a file to a case that is not theirs. */
export function inCase(edge: Edge) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    caseOf(edge, request);
    done();
  };
}

/** The cases a text or contact belongs to; none for all other texts. */
export const casesOfRef = ({ read }: Pick<Store, 'read'>, branchId: string, ref: string): Case[] =>
  read
    .all<{ body: string }>(
      sql`SELECT c.body FROM case_refs r JOIN cases c ON c.branch = r.branch AND c.case_id = r.case_id
        WHERE r.branch = ${branchId} AND r.ref = ${ref}`,
    )
    .map(({ body }) => JSON.parse(body) as Case);

/** Nobody reads what was said about themselves, unless they wrote it down. */
export const mayRead = ({ id }: { readonly id: string }, one: Pick<Case, 'aboutStaffId' | 'loggedBy' | 'kind'>): boolean =>
  one.aboutStaffId !== id || one.loggedBy === id || one.kind === 'praise';
