/** Devices that speak XFS4IoT, the connector and the hub, each for itself and over real sockets. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HubClient } from '../simulator/client/hub-client.ts';
import { Device, type Outfit } from '../simulator/machines/device.ts';
import { DeviceHost } from '../simulator/machines/device-host.ts';
import type { Dialect } from '../simulator/machines/dialect.ts';
import { ConnectorProcess } from './support/connector-process.ts';
import { HubProcess } from './support/hub-process.ts';

const SPEED = 10;
const SILENT_AFTER_MS = 30_000;
const WITHIN_MS = 20_000;
const machineSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  since: z.number(),
  faults: z.array(z.looseObject({ code: z.string(), unitId: z.string().optional() })),
  status: z
    .looseObject({
      paper: z.string().optional(),
      units: z.array(z.looseObject({ id: z.string(), count: z.number().optional() })).optional(),
    })
    .optional(),
});
type Machine = z.infer<typeof machineSchema>;
const floorSchema = z.looseObject({ at: z.number(), floor: z.looseObject({ machines: z.array(machineSchema) }) });

let hub: HubProcess;
let manager: HubClient;
let hosts: DeviceHost[] = [];
let connector: ConnectorProcess | undefined;

beforeAll(async () => {
  hub = await HubProcess.start({ speed: SPEED });
  manager = new HubClient({ baseUrl: hub.baseUrl, credentials: { username: 'manager', password: 'demo-pass-1' } });
});
afterEach(async () => {
  await connector?.stop();
  connector = undefined;
  for (const host of hosts) await host.cutNetwork();
  hosts = [];
});
afterAll(async () => {
  manager?.close();
  await hub?.stop();
});

async function device(outfit: Outfit, dialect: Dialect): Promise<DeviceHost> {
  const host = await DeviceHost.start(new Device(outfit, dialect));
  hosts.push(host);
  return host;
}

/** As a configuration for SPEED times the usual pace. */
function connect(machines: Readonly<Record<string, DeviceHost>>, statusEveryMs = 400): ConnectorProcess {
  const pace = { reportEveryMs: 100, statusEveryMs, answerWithinMs: 500, storageEveryMs: 2_000, discoverEveryMs: 1_000 };
  connector = new ConnectorProcess({
    hub: hub.baseUrl,
    token: 'demo-machine',
    machines: Object.entries(machines).map(([machineId, { uri }]) => ({ machineId, uri })),
    more: { ...pace, retryFirstMs: 50, retryLongestMs: 400 },
  });
  return connector;
}

