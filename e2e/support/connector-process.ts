/** A real XFS4IoT connector in a process of its own, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const KEPT_OUTPUT = 20_000;

export interface ConnectorOptions {
  readonly hub: string;
  readonly token: string;
  readonly machines: readonly object[];
  /** Whatever else the configuration file may say. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export class ConnectorProcess {
  output = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'counterflow-xfs-'));
  private readonly token: string;
  private child: ChildProcess | undefined;
  private exited: Promise<number | null> = Promise.resolve(null);

  constructor({ hub, token, machines, more }: ConnectorOptions) {
    this.token = token;
    writeFileSync(join(this.folder, 'xfs.json'), JSON.stringify({ hub, machines, logLevel: 'info', ...more }));
    this.start();
  }

  start(): void {
    const built = join(root, 'dist', 'xfs', 'main.js');
    const main = existsSync(built) ? [built] : ['--import', 'tsx', join(root, 'server', 'xfs', 'main.ts')];
    const child = spawn(process.execPath, main, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, XFS_CONFIG: join(this.folder, 'xfs.json'), MACHINE_TOKEN: this.token, COUNTERFLOW_PARENT: 'ipc' },
    });
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.child = child;
    this.exited = once(child, 'exit').then(([code]: (number | null)[]) => {
      this.child = undefined;
      return code ?? null;
    });
  }

  async kill9(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  /** Gracefully; its exit code. */
  async terminate(): Promise<number | null> {
    this.child?.kill('SIGTERM');
    return this.exited;
  }

  async stop(): Promise<void> {
    await this.kill9();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
