/** The hub, or the connector beside it, as the launcher's child: same process group, and gone when the launcher is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');
const sources = { server: 'server/main.ts', xfs: 'server/xfs/main.ts' } as const;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const SIGNAL_AHEAD_MS = 300;

export class ServerProcess {
  private readonly child: ChildProcess;
  /** Resolves when it has ended, with its exit code or signal. */
  readonly ended: Promise<number | string>;
  private alive = true;

  constructor(env: Readonly<Record<string, string | undefined>>, entry: keyof typeof sources = 'server') {
    const built = join(root, 'dist', entry, 'main.js');
    const main = existsSync(built) ? ['--enable-source-maps', built] : ['--import', 'tsx', join(root, sources[entry])];
    this.child = spawn(process.execPath, main, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...env, COUNTERFLOW_PARENT: 'ipc' },
    });
    this.ended = once(this.child, 'exit').then(([code, signal]: (number | string | null)[]) => {
      this.alive = false;
      return code ?? signal ?? 'unknown';
    });
  }

  /** False when it ended before it was ready. Throws when it takes too long. */
  async ready(baseUrl: string): Promise<boolean> {
    const until = performance.now() + READY_WITHIN_MS;
    while (this.alive && performance.now() < until) {
      const answer = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (answer?.ok) return this.alive;
      await sleep(50);
    }
    if (this.alive) throw new Error(`the hub was not ready within ${READY_WITHIN_MS / 1_000} s`);
    return false;
  }

  /** Gracefully: a hang-up first (a signal may have reached it already), then ever plainer words. */
  async stop(): Promise<void> {
    if (!this.alive) return;
    // A signal to the whole group has reached it already; a second one would cut its stop short.
    await Promise.race([this.ended, sleep(SIGNAL_AHEAD_MS)]);
    if (this.child.connected) this.child.disconnect();
    const steps = [sleep(STOP_WITHIN_MS, 'SIGTERM' as const), sleep(STOP_WITHIN_MS * 2, 'SIGKILL' as const)];
    for (const step of steps) {
      const signal = await Promise.race([this.ended.then(() => undefined), step]);
      if (signal === undefined) return;
      this.child.kill(signal);
    }
    await this.ended;
  }
}

/** The port itself when it is free, any free one for 0. Throws with one clear line when it is taken. */
export async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    const address = probe.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new Error(`port ${port} is in use; choose another with --port`);
    throw error;
  } finally {
    if (probe.listening) {
      probe.close();
      await once(probe, 'close');
    }
  }
}
