import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateAfter, mondayOf } from '../../shared/branch/people/dates.ts';
import type { RosterComparison, RosterPart } from '../../shared/roster/compare.ts';
import type { PlanCommand } from '../roster/problem-of-branch.ts';
import type { RosterProposal } from '../roster/solve.ts';
import { TestEdge } from './edge.fixture.ts';

const MINUTE = 60_000;
const shift = (id: string, from: string, until: string, breaks: object[] = []) => ({ id, name: { zh: id, en: id }, from, until, breaks });
const people = {
  shifts: [
    shift('full', '08:30', '17:00', [{ earliest: '11:00', latest: '13:00', lengthMs: 60 * MINUTE }]),
    shift('morning', '09:00', '13:00'),
    shift('afternoon', '13:00', '17:00'),
  ],
  rules: { guards: 0 },
};
const roster = [
  { staffId: 'head', role: 'head' },
  { staffId: 'manager', role: 'manager' },
  ...[1, 2, 3, 9].map((number) => ({ staffId: `teller${number}`, role: 'teller', counterId: `c${number}` })),
];
const hours = {
  timeZone: 'Asia/Shanghai',
  week: Array.from({ length: 7 }, () => ({ opens: '09:00', closes: '17:00' })),
  holidays: [],
  makeUpDays: [],
};

interface View {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly progress: number;
  readonly told?: {
    readonly dates: readonly string[];
    readonly proposal: RosterProposal;
    readonly comparison: RosterComparison & { readonly parts: readonly (RosterPart & { readonly command: PlanCommand })[] };
  };
}

const MADE = { timeout: 60_000, interval: 50 };

let edge: TestEdge;
let head: string;
let day: string;
const path = '/api/branches/hq-01/roster/proposals';
const command = (cookie: string, body: object) => edge.command({ cookie }, body);

beforeAll(async () => {
  edge = await TestEdge.start();
  head = await edge.signIn('head');
  const admin = await edge.signIn('admin');
  const configured = await command(admin, { type: 'branch.configure', config: { people, hours, roster } });
  if (configured.statusCode !== 200) throw new Error(configured.body);
  // A week that the demo has not planned yet.
  day = dateAfter(mondayOf(edge.hub.state('hq-01')?.day?.date ?? ''), 42);
});
afterAll(() => edge.stop());

test('a proposal is for the head and above', async () => {
  const body = { from: day, to: day };
  for (const name of ['teller1', 'manager', 'admin']) {
    expect((await edge.ask('POST', path, { cookie: await edge.signIn(name), body })).statusCode).toBe(403);
  }
  expect((await edge.ask('POST', path, { body })).statusCode).toBe(401);
});

test('days that cannot be planned are refused with what to do', async () => {
  const asked = async (from: string, to: string) => (await edge.ask('POST', path, { cookie: head, body: { from, to } })).json() as object;
  expect(await asked('2020-01-06', '2020-01-07')).toMatchObject({ status: 409, code: 'roster.past' });
  expect(await asked(day, dateAfter(day, 7))).toMatchObject({ status: 400, errors: [{ path: 'to' }] });
  expect(await asked(dateAfter(day, 1), day)).toMatchObject({ status: 400, errors: [{ path: 'to' }] });
});

const ask = async (): Promise<View> => {
  const answered = await edge.ask('POST', path, { cookie: head, body: { from: day, to: day } });
  expect(answered.statusCode).toBe(202);
  return answered.json();
};
const look = (id: string, cookie = head) => edge.ask('GET', `${path}/${id}`, { cookie });

async function made(): Promise<NonNullable<View['told']>> {
  const { id } = await ask();
  await expect.poll(async () => ((await look(id)).json() as View).state, MADE).toBe('done');
  const { told, progress } = (await look(id)).json() as View;
  expect(progress).toBe(1);
  if (told === undefined) throw new Error('a proposal that is done has a roster');
  return told;
}

test('a proposal is there until a newer one is asked for or nobody wants it any more; others may not look', async () => {
  const first = await ask();
  expect(first).toMatchObject({ state: 'running', progress: 0 });
  expect((await look(first.id, await edge.signIn('teller1'))).statusCode).toBe(403);
  expect((await look(first.id)).statusCode).toBe(200);
  const second = await ask();
  expect((await look(first.id)).json()).toMatchObject({ status: 404, code: 'roster.proposal_gone' });
  expect((await edge.ask('DELETE', `${path}/${first.id}`, { cookie: head })).statusCode).toBe(204);
  expect((await look(second.id)).statusCode).toBe(200);
  expect((await edge.ask('DELETE', `${path}/${second.id}`, { cookie: head })).statusCode).toBe(204);
  expect((await look(second.id)).statusCode).toBe(404);
});

test('a day is proposed beside an empty rota; each part is accepted by its own command, and then nothing is left to change', async () => {
  const { proposal, comparison, dates } = await made();
  expect(dates).toEqual([day]);
  expect(proposal).toMatchObject({ proven: true, leastCost: proposal.cost });
  expect(comparison.before).toMatchObject({ staffMs: 0, duties: 0 });
  expect(comparison.parts.length).toBe(proposal.duties.length);
  expect(comparison.after.missingByRule).toBeLessThan(comparison.before.missingByRule);
  const cash = proposal.slots.filter(({ post }) => post === 'cash');
  expect(cash).toHaveLength(16);
  expect(cash.every(({ planned }) => planned >= 1)).toBe(true);

  const [first, ...others] = comparison.parts;
  expect((await command(head, first?.command ?? {})).statusCode).toBe(200);
  expect((await made()).comparison.parts.map(({ staffId }) => staffId)).not.toContain(first?.staffId);
  for (const part of others) {
    expect((await command(head, part.command)).statusCode).toBe(200);
  }
  const again = await made();
  expect(again.comparison.before.staffMs).toBe(comparison.after.staffMs);
  expect(again.proposal.cost).toBe(proposal.cost);
});
