/** What a branch costs that nobody visits, and what a screen costs that only listens. */
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { branchOf } from '../support/branch-config.ts';
import { Child } from '../support/child.ts';
import { residentKiB } from '../support/process-stats.ts';
import { type Bench } from '../support/report.ts';
import { Staff } from '../support/staff.ts';

/** The first sockets make what every further one shares. */
const warmUpSockets = 50;
const KIB = 1_024;

export async function measureMemory(bench: Bench): Promise<void> {
  const hub = await HubProcess.start();
  const { child: raw, first } = await Child.start<{ port: number }>('baseline/raw-sockets.ts');
  const { child: listeners } = await Child.start('listeners.ts');
  try {
    await branches(bench, hub);
    await sockets(bench, hub, raw, `http://127.0.0.1:${first.port}`, listeners);
  } finally {
    await Promise.all([raw.stop(), listeners.stop()]);
    await hub.stop();
  }
}

/** Each time in a process just started, so that only what is held is counted. */
async function branches(bench: Bench, hub: HubProcess): Promise<void> {
  const count = bench.smoke ? 8 : 200;
  await hub.restart();
  const before = await settledKiB(bench, hub.pid);
  const admin = await Staff.signIn(hub.baseUrl, 'admin', 'demo-pass-1');
  for (let number = 1; number <= count; number += 1) {
    const branchId = `idle-${number}`;
    await admin.bank({ type: 'branch.create', branchId, name: { zh: '空闲支行', en: 'Idle branch' } });
    await admin.branch(branchId, { type: 'branch.configure', config: branchOf(6) });
  }
  await hub.restart();
  const after = await settledKiB(bench, hub.pid);
  const floor = await fetch(`${hub.baseUrl}/api/branches/idle-1/floor`, { headers: admin.headers });
  const baseline = { name: 'its floor as JSON text', value: (await floor.text()).length / KIB };
  bench.report({
    name: `memory.branch.${count}`,
    value: (after - before) / count,
    unit: 'KiB',
    baseline,
    goal: '<= 512 KiB',
    ok: (after - before) / count <= 512,
  });
}

async function sockets(bench: Bench, hub: HubProcess, raw: Child, rawUrl: string, listeners: Child): Promise<void> {
  const count = bench.smoke ? 80 : 500;
  const grown = async (pid: number | undefined, open: object): Promise<number> => {
    await listeners.ask({ open: { count: warmUpSockets, ...open } });
    const before = await settledKiB(bench, pid);
    await listeners.ask({ open: { count, ...open } });
    return ((await settledKiB(bench, pid)) - before) / count;
  };
  const value = await grown(hub.pid, { url: hub.baseUrl, token: 'demo-display', branchId: 'hq-01' });
  const baseline = { name: 'raw Socket.IO', value: await grown(raw.pid, { url: rawUrl }) };
  bench.report({ name: `memory.socket.${count}`, value, unit: 'KiB', baseline, goal: 'ratio <= 2', ok: value <= 2 * baseline.value });
}

async function settledKiB(bench: Bench, pid: number | undefined): Promise<number> {
  await new Promise((next) => setTimeout(next, bench.smoke ? 500 : 2_000));
  return residentKiB(pid);
}
