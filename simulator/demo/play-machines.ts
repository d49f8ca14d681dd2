/** The demo's machines: a fleet of simulated devices, and the connector that tells the hub of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFleet } from '../machines/fleet.ts';
import type { DemoWorld } from './play.ts';
import { ServerProcess } from './server-process.ts';

/** Paces at speed 1, real ms. Hub time running faster, silence comes sooner, and so must the heartbeats. */
const REPORT_EVERY_MS = 1_000;
const STATUS_EVERY_MS = 5_000;
const SHORTEST_MS = 100;

/** Until the signal. A connector that ends by itself is said, and the demo goes on: its machines fall silent. */
export async function playMachines({ baseUrl, options, signal, log }: DemoWorld): Promise<void> {
  const { seed, speed, dataDir } = options;
  const fleet = await startFleet({ seed, speed, signal });
  const pace = (ms: number): number => Math.round(Math.min(ms, Math.max(SHORTEST_MS, ms / speed)));
  const config = join(dataDir, 'xfs.json');
  writeFileSync(
    config,
    `${JSON.stringify({
      hub: baseUrl,
      machines: fleet.machines,
      reportEveryMs: pace(REPORT_EVERY_MS),
      statusEveryMs: pace(STATUS_EVERY_MS),
      logLevel: process.env['LOG_LEVEL'] || 'error',
    })}\n`,
  );
  const connector = new ServerProcess({ XFS_CONFIG: config, MACHINE_TOKEN: 'demo-machine' }, 'xfs');
  void connector.ended.then((how) => {
    if (!signal.aborted) log(`the connector ended by itself (${how}); the machines fall silent`);
  });
  try {
    await fleet.live();
  } finally {
    await connector.stop();
  }
}
