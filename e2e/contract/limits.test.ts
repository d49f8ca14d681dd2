import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { type Called, type Client, device, expectProblem, type Fields, type FloorTicket, type HubEvent, signIn } from './support/client.ts';
import { endHub } from './support/ending.ts';
import { connected, expectUnbroken } from './support/viewer.ts';

const SPEED = 60;
const MINUTE = 60_000;
const YUAN = 100;

interface Overrun {
  readonly id: string;
  readonly ticketId: string;
  readonly staffId: string;
  readonly serviceId: string;
  readonly limitMs: number;
  readonly actualMs: number;
  readonly stage: number;
  readonly unverified: boolean;
  readonly appeal?: { readonly decided?: { readonly upheld: boolean } };
}

describe('standard time limits', () => {
  let hub: HubProcess;
  let manager: Client;
  let head: Client;
  const tellers = new Map<number, Client>();
  const teller = (n: number): Client => {
    const found = tellers.get(n);
    if (found === undefined) throw new Error(`teller${n} is not signed in`);
    return found;
  };

  beforeAll(async () => {
    hub = await HubProcess.start({ speed: SPEED });
    [manager, head] = await Promise.all([signIn(hub.baseUrl, 'manager'), signIn(hub.baseUrl, 'head')]);
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      tellers.set(n, await signIn(hub.baseUrl, `teller${n}`));
      await teller(n).act('counter.open', { counterId: `c${n}` });
    }
  });
  afterAll(() => endHub(hub));

  /** Hub time in which nobody asks the hub anything: that it passes unwatched is what is tested. */
  const unwatched = (hubMs: number) => sleep(hubMs / SPEED);

  async function start(
    n: number,
    serviceId: string,
    given: Fields = {},
    segment = 'ordinary',
  ): Promise<{ ticketId: string; startedAt: number }> {
    const { ticketId } = await manager.issue({ serviceId, segment });
    await manager.act('ticket.call', { counterId: `c${n}`, ticketId, reason: 'for this test' });
    const reply = await teller(n).command('ticket.start', { counterId: `c${n}`, ...given });
    expect(reply.status, reply.text).toBe(200);
    return { ticketId, startedAt: reply.body.events[0]?.at ?? 0 };
  }
  const complete = (n: number) => teller(n).act('ticket.complete', { counterId: `c${n}` });
  const onFloor = async (ticketId: string): Promise<FloorTicket | undefined> =>
    (await manager.floor()).floor.tickets.find(({ id }) => id === ticketId);
  const eventsOf = async (ticketId: string): Promise<HubEvent[]> =>
    (await manager.events()).filter((event) => event['ticketId'] === ticketId);
  const ledger = async (client = manager): Promise<readonly Overrun[]> => {
    const reply = await client.get<{ overruns: readonly Overrun[] }>('/api/branches/hq-01/overruns');
    expect(reply.status, reply.text).toBe(200);
    return reply.body.overruns;
  };
  const stagesOf = (events: readonly HubEvent[]) => events.filter(({ type, stage }) => type === 'limit.passed' && Number(stage) >= 1);

  test("every line of the bank's table: the limit the staff see is the table's", async () => {
    const table: readonly [serviceId: string, given: Fields, minutes: number | undefined][] = [
      ['deposit', {}, 2],
      ['deposit', { notes: 100 }, 2],
      ['deposit', { notes: 101, amountFen: 10_000 * YUAN }, 5],
      ['deposit', { notes: 150, amountFen: 20_000 * YUAN }, 15],
      ['withdrawal', { notes: 100, amountFen: 10_000 * YUAN }, 2],
      ['withdrawal', { notes: 500, amountFen: 50_000 * YUAN }, 5],
      ['withdrawal', { notes: 501, amountFen: 50_100 * YUAN }, 10],
      ['settlement', {}, 2],
      ['settlement', { exception: 'provisional-remittance' }, undefined],
      ['balance', {}, 1],
      ['balance', { exception: 'court-enquiry' }, undefined],
      ['cash-accounting', {}, 3],
      ['cheque', {}, 7],
      ['wire', {}, 10],
      ['pay-out', { amountFen: 50_000 * YUAN }, 5],
      ['pay-out', { amountFen: 50_000 * YUAN + 1 }, 10],
      ['pay-out', { amountFen: 100_000 * YUAN }, 10],
      ['pay-out', { amountFen: 100_000 * YUAN + 1 }, 20],
      ['cash-received', { amountFen: 10_000 * YUAN }, 5],
      ['cash-received', { amountFen: 50_000 * YUAN }, 15],
      ['cash-received', { amountFen: 100_000 * YUAN }, 25],
      ['cash-received', { amountFen: 200_000 * YUAN }, 40],
      ['cash-received', { amountFen: 200_000 * YUAN + 1 }, undefined],
    ];
    for (const [serviceId, given, minutes] of table) {
      const { ticketId, startedAt } = await start(1, serviceId, given);
      const limitAt = (await onFloor(ticketId))?.limitAt;
      await complete(1);
      expect(limitAt === undefined ? undefined : (limitAt - startedAt) / MINUTE, `${serviceId} ${JSON.stringify(given)}`).toBe(minutes);
    }
    expect(await ledger()).toEqual([]);
  });

  describe('five minutes in which no client is connected', () => {
    const started = new Map<string, { ticketId: string; startedAt: number }>();
    const of = (name: string) => {
      const one = started.get(name);
      if (one === undefined) throw new Error(`${name} was not started`);
      return one;
    };
    let before = 0;

    beforeAll(async () => {
      before = await manager.seq();
      started.set('over', await start(1, 'balance'));
      started.set('long', await start(2, 'cheque'));
      started.set('excepted', await start(3, 'balance', { exception: 'stop-payment' }));
      started.set('extended', await start(4, 'balance'));
      await teller(4).act('limit.extend', { ticketId: of('extended').ticketId, class: 'identity' });
      started.set('standing', await start(5, 'balance'));
      await teller(5).act('system.outage', { scope: 'counter', counterId: 'c5' });
      started.set('authorised', await start(6, 'balance'));
      await teller(6).act('help.call', { counterId: 'c6', kind: 'authorisation' });
      await unwatched(5 * MINUTE);
    });

    test('the warning and the three stages came by themselves, each once, in order and in time', async () => {
      const { ticketId, startedAt } = of('over');
      const events = await eventsOf(ticketId);
      const near = events.filter(({ type }) => type === 'limit.near');
      expect(near).toHaveLength(1);
      const stages = stagesOf(events);
      expect(stages.map(({ stage }) => stage)).toEqual([1, 2, 3]);
      const due = [startedAt + 0.8 * MINUTE, ...[1, 2, 3].map((stage) => startedAt + MINUTE + stage * MINUTE)];
      for (const [i, { at = 0 }] of [...near, ...stages].entries()) {
        expect(at).toBeGreaterThanOrEqual(due[i] ?? 0);
        // Half a second of a busy machine is half a minute here.
        expect(at - (due[i] ?? 0)).toBeLessThan(45_000);
      }
    });

    test('one within the limit, one that has none and one extended are not troubled', async () => {
      for (const name of ['long', 'excepted']) {
        expect(
          (await eventsOf(of(name).ticketId)).filter(({ type }) => /^limit\.(near|passed)$/.test(type)),
          name,
        ).toEqual([]);
      }
      expect((await eventsOf(of('extended').ticketId)).filter(({ type }) => type === 'limit.passed')).toEqual([]);
      const { limitAt } = (await onFloor(of('extended').ticketId)) ?? {};
      expect((limitAt ?? 0) - of('extended').startedAt).toBeGreaterThanOrEqual(4 * MINUTE);
    });

    test('an outage stops the clock, and it goes on when it is over', async () => {
      const { ticketId, startedAt } = of('standing');
      expect((await eventsOf(ticketId)).filter(({ type }) => /^limit\.(near|passed)$/.test(type))).toEqual([]);
      const outage = (await manager.events(before)).findLast(({ type }) => type.startsWith('system.outage'));
      const restored = await teller(5).command('system.restored', { outageId: outage?.['outageId'] });
      expect(restored.status, restored.text).toBe(200);
      const stoodMs = (restored.body.events[0]?.at ?? 0) - (outage?.at ?? 0);
      const { limitAt } = (await onFloor(ticketId)) ?? {};
      expect((limitAt ?? 0) - startedAt).toBe(MINUTE + stoodMs);
      await complete(5);
      expect((await ledger()).some((entry) => entry.ticketId === ticketId)).toBe(false);
    });

    test("waiting for an authorisation is not the teller's time", async () => {
      const { ticketId, startedAt } = of('authorised');
      expect(stagesOf(await eventsOf(ticketId))).toEqual([]);
      await manager.act('help.answer', { counterId: 'c6', kind: 'authorisation' });
      expect(((await onFloor(ticketId))?.limitAt ?? 0) - startedAt).toBeGreaterThan(4 * MINUTE);
      await complete(6);
      expect((await ledger()).some((entry) => entry.ticketId === ticketId)).toBe(false);
    });

    test('at the third stage the floor says that the window may need help', async () => {
      const { attention } = (await manager.floor()).floor;
      expect(JSON.stringify(attention)).toContain('c1');
    });

    test('the ledger has the transaction, its limit and what it took, not marked unverified', async () => {
      await complete(1);
      const entry = (await ledger()).find(({ ticketId }) => ticketId === of('over').ticketId);
      expect(entry).toMatchObject({ staffId: 'teller1', serviceId: 'balance', limitMs: MINUTE, stage: 3, unverified: false });
      expect(entry?.actualMs).toBeGreaterThanOrEqual(5 * MINUTE);
      for (const n of [2, 3, 4]) await complete(n);
      expect((await ledger()).filter(({ staffId }) => ['teller2', 'teller3', 'teller4'].includes(staffId))).toEqual([]);
    });

    test('no fine is mentioned anywhere', async () => {
      const all = JSON.stringify([
        await manager.events(),
        await ledger(),
        await manager.floor(),
        (await manager.get('/api/branches/hq-01/retraining')).body,
      ]);
      expect(all).not.toMatch(/fine[sd]?"|penalt|¥|罚/i);
    });

    test('whoever asked in public during it saw no limit', async () => {
      const reply = await device(hub.baseUrl, 'demo-display').get<{ events: HubEvent[] }>(
        `/api/branches/hq-01/events?after=${before}&limit=1000`,
      );
      expectUnbroken(reply.body.events, before);
      expect(reply.text).not.toMatch(/limit|overrun|staff|stage|attention|near/i);
    });
  });

  test('an explained extension wants minutes, a reason and the customer’s consent; a by-right one is one key', async () => {
    const { ticketId, startedAt } = await start(1, 'balance');
    const extend = (fields: Fields) => teller(1).command('limit.extend', { ticketId, class: 'explained', ...fields });
    for (const fields of [
      {},
      { addMs: MINUTE },
      { addMs: MINUTE, reason: 'all ¥50' },
      { addMs: MINUTE, reason: 'all ¥50', customerAgreed: false },
      { addMs: -MINUTE, reason: 'x', customerAgreed: true },
    ]) {
      expectProblem(await extend(fields), 400, JSON.stringify(fields));
    }
    expect((await extend({ addMs: MINUTE, reason: 'all ¥50', customerAgreed: true })).status).toBe(200);
    expect(((await onFloor(ticketId))?.limitAt ?? 0) - startedAt).toBe(2 * MINUTE);
    await complete(1);
  });

  test('the green channel doubles the limit of those it is for', async () => {
    const { ticketId, startedAt } = await start(1, 'balance', {}, 'disabled');
    await teller(1).act('limit.extend', { ticketId, class: 'greenChannel' });
    expect(((await onFloor(ticketId))?.limitAt ?? 0) - startedAt).toBe(2 * MINUTE);
    await complete(1);
  });

  test('a change of the table applies to transactions that start after it', async () => {
    const { body } = await head.get<{ config: { limits: { serviceId: string }[] } }>('/api/branches/hq-01/config');
    const before = await start(1, 'cheque');
    const limits = body.config.limits.map((rule) =>
      rule.serviceId === 'cheque' ? { serviceId: 'cheque', brackets: [{ limitMs: 9 * MINUTE }] } : rule,
    );
    await head.act('branch.configure', { config: { limits } });
    const after = await start(2, 'cheque');
    expect(((await onFloor(before.ticketId))?.limitAt ?? 0) - before.startedAt).toBe(7 * MINUTE);
    expect(((await onFloor(after.ticketId))?.limitAt ?? 0) - after.startedAt).toBe(9 * MINUTE);
    await complete(1);
    await complete(2);
    await head.act('branch.configure', { config: { limits: body.config.limits } });
  });

  test('three staged overruns propose retraining; only the head confirms; until it is passed the teller signs on nowhere', async () => {
    const { ticketId } = await start(7, 'balance');
    for (let item = 0; item < 2; item++) {
      await unwatched(2.1 * MINUTE);
      await teller(7).act('ticket.addItem', { counterId: 'c7', serviceId: 'balance' });
    }
    await unwatched(2.1 * MINUTE);
    await complete(7);
    const mine = (await ledger()).filter(({ staffId }) => staffId === 'teller7');
    expect(mine.map((entry) => entry.ticketId)).toEqual([ticketId, ticketId, ticketId]);
    expect(mine.every(({ stage, limitMs, actualMs }) => stage >= 1 && limitMs === MINUTE && actualMs < 4 * MINUTE)).toBe(true);
    const proposed = await head.get('/api/branches/hq-01/retraining');
    expect(proposed.text).toContain('teller7');
    expectProblem(await manager.command('retraining.confirm', { staffId: 'teller7' }), 403);
    expectProblem(await head.command('retraining.pass', { staffId: 'teller7' }), 409);
    await head.act('retraining.confirm', { staffId: 'teller7' });
    const current = (await manager.floor()).floor.counters.find(({ id }) => id === 'c7');
    if (current?.state !== 'closed') await manager.act('counter.close', { counterId: 'c7' });
    expectProblem(await teller(7).command('counter.open', { counterId: 'c7' }), [403, 409]);
    expectProblem(await manager.command('counter.open', { counterId: 'c7', staffId: 'teller7' }), [403, 409]);
    await head.act('retraining.pass', { staffId: 'teller7' });
    await teller(7).act('counter.open', { counterId: 'c7' });
  });

  test('an appeal is made by its own teller, decided once by somebody else, and the outcome stands in the ledger', async () => {
    const [first, second] = (await ledger()).filter(({ staffId }) => staffId === 'teller7');
    const appeal = { overrunId: first?.id, reason: 'the printer jammed' };
    expectProblem(await teller(2).command('limit.appeal', appeal), 403);
    expectProblem(
      await manager.command('limit.decideAppeal', { overrunId: first?.id, upheld: true, reason: 'x' }),
      409,
      'nothing was appealed yet',
    );
    await teller(7).act('limit.appeal', appeal);
    expectProblem(await teller(7).command('limit.appeal', appeal), 409, 'twice');
    expectProblem(await teller(7).command('limit.decideAppeal', { overrunId: first?.id, upheld: true, reason: 'mine' }), 403);
    await manager.act('limit.decideAppeal', { overrunId: first?.id, upheld: true, reason: 'true' });
    expectProblem(await head.command('limit.decideAppeal', { overrunId: first?.id, upheld: false, reason: 'no' }), 409);
    await teller(7).act('limit.appeal', { overrunId: second?.id, reason: 'and again' });
    await manager.act('limit.decideAppeal', { overrunId: second?.id, upheld: false, reason: 'no' });
    const after = await ledger(head);
    expect(after.find(({ id }) => id === first?.id)?.appeal?.decided?.upheld).toBe(true);
    expect(after.find(({ id }) => id === second?.id)?.appeal?.decided?.upheld).toBe(false);
    expect(JSON.stringify(await manager.events())).not.toMatch(/printer jammed/);
  });

  test('a teller reads the own entries, a device none', async () => {
    expect((await ledger(teller(7))).length).toBe(3);
    expect((await ledger(teller(2))).some(({ staffId }) => staffId === 'teller7')).toBe(false);
    expectProblem(await device(hub.baseUrl, 'demo-display').get('/api/branches/hq-01/overruns'), 403);
  });

  test.each(['terminate', 'kill'] as const)(
    'a transaction that ran over while the hub was down (%s) is found at once and marked unverified; hub time went on',
    async (how) => {
      const over = await start(3, 'balance');
      // Not over even where a start takes ten times as long as usual.
      const later = await start(4, 'cash-received', { amountFen: 200_000 * YUAN });
      const before = await manager.floor();
      const beganAt = performance.now();
      if (how === 'terminate') await hub.terminate();
      else await hub.kill9();
      await unwatched(2.2 * MINUTE);
      await hub.start();
      const after = await manager.floor();
      const elapsed = (performance.now() - beganAt) * SPEED;
      expect(after.at - before.at).toBeGreaterThan(elapsed - MINUTE);
      expect(after.at - before.at).toBeLessThan(elapsed + MINUTE);
      const events = await eventsOf(over.ticketId);
      expect(events.filter(({ type }) => type === 'limit.near').length).toBeLessThanOrEqual(1);
      const stages = stagesOf(events);
      expect(stages.length).toBeGreaterThanOrEqual(1);
      expect(stages.map(({ stage }) => stage)).toEqual([1, 2, 3].slice(0, stages.length));
      await complete(3);
      expect((await ledger()).find(({ ticketId }) => ticketId === over.ticketId)).toMatchObject({ unverified: true, staffId: 'teller3' });
      expect((await onFloor(later.ticketId))?.limitAt).toBe(later.startedAt + 40 * MINUTE);
      await complete(4);
      expect((await ledger()).some(({ ticketId }) => ticketId === later.ticketId)).toBe(false);
    },
  );

  test('a limit that passes after the restart is as verified as any', async () => {
    const { ticketId, startedAt } = await start(3, 'cash-received', { amountFen: 50_000 * YUAN });
    await hub.kill9();
    const speed = 5 * SPEED;
    await hub.start(speed);
    const screen = await connected(hub.baseUrl, { token: 'demo-display' });
    const { seq = 0 } = await screen.watch({ audience: 'public' });
    await sleep((startedAt + 16 * MINUTE - (await manager.floor()).at) / speed);
    const passed = async () => (await eventsOf(ticketId)).map(({ type }) => type);
    await expect.poll(passed, { timeout: 15_000, interval: 50 }).toEqual(expect.arrayContaining(['limit.near', 'limit.passed']));
    await complete(3);
    expect((await ledger()).find((entry) => entry.ticketId === ticketId)?.unverified).toBe(false);
    await screen.reached(await manager.seq());
    expectUnbroken(screen.events, seq);
    expect(JSON.stringify(screen.events)).not.toMatch(/limit|overrun|stage/);
    screen.close();
  });

  test('the ledger can be asked for another period, and a period that is none is told so', async () => {
    const empty = await manager.get<{ overruns: unknown[] }>('/api/branches/hq-01/overruns?period=2020Q1');
    expect(empty.body.overruns).toEqual([]);
    expectProblem(await manager.get('/api/branches/hq-01/overruns?period=yesterday'), 400);
  });
});

