/** The XFS4IoT connector: a process of its own beside the hub, which it knows only through the telemetry door. */
import closeWithGrace from 'close-with-grace';
import { systemWall } from '../platform/clock.ts';
import { systemFraction } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { endWithParent } from '../platform/parent.ts';
import { systemScheduler } from '../platform/scheduler.ts';
import { backoff } from './backoff.ts';
import { type ConnectorConfig, readConnectorConfig } from './config.ts';
import { hubDoor } from './hub-door.ts';
import { webSockets } from './link.ts';
import { MachineSession } from './machine-session.ts';
import { Reporter } from './reporter.ts';
import type { Surroundings } from './surroundings.ts';

const STOP_WITHIN_MS = 5_000;
/** A hub that was restarted hears of its machines so soon. */
const HUB_AGAIN_WITHIN_MS = 2_000;

function main(config: ConnectorConfig): void {
  const log = createLog(config.logLevel);
  const world: Surroundings = {
    connect: webSockets({ timeoutMs: config.answerWithinMs, ca: config.ca }),
    scheduler: systemScheduler,
    now: () => systemWall.monotonicMs(),
    fraction: systemFraction,
    pace: config,
    log,
  };
  const sessions: MachineSession[] = [];
  const reporter = new Reporter({
    post: hubDoor({ hub: config.hub, token: config.token, timeoutMs: config.answerWithinMs, log }),
    machines: () => sessions,
    scheduler: systemScheduler,
    wall: systemWall,
    freshMs: config.statusEveryMs * 2,
    everyMs: config.reportEveryMs,
    retry: backoff(config.retryFirstMs, Math.min(config.retryLongestMs, HUB_AGAIN_WITHIN_MS), systemFraction),
    log,
  });
  const stopping = closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'the connector fails');
    log.info({ signal }, 'the connector stops');
    reporter.stop();
    for (const session of sessions) session.stop();
  });
  endWithParent(() => stopping.close());
  for (const { machineId, ...address } of config.machines) {
    sessions.push(new MachineSession(world, machineId, address, (machine) => reporter.changed(machine)));
  }
  log.info({ machines: sessions.length }, 'the connector is up');
}

const read = readConnectorConfig(process.env);
if (read.ok) {
  main(read.config);
} else {
  process.stderr.write(`${read.line}\n`);
  process.exitCode = 1;
}
