/** Silent is unknown, within 30 s of hub time, whatever happens to the hub meanwhile. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../shared/aggregate.ts';
import type { BranchCommand, MachineReport } from '../../shared/contract/commands.ts';
import type { MachinePolicy } from '../../shared/contract/machines.ts';
import { defaultMachinePolicy } from '../../shared/contract/default-cases.ts';
import { testConfig } from '../../shared/branch/testing/scenario.ts';
import { aggregates } from '../hub/aggregates.ts';
import { Site, type Running, startOfTime } from '../hub/hub.fixture.ts';
import type { BankShape, BranchShape } from '../hub/hub.types.ts';
import { systemIds } from '../platform/ids.ts';
import { createMachines, type Machines } from './machines.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const silentAfterMs = 30 * SECOND;
const admin: Actor = { id: 'admin', kind: 'staff', role: 'admin', branches: '*' };
const device: Actor = { id: 'device:hq-gateway', kind: 'device', role: 'machine', branches: ['hq'] };

let site: Site;
let running: Running<BranchShape, BankShape>;
let machines: Machines;
let at = 0;
beforeEach(async () => {
  site = new Site();
  at = 0;
});
afterEach(() => {
  machines.stop();
  site.clear();
});

async function boot(speed = 1): Promise<void> {
  running = await site.boot<BranchShape, BankShape>(aggregates, { speed });
  const { hub, clock, store, log } = running;
  machines = createMachines({ hub, clock, ids: systemIds, meta: store.meta, scheduler: site.machine.scheduler, log });
  await hub.start();
  machines.start();
}

async function open(policy: Partial<MachinePolicy> = {}, speed = 1): Promise<void> {
  await boot(speed);
  const create = { type: 'branch.create', branchId: 'hq', kind: 'branch', name: { zh: '支行', en: 'Branch' } } as const;
  const made = await running.hub.executeBank(create, { actor: admin, commandId: randomUUID(), body: create });
  if (!made.ok) throw new Error(made.message);
  const atm = (id: string) => ({ id, kind: 'atm' as const, name: { zh: id, en: id }, services: [] });
  await send({
    type: 'branch.configure',
    config: {
      ...testConfig(),
      machines: ['m1', 'm2', 'm3'].map(atm),
      machinePolicy: { ...defaultMachinePolicy, silentAfterMs, ...policy },
    },
  });
}

async function send(command: BranchCommand, actor = admin): Promise<void> {
  const outcome = await running.hub.execute('hq', command, { actor, commandId: randomUUID(), body: command });
  if (!outcome.ok) throw new Error(`${outcome.code} ${outcome.message}`);
}

const hear = (machineId = 'm1', status: MachineReport['status'] = { device: 'online' }) =>
  machines.hear(device, 'hq', machineId, [{ at: ++at, status }]);
const machine = (id = 'm1') => running.hub.state('hq')?.machines[id];
const now = (): number => running.clock.now() - startOfTime;
const lost = () =>
  running.hub
    .eventsAfter('hq', 0, 10_000)
    .flatMap((event) =>
      event.type === 'machine.lost' ? [{ id: event.machineId, at: event.at - startOfTime, dueAt: event.dueAt - startOfTime }] : [],
    );

/** As the power goes: timers and memory are gone, the file is as it is. */
function kill(): void {
  site.crash();
  site.machine.off(0);
}

it('a machine that says nothing for 30 s is unknown, at that instant, by the clock', async () => {
  await open();
  await hear();
  await site.machine.pass(silentAfterMs - 1);
  expect(machine()?.state).toBe('inService');
  await site.machine.pass(50);
  expect(machine()).toMatchObject({ state: 'unknown', faults: [{ code: 'silent' }] });
  expect(lost()).toEqual([{ id: 'm1', at: silentAfterMs, dueAt: silentAfterMs }]);
});

it('silence counts from the last word, heartbeats included, though they write nothing', async () => {
  await open();
  await hear();
  await site.machine.pass(20 * SECOND);
  const seq = running.hub.state('hq')?.seq;
  await hear();
  expect(running.hub.state('hq')?.seq).toBe(seq);
  await site.machine.pass(silentAfterMs - 1);
  expect(machine()?.state).toBe('inService');
  await site.machine.pass(50);
  expect(lost()).toEqual([{ id: 'm1', at: 50 * SECOND, dueAt: 50 * SECOND }]);
});

it('heard again it is back at once, and watched again', async () => {
  await open();
  await hear();
  await site.machine.pass(MINUTE);
  expect(await hear()).toMatchObject({ ok: true, state: 'inService' });
  expect(machine()?.silentSince).toBeUndefined();
  await site.machine.pass(silentAfterMs + 50);
  expect(machine()?.state).toBe('unknown');
  expect(lost()).toHaveLength(2);
});

