/** People read: the plan of some days, who may take a place, who is here. What changes it are commands of the branch. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { breakQueue } from '../../shared/branch/people/breaks.ts';
import { dateAfter, daysBetween, mondayOf } from '../../shared/branch/people/dates.ts';
import type { RotaDay } from '../../shared/branch/people/people.state.ts';
import { dayOf, peopleRules, plannedShiftOf, postsOf, shiftOf, staffOn, workMs } from '../../shared/branch/people/roster.ts';
import { emptyDay } from '../../shared/branch/people/rota.evolve.ts';
import { substitutesFor } from '../../shared/branch/people/substitutes.ts';
import { namesOfStaff } from '../auth/people.ts';
import { rotaFor } from '../realtime/audience.ts';
import type { Edge } from './edge.ts';
import { branchOf, inBranch, staffOnly } from './guard.ts';
import { parse } from './parse.ts';
import { malformed, notFound } from './problem.ts';

const MOST_DAYS = 92;

const rosterQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
const substituteQuery = z.object({ date: z.iso.date(), staffId: z.string().min(1).max(64) });

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

export function peopleRoutes(app: FastifyInstance, edge: Edge): void {
  const guards = { onRequest: [inBranch(edge), staffOnly] };

  app.get('/api/branches/:id/roster', guards, async (request) => {
    const { actor, state } = branchOf(edge, request);
    const dates = datesOf(state, parse(rosterQuery, request.query));
    const days = dates.map((date) => rotaFor(actor, dayOf(state, date) ?? emptyDay(date)));
    const names = namesOfStaff(edge.store.db);
    const contract = peopleRules(state)?.contract;
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
        contract: entry.contract ?? contract,
      })),
      swaps: Object.values(state.people.swaps),
    };
  });

  app.get('/api/branches/:id/roster/substitutes', guards, async (request) => {
    const { state } = branchOf(edge, request);
    const { date, staffId } = parse(substituteQuery, request.query);
    const shift = plannedShiftOf(state, date, staffId);
    if (shift === undefined) throw notFound('roster.no_shift', `${staffId} has no shift on ${date}.`);
    return { date, shift, substitutes: substitutesFor(state, date, shift) };
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
