/** Cases: deadlines that fire with thousands pending, and the case list over years of them. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { io } from 'socket.io-client';
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { Child } from '../support/child.ts';
import { HttpLine } from '../support/http-line.ts';
import { hammer, quantile } from '../support/load.ts';
import { processorMs } from '../support/process-stats.ts';
import { type Bench, rounded } from '../support/report.ts';
import { Staff } from '../support/staff.ts';
import { issueBody } from './issue.ts';

const BRANCH = 'hq-01';
const COMMANDS = `/api/branches/${BRANCH}/commands`;
const PASSWORD = 'demo-pass-1';
const FIRES_WITHIN_MS = 1_000;

interface Escalated {
  readonly type: string;
  readonly dueAt?: number;
  readonly why?: string;
}

interface Deadlines {
  /** From the instant a deadline falls to a viewer hearing of it, ms, ascending. */
  readonly lateMs: readonly number[];
  readonly commandCpuUs: number;
}

/** A thousand deadlines within a few seconds, beside `pending` others that lie days ahead. */
export async function measureDeadlines(bench: Bench): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-bench-'));
  const [pending, due] = bench.smoke ? [100, 20] : [10_000, 1_000];
  try {
    const alone = await withPending(bench, join(folder, 'alone'), 0, due);
    const many = await withPending(bench, join(folder, 'many'), pending, due);
    const p99 = quantile(many.lateMs, 0.99);
    bench.report(
      {
        name: `deadlines.${pending}.late`,
        value: p99,
        unit: 'ms',
        baseline: { name: `p99 of the same ${due} with nothing else pending`, value: quantile(alone.lateMs, 0.99) },
        goal: `p99 <= ${FIRES_WITHIN_MS} ms`,
        ok: p99 <= FIRES_WITHIN_MS,
      },
      { p50Ms: rounded(quantile(many.lateMs, 0.5)), p99Ms: rounded(p99), note: `${due} fell due` },
    );
    bench.report({
      name: `deadlines.${pending}.command`,
      value: many.commandCpuUs,
      unit: 'us of processor per ticket.issue',
      baseline: { name: 'with nothing pending', value: alone.commandCpuUs },
      goal: 'ratio <= 1.5',
      ok: many.commandCpuUs <= 1.5 * alone.commandCpuUs,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function generate(dataDir: string, mode: 'pending' | 'history', count: number, soonMs = 0): Promise<void> {
  const { child } = await Child.start<{ cases: number }>('generate-cases.ts', dataDir, mode, String(count), String(soonMs));
  await child.stop();
}

async function withPending(bench: Bench, dataDir: string, pending: number, due: number): Promise<Deadlines> {
  await generate(dataDir, 'pending', pending, bench.smoke ? 1_500 : 12_000);
  const hub = await HubProcess.start({ dataDir });
  try {
    const commandCpuUs = await costOfCommand(hub, bench.smoke);
    const head = await Staff.signIn(hub.baseUrl, 'head', PASSWORD);
    const lateMs = await fireAll(hub, head, due);
    bench.log(`deadlines: ${lateMs.length} fired beside ${pending} pending`);
    return { lateMs, commandCpuUs };
  } finally {
    await hub.stop();
  }
}

async function costOfCommand(hub: HubProcess, smoke: boolean): Promise<number> {
  const target = { port: hub.port, path: COMMANDS, headers: { authorization: 'Bearer demo-kiosk' }, body: issueBody };
  await hammer(target, { connections: 8, warmUpMs: 500, forMs: 200 });
  const before = processorMs(hub.pid);
  const { sent } = await hammer(target, { connections: 8, warmUpMs: 0, forMs: smoke ? 500 : 3_000 });
  return ((processorMs(hub.pid) - before) * 1_000) / sent;
}

/** Logs `due` of the gravest, as fast as the hub takes them, and waits until each deadline was heard of. */
async function fireAll(hub: HubProcess, head: Staff, due: number): Promise<number[]> {
  const lateMs: number[] = [];
  const socket = io(hub.baseUrl, { transports: ['websocket'], extraHeaders: { ...head.headers }, forceNew: true });
  try {
    const all = new Promise<void>((resolve) => {
      socket.on('events', (batch: readonly Escalated[]) => {
        const at = Date.now();
        for (const { type, dueAt, why } of batch)
          if (type === 'case.escalated' && why === 'acknowledge' && dueAt !== undefined && lateMs.push(at - dueAt) === due) resolve();
      });
    });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    await socket.emitWithAck('watch', { branchId: BRANCH, audience: 'staff' });
    const lines = await Promise.all(Array.from({ length: 8 }, () => HttpLine.open(hub.port, head.headers)));
    let left = due;
    await Promise.all(
      lines.map(async (line) => {
        while (left-- > 0) {
          const command = { id: randomUUID(), type: 'case.log', kind: 'incident', channel: 'counter', severity: 1, subject: 'bench' };
          const { status, body } = await line.post(COMMANDS, JSON.stringify(command));
          if (status !== 200) throw new Error(`a case was answered ${status}: ${body}`);
        }
      }),
    );
    for (const line of lines) line.close();
    await all;
    return lateMs.sort((a, b) => a - b);
  } finally {
    socket.disconnect();
  }
}

const pages = {
  first: '/api/cases?limit=50',
  branch: `/api/cases?branch=${BRANCH}&limit=50`,
  open: '/api/cases?state=open&kind=complaint&limit=50',
  mine: '/api/cases?mine=true&kind=incident&limit=50',
  found: `/api/cases?q=${encodeURIComponent('态度')}&limit=50`,
  notFound: `/api/cases?q=${encodeURIComponent('鳜鱼')}&limit=50`,
};

/** A page somebody waits for; a search through everything there ever was may take longer, but nobody else may notice. */
const GOALS_MS: Readonly<Record<keyof typeof pages, number>> = { first: 50, branch: 50, open: 50, mine: 50, found: 100, notFound: 3_000 };

export async function measureCaseList(bench: Bench): Promise<void> {
  const cases = bench.smoke ? 3_000 : 100_000;
  const dataDir = mkdtempSync(join(tmpdir(), 'counterflow-bench-'));
  try {
    const startedAt = performance.now();
    await generate(dataDir, 'history', cases);
    bench.log(`caseList: ${cases} cases written in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    const bare = bareSql(dataDir);
    const hub = await HubProcess.start({ dataDir });
    try {
      const { headers } = await Staff.signIn(hub.baseUrl, 'head', PASSWORD);
      for (const [name, path] of Object.entries(pages) as [keyof typeof pages, string][]) {
        const slow = name === 'notFound';
        const latencies = await ask(hub.port, headers, path, bench.smoke || slow ? 20 : 300);
        const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
        const counts = slow || name === 'found';
        bench.report(
          {
            name: `caseList.${cases}.${name}`,
            value: p99,
            unit: 'ms',
            baseline: counts
              ? { name: 'COUNT(*) of the branch’s cases, bare SQL', value: bare.countMs }
              : { name: '50 cases by their primary key, bare SQL', value: bare.fiftyMs },
            goal: `p99 <= ${GOALS_MS[name]} ms`,
            ok: p99 <= GOALS_MS[name],
          },
          { p50Ms: rounded(p50), p99Ms: rounded(p99) },
        );
      }
      await besideSearches(bench, cases, hub, headers);
    } finally {
      await hub.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function ask(port: number, headers: Readonly<Record<string, string>>, path: string, times: number): Promise<number[]> {
  const line = await HttpLine.open(port, headers);
  const latencies: number[] = [];
  await line.get(path);
  for (let asked = 0; asked < times; asked += 1) {
    const sentAt = performance.now();
    const { status, body } = await line.get(path);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.slice(0, 300)}`);
    latencies.push(performance.now() - sentAt);
  }
  line.close();
  return latencies.sort((a, b) => a - b);
}

/** A search through everything, over and over, must not be felt at the kiosk. */
async function besideSearches(bench: Bench, cases: number, hub: HubProcess, headers: Readonly<Record<string, string>>): Promise<void> {
  const target = { port: hub.port, path: COMMANDS, headers: { authorization: 'Bearer demo-kiosk' }, body: issueBody };
  const load = { connections: 1, warmUpMs: 300, forMs: bench.smoke ? 500 : 4_000 };
  const alone = await hammer(target, load);
  let searching = true;
  const searches = (async () => {
    while (searching) await ask(hub.port, headers, pages.notFound, 1);
  })();
  const beside = await hammer(target, load);
  searching = false;
  await searches;
  const p99 = quantile(beside.latencies, 0.99);
  bench.report(
    {
      name: `caseList.${cases}.beside`,
      value: p99,
      unit: 'ms',
      baseline: { name: 'p99 of ticket.issue with nobody searching', value: quantile(alone.latencies, 0.99) },
      goal: 'p99 of ticket.issue <= 50 ms',
      ok: p99 <= 50,
    },
    { p50Ms: rounded(quantile(beside.latencies, 0.5)), p99Ms: rounded(p99) },
  );
}

/** What the database itself takes, without a hub around it. */
function bareSql(dataDir: string): { countMs: number; fiftyMs: number } {
  const db = new SqliteDatabase(join(dataDir, 'counterflow.db'));
  try {
    const count = db.prepare('SELECT COUNT(*) FROM cases WHERE branch = ?');
    const ids = db.prepare('SELECT case_id FROM cases WHERE branch = ? LIMIT 50').pluck().all(BRANCH) as string[];
    const one = db.prepare('SELECT * FROM cases WHERE branch = ? AND case_id = ?');
    return { countMs: timed(() => count.get(BRANCH)), fiftyMs: timed(() => ids.map((id) => one.get(BRANCH, id))) };
  } finally {
    db.close();
  }
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: 30 }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}