describe('the end of the day', () => {
  let hub: HubProcess;
  afterAll(() => endHub(hub));

  test('at midnight in Shanghai those still waiting are unserved, and numbers begin at 001 again', async () => {
    hub = await HubProcess.start({ speed: 8_000 });
    const manager = await signIn(hub.baseUrl, 'manager');
    const kiosk = device(hub.baseUrl, 'demo-kiosk');
    const screen = await connected(hub.baseUrl, { token: 'demo-display' });
    const { seq = 0 } = await screen.watch({ audience: 'public' });
    const before = await kiosk.issue({ serviceId: 'deposit' });
    await screen.until(({ events }) => events.some(({ type }) => type === 'branch.dayStarted'), 'the next day', 20_000);
    const after = await kiosk.issue({ serviceId: 'deposit' });
    const log = await manager.events(seq);
    const dayStarted = log.find(({ type }) => type === 'branch.dayStarted');
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    expect(dayStarted?.['date']).toBe(shanghai.format(dayStarted?.at));
    expect(shanghai.format((dayStarted?.at ?? 0) - 6 * 3_600_000)).not.toBe(dayStarted?.['date']);
    expect(after.number).toBe('A001');
    expect(after.ticketId).not.toBe(before.ticketId);
    const end = log.filter((event) => event['ticketId'] === before.ticketId).map(({ type }) => type);
    expect(end).toContain('ticket.unserved');
    expect(end).not.toContain('ticket.noShow');
    expect((await manager.floor()).floor.tickets.map(({ id }) => id)).not.toContain(before.ticketId);
    screen.close();
  });

  test('a customer at a counter at midnight is served to the end', async () => {
    const manager = await signIn(hub.baseUrl, 'manager');
    const screen = await connected(hub.baseUrl, { token: 'demo-display' });
    await screen.watch({ audience: 'public' });
    await manager.act('counter.open', { counterId: 'c1' });
    const { ticketId } = await manager.issue({ serviceId: 'cash-received' });
    await manager.act<Called>('ticket.call', { counterId: 'c1', ticketId, reason: 'late' });
    await manager.act('ticket.start', { counterId: 'c1', amountFen: 300_000 * YUAN });
    await screen.until(({ events }) => events.some(({ type }) => type === 'branch.dayStarted'), 'the next day', 20_000);
    const reply = await manager.command('ticket.complete', { counterId: 'c1' });
    expect(reply.body.events.map(({ type }) => type)).toContain('ticket.completed');
    screen.close();
  });
});
