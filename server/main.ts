/** The only place that makes real things and wires them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { seedDemo } from './demo/seed.ts';
import { createOutlookBoard } from './forecast/outlook-board.ts';
import { aggregates } from './hub/aggregates.ts';
import { createHub } from './hub/hub.ts';
import { createCalendar } from './platform/calendar.ts';
import { startClock, systemWall } from './platform/clock.ts';
import { type Config, readConfig } from './platform/config.ts';
import { systemIds } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { endWithParent } from './platform/parent.ts';
import { systemScheduler } from './platform/scheduler.ts';
import { loadSecret } from './platform/secret.ts';
import { MigrationError } from './store/migrate.ts';
import { StoreError } from './store/sqlite.ts';
import { purgeOnSchedule } from './store/purge.ts';
import { openStore } from './store/store.ts';

const STOP_WITHIN_MS = 10_000;

/** One line for the operator, and the end. */
function giveUp(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** The built pages: beside the server's bundle, or under `dist` when run from the sources. */
function findClient(): string | undefined {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return [join(here, '../client'), join(here, '../dist/client')].find((folder) => existsSync(join(folder, '.vite/manifest.json')));
}

function openOrGiveUp(config: Config) {
  try {
    return openStore({ dataDir: config.dataDir, at: systemWall.wallMs(), attachmentBytes: config.attachmentBytes });
  } catch (error) {
    if (error instanceof StoreError || error instanceof MigrationError) giveUp(error.message);
    // What the file system or SQLite says of a folder or file it cannot use.
    if (error instanceof Error && 'code' in error) giveUp(`DATA_DIR=${JSON.stringify(config.dataDir)} cannot be used: ${error.message}`);
    throw error;
  }
}

async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const store = openOrGiveUp(config);
  const clock = startClock({ wall: systemWall, speed: config.speed, memory: store.meta, firstAt: config.startAt });
  const secret = loadSecret(config.dataDir, systemIds);
  const metrics = createMetrics();
  const calendar = createCalendar();
  const board = createOutlookBoard(() => clock.realNow());
  const hub = createHub({
    store,
    clock,
    ids: systemIds,
    calendar,
    log,
    metrics: metrics.hub,
    aggregates,
    board,
    commandKey: secret.key('command-bodies'),
  });
  const settings = {
    allowedOrigins: config.allowedOrigins,
    rateLimit: config.rateLimit,
    trustProxy: config.trustProxy,
    clientDir: findClient(),
  };
  const { http } = await buildApp({ settings, hub, store, clock, calendar, ids: systemIds, secret, log, metrics, board });
  const stopping = closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'the hub fails');
    log.info({ signal }, 'the hub stops');
    stopPurging();
    await http.close();
    await hub.stop();
    store.close();
  });
  const stopPurging = purgeOnSchedule({
    store,
    now: () => clock.now(),
    scheduler: systemScheduler,
    keep: config.keep,
    log,
  });
  endWithParent(() => stopping.close());
  await hub.start();
  if (config.demo) await seedDemo(hub, systemIds);
  try {
    await http.listen({ port: config.port, host: config.host });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') giveUp(`port ${config.port} on ${config.host} is in use: stop what runs there, or set PORT`);
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      giveUp(`the hub may not listen on ${config.host}:${config.port} (${String(code)}): set HOST or PORT`);
    throw error;
  }
  log.info({ addresses: http.addresses(), speed: config.speed }, 'the hub is up');
}

const read = readConfig(process.env);
if (!read.ok) giveUp(read.line);
await main(read.config);
