/** What advice there was and what it brought; "what if". Advice itself is on the floor and is decided by commands (docs/advice.md). */
import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { counterKinds } from '../../shared/contract/config.ts';
import type { Advisor } from '../advice/advisor.ts';
import type { Tuning, TuningRefusal } from '../advice/tuning.ts';
import { whatIf } from '../advice/what-if.ts';
import { advice } from '../store/schema.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, only, type BranchParams } from './guard.ts';
import { refusedBy } from './outcome.ts';
import { clampedNumber, parse } from './parse.ts';
import { Problem } from './problem.ts';

const PAGE = { least: 1, most: 500, otherwise: 100 };
const FROM = { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 0 };
const BEFORE = { ...FROM, otherwise: Number.MAX_SAFE_INTEGER };

/** Each plays the branch forward on the hub's own thread: so many at once, in all branches. */
const MOST_WHAT_IFS = 4;

export const whatIfBody = z.object({ change: z.enum(['more', 'less']), kind: z.enum(counterKinds).default('cash') });

interface AdviceParts {
  readonly advisor: Advisor;
  readonly tuning: Tuning;
}

interface HistoryRequest {
  Params: BranchParams;
  /** Given from, before: epoch ms. */
  Querystring: { from?: string; before?: string; limit?: string };
}

const said: Readonly<Record<TuningRefusal['code'], string>> = {
  'tuning.too_few_days': 'The branch has not enough business days of its own yet; try again when it has.',
  'tuning.busy': 'Thresholds are being tuned already; try again in a minute.',
  'tuning.none': 'Nothing was tuned, or it was adopted or discarded; start again.',
  'tuning.running': 'Tuning is not through yet; wait until it is.',
  'tuning.not_set_up': 'This branch is not set up yet.',
};

function tuningRefused({ code, ...params }: TuningRefusal): Problem {
  return new Problem({ status: 409, code, detail: said[code], params });
}

export function adviceRoutes(app: FastifyInstance, edge: Edge, { advisor, tuning }: AdviceParts): void {
  const guards = { onRequest: [inBranch(edge), only('manager', 'head', 'regional', 'headOffice')] };
  let asking = 0;

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
    if (asking >= MOST_WHAT_IFS)
      throw new Problem({ status: 503, code: 'what_if.busy', detail: 'Others ask what if; ask again in a second.', retryAfterS: 1 });
    asking += 1;
    const answering = state.config === undefined ? undefined : whatIf(advisor, state, asked, edge.clock.now());
    const answer = await Promise.resolve(answering).finally(() => (asking -= 1));
    if (answer !== undefined) return answer;
    throw new Problem({
      status: 409,
      code: 'what_if.no_window',
      detail: `There is no ${asked.change === 'more' ? 'closed' : 'open'} window of this kind; choose another kind.`,
      params: { kind: asked.kind },
    });
  });

  const path = '/api/branches/:id/advice/tuning';
  const mayTune = { onRequest: [inBranch(edge), only('head', 'regional', 'headOffice')] };

  app.get<{ Params: BranchParams }>(path, guards, async (request) => tuning.view(branchOf(edge, request).branchId));

  app.post<{ Params: BranchParams }>(path, mayTune, async (request, reply) => {
    const { branchId, actor } = branchOf(edge, request);
    const refused = tuning.start(branchId, actor);
    if (refused !== undefined) throw tuningRefused(refused);
    return reply.code(202).send(tuning.view(branchId));
  });

  app.delete<{ Params: BranchParams }>(path, mayTune, async (request) => {
    const { branchId } = branchOf(edge, request);
    const refused = tuning.discard(branchId);
    if (refused !== undefined) throw tuningRefused(refused);
    return tuning.view(branchId);
  });

  app.post<{ Params: BranchParams }>(`${path}/adopt`, mayTune, async (request) => {
    const { branchId, actor } = branchOf(edge, request);
    const outcome = await tuning.adopt(branchId, actor);
    if (!('ok' in outcome)) throw tuningRefused(outcome);
    if (!outcome.ok) throw refusedBy(outcome);
    return { seq: outcome.seq };
  });
}
