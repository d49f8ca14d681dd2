import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { caseLog, machineAndCaseCommands, shiftEnd } from './support/case-commands.ts';
import { endHub } from './support/ending.ts';
import { type Called, Client, cookieOf, device, expectProblem, type Fields, PASSWORD, signIn, stranger } from './support/client.ts';
import { Viewer } from './support/viewer.ts';

type Try = readonly [string, Fields];

/** One of each kind of act, well-formed. */
const acts: readonly Try[] = [
  ['ticket.issue', { serviceId: 'deposit' }],
  ['ticket.callNext', { counterId: 'c1' }],
  ['ticket.finishAndCallNext', { counterId: 'c1', ticketId: 'x' }],
  ['ticket.call', { counterId: 'c1', ticketId: 'x', reason: 'r' }],
  ['ticket.recall', { counterId: 'c1' }],
  ['ticket.start', { counterId: 'c1' }],
  ['ticket.addItem', { counterId: 'c1', serviceId: 'deposit' }],
  ['ticket.complete', { counterId: 'c1' }],
  ['ticket.noShow', { counterId: 'c1' }],
  ['ticket.requeue', { ticketId: 'x' }],
  ['ticket.park', { counterId: 'c1', reason: 'r' }],
  ['ticket.unpark', { ticketId: 'x' }],
  ['ticket.return', { counterId: 'c1', ticketId: 'x' }],
  ['ticket.transfer', { counterId: 'c1', toServiceId: 'withdrawal' }],
  ['ticket.cancel', { ticketId: 'x', reason: 'r' }],
  ['ticket.divert', { ticketId: 'x', to: 'machine' }],
  ['ticket.undivert', { ticketId: 'x' }],
  ['ticket.walkUp', { counterId: 'c1', serviceId: 'deposit', reason: 'r' }],
  ['ticket.setSegment', { ticketId: 'x', segment: 'vip', reason: 'r' }],
  ['ticket.fetch', { ticketId: 'x' }],
  ['ticket.confirmNoShow', { ticketId: 'x' }],
  ['ticket.rate', { ticketId: 'x', score: 5 }],
  ['limit.extend', { ticketId: 'x', class: 'coins' }],
  ['limit.appeal', { overrunId: 'x', reason: 'r' }],
  ['limit.decideAppeal', { overrunId: 'x', upheld: true, reason: 'r' }],
  ['retraining.confirm', { staffId: 'teller1' }],
  ['retraining.pass', { staffId: 'teller1' }],
  ['counter.open', { counterId: 'c12' }],
  ['counter.pause', { counterId: 'c1', reason: 'r' }],
  ['counter.pauseAfter', { counterId: 'c1', reason: 'r' }],
  ['counter.confirmCashCount', { counterId: 'c1' }],
  ['counter.resume', { counterId: 'c1' }],
  ['counter.close', { counterId: 'c1' }],
  ['help.call', { counterId: 'c1', kind: 'change' }],
  ['help.answer', { counterId: 'c1', kind: 'change' }],
  ['branch.setPhase', { phase: 'closed' }],
  ['branch.setDayType', { dayType: 'pension' }],
  ['system.outage', { scope: 'branch' }],
  ['system.restored', { outageId: 'x' }],
];
const except = (...types: readonly string[]): readonly Try[] => acts.filter(([type]) => !types.includes(type));