async function machine(id: string): Promise<Machine & { at: number }> {
  const { at, floor } = await manager.get('/api/branches/hq-01/floor', floorSchema);
  const found = floor.machines.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the floor has no machine ${id}`);
  return { ...found, at };
}

/** Asks the floor until the machine is as wanted. */
async function becomes(
  id: string,
  what: string,
  wanted: (seen: Machine) => boolean,
  withinMs = WITHIN_MS,
): Promise<Machine & { at: number }> {
  const until = performance.now() + withinMs;
  for (;;) {
    const seen = await machine(id);
    if (wanted(seen)) return seen;
    if (performance.now() > until)
      throw new Error(`${id} did not become ${what}: ${JSON.stringify(seen)}\n${connector?.output}\n${hub.output}`);
    await sleep(20);
  }
}

const inState = (id: string, state: string) => becomes(id, state, (seen) => seen.state === state);
const withFault = (id: string, code: string) => becomes(id, code, ({ faults }) => faults.some((fault) => fault.code === code));
const without = (id: string, code: string) => becomes(id, `free of ${code}`, ({ faults }) => !faults.some((fault) => fault.code === code));

describe.each<Dialect>(['2021', '2023'])('a device of the %s dialect', (dialect) => {
  test('is found, is in service on the floor, and its cash is counted', async () => {
    const host = await device('recycler', dialect);
    const [first] = host.device.cassettes;
    if (first === undefined) throw new Error('no cassette');
    host.changeCassette(first, { initial: 1_000, in: 20, out: 150 });
    connect({ m3: host });
    const counted = ({ status }: Machine) => status?.units?.find(({ id }) => id === 'unit1')?.count === 870;
    const seen = await becomes('m3', 'counted', (one) => one.state === 'inService' && counted(one));
    expect(seen.faults).toEqual([]);
  });

  test('says by itself that its paper runs low, its cash, that its dispenser stops; and that all is well again', async () => {
    const host = await device('recycler', dialect);
    const [first] = host.device.cassettes;
    if (first === undefined) throw new Error('no cassette');
    connect({ m4: host });
    await inState('m4', 'inService');
    host.change({ receipts: 10 });
    await withFault('m4', 'paperLow');
    host.changeCassette(first, { out: first.initial - 100 });
    const low = await withFault('m4', 'cashLow');
    expect(low.faults.find(({ code }) => code === 'cashLow')?.unitId).toBe('unit1');
    host.change({ dispenser: 'stop' });
    host.error('CashRecycler', 'hardware', 'maintenance');
    await withFault('m4', 'dispenserStopped');
    await inState('m4', 'outOfService');
    host.change({ receipts: 500, dispenser: 'ok' });
    host.changeCassette(first, { initial: 2_000, in: 0, out: 0 });
    expect((await inState('m4', 'inService')).faults).toEqual([]);
  });

  test('keeps a card: the branch hears of it; the bin is emptied: that is over', async () => {
    const host = await device('smartCounter', dialect);
    connect({ m6: host });
    await inState('m6', 'inService');
    host.tell('CardReader', 'CardReader.CardActionEvent', { from: 'transport', to: 'unitBin1' });
    host.change({ kept: 1 });
    await withFault('m6', 'cardRetained');
    host.change({ kept: 0 });
    expect((await without('m6', 'cardRetained')).state).toBe('inService');
  });

  test('loses its network: unknown within 30 s, never in service; the network is back: so is the machine', async () => {
    const host = await device('atm', dialect);
    connect({ m1: host });
    await inState('m1', 'inService');
    const { at: cutAt } = await machine('m1');
    await host.cutNetwork();
    const lost = await inState('m1', 'unknown');
    // One more look at the floor, and what the connector had under way when the network went.
    expect(lost.since - cutAt).toBeLessThanOrEqual(SILENT_AFTER_MS + 200 * SPEED);
    await host.connectNetwork();
    expect((await inState('m1', 'inService')).faults).toEqual([]);
  });

  test('hangs without closing its connections: unknown, never in service', async () => {
    const host = await device('atm', dialect);
    connect({ m2: host });
    await inState('m2', 'inService');
    host.mute = true;
    await inState('m2', 'unknown');
    host.mute = false;
    expect((await inState('m2', 'inService')).faults).toEqual([]);
  });

  test('sends rubbish between its words: nothing but its words counts', async () => {
    const host = await device('atm', dialect);
    connect({ m12: host });
    await inState('m12', 'inService');
    host.sendRaw('Printer', '{"header":');
    host.sendRaw('Printer', Buffer.from([0, 255, 1, 254]));
    host.sendRaw('Printer', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    host.sendRaw('Printer', '{"header":{"name":"Common.StatusChangedEvent","type":"unsolicited"},"payload":{"__proto__":{"printer":1}}}');
    host.change({ receipts: 0 });
    const seen = await withFault('m12', 'paperOut');
    expect(seen.status?.paper).toBe('out');
  });
});

test('an event is on the floor at once, not with the next question', async () => {
  const host = await device('atm', '2023');
  // Given up before the next round of questions.
  const sooner = 5_000;
  connect({ m1: host }, 10_000);
  await inState('m1', 'inService');
  const shown: (string | undefined)[] = [];
  for (const receipts of [10, 0, 500, 20]) {
    host.change({ receipts });
    shown.push((await becomes('m1', `at ${receipts} receipts`, ({ status }) => status?.paper === host.device.paper, sooner)).status?.paper);
  }
  expect(shown).toEqual(['low', 'out', 'full', 'low']);
});

test('the connector is killed: its machines fall silent; it starts again: they are known again', async () => {
  const [one, two] = [await device('atm', '2021'), await device('recycler', '2023')];
  const running = connect({ m1: one, m3: two });
  await inState('m1', 'inService');
  await inState('m3', 'inService');
  await running.kill9();
  one.change({ cardMedia: 'jammed' });
  await inState('m1', 'unknown');
  await inState('m3', 'unknown');
  running.start();
  expect((await withFault('m1', 'cardJam')).state).toBe('outOfService');
  expect((await inState('m3', 'inService')).faults).toEqual([]);
});

test('the hub is killed: the latest state is kept and told once it is back, and nothing older', async () => {
  const host = await device('atm', '2023');
  connect({ m2: host });
  await inState('m2', 'inService');
  await hub.kill9();
  host.change({ printerJammed: true });
  host.change({ printerJammed: false, receipts: 5 });
  await hub.start();
  manager.forget();
  const seen = await withFault('m2', 'paperLow');
  expect(seen.faults.map(({ code }) => code)).not.toContain('paperJam');
});

test('the connector ends when asked to, and says nothing of its token', async () => {
  const host = await device('enquiry', '2023');
  const running = connect({ m10: host });
  await inState('m10', 'inService');
  expect(await running.terminate()).toBe(0);
  expect(running.output).toContain('the connector stops');
  expect(running.output).not.toContain('demo-machine');
});
