/** Who may do what, asked from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { display, kiosk, TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  edge = await TestEdge.start();
  for (const username of ['teller1', 'teller2', 'manager', 'head', 'region', 'admin']) cookies[username] = await edge.signIn(username);
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

const issue = { type: 'ticket.issue', serviceId: 'deposit' };

describe('what each role may not do', () => {
  it.each([
    ['teller1', { type: 'counter.open', counterId: 'c2' }],
    ['teller1', { type: 'ticket.callNext', counterId: 'c2' }],
    ['teller1', { type: 'branch.setPhase', phase: 'closed' }],
    ['teller1', { type: 'branch.configure', config: {} }],
    ['teller1', { type: 'retraining.confirm', staffId: 'teller2' }],
    ['manager', { type: 'branch.configure', config: {} }],
    ['manager', { type: 'retraining.confirm', staffId: 'teller2' }],
    ['region', { type: 'ticket.callNext', counterId: 'c1' }],
    ['region', issue],
    ['admin', { type: 'ticket.callNext', counterId: 'c1' }],
    ['outsider', { type: 'branch.setPhase', phase: 'closed' }],
  ])('%s: %o', async (username, command) => {
    const before = edge.deeds;
    const response = await edge.command({ cookie: cookies[username] }, command);
    expect(response.statusCode).toBe(403);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({ status: 403, code: expect.stringMatching(/forbidden/) });
    expect(edge.deeds).toBe(before);
  });

  it.each([
    ['a kiosk calls nobody', kiosk, { type: 'ticket.callNext', counterId: 'c1' }],
    ['a kiosk makes nobody a VIP', kiosk, { ...issue, segment: 'vip' }],
    ['a display changes nothing', display, issue],
    ['a kiosk issues no numbers of another branch', kiosk, issue, 'hq-02'],
  ])('%s', async (_name, as, command, branch = 'hq-01') => {
    expect((await edge.command(as, command, branch)).statusCode).toBe(403);
  });

  it.each([
    ['GET', '/api/bank', 'head'],
    ['POST', '/api/bank/commands', 'manager'],
    ['POST', '/api/import', 'manager'],
    ['GET', '/api/branches/hq-01/config', 'teller1'],
    ['GET', '/api/branches/hq-01/floor', 'outsider'],
    ['GET', '/api/branches/nowhere/floor', 'teller1'],
  ] as const)('%s %s is not for %s', async (method, path, username) => {
    const response = await edge.ask(method, path, { cookie: cookies[username], body: method === 'POST' ? {} : undefined });
    expect(response.statusCode).toBe(403);
  });

  it('a head lends people and changes nothing else of the bank', async () => {
    const command = { type: 'account.disable', username: 'teller1' };
    expect((await edge.bank(cookies['head'] ?? '', command)).statusCode).toBe(403);
    expect(edge.hub.bank().accounts.get('teller1')?.disabled).toBe(false);
  });

  it('devices read neither names, texts nor the ledger', async () => {
    for (const path of ['staff', 'texts/x', 'overruns', 'retraining']) {
      expect((await edge.ask('GET', `/api/branches/hq-01/${path}`, kiosk)).statusCode).toBe(403);
    }
  });
});

describe('strangers', () => {
  it('get 401 before their body is read', async () => {
    const response = await edge.ask('POST', '/api/branches/hq-01/commands', { body: '{broken' });
    expect(response.statusCode).toBe(401);
    expect(response.json().code).toBe('auth.required');
  });

  it.each([
    ['a made-up token', { token: 'demo-nothing' }],
    ['a made-up cookie', { cookie: 'counterflow=abc.def' }],
    ['an empty bearer', { headers: { authorization: 'Bearer ' } }],
    ['basic authentication', { headers: { authorization: 'Basic YTpi' } }],
  ])('%s opens nothing', async (_name, as) => {
    expect((await edge.ask('GET', '/api/branches', as)).statusCode).toBe(401);
  });

  it('a bad token is not helped by a good cookie', async () => {
    expect((await edge.ask('GET', '/api/branches', { token: 'demo-nothing', cookie: cookies['head'] })).statusCode).toBe(401);
  });
});

describe('branches', () => {
  it('each sees their own', async () => {
    const seen = async (as: object) => (await edge.ask('GET', '/api/branches', as)).json().map((branch: { id: string }) => branch.id);
    expect(await seen({ cookie: cookies['teller1'] })).toEqual(['hq-01']);
    expect(await seen({ cookie: cookies['region'] })).toEqual(['hq-01', 'hq-02', 'hq-03']);
    expect(await seen({ cookie: cookies['admin'] })).toEqual(['hq-01', 'hq-02', 'hq-03']);
    expect(await seen(kiosk)).toEqual(['hq-01']);
  });

  it('one that does not exist is 404 to whoever may see all', async () => {
    const response = await edge.ask('GET', '/api/branches/nowhere/floor', { cookie: cookies['admin'] });
    expect(response.json()).toMatchObject({ status: 404, code: 'branch.unknown' });
  });

  it('a region’s supervisor reads what they may not change', async () => {
    const response = await edge.ask('GET', '/api/branches/hq-02/floor', { cookie: cookies['region'] });
    expect(response.json()).toMatchObject({ branchId: 'hq-02', floor: { branchId: 'hq-02' } });
  });
});

describe('one command, one effect', () => {
  it('a hand-made id with the shape of a UUID is an id like any other', async () => {
    const body = { id: '00000000-0000-0000-0000-000000000001', ...issue };
    const send = () => edge.ask('POST', '/api/branches/hq-01/commands', { ...kiosk, body });
    const first = await send();
    expect(first.statusCode).toBe(200);
    expect((await send()).json()).toEqual(first.json());
  });

  it('the same id answers the same, another body under it is 422, and a teller’s id is not the manager’s', async () => {
    const id = uuid();
    const post = (cookie: string | undefined, body: object) =>
      edge.ask('POST', '/api/branches/hq-01/commands', { cookie, body: { id, ...body } });
    const first = await post(cookies['manager'], issue);
    expect(first.statusCode).toBe(200);
    const before = edge.deeds;
    const again = await post(cookies['manager'], { ...issue, unknownField: 1 });
    expect(again.json()).toEqual(first.json());
    expect((await post(cookies['manager'], { ...issue, id: id.toUpperCase() })).json()).toEqual(first.json());
    expect((await post(cookies['manager'], { ...issue, serviceId: 'balance' })).json()).toMatchObject({ status: 422 });
    expect(edge.deeds).toBe(before);
    expect((await post(cookies['head'], issue)).json().result.number).not.toBe(first.json().result.number);
  });

  it('who may no longer do it hears no replay of it', async () => {
    const body = { id: uuid(), ...issue };
    const post = () => edge.ask('POST', '/api/branches/hq-02/commands', { cookie: cookies['outsider'], body });
    expect((await post()).statusCode).toBe(200);
    await edge.bank(cookies['admin'] ?? '', { type: 'account.update', username: 'outsider', branches: ['hq-03'] });
    expect((await post()).statusCode).toBe(403);
  });

  it('a refusal leaves the id free', async () => {
    const id = uuid();
    const post = (body: object) => edge.ask('POST', '/api/branches/hq-01/commands', { cookie: cookies['manager'], body: { id, ...body } });
    expect((await post({ type: 'counter.close', counterId: 'c8' })).statusCode).toBe(409);
    expect((await post(issue)).statusCode).toBe(200);
  });

  it('eight tellers’ worth of presses at once serve one customer once', async () => {
    await edge.command({ cookie: cookies['manager'] }, { type: 'counter.open', counterId: 'c3', staffId: 'teller3' });
    const ids = Array.from({ length: 8 }, uuid);
    const presses = await Promise.all(
      ids.map((id) =>
        edge.ask('POST', '/api/branches/hq-01/commands', {
          cookie: cookies['manager'],
          body: { id, type: 'ticket.callNext', counterId: 'c3' },
        }),
      ),
    );
    const called = presses.flatMap((response) =>
      (response.json().events ?? []).filter((event: { type: string }) => event.type === 'ticket.called'),
    );
    expect(called).toHaveLength(1);
  });
});

describe('a kiosk hears only what the public may', () => {
  it('neither in the answer to its command nor in the log it reads', async () => {
    const issued = await edge.command(kiosk, { ...issue, segment: 'disabled', contact: { name: '李四', phone: '13912345678' } });
    expect(issued.json()).toMatchObject({
      events: [{ type: 'ticket.issued', number: expect.any(String) }],
      result: { follow: expect.stringMatching(/^\/t\//) },
    });
    const log = await edge.ask('GET', '/api/branches/hq-01/events?after=0&limit=1000', kiosk);
    const floor = await edge.ask('GET', '/api/branches/hq-01/floor', kiosk);
    for (const response of [issued, log, floor])
      expect(response.body).not.toMatch(/segment|contact|limit|staffId|李四|13912345678|"actor"/);
    expect(log.json().events.length).toBeGreaterThan(0);
  });
});

describe('the log of a branch', () => {
  it.each([
    ['', 200],
    ['&limit=0', 1],
    ['&limit=-5', 1],
    ['&limit=3', 3],
    ['&limit=1e9', 1000],
    ['&limit=many', 200],
  ])('limit %s is clamped to %i', async (query, most) => {
    const response = await edge.ask('GET', `/api/branches/hq-01/events?after=0${query}`, { cookie: cookies['head'] });
    const { events, seq } = response.json();
    expect(events.length).toBe(Math.min(most, seq));
    expect(events.map((event: { seq: number }) => event.seq)).toEqual(events.map((_event: unknown, index: number) => index + 1));
  });

  it('after the head there is nothing, whatever is asked', async () => {
    for (const after of ['999999', '1e300', 'x', '-3']) {
      expect((await edge.ask('GET', `/api/branches/hq-01/events?after=${after}`, { cookie: cookies['head'] })).statusCode).toBe(200);
    }
    expect((await edge.ask('GET', '/api/branches/hq-01/events?after=999999', { cookie: cookies['head'] })).json().events).toEqual([]);
  });
});

describe('refused access', () => {
  it('is logged and counted, without who the person is beyond their id', async () => {
    const before = edge.logged.length;
    await edge.command({ cookie: cookies['teller1'] }, { type: 'branch.setPhase', phase: 'closed', reason: '私人原因' });
    const line = edge.logged.slice(before).join('');
    expect(JSON.parse(line)).toMatchObject({ level: 40, code: 'forbidden', actor: 'teller1', route: '/api/branches/:id/commands' });
    expect(line).not.toContain('私人原因');
    expect((await edge.ask('GET', '/metrics')).body).toMatch(/counterflow_refused_total\{code="forbidden"\} [1-9]/);
  });
});

describe('names and texts', () => {
  it('staff read each other’s names; they are in no event and no account of the log', async () => {
    const staff = (await edge.ask('GET', '/api/branches/hq-01/staff', { cookie: cookies['teller1'] })).json();
    expect(staff).toContainEqual({ staffId: 'teller1', name: '王丽华', role: 'teller' });
    expect(JSON.stringify(edge.hub.bankEventsAfter(0, 1000))).not.toMatch(/王丽华|password|demo-pass/);
  });

  it('a customer’s contact is for the lobby manager and the head, not for every window', async () => {
    const issued = await edge.command({ cookie: cookies['manager'] }, { ...issue, contact: { phone: '13800138000' } });
    const ref = issued.json().events[0].contactRef;
    const read = (who: string) => edge.ask('GET', `/api/branches/hq-01/texts/${ref}`, { cookie: cookies[who] });
    expect((await read('manager')).json()).toMatchObject({ value: { phone: '13800138000' } });
    expect((await read('teller1')).statusCode).toBe(403);
  });

  it('a reason is read by its reference, by staff of the branch', async () => {
    const issued = await edge.command({ cookie: cookies['manager'] }, issue);
    const cancelled = await edge.command(
      { cookie: cookies['manager'] },
      { type: 'ticket.cancel', ticketId: issued.json().result.ticketId, reason: '问路' },
    );
    expect(cancelled.body).not.toContain('问路');
    const ref = cancelled.json().events.find((event: { type: string }) => event.type === 'ticket.cancelled').reasonRef;
    expect((await edge.ask('GET', `/api/branches/hq-01/texts/${ref}`, { cookie: cookies['teller1'] })).json()).toMatchObject({
      value: { text: '问路' },
    });
    expect((await edge.ask('GET', `/api/branches/hq-02/texts/${ref}`, { cookie: cookies['region'] })).statusCode).toBe(404);
  });
});
