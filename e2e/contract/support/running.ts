/** A program started as an outsider would, in a process group of its own, with everything it said. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

export class Running {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;

  constructor(command: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, command, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    // 'close' comes when the last of the group has let go of the pipes.
    this.ended = once(this.child, 'close').then(([code, signal]: unknown[]) => ({
      code: typeof code === 'number' ? code : null,
      signal: typeof signal === 'string' ? signal : null,
    }));
  }

  /** To the whole group; one that has ended is fine. */
  signal(name: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  /** Its end, or a kill after `withinMs` and an error. */
  async end(withinMs: number): Promise<Ended> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.signal('SIGKILL');
    }, withinMs);
    const ended = await this.ended;
    clearTimeout(timer);
    if (late) throw new Error(`still running after ${withinMs} ms: ${this.stdout}${this.stderr}`);
    return ended;
  }
}

/** As `npm start` does; from the sources where nothing is built. */
export function runServer(env: Readonly<Record<string, string>>): Running {
  const built = join(root, 'dist', 'server', 'main.js');
  return new Running(existsSync(built) ? [built] : ['--import', 'tsx', join(root, 'server', 'main.ts')], env);
}

/** As `npm run demo` does. */
export const runDemo = (args: readonly string[]): Running =>
  new Running(['--import', 'tsx', join(root, 'simulator', 'demo.ts'), ...args], {});
