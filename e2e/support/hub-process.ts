/** A real hub in a process of its own, on a free port and a folder of its own, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface HubProcessOptions {
  /** With the demo bank, standing still, from `workingMorning` on; otherwise an empty production hub, now. Default true. */
  readonly demo?: boolean;
  readonly speed?: number;
  /** Kept when given; otherwise made, and removed by `stop`. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Run the sources through tsx even where a build exists. */
  readonly fromSource?: boolean;
}

/** A Wednesday on which both shifts of the demo's tellers are there: nothing depends on the hour at which a test is run. */
export const workingMorning = '2026-05-13T09:30+08:00';

const root = join(import.meta.dirname, '..', '..');
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const KEPT_OUTPUT = 20_000;

export class HubProcess {
  readonly port: number;
  readonly baseUrl: string;
  readonly dataDir: string;
  /** The last of what it printed. */
  output = '';
  private readonly options: HubProcessOptions;
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();

  private constructor(options: HubProcessOptions, port: number) {
    this.options = options;
    this.port = port;
    this.baseUrl = `http://127.0.0.1:${port}`;
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'counterflow-'));
  }

  /** Started and ready. */
  static async start(options: HubProcessOptions = {}): Promise<HubProcess> {
    const hub = new HubProcess(options, options.port ?? (await freePort()));
    await hub.start();
    return hub;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** Starts it (again), with the same folder and port; `speed` from now on when given. Resolves when ready. */
  async start(speed = this.options.speed ?? 1): Promise<void> {
    if (this.child !== undefined) throw new Error('the hub runs already');
    this.launch(speed);
    await this.waitReady();
  }

  async waitReady(): Promise<void> {
    const until = performance.now() + READY_WITHIN_MS;
    while (performance.now() < until) {
      if (this.child === undefined) throw new Error(`the hub ended before it was ready:\n${this.output}`);
      const answer = await fetch(`${this.baseUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok === true) return;
      await sleep(10);
    }
    throw new Error(`the hub was not ready within ${READY_WITHIN_MS} ms:\n${this.output}`);
  }

  /** As a power cut would: no chance to write anything. */
  async kill9(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  /** Gracefully; the folder stays. */
  async terminate(): Promise<void> {
    const { child } = this;
    child?.kill('SIGTERM');
    const late = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.exited;
    clearTimeout(late);
  }

  async restart(how: 'kill' | 'terminate' = 'terminate'): Promise<void> {
    await (how === 'kill' ? this.kill9() : this.terminate());
    await this.start();
  }

  /** Ends it and removes the folder it made. */
  async stop(): Promise<void> {
    await this.terminate();
    if (this.options.dataDir === undefined) rmSync(this.dataDir, { recursive: true, force: true });
  }

  private launch(speed: number): void {
    const built = join(root, 'dist', 'server', 'main.js');
    const main = existsSync(built) && this.options.fromSource !== true ? [built] : ['--import', 'tsx', join(root, 'server', 'main.ts')];
    const child = spawn(process.execPath, main, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        RATE_LIMIT: 'off',
        ...(this.options.demo !== false && { COUNTERFLOW_DEMO: '1', START_AT: workingMorning }),
        ...this.options.env,
        PORT: String(this.port),
        DATA_DIR: this.dataDir,
        SPEED: String(speed),
        // Ends with the test run, whatever becomes of that.
        COUNTERFLOW_PARENT: 'ipc',
      },
    });
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.child = child;
    this.exited = once(child, 'exit').then(() => {
      this.child = undefined;
    });
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port to be had');
  probe.close();
  await once(probe, 'close');
  return address.port;
}
