/** A roster proposed for some days to come, beside the rota as it stands: asked for, then looked at until it is made. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dateAfter, daysBetween } from '../../shared/branch/people/dates.ts';
import { inOneWeek, problemOfBranch } from '../roster/problem-of-branch.ts';
import { type ProposalJob, type Proposals, TooLarge } from '../roster/proposals.ts';
import type { Edge } from './edge.ts';
import { type BranchParams, branchOf, inBranch, only } from './guard.ts';
import { parse } from './parse.ts';
import { malformed, notFound, Problem } from './problem.ts';

export const proposalBody = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

interface ProposalRequest {
  Params: BranchParams & { proposalId: string };
}

const refused = (code: string, detail: string): Problem => new Problem({ status: 409, code, detail });

function datesOf({ from, to }: z.infer<typeof proposalBody>, today: string): string[] {
  if (to < from || !inOneWeek(from, to))
    throw malformed([{ path: 'to', message: 'not before `from`, and in the same week, Monday to Sunday' }]);
  if (from < today) throw refused('roster.past', 'What is past is kept as it was; choose today or later days.');
  return Array.from({ length: daysBetween(from, to) + 1 }, (_none, day) => dateAfter(from, day));
}

/** Without what the log alone is told of a failure. */
function viewOf({ id, state, progress, startedAt, startedBy, part, result, error }: ProposalJob) {
  const told = result ?? part;
  const problem =
    error instanceof TooLarge
      ? { code: 'roster.too_large', detail: error.message }
      : { code: 'roster.failed', detail: 'The roster could not be made; ask again, or for fewer days.' };
  return { id, state, progress, startedAt, startedBy, ...(told && { told }), ...(state === 'failed' && { problem }) };
}

export function proposalRoutes(app: FastifyInstance, edge: Edge, proposals: Proposals): void {
  const guards = { onRequest: [inBranch(edge), only('head', 'regional', 'headOffice')] };
  const path = '/api/branches/:id/roster/proposals';

  app.post(path, guards, async (request, reply) => {
    const { actor, state } = branchOf(edge, request);
    const today = state.day?.date;
    if (today === undefined) throw refused('roster.not_set_up', 'This branch is not set up yet.');
    const dates = datesOf(parse(proposalBody, request.body), today);
    const made = problemOfBranch({ state, calendar: edge.calendar, dates });
    if (!made.ok) throw refused(made.code, made.reason);
    const job = proposals.start({ state, actor, problem: made.problem });
    if (job === undefined)
      throw new Problem({
        status: 503,
        code: 'roster.busy',
        detail: 'Rosters are being made for several branches already; ask again in a minute.',
        retryAfterS: 30,
      });
    return reply.code(202).send(viewOf(job));
  });

  app.get<ProposalRequest>(`${path}/:proposalId`, guards, async (request) => {
    const job = proposals.of(branchOf(edge, request).branchId, request.params.proposalId);
    if (job === undefined)
      throw notFound('roster.proposal_gone', 'A newer proposal was asked for, or this one was not looked at any more; ask for a new one.');
    return viewOf(job);
  });

  app.delete<ProposalRequest>(`${path}/:proposalId`, guards, async (request, reply) => {
    proposals.drop(branchOf(edge, request).branchId, request.params.proposalId);
    return reply.code(204).send();
  });
}
