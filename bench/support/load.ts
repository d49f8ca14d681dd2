/** Closed loops: each connection sends its next request when it has the answer to the last. */
import { HttpLine } from './http-line.ts';

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A fresh body each time. */
  readonly body: () => string;
}

export interface Measured {
  readonly perSecond: number;
  /** Requests in all, the warm-up's too. */
  readonly sent: number;
  /** Milliseconds, ascending. */
  readonly latencies: readonly number[];
}

export const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;

/** Throws when any answer is not 200: a benchmark of refusals is none. */
export async function hammer(target: Target, options: { connections: number; warmUpMs: number; forMs: number }): Promise<Measured> {
  const { connections, warmUpMs, forMs } = options;
  const lines = await Promise.all(Array.from({ length: connections }, () => HttpLine.open(target.port, target.headers)));
  const latencies: number[] = [];
  let sent = 0;
  const from = performance.now() + warmUpMs;
  const until = from + forMs;
  await Promise.all(
    lines.map(async (line) => {
      for (;;) {
        const sentAt = performance.now();
        if (sentAt >= until) return;
        const { status, body } = await line.post(target.path, target.body());
        if (status !== 200) throw new Error(`${target.path} was answered ${status}: ${body.slice(0, 300)}`);
        sent += 1;
        const at = performance.now();
        if (sentAt >= from && at <= until) latencies.push(at - sentAt);
      }
    }),
  );
  for (const line of lines) line.close();
  latencies.sort((a, b) => a - b);
  return { perSecond: latencies.length / (forMs / 1_000), sent, latencies };
}
