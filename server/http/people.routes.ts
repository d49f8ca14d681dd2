/** People read: the plan of some days, who may take a place, who is here. What changes it are commands of the branch. */
import { and, eq, gte, isNull, lt, lte, or } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { breakQueue } from '../../shared/branch/people/breaks.ts';
import { dateAfter, daysBetween, mondayOf } from '../../shared/branch/people/dates.ts';
import type { RotaDay } from '../../shared/branch/people/people.state.ts';
import { dayOf, peopleRules, plannedShiftOf, postsOf, shiftOf, staffOn, workMs } from '../../shared/branch/people/roster.ts';
import { emptyDay } from '../../shared/branch/people/rota.evolve.ts';
import { substituteTold, substitutesFor } from '../../shared/branch/people/substitutes.ts';
import { swapPartners } from '../../shared/branch/people/swap-partners.ts';
import { namesOfStaff } from '../auth/people.ts';
import { postStretches, rotaDays } from '../store/schema.ts';
import { isLead, rotaFor } from '../realtime/audience.people.ts';
import type { Edge } from './edge.ts';
import { branchOf, type BranchParams, inBranch, staffOnly } from './guard.ts';
import { parse } from './parse.ts';
import { type Period, type PeriodQuery, periodOf } from './period.ts';
import { forbidden, malformed, notFound } from './problem.ts';

const MOST_DAYS = 92;

const rosterQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
const substituteQuery = z.object({ date: z.iso.date(), staffId: z.string().min(1).max(64) });
const partnerQuery = substituteQuery.partial({ staffId: true });

/** Working time of each person over these days, absences left out. */
function hoursOf(days: readonly RotaDay[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const day of days) {
    for (const shift of Object.values(day.shifts)) {
      if (day.absences[shift.staffId] === undefined) sums.set(shift.staffId, (sums.get(shift.staffId) ?? 0) + workMs(shift));
    }
  }
  return Object.fromEntries(sums);
}

function datesOf(state: BranchState, query: z.infer<typeof rosterQuery>): string[] {
  const from = query.from ?? mondayOf(query.to ?? state.day?.date ?? '1970-01-01');
  const to = query.to ?? dateAfter(from, 6);
  const days = daysBetween(from, to);
  if (days < 0 || days >= MOST_DAYS) throw malformed([{ path: 'to', message: `not before \`from\`, and at most ${MOST_DAYS} days` }]);
  return Array.from({ length: days + 1 }, (_none, day) => dateAfter(from, day));
}

/** The plan of days that the state no longer holds, or not yet. */
function keptDays({ store }: Edge, branchId: string, dates: readonly string[]): Map<string, RotaDay> {
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  const rows = store.read
    .select()
    .from(rotaDays)
    .where(and(eq(rotaDays.branch, branchId), gte(rotaDays.date, first), lte(rotaDays.date, last)))
    .all();
  return new Map(rows.map(({ date, body }) => [date, body]));
}

/** Who was at which post within these instants, oldest first; one that still lasts has no end. */
function stretchesOf({ store }: Edge, branchId: string, { from, to }: Period) {
  return store.read
    .select({
      staffId: postStretches.staffId,
      fromAt: postStretches.fromAt,
      toAt: postStretches.toAt,
      post: postStretches.post,
      counterId: postStretches.counterId,
    })
    .from(postStretches)
    .where(
      and(eq(postStretches.branch, branchId), lt(postStretches.fromAt, to), or(isNull(postStretches.toAt), gte(postStretches.toAt, from))),
    )
    .orderBy(postStretches.fromAt, postStretches.staffId)
    .all();
}

export function peopleRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), staffOnly] };

  app.get('/api/branches/:id/roster', guards, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const dates = datesOf(state, parse(rosterQuery, request.query));
    const kept = keptDays(edge, branchId, dates);
    const days = dates.map((date) => rotaFor(actor, dayOf(state, date) ?? kept.get(date) ?? emptyDay(date)));
    const names = namesOfStaff(edge.store.db);
    const usual = peopleRules(state)?.contract;
    return {
      seq: state.seq,
      today: state.day?.date,
      days,
      workMs: hoursOf(days),
      staff: staffOn(state, dates[0] ?? '').map((entry) => ({
        staffId: entry.staffId,
        name: names.get(entry.staffId) ?? entry.staffId,
        role: entry.role,
        posts: postsOf(entry),
        counterId: entry.counterId,
        contract: isLead(actor) || entry.staffId === actor.id ? (entry.contract ?? usual) : undefined,
      })),
      swaps: Object.values(state.people.swaps),
      loans: Object.values(state.people.loans).map(({ entry: _theirs, ...loan }) => loan),
    };
  });

  app.get('/api/branches/:id/roster/substitutes', guards, async (request) => {
    const { actor, state } = branchOf(edge, request);
    const { date, staffId } = parse(substituteQuery, request.query);
    const shift = plannedShiftOf(state, date, staffId);
    if (shift === undefined) throw notFound('roster.no_shift', `${staffId} has no shift on ${date}.`);
    return { date, shift, substitutes: substitutesFor(state, date, shift).map((one) => substituteTold(actor.role, one)) };
  });

  app.get('/api/branches/:id/roster/partners', guards, async (request) => {
    const { actor, state } = branchOf(edge, request);
    const { date, staffId } = parse(partnerQuery, request.query);
    if (!isLead(actor) && staffId !== undefined && staffId !== actor.id)
      throw forbidden('forbidden', 'Lobby manager and head plan the branch; leave staffId out to ask for yourself.');
    return { date, partners: swapPartners(state, { date, staffId: staffId ?? actor.id, now: edge.clock.now() }) };
  });

  app.get<{ Querystring: PeriodQuery; Params: BranchParams }>('/api/branches/:id/posts', guards, async (request) => {
    const { actor, branchId, state } = branchOf(edge, request);
    const { calendar, clock } = edge;
    const now = clock.now();
    const hours = state.config?.hours;
    const within = hours === undefined ? { from: now, to: now } : periodOf(request.query, { calendar, hours, now, mostDays: MOST_DAYS });
    // Where a colleague was on days past is for those who plan.
    return { ...within, posts: stretchesOf(edge, branchId, within).filter(({ staffId }) => isLead(actor) || staffId === actor.id) };
  });

  app.get('/api/branches/:id/people', guards, async (request) => {
    const { state } = branchOf(edge, request);
    const at = edge.clock.now();
    const names = namesOfStaff(edge.store.db);
    const date = state.day?.date;
    return {
      seq: state.seq,
      at,
      here: Object.values(state.people.presence).map((one) => ({
        ...one,
        name: names.get(one.staffId) ?? one.staffId,
        shift: date === undefined ? undefined : shiftOf(state, date, one.staffId),
      })),
      breaks: breakQueue(state, at),
    };
  });
}
