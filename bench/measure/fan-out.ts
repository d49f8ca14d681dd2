/** From the press to the last of many sockets, beside a raw Socket.IO server that emits the same bytes on a bare POST. */
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { Child } from '../support/child.ts';
import { HttpLine } from '../support/http-line.ts';
import { quantile } from '../support/load.ts';
import { type Bench, rounded } from '../support/report.ts';
import { issueBody } from './issue.ts';

interface Heard {
  readonly times: number[][];
  readonly sample: unknown;
}

const betweenMs = 40;
const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

export async function measureFanOut(bench: Bench): Promise<void> {
  const count = bench.smoke ? 80 : 500;
  const events = bench.smoke ? 20 : 100;
  const rounds = bench.smoke ? 1 : 3;
  const hub = await HubProcess.start();
  const { child: raw, first } = await Child.start<{ port: number }>('baseline/raw-sockets.ts');
  const { child: listeners } = await Child.start('listeners.ts');
  try {
    const rawUrl = `http://127.0.0.1:${first.port}`;
    await listeners.ask({ open: { url: hub.baseUrl, count, token: 'demo-display', branchId: 'hq-01' } });
    await listeners.ask({ open: { url: rawUrl, count } });
    const kiosk = await HttpLine.open(hub.port, { authorization: 'Bearer demo-kiosk' });
    const bare = await HttpLine.open(first.port);

    const round = async (url: string, press: () => Promise<{ status: number }>): Promise<{ latencies: number[]; sample: unknown }> => {
      const pressed: number[] = [];
      for (let n = 0; n < events; n += 1) {
        pressed.push(now());
        const { status } = await press();
        if (status !== 200) throw new Error(`a press was answered ${status}`);
        await pause(betweenMs);
      }
      const { times, sample } = await listeners.ask<Heard>({ hear: { url, events } });
      if (times.some((socket) => socket.length !== events)) throw new Error('a socket did not hear every event once');
      return { latencies: times.flatMap((socket) => socket.map((at, index) => at - (pressed[index] ?? at))), sample };
    };
    const ofHub = (): ReturnType<typeof round> => round(hub.baseUrl, () => kiosk.post('/api/branches/hq-01/commands', issueBody()));
    const warm = await ofHub();
    const bytes = JSON.stringify(warm.sample);
    const ofRaw = (): ReturnType<typeof round> => round(rawUrl, () => bare.post('/emit', bytes));
    await ofRaw();

    const latencies: Record<'hub' | 'raw', number[]> = { hub: [], raw: [] };
    for (let n = 0; n < rounds; n += 1) {
      latencies.raw.push(...(await ofRaw()).latencies);
      latencies.hub.push(...(await ofHub()).latencies);
    }
    kiosk.close();
    bare.close();
    const [ours, theirs] = [latencies.hub.sort((a, b) => a - b), latencies.raw.sort((a, b) => a - b)];
    const value = quantile(ours, 0.99);
    const baseline = { name: 'raw Socket.IO, the same bytes on a bare POST', value: quantile(theirs, 0.99) };
    const details = {
      connections: count,
      p50Ms: rounded(quantile(ours, 0.5)),
      p99Ms: rounded(value),
      note: 'from the press: the hub’s figure includes deciding and the durable commit',
    };
    bench.report(
      { name: `fanOut.${count}.p99`, value, unit: 'ms', baseline, goal: 'ratio <= 1.5', ok: value <= 1.5 * baseline.value },
      details,
    );
  } finally {
    await Promise.all([raw.stop(), listeners.stop()]);
    await hub.stop();
  }
}
