import { expect, test } from 'vitest';
import { accept, compareRosters, totalsOf } from './compare.ts';
import { coverageOf } from './coverage.ts';
import { type Duty, type Post, problemWith, type RosterProblem, type RosterStaff, SLOT_MS } from './roster-problem.ts';

const HOUR = 2 * SLOT_MS;
const date = '2026-11-30';
const person = (staffId: string, posts: RosterStaff['posts']): RosterStaff => ({
  staffId,
  posts,
  contract: { mostDayMs: 8 * HOUR, mostWeekMs: 40 * HOUR },
  absences: [],
});
const own = (...posts: Post[]): RosterStaff['posts'] => posts.map((post) => ({ post }));
const duty = (staffId: string, from: number, to: number, ...breaks: [number, number][]): Duty => ({
  staffId,
  date,
  templateId: `${from}-${to}`,
  fromMs: from * HOUR,
  toMs: to * HOUR,
  breaks: breaks.map(([start, end]) => ({ fromMs: start * HOUR, toMs: end * HOUR })),
});
const need = { rule: 1, total: 1 };

/** Two half hours from 9: a lobby manager, one teller by rule and a second for the queue. */
const problem: RosterProblem = {
  days: [{ date, fromMs: 9 * HOUR, heads: 0, needs: [0, 1].map(() => ({ lobby: need, cash: { rule: 1, total: 2 } })) }],
  staff: [
    person('an', [...own('cash'), { post: 'lobby', substitute: true }]),
    person('bo', own('cash', 'nonCash')),
    person('mei', own('lobby')),
  ],
  templates: [],
  restMs: 0,
};
const placesOf = (duties: readonly Duty[]): string[] =>
  coverageOf(problem, duties).duties.map(({ staffId, places }) => `${staffId} ${places.map(({ place }) => place).join(' ')}`);

test('everybody is placed where most is covered, the substitute only where the manager is not', () => {
  expect(placesOf([duty('an', 9, 10), duty('bo', 9, 10), duty('mei', 9, 10)])).toEqual(['an cash', 'bo cash', 'mei lobby']);
  // The rule before the queue: of two tellers one goes to the lobby while nobody else can.
  expect(placesOf([duty('an', 9, 10), duty('bo', 9, 10), duty('mei', 9.5, 10)])).toEqual(['an lobby cash', 'bo cash', 'mei lobby']);
});

test('what is missing is told by half hour, post and reason; people not known and other days do not count', () => {
  const { slots, shortfalls, staffMs } = coverageOf(problem, [
    duty('an', 9, 10),
    duty('stranger', 9, 10),
    { ...duty('bo', 9, 10), date: '2026-12-01' },
  ]);
  expect(staffMs).toBe(HOUR);
  expect(slots.filter(({ post }) => post === 'lobby').map(({ need: wanted, planned }) => [wanted, planned])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(shortfalls).toEqual(
    [9, 9.5].flatMap((hour) =>
      (['rule', 'demand'] as const).map((why) => ({ kind: 'post', why, date, fromMs: hour * HOUR, post: 'cash', missing: 1 })),
    ),
  );
});

test('before the doors and in surplus half hours people are in reserve, on a break nowhere', () => {
  const [placed] = coverageOf(problem, [duty('mei', 8, 10.5, [9, 9.5])]).duties;
  expect(placed?.places).toEqual([
    { place: 'reserve', fromMs: 8 * HOUR, toMs: 9 * HOUR },
    { place: 'lobby', fromMs: 9.5 * HOUR, toMs: 10 * HOUR },
    { place: 'reserve', fromMs: 10 * HOUR, toMs: 10.5 * HOUR },
  ]);
});

test('a comparison says per person and day what changes; parts can be accepted one by one', () => {
  const current = [duty('an', 9, 10), duty('mei', 9, 10, [9, 9.5])];
  const proposed = [duty('bo', 9, 10), duty('mei', 9, 10), duty('an', 9, 10)];
  const { before, after, parts, unchanged } = compareRosters(problem, current, proposed);
  expect(parts.map(({ staffId, change }) => `${staffId} ${change}`)).toEqual(['bo added', 'mei changed']);
  expect(unchanged).toBe(1);
  expect(before).toMatchObject({ staffMs: 1.5 * HOUR, duties: 2, missingByRule: 1, missingForDemand: 2 });
  expect(after).toMatchObject({ staffMs: 3 * HOUR, duties: 3, missingByRule: 0, missingForDemand: 0, shortfalls: [] });

  expect(totalsOf(problem, accept(current, parts.slice(0, 1)))).toMatchObject({ missingByRule: 0, missingForDemand: 1 });
  expect(compareRosters(problem, accept(current, parts), proposed).parts).toEqual([]);
  const removed = compareRosters(problem, proposed, [duty('mei', 9, 10)]).parts;
  expect(removed.map(({ staffId, change }) => `${staffId} ${change}`)).toEqual(['an removed', 'bo removed']);
  expect(accept(proposed, removed)).toEqual([duty('mei', 9, 10)]);
});

test.each([
  [{ days: [] }, 'a roster is for at least one day'],
  [{ staff: [person('an', own('cash')), person('an', own('lobby'))] }, 'staff an is named twice'],
  [{ days: [...problem.days, ...problem.days] }, 'the days go forward: 2026-11-30 follows 2026-11-30'],
  [
    {
      templates: [
        { id: 'long', fromMs: 9 * HOUR, toMs: 12 * HOUR, breaks: [{ lengthMs: HOUR, within: { fromMs: 9 * HOUR, toMs: 9.5 * HOUR } }] },
      ],
    },
    'shift long: a break is longer than its window',
  ],
  [{ restMs: -1 }, 'the rest between shifts is between 0 and 24 hours'],
])('a problem that makes no sense is told: %o', (wrong, reason) => {
  expect(problemWith({ ...problem, ...wrong })).toBe(reason);
  expect(problemWith(problem)).toBeUndefined();
});
