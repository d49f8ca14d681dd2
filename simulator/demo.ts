/** `npm run demo`: a hub of its own, a demo bank, virtual customers and tellers; or a recorded day replayed. */
import { setMaxListeners } from 'node:events';
import { randomInt } from 'node:crypto';
import { prepareDataDir } from './demo/data-dir.ts';
import { workingDayAt } from './demo/working-day.ts';
import { type DemoOptions, readOptions } from './demo/options.ts';
import { playCases } from './demo/play-cases.ts';
import { playMachines } from './demo/play-machines.ts';
import { playBranches, playReplay } from './demo/play.ts';
import { freePort, ServerProcess } from './demo/server-process.ts';
import { welcome } from './demo/welcome.ts';
import { readRecordedDay } from './replay/recording.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env, randomInt(2 ** 31));
  const recorded = options.replay && (await readRecordedDay(options.replay.file, options.replay.date));
  const port = await freePort(options.host, options.port);
  prepareDataDir(options.dataDir, options.fresh || recorded !== undefined);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      ending.abort();
    });
  }
  const server = new ServerProcess(serverEnvironment(options, port));
  void server.ended.then(() => ending.abort());
  const baseUrl = `http://${reachable(options.host)}:${port}`;
  try {
    if (!(await server.ready(baseUrl))) return report(await server.ended, asked);
    for (const line of welcome(baseUrl, options)) say(line);
    const world = { baseUrl, options, signal: ending.signal, log: say };
    if (recorded !== undefined) return (await playReplay(world, recorded)) ? 0 : asked ? 130 : 1;
    if (options.still) await untilAborted(ending.signal);
    else await Promise.all([playBranches(world), playMachines(world), playCases(world)]);
    return asked ? 0 : report(await server.ended, asked);
  } finally {
    await server.stop();
  }
}

function report(how: number | string, asked: boolean): number {
  if (asked) return 0;
  process.stderr.write(`the hub ended by itself (${how}); the demo ends with it\n`);
  return 1;
}

function serverEnvironment(options: DemoOptions, port: number): Record<string, string> {
  return {
    COUNTERFLOW_DEMO: '1',
    PORT: String(port),
    HOST: options.host,
    DATA_DIR: options.dataDir,
    SPEED: String(options.speed),
    ...(options.start !== undefined && { START_AT: workingDayAt(options.start, Date.now()) }),
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
  };
}

/** An address of "everywhere" is reached here over loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
