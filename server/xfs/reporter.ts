/**
 * What the machines are, told to the hub: at once where it changed, and as a heartbeat where a machine was heard and says
 * the same. A machine not heard since is not told of: its silence is the hub's to notice. Keeps the latest only.
 */
import type { MachineStatus } from '../../shared/contract/machines.ts';
import type { WallSource } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { Backoff } from './backoff.ts';
import type { Post, Report } from './hub-door.ts';

export interface Said {
  readonly status: MachineStatus;
  /** Monotonic, real ms. */
  readonly heardAt: number;
}

export interface Speaker {
  readonly machineId: string;
  said(): Said | undefined;
}

export interface ReporterOptions {
  readonly post: Post;
  readonly machines: () => Iterable<Speaker>;
  readonly scheduler: Scheduler;
  /** Its wall clock only orders reports. */
  readonly wall: WallSource;
  readonly everyMs: number;
  /** What was heard longer ago is no sign of life any more: after a while without the hub it is not told. */
  readonly freshMs: number;
  readonly retry: Backoff;
  readonly log: Log;
}

/** Changes so close together go in one request: an error event and the status that says what it meant, too. */
const GATHER_MS = 30;
/** Of one request, as the hub takes them. */
const MOST_REPORTS = 1_000;

interface Acknowledged {
  readonly text: string;
  readonly heardAt: number;
}

export class Reporter {
  private readonly options: ReporterOptions;
  private readonly acknowledged = new Map<string, Acknowledged>();
  private cancel: () => void = () => undefined;
  private lastAt = 0;
  private phase: 'resting' | 'gathering' | 'sending' | 'failing' = 'resting';
  private changedMeanwhile = false;
  private stopped = false;

  constructor(options: ReporterOptions) {
    this.options = options;
    this.later(options.everyMs);
  }

  /** It spoke, or fell silent. */
  changed(machine: Speaker): void {
    if (this.stopped || this.phase === 'failing' || this.phase === 'gathering') return;
    const said = machine.said();
    if (said === undefined || JSON.stringify(said.status) === this.acknowledged.get(machine.machineId)?.text) return;
    if (this.phase === 'sending') {
      this.changedMeanwhile = true;
    } else {
      this.phase = 'gathering';
      this.later(GATHER_MS);
    }
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private later(ms: number): void {
    this.cancel();
    if (!this.stopped) this.cancel = this.options.scheduler.after(ms, () => void this.tell());
  }

  /** All that is new now: a report that failed is not kept, the next one says what is true then. */
  private async tell(): Promise<void> {
    const { post, everyMs, retry, log } = this.options;
    const failed = this.phase === 'failing';
    this.phase = 'sending';
    this.changedMeanwhile = false;
    const news = this.news();
    let outcome: Awaited<ReturnType<Post>> = 'ok';
    for (let from = 0; from < news.length && outcome === 'ok'; from += MOST_REPORTS) {
      const part = news.slice(from, from + MOST_REPORTS);
      outcome = await post(part.map(({ report }) => report));
      if (outcome === 'ok') for (const { report, text, heardAt } of part) this.acknowledged.set(report.machineId, { text, heardAt });
    }
    if (outcome === 'ok') {
      if (failed && news.length > 0) log.info('the hub takes reports again');
      this.phase = this.changedMeanwhile ? 'gathering' : 'resting';
      retry.reset();
      this.later(this.changedMeanwhile ? GATHER_MS : everyMs);
    } else {
      if (!failed) log.warn({ outcome }, 'the hub does not take reports; the latest are kept');
      this.phase = 'failing';
      this.later(retry.next());
    }
  }

  private news(): (Acknowledged & { readonly report: Report })[] {
    const { machines, wall, freshMs } = this.options;
    const freshFrom = wall.monotonicMs() - freshMs;
    this.lastAt = Math.max(this.lastAt + 1, Math.floor(wall.wallMs()));
    return [...machines()].flatMap((machine) => {
      const said = machine.said();
      if (said === undefined || said.heardAt < freshFrom) return [];
      const before = this.acknowledged.get(machine.machineId);
      const text = JSON.stringify(said.status);
      if (before !== undefined && said.heardAt <= before.heardAt && text === before.text) return [];
      return [{ text, heardAt: said.heardAt, report: { machineId: machine.machineId, at: this.lastAt, status: said.status } }];
    });
  }
}
