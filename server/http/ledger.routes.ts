/** The ledger of overruns (台账) and retraining. A teller sees their own; leads see the branch. */
import { and, desc, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { periodOf } from '../../shared/branch/day/period.ts';
import type { BranchState, Overrun } from '../../shared/branch/branch.state.ts';
import { overruns } from '../store/schema.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, staffOnly, type BranchParams } from './guard.ts';
import { malformed } from './problem.ts';

const PERIOD = /^\d{4}(-(0[1-9]|1[0-2])|Q[1-4])$/;
/** A period's ledger is a list for people; beyond this the newest are shown. */
const MOST = 5_000;

type Row = typeof overruns.$inferSelect;

function entry(row: Row, state: BranchState): Overrun {
  const { overrunId, branch: _branch, appealedAt, appealRef, decidedAt, decidedBy, upheld, decisionRef, ...rest } = row;
  const decided =
    decidedAt === null ? undefined : { at: decidedAt, by: decidedBy ?? '', upheld: upheld === true, reasonRef: decisionRef ?? '' };
  const appeal = appealedAt === null ? undefined : { at: appealedAt, reasonRef: appealRef ?? '', decided };
  return { id: overrunId, ...rest, appeal, settled: state.overruns.get(overrunId)?.settled };
}

const currentPeriod = ({ day, config }: BranchState): string =>
  day === undefined ? '' : periodOf(day.date, config?.policy.retraining.period ?? 'quarter');

export function ledgerRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), staffOnly] };

  app.get<{ Params: BranchParams; Querystring: { period?: string } }>('/api/branches/:id/overruns', guards, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const period = request.query.period ?? currentPeriod(state);
    if (period !== '' && !PERIOD.test(period)) throw malformed([{ path: 'period', message: 'a month 2026-11 or a quarter 2026Q4' }]);
    const mine = actor.role === 'teller' ? eq(overruns.staffId, actor.id) : undefined;
    const rows = edge.store.read
      .select()
      .from(overruns)
      .where(and(eq(overruns.branch, branchId), eq(overruns.period, period), mine))
      .orderBy(desc(overruns.endedAt))
      .limit(MOST)
      .all();
    return { period, overruns: rows.map((row) => entry(row, state)) };
  });

  app.get('/api/branches/:id/retraining', guards, async (request) => {
    const { actor, state } = branchOf(edge, request);
    const all = Object.values(state.retraining);
    return { retraining: actor.role === 'teller' ? all.filter(({ staffId }) => staffId === actor.id) : all };
  });
}
