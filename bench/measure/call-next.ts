/** `ticket.callNext` at 32 windows with 10, 1,000 and 10,000 waiting: who is next must not depend on how many wait. */
import { randomUUID } from 'node:crypto';
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { branchOf } from '../support/branch-config.ts';
import { Child } from '../support/child.ts';
import { HttpLine } from '../support/http-line.ts';
import { hammer, quantile } from '../support/load.ts';
import { type Bench, rounded } from '../support/report.ts';
import { Staff } from '../support/staff.ts';
import { issueBody } from './issue.ts';

const WINDOWS = 32;
const BRANCH = 'bench-01';
const path = `/api/branches/${BRANCH}/commands`;
const password = 'bench-pass-1';

export async function measureCallNext(bench: Bench): Promise<void> {
  const hub = await HubProcess.start();
  try {
    const manager = await openBranch(hub.baseUrl);
    const lines = await Promise.all(Array.from({ length: WINDOWS }, () => HttpLine.open(hub.port, manager.headers)));
    let waiting = 0;
    const found: { queue: number; latencies: number[] }[] = [];
    for (const queue of bench.smoke ? [10, 300] : [10, 1_000, 10_000]) {
      await eachOf(lines, queue - waiting, (line) => send(line, issueBody()));
      waiting = queue;
      bench.log(`callNext: ${queue} waiting`);
      await cycles(lines, bench.smoke ? 100 : 1_000);
      found.push({ queue, latencies: await cycles(lines, bench.smoke ? 500 : 6_000) });
    }
    for (const line of lines) line.close();
    await tell(bench, found);
  } finally {
    await hub.stop();
  }
}

async function tell(bench: Bench, found: readonly { queue: number; latencies: number[] }[]): Promise<void> {
  const { child, first } = await Child.start<{ port: number }>('baseline/bare-server.ts', '{"seq":1,"events":[],"result":{}}');
  const body = (): string => JSON.stringify({ id: randomUUID(), type: 'ticket.callNext', counterId: 'c1' });
  const bare = await hammer(
    { port: first.port, path: '/commands', headers: {}, body },
    { connections: WINDOWS, warmUpMs: 500, forMs: bench.smoke ? 500 : 2_000 },
  );
  await child.stop();
  const least = quantile(found[0]?.latencies ?? [], 0.5);
  for (const { queue, latencies } of found) {
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    const details = { connections: WINDOWS, p50Ms: rounded(p50), p99Ms: rounded(p99) };
    const bareP99 = { name: 'p99 of a bare Fastify + zod POST', value: quantile(bare.latencies, 0.99) };
    bench.report(
      { name: `callNext.${queue}.p99`, value: p99, unit: 'ms', baseline: bareP99, goal: 'p99 <= 10 ms', ok: p99 <= 10 },
      details,
    );
    if (queue === found[0]?.queue) continue;
    const flat = { name: `median with ${found[0]?.queue} waiting`, value: least };
    bench.report(
      { name: `callNext.${queue}.flat`, value: p50, unit: 'ms', baseline: flat, goal: 'ratio <= 2', ok: p50 <= 2 * least },
      details,
    );
  }
}

async function openBranch(baseUrl: string): Promise<Staff> {
  const admin = await Staff.signIn(baseUrl, 'admin', 'demo-pass-1');
  await admin.bank({ type: 'branch.create', branchId: BRANCH, name: { zh: '测速支行', en: 'Bench branch' } });
  await admin.bank({ type: 'account.create', username: 'bench', role: 'head', branches: [BRANCH], password, name: 'Bench' });
  await admin.branch(BRANCH, { type: 'branch.configure', config: branchOf(WINDOWS) });
  const manager = await Staff.signIn(baseUrl, 'bench', password);
  await manager.branch(BRANCH, { type: 'branch.setPhase', phase: 'business' });
  for (let number = 1; number <= WINDOWS; number += 1) await manager.branch(BRANCH, { type: 'counter.open', counterId: `c${number}` });
  return manager;
}

/** Spreads `count` pieces of work over the lines; `window` is the line's own. */
async function eachOf(lines: readonly HttpLine[], count: number, work: (line: HttpLine, window: number) => Promise<void>): Promise<void> {
  let left = count;
  await Promise.all(
    lines.map(async (line, index) => {
      while (left > 0) {
        left -= 1;
        await work(line, index + 1);
      }
    }),
  );
}

/** Whole services at every window at once: a new number first, so that as many wait all along; then called, begun, finished. */
async function cycles(lines: readonly HttpLine[], count: number): Promise<number[]> {
  const latencies: number[] = [];
  await eachOf(lines, count, async (line, window) => {
    const counterId = `c${window}`;
    await send(line, issueBody());
    const sentAt = performance.now();
    await send(line, JSON.stringify({ id: randomUUID(), type: 'ticket.callNext', counterId }));
    latencies.push(performance.now() - sentAt);
    for (const type of ['ticket.start', 'ticket.complete']) await send(line, JSON.stringify({ id: randomUUID(), type, counterId }));
  });
  return latencies.sort((a, b) => a - b);
}

async function send(line: HttpLine, body: string): Promise<void> {
  const reply = await line.post(path, body);
  if (reply.status !== 200) throw new Error(`${body} was answered ${reply.status}: ${reply.body}`);
}
