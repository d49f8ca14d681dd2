/** From a machine's report to the lobby manager's board: 200 machines, 1,000 reports a second, beside a raw Socket.IO server. */
import { HubProcess } from '../../e2e/support/hub-process.ts';
import type { MachineStatus } from '../../shared/contract/machines.ts';
import { branchOf } from '../support/branch-config.ts';
import { Child } from '../support/child.ts';
import { quantile } from '../support/load.ts';
import { pace } from '../support/pace.ts';
import { processorMs } from '../support/process-stats.ts';
import { type Bench, rounded } from '../support/report.ts';
import { Staff } from '../support/staff.ts';

const BRANCH = 'bench-01';
const MACHINES = 200;
const PER_SECOND = 1_000;
const CONNECTIONS = 50;

interface Told {
  readonly heard: readonly (readonly [reportedAt: number, at: number])[];
}

/** What changes in a fleet: paper and notes running low and filled up, a cassette, now and then a dispenser that stops (and a case). */
const changes: readonly MachineStatus[] = [
  { paper: 'low' },
  { paper: 'full' },
  { units: [{ id: 'u1', replenishment: 'low' }] },
  { units: [{ id: 'u1', replenishment: 'ok' }] },
  { dispenser: 'attention' },
  { dispenser: 'ok' },
  { acceptor: 'attention' },
  { acceptor: 'ok' },
  { dispenser: 'stop' },
  { dispenser: 'ok' },
];

async function openFleet(baseUrl: string): Promise<{ manager: Staff; token: string }> {
  const admin = await Staff.signIn(baseUrl, 'admin', 'demo-pass-1');
  const password = 'bench-pass-1';
  await admin.bank({ type: 'branch.create', branchId: BRANCH, name: { zh: '测速支行', en: 'Bench branch' } });
  await admin.bank({ type: 'account.create', username: 'bench', role: 'manager', branches: [BRANCH], password, name: 'Bench' });
  const { result } = await admin.bank({ type: 'device.create', deviceId: 'bench-gateway', kind: 'machine', branchId: BRANCH });
  const machines = Array.from({ length: MACHINES }, (_none, index) => ({
    id: `m${index}`,
    kind: 'recycler',
    name: { zh: `${index}号机`, en: `Machine ${index}` },
    services: [{ serviceId: 'withdrawal' }],
  }));
  await admin.branch(BRANCH, { type: 'branch.configure', config: { ...branchOf(4), machines } });
  return { manager: await Staff.signIn(baseUrl, 'bench', password), token: String((result as { token?: unknown }).token) };
}

/** A clock for all machines: each report has its own instant, by which the board tells which one it was. */
let clock = 0;

export async function measureTelemetry(bench: Bench): Promise<void> {
  const seconds = bench.smoke ? 1 : 20;
  const hub = await HubProcess.start();
  const { child: raw, first } = await Child.start<{ port: number }>('baseline/raw-sockets.ts');
  const children = [raw];
  const board = async (open: object): Promise<Child> => {
    const { child } = await Child.start('board.ts');
    children.push(child);
    const answer = await child.ask<{ ok: boolean; error?: string }>({ open });
    if (!answer.ok) throw new Error(`the board could not watch: ${answer.error ?? 'refused'}`);
    return child;
  };
  try {
    const { manager, token } = await openFleet(hub.baseUrl);
    const ofHub = await board({ url: hub.baseUrl, cookie: manager.headers.cookie, branchId: BRANCH });
    const ofRaw = await board({ url: `http://127.0.0.1:${first.port}` });
    const said = new Map<number, number>();
    const turns = Array.from({ length: MACHINES }, () => 0);

    /** Every `1 / share`-th report of a machine changes something; the others are heartbeats. */
    const report = (n: number, dueAt: number, share: number) => {
      const machine = n % MACHINES;
      const changing = Math.floor(n / MACHINES) % Math.round(1 / share) === 0;
      const at = (clock += 1);
      if (changing) said.set(at, dueAt);
      const turn = turns[machine] ?? 0;
      if (changing) turns[machine] = turn + 1;
      return { machine, body: JSON.stringify({ at, status: changing ? changes[turn % changes.length] : {} }) };
    };
    const listen = async (listener: Child): Promise<number[]> => {
      const { heard } = await listener.ask<Told>({ hear: { reports: said.size } });
      const latencies = heard.flatMap(([at, heardAt]) => {
        const dueAt = said.get(at);
        return dueAt === undefined ? [] : [heardAt - dueAt];
      });
      if (latencies.length !== said.size) throw new Error(`the board heard ${latencies.length} of ${said.size} changes`);
      said.clear();
      return latencies.sort((a, b) => a - b);
    };
    const throughHub = async (count: number, share: number) => {
      const cpu = processorMs(hub.pid);
      const took = await pace({
        port: hub.port,
        headers: { authorization: `Bearer ${token}` },
        connections: CONNECTIONS,
        perSecond: PER_SECOND,
        count,
        post: (n, dueAt) => {
          const { machine, body } = report(n, dueAt, share);
          return { path: `/api/machines/m${machine}/telemetry`, body };
        },
      });
      return { latencies: await listen(ofHub), perSecond: count / took, cpuUs: ((processorMs(hub.pid) - cpu) * 1_000) / count };
    };
    /** The same number of messages of the same size, only those that reach a board. */
    const throughRaw = async (count: number, share: number): Promise<number[]> => {
      const faults = [{ code: 'paperLow', since: Date.UTC(2026, 0, 1) }];
      await pace({
        port: first.port,
        headers: {},
        connections: CONNECTIONS,
        perSecond: PER_SECOND * share,
        count,
        post: (n, dueAt) => {
          const at = (clock += 1);
          said.set(at, dueAt);
          const machineId = `m${n % MACHINES}`;
          const event = { branchId: BRANCH, seq: n, at, actor: 'device:bench-gateway', type: 'machine.statusChanged', machineId };
          return {
            path: '/emit',
            body: JSON.stringify([{ ...event, state: 'attention', source: 'telemetry', faults, reportedAt: at, status: changes[2] }]),
          };
        },
      });
      return listen(ofRaw);
    };

    // Everybody's first word.
    await throughHub(MACHINES, 1);
    await throughRaw(MACHINES, 1);
    for (const share of [0.1, 1]) {
      const theirs = await throughRaw(Math.round(PER_SECOND * share * Math.min(seconds, 5)), share);
      const { latencies, perSecond, cpuUs } = await throughHub(PER_SECOND * seconds, share);
      const p99 = quantile(latencies, 0.99);
      bench.report(
        {
          name: `telemetry.${share * 100}percent.p99`,
          value: p99,
          unit: 'ms',
          baseline: { name: 'raw Socket.IO, the same changes on a bare POST', value: quantile(theirs, 0.99) },
          goal: 'p99 <= 500 ms',
          ok: p99 <= 500,
        },
        {
          connections: CONNECTIONS,
          p50Ms: rounded(quantile(latencies, 0.5)),
          p99Ms: rounded(p99),
          cpuUs: rounded(cpuUs),
          note: `${MACHINES} machines, ${Math.round(perSecond)} reports/s of which ${share * 100} % change something; from when a report was due to the board`,
        },
      );
    }
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await hub.stop();
  }
}
