/** A roster proposed for some days to come, beside the rota as it stands: each part with the command that accepts it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dateAfter, daysBetween } from '../../shared/branch/people/dates.ts';
import { compareRosters } from '../../shared/roster/compare.ts';
import { pastFlow } from '../roster/past-flow.ts';
import { inOneWeek, planCommand, problemOfBranch } from '../roster/problem-of-branch.ts';
import { type RosterSolver, SolverError } from '../roster/solver.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, only } from './guard.ts';
import { parse } from './parse.ts';
import { malformed, Problem } from './problem.ts';

export const proposalBody = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

const refused = (code: string, detail: string): Problem => new Problem({ status: 409, code, detail });

function datesOf({ from, to }: z.infer<typeof proposalBody>, today: string): string[] {
  if (to < from || !inOneWeek(from, to))
    throw malformed([{ path: 'to', message: 'not before `from`, and in the same week, Monday to Sunday' }]);
  if (from < today) throw refused('roster.past', 'What is past is kept as it was; choose today or later days.');
  return Array.from({ length: daysBetween(from, to) + 1 }, (_none, day) => dateAfter(from, day));
}

export function proposalRoutes(app: FastifyInstance, edge: Edge, solver: RosterSolver): void {
  const { store, calendar } = edge;
  const guards = { onRequest: [inBranch(edge), only('head', 'regional', 'headOffice')] };

  app.post('/api/branches/:id/roster/proposals', guards, async (request) => {
    const { branchId, state } = branchOf(edge, request);
    const today = state.day?.date;
    if (today === undefined) throw refused('roster.not_set_up', 'This branch is not set up yet.');
    const dates = datesOf(parse(proposalBody, request.body), today);
    const flow = pastFlow({ db: store.db, branchId, state, calendar, today });
    const made = problemOfBranch({ state, calendar, flow, dates });
    if (!made.ok) throw refused(made.code, made.reason);
    const { problem } = made;
    const outcome = await solver.solve(problem).catch((error: unknown) => {
      if (!(error instanceof SolverError)) throw error;
      throw new Problem({ status: 503, code: `roster.${error.fault}`, detail: error.message, retryAfterS: 30 });
    });
    if (!outcome.ok) throw refused('roster.too_large', outcome.reason);
    const { proposal } = outcome;
    const comparison = compareRosters(problem, problem.current ?? [], proposal.duties);
    const parts = comparison.parts.map((part) => {
      const duty = proposal.duties.find(({ staffId, date }) => staffId === part.staffId && date === part.date);
      return { ...part, command: planCommand(state, part.date, part.staffId, duty) };
    });
    return { seq: state.seq, proposal, comparison: { ...comparison, parts } };
  });
}
