/** Baselines and generators in processes of their own, spoken to by messages. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');
/** A generator on a crowded machine takes minutes. */
const answerWithinMs = 600_000;

export class Child {
  private constructor(private readonly child: ChildProcess) {}

  /** Starts `bench/<script>`; resolves with its first message. */
  static async start<First>(script: string, ...args: string[]): Promise<{ child: Child; first: First }> {
    const process = fork(join(folder, script), args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const child = new Child(process);
    return { child, first: await child.next<First>(script) };
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Asks, and waits for the next message. */
  async ask<Answer>(question: object): Promise<Answer> {
    this.child.send(question);
    return this.next(JSON.stringify(question));
  }

  tell(word: object): void {
    this.child.send(word);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  private async next<Answer>(what: string): Promise<Answer> {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(new Error(`no answer within ${answerWithinMs} ms: ${what}`)), answerWithinMs);
    try {
      const ended = once(this.child, 'exit', { signal: given.signal }).then(() => {
        throw new Error(`the process ended: ${what}`);
      });
      const [message] = (await Promise.race([once(this.child, 'message', { signal: given.signal }), ended])) as [Answer];
      return message;
    } finally {
      clearTimeout(timer);
      given.abort();
    }
  }
}
