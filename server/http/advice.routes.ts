/** What advice there was and what it brought; "what if". Advice itself is on the floor and is decided by commands (docs/advice.md). */
import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { counterKinds } from '../../shared/contract/config.ts';
import type { Advisor } from '../advice/advisor.ts';
import { whatIf } from '../advice/what-if.ts';
import { advice } from '../store/schema.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, only, type BranchParams } from './guard.ts';
import { clampedNumber, parse } from './parse.ts';
import { Problem } from './problem.ts';

const PAGE = { least: 1, most: 500, otherwise: 100 };
const FROM = { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 0 };
const BEFORE = { ...FROM, otherwise: Number.MAX_SAFE_INTEGER };

export const whatIfBody = z.object({ change: z.enum(['more', 'less']), kind: z.enum(counterKinds).default('cash') });

interface HistoryRequest {
  Params: BranchParams;
  /** Given from, before: epoch ms. */
  Querystring: { from?: string; before?: string; limit?: string };
}

export function adviceRoutes(app: FastifyInstance, edge: Edge, advisor: Advisor): void {
  const guards = { onRequest: [inBranch(edge), only('manager', 'head', 'regional', 'headOffice')] };

  app.get<HistoryRequest>('/api/branches/:id/advice', guards, async (request) => {
    const { branchId } = branchOf(edge, request);
    const { from, before, limit } = request.query;
    const rows = edge.store.read
      .select()
      .from(advice)
      .where(
        and(eq(advice.branch, branchId), gte(advice.givenAt, clampedNumber(from, FROM)), lt(advice.givenAt, clampedNumber(before, BEFORE))),
      )
      .orderBy(desc(advice.givenAt))
      .limit(clampedNumber(limit, PAGE))
      .all();
    return {
      advice: rows.map(({ body, state, byItself, late, endedAt, endedBy, reasonRef, why, before: was, after }) => ({
        ...body,
        state,
        byItself,
        late,
        endedAt,
        endedBy,
        reasonRef,
        why,
        brought: was === null || after === null ? undefined : { before: was, after },
      })),
    };
  });

  app.post<{ Params: BranchParams }>('/api/branches/:id/what-if', guards, async (request) => {
    const { state } = branchOf(edge, request);
    const asked = parse(whatIfBody, request.body);
    const answer = state.config === undefined ? undefined : await whatIf(advisor, state, asked, edge.clock.now());
    if (answer !== undefined) return answer;
    throw new Problem({
      status: 409,
      code: 'what_if.no_window',
      detail: `There is no ${asked.change === 'more' ? 'closed' : 'open'} window of this kind; choose another kind.`,
      params: { kind: asked.kind },
    });
  });
}
