/** A hub on a real database in a folder of its own, with a clock and timers that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, nobody } from '../../shared/aggregate.ts';
import { createOutlookBoard, type OutlookBoard } from '../forecast/outlook-board.ts';
import { createCalendar } from '../platform/calendar.ts';
import { startClock, type Clock } from '../platform/clock.ts';
import { systemIds } from '../platform/ids.ts';
import { createLog, type Log } from '../platform/log.ts';
import { createMetrics, type Metrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.types.ts';
import { createHub } from './hub.ts';
import type { Aggregates, Hub, Shape } from './hub.types.ts';
import { tally, type TallyShape } from './tally.fixture.ts';

export const startOfTime = Date.parse('2026-09-30T04:00:00Z');
export const teller: Actor = { id: 'teller1', kind: 'staff', role: 'teller', branches: ['b1'] };

export const tallies: Aggregates<TallyShape, TallyShape> = {
  branch: tally,
  bank: tally,
  hasBranch: (_bank, id) => id === 'b1',
  staffOf: () => nobody,
};

/** Time stands still until the test moves it. */
export class Machine {
  private wall = startOfTime;
  private monotonic = 0;
  private waiting: { at: number; work: () => void }[] = [];
  /** How long the hub asked to sleep, each time. */
  readonly sleeps: number[] = [];

  readonly source = { wallMs: () => this.wall, monotonicMs: () => this.monotonic };
  readonly scheduler: Scheduler = {
    after: (ms, work) => {
      const entry = { at: this.monotonic + ms, work };
      this.sleeps.push(ms);
      this.waiting.push(entry);
      return () => {
        this.waiting = this.waiting.filter((other) => other !== entry);
      };
    },
  };

  /** Lets `ms` real ms pass, firing what falls due on the way. */
  async pass(ms: number): Promise<void> {
    const until = this.monotonic + ms;
    await settled();
    for (;;) {
      const [next] = this.waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.waiting = this.waiting.filter((other) => other !== next);
      this.move(Math.max(0, next.at - this.monotonic));
      next.work();
      await settled();
    }
    this.move(until - this.monotonic);
  }

  /** Time without a running hub. */
  off(ms: number): void {
    this.waiting = [];
    this.move(ms);
  }

  private move(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }
}

/** The hub's own turns of the event loop: a flush, its replies, a tick that follows. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

export interface Running<Branch extends Shape, Bank extends Shape> {
  readonly hub: Hub<Branch, Bank>;
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly logged: Record<string, unknown>[];
  readonly board: OutlookBoard;
}

export class Site {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'counterflow-'));
  readonly machine = new Machine();
  private open: Store | undefined;

  async boot<Branch extends Shape, Bank extends Shape>(
    aggregates: Aggregates<Branch, Bank>,
    options: { speed?: number; maxQueue?: number; scheduler?: Scheduler } = {},
  ): Promise<Running<Branch, Bank>> {
    const store = openStore({ dataDir: this.dataDir, at: startOfTime });
    this.open = store;
    const clock = startClock({ wall: this.machine.source, speed: options.speed ?? 1, memory: store.meta });
    const metrics = createMetrics();
    const logged: Record<string, unknown>[] = [];
    const log = createLog('info', { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) });
    const board = createOutlookBoard(() => clock.realNow());
    const hub = createHub<Branch, Bank>({
      store,
      clock,
      ids: systemIds,
      calendar: createCalendar(),
      log,
      metrics: metrics.hub,
      scheduler: options.scheduler ?? this.machine.scheduler,
      aggregates,
      commandKey: Buffer.from('a key for tests'),
      maxQueue: options.maxQueue,
      board,
    });
    return { hub, store, clock, metrics, log, logged, board };
  }

  /** As after a kill: nothing is said to anybody. */
  crash(): void {
    this.open?.close();
    this.open = undefined;
  }

  clear(): void {
    this.crash();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
