import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import { type Accepted, type Called, type Client, device, expectProblem, type Issued, type Reply, signIn } from './support/client.ts';

describe('the same command sent again', () => {
  let hub: HubProcess;
  let manager: Client;
  let head: Client;
  let kiosk: Client;
  let teller: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    kiosk = device(hub.baseUrl, 'demo-kiosk');
    [manager, head, teller] = await Promise.all([
      signIn(hub.baseUrl, 'manager'),
      signIn(hub.baseUrl, 'head'),
      signIn(hub.baseUrl, 'teller1'),
    ]);
    await teller.act('counter.open', { counterId: 'c1' });
  });
  afterAll(() => endHub(hub));

  const issue = (client: Client, id: string, fields: object = {}): Promise<Reply<Accepted<Issued>>> =>
    client.command('ticket.issue', { serviceId: 'deposit', ...fields }, { id });

  test('gets the same answer and changes nothing more', async () => {
    const id = randomUUID();
    const first = await issue(kiosk, id);
    expect(first.status).toBe(200);
    const seq = await manager.seq();
    for (let again = 0; again < 3; again++) {
      const reply = await issue(kiosk, id);
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(first.body);
    }
    expect(await manager.deedsSince(seq)).toEqual([]);
  });

  test('a hundred times at once is one number', async () => {
    const id = randomUUID();
    const before = await manager.seq();
    const replies = await Promise.all(Array.from({ length: 100 }, () => issue(kiosk, id)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect((await manager.events(before)).filter(({ type }) => type === 'ticket.issued')).toHaveLength(1);
  });

  test('with another body is told so, and nothing happens', async () => {
    const id = randomUUID();
    const first = await issue(kiosk, id);
    const seq = await manager.seq();
    expectProblem(await issue(kiosk, id, { segment: 'elderly' }), 422);
    expectProblem(await issue(kiosk, id, { serviceId: 'withdrawal' }), 422);
    expectProblem(await kiosk.command('ticket.rate', { ticketId: first.body.result?.ticketId, score: 5 }, { id }), 422, 'another type');
    expect((await issue(kiosk, id)).body).toEqual(first.body);
    expect(await manager.deedsSince(seq)).toEqual([]);
  });

  test('with its fields in another order, or other spaces, is the same command', async () => {
    const id = randomUUID();
    const first = await kiosk.send(
      'POST',
      '/api/branches/hq-01/commands',
      JSON.stringify({ id, type: 'ticket.issue', serviceId: 'deposit', segment: 'elderly' }),
      { 'content-type': 'application/json' },
    );
    const second = await kiosk.send(
      'POST',
      '/api/branches/hq-01/commands',
      JSON.stringify({ segment: 'elderly', serviceId: 'deposit', type: 'ticket.issue', id }, null, 4),
      {
        'content-type': 'application/json; charset=utf-8',
      },
    );
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
  });

  test('two with different bodies under one id at once: one is done, the other told', async () => {
    const id = randomUUID();
    const before = await manager.seq();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => issue(kiosk, id, { segment: i % 2 === 0 ? 'elderly' : 'infant' })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    for (const reply of replies.filter(({ status }) => status !== 200)) expectProblem(reply, 422);
    expect((await manager.events(before)).filter(({ type }) => type === 'ticket.issued')).toHaveLength(1);
  });

  test('by somebody else, or in another branch, is a command of its own', async () => {
    const id = randomUUID();
    const mine = await issue(kiosk, id);
    const theirs = await issue(manager, id, { segment: 'vip' });
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.body.result?.number).not.toBe(mine.body.result?.number);
    expect((await issue(kiosk, id)).body).toEqual(mine.body);
    expect((await issue(manager, id, { segment: 'vip' })).body).toEqual(theirs.body);
  });

  test('a refused one leaves its id free: it succeeds once the reason is gone, also with another body', async () => {
    const id = randomUUID();
    await manager.act('branch.setPhase', { phase: 'lastNumber' });
    expectProblem(await issue(kiosk, id), 409);
    expectProblem(await issue(kiosk, id), 409);
    await manager.act('branch.setPhase', { phase: 'business' });
    const done = await issue(kiosk, id, { segment: 'infant' });
    expect(done.status).toBe(200);
    expectProblem(await issue(kiosk, id), 422);
  });

  test('a malformed one, and a forbidden one, leave the id free', async () => {
    const id = randomUUID();
    expectProblem(await issue(kiosk, id, { partySize: -1 }), 400);
    expectProblem(await kiosk.command('ticket.callNext', { counterId: 'c1' }, { id }), 403);
    expect((await issue(kiosk, id)).status).toBe(200);
  });

  test('a second press of call-next under the same id hears again whom it called, even after that customer has gone', async () => {
    const id = randomUUID();
    const first = await teller.command<Accepted<Called>>('ticket.callNext', { counterId: 'c1' }, { id });
    expect(first.status).toBe(200);
    await teller.act('ticket.start', { counterId: 'c1' });
    await teller.act('ticket.complete', { counterId: 'c1' });
    const seq = await manager.seq();
    expect((await teller.command('ticket.callNext', { counterId: 'c1' }, { id })).body).toEqual(first.body);
    expect(await manager.deedsSince(seq)).toEqual([]);
  });

  test('who may no longer do it does not hear the old answer', async () => {
    const admin = await signIn(hub.baseUrl, 'admin');
    const id = randomUUID();
    const done = await head.command('branch.setDayType', { dayType: 'market' }, { id });
    expect(done.status).toBe(200);
    await head.act('branch.setDayType', { dayType: 'ordinary' });
    const moved = await admin.post('/api/bank/commands', {
      id: randomUUID(),
      type: 'account.update',
      username: 'head',
      branches: ['hq-02'],
    });
    expect(moved.status, moved.text).toBe(200);
    const again = await head.command('branch.setDayType', { dayType: 'market' }, { id });
    expectProblem(again, [401, 403]);
    const back = await admin.post('/api/bank/commands', {
      id: randomUUID(),
      type: 'account.update',
      username: 'head',
      branches: ['hq-01'],
    });
    expect(back.status, back.text).toBe(200);
    head = await signIn(hub.baseUrl, 'head');
    expect((await head.command('branch.setDayType', { dayType: 'market' }, { id })).body).toEqual(done.body);
    const stranger = device(hub.baseUrl, 'nobody');
    expectProblem(await stranger.command('branch.setDayType', { dayType: 'market' }, { id }), 401);
  });

  test.each(['terminate', 'kill'] as const)(
    'after the hub ended (%s) and came back, the answer is still the same, and another body is still told apart',
    async (how) => {
      const ids = Array.from({ length: 20 }, () => randomUUID());
      const before = await Promise.all(ids.map((id, i) => issue(kiosk, id, { contact: { phone: `1380000${1000 + i}` } })));
      const seq = await manager.seq();
      await hub.restart(how);
      const after = await Promise.all(ids.map((id, i) => issue(kiosk, id, { contact: { phone: `1380000${1000 + i}` } })));
      expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
      expect(await manager.deedsSince(seq), 'and the session outlived the restart').toEqual([]);
      expectProblem(await issue(kiosk, ids[0] ?? '', { contact: { phone: '13899999999' } }), 422);
    },
  );
});
