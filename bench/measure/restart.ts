/** From starting the process to a ready hub with a long log behind it: after a graceful stop, and after a kill. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { Child } from '../support/child.ts';
import { HttpLine } from '../support/http-line.ts';
import { type Bench, median } from '../support/report.ts';
import { issueBody } from './issue.ts';

/** Fewer than a busy hub writes a snapshot after: the worst a kill can leave to be folded. */
const BEHIND = 9_000;
const WITHIN_MS = 2_000;

export async function measureRestart(bench: Bench): Promise<void> {
  const events = bench.smoke ? 5_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-bench-'));
  try {
    const startedAt = performance.now();
    const { child, first } = await Child.start<{ events: number }>('generate-log.ts', join(folder, 'long'), String(events));
    await child.stop();
    bench.log(`restart: ${first.events} events written in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    await timed(join(folder, 'empty'));
    const empty: number[] = [];
    const stopped: number[] = [];
    const killed: number[] = [];
    for (let round = 0; round < (bench.smoke ? 1 : 3); round += 1) {
      empty.push(await timed(join(folder, 'empty')));
      stopped.push(await timed(join(folder, 'long')));
    }
    await killBehind(join(folder, 'long'), bench.smoke ? 1_000 : BEHIND);
    killed.push(await timed(join(folder, 'long')));
    const baseline = { name: 'the same hub with an empty log', value: median(empty) };
    const goal = 'ready within 2,000 ms';
    bench.report({
      name: `restart.${events}.stopped`,
      value: median(stopped),
      unit: 'ms',
      baseline,
      goal,
      ok: median(stopped) <= WITHIN_MS,
    });
    bench.report({ name: `restart.${events}.killed`, value: median(killed), unit: 'ms', baseline, goal, ok: median(killed) <= WITHIN_MS });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the process to 200 from /readyz. */
async function timed(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const hub = await HubProcess.start({ dataDir });
  const took = performance.now() - startedAt;
  await hub.stop();
  return took;
}

async function killBehind(dataDir: string, commands: number): Promise<void> {
  const hub = await HubProcess.start({ dataDir });
  const lines = await Promise.all(Array.from({ length: 64 }, () => HttpLine.open(hub.port, { authorization: 'Bearer demo-kiosk' })));
  let left = commands;
  await Promise.all(
    lines.map(async (line) => {
      while (left-- > 0) {
        const { status, body } = await line.post('/api/branches/hq-01/commands', issueBody());
        if (status !== 200) throw new Error(`a number was answered ${status}: ${body}`);
      }
    }),
  );
  await hub.kill9();
  for (const line of lines) line.close();
}
