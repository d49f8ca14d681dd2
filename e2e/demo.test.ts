/** The launcher as a visitor uses it: its own process, its own hub, its own folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { HubClient } from '../simulator/client/hub-client.ts';
import { freePort } from './support/hub-process.ts';

const root = join(import.meta.dirname, '..');
const WITHIN_MS = 60_000;

interface Demo {
  readonly launcher: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

const floorSchema = z.looseObject({ floor: z.looseObject({ machines: z.array(z.looseObject({ state: z.string() })) }) });

let folder: string;
let demo: Demo | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterflow-demo-'));
});

afterEach(async () => {
  demo?.launcher.kill('SIGTERM');
  await demo?.ended;
  demo = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function launch(port: number, ...flags: string[]): Demo {
  const args = ['--import', 'tsx', join(root, 'simulator', 'demo.ts'), '--port', String(port), '--data', join(folder, 'data'), ...flags];
  const launcher = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString('utf8');
  };
  launcher.stdout.on('data', keep);
  launcher.stderr.on('data', keep);
  demo = { launcher, ended: once(launcher, 'exit').then(([code]: (number | null)[]) => code ?? null), output: () => text };
  return demo;
}

async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const until = performance.now() + WITHIN_MS;
  while (performance.now() < until) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(25);
  }
  throw new Error(`${what} did not happen; the demo printed:\n${demo?.output() ?? ''}`);
}

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
const welcomed = ({ output }: Demo) => eventually('the welcome', () => output().includes('Ctrl-C ends everything') || undefined);
const silent = (port: number) => eventually('silence', async () => ((await answers(port)) ? undefined : true));
const childrenOf = ({ launcher: { pid } }: Demo) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
const childThatRuns = (what: string, started: Demo) =>
  childrenOf(started).find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(what));
/** Gone, not only silent: whoever has closed its port may still write its last picture. */
const gone = (children: readonly number[]) =>
  eventually('the end of all it started', () => (children.some((child) => existsSync(`/proc/${child}`)) ? undefined : true));

test('a launcher that is killed outright takes its hub with it', async () => {
  const port = await freePort();
  const started = launch(port, '--still');
  await welcomed(started);
  expect(await answers(port)).toBe(true);
  const children = childrenOf(started);
  started.launcher.kill('SIGKILL');
  await gone(children);
  await silent(port);
});

test('a launcher told to end does so with its hub, and says it went well', async () => {
  const port = await freePort();
  const started = launch(port, '--still');
  await welcomed(started);
  expect(started.output()).toContain(`http://127.0.0.1:${port}/kiosk#demo-kiosk`);
  started.launcher.kill('SIGTERM');
  expect(await started.ended).toBe(0);
  await silent(port);
});

test('a hub that dies ends the demo, which says so', async () => {
  const port = await freePort();
  const started = launch(port, '--still');
  await welcomed(started);
  const hub = childThatRuns('server', started);
  if (hub === undefined) throw new Error('the launcher has no hub');
  process.kill(hub, 'SIGKILL');
  expect(await started.ended).toBe(1);
  expect(started.output()).toContain('the hub ended by itself (SIGKILL)');
});

test('a busy demo’s machines are on the floor, and its connector ends with the launcher, however that ends', async () => {
  const port = await freePort();
  const started = launch(port, '--seed', '1');
  await welcomed(started);
  await eventually('a connector', () => childThatRuns('xfs', started));
  const manager = new HubClient({ baseUrl: `http://127.0.0.1:${port}`, credentials: { username: 'manager', password: 'demo-pass-1' } });
  const states = await eventually('a fleet that is known', async () => {
    const { floor } = await manager.get('/api/branches/hq-01/floor', floorSchema);
    return floor.machines.every(({ state }) => state !== 'unknown') ? floor.machines.map(({ state }) => state) : undefined;
  });
  manager.close();
  expect(states).toHaveLength(12);
  const children = childrenOf(started);
  started.launcher.kill('SIGKILL');
  await gone(children);
  await silent(port);
});

test('a port in use is one clear line, and nothing is started', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const started = launch(port);
  expect(await started.ended).toBe(1);
  expect(started.output().trim()).toBe(`port ${port} is in use; choose another with --port`);
  taken.close();
});

test('a recorded day is replayed to the end and every call accounted for', async () => {
  const header =
    'date,type,priority,vru_entry_s,vru_exit_s,queue_join_s,queue_exit_s,queue_wait_s,outcome,service_start_s,service_end_s,service_s,agent';
  const served = Array.from(
    { length: 40 },
    (_, n) => `2001-05-01,PS,${n % 5 === 0 ? 2 : 0},0,${600 + n * 20},,,0,AGENT,${600 + n * 20},${660 + n * 20},60,A0${n % 3}`,
  );
  const left = ['2001-05-01,NW,0,0,700,700,705,5,HANG,,,,', '2001-05-01,IN,0,0,710,,,0,HANG,,,,', '2001-05-01,PS,0,0,720,,,0,PHANTOM,,,,'];
  const file = join(folder, 'calls.csv');
  writeFileSync(file, [header, ...served, ...left, ''].join('\n'));
  const started = launch(await freePort(), '--replay', file, '--date', '2001-05-01', '--speed', '600', '--seed', '1');
  expect(await started.ended, started.output()).toBe(0);
  expect(started.output()).toMatch(/Accounting: 42 in the file = 42 issued = \d+ served \+ \d+ left \+ 0 noShow \+ 0 unserved, none twice/);
});
