/** What staff and kiosks may read about machines, asked from outside; and what nobody else ever hears. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Viewer } from '../realtime/viewer.fixture.ts';
import { display, kiosk, TestEdge } from './edge.fixture.ts';

let edge: TestEdge;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  edge = await TestEdge.start();
  for (const username of ['teller1', 'manager', 'head', 'region', 'admin']) cookies[username] = await edge.signIn(username);
  const outsider = {
    type: 'account.create',
    username: 'outsider',
    name: '外人',
    password: 'demo-pass-1',
    role: 'head',
    branches: ['hq-02'],
  };
  await edge.bank(cookies['admin'] ?? '', outsider);
  cookies['outsider'] = await edge.signIn('outsider');
});
afterAll(() => edge.stop());

const as = (username: string) => ({ cookie: cookies[username] ?? '' });
const get = (path: string, who: object) => edge.ask('GET', `/api/branches/hq-01/${path}`, who);
const tell = (id: string, status: object, at: number) =>
  edge.ask('POST', `/api/machines/${id}/telemetry`, { token: id, body: { at, status } });

describe('who reads what', () => {
  const routes = ['cards', 'replenishments', 'machines/availability', 'offer?serviceId=withdrawal'];
  it.each(routes)('%s: strangers are asked to sign in, other branches are refused', async (route) => {
    expect((await get(route, {})).statusCode).toBe(401);
    expect((await get(route, as('outsider'))).statusCode).toBe(403);
    expect((await edge.ask('GET', `/api/branches/nowhere/${route}`, as('admin'))).statusCode).toBe(404);
  });
  it.each(routes.slice(0, 3))('%s is for staff', async (route) => {
    for (const device of [kiosk, display, { token: 'm1' }]) expect((await get(route, device)).statusCode).toBe(403);
    for (const who of ['teller1', 'manager', 'head', 'region']) expect((await get(route, as(who))).statusCode).toBe(200);
  });
  it('offers are for kiosks and staff', async () => {
    expect((await get('offer?serviceId=withdrawal', display)).statusCode).toBe(403);
    expect((await get('offer?serviceId=withdrawal', { token: 'm1' })).statusCode).toBe(403);
    expect((await get('offer?serviceId=withdrawal', kiosk)).statusCode).toBe(200);
    expect((await get('offer?serviceId=withdrawal', as('teller1'))).statusCode).toBe(200);
  });
});

it('the register of cards is newest first, pages on, and shows last digits to those who hand cards back', async () => {
  for (const lastDigits of ['9911', '9922', '9933']) {
    await edge.command(as('manager'), { type: 'card.register', machineId: 'm1', lastDigits, contact: { name: '张三' } });
    edge.push(1_000);
  }
  const { cards } = (await get('cards', as('manager'))).json() as { cards: { id: string; lastDigits?: string; retainedAt: number }[] };
  expect(cards.map(({ lastDigits }) => lastDigits)).toEqual(['9933', '9922', '9911']);
  const [newest] = cards;
  const page = (await get(`cards?limit=1&before=${newest?.retainedAt}`, as('head'))).json() as { cards: { lastDigits?: string }[] };
  expect(page.cards.map(({ lastDigits }) => lastDigits)).toEqual(['9922']);
  for (const who of ['teller1', 'region']) {
    const seen = await get('cards', as(who));
    expect((seen.json() as { cards: object[] }).cards).toHaveLength(3);
    expect(seen.body).not.toMatch(/"99[123]{2}"|lastDigits|digitsRef|contactRef|张三/);
  }
});

it('a card’s last digits are read by those who hand it back, by no other road either', async () => {
  const answer = await edge.command(as('manager'), { type: 'card.register', machineId: 'm1', lastDigits: '9944' });
  const { events } = answer.json() as { events: { digitsRef?: string }[] };
  const text = `texts/${events.find(({ digitsRef }) => digitsRef !== undefined)?.digitsRef}`;
  expect((await get(text, as('head'))).body).toContain('9944');
  expect((await get(text, as('teller1'))).statusCode).toBe(403);
  expect((await get(text, as('region'))).statusCode).toBe(403);
});

it('the register of replenishments names both people and the difference', async () => {
  const replenish = { type: 'machine.replenish', machineId: 'm3', loadedFen: 50_000_00, countedFen: 49_900_00, expectedFen: 50_000_00 };
  const { result } = (await edge.command(as('teller1'), replenish)).json() as { result: { replenishmentId: string } };
  await edge.command(as('manager'), { type: 'machine.confirmReplenishment', machineId: 'm3', ...result });
  expect((await get('replenishments', as('head'))).json()).toMatchObject({
    replenishments: [{ id: result.replenishmentId, machineId: 'm3', by: 'teller1', confirmedBy: 'manager', differenceFen: -100_00 }],
  });
});

it('a count that was withdrawn stays in the register, with who said so', async () => {
  const replenish = { type: 'machine.replenish', machineId: 'm3', loadedFen: 0, countedFen: 1, expectedFen: 2 };
  const { result } = (await edge.command(as('teller1'), replenish)).json() as { result: { replenishmentId: string } };
  await edge.command(as('manager'), { type: 'machine.withdrawReplenishment', machineId: 'm3', reason: '数错了', ...result });
  const { replenishments } = (await get('replenishments', as('head'))).json() as { replenishments: { id: string }[] };
  expect(replenishments.find(({ id }) => id === result.replenishmentId)).toMatchObject({ confirmedBy: null, settledBy: 'manager' });
});

describe('the period of availability', () => {
  const availability = (query: string) => get(`machines/availability?${query}`, as('manager'));

  it('is this business day unless asked for another', async () => {
    const { from, to } = (await availability('')).json() as { from: number; to: number };
    const day = new Date(to + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(from).toBe(Date.parse(`${day}T00:00:00+08:00`));
    const asked = (await availability(`from=${day}&to=${day}`)).json() as { from: number; to: number };
    expect(asked.from).toBe(from);
    expect(asked.to).toBeGreaterThanOrEqual(to);
    expect((await availability(`from=${to - 5_000}&to=${to - 1_000}`)).json()).toMatchObject({ from: to - 5_000, to: to - 1_000 });
  });

  it.each(['from=yesterday', 'from=2026-02-30', 'to=2026-13-01', 'from=-1', 'from=2020-01-01', 'from=2999-01-01', 'from=5000&to=4000'])(
    '%s is malformed',
    async (query) => {
      const response = await availability(query);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ code: 'input.invalid', errors: [{ path: query.split('=')[0] }] });
    },
  );

  it('names every registered machine, and counts only from its registration', async () => {
    await tell('m1', { device: 'online' }, 10);
    edge.push(20_000);
    await tell('m1', { device: 'online' }, 11);
    const { machines, branch } = (await availability('')).json() as {
      machines: { id: string; availability: number; shouldMs: number; upMs: number }[];
      branch: { shouldMs: number; availability: number };
    };
    expect(machines).toHaveLength(12);
    const [first] = machines;
    expect(first?.id).toBe('m1');
    expect(first?.upMs).toBeGreaterThanOrEqual(20_000);
    expect(first?.shouldMs).toBeLessThan(600_000);
    expect(branch.availability).toBeLessThan(0.5);
  });
});

describe('an offer', () => {
  const offer = (query: string, who: object = kiosk) => get(`offer?${query}`, who);

  it.each([
    '',
    'serviceId=',
    'serviceId=withdrawal&segment=rich',
    'serviceId=withdrawal&amountFen=-1',
    'serviceId=withdrawal&amountFen=1e5',
  ])('"%s" is malformed', async (query) => {
    expect((await offer(query)).statusCode).toBe(400);
  });

  it('is made when a machine is quicker, for what it can do, and never to the elderly', async () => {
    await tell('m1', { device: 'online', dispenser: 'ok' }, 100);
    expect((await offer('serviceId=wealth')).json()).toEqual({});
    await edge.command(as('manager'), { type: 'counter.open', counterId: 'c1' });
    for (let n = 0; n < 12; n += 1) await edge.command(kiosk, { type: 'ticket.issue', serviceId: 'withdrawal' });
    const { machine } = (await offer('serviceId=withdrawal&amountFen=100000')).json() as { machine: { id: string; savesMs: number } };
    expect(machine).toMatchObject({ id: 'm1', name: { en: 'ATM 1' }, place: { en: '24-hour hall' } });
    expect(machine.savesMs).toBeGreaterThan(0);
    expect((await offer('serviceId=withdrawal&segment=elderly')).json()).toEqual({});
    expect((await offer('serviceId=withdrawal&amountFen=99999999')).json()).toEqual({});
  });
});

it('staff hear of a machine on the board; kiosk, display, machine and phone hear nothing of it', async () => {
  const staff = Viewer.connect(edge, as('teller1'));
  const others = [kiosk, display, { token: 'demo-machine' }].map((device) => Viewer.connect(edge, device));
  const { seq } = await staff.watch({ branchId: 'hq-01', audience: 'staff' });
  for (const other of others) await other.watch({ branchId: 'hq-01', audience: 'public', after: seq });
  await tell('m6', { device: 'fraudAttempt', door: 'tampered' }, 1);
  await edge.command(as('manager'), {
    type: 'machine.report',
    machineId: 'm7',
    state: 'outOfService',
    fault: 'cardJam',
    note: 'canary-note',
  });
  await edge.command(as('manager'), { type: 'card.register', machineId: 'm7', lastDigits: '7654' });
  await Promise.all([staff, ...others].map((viewer) => viewer.caughtUp()));
  const heard = staff.heard.map(({ type }) => type);
  expect(heard).toEqual(expect.arrayContaining(['machine.statusChanged', 'machine.reported', 'card.registered', 'attention.raised']));
  for (const other of others) {
    const both = Math.min(other.heard.length, staff.heard.length);
    expect(other.heard.slice(0, both).map(({ seq: at }) => at)).toEqual(staff.heard.slice(0, both).map(({ seq: at }) => at));
    expect(new Set(other.heard.map(({ type }) => type))).toEqual(new Set(['skip']));
  }
  for (const path of ['floor', 'events?limit=1000']) {
    const body = (await get(path, display)).body;
    expect(body).not.toMatch(/machine|fault|tampered|card\.|case\.|canary|7654|"m[0-9]+"/);
  }
  for (const viewer of [staff, ...others]) viewer.socket.close();
});
