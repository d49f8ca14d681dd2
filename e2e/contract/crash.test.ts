import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { endHub } from './support/ending.ts';
import {
  type Accepted,
  type Client,
  cookieOf,
  Client as HttpClient,
  device,
  type Called,
  type HubEvent,
  type Issued,
} from './support/client.ts';
import { connected, expectUnbroken } from './support/viewer.ts';

describe('a hub killed in the middle of its work', () => {
  let hub: HubProcess;
  let kiosk: Client;
  let manager: Client;
  let cookie: string;

  beforeAll(async () => {
    hub = await HubProcess.start();
    kiosk = device(hub.baseUrl, 'demo-kiosk');
    cookie = await cookieOf(hub.baseUrl, 'manager');
    manager = new HttpClient(hub.baseUrl, { cookie });
    for (let n = 1; n <= 8; n++) await manager.act('counter.open', { counterId: `c${n}` });
  });
  afterAll(() => endHub(hub));

  test('kept every command it had acknowledged, once, and a client that repeats the unanswered ones ends with exactly one each', async () => {
    const acknowledged = new Map<string, Accepted<Issued>>();
    const wanted = new Map<string, { type: string; fields: object }>();
    const heard: HubEvent[] = [];
    const from = await manager.seq();
    let last = from;

    for (let round = 0; round < 4; round++) {
      const screen = await connected(hub.baseUrl, { cookie });
      expect(await screen.watch({ after: last })).toMatchObject({ ok: true });
      let isDown = false;
      const press = async (client: Client, type: string, fields: object): Promise<void> => {
        const id = randomUUID();
        wanted.set(id, { type, fields });
        const reply = await client.command<Accepted<Issued>>(type, { ...fields }, { id }).catch(() => undefined);
        if (reply === undefined) isDown = true;
        else if (reply.status === 200) acknowledged.set(id, reply.body);
        else wanted.delete(id);
      };
      const customers = Array.from({ length: 12 }, async () => {
        while (!isDown) await press(kiosk, 'ticket.issue', { serviceId: 'deposit' });
      });
      const tellers = Array.from({ length: 4 }, async (_, i) => {
        const counterId = `c${i + 1}`;
        while (!isDown) {
          await press(manager, 'ticket.callNext', { counterId });
          await press(manager, 'ticket.start', { counterId });
          await press(manager, 'ticket.complete', { counterId });
        }
      });
      const enough = acknowledged.size + 60 + round * 25;
      await screen.until(() => acknowledged.size >= enough, 'load');
      await hub.kill9();
      await Promise.all([...customers, ...tellers]);
      screen.close();
      heard.push(...screen.events);
      last = heard.at(-1)?.seq ?? last;
      await hub.start();
    }

    const log = await manager.events();
    expectUnbroken(log, 0);
    // Nobody ever hears of an event before it is on the disk.
    expect(heard).toEqual(log.filter(({ seq }) => seq > from && seq <= last));
    for (const { events } of acknowledged.values()) {
      for (const event of events) expect(log[event.seq - 1]).toMatchObject(event);
    }
    const seqs = [...acknowledged.values()].flatMap(({ events }) => events.map(({ seq }) => seq));
    expect(new Set(seqs).size).toBe(seqs.length);

    for (const [id, { type, fields }] of wanted) {
      const by = type === 'ticket.issue' ? kiosk : manager;
      const reply = await by.command<Accepted<Issued>>(type, { ...fields }, { id });
      const known = acknowledged.get(id);
      if (known !== undefined) expect(reply.body).toEqual(known);
      else if (type === 'ticket.issue') expect(reply.status).toBe(200);
    }
    const issues = [...wanted.values()].filter(({ type }) => type === 'ticket.issue').length;
    const issued = (await manager.events()).filter(({ type }) => type === 'ticket.issued');
    expect(issued).toHaveLength(issues);
    const numbers = issued.map(({ number }) => String(number));
    expect([...numbers].sort()).toEqual(Array.from({ length: issues }, (_, i) => `A${String(i + 1).padStart(3, '0')}`).sort());
  });

  test('stands again exactly as its log says', async () => {
    const before = await manager.floor();
    await hub.kill9();
    await hub.start();
    const after = await manager.floor();
    const still = ({ floor: { tickets, counters } }: typeof before) => ({ tickets, counters });
    expect(still(after)).toEqual(still(before));
    const free = after.floor.counters.find(({ id }) => id === 'c8');
    expect(free?.state).toBe('idle');
    const { number } = await manager.act<Called>('ticket.callNext', { counterId: 'c8' });
    expect(number).toMatch(/^A\d+$/);
  });

  test('hub time never steps back over a restart', async () => {
    const before = (await manager.floor()).at;
    await hub.restart('kill');
    expect((await manager.floor()).at).toBeGreaterThanOrEqual(before);
    const stamps = (await manager.events()).map(({ at }) => at ?? 0);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
  });

  test('screens that were away over the restart catch up by `after`, staff and public alike', async () => {
    const after = await manager.seq();
    await Promise.all(Array.from({ length: 30 }, () => kiosk.issue()));
    await hub.restart('kill');
    await Promise.all(Array.from({ length: 30 }, () => kiosk.issue()));
    const end = await manager.seq();
    for (const [who, audience] of [
      [{ cookie }, 'staff'],
      [{ token: 'demo-display' }, 'public'],
    ] as const) {
      const screen = await connected(hub.baseUrl, who);
      const answer = await screen.watch({ audience, after });
      expect(answer.floor).toBeUndefined();
      await screen.reached(end);
      expectUnbroken(screen.events, after);
      screen.close();
    }
  });

  test('a client that was away for thousands of events catches up whole', async () => {
    const after = await manager.seq();
    for (let batch = 0; batch < 15; batch++) await Promise.all(Array.from({ length: 200 }, () => kiosk.issue()));
    const end = await manager.seq();
    expect(end - after).toBeGreaterThanOrEqual(3_000);
    const screen = await connected(hub.baseUrl, { cookie });
    expect((await screen.watch({ after })).floor).toBeUndefined();
    await screen.reached(end, 30_000);
    expectUnbroken(screen.events, after);
    screen.close();
  });
});
