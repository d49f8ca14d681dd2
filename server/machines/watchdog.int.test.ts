/** Silent is unknown, within 30 s of hub time, whatever happens to the hub meanwhile. */
import { afterEach, expect, it } from 'vitest';
import { defaultMachinePolicy } from '../../shared/contract/default-cases.ts';
import { startOfTime } from '../hub/hub.fixture.ts';
import { MachineSite } from './machine-site.fixture.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const silentAfterMs = 30 * SECOND;

let here: MachineSite;
afterEach(() => here.clear());

async function open(speed = 1): Promise<void> {
  here = await MachineSite.open({ policy: { silentAfterMs }, speed });
}
const lost = () =>
  here.events.flatMap((event) =>
    event.type === 'machine.lost' ? [{ id: event.machineId, at: event.at - startOfTime, dueAt: event.dueAt - startOfTime }] : [],
  );

it('a machine that says nothing for 30 s is unknown, at that instant, by the clock', async () => {
  await open();
  await here.hear();
  await here.pass(silentAfterMs - 1);
  expect(here.machine().state).toBe('inService');
  await here.pass(50);
  expect(here.machine()).toMatchObject({ state: 'unknown', faults: [{ code: 'silent' }] });
  expect(lost()).toEqual([{ id: 'm1', at: silentAfterMs, dueAt: silentAfterMs }]);
});

it('silence counts from the last word, heartbeats included, though they write nothing', async () => {
  await open();
  await here.hear();
  await here.pass(20 * SECOND);
  const seq = here.state.seq;
  await here.hear();
  expect(here.state.seq).toBe(seq);
  await here.pass(silentAfterMs - 1);
  expect(here.machine().state).toBe('inService');
  await here.pass(50);
  expect(lost()).toEqual([{ id: 'm1', at: 50 * SECOND, dueAt: 50 * SECOND }]);
});

it('heard again it is back at once, and watched again', async () => {
  await open();
  await here.hear();
  await here.pass(MINUTE);
  expect(await here.hear()).toMatchObject({ ok: true, state: 'inService' });
  expect(here.machine().silentSince).toBeUndefined();
  await here.pass(silentAfterMs + 50);
  expect(here.machine().state).toBe('unknown');
  expect(lost()).toHaveLength(2);
});

it('an old report is a sign of life and tells nothing else', async () => {
  await open();
  await here.hear();
  await here.pass(20 * SECOND);
  await here.hear('m1', { device: 'hardwareError' }, 0);
  await here.pass(20 * SECOND);
  expect(here.machine().state).toBe('inService');
});

it('a machine whose clock was set back is believed again as soon as a silence would have been told', async () => {
  await open();
  await here.hear('m1', { device: 'online' }, 1_000_000);
  const states: string[] = [];
  for (let at = 1; at <= 4; at += 1) {
    await here.hear('m1', { device: 'fraudAttempt' }, at);
    states.push(here.machine().state);
    await here.pass(10 * SECOND);
  }
  expect(states).toEqual(['inService', 'inService', 'inService', 'outOfService']);
  expect(await here.hear('m1', { device: 'online' }, 5)).toMatchObject({ state: 'inService' });
});

it('each machine has its own silence; one never heard is none', async () => {
  await open();
  await here.hear('m1');
  await here.pass(10 * SECOND);
  await here.hear('m2');
  await here.pass(5 * MINUTE);
  expect(lost()).toEqual([
    { id: 'm1', at: 30 * SECOND, dueAt: 30 * SECOND },
    { id: 'm2', at: 40 * SECOND, dueAt: 40 * SECOND },
  ]);
  expect(here.machine('m3').state).toBe('unknown');
});

it('silence is hub time: at speed 20 it is told 20 times sooner', async () => {
  await open(20);
  await here.hear();
  await here.pass(silentAfterMs / 20 - 10);
  expect(here.machine().state).toBe('inService');
  await here.pass(60);
  expect(here.machine().state).toBe('unknown');
});

it('a shorter patience holds at once', async () => {
  await open();
  await here.hear();
  await here.pass(10 * SECOND);
  await here.send({ type: 'branch.configure', config: { machinePolicy: { ...defaultMachinePolicy, silentAfterMs: 12 * SECOND } } });
  await here.pass(2 * SECOND + 50);
  expect(here.machine().state).toBe('unknown');
});

it('a machine taken out of the registry is not waited for', async () => {
  await open();
  await here.hear();
  await here.send({ type: 'branch.configure', config: { machines: [] } });
  await here.pass(MINUTE);
  expect(lost()).toEqual([]);
});

it('when the disk takes nothing it is tried again until it does', async () => {
  await open();
  await here.hear();
  here.running.store.db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  await here.pass(MINUTE);
  expect(here.machine().state).toBe('inService');
  here.running.store.db.exec('DROP TRIGGER full');
  await here.pass(2 * SECOND);
  expect(here.machine().state).toBe('unknown');
});

it('a word that comes while the silence is being told is not lost', async () => {
  await open();
  await here.hear();
  await here.pass(silentAfterMs - 1);
  // Both at the very instant: whichever is decided first, the machine was heard.
  const passing = here.pass(1);
  const heard = here.hear();
  await Promise.all([passing, heard]);
  await here.pass(SECOND);
  expect(here.machine().state).toBe('inService');
});

it('a machine silent when the hub is killed is unknown 30 s after its last word, not after the restart', async () => {
  await open();
  await here.hear('m1');
  await here.pass(6 * SECOND);
  await here.hear('m2');
  await here.pass(14 * SECOND);
  here.kill(3 * SECOND);
  await here.boot();
  await here.pass(6 * SECOND);
  expect(here.machine('m1').state).toBe('inService');
  await here.pass(SECOND + 50);
  expect(here.machine('m1').state).toBe('unknown');
  expect(lost().map(({ id, dueAt }) => ({ id, dueAt }))).toEqual([{ id: 'm1', dueAt: 30 * SECOND }]);
  await here.hear('m2');
  await here.pass(20 * SECOND);
  expect(here.machine('m2').state).toBe('inService');
});

it('a silence that ended while the hub was down for a moment is told before anybody is answered', async () => {
  await open();
  await here.hear();
  await here.pass(20 * SECOND);
  here.kill(15 * SECOND);
  await here.boot();
  expect(here.machine().state).toBe('unknown');
});

it('heartbeats before a kill count after it: a short restart calls nobody silent', async () => {
  await open();
  await here.hear();
  for (let beat = 0; beat < 60; beat += 1) {
    await here.pass(2 * SECOND);
    await here.hear();
  }
  here.kill(4 * SECOND);
  await here.boot();
  await here.pass(10 * SECOND);
  expect(here.machine().state).toBe('inService');
  await here.hear();
  await here.pass(10 * SECOND);
  expect(lost()).toEqual([]);
});

it('after a long stop a machine not heard is unknown from 30 s after its last word', async () => {
  await open();
  await here.hear();
  await here.pass(10 * SECOND);
  await here.stop();
  here.kill(3 * 60 * MINUTE);
  await here.boot();
  await here.pass(100);
  expect(here.machine().state).toBe('unknown');
  const [silence] = lost();
  expect(silence?.dueAt).toBeGreaterThanOrEqual(30 * SECOND);
  expect(silence?.dueAt).toBeLessThanOrEqual(45 * SECOND);
  expect(here.elapsed).toBeGreaterThan(3 * 60 * MINUTE);
});
