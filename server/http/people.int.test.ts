/** The plan read back, who was where, and the shared terminal. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dateAfter, weekOf } from '../../shared/branch/people/dates.ts';
import type { RotaDay } from '../../shared/branch/people/people.state.ts';
import type { TerminalView } from '../../shared/contract/terminal.ts';
import { LOCKED_MS } from '../auth/sign-in.ts';
import { demoShifts } from '../demo/demo-bank.ts';
import { Viewer } from '../realtime/viewer.fixture.ts';
import { display, kiosk, TestEdge, uuid } from './edge.fixture.ts';

const HOUR = 3_600_000;
let edge: TestEdge;
let manager: string;
let teller: string;
let terminal: { token: string };
let today: string;

beforeAll(async () => {
  edge = await TestEdge.start({ logLevel: 'trace' });
  const admin = await edge.signIn('admin');
  [manager, teller] = [await edge.signIn('manager'), await edge.signIn('teller1')];
  const made = await edge.bank(admin, { type: 'device.create', deviceId: 'desk', kind: 'terminal', branchId: 'hq-01' });
  terminal = { token: made.json().result.token };
  today = edge.hub.state('hq-01')?.day?.date ?? '';
});
afterAll(() => edge.stop());

const roster = async (query = '', cookie = manager) => edge.ask('GET', `/api/branches/hq-01/roster${query}`, { cookie });

describe('the demo branch', () => {
  it('has a plan for this week and the next that keeps everybody’s hours and rest, and nothing about people to attend to', async () => {
    const days = weekOf(dateAfter(today, 7));
    const { days: planned } = (await roster(`?from=${days[0]}&to=${days[6]}`)).json<{ days: RotaDay[] }>();
    expect(planned.map(({ shifts }) => Object.keys(shifts).length)).toEqual(days.map((_date, weekday) => demoShifts(weekday).length));
    for (const [weekday, date] of days.entries()) {
      const again = await edge.command({ cookie: manager }, { type: 'roster.setDay', date, shifts: demoShifts(weekday), dutyId: 'head' });
      expect(again.json().result.warnings).toEqual([]);
    }
    expect(Object.values(edge.hub.state('hq-01')?.attention ?? {})).toEqual([]);
    expect(edge.hub.state('hq-02')?.people.begun).toBeUndefined();
  });
});

describe('the plan read back', () => {
  it('is of any days asked for, also of those the state has long forgotten', async () => {
    const shifts = [{ staffId: 'teller1', shiftId: 'early' }];
    await edge.command({ cookie: manager }, { type: 'roster.setDay', date: today, shifts });
    edge.push(60 * 24 * HOUR);
    [manager, teller] = [await edge.signIn('manager'), await edge.signIn('teller1')];
    await edge.command({ cookie: manager }, { type: 'branch.setDayType', dayType: 'market' });
    expect(edge.hub.state('hq-01')?.people.rota[today]).toBeUndefined();
    const { days, workMs } = (await roster(`?from=${today}&to=${today}`)).json();
    expect(days).toMatchObject([{ date: today, shifts: { teller1: { shiftId: 'early' } } }]);
    expect(workMs).toEqual({ teller1: 7.75 * HOUR });
    edge.store.rebuildReadModels(({ branch, seq }) => edge.hub.eventsAfter(branch, seq - 1, 1)[0] as never);
    expect((await roster(`?from=${today}&to=${today}`)).json().days).toEqual(days);
    today = edge.hub.state('hq-01')?.day?.date ?? '';
  });

  it('is bounded, and for staff', async () => {
    expect((await roster('?from=2026-01-01&to=2026-06-01')).json()).toMatchObject({ status: 400, errors: [{ path: 'to' }] });
    expect((await roster('?from=monday')).statusCode).toBe(400);
    expect((await edge.ask('GET', '/api/branches/hq-01/roster', kiosk)).statusCode).toBe(403);
    expect((await edge.ask('GET', '/api/branches/hq-01/people', display)).statusCode).toBe(403);
  });

  it('says why a colleague is away to leads and the person alone', async () => {
    const date = dateAfter(today, 2);
    const gone = { type: 'roster.absence', staffId: 'teller2', date, reason: '看病' };
    const { events } = (await edge.command({ cookie: manager }, gone)).json();
    const { reasonRef } = events.find(({ type }: { type: string }) => type === 'roster.absenceExplained');
    const told = async (cookie: string) => (await roster(`?from=${date}&to=${date}`, cookie)).json().days[0].absences['teller2'].reasonRef;
    expect([await told(manager), await told(await edge.signIn('teller2')), await told(teller)]).toEqual([reasonRef, reasonRef, undefined]);
    const seen = (await edge.ask('GET', '/api/branches/hq-01/events?limit=1000', { cookie: teller })).json();
    expect(JSON.stringify(seen)).not.toContain(reasonRef);
    expect(JSON.stringify(edge.hub.eventsAfter('hq-01', 0, 10_000))).not.toContain('看病');
  });
});

it('the deputy stands in for the lobby manager: leads the floor, and takes over a case of theirs', async () => {
  const deputy = await edge.signIn('deputy');
  expect((await edge.command({ cookie: deputy }, { type: 'branch.setDayType', dayType: 'payday' })).statusCode).toBe(200);
  const logging = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 2, subject: '排队' };
  const { caseId } = (await edge.command({ cookie: manager }, logging)).json().result;
  expect((await edge.command({ cookie: manager }, { type: 'case.handOver', caseId, toStaffId: 'deputy' })).statusCode).toBe(200);
  expect((await edge.command({ cookie: deputy }, { type: 'case.accept', caseId })).statusCode).toBe(200);
  expect(edge.hub.state('hq-01')?.cases.get(caseId)).toMatchObject({ ownerId: 'deputy', level: 2 });
  await edge.command({ cookie: manager }, { type: 'branch.setDayType', dayType: 'ordinary' });
});

describe('papers of colleagues', () => {
  const floorOf = async (cookie: string) => (await edge.ask('GET', '/api/branches/hq-01/floor', { cookie })).body;
  const eventsOf = async (cookie: string) => (await edge.ask('GET', '/api/branches/hq-01/events?limit=1000', { cookie })).body;
  const count = (body: string): number => body.match(/expiresOn/g)?.length ?? 0;

  it('are with leads; a teller is told their own, on the floor, in events and over a line that was down', async () => {
    expect(count(await floorOf(manager))).toBeGreaterThan(10);
    expect(count(await eventsOf(manager))).toBeGreaterThan(10);
    expect([count(await floorOf(teller)), count(await eventsOf(teller))]).toEqual([1, 1]);
    const viewer = Viewer.connect(edge, { cookie: teller });
    expect(await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: 0 })).toMatchObject({ ok: true });
    await viewer.caughtUp();
    expect(viewer.heard.map(({ type }) => type)).toContain('branch.configured');
    expect(count(JSON.stringify(viewer.heard))).toBe(1);
    viewer.socket.close();
  });

  it('say whom a shift suits without being told: partners for a swap, one’s own; anybody’s for leads', async () => {
    const date = dateAfter(today, 1);
    await edge.command(
      { cookie: manager },
      {
        type: 'roster.setDay',
        date,
        shifts: [
          { staffId: 'teller1', shiftId: 'early' },
          { staffId: 'teller3', shiftId: 'late' },
        ],
      },
    );
    const partners = (cookie: string, of = '') => edge.ask('GET', `/api/branches/hq-01/roster/partners?date=${date}${of}`, { cookie });
    const found = (await partners(teller)).json().partners;
    expect(found[0]).toMatchObject({ staffId: 'teller3', sameRole: true, shift: { shiftId: 'late' } });
    expect((await partners(teller, '&staffId=teller3')).statusCode).toBe(403);
    expect((await partners(manager, '&staffId=teller1')).json().partners).toEqual(found);
    const hours = async (cookie: string) =>
      (await roster('', cookie)).json().staff.filter(({ contract }: { contract?: object }) => contract !== undefined).length;
    expect([await hours(teller), (await hours(manager)) > 10]).toEqual([1, true]);
    const substitutes = async (cookie: string) =>
      (await edge.ask('GET', `/api/branches/hq-01/roster/substitutes?date=${date}&staffId=teller1`, { cookie })).body;
    expect([(await substitutes(teller)).includes('hoursLeftMs'), (await substitutes(manager)).includes('hoursLeftMs')]).toEqual([
      false,
      true,
    ]);
  });
});

it('who was at which post is kept with its times', async () => {
  const at = async () => (await edge.ask('GET', '/api/branches/hq-01/posts', { cookie: manager })).json().posts;
  await edge.command({ cookie: manager }, { type: 'counter.open', counterId: 'c5' });
  await edge.command({ cookie: manager }, { type: 'post.take', staffId: 'teller5', kind: 'backOffice' });
  await edge.command({ cookie: manager }, { type: 'post.leave', staffId: 'teller5' });
  const rows = (await at()).filter(({ staffId }: { staffId: string }) => staffId === 'teller5');
  expect(rows.map(({ post, toAt }: { post: string; toAt: number | null }) => [post, toAt !== null])).toEqual([
    ['counter', true],
    ['backOffice', true],
  ]);
  const seen = (await edge.ask('GET', '/api/branches/hq-01/posts', { cookie: teller })).json().posts;
  expect(seen.filter(({ staffId }: { staffId: string }) => staffId !== 'teller1')).toEqual([]);
});

describe('a person lent to another branch for a day', () => {
  const settled = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 10_000, interval: 10 });
  const loans = (branch: string) => edge.hub.state(branch)?.people.loans ?? {};
  const lend = (cookie: string, body: object = {}) =>
    edge.bank(cookie, {
      type: 'loan.make',
      loanId: 'l1',
      staffId: 'floater1',
      fromBranchId: 'hq-01',
      toBranchId: 'hq-02',
      date: today,
      ...body,
    });

  it('works there that day and not at home, for both branches and the own account, until it is ended', async () => {
    const [head, floater] = [await edge.signIn('head'), await edge.signIn('floater1')];
    const sits = (branch: string) => edge.command({ cookie: floater }, { type: 'post.take', kind: 'counter', counterId: 'c1' }, branch);
    expect((await sits('hq-02')).statusCode).toBe(403);
    expect((await lend(manager)).statusCode).toBe(403);
    expect((await lend(head, { fromBranchId: 'hq-03' })).statusCode).toBe(403);
    expect((await lend(head, { date: '2020-01-01' })).json()).toMatchObject({ status: 400, errors: [{ path: 'date' }] });
    expect((await edge.bank(head, { type: 'account.disable', username: 'teller1' })).statusCode).toBe(403);
    expect((await lend(head)).statusCode).toBe(200);
    await settled(() => 'l1' in loans('hq-01') && 'l1' in loans('hq-02'));
    expect((await edge.command({ cookie: manager }, { type: 'post.take', kind: 'backOffice', staffId: 'floater1' })).json().code).toBe(
      'staff.lent',
    );
    expect((await sits('hq-02')).json().result).toEqual({ staffId: 'floater1' });
    expect(edge.hub.state('hq-02')?.counters['c1']?.staffId).toBe('floater1');
    const borrowed = (await edge.ask('GET', '/api/branches/hq-02/roster', { cookie: await edge.signIn('region') })).json();
    expect(borrowed.loans).toMatchObject([{ staffId: 'floater1', fromBranchId: 'hq-01', toBranchId: 'hq-02', date: today }]);
    expect((await edge.bank(head, { type: 'loan.end', loanId: 'l1' })).statusCode).toBe(200);
    await settled(() => !('l1' in loans('hq-01')) && !('l1' in loans('hq-02')));
    expect((await sits('hq-02')).statusCode).toBe(403);
  });

  it('made just before the hub went down is told to the branches when it is up again', async () => {
    const head = await edge.signIn('head');
    expect((await lend(head, { loanId: 'l2' })).statusCode).toBe(200);
    await edge.restart();
    await settled(() => 'l2' in loans('hq-01') && 'l2' in loans('hq-02'));
    expect(edge.hub.eventsAfter('hq-02', 0, 1_000).filter(({ type }) => type === 'staff.borrowed')).toHaveLength(2);
  });
});

describe('the shared terminal', () => {
  const pin = '305917';
  const speak = (body: object, as: { token?: string; cookie?: string } = terminal) =>
    edge.ask('POST', '/api/branches/hq-01/terminal/commands', { ...as, body: { id: uuid(), staffId: 'guard2', pin, ...body } });
  const take = { command: { type: 'post.take', kind: 'guard' } };
  const setPin = (body: object) =>
    edge.ask('POST', '/api/session/pin', { body: { username: 'guard2', password: 'demo-pass-1', pin, ...body } });

  it('takes a post by a PIN that the person has set; guards have no session of their own', async () => {
    expect((await edge.ask('POST', '/api/session', { body: { username: 'guard2', password: 'demo-pass-1' } })).statusCode).toBe(401);
    expect((await speak(take)).json()).toMatchObject({ status: 401, code: 'pin.wrong' });
    expect((await setPin({ password: 'another-pass' })).json()).toMatchObject({ status: 401, code: 'auth.wrong' });
    expect((await setPin({ pin: '123456' })).json()).toMatchObject({ status: 400, errors: [{ path: 'pin' }] });
    expect((await setPin({})).statusCode).toBe(204);
    const id = uuid();
    const first = (await speak({ ...take, id })).json();
    expect(first.result).toMatchObject({ staffId: 'guard2', post: { kind: 'guard' } });
    expect((await speak({ ...take, id })).json()).toEqual(first);
    expect(edge.hub.state('hq-01')?.people.presence['guard2']?.post).toEqual({ kind: 'guard' });
    const { people } = (await edge.ask('GET', '/api/branches/hq-01/terminal', terminal)).json();
    expect(people.find(({ staffId }: { staffId: string }) => staffId === 'guard2')).toMatchObject({
      hasPin: true,
      here: { post: { kind: 'guard' } },
      posts: [],
    });
    // A window that somebody sits at is offered to nobody; whom the plan or the roster seats at one has it first.
    await edge.command({ cookie: manager }, { type: 'counter.open', counterId: 'c4', staffId: 'teller4' });
    const { people: now } = (await edge.ask('GET', '/api/branches/hq-01/terminal', terminal)).json<TerminalView>();
    const postsOf = (who: string) =>
      now.find(({ staffId }) => staffId === who)?.posts.map(({ kind, counterId }) => counterId ?? kind) ?? [];
    expect(postsOf('teller2')[0]).toBe('c2');
    expect(postsOf('teller2')).not.toContain('c4');
    expect(postsOf('teller4')).toEqual(['backOffice']);
    await edge.command({ cookie: manager }, { type: 'counter.close', counterId: 'c4' });
  });

  it('does nothing else, for nobody else, and only from the branch’s own terminal or its leads', async () => {
    expect((await speak({ command: { type: 'branch.setDayType', dayType: 'pension' } })).json()).toMatchObject({
      status: 403,
      code: 'terminal.not_here',
    });
    expect((await speak({ command: { ...take.command, staffId: 'guard1' } })).statusCode).toBe(403);
    expect((await speak(take, kiosk)).statusCode).toBe(403);
    expect((await speak(take, { cookie: teller })).statusCode).toBe(403);
    expect((await edge.ask('POST', '/api/branches/hq-02/terminal/commands', { ...terminal, body: {} })).statusCode).toBe(403);
    expect((await speak({ command: { type: 'break.begin' } }, { cookie: manager })).statusCode).toBe(200);
    expect((await edge.ask('GET', '/api/branches/hq-01/floor', terminal)).json().floor.people).toBeUndefined();
  });

  it('locks after five wrong PINs, apart from the password, and the PIN is nowhere in log, events or database', async () => {
    for (let n = 0; n < 5; n++) expect((await speak({ ...take, pin: '640281' })).statusCode).toBe(401);
    expect((await speak({ command: { type: 'break.end' } })).json()).toMatchObject({ status: 429, code: 'pin.locked' });
    edge.push(LOCKED_MS + 1_000);
    expect((await speak({ command: { type: 'break.end' } })).statusCode).toBe(200);
    const kept = JSON.stringify([edge.logged, edge.hub.eventsAfter('hq-01', 0, 10_000), edge.hub.bankEventsAfter(0, 10_000)]);
    expect(kept).not.toMatch(/305917|640281/);
    const { pin_hash: hash } = edge.store.db.prepare("SELECT pin_hash FROM people WHERE username = 'guard2'").get() as { pin_hash: string };
    expect(hash).toMatch(/^\$argon2id\$/);
  });

  it('a new password from an administrator ends the PIN as well', async () => {
    const admin = { cookie: await edge.signIn('admin') };
    const command = { id: uuid(), type: 'account.setPassword', username: 'guard2', password: 'demo-pass-1' };
    expect((await edge.ask('POST', '/api/bank/commands', { ...admin, body: command })).statusCode).toBe(200);
    expect((await speak({ command: { type: 'break.begin' } })).json()).toMatchObject({ status: 401, code: 'pin.wrong' });
    expect((await setPin({})).statusCode).toBe(204);
    expect((await speak({ command: { type: 'break.begin' } })).statusCode).toBe(200);
  });
});
