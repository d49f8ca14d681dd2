/**
 * Whether somebody who is free while others wait will serve again, and how soon: learnt from how it went before, by how long they
 * have been free. It stands for what a log without duty says nothing of: breaks, ends of shift, paperwork.
 */
import type { LineState } from './line.state.ts';

/** Upper ends of the classes of idle time, in seconds; the last is open. */
const CLASSES_S = [4, 8, 15, 30, 60, 150, 600, 1_800, 5_400, Number.POSITIVE_INFINITY] as const;
export const HORIZON_S = 60;
const FADE = 0.9995;
const SAMPLED_MS = 10_000;
const SEEN_MS = 4 * 3_600_000;

interface Sample {
  readonly server: string;
  readonly at: number;
  readonly idleClass: number;
}

export const idleClassOf = (idleS: number): number => CLASSES_S.findIndex((end) => idleS < end);
const PRIOR = [0.9, 0.8, 0.5, 0.35, 0.25, 0.15, 0.05, 0.03, 0.02, 0.01];
const PRIOR_WEIGHT = 20;

export class Presence {
  private readonly seen = Float64Array.from(CLASSES_S, () => PRIOR_WEIGHT);
  private readonly back = Float64Array.from(PRIOR, (share) => share * PRIOR_WEIGHT);
  private readonly delay = Float64Array.from(PRIOR, (share) => share * PRIOR_WEIGHT * 10);
  private open: Sample[] = [];
  private sampledAt = 0;

  /** Notes who is free now, at most every ten seconds. */
  sample(state: LineState, at: number): void {
    this.settle(at);
    if (at - this.sampledAt < SAMPLED_MS || state.waiting.size < 2) return;
    this.sampledAt = at;
    for (const server of state.servers.values()) {
      if (server.duty !== undefined || server.serving !== undefined || at - server.endedAt > SEEN_MS) continue;
      this.open.push({ server: server.id, at, idleClass: idleClassOf(state.idleS(server, at)) });
    }
  }

  started(server: string, at: number): void {
    this.settle(at);
    this.open = this.open.filter((sample) => {
      if (sample.server !== server) return true;
      this.learn(sample.idleClass, (at - sample.at) / 1_000);
      return false;
    });
  }

  /** Chance to serve within a minute. */
  chance(idleClass: number): number {
    return (this.back[idleClass] as number) / (this.seen[idleClass] as number);
  }

  /** Mean seconds until then, of those who do. */
  delayS(idleClass: number): number {
    return (this.delay[idleClass] as number) / (this.back[idleClass] as number);
  }

  private settle(at: number): void {
    let settled = 0;
    while (settled < this.open.length && (this.open[settled] as Sample).at < at - HORIZON_S * 1_000) {
      this.learn((this.open[settled] as Sample).idleClass, undefined);
      settled += 1;
    }
    if (settled > 0) this.open = this.open.slice(settled);
  }

  private learn(idleClass: number, afterS: number | undefined): void {
    this.seen[idleClass] = (this.seen[idleClass] as number) * FADE + 1;
    this.back[idleClass] = (this.back[idleClass] as number) * FADE + (afterS === undefined ? 0 : 1);
    this.delay[idleClass] = (this.delay[idleClass] as number) * FADE + (afterS ?? 0);
  }
}
