import { setTimeout as nextBeat } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { casePage, caseRecord, floorCase, floorCases, floorMachine, lifeOf } from './support/cases.ts';
import { type Client, cookieOf, device, expectProblem, type Fields, type Reply, signIn, stranger } from './support/client.ts';
import { endHub } from './support/ending.ts';
import { connected, expectUnbroken } from './support/viewer.ts';

const well: Fields = { device: 'online', dispenser: 'ok', acceptor: 'ok', reader: 'ok', paper: 'full', shutter: 'closed', door: 'locked' };
let tick = 0;
/** A machine's own clock: it only orders its reports. */
const at = (): number => ++tick;
const tell = (client: Client, machineId: string, status: Fields): Promise<Reply<{ state: string; seq: number }>> =>
  client.post(`/api/machines/${machineId}/telemetry`, { at: at(), status });

describe('machines, as an outside client meets them', () => {
  let hub: HubProcess;
  let machine: Client;
  let manager: Client;
  let head: Client;
  let teller: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    machine = device(hub.baseUrl, 'demo-machine');
    [manager, head, teller] = (await Promise.all(['manager', 'head', 'teller1'].map((name) => signIn(hub.baseUrl, name)))) as [
      Client,
      Client,
      Client,
    ];
  });
  afterAll(() => endHub(hub));

  test('until it was heard a machine is unknown, never in service', async () => {
    for (let n = 1; n <= 12; n++)
      expect(await floorMachine(manager, `m${n}`)).toMatchObject({ state: 'unknown', faults: [], since: expect.any(Number) });
  });

  test('what it tells is on every staff screen at once: in service, needing attention, out of service, and back', async () => {
    const screen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'teller1') });
    await screen.watch();
    const own = device(hub.baseUrl, 'm1');
    const said = [
      [well, 'inService', []],
      [{ paper: 'low' }, 'attention', ['paperLow']],
      [{ dispenser: 'stop' }, 'outOfService', ['dispenserStopped', 'paperLow']],
      [{ paper: 'full', dispenser: 'ok' }, 'inService', []],
      [{ device: 'offline' }, 'outOfService', ['offline']],
      [{ device: 'online' }, 'inService', []],
    ] as const;
    for (const [status, state, faults] of said) {
      const reply = await tell(own, 'm1', status);
      expect(reply.body).toMatchObject({ state, seq: expect.any(Number) });
      await screen.reached(reply.body.seq, 2_000);
      const shown = await floorMachine(teller, 'm1');
      expect([shown?.state, shown?.faults.map(({ code }) => code).toSorted()]).toEqual([state, faults]);
    }
    expectUnbroken(screen.events, (screen.events[0]?.seq ?? 1) - 1);
    screen.close();
  });

  test('a heartbeat, a repeat and an old report are signs of life and nothing more', async () => {
    await tell(machine, 'm2', well);
    const seq = await head.seq();
    for (let n = 0; n < 20; n++) expect((await tell(machine, 'm2', {})).body.state).toBe('inService');
    const reply = await machine.post('/api/machines/m2/telemetry', { at: 0, status: { dispenser: 'stop' } });
    expect(reply.body).toMatchObject({ state: 'inService' });
    expect(await head.deedsSince(seq)).toEqual([]);
  });

  test('many reports at once are taken in the order of the machine’s clock, whatever order they came in', async () => {
    const later = { at: at() + 10, status: { dispenser: 'ok' } };
    const earlier = { at: later.at - 5, status: { ...well, dispenser: 'stop' } };
    tick = later.at;
    const reply = await machine.post<{ state: string }>('/api/machines/m3/telemetry', { reports: [later, earlier] });
    expect(reply.body.state).toBe('inService');
    const gateway = await machine.post<{ machines: { id: string; state: string }[]; unknown: string[] }>('/api/machines/telemetry', {
      reports: [
        { machineId: 'm3', at: at(), status: { paper: 'out' } },
        { machineId: 'm4', at: at(), status: well },
        { machineId: 'm99', at: at(), status: well },
      ],
    });
    expect(gateway.status).toBe(200);
    expect(gateway.body).toMatchObject({ unknown: ['m99'] });
    expect(gateway.body.machines).toEqual(
      expect.arrayContaining([
        { id: 'm3', state: 'attention' },
        { id: 'm4', state: 'inService' },
      ]),
    );
  });

  test('a fault becomes a case with an owner and a deadline; flapping, it is one', async () => {
    await tell(machine, 'm5', well);
    for (let n = 0; n < 20; n++) {
      await tell(machine, 'm5', { dispenser: 'stop' });
      await tell(machine, 'm5', { dispenser: 'ok' });
    }
    await tell(machine, 'm5', { dispenser: 'stop' });
    const { cases } = await casePage(manager, 'branch=hq-01&kind=machineFault&limit=200');
    const mine = cases.filter(({ machineId }) => machineId === 'm5');
    expect(mine).toHaveLength(1);
    const caseId = mine[0]?.id ?? '';
    expect(await floorCase(manager, caseId)).toMatchObject({
      kind: 'machineFault',
      machineId: 'm5',
      ownerId: 'manager',
      state: 'logged',
      dueAt: expect.any(Number),
    });
    const { timeline } = await caseRecord(manager, caseId);
    expect(timeline.filter(({ type }) => type === 'case.logged')).toHaveLength(1);
    expect(timeline.filter(({ type }) => type === 'case.recurred')).toHaveLength(20);
    await manager.act('case.acknowledge', { caseId });
  });

  test('each fault of a machine is a case of its own, each machine’s too', async () => {
    await tell(machine, 'm6', well);
    await tell(machine, 'm7', well);
    await tell(machine, 'm6', { reader: 'jammed', door: 'tampered' });
    await tell(machine, 'm7', { reader: 'jammed' });
    const open = (await floorCases(manager)).filter(({ kind }) => kind === 'machineFault');
    expect(open.filter(({ machineId }) => machineId === 'm6')).toHaveLength(2);
    expect(open.filter(({ machineId }) => machineId === 'm7')).toHaveLength(1);
    expect(open.find(({ machineId, severity }) => machineId === 'm6' && severity === 1)).toBeDefined();
  });

  test('staff may say what they see, by hand', async () => {
    await teller.act('machine.report', { machineId: 'm10', state: 'outOfService', fault: 'hardwareError', note: '黑屏' });
    expect(await floorMachine(manager, 'm10')).toMatchObject({ state: 'outOfService', faults: [{ code: 'hardwareError' }] });
    expect((await floorCases(manager)).filter(({ machineId }) => machineId === 'm10')).toMatchObject([
      { kind: 'machineFault', ownerId: 'teller1' },
    ]);
    expectProblem(await teller.command('machine.report', { machineId: 'm99', state: 'outOfService' }), [404, 409]);
  });

  test('malformed reports are named and nothing of the request is taken', async () => {
    await tell(machine, 'm8', well);
    const seq = await head.seq();
    const bodies: readonly unknown[] = [
      null,
      [],
      {},
      'x',
      7,
      { status: well },
      { at: 1 },
      { at: -1, status: {} },
      { at: 1.5, status: {} },
      { at: '1', status: {} },
      { at: 1, status: null },
      { at: 1, status: [] },
      { at: 9, status: { device: 'ONLINE' } },
      { at: 9, status: { dispnser: 'stop' } },
      { at: 9, status: { dispenser: 'perhaps' } },
      { at: 9, status: { units: {} } },
      { at: 9, status: { units: [{}] } },
      { at: 9, status: { units: [{ id: 'a b' }] } },
      { at: 9, status: { units: [{ id: 'u1', count: -1 }] } },
      { at: 9, status: { units: [{ id: 'u1', count: 1e9 }] } },
      { at: 9, status: { units: Array.from({ length: 33 }, (_, n) => ({ id: `u${n}` })) } },
      { reports: [] },
      { reports: {} },
      { reports: [null] },
      { reports: Array.from({ length: 101 }, () => ({ at: 9, status: {} })) },
      {
        reports: [
          { at: 1e9, status: { dispenser: 'stop' } },
          { at: 1e9, status: { dispenser: 7 } },
        ],
      },
      { version: 2, at: 9, status: {} },
    ];
    for (const body of bodies) {
      const { errors } = expectProblem(await machine.post('/api/machines/m8/telemetry', body), 400, JSON.stringify(body)?.slice(0, 80));
      expect(errors?.length, JSON.stringify(body)?.slice(0, 80)).toBeGreaterThan(0);
      expectProblem(await machine.post('/api/machines/telemetry', body), 400, JSON.stringify(body)?.slice(0, 80));
    }
    for (const raw of ['', '{', '\u0000', '{"at":1e999,"status":{}}'])
      expectProblem(await machine.send('POST', '/api/machines/m8/telemetry', raw, { 'content-type': 'application/json' }), 400, raw);
    const large = JSON.stringify({ at: 1, status: { device: 'x'.repeat(600_000) } });
    expectProblem(await machine.send('POST', '/api/machines/m8/telemetry', large, { 'content-type': 'application/json' }), [400, 413]);
    for (const name of ['m99', '__proto__', 'constructor', '%00', encodeURIComponent('机')])
      expectProblem(await machine.post(`/api/machines/${name}/telemetry`, { at: at(), status: well }), [400, 404], name);
    expect(await head.deedsSince(seq)).toEqual([]);
    expect((await floorMachine(head, 'm8'))?.state).toBe('inService');
  });

  test('only a machine’s token tells, and it does nothing else', async () => {
    const body = { at: at(), status: { dispenser: 'stop' } };
    await tell(machine, 'm9', well);
    const seq = await head.seq();
    for (const path of ['/api/machines/m9/telemetry', '/api/machines/telemetry']) {
      const sent = path.endsWith('s/telemetry') ? { reports: [{ machineId: 'm9', ...body }] } : body;
      expectProblem(await stranger(hub.baseUrl).post(path, sent), 401, path);
      expectProblem(await device(hub.baseUrl, 'm13').post(path, sent), 401, path);
      for (const client of [
        device(hub.baseUrl, 'demo-kiosk'),
        device(hub.baseUrl, 'demo-display'),
        manager,
        head,
        await signIn(hub.baseUrl, 'admin'),
      ])
        expectProblem(await client.post(path, sent), 403, path);
    }
    for (const [type, fields] of [
      ['machine.report', { machineId: 'm9', state: 'inService' }],
      ['machine.hear', { machineId: 'm9', reports: [body] }],
      ['machine.lose', { machineId: 'm9', lastHeardAt: 0 }],
      ['ticket.issue', { serviceId: 'deposit' }],
    ] as const)
      expectProblem(await machine.command(type, fields), [400, 403], type);
    for (const path of [
      '/api/cases',
      '/api/branches/hq-01/cards',
      '/api/branches/hq-01/replenishments',
      '/api/branches/hq-01/machines/availability',
    ])
      expectProblem(await machine.get(path), 403, path);
    expect(await head.deedsSince(seq)).toEqual([]);
  });

  test('the public sees no machine, no fault and no register', async () => {
    const wall = await connected(hub.baseUrl, { token: 'demo-display' });
    const watched = await wall.watch({ audience: 'public' });
    expect(watched.ok).toBe(true);
    await tell(machine, 'm12', { ...well, reader: 'cardRetained' });
    await wall.reached(await head.seq());
    expect(wall.events.some(({ type }) => /^(machine|card|case|attention)\./.test(type))).toBe(false);
    expect(JSON.stringify([watched.floor, wall.events])).not.toMatch(/"m12"|cardRetained|machines/);
    wall.close();
    for (const token of ['demo-display', 'demo-kiosk', 'demo-machine']) {
      const client = device(hub.baseUrl, token);
      expect((await client.get('/api/branches/hq-01/floor')).text, token).not.toMatch(/cardRetained|"machines"|"cards"/);
      expect(JSON.stringify(await client.events()), token).not.toMatch(/"(machine|card|case)\.|cardRetained/);
    }
  });
});

