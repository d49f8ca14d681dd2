/** The administrator's side, the customers' links and the ledger. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kiosk, TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
let admin: string;
let manager: { cookie: string };

beforeAll(async () => {
  edge = await TestEdge.start();
  admin = await edge.signIn('admin');
  manager = { cookie: await edge.signIn('manager') };
});
afterAll(() => edge.stop());

describe('devices', () => {
  it('a new one’s token is told once, works at once, survives a restart and ends with its revocation', async () => {
    const body = { id: uuid(), type: 'device.create', deviceId: 'k2', kind: 'kiosk', branchId: 'hq-02' };
    const made = await edge.ask('POST', '/api/bank/commands', { cookie: admin, body });
    const { token } = made.json().result;
    expect(token).toMatch(/^[\w-]{32}$/);
    const again = await edge.ask('POST', '/api/bank/commands', { cookie: admin, body });
    expect(again.json()).toMatchObject({ seq: made.json().seq });
    expect(again.body).not.toContain(token);
    const seen = () => edge.ask('GET', '/api/branches', { token });
    expect((await seen()).json()).toMatchObject([{ id: 'hq-02' }]);
    await edge.restart();
    expect((await seen()).statusCode).toBe(200);
    expect((await edge.ask('GET', '/api/bank', { cookie: admin })).body).not.toContain(token);
    await edge.bank(admin, { type: 'device.revoke', deviceId: 'k2' });
    expect((await seen()).statusCode).toBe(401);
  });
});

describe('accounts', () => {
  it('the password is in no answer and no event; the same request again is the same, another password is not', async () => {
    const body = {
      id: uuid(),
      type: 'account.create',
      username: 'new-one',
      name: '新人',
      password: 'secret-pass-9',
      role: 'teller',
      branches: ['hq-02'],
    };
    const post = (more: object) => edge.ask('POST', '/api/bank/commands', { cookie: admin, body: { ...body, ...more } });
    const made = await post({});
    expect(made.statusCode).toBe(200);
    expect((await post({})).json()).toEqual(made.json());
    expect((await post({ password: 'secret-pass-8' })).json()).toMatchObject({ status: 422 });
    const bank = await edge.ask('GET', '/api/bank', { cookie: admin });
    expect(bank.json().accounts).toContainEqual(expect.objectContaining({ username: 'new-one', name: '新人', role: 'teller' }));
    expect(made.body + bank.body).not.toMatch(/secret-pass|argon2/);
    await edge.signIn('new-one', 'secret-pass-9');
  });

  it.each([
    [
      { type: 'account.create', username: 'Big Name', name: 'x', password: 'secret-pass-9', role: 'teller', branches: ['hq-01'] },
      400,
      'username',
    ],
    [{ type: 'account.create', username: 'weak', name: 'x', password: 'short', role: 'teller', branches: ['hq-01'] }, 400, 'password'],
    [
      { type: 'account.create', username: 'lost', name: 'x', password: 'secret-pass-9', role: 'teller', branches: ['nowhere'] },
      409,
      'branches.0',
    ],
    [{ type: 'account.create', username: 'boss', name: 'x', password: 'secret-pass-9', role: 'owner', branches: [] }, 400, 'role'],
    [{ type: 'account.explode' }, 400, 'type'],
    [{ type: 'bank.setUp', username: 'sneaky' }, 400, 'type'],
  ])('%o is refused at its field', async (command, status, path) => {
    const response = await edge.bank(admin, command);
    expect(response.json()).toMatchObject({ status, errors: [{ path }] });
  });
});

describe('a branch’s configuration', () => {
  it('what is exported is taken back unchanged, and a change is an audited event', async () => {
    const head = await edge.signIn('head');
    const exported = (await edge.ask('GET', '/api/branches/hq-01/config', { cookie: head })).json();
    expect((await edge.command({ cookie: head }, { type: 'branch.configure', config: exported.config })).statusCode).toBe(200);
    const again = (await edge.ask('GET', '/api/branches/hq-01/config', { cookie: head })).json();
    expect(again.config).toEqual(exported.config);
    const log = edge.hub.eventsAfter('hq-01', exported.seq, 10);
    expect(log[0]).toMatchObject({ type: 'branch.configured', actor: 'head' });
  });
});

describe('importing branches', () => {
  const branch = (id: string) => ({
    id,
    config: {
      name: { zh: '分行', en: 'Imported' },
      counters: [{ id: 'c1', number: 1, kind: 'cash', serviceIds: ['deposit'] }],
      roster: [{ staffId: `${id}-t`, role: 'teller', counterId: 'c1' }],
    },
    staff: [{ username: `${id}-t`, name: '小王', password: 'import-pass-1', role: 'teller' }],
    devices: [{ id: `${id}-kiosk`, kind: 'kiosk' }],
  });
  const send = (body: object) => edge.ask('POST', '/api/import', { cookie: admin, body });

  it('makes them with staff and devices, and the same import again changes nothing', async () => {
    const body = { id: uuid(), branches: [branch('imp-1'), branch('imp-2')] };
    const done = await send(body);
    expect(done.statusCode).toBe(200);
    const [first] = done.json().branches;
    expect((await edge.ask('GET', '/api/branches/imp-1/floor', { token: first.tokens['imp-1-kiosk'] })).json()).toMatchObject({
      floor: { name: { en: 'Imported' } },
    });
    await edge.signIn('imp-2-t', 'import-pass-1');
    const { seq } = edge.hub.bank();
    expect((await send(body)).statusCode).toBe(200);
    expect(edge.hub.bank().seq).toBe(seq);
  });

  it('tells every fault with its place and then imports nothing at all', async () => {
    const taken = { ...branch('imp-4'), staff: [{ username: 'teller1', name: '重名', password: 'import-pass-1', role: 'teller' }] };
    const astray = {
      ...branch('imp-5'),
      config: { ...branch('imp-5').config, roster: [{ staffId: 'x', role: 'teller', counterId: 'c9' }] },
    };
    const refused = await send({ id: uuid(), branches: [branch('imp-3'), taken, astray] });
    expect(refused.json()).toMatchObject({ status: 409, code: 'import.refused' });
    expect(refused.json().errors.map((error: { path: string }) => error.path)).toEqual([
      'branches.1.staff.0.username',
      'branches.2.config.roster.0.counterId',
    ]);
    expect(edge.hub.bank().branches.get('imp-3')).toBeUndefined();
    const malformed = await send({ id: uuid(), branches: [{ ...branch('imp-6'), config: { name: 5 } }] });
    expect(malformed.json()).toMatchObject({ status: 400 });
    expect(malformed.json().errors.map((error: { path: string }) => error.path)).toEqual(
      expect.arrayContaining(['branches.0.config.name', 'branches.0.config.counters']),
    );
  });
});

describe('a customer’s link', () => {
  const issue = async () =>
    (await edge.command(kiosk, { type: 'ticket.issue', serviceId: 'wealth', contact: { phone: '13900000000' } })).json().result;

  it('shows the number, those ahead and an honest range, as JSON to a script', async () => {
    const first = await issue();
    const second = await issue();
    const response = await edge.ask('GET', second.follow);
    expect(response.json()).toMatchObject({
      number: second.number,
      state: 'waiting',
      ahead: 1,
      waitMs: { low: expect.any(Number), high: expect.any(Number) },
    });
    expect(response.body).not.toMatch(/13900000000|segment|limit|staff/);
    expect((await edge.ask('GET', `/api${first.follow}`)).json()).toMatchObject({ number: first.number, ahead: 0 });
  });

  it('asks a browser for the page', async () => {
    const { follow } = await issue();
    const response = await edge.ask('GET', follow, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect(response.headers['content-type']).not.toContain('json');
  });

  it('made up, altered or of another number opens nothing', async () => {
    const { follow, ticketId } = await issue();
    const other = await issue();
    const mac = String(follow).split('.')[2];
    for (const token of [
      'x',
      'a.b.c',
      `hq-01.${ticketId}.`,
      `hq-01.${other.ticketId}.${mac}`,
      `hq-02.${ticketId}.${mac}`,
      `${follow.slice(3)}x`,
      '%00',
      '..',
    ]) {
      expect((await edge.ask('GET', `/api/t/${token}`)).statusCode).toBe(404);
    }
  });

  it('gives up its own number, once, and rates only what was served', async () => {
    const { follow } = await issue();
    expect((await edge.ask('POST', `/api${follow}/rate`, { body: { score: 5 } })).statusCode).toBe(409);
    expect((await edge.ask('POST', `/api${follow}/rate`, { body: { score: 6 } })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'score' }],
    });
    const id = uuid();
    expect((await edge.ask('POST', `/api${follow}/cancel`, { body: { id } })).json()).toMatchObject({ state: 'cancelled' });
    expect((await edge.ask('POST', `/api${follow}/cancel`, { body: { id } })).statusCode).toBe(200);
    expect((await edge.ask('POST', `/api${follow}/cancel`)).statusCode).toBe(409);
  });
});

describe('the ledger', () => {
  it('shows a teller their own entries and the manager all', async () => {
    const teller1 = { cookie: await edge.signIn('teller1') };
    const teller2 = { cookie: await edge.signIn('teller2') };
    await edge.command(manager, { type: 'ticket.issue', serviceId: 'deposit' });
    await edge.command(teller1, { type: 'counter.open', counterId: 'c1' });
    await edge.command(teller1, { type: 'ticket.callNext', counterId: 'c1' });
    await edge.command(teller1, { type: 'ticket.start', counterId: 'c1' });
    edge.push(4 * 60_000);
    expect((await edge.command(teller1, { type: 'ticket.complete', counterId: 'c1' })).statusCode).toBe(200);
    const ledger = async (as: object, query = '') => (await edge.ask('GET', `/api/branches/hq-01/overruns${query}`, as)).json();
    expect((await ledger(manager)).overruns).toMatchObject([{ staffId: 'teller1', serviceId: 'deposit', limitMs: 120_000, stage: 2 }]);
    expect((await ledger(teller1)).overruns).toHaveLength(1);
    expect((await ledger(teller2)).overruns).toEqual([]);
    expect((await ledger(manager, '?period=1999Q1')).overruns).toEqual([]);
    expect(await ledger(manager, '?period=never')).toMatchObject({ status: 400, errors: [{ path: 'period' }] });
    expect((await edge.ask('GET', '/api/branches/hq-01/retraining', manager)).json()).toEqual({ retraining: [] });
    const theirs = (await edge.ask('GET', '/api/branches/hq-01/floor', teller2)).json().floor;
    expect(theirs.overruns).toEqual([]);
    const heard = (await edge.ask('GET', '/api/branches/hq-01/events?limit=1000', teller2)).json().events;
    expect(heard.some((event: { type: string }) => event.type === 'overrun.recorded')).toBe(false);
    expect(heard.map((event: { seq: number }) => event.seq)).toEqual(heard.map((_event: unknown, index: number) => index + 1));
  });
});
