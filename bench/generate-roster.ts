/** A branch of fifteen and its flow: its roster as the hub makes it, beside everybody on the full shift. Sends what it found. */
import { windowsNeeded } from '../shared/forecast/offered-load.ts';
import { totalsOf } from '../shared/roster/compare.ts';
import {
  type Duty,
  type Post,
  type RosterDay,
  type RosterProblem,
  type RosterStaff,
  SLOT_MS,
  type ShiftTemplate,
} from '../shared/roster/roster-problem.ts';
import { createRosterSolver } from '../server/roster/solver.ts';

const HOUR = 2 * SLOT_MS;
const MINUTE = HOUR / 60;
const count = Number(process.argv[2]);

/** Customers per half hour from 8:00, the morning peak and the one after lunch; cash, a tenth as many non-cash. */
const flow = [0, 14, 20, 27, 30, 27, 22, 17, 14, 15, 18, 24, 25, 23, 18, 13, 9, 6, 3, 0];
const weekdays = [1.1, 0.95, 0.9, 0.9, 1.05, 0.7, 0.6];
const target = { rule: 'target', target: { share: 0.95, withinMs: 10 * MINUTE } } as const;

const lunch = { lengthMs: HOUR, within: { fromMs: 11 * HOUR, toMs: 14 * HOUR } };
const shift = (id: string, from: number, to: number, ...breaks: ShiftTemplate['breaks']): ShiftTemplate => ({
  id,
  fromMs: from * HOUR,
  toMs: to * HOUR,
  breaks,
});
const full = shift('full', 8.5, 17.5, lunch);
const short = { lengthMs: SLOT_MS, within: { fromMs: 11 * HOUR, toMs: 13.5 * HOUR } };
const templates = [
  full,
  shift('early', 8, 16, short),
  shift('late', 10, 18, short),
  shift('morning', 8, 12),
  shift('noon', 9.5, 15),
  shift('afternoon', 13.5, 18),
];

const contract = { mostDayMs: 8 * HOUR, mostWeekMs: 44 * HOUR, mostDaysAWeek: 6 };
const group = (prefix: string, size: number, posts: RosterStaff['posts'], head = false): RosterStaff[] =>
  Array.from({ length: size }, (_none, index) => ({ staffId: `${prefix}${index + 1}`, posts, head, contract, absences: [] }));
const own = (...posts: Post[]): RosterStaff['posts'] => posts.map((post) => ({ post }));
const staff = [
  ...group('teller', 5, own('cash')),
  ...group('chief', 1, [...own('cash', 'nonCash'), { post: 'lobby', substitute: true }]),
  ...group('both', 2, own('cash', 'nonCash')),
  ...group('nonCash', 2, own('nonCash')),
  ...group('manager', 2, own('lobby')),
  ...group('guard', 2, own('guard')),
  ...group('head', 1, [{ post: 'lobby', substitute: true }], true),
];

const dayOf = (index: number): RosterDay => {
  const arrivals = flow.map((customers) => customers * (weekdays[index % 7] ?? 1));
  const cash = windowsNeeded([{ serviceId: 'cash', arrivals, meanServiceMs: 3 * MINUTE }], SLOT_MS, target);
  const nonCash = windowsNeeded(
    [{ serviceId: 'nonCash', arrivals: arrivals.map((one) => one / 10), meanServiceMs: 10 * MINUTE }],
    SLOT_MS,
    target,
  );
  const atLeast = (rule: number, windows = 0) => ({ rule, total: Math.max(rule, windows) });
  return {
    date: `2026-11-${String(index + 9).padStart(2, '0')}`,
    fromMs: 8 * HOUR,
    heads: 1,
    needs: flow.map((_customers, slot) =>
      slot === 0 || slot === flow.length - 1
        ? {}
        : { guard: atLeast(1), lobby: atLeast(1), cash: atLeast(2, cash[slot]?.windows), nonCash: atLeast(1, nonCash[slot]?.windows) },
    ),
  };
};

/** As a branch without a forecast does it: all on the full shift six days of seven, lunches in three turns. */
function fixedRoster({ days }: RosterProblem): Duty[] {
  return days.flatMap(({ date }, day) =>
    staff.flatMap(({ staffId }, index): Duty[] => {
      if (days.length > 1 && (index + day) % 7 === 0) return [];
      const fromMs = 11 * HOUR + (index % 3) * HOUR;
      return [{ staffId, date, templateId: full.id, fromMs: full.fromMs, toMs: full.toMs, breaks: [{ fromMs, toMs: fromMs + HOUR }] }];
    }),
  );
}

const problem: RosterProblem = { days: Array.from({ length: count }, (_none, index) => dayOf(index)), staff, templates, restMs: 11 * HOUR };
const solver = createRosterSolver();
// The thread and its wasm are there before the clock runs, as in a hub that has made a roster before.
await solver.solve({ ...problem, days: problem.days.slice(0, 1), staff: staff.slice(0, 1) });
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const outcome = await solver.solve(problem);
const tookMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
if (!outcome.ok) throw new Error(outcome.reason);
const { proposal } = outcome;
process.send?.({
  tookMs,
  cpuMs: (user + system) / 1_000,
  proven: proposal.proven,
  cost: proposal.cost,
  leastCost: proposal.leastCost,
  ours: totalsOf(problem, proposal.duties),
  fixed: totalsOf(problem, fixedRoster(problem)),
});
await solver.stop();
