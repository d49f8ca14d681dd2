/** Durable `ticket.issue` over HTTP beside a bare POST and beside one commit per command. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { Child } from '../support/child.ts';
import { HttpLine } from '../support/http-line.ts';
import { hammer, type Measured, quantile, type Target } from '../support/load.ts';
import { processorMs } from '../support/process-stats.ts';
import { type Bench, median, rounded } from '../support/report.ts';

const headers = { authorization: 'Bearer demo-kiosk' };
const services = ['deposit', 'withdrawal', 'settlement', 'balance', 'wire', 'account-opening'];
let issued = 0;

export function issueBody(): string {
  issued += 1;
  return `{"id":"${randomUUID()}","type":"ticket.issue","serviceId":"${services[issued % services.length]}","segment":"ordinary","amountFen":${issued % 100_000}}`;
}

export async function measureIssue(bench: Bench): Promise<void> {
  const levels = bench.smoke ? [32] : [1, 8, 32, 128];
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-bench-'));
  try {
    for (const connections of levels) await atLevel(bench, connections, join(folder, `commits-${connections}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function atLevel(bench: Bench, connections: number, folder: string): Promise<void> {
  // A hub of its own for each level: a branch gives out so many numbers a day and no more.
  const hub = await HubProcess.start();
  const children: Child[] = [];
  try {
    const line = await HttpLine.open(hub.port, headers);
    const path = '/api/branches/hq-01/commands';
    const sample = await line.post(path, issueBody());
    line.close();
    if (sample.status !== 200) throw new Error(`the first number was answered ${sample.status}: ${sample.body}`);
    const target = async (script: string): Promise<Target & { pid: number }> => {
      const own = mkdtempSync(`${folder}-`);
      const { child, first } = await Child.start<{ port: number }>(script, sample.body, own);
      children.push(child);
      return { port: first.port, path: '/commands', headers: {}, body: issueBody, pid: child.pid };
    };
    const targets: Record<'hub' | 'bare' | 'commits', Target & { pid: number | undefined }> = {
      hub: { port: hub.port, path, headers, body: issueBody, pid: hub.pid },
      bare: await target('baseline/bare-server.ts'),
      commits: await target('baseline/commit-per-command.ts'),
    };
    const rounds: Record<keyof typeof targets, (Measured & { cpuUs: number })[]> = { hub: [], bare: [], commits: [] };
    const times = bench.smoke ? { warmUpMs: 500, forMs: 800 } : { warmUpMs: 700, forMs: 2_000 };
    // In turns, so that a slow moment of the machine hits all three alike.
    for (let round = 0; round < (bench.smoke ? 1 : 3); round += 1) {
      for (const name of ['bare', 'hub', 'commits'] as const)
        rounds[name].push(await withProcessor(targets[name], () => hammer(targets[name], { connections, ...times })));
    }
    const rate = (name: keyof typeof targets): number => median(rounds[name].map(({ perSecond }) => perSecond));
    const p99Ms = rounded(median(rounds.hub.map(({ latencies }) => quantile(latencies, 0.99))));
    const [value, bare, commits] = [rate('hub'), rate('bare'), rate('commits')];
    const cpuUs = (name: keyof typeof targets): number => Math.round(median(rounds[name].map((one) => one.cpuUs)));
    const hubCpu = { connections, p99Ms, cpuUs: cpuUs('hub') };
    const common = { value, unit: 'tickets/s' };
    bench.report(
      {
        name: `issue.${connections}.bare`,
        ...common,
        baseline: { name: 'bare Fastify + zod POST', value: bare },
        goal: connections === 32 ? 'ratio >= 0.4' : 'ratio >= 0.4 at 32',
        ok: connections !== 32 || value >= 0.4 * bare,
      },
      { ...hubCpu, baselineCpuUs: cpuUs('bare') },
    );
    bench.report(
      {
        name: `issue.${connections}.commit`,
        ...common,
        baseline: { name: 'one durable commit per command', value: commits },
        goal: connections >= 32 ? 'ratio >= 2.5' : 'ratio >= 2.5 from 32 on',
        ok: connections < 32 || value >= 2.5 * commits,
      },
      { ...hubCpu, baselineCpuUs: cpuUs('commits') },
    );
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await hub.stop();
  }
}

/** Adds what each request cost of the server's processor. */
async function withProcessor({ pid }: { pid: number | undefined }, work: () => Promise<Measured>): Promise<Measured & { cpuUs: number }> {
  const before = processorMs(pid);
  const measured = await work();
  return { ...measured, cpuUs: ((processorMs(pid) - before) * 1_000) / measured.sent };
}
