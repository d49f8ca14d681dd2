/** Virtual time: a day passes as fast as the hub can follow, with a wall clock that may be stepped. */
import type { WallSource } from '../../server/platform/clock.ts';
import type { Scheduler } from '../../server/platform/scheduler.ts';

interface Alarm {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
  cancelled: boolean;
}

/** What a machine's process sees of time. It ends with the process. */
export interface ProcessTime {
  readonly wall: WallSource;
  readonly scheduler: Scheduler;
  /** None of its timers fires any more. */
  end(): void;
}

/** A busy machine fires long timers late: it saves waking up for each of a day's heartbeats. */
const lateMs = 20_000;
const exactBelowMs = 2_000;

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

export class World {
  private alarms: Alarm[] = [];
  private order = 0;
  private underWay = 0;
  private wallOffsetMs = 0;
  private failure: { error: unknown } | undefined;

  /** @param nowMs true time, epoch ms. */
  constructor(private nowMs: number) {}

  get now(): number {
    return this.nowMs;
  }

  /** Somebody sets the machine's clock. */
  stepWall(ms: number): void {
    this.wallOffsetMs += ms;
  }

  get wallError(): number {
    return this.wallOffsetMs;
  }

  after(ms: number, work: () => void): () => void {
    const alarm: Alarm = { at: this.nowMs + Math.max(0, ms), order: this.order++, work, cancelled: false };
    let low = 0;
    let high = this.alarms.length;
    // Latest first, so that the next one is popped off the end.
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.alarms[middle];
      if (other !== undefined && (other.at > alarm.at || (other.at === alarm.at && other.order > alarm.order))) low = middle + 1;
      else high = middle;
    }
    this.alarms.splice(low, 0, alarm);
    return () => {
      alarm.cancelled = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((done) => this.after(ms, done));
  }

  /** Time stands still until this has come back. */
  async busy<T>(work: Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
    }
  }

  /** Somebody acting on their own; what they throw ends the run. */
  spawn(life: () => Promise<void>): void {
    life().catch((error: unknown) => {
      this.failure ??= { error };
    });
  }

  /** Lets time pass until `done`, at most up to `limit` (epoch ms). Rethrows what anybody spawned threw. */
  async run(done: () => boolean, limit: number, unfinished: () => string): Promise<void> {
    for (;;) {
      await this.settle();
      if (this.failure !== undefined) throw this.failure.error;
      if (done()) return;
      const next = this.alarms.pop();
      if (next === undefined) throw new Error('nobody has anything left to do, and the run is not over');
      if (next.cancelled) continue;
      if (next.at > limit) throw new Error(`not over by ${new Date(limit).toISOString()}: ${unfinished()}`);
      this.nowMs = next.at;
      next.work();
      for (let also = this.alarms.at(-1); also !== undefined && also.at === next.at; also = this.alarms.at(-1)) {
        this.alarms.pop();
        if (!also.cancelled) also.work();
      }
    }
  }

  /** A process that starts now: its monotonic clock begins at zero. */
  process(): ProcessTime {
    const startedAt = this.nowMs;
    let ended = false;
    return {
      wall: { wallMs: () => this.nowMs + this.wallOffsetMs, monotonicMs: () => this.nowMs - startedAt },
      scheduler: {
        after: (ms, work) => {
          const at = this.nowMs + ms;
          const wait = ms < exactBelowMs ? ms : Math.ceil(at / lateMs) * lateMs - this.nowMs;
          return this.after(wait, () => {
            if (!ended) work();
          });
        },
      },
      end: () => {
        ended = true;
      },
    };
  }

  /** Until nothing is under way and the hub has had a turn of the event loop to decide, commit and tell. */
  private async settle(): Promise<void> {
    do await turn();
    while (this.underWay > 0);
    await turn();
    await turn();
    if (this.underWay > 0) await this.settle();
  }
}
