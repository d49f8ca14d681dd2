import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import { type Client, device, expectProblem, signIn, stranger } from './support/client.ts';

const services = ['deposit', 'withdrawal', 'settlement', 'balance', 'loss-report', 'cheque', 'wire', 'wealth'];

describe('taking numbers', () => {
  let hub: HubProcess;
  let kiosk: Client;
  let manager: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    kiosk = device(hub.baseUrl, 'demo-kiosk');
    manager = await signIn(hub.baseUrl, 'manager');
  });
  afterAll(() => endHub(hub));

  test('a demo branch that stands still has nobody waiting, every counter closed, and the twelve counters of the contract', async () => {
    const { floor, branchId } = await manager.floor();
    expect(branchId).toBe('hq-01');
    expect(floor.tickets).toEqual([]);
    expect(floor.counters.map(({ id, number, state, kind }) => [id, number, state, kind])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`c${n}`, n, 'closed', 'cash']),
      ...[9, 10].map((n) => [`c${n}`, n, 'closed', 'nonCash']),
      ['c11', 11, 'closed', 'priority'],
      ['c12', 12, 'closed', 'elastic'],
    ]);
    expect(floor.services.map(({ id }) => id).sort()).toEqual(
      'deposit withdrawal settlement balance loss-report cheque cheque-book wire cash-accounting pay-out cash-received account-opening wealth'
        .split(' ')
        .sort(),
    );
  });

  test('six hundred customers pressing at once get six hundred different numbers, each letter from 001 without a gap', async () => {
    const before = await manager.seq();
    const all = await Promise.all(Array.from({ length: 600 }, (_, i) => kiosk.issue({ serviceId: services[i % services.length] })));
    expect(new Set(all.map(({ number }) => number)).size).toBe(600);
    expect(new Set(all.map(({ ticketId }) => ticketId)).size).toBe(600);
    expect(new Set(all.map(({ follow }) => follow)).size).toBe(600);
    const byLetter = new Map<string, string[]>();
    for (const { number } of all) byLetter.set(number.slice(0, 1), [...(byLetter.get(number.slice(0, 1)) ?? []), number]);
    expect(byLetter.size).toBe(services.length);
    for (const [letter, ones] of byLetter) {
      const expected = ones.map((_, index) => `${letter}${String(index + 1).padStart(3, '0')}`);
      expect([...ones].sort()).toEqual(expected);
    }
    const issued = (await manager.events(before)).filter(({ type }) => type === 'ticket.issued');
    expect(issued.map(({ ticketId }) => String(ticketId)).sort()).toEqual(all.map(({ ticketId }) => ticketId).sort());
    expect((await manager.floor()).floor.tickets).toHaveLength(600);
  });

  test('the answer tells how many are ahead and an honest range', async () => {
    const { ahead, waitMs } = await kiosk.issue({ serviceId: 'deposit' });
    expect(ahead).toBeGreaterThan(0);
    expect(Number.isInteger(ahead)).toBe(true);
    expect(waitMs.low).toBeGreaterThanOrEqual(0);
    expect(waitMs.low).toBeLessThanOrEqual(waitMs.expected);
    expect(waitMs.expected).toBeLessThanOrEqual(waitMs.high);
    for (const ms of Object.values(waitMs)) expect(Number.isFinite(ms)).toBe(true);
  });

  test("a customer's phone shows its own number without signing in, and nothing internal", async () => {
    const { number, follow, ticketId } = await kiosk.issue({
      serviceId: 'balance',
      segment: 'disabled',
      amountFen: 12_345_600,
      contact: { name: '王小明', phone: '13900001111' },
    });
    expect(follow).toMatch(/^\/t\/.+/);
    const reply = await stranger(hub.baseUrl).get<{ number: string; state: string; ahead: number; waitMs: unknown }>(follow);
    expect(reply.status).toBe(200);
    expect(reply.contentType).toContain('application/json');
    expect(reply.body).toMatchObject({ number, state: 'waiting', ahead: expect.any(Number), waitMs: expect.anything() });
    expect(reply.text).not.toMatch(/limit|staff|teller|segment|disabled|contact|13900001111|王小明|12345600/i);
    const changed = await Promise.all([
      stranger(hub.baseUrl).get(`${follow}x`),
      stranger(hub.baseUrl).get(follow.slice(0, -1)),
      stranger(hub.baseUrl).get('/t/nonsense'),
      stranger(hub.baseUrl).get(`/t/hq-01.${ticketId}.`),
      stranger(hub.baseUrl).get(`/t/${encodeURIComponent(`hq-01.${ticketId}.${'A'.repeat(22)}`)}`),
    ]);
    for (const other of changed) expectProblem(other, 404, 'a link that was tampered with');
    const mac = follow.split('.').at(-1);
    const neighbour = await kiosk.issue({ serviceId: 'balance' });
    expectProblem(await stranger(hub.baseUrl).get(`/t/hq-01.${neighbour.ticketId}.${mac}`), 404, "another number under this link's proof");
    expectProblem(await stranger(hub.baseUrl).get(`/t/hq-02.${ticketId}.${mac}`), 404, 'another branch');
  });

  test('the phone follows the customer to the counter, and the link goes on saying the truth after the service', async () => {
    const { ticketId, follow } = await kiosk.issue({ serviceId: 'cheque-book' });
    await manager.act('counter.open', { counterId: 'c9' });
    await manager.act('ticket.call', { counterId: 'c9', ticketId, reason: 'asked for' });
    const phone = stranger(hub.baseUrl);
    expect((await phone.get(follow)).body).toMatchObject({ state: 'called', ahead: 0, counterNumber: 9 });
    await manager.act('ticket.start', { counterId: 'c9' });
    expect((await phone.get(follow)).body).toMatchObject({ state: 'serving', counterNumber: 9 });
    await manager.act('ticket.complete', { counterId: 'c9' });
    expect((await phone.get(follow)).status).toBe(200);
    await manager.act('counter.close', { counterId: 'c9' });
  });

  test('numbers go on past 999', async () => {
    const before = (await manager.floor()).floor.tickets.filter(({ serviceId }) => serviceId === 'cash-accounting').length;
    expect(before).toBe(0);
    const numbers: string[] = [];
    for (let batch = 0; batch < 11; batch++) {
      numbers.push(
        ...(await Promise.all(Array.from({ length: 100 }, () => kiosk.issue({ serviceId: 'cash-accounting' })))).map(
          ({ number }) => number,
        ),
      );
    }
    const letter = numbers[0]?.[0];
    expect(new Set(numbers).size).toBe(1_100);
    expect(numbers).toContain(`${letter}999`);
    expect(numbers).toContain(`${letter}1000`);
    expect(numbers).toContain(`${letter}1100`);
  });

  test('an unknown service, or one of another branch, gives no number and says which field', async () => {
    const before = await manager.seq();
    const problem = expectProblem(await kiosk.command('ticket.issue', { serviceId: 'haircut' }), [400, 404, 409]);
    expect(problem.errors?.map(({ path }) => path)).toEqual(['serviceId']);
    expect(await manager.deedsSince(before)).toEqual([]);
  });

  test('numbers of two branches are apart, each from 001', async () => {
    const region = await signIn(hub.baseUrl, 'region');
    expect((await region.floor('hq-02')).floor.tickets).toEqual([]);
    expectProblem(await kiosk.command('ticket.issue', { serviceId: 'deposit' }, { branch: 'hq-02' }), 403);
  });
});