it('an old report is a sign of life and tells nothing else', async () => {
  await open();
  await hear();
  await site.machine.pass(20 * SECOND);
  await machines.hear(device, 'hq', 'm1', [{ at: 0, status: { device: 'hardwareError' } }]);
  await site.machine.pass(20 * SECOND);
  expect(machine()?.state).toBe('inService');
});

it('each machine has its own silence; one never heard is none', async () => {
  await open();
  await hear('m1');
  await site.machine.pass(10 * SECOND);
  await hear('m2');
  await site.machine.pass(5 * MINUTE);
  expect(lost()).toEqual([
    { id: 'm1', at: 30 * SECOND, dueAt: 30 * SECOND },
    { id: 'm2', at: 40 * SECOND, dueAt: 40 * SECOND },
  ]);
  expect(machine('m3')?.state).toBe('unknown');
});

it('silence is hub time: at speed 20 it is told 20 times sooner', async () => {
  await open({}, 20);
  await hear();
  await site.machine.pass(silentAfterMs / 20 - 10);
  expect(machine()?.state).toBe('inService');
  await site.machine.pass(60);
  expect(machine()?.state).toBe('unknown');
});

it('a shorter patience holds at once', async () => {
  await open();
  await hear();
  await site.machine.pass(10 * SECOND);
  await send({ type: 'branch.configure', config: { machinePolicy: { ...defaultMachinePolicy, silentAfterMs: 12 * SECOND } } });
  await site.machine.pass(2 * SECOND + 50);
  expect(machine()?.state).toBe('unknown');
});

it('a machine taken out of the registry is not waited for', async () => {
  await open();
  await hear();
  await send({ type: 'branch.configure', config: { machines: [] } });
  await site.machine.pass(MINUTE);
  expect(lost()).toEqual([]);
});

it('when the disk takes nothing it is tried again until it does', async () => {
  await open();
  await hear();
  running.store.db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  await site.machine.pass(MINUTE);
  expect(machine()?.state).toBe('inService');
  running.store.db.exec('DROP TRIGGER full');
  await site.machine.pass(2 * SECOND);
  expect(machine()?.state).toBe('unknown');
});

it('a word that comes while the silence is being told is not lost', async () => {
  await open();
  await hear();
  await site.machine.pass(silentAfterMs - 1);
  // Both at the very instant: whichever is decided first, the machine was heard.
  const passing = site.machine.pass(1);
  const heard = hear();
  await Promise.all([passing, heard]);
  await site.machine.pass(SECOND);
  expect(machine()?.state).toBe('inService');
});

it('a machine silent when the hub is killed is unknown 30 s after its last word, not after the restart', async () => {
  await open();
  await hear('m1');
  await site.machine.pass(6 * SECOND);
  await hear('m2');
  await site.machine.pass(14 * SECOND);
  kill();
  site.machine.off(3 * SECOND);
  await boot();
  await site.machine.pass(6 * SECOND);
  expect(machine('m1')?.state).toBe('inService');
  await site.machine.pass(SECOND + 50);
  expect(machine('m1')?.state).toBe('unknown');
  expect(lost().map(({ id, dueAt }) => ({ id, dueAt }))).toEqual([{ id: 'm1', dueAt: 30 * SECOND }]);
  await hear('m2');
  await site.machine.pass(20 * SECOND);
  expect(machine('m2')?.state).toBe('inService');
});

it('heartbeats before a kill count after it: a short restart calls nobody silent', async () => {
  await open();
  await hear();
  for (let beat = 0; beat < 60; beat += 1) {
    await site.machine.pass(2 * SECOND);
    await hear();
  }
  kill();
  site.machine.off(4 * SECOND);
  await boot();
  await site.machine.pass(10 * SECOND);
  expect(machine()?.state).toBe('inService');
  await hear();
  await site.machine.pass(10 * SECOND);
  expect(lost()).toEqual([]);
});

it('after a long stop a machine not heard is unknown from 30 s after its last word', async () => {
  await open();
  await hear();
  await site.machine.pass(10 * SECOND);
  machines.stop();
  await running.hub.stop();
  kill();
  site.machine.off(3 * 60 * MINUTE);
  await boot();
  await site.machine.pass(100);
  expect(machine()?.state).toBe('unknown');
  const [silence] = lost();
  expect(silence?.dueAt).toBeGreaterThanOrEqual(30 * SECOND);
  expect(silence?.dueAt).toBeLessThanOrEqual(45 * SECOND);
  expect(now()).toBeGreaterThan(3 * 60 * MINUTE);
});
