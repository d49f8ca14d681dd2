/** The registers an auditor asks for: retained cards (吞卡登记) and cash added to machines (加钞). Newest first. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../../shared/aggregate.ts';
import { replenishments, retainedCards } from '../store/schema.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, staffOnly, type BranchParams } from './guard.ts';
import { clampedNumber } from './parse.ts';

const PAGE = { least: 1, most: 500, otherwise: 100 };
const BEFORE = { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: Number.MAX_SAFE_INTEGER };

interface RegisterRequest {
  Params: BranchParams;
  /** `before`: only what is older (epoch ms), to page on. */
  Querystring: { before?: string; limit?: string };
}

/** Whose card it was is for those who hand it back. */
const handsBack = ({ role }: Actor): boolean => role === 'manager' || role === 'head';

type CardRow = typeof retainedCards.$inferSelect;

export function registerRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), staffOnly] };
  const { personal, read } = edge.store;

  function card({ cardId, branch, digitsRef, contactRef, ...line }: CardRow, full: boolean) {
    if (!full) return { id: cardId, ...line };
    const lastDigits = digitsRef === null ? undefined : Object.values(personal.get(branch, digitsRef)?.value ?? {})[0];
    return { id: cardId, ...line, lastDigits, contactRef };
  }

  app.get<RegisterRequest>('/api/branches/:id/cards', guards, async (request) => {
    const { actor, branchId } = branchOf(edge, request);
    const before = clampedNumber(request.query.before, BEFORE);
    const rows = read
      .select()
      .from(retainedCards)
      .where(and(eq(retainedCards.branch, branchId), lt(retainedCards.retainedAt, before)))
      .orderBy(desc(retainedCards.retainedAt))
      .limit(clampedNumber(request.query.limit, PAGE))
      .all();
    return { cards: rows.map((row) => card(row, handsBack(actor))) };
  });

  app.get<RegisterRequest>('/api/branches/:id/replenishments', guards, async (request) => {
    const { branchId } = branchOf(edge, request);
    const before = clampedNumber(request.query.before, BEFORE);
    const rows = read
      .select()
      .from(replenishments)
      .where(and(eq(replenishments.branch, branchId), lt(replenishments.at, before)))
      .orderBy(desc(replenishments.at))
      .limit(clampedNumber(request.query.limit, PAGE))
      .all();
    return { replenishments: rows.map(({ replenishmentId, branch: _branch, ...line }) => ({ id: replenishmentId, ...line })) };
  });
}
