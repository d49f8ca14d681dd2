import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import { type Called, type Client, expectProblem, type Fields, type HubEvent, signIn } from './support/client.ts';

interface FinishedAndCalled extends Called {
  readonly finished: string;
}

describe('calling customers', () => {
  let hub: HubProcess;
  let manager: Client;
  const tellers: Client[] = [];

  beforeAll(async () => {
    hub = await HubProcess.start();
    manager = await signIn(hub.baseUrl, 'manager');
    for (let n = 1; n <= 8; n++) tellers.push(await signIn(hub.baseUrl, `teller${n}`));
  });
  afterAll(() => endHub(hub));

  /** Everybody is sent home and every counter closed, so that each test begins with an empty hall. */
  beforeEach(async () => {
    const { floor } = await manager.floor();
    for (const { id } of floor.tickets) await manager.act('ticket.cancel', { ticketId: id, reason: 'the hall is cleared' });
    for (const { id, state } of floor.counters) if (state !== 'closed') await manager.act('counter.close', { counterId: id });
  });

  const open = (teller: Client, counterId: string) => teller.act('counter.open', { counterId });
  const callNext = (teller: Client, counterId: string) => teller.act<Called>('ticket.callNext', { counterId });
  const tellerAt = (n: number): Client => {
    const teller = tellers[n - 1];
    if (teller === undefined) throw new Error(`no teller ${n}`);
    return teller;
  };

  /** Serves one after the other at c1 until nobody is left; answers the numbers in the order called. */
  async function serveAll(counterId = 'c1', teller = tellerAt(1)): Promise<string[]> {
    const order: string[] = [];
    for (;;) {
      const reply = await teller.command<{ result: Called }>('ticket.callNext', { counterId });
      if (reply.status !== 200) return order;
      order.push(reply.body.result.number);
      await teller.act('ticket.start', { counterId });
      await teller.act('ticket.complete', { counterId });
    }
  }

  async function issueInOrder(...those: readonly Fields[]): Promise<string[]> {
    const numbers: string[] = [];
    for (const one of those) numbers.push((await manager.issue({ serviceId: 'deposit', ...one })).number);
    return numbers;
  }

  /** What is on the floor agrees with itself: one customer a counter, one counter a customer. */
  async function expectSoundFloor(): Promise<void> {
    const { floor } = await manager.floor();
    const occupied = floor.counters.flatMap(({ id, ticketId }) => (ticketId === undefined ? [] : [[id, ticketId] as const]));
    expect(new Set(occupied.map(([, ticketId]) => ticketId)).size).toBe(occupied.length);
    for (const [counterId, ticketId] of occupied) {
      const ticket = floor.tickets.find(({ id }) => id === ticketId);
      expect(ticket).toMatchObject({ counterId, state: expect.stringMatching(/^(called|serving)$/) });
    }
    const atCounters = floor.tickets.filter(({ state }) => state === 'called' || state === 'serving');
    expect(atCounters.map(({ id }) => id).sort()).toEqual(occupied.map(([, ticketId]) => ticketId).sort());
  }

  /** Walks through the log: no counter gets a customer while it has one, no customer a second counter. */
  function expectNeverTwo(events: readonly HubEvent[]): void {
    const customerAt = new Map<unknown, unknown>();
    const counterOf = new Map<unknown, unknown>();
    for (const { type, ticketId, counterId, seq } of events) {
      if (type === 'ticket.called') {
        expect(customerAt.get(counterId), `seq ${seq}: two customers at ${String(counterId)}`).toBeUndefined();
        expect(counterOf.get(ticketId), `seq ${seq}: two counters for ${String(ticketId)}`).toBeUndefined();
        customerAt.set(counterId, ticketId);
        counterOf.set(ticketId, counterId);
      }
      if (type === 'ticket.completed' || type === 'ticket.noShow' || type === 'ticket.cancelled') {
        customerAt.delete(counterOf.get(ticketId));
        counterOf.delete(ticketId);
      }
    }
  }

  test('eight tellers pressing call-next five times each at the same moment get one customer each, and no customer is called twice', async () => {
    await Promise.all(tellers.map((teller, i) => open(teller, `c${i + 1}`)));
    await Promise.all(Array.from({ length: 60 }, () => manager.issue({ serviceId: 'deposit' })));
    const before = await manager.seq();
    const presses = await Promise.all(
      tellers.flatMap((teller, i) =>
        Array.from({ length: 5 }, () => teller.command<{ result: Called }>('ticket.callNext', { counterId: `c${i + 1}` })),
      ),
    );
    const heard = presses.filter(({ status }) => status === 200);
    expect(heard).toHaveLength(8);
    for (const refused of presses.filter(({ status }) => status !== 200)) expectProblem(refused, 409, 'a second press');
    expect(new Set(heard.map(({ body }) => body.result.ticketId)).size).toBe(8);
    const events = await manager.events(before);
    expect(events.filter(({ type }) => type === 'ticket.called')).toHaveLength(8);
    expectNeverTwo(events);
    await expectSoundFloor();
  });

  test('finish-and-call-next pressed five times at once finishes one customer and calls one', async () => {
    await Promise.all(tellers.map((teller, i) => open(teller, `c${i + 1}`)));
    await Promise.all(Array.from({ length: 40 }, () => manager.issue({ serviceId: 'withdrawal' })));
    const current = await Promise.all(tellers.map(async (teller, i) => (await callNext(teller, `c${i + 1}`)).ticketId));
    await Promise.all(tellers.map((teller, i) => teller.act('ticket.start', { counterId: `c${i + 1}` })));
    const before = await manager.seq();
    const presses = await Promise.all(
      tellers.flatMap((teller, i) =>
        Array.from({ length: 5 }, () =>
          teller.command<{ result: FinishedAndCalled }>('ticket.finishAndCallNext', { counterId: `c${i + 1}`, ticketId: current[i] }),
        ),
      ),
    );
    expect(presses.filter(({ status }) => status === 200)).toHaveLength(8);
    for (const refused of presses.filter(({ status }) => status !== 200)) expectProblem(refused, 409, 'a second press');
    const events = await manager.events(before);
    expect(
      events
        .filter(({ type }) => type === 'ticket.completed')
        .map(({ ticketId }) => String(ticketId))
        .sort(),
    ).toEqual([...current].sort());
    expect(events.filter(({ type }) => type === 'ticket.called')).toHaveLength(8);
    await expectSoundFloor();
    const { floor } = await manager.floor();
    for (const counter of floor.counters.slice(0, 8)) expect(counter).toMatchObject({ state: 'calling', ticketId: expect.any(String) });
  });

  test('a stormy hour: tellers press everything twice at once for many customers, and each customer is called and finished exactly once', async () => {
    await Promise.all(tellers.map((teller, i) => open(teller, `c${i + 1}`)));
    const before = await manager.seq();
    const issued = await Promise.all(Array.from({ length: 64 }, () => manager.issue({ serviceId: 'balance' })));
    await Promise.all(
      tellers.map(async (teller, i) => {
        const counterId = `c${i + 1}`;
        let first = (await Promise.all([1, 2].map(() => teller.command<{ result: Called }>('ticket.callNext', { counterId })))).find(
          ({ status }) => status === 200,
        )?.body.result.ticketId;
        while (first !== undefined) {
          const ticketId: string = first;
          await Promise.all([1, 2].map(() => teller.command('ticket.start', { counterId })));
          const both = await Promise.all(
            [1, 2].map(() => teller.command<{ result: Partial<FinishedAndCalled> }>('ticket.finishAndCallNext', { counterId, ticketId })),
          );
          const done = both.filter(({ status }) => status === 200);
          expect(done).toHaveLength(1);
          first = done[0]?.body.result.ticketId;
        }
      }),
    );
    const events = await manager.events(before);
    expectNeverTwo(events);
    const called = events.filter(({ type }) => type === 'ticket.called').map(({ ticketId }) => String(ticketId));
    expect([...called].sort()).toEqual(issued.map(({ ticketId }) => ticketId).sort());
    expect(events.filter(({ type }) => type === 'ticket.completed')).toHaveLength(64);
    expect((await manager.floor()).floor.tickets).toEqual([]);
  });

  test('finish-and-call-next naming a customer who is not at the counter changes nothing', async () => {
    await open(tellerAt(1), 'c1');
    await issueInOrder({}, {}, {});
    const { ticketId } = await callNext(tellerAt(1), 'c1');
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    const waiting = (await manager.floor()).floor.tickets.find(({ state }) => state === 'waiting');
    const before = await manager.seq();
    expectProblem(await tellerAt(1).command('ticket.finishAndCallNext', { counterId: 'c1', ticketId: waiting?.id }), 409);
    expectProblem(await tellerAt(1).command('ticket.finishAndCallNext', { counterId: 'c1', ticketId: 'nobody' }), [404, 409]);
    expect(await manager.deedsSince(before)).toEqual([]);
    expect((await manager.floor()).floor.counters[0]).toMatchObject({ state: 'serving', ticketId });
  });

  test('two tellers choosing the same customer: one gets them, the other is told', async () => {
    await Promise.all(tellers.map((teller, i) => open(teller, `c${i + 1}`)));
    const { ticketId } = await manager.issue();
    const presses = await Promise.all(
      tellers.map((teller, i) => teller.command('ticket.call', { counterId: `c${i + 1}`, ticketId, reason: 'regular customer' })),
    );
    expect(presses.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const refused of presses.filter(({ status }) => status !== 200)) expectProblem(refused, 409);
    await expectSoundFloor();
  });

  test('customers of one kind are called in the order they came', async () => {
    await open(tellerAt(1), 'c1');
    const numbers = await issueInOrder({}, { serviceId: 'withdrawal' }, {}, { serviceId: 'balance' }, {});
    expect(await serveAll()).toEqual(numbers);
  });

  test('special needs go before everybody, among themselves by arrival; then appointments; then arrival', async () => {
    await open(tellerAt(1), 'c1');
    const [o1, a1, d1, o2, p1, a2, i1, v80] = await issueInOrder(
      {},
      { segment: 'appointment' },
      { segment: 'disabled' },
      {},
      { segment: 'pregnant' },
      { segment: 'appointment' },
      { segment: 'infant' },
      { segment: 'over80' },
    );
    expect(await serveAll()).toEqual([d1, p1, i1, v80, a1, a2, o1, o2]);
  });

  test('VIPs go before those who came earlier, but never take more than one in three calls while others wait', async () => {
    await open(tellerAt(1), 'c1');
    const ordinary = await issueInOrder(...Array.from({ length: 9 }, () => ({})));
    const vips = await issueInOrder(...Array.from({ length: 4 }, () => ({ segment: 'vip' })));
    const order = await serveAll();
    expect([...order].sort()).toEqual([...ordinary, ...vips].sort());
    expect(order.filter((number) => ordinary.includes(number))).toEqual(ordinary);
    expect(order.filter((number) => vips.includes(number))).toEqual(vips);
    const isVip = order.map((number) => vips.includes(number));
    const othersLeft = order.findLastIndex((number) => ordinary.includes(number));
    for (let at = 0; at + 3 <= othersLeft + 1; at++) expect(isVip.slice(at, at + 3).filter(Boolean).length).toBeLessThanOrEqual(1);
    expect(isVip.slice(0, 3)).toContain(true);
    expect(isVip.slice(0, 12).filter(Boolean).length).toBeGreaterThanOrEqual(3);
  });

  test('on a pension day VIPs have no share, and age alone is no priority once most of the hall is elderly', async () => {
    await manager.act('branch.setDayType', { dayType: 'pension' });
    try {
      await open(tellerAt(1), 'c1');
      const [o1, e1, e2, v1, d1, e3] = await issueInOrder(
        {},
        { segment: 'elderly' },
        { segment: 'elderly' },
        { segment: 'vip' },
        { segment: 'disabled' },
        { segment: 'elderly' },
      );
      const order = await serveAll();
      expect(order[0]).toBe(d1);
      expect(order.slice(0, 3)).toEqual([d1, o1, e1]);
      expect(order.at(-1)).toBe(v1);
      expect(order).toHaveLength(6);
      expect(order).toEqual(expect.arrayContaining([e2, e3]));
    } finally {
      await manager.act('branch.setDayType', { dayType: 'ordinary' });
    }
  });

  test('a late-comer re-enters next but two', async () => {
    await open(tellerAt(1), 'c1');
    const [late, b, c, d, e] = await issueInOrder({}, {}, {}, {}, {});
    const { ticketId, number } = await callNext(tellerAt(1), 'c1');
    expect(number).toBe(late);
    await tellerAt(1).act('ticket.recall', { counterId: 'c1' });
    await tellerAt(1).act('ticket.noShow', { counterId: 'c1' });
    await manager.act('ticket.requeue', { ticketId });
    expect(await serveAll()).toEqual([b, c, late, d, e]);
  });

  test('a recall never overwrites when the customer was first called', async () => {
    await open(tellerAt(1), 'c1');
    await issueInOrder({});
    await callNext(tellerAt(1), 'c1');
    const before = (await manager.floor()).floor.tickets[0] as unknown as Record<string, unknown>;
    await tellerAt(1).act('ticket.recall', { counterId: 'c1' });
    const after = (await manager.floor()).floor.tickets[0] as unknown as Record<string, unknown>;
    expect(after['firstCalledAt'] ?? after['calledAt']).toBe(before['firstCalledAt'] ?? before['calledAt']);
  });

  test('transferred, parked or diverted, a customer keeps the place of the first arrival', async () => {
    await open(tellerAt(1), 'c1');
    const [transferred, parked, diverted, b, c] = await issueInOrder({}, {}, {}, {}, {});
    const byNumber = async (number: string | undefined) => {
      const ticket = (await manager.floor()).floor.tickets.find((one) => one.number === number);
      if (ticket === undefined) throw new Error(`${number} is not on the floor`);
      return ticket;
    };
    const arrived = (await byNumber(transferred)).issuedAt;
    await manager.act('ticket.divert', { ticketId: (await byNumber(diverted)).id, to: 'machine' });
    await callNext(tellerAt(1), 'c1');
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    await tellerAt(1).act('ticket.transfer', { counterId: 'c1', toServiceId: 'withdrawal' });
    expect(await byNumber(transferred)).toMatchObject({ serviceId: 'withdrawal', state: 'waiting', issuedAt: arrived });
    const again = await callNext(tellerAt(1), 'c1');
    expect(again.number).toBe(transferred);
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    await tellerAt(1).act('ticket.complete', { counterId: 'c1' });
    const second = await callNext(tellerAt(1), 'c1');
    expect(second.number).toBe(parked);
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    await tellerAt(1).act('ticket.park', { counterId: 'c1', reason: 'fills in a form' });
    expect(await byNumber(parked)).toMatchObject({ state: 'parked' });
    await manager.act('ticket.unpark', { ticketId: second.ticketId });
    const undiverted = (await manager.events()).findLast(({ type }) => type === 'ticket.diverted')?.['ticketId'];
    await manager.act('ticket.undivert', { ticketId: undiverted });
    expect(await serveAll()).toEqual([parked, diverted, b, c]);
  });

  test('a diverted customer is not called meanwhile', async () => {
    await open(tellerAt(1), 'c1');
    const { ticketId } = await manager.issue();
    await manager.act('ticket.divert', { ticketId, to: 'machine' });
    expectProblem(await tellerAt(1).command('ticket.callNext', { counterId: 'c1' }), 409);
    await manager.act('ticket.undivert', { ticketId });
    expect((await callNext(tellerAt(1), 'c1')).ticketId).toBe(ticketId);
  });

  test('a counter takes only what it serves', async () => {
    await open(tellerAt(1), 'c1');
    await manager.issue({ serviceId: 'wealth' });
    const before = await manager.seq();
    expectProblem(await tellerAt(1).command('ticket.callNext', { counterId: 'c1' }), 409);
    expect(await manager.deedsSince(before)).toEqual([]);
  });

  test('a closed or paused counter calls nobody, and one who is served is not left by a pause', async () => {
    await issueInOrder({}, {});
    expectProblem(await tellerAt(1).command('ticket.callNext', { counterId: 'c1' }), 409);
    await open(tellerAt(1), 'c1');
    await callNext(tellerAt(1), 'c1');
    expectProblem(await tellerAt(1).command('counter.pause', { counterId: 'c1', reason: 'lunch' }), 409);
    expectProblem(await tellerAt(1).command('counter.close', { counterId: 'c1' }), 409);
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    await tellerAt(1).act('counter.pauseAfter', { counterId: 'c1', reason: 'lunch' });
    await tellerAt(1).act('ticket.complete', { counterId: 'c1' });
    expect((await manager.floor()).floor.counters[0]).toMatchObject({ state: 'paused' });
    expectProblem(await tellerAt(1).command('ticket.callNext', { counterId: 'c1' }), 409);
    expectProblem(
      await tellerAt(1).command('counter.confirmCashCount', { counterId: 'c1' }),
      [403, 409],
      'the second person is somebody else',
    );
    await tellerAt(2).act('counter.confirmCashCount', { counterId: 'c1' });
    await tellerAt(1).act('counter.resume', { counterId: 'c1' });
    await callNext(tellerAt(1), 'c1');
  });

  test('several transactions at one visit are one ticket with several items, each judged alone', async () => {
    await open(tellerAt(1), 'c1');
    await issueInOrder({});
    await callNext(tellerAt(1), 'c1');
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    const first = (await manager.floor()).floor.tickets[0]?.limitAt;
    await tellerAt(1).act('ticket.addItem', { counterId: 'c1', serviceId: 'cheque' });
    const ticket = (await manager.floor()).floor.tickets[0];
    expect(ticket?.items).toHaveLength(2);
    expect((ticket?.limitAt ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(5 * 60_000);
  });

  test('a walk-up is served at once, counted, and its counter is taken', async () => {
    await open(tellerAt(1), 'c1');
    await issueInOrder({});
    await tellerAt(1).act('ticket.walkUp', { counterId: 'c1', serviceId: 'balance', reason: 'quick question' });
    expectProblem(await tellerAt(1).command('ticket.callNext', { counterId: 'c1' }), 409);
    await expectSoundFloor();
  });

  test('a customer cancelled while being served leaves a free counter and a truthful floor', async () => {
    await open(tellerAt(1), 'c1');
    await issueInOrder({}, {});
    const { ticketId } = await callNext(tellerAt(1), 'c1');
    await tellerAt(1).act('ticket.start', { counterId: 'c1' });
    await manager.act('ticket.cancel', { ticketId, reason: 'felt unwell' });
    await expectSoundFloor();
    expect((await callNext(tellerAt(1), 'c1')).ticketId).not.toBe(ticketId);
  });

  test('one teller cannot sit at two counters', async () => {
    await open(tellerAt(1), 'c1');
    expectProblem(await manager.command('counter.open', { counterId: 'c12', staffId: 'teller1' }), 409);
    expectProblem(await tellerAt(1).command('counter.open', { counterId: 'c1' }), 409, 'open already');
  });
});