describe('a machine that falls silent', () => {
  test('is unknown within thirty seconds, not before it has been silent so long, and in service again when it is heard', async () => {
    const speed = 10;
    const hub = await HubProcess.start({ speed });
    const screen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'manager') });
    await screen.watch();
    const machine = device(hub.baseUrl, 'm1');
    await tell(machine, 'm1', well);
    const manager = await signIn(hub.baseUrl, 'manager');
    const lostOf = (id: string) => screen.events.filter(({ type, machineId }) => type === 'machine.lost' && machineId === id);
    await screen.until(() => lostOf('m1').length === 1, 'silence', 10_000);
    const [lost] = lostOf('m1');
    const silentMs = (lost?.at ?? 0) - (lost?.['lastHeardAt'] as number);
    // Not at the first breath held; within thirty seconds, and half a real one on a busy machine.
    expect(silentMs).toBeGreaterThanOrEqual(25_000);
    expect(silentMs).toBeLessThanOrEqual(30_000 + 500 * speed);
    expect((await floorMachine(manager, 'm1'))?.state).toBe('unknown');
    expect((await tell(machine, 'm1', {})).body.state).toBe('inService');
    screen.close();
    await endHub(hub);
  });

  test('is never in service after the hub was down for longer than that, until it is heard', async () => {
    const speed = 60;
    const hub = await HubProcess.start({ speed });
    const machine = device(hub.baseUrl, 'demo-machine');
    for (let n = 1; n <= 12; n++) await tell(machine, `m${n}`, well);
    await hub.kill9();
    await hub.start();
    const manager = await signIn(hub.baseUrl, 'manager');
    const screen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'manager') });
    await screen.watch({ after: 0 });
    const lost = () => new Set(screen.events.filter(({ type }) => type === 'machine.lost').map(({ machineId }) => machineId));
    await screen.until(() => lost().size === 12, 'every silence', 10_000);
    for (let n = 1; n <= 12; n++) expect((await floorMachine(manager, `m${n}`))?.state).toBe('unknown');
    screen.close();
    await endHub(hub);
  });

  test('a fault that stays away closes its case by itself and keeps the record; one that must be looked at stays', async () => {
    const speed = 240;
    const hub = await HubProcess.start({ speed });
    const machine = device(hub.baseUrl, 'demo-machine');
    const head = await signIn(hub.baseUrl, 'head');
    const screen = await connected(hub.baseUrl, { cookie: await cookieOf(hub.baseUrl, 'head') });
    await screen.watch();
    await tell(machine, 'm1', { ...well, dispenser: 'stop', door: 'tampered' });
    const open = (await floorCases(head)).filter(({ machineId }) => machineId === 'm1');
    const stopped = open.find(({ severity }) => severity === 2)?.id ?? '';
    const tampered = open.find(({ severity }) => severity === 1)?.id ?? '';
    expect([stopped, tampered]).not.toContain('');
    const isClosed = () =>
      screen.events.some(({ type, caseId, how }) => type === 'case.closed' && caseId === stopped && how === 'recovered');
    let beating = true;
    // Ten minutes of its heartbeats, every ten seconds of the hub's time.
    const beats = (async () => {
      await tell(machine, 'm1', well);
      while (beating) {
        await tell(machine, 'm1', {});
        await nextBeat(10_000 / speed);
      }
    })();
    await screen.until(isClosed, 'recovery to be believed', 20_000);
    beating = false;
    await beats;
    const record = await caseRecord(head, stopped);
    expect(record.state).toBe('closed');
    const types = lifeOf(await head.events(), stopped).map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['case.logged', 'case.closed']);
    expect(types).toContain('case.recovered');
    const recovered = record.timeline.find(({ type }) => type === 'case.recovered');
    const closed = record.timeline.find(({ type }) => type === 'case.closed');
    expect((closed?.at ?? 0) - (recovered?.at ?? 0)).toBeGreaterThanOrEqual(10 * 60_000);
    expect((await floorCase(head, tampered))?.state).not.toBe('closed');
    screen.close();
    await endHub(hub);
  });
});
