import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import { type Called, Client, cookieOf, device, type HubEvent, signIn } from './support/client.ts';
import { connected, expectUnbroken, Viewer } from './support/viewer.ts';

const WITHIN_MS = 1_000;

/** Every key and every text of a value, however deep. */
function everything(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(everything);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => [key, ...everything(inner)]);
  return typeof value === 'string' ? [value] : [];
}

describe('screens that watch', () => {
  let hub: HubProcess;
  let url: string;
  let manager: Client;
  let managerCookie: string;
  let admin: Client;
  let kiosk: Client;
  const viewers: Viewer[] = [];

  beforeAll(async () => {
    hub = await HubProcess.start();
    url = hub.baseUrl;
    managerCookie = await cookieOf(url, 'manager');
    manager = new Client(url, { cookie: managerCookie });
    admin = await signIn(url, 'admin');
    kiosk = device(url, 'demo-kiosk');
  });
  afterEach(() => {
    for (const viewer of viewers.splice(0)) viewer.close();
  });
  afterAll(() => endHub(hub));

  async function viewer(
    ...args: [who: ConstructorParameters<typeof Viewer>[1], more?: ConstructorParameters<typeof Viewer>[2]]
  ): Promise<Viewer> {
    const one = await connected(url, ...args);
    viewers.push(one);
    return one;
  }
  const asManager = () => viewer({ cookie: managerCookie });
  const asDisplay = () => viewer({ token: 'demo-display' });
  const bank = async (fields: object) => {
    const reply = await admin.post<{ result?: { token?: string } }>('/api/bank/commands', { id: randomUUID(), ...fields });
    expect(reply.status, reply.text).toBe(200);
    return reply.body.result;
  };

  test('a viewer gets the floor as of a sequence number, and then every event after it, in order', async () => {
    const screen = await asManager();
    const { ok, seq, floor } = await screen.watch();
    expect(ok).toBe(true);
    expect(floor?.counters).toHaveLength(12);
    const start = seq ?? -1;
    await Promise.all(Array.from({ length: 100 }, () => kiosk.issue()));
    const end = await manager.seq();
    await screen.reached(end);
    expectUnbroken(screen.events, start);
    expect(screen.events.every(({ branchId }) => branchId === 'hq-01')).toBe(true);
    const log = await manager.events(start);
    expect(screen.events.slice(0, log.length)).toEqual(log.slice(0, screen.events.length));
  });

  test('staff, display and kiosk see the same numbers, each its own part', async () => {
    const [staff, display, machine] = await Promise.all([asManager(), asDisplay(), viewer({ token: 'demo-kiosk' })]);
    const from = new Map<Viewer, number>();
    from.set(staff, (await staff.watch()).seq ?? -1);
    for (const screen of [display, machine]) from.set(screen, (await screen.watch({ audience: 'public' })).seq ?? -1);
    await kiosk.issue();
    await manager.act('counter.open', { counterId: 'c1' });
    await manager.act('help.call', { counterId: 'c1', kind: 'change' });
    await manager.act('help.answer', { counterId: 'c1', kind: 'change' });
    await manager.act('counter.close', { counterId: 'c1' });
    const end = await manager.seq();
    for (const screen of [staff, display, machine]) {
      await screen.reached(end);
      expectUnbroken(screen.events, from.get(screen) ?? -1);
    }
    expect(staff.events.some(({ type }) => type === 'help.called')).toBe(true);
    expect(display.events.some(({ type }) => type === 'help.called')).toBe(false);
    const skipped = display.events.find(({ seq }) => staff.events.find((event) => event.type === 'help.called')?.seq === seq);
    expect(skipped?.type).toBe('skip');
    expect(Object.keys(skipped ?? {}).filter((key) => !['branchId', 'seq', 'type'].includes(key))).toEqual([]);
    expect(display.events.map(({ type }) => type)).toContain('ticket.issued');
  });

  test('no device or stranger may watch as staff, and nobody a branch that is not theirs', async () => {
    const [staff, display, kioskScreen, machine] = await Promise.all([
      asManager(),
      asDisplay(),
      viewer({ token: 'demo-kiosk' }),
      viewer({ token: 'demo-machine' }),
    ]);
    for (const screen of [display, kioskScreen, machine]) {
      const answer = await screen.watch();
      expect(answer).toMatchObject({ ok: false, code: expect.any(String) });
      expect(answer.floor).toBeUndefined();
    }
    for (const branchId of ['hq-02', 'nope', '__proto__', 'bank', '']) {
      for (const audience of ['staff', 'public', 'machine']) {
        expect(await staff.watch({ branchId, audience }), `${branchId} ${audience}`).toMatchObject({ ok: false, code: expect.any(String) });
      }
    }
    await kiosk.issue();
    const region = await viewer({ cookie: await cookieOf(url, 'region') });
    expect(await region.watch({ branchId: 'hq-02' })).toMatchObject({ ok: true });
    for (const screen of [staff, display, kioskScreen, machine]) expect(screen.events).toEqual([]);
  });

  test('a socket without a session or a valid token is refused', async () => {
    for (const who of [
      {},
      { token: 'demo-nothing' },
      { token: '' },
      { cookie: 'sessionId=x' },
      { token: { $ne: null } as unknown as string },
      { token: 'x'.repeat(100_000) },
      { token: ['demo-kiosk'] as unknown as string },
    ]) {
      for (const transport of ['websocket', 'polling'] as const) {
        const one = new Viewer(url, who, { transports: [transport] });
        const isIn = await one.connect();
        const seen = isIn ? await one.watch({ audience: 'public' }).catch(() => ({ ok: false })) : { ok: false };
        expect(seen.ok, `${JSON.stringify(who).slice(0, 60)} ${transport}`).toBe(false);
        one.close();
      }
    }
  });

  test('bad messages of every kind are answered or ignored, and neither the socket nor the hub suffers', async () => {
    const screen = await asManager();
    const before = await manager.seq();
    const bad: unknown[] = [
      undefined,
      null,
      1,
      'x',
      true,
      [],
      {},
      [[]],
      { branchId: 'hq-01' },
      { audience: 'staff' },
      { branchId: 7, audience: 'staff' },
      { branchId: 'hq-01', audience: 'everybody' },
      { branchId: 'hq-01', audience: ['staff'] },
      { branchId: { toString: 'x' }, audience: 'staff' },
      { branchId: 'hq-01', audience: 'staff', after: 'x' },
      { branchId: 'hq-01', audience: 'staff', after: -1 },
      { branchId: 'hq-01', audience: 'staff', after: 1.5 },
      { branchId: 'hq-01', audience: 'staff', after: null },
      { branchId: 'hq-01', audience: 'staff', after: {} },
      { branchId: '__proto__', audience: 'constructor' },
      { branchId: 'x'.repeat(50_000), audience: 'staff' },
    ];
    for (const payload of bad) {
      const answer = await screen.ask('watch', payload);
      const what = JSON.stringify(payload)?.slice(0, 80);
      const clampable = typeof payload === 'object' && payload !== null && 'after' in payload;
      if (!clampable || !answer.ok) expect(answer, what).toMatchObject({ ok: false, code: expect.any(String) });
      screen.socket.emit('unwatch', payload);
    }
    screen.socket.emit('watch');
    screen.socket.emit('watch', 'no callback');
    screen.socket.emit('watch', { branchId: 'hq-01', audience: 'staff' }, 'not a callback');
    screen.socket.emit('unwatch');
    screen.socket.emit('unwatch', null, null, null);
    screen.socket.emit('events', [{ branchId: 'hq-01', seq: 1, type: 'ticket.issued' }]);
    screen.socket.emit('revoked');
    screen.socket.emit('__proto__', {});
    screen.socket.emit('nothing-like-it', Buffer.alloc(10_000));
    const fresh = await asManager();
    expect(await fresh.watch()).toMatchObject({ ok: true, seq: before });
    expect(await manager.deedsSince(before)).toEqual([]);
    expect(fresh.revocations).toEqual([]);
  });

  test('a message far too large costs the sender the connection, and nobody else anything', async () => {
    const [good, bad] = await Promise.all([asManager(), asManager()]);
    const { seq } = await good.watch();
    bad.socket.emit('watch', { branchId: 'x'.repeat(20_000_000), audience: 'staff' });
    await bad.until(({ drops }) => drops.length > 0, 'the drop');
    await kiosk.issue();
    await good.reached((seq ?? 0) + 1);
    expect(good.drops).toEqual([]);
  });

  test('after unwatch nothing more comes', async () => {
    const [screen, other] = await Promise.all([asManager(), asManager()]);
    await screen.watch();
    await other.watch();
    screen.socket.emit('unwatch', { branchId: 'hq-01', audience: 'staff' });
    const marker = await screen.ask('watch', { branchId: 'nope', audience: 'staff' });
    expect(marker.ok).toBe(false);
    await kiosk.issue();
    await other.reached(await manager.seq());
    await screen.ask('watch', { branchId: 'nope', audience: 'staff' });
    expect(screen.events).toEqual([]);
  });

  test('watching twice on one socket brings every event once', async () => {
    const screen = await asManager();
    await screen.watch();
    const { seq } = await screen.watch();
    await Promise.all([screen.watch({ after: seq }), screen.watch({ after: seq })]);
    const from = await manager.seq();
    await Promise.all(Array.from({ length: 10 }, () => kiosk.issue()));
    await screen.reached(await manager.seq());
    expectUnbroken(screen.events, from);
  });

  test('watching while events pour in leaves no gap and no repeat between the floor and the stream', async () => {
    const pouring = Promise.all(Array.from({ length: 300 }, () => kiosk.issue()));
    const screens = await Promise.all(Array.from({ length: 10 }, asManager));
    const starts = await Promise.all(screens.map((screen) => screen.watch()));
    await pouring;
    const end = await manager.seq();
    for (const [i, screen] of screens.entries()) {
      await screen.reached(end);
      const { seq = -1, floor } = starts[i] ?? {};
      expectUnbroken(screen.events, seq);
      const issuedLater = screen.events.filter(({ type }) => type === 'ticket.issued').length;
      expect((floor?.tickets.length ?? 0) + issuedLater).toBe((await manager.floor()).floor.tickets.length);
    }
  });

  test('dropping again and again in the middle of a rush, a client that says `after` misses nothing and hears nothing twice', async () => {
    const cookie = managerCookie;
    let last = await manager.seq();
    const from = last;
    const heard: HubEvent[] = [];
    let isOver = false;
    let drops = 0;
    const pouring = (async () => {
      while (drops < 8) await Promise.all(Array.from({ length: 10 }, () => kiosk.issue()));
      isOver = true;
    })();
    while (!isOver || last < (await manager.seq())) {
      const screen = await connected(url, { cookie }, { transports: [drops % 3 === 2 ? 'polling' : 'websocket'] });
      const answer = await screen.watch({ after: last });
      expect(answer).toMatchObject({ ok: true });
      expect(answer.floor).toBeUndefined();
      const target = last;
      await screen.until(({ last: seen }) => isOver || seen > target);
      if (isOver) await screen.reached(await manager.seq()).catch(() => undefined);
      screen.close();
      heard.push(...screen.events);
      last = heard.at(-1)?.seq ?? last;
      drops += 1;
    }
    await pouring;
    expect(drops).toBeGreaterThanOrEqual(8);
    expectUnbroken(heard, from);
    const log = await manager.events(from);
    expect(heard).toEqual(log.slice(0, heard.length));
  });

  test('`after` beyond the head, or nonsense about the past, brings the floor instead', async () => {
    const screen = await asManager();
    const answer = await screen.watch({ after: (await manager.seq()) + 1_000 });
    expect(answer).toMatchObject({ ok: true, seq: expect.any(Number) });
    expect(answer.seq).toBeLessThanOrEqual(await manager.seq());
    expect(answer.floor?.counters).toHaveLength(12);
    const other = await asManager();
    const fromStart = await other.watch({ after: 0 });
    expect(fromStart.ok).toBe(true);
    if (fromStart.floor === undefined) {
      await other.reached(await manager.seq());
      expectUnbroken(other.events, 0);
    }
  });

  test('`after` the head itself brings neither floor nor repeats', async () => {
    const screen = await asDisplay();
    const head = await manager.seq();
    const answer = await screen.watch({ audience: 'public', after: head });
    expect(answer.ok).toBe(true);
    expect(answer.seq).toBeGreaterThanOrEqual(head);
    expect(answer.floor).toBeUndefined();
    await kiosk.issue();
    await screen.reached(head + 1);
    expectUnbroken(screen.events, head);
  });

  test('catching up as a public screen goes through the same filter', async () => {
    await manager.act('counter.open', { counterId: 'c2' });
    await manager.act('help.call', { counterId: 'c2', kind: 'guard' });
    await manager.act('help.answer', { counterId: 'c2', kind: 'guard' });
    await manager.act('counter.close', { counterId: 'c2' });
    const display = await asDisplay();
    const end = await manager.seq();
    const start = end - 4;
    await display.watch({ audience: 'public', after: start });
    await display.reached(end);
    expectUnbroken(display.events, start);
    expect(display.events.some(({ type }) => type.startsWith('help.'))).toBe(false);
  });

  test('no public screen ever hears of a limit, a member of staff, a contact, a segment or a reason', async () => {
    const display = await asDisplay();
    const answer = await display.watch({ audience: 'public' });
    const start = answer.seq ?? 0;
    const secrets = { name: '欧阳修远', phone: '13987654321' };
    const reason = 'reason-nobody-outside-may-read';
    await manager.act('counter.open', { counterId: 'c3' });
    const { ticketId } = await kiosk.issue({ serviceId: 'balance', segment: 'pregnant', contact: secrets, amountFen: 987_654_321 });
    await manager.act('ticket.setSegment', { ticketId, segment: 'vip', reason });
    await manager.act('ticket.call', { counterId: 'c3', ticketId, reason });
    await manager.act('ticket.recall', { counterId: 'c3' });
    await manager.act('ticket.start', { counterId: 'c3', amountFen: 987_654_321 });
    await manager.act('limit.extend', { ticketId, class: 'explained', addMs: 60_000, reason, customerAgreed: true });
    await manager.act('ticket.addItem', { counterId: 'c3', serviceId: 'deposit', amountFen: 987_654_321 });
    await manager.act('ticket.park', { counterId: 'c3', reason });
    await manager.act('ticket.return', { counterId: 'c3', ticketId });
    await manager.act('ticket.start', { counterId: 'c3' });
    await manager.act('counter.pauseAfter', { counterId: 'c3', reason });
    await manager.act('ticket.complete', { counterId: 'c3' });
    await manager.act('ticket.rate', { ticketId, score: 2 });
    await manager.act('counter.resume', { counterId: 'c3' });
    const walked = await manager.act<Called>('ticket.walkUp', { counterId: 'c3', serviceId: 'balance', reason });
    const publicNow = await device(url, 'demo-display').get('/api/branches/hq-01/floor');
    await manager.act('ticket.cancel', { ticketId: walked.ticketId, reason });
    await manager.act('counter.pause', { counterId: 'c3', reason });
    const { outageId } = await manager.act<{ outageId: string }>('system.outage', { scope: 'branch', reason });
    await manager.act('system.restored', { outageId });
    await manager.act('counter.resume', { counterId: 'c3' });
    await manager.act('counter.close', { counterId: 'c3' });
    const head = await signIn(url, 'head');
    await head.act('branch.configure', {
      config: { policy: (await head.get<{ config: { policy: object } }>('/api/branches/hq-01/config')).body.config.policy },
    });
    const end = await manager.seq();
    await display.reached(end);
    expectUnbroken(display.events, start);
    const overHttp = await device(url, 'demo-kiosk').get(`/api/branches/hq-01/events?after=${start}&limit=1000`);
    const asKiosk = await kiosk.command('ticket.issue', { serviceId: 'deposit', contact: secrets, segment: 'disabled' });
    const own = asKiosk.body as { events: unknown };
    for (const [where, told] of Object.entries({
      floor: answer.floor,
      publicNow: publicNow.body,
      events: display.events,
      overHttp: overHttp.body,
      asKiosk: own.events,
    })) {
      const said = everything(told);
      expect(said.length, where).toBeGreaterThan(5);
      for (const word of said) {
        expect(word, where).not.toMatch(
          /limit|overrun|staff|teller|contact|segment|reason|actor|extension|retraining|attention|rating|score|amount|roster|policy|exception|pregnant|disabled|^vip$/i,
        );
        expect(word, where).not.toMatch(/欧阳|139876|nobody-outside|manager|^head$/);
      }
      expect(JSON.stringify(told), where).not.toMatch(/987654321/);
      expect(JSON.stringify(told), where).not.toMatch(/"(actor|staffId|limitAt|limitMs|segment|order)"/);
    }
  });

  test('staff names and free text are in no event, whoever reads', async () => {
    const all = JSON.stringify(await manager.events());
    expect(all).not.toMatch(/欧阳修远|13987654321|nobody-outside-may-read|13912345678/);
  });

  test('a teller does not hear what is only for those who lead, and no colleague’s overruns', async () => {
    const teller = await signIn(url, 'teller1');
    const { floor } = await teller.floor();
    expect(JSON.stringify(floor)).not.toMatch(/retrainingProposed|appealWaiting/);
  });

  describe('access that ends', () => {
    const throughout = async (screen: Viewer, act: () => Promise<unknown>): Promise<void> => {
      const started = performance.now();
      await act();
      await screen.until(({ revocations, drops }) => revocations.length > 0 && drops.length > 0, 'revoked and closed', 5_000);
      expect((screen.revocations[0] ?? Number.POSITIVE_INFINITY) - started).toBeLessThan(WITHIN_MS + 500);
      expect(screen.drops[0]).toBe('io server disconnect');
      const heard = screen.events.length;
      await kiosk.issue();
      expect(screen.events).toHaveLength(heard);
    };

    test('a sign-out cuts every socket of that session within a second, and no other', async () => {
      const cookie = await cookieOf(url, 'manager');
      const [mine, second, other] = [await viewer({ cookie }), await viewer({ cookie }, { transports: ['polling'] }), await asManager()];
      for (const screen of [mine, second, other]) await screen.watch();
      await throughout(mine, () => new Client(url, { cookie }).send('DELETE', '/api/session'));
      await second.until(({ drops }) => drops.length > 0, 'the second socket of the session');
      await kiosk.issue();
      await other.reached(await manager.seq());
      expect(other.revocations).toEqual([]);
      expect(await new Viewer(url, { cookie }).connect()).toBe(false);
    });

    test('a revoked device is cut within a second, and turned away afterwards', async () => {
      await bank({ type: 'device.create', deviceId: 'display-9', kind: 'display', branchId: 'hq-01' }).then(async (result) => {
        const token = result?.token ?? '';
        expect(token.length).toBeGreaterThanOrEqual(16);
        const screen = await viewer({ token });
        await screen.watch({ audience: 'public' });
        await throughout(screen, () => bank({ type: 'device.revoke', deviceId: 'display-9' }));
        expect(await new Viewer(url, { token }).connect()).toBe(false);
        expect((await device(url, token).get('/api/branches/hq-01/floor')).status).toBe(401);
      });
    });

    test('a disabled account is cut within a second, also one that was offline then', async () => {
      const cookie = await cookieOf(url, 'teller4');
      const [online, offline] = [await viewer({ cookie }), await viewer({ cookie })];
      await online.watch();
      await offline.watch();
      offline.close();
      await throughout(online, () => bank({ type: 'account.disable', username: 'teller4' }));
      expect(await new Viewer(url, { cookie }).connect()).toBe(false);
      await bank({ type: 'account.enable', username: 'teller4' });
      expect(await new Viewer(url, { cookie }).connect()).toBe(false);
    });

    test('an account moved to another branch, or to another role, stops hearing what it no longer may', async () => {
      const cookie = await cookieOf(url, 'teller3');
      const screen = await viewer({ cookie });
      await screen.watch();
      const started = performance.now();
      await bank({ type: 'account.update', username: 'teller3', branches: ['hq-02'] });
      await screen.until(({ revocations, drops }) => revocations.length > 0 || drops.length > 0, 'the end of access', 5_000);
      expect(performance.now() - started).toBeLessThan(WITHIN_MS + 500);
      const heard = screen.events.length;
      await kiosk.issue();
      expect(screen.events).toHaveLength(heard);
      await bank({ type: 'account.update', username: 'teller3', branches: ['hq-01'] });
    });

    test('a new password ends the old sessions and their sockets', async () => {
      const cookie = await cookieOf(url, 'teller10');
      const screen = await viewer({ cookie });
      await screen.watch();
      await throughout(screen, () => bank({ type: 'account.setPassword', username: 'teller10', password: 'another-pass-1' }));
      expect((await new Client(url, { cookie }).get('/api/session')).status).toBe(401);
    });
  });
});