describe('who may do what', () => {
  let hub: HubProcess;
  let url: string;
  let manager: Client;
  let admin: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    url = hub.baseUrl;
    [manager, admin] = await Promise.all([signIn(url, 'manager'), signIn(url, 'admin')]);
    for (const n of [1, 2]) await (await signIn(url, `teller${n}`)).act('counter.open', { counterId: `c${n}` });
    for (let n = 0; n < 4; n++) await manager.issue();
  });
  afterAll(() => endHub(hub));

  async function expectForbidden(
    client: Client,
    tries: readonly Try[],
    status: number | readonly number[],
    branch = 'hq-01',
  ): Promise<void> {
    const region = await signIn(url, 'region');
    const before = await region.seq(branch);
    for (const [type, fields] of tries)
      expectProblem(await client.command(type, fields, { branch }), status, `${type} ${JSON.stringify(fields)}`);
    expect(await region.seq(branch)).toBe(before);
  }

  test('without a session, with an invented token or an invented cookie nothing is done and nothing is seen', async () => {
    const { ticketId } = await manager.issue();
    const session = await cookieOf(url, 'manager');
    const strangers: Record<string, Client> = {
      nobody: stranger(url),
      'an invented token': device(url, 'demo-kiosk2'),
      'an empty token': device(url, ''),
      'another scheme': new Client(url, { authorization: 'Basic bWFuYWdlcjpkZW1vLXBhc3MtMQ==' }),
      'an invented cookie': new Client(url, { cookie: 'sessionId=abc' }),
      'a cookie with a changed end': new Client(url, { cookie: `${session.slice(0, -6)}AAAAAA` }),
      'a cookie without its signature': new Client(url, { cookie: decodeURIComponent(session).replace(/\.[^.]*$/, '') }),
    };
    for (const [name, client] of Object.entries(strangers)) {
      for (const [type, fields] of acts) expectProblem(await client.command(type, { ...fields, ticketId }), 401, `${name}: ${type}`);
      for (const path of [
        '/api/branches',
        '/api/branches/hq-01/floor',
        '/api/branches/hq-01/events',
        '/api/branches/hq-01/overruns',
        '/api/branches/hq-01/retraining',
        '/api/branches/hq-01/staff',
        '/api/branches/hq-01/config',
        '/api/session',
        '/api/bank',
      ]) {
        expectProblem(await client.get(path), 401, `${name}: ${path}`);
      }
    }
  });

  test('whether a branch exists is nobody’s business who is not signed in', async () => {
    const there = await stranger(url).get('/api/branches/hq-01/floor');
    const notThere = await stranger(url).get('/api/branches/nope/floor');
    expect(notThere.status).toBe(there.status);
    expect(notThere.body).toEqual(there.body);
  });

  test('a kiosk gives out numbers and takes ratings, and nothing else', async () => {
    const kiosk = device(url, 'demo-kiosk');
    await expectForbidden(kiosk, except('ticket.issue', 'ticket.rate'), 403);
    await expectForbidden(
      kiosk,
      [
        ['ticket.issue', { serviceId: 'deposit', segment: 'vip' }],
        ['branch.configure', { config: {} }],
      ],
      403,
    );
    await expectForbidden(kiosk, acts, 403, 'hq-02');
    for (const path of ['overruns', 'retraining', 'staff', 'config', 'texts/x'])
      expectProblem(await kiosk.get(`/api/branches/hq-01/${path}`), 403, path);
  });

  test('a display acts on nothing', async () => {
    await expectForbidden(device(url, 'demo-display'), acts, 403);
  });

  test('a machine acts on nothing of the floor', async () => {
    await expectForbidden(device(url, 'demo-machine'), acts, 403);
    await expectForbidden(device(url, 'demo-machine'), acts, 403, 'hq-02');
  });

  test("a teller acts at the own counter only, and never on the branch's day, on appeals or on retraining", async () => {
    const teller = await signIn(url, 'teller1');
    const { floor } = await manager.floor();
    const waiting = floor.tickets.find(({ state }) => state === 'waiting')?.id;
    const atOther: Try[] = acts
      .filter(([type, fields]) => 'counterId' in fields && !['counter.confirmCashCount', 'help.answer'].includes(type))
      .map(([type, fields]) => [type, { ...fields, counterId: 'c2', ...('ticketId' in fields ? { ticketId: waiting } : {}) }]);
    await expectForbidden(teller, atOther, 403);
    await expectForbidden(
      teller,
      [
        ['branch.setPhase', { phase: 'closed' }],
        ['branch.setDayType', { dayType: 'pension' }],
        ['limit.decideAppeal', { overrunId: 'x', upheld: true, reason: 'r' }],
        ['retraining.confirm', { staffId: 'teller1' }],
        ['retraining.pass', { staffId: 'teller1' }],
        ['system.outage', { scope: 'branch' }],
        ['ticket.cancel', { ticketId: waiting, reason: 'r' }],
        ['ticket.setSegment', { ticketId: waiting, segment: 'vip', reason: 'r' }],
        ['ticket.divert', { ticketId: waiting, to: 'machine' }],
        ['counter.open', { counterId: 'c12', staffId: 'teller1' }],
        ['counter.open', { counterId: 'c3', staffId: 'teller3' }],
        ['counter.open', { counterId: 'c1', staffId: 'teller3' }],
        ['branch.configure', { config: {} }],
      ],
      403,
    );
    await expectForbidden(teller, acts, 403, 'hq-02');
    expectProblem(await teller.get('/api/bank'), 403);
  });

  test('a teller cannot touch the customer another teller is serving', async () => {
    const [teller1, teller2] = await Promise.all([signIn(url, 'teller1'), signIn(url, 'teller2')]);
    const { ticketId } = await teller2.act<Called>('ticket.callNext', { counterId: 'c2' });
    await teller2.act('ticket.start', { counterId: 'c2' });
    await expectForbidden(
      teller1,
      [
        ['ticket.finishAndCallNext', { counterId: 'c2', ticketId }],
        ['ticket.cancel', { ticketId, reason: 'r' }],
        ['ticket.setSegment', { ticketId, segment: 'vip', reason: 'r' }],
        ['limit.extend', { ticketId, class: 'identity' }],
        ['ticket.rate', { ticketId, score: 1 }],
      ],
      403,
    );
    await expectForbidden(
      teller1,
      [
        ['ticket.finishAndCallNext', { counterId: 'c1', ticketId }],
        ['ticket.return', { counterId: 'c1', ticketId }],
      ],
      [403, 409],
    );
    await teller2.act('ticket.complete', { counterId: 'c2' });
  });

  test('the lobby manager runs the floor of the own branch, but confirms no retraining and sees no other branch', async () => {
    await expectForbidden(
      manager,
      [
        ['retraining.confirm', { staffId: 'teller1' }],
        ['retraining.pass', { staffId: 'teller1' }],
        ['branch.configure', { config: { counters: [] } }],
      ],
      [400, 403],
    );
    await expectForbidden(
      manager,
      [
        ['retraining.confirm', { staffId: 'teller1' }],
        ['retraining.pass', { staffId: 'teller1' }],
      ],
      403,
    );
    await expectForbidden(manager, acts, 403, 'hq-02');
    for (const path of ['floor', 'events', 'overruns', 'retraining', 'staff', 'config'])
      expectProblem(await manager.get(`/api/branches/hq-02/${path}`), 403, path);
    const { body } = await manager.get<{ id: string }[]>('/api/branches');
    expect(JSON.stringify(body)).not.toContain('hq-02');
    expectProblem(await manager.get('/api/bank'), 403);
  });

  test('the branch head stays in the own branch', async () => {
    const head = await signIn(url, 'head');
    await expectForbidden(head, acts, 403, 'hq-02');
    expectProblem(await head.get('/api/bank'), 403);
    expectProblem(
      await head.post('/api/bank/commands', {
        id: randomUUID(),
        type: 'account.setPassword',
        username: 'admin',
        password: 'new-password-1',
      }),
      403,
    );
  });

  test('the regional supervisor reads all three branches and does nothing in any', async () => {
    const region = await signIn(url, 'region');
    const { body } = await region.get('/api/branches');
    for (const branch of ['hq-01', 'hq-02', 'hq-03']) {
      expect(JSON.stringify(body)).toContain(branch);
      expect((await region.floor(branch)).branchId).toBe(branch);
      await expectForbidden(region, acts, 403, branch);
    }
  });

  test('an administrator sets up and does not run the floor', async () => {
    await expectForbidden(admin, acts, 403);
  });

  test('machines and cases are for the staff of the branch and those above it: no device, no administrator, no other branch', async () => {
    const tries = [...machineAndCaseCommands, caseLog, shiftEnd].map(
      ({ type, required, optional }): Try => [type, { ...required, ...optional }],
    );
    for (const [type, fields] of tries) expectProblem(await stranger(url).command(type, fields), 401, type);
    for (const token of ['demo-kiosk', 'demo-display', 'demo-machine', 'm1'])
      for (const branch of ['hq-01', 'hq-02']) await expectForbidden(device(url, token), tries, 403, branch);
    await expectForbidden(admin, tries, 403);
    for (const username of ['teller1', 'manager', 'head']) await expectForbidden(await signIn(url, username), tries, 403, 'hq-02');
  });

  test('every signed-in role reads its own session', async () => {
    for (const username of ['manager', 'teller1', 'teller12', 'head', 'region', 'admin']) {
      const { status, body } = await (await signIn(url, username)).get('/api/session');
      expect(status).toBe(200);
      expect(body).toMatchObject({ staffId: username });
      expect(JSON.stringify(body)).not.toMatch(/hash|argon|password/i);
    }
  });

  test('the session cookie is out of reach of scripts and of other sites', async () => {
    const reply = await stranger(url).post('/api/session', { username: 'manager', password: PASSWORD });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).not.toContain('manager');
  });

  test('signing in over an old session makes a new one, and signing out ends it at once', async () => {
    const first = await cookieOf(url, 'manager');
    const again = await new Client(url, { cookie: first }).post('/api/session', { username: 'manager', password: PASSWORD });
    const second = again.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(second).not.toBe(first);
    const client = new Client(url, { cookie: second });
    expect((await client.get('/api/session')).status).toBe(200);
    expect((await client.send('DELETE', '/api/session')).status).toBeLessThan(300);
    expectProblem(await client.get('/api/session'), 401);
    expectProblem(await client.command('ticket.issue', { serviceId: 'deposit' }), 401);
  });

  test('an Origin that is not the hub’s is turned away over HTTP and sockets; the hub’s own and none at all are welcome', async () => {
    const cookie = await cookieOf(url, 'manager');
    const body = JSON.stringify({ id: randomUUID(), type: 'ticket.issue', serviceId: 'deposit' });
    const before = await manager.seq();
    for (const origin of [
      'https://evil.example',
      'http://127.0.0.1:9999',
      'null',
      'http://127.0.0.1.evil.example',
      `${url}.evil.example`,
      'file://',
      '',
      `${url}@evil.example`,
    ]) {
      const headers = { cookie, origin, 'content-type': 'application/json' };
      const reply = await stranger(url).send('POST', '/api/branches/hq-01/commands', body, headers);
      expectProblem(reply, 403, `origin ${JSON.stringify(origin)}`);
      expectProblem(
        await stranger(url).send('POST', '/api/session', JSON.stringify({ username: 'manager', password: PASSWORD }), {
          origin,
          'content-type': 'application/json',
        }),
        403,
        `sign-in from ${origin}`,
      );
      expectProblem(await stranger(url).send('DELETE', '/api/session', undefined, { cookie, origin }), 403, `sign-out from ${origin}`);
      for (const transport of ['websocket', 'polling'] as const) {
        expect(
          await new Viewer(url, { cookie }, { origin, transports: [transport] }).connect(),
          `${transport} from ${JSON.stringify(origin)}`,
        ).toBe(false);
      }
      const poll = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie, origin } });
      expect(poll.status, `polling from ${JSON.stringify(origin)}`).toBe(403);
    }
    expect(await manager.deedsSince(before)).toEqual([]);
    expect(
      (await stranger(url).send('POST', '/api/branches/hq-01/commands', body, { cookie, origin: url, 'content-type': 'application/json' }))
        .status,
    ).toBe(200);
    const own = new Viewer(url, { cookie }, { origin: url });
    expect(await own.connect()).toBe(true);
    own.close();
  });

  test('five wrong passwords lock the account for a time, for the right password too, and nobody learns which names exist', async () => {
    const wrong = (username: string) => stranger(url).post('/api/session', { username, password: 'wrong-pass-1' });
    const known: string[] = [];
    const unknown: string[] = [];
    for (let n = 0; n < 5; n++) {
      const [one, other] = [await wrong('teller7'), await wrong('nobody-here')];
      expectProblem(one, [401, 429]);
      known.push(`${one.status} ${(one.body as { code: string }).code}`);
      unknown.push(`${other.status} ${(other.body as { code: string }).code}`);
    }
    expect(unknown).toEqual(known);
    const locked = await stranger(url).post('/api/session', { username: 'teller7', password: PASSWORD });
    expectProblem(locked, [401, 403, 423, 429]);
    expect(locked.headers.getSetCookie()).toEqual([]);
    await hub.restart('terminate');
    expectProblem(
      await stranger(url).post('/api/session', { username: 'teller7', password: PASSWORD }),
      [401, 403, 423, 429],
      'the lock outlives a restart',
    );
    await signIn(url, 'teller6');
  });

  test('four wrong passwords and then the right one start counting anew', async () => {
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++)
        expectProblem(await stranger(url).post('/api/session', { username: 'teller8', password: 'wrong-pass-1' }), 401);
      await signIn(url, 'teller8');
    }
  });

  test('twenty wrong passwords at once lock as surely as one after the other', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => stranger(url).post('/api/session', { username: 'teller9', password: 'wrong-pass-1' })),
    );
    for (const reply of tries) expectProblem(reply, [401, 429]);
    expectProblem(await stranger(url).post('/api/session', { username: 'teller9', password: PASSWORD }), [401, 403, 423, 429]);
  });

  test('a disabled account is out everywhere at once, and back only by signing in again', async () => {
    const teller = await signIn(url, 'teller5');
    const act = async (type: string) =>
      expect((await admin.post('/api/bank/commands', { id: randomUUID(), type, username: 'teller5' })).status).toBe(200);
    await act('account.disable');
    expectProblem(await teller.get('/api/session'), 401);
    expectProblem(await teller.command('counter.open', { counterId: 'c5' }), 401);
    expectProblem(await stranger(url).post('/api/session', { username: 'teller5', password: PASSWORD }), [401, 403]);
    await act('account.enable');
    expectProblem(await teller.get('/api/session'), 401, 'the old session stays dead');
    await signIn(url, 'teller5');
  });

  test("refused access and everything said about customers stay out of the hub's own log", async () => {
    await device(url, 'demo-kiosk').issue({ serviceId: 'deposit', contact: { name: '赵钱孙李', phone: '13912345678' } });
    await stranger(url).post('/api/session', { username: 'manager', password: 'a-secret-typed-wrong' });
    expect(hub.output).not.toMatch(/13912345678|赵钱孙李|a-secret-typed-wrong|demo-pass-1|demo-kiosk\b.*Bearer/);
    expect(hub.output).toMatch(/forbidden|refused/);
  });
});
