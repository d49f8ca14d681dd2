/** An open loop: so many a second whatever the answers do, as machines report. */
import { HttpLine } from './http-line.ts';

export interface Posted {
  readonly path: string;
  readonly body: string;
}

export interface PaceOptions {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly perSecond: number;
  readonly count: number;
  /** The n-th post; `dueAt` is when it should be sent (monotonic ms): latencies count from there. */
  readonly post: (n: number, dueAt: number) => Posted;
}

const stepMs = 2;
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Resolves with the seconds it took when everything is answered. Throws when anything is not answered 200. */
export async function pace({ port, headers, connections, perSecond, count, post }: PaceOptions): Promise<number> {
  const free = await Promise.all(Array.from({ length: connections }, () => HttpLine.open(port, headers)));
  const lines = [...free];
  const waiting: Posted[] = [];
  const startedAt = now();
  let due = 0;
  let answered = 0;
  await new Promise<void>((resolve, reject) => {
    const send = (line: HttpLine, { path, body }: Posted): void => {
      line.post(path, body).then((reply) => {
        if (reply.status !== 200) return reject(new Error(`${path} was answered ${reply.status}: ${reply.body.slice(0, 300)}`));
        answered += 1;
        if (answered === count) return resolve();
        const next = waiting.shift();
        if (next === undefined) free.push(line);
        else send(line, next);
      }, reject);
    };
    const step = (): void => {
      const owed = Math.min(count, Math.floor(((now() - startedAt) * perSecond) / 1_000));
      for (; due < owed; due += 1) {
        const one = post(due, startedAt + (due * 1_000) / perSecond);
        const line = free.pop();
        if (line === undefined) waiting.push(one);
        else send(line, one);
      }
      if (due < count) setTimeout(step, stepMs);
    };
    step();
  });
  for (const line of lines) line.close();
  return (now() - startedAt) / 1_000;
}
