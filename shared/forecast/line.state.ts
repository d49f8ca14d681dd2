/** A line as it stands, folded from its events: who waits, who serves, how the last hour went, and what services take. */
import { Durations } from './durations.ts';
import type { Calendar, Customer, Kind, LineEvent, ServerDuty } from './line.ts';
import { Presence } from './presence.ts';
import { Recent } from './recent.ts';
import { Rhythm } from './rhythm.ts';

/** A longer service is taken for one whose end nobody noted. */
export const LONGEST_SERVICE_MS = 3_600_000;
/** One who served within so long may serve again today. */
export const SEEN_MS = 4 * 3_600_000;
const TALLY_FADE = 0.995;
/** Nobody is known never to take a kind. */
const SELDOM = 0.02;
const SPEED_FADE = 0.97;
/** Services after which half of a server's speed is believed to be theirs. */
const SPEED_PRIOR = 15;
/** Until it is known better, one gives up in so many seconds of waiting (five hours). */
export const PATIENCE_PRIOR_S = 18_000;

export interface Server {
  readonly id: string;
  /** Said by a `server` event; otherwise it is inferred from `endedAt`. */
  duty: ServerDuty | undefined;
  kinds: ReadonlySet<Kind> | undefined;
  changesAt: number | undefined;
  serving: { readonly kind: Kind; readonly since: number } | undefined;
  /** Last sign of life. */
  endedAt: number;
  /** What it served, fading. */
  readonly tally: Map<Kind, number>;
  tallied: number;
  /** Mean logarithm of its durations over the mean of their kind, fading. */
  pace: number;
  paceWeight: number;
}

export interface Start {
  readonly at: number;
  readonly waitS: number;
  readonly kind: Kind;
  readonly priority: number;
}

export class LineState {
  readonly waiting = new Map<string, Customer>();
  readonly servers = new Map<string, Server>();
  /** Those who waited and were called. */
  readonly starts = new Recent<Start>();
  /** Services begun, waited for or not. */
  readonly begun = new Recent<{ readonly at: number }>();
  readonly joins = new Recent<{ readonly at: number; readonly priority: number; readonly kind: Kind; readonly creditMs: number }>();
  readonly leavers = new Recent<{ readonly at: number }>();
  readonly presence = new Presence();
  readonly rhythm: Rhythm;
  private readonly durations = new Map<Kind, Durations>();
  private readonly anyDuration: Durations;
  private readonly kindTally = new Map<Kind, number>();
  private kindTallied = 0;
  /** People who gave up and seconds waited by everybody, fading: their ratio is the rate of giving up. */
  private left = 1;
  private waitedS = PATIENCE_PRIOR_S;
  private lately: number;
  private readonly kindWait = new Map<Kind, number>();
  private meanWaitS = 60;
  at = 0;

  constructor(
    readonly calendar: Calendar,
    priorMeanS = 180,
  ) {
    this.anyDuration = new Durations(priorMeanS);
    this.lately = priorMeanS;
    this.rhythm = new Rhythm(calendar);
  }

  apply(event: LineEvent): void {
    this.at = event.at;
    switch (event.type) {
      case 'joined':
        return this.joined(event);
      case 'started':
        return this.started(event);
      case 'ended':
        return this.ended(event.server, event.at);
      case 'left':
        return this.gone(event.id, event.at);
      case 'server':
        return this.dutyOf(event);
    }
  }

  /** In the order of credit: who came earlier, credit counted, goes first. */
  ordered(): Customer[] {
    return [...this.waiting.values()].sort((a, b) => a.joinedAt - a.creditMs - (b.joinedAt - b.creditMs));
  }

  durationsOf(kind: Kind): Durations {
    return this.durations.get(kind) ?? this.anyDuration;
  }

  meanServiceS(): number {
    return this.anyDuration.meanS();
  }

  /** Mean of the latest twenty or so. */
  recentServiceS(): number {
    return this.lately;
  }

  /** Share of a kind in what was served. */
  shareOf(kind: Kind): number {
    return (this.kindTally.get(kind) ?? 0) / Math.max(1, this.kindTallied);
  }

  /** Mean wait of a kind over that of all, fading; 1 while unknown. */
  usualWait(kind: Kind): number {
    return this.kindWait.get(kind) ?? 1;
  }

  /** People who give up, per second waited. */
  leavingRate(): number {
    return this.left / this.waitedS;
  }

  /** How much longer than others a server takes, as a factor. */
  paceOf(server: Server): number {
    return Math.exp((server.pace * server.paceWeight) / (server.paceWeight + SPEED_PRIOR));
  }

  /** 0 … 1: how readily a server takes a kind, from what is configured or from what it served. */
  takes(server: Server, kind: Kind): number {
    if (server.kinds !== undefined) return server.kinds.has(kind) ? 1 : 0;
    if (server.tallied < 10) return 1;
    const usual = (this.kindTally.get(kind) ?? 0) / this.kindTallied;
    if (!(usual > 0)) return 1;
    return Math.min(1, Math.max(SELDOM, (server.tally.get(kind) ?? 0) / server.tallied / usual));
  }

  /** Servers who serve, or did so within `ms`. */
  activeWithin(ms: number): number {
    let count = 0;
    for (const server of this.servers.values()) if (server.serving !== undefined || this.at - server.endedAt <= ms) count += 1;
    return count;
  }

  /** Seconds since a server who is free last served. */
  idleS(server: Server, at: number): number {
    return (at - server.endedAt) / 1_000;
  }

  private joined(event: LineEvent & { type: 'joined' }): void {
    const { at, id, kind, priority, creditMs } = event;
    this.waiting.set(id, { id, kind, priority, creditMs, joinedAt: at });
    this.joins.add({ at, priority, kind, creditMs });
    this.presence.sample(this, at);
  }

  private started({ at, id, kind, server }: LineEvent & { type: 'started' }): void {
    const customer = id === undefined ? undefined : this.waiting.get(id);
    if (customer !== undefined) {
      this.leave(customer, at);
      const waitS = (at - customer.joinedAt) / 1_000;
      this.starts.add({ at, waitS, kind, priority: customer.priority });
      this.meanWaitS += (waitS - this.meanWaitS) / 500;
      const usual = this.kindWait.get(kind) ?? 1;
      this.kindWait.set(kind, usual + (waitS / Math.max(1, this.meanWaitS) - usual) / 200);
    }
    this.begun.add({ at });
    if (server === undefined) return;
    const one = this.serverOf(server);
    if (one.serving !== undefined) this.ended(server, at);
    this.presence.started(server, at);
    one.serving = { kind, since: at };
    one.tallied = one.tallied * TALLY_FADE + 1;
    for (const [each, count] of one.tally) one.tally.set(each, count * TALLY_FADE);
    one.tally.set(kind, (one.tally.get(kind) ?? 0) + 1);
    this.rhythm.began(at, this.activeWithin(300_000));
    this.kindTally.set(kind, (this.kindTally.get(kind) ?? 0) + 1);
    this.kindTallied += 1;
  }

  private ended(id: string, at: number): void {
    const server = this.serverOf(id);
    const { serving } = server;
    if (serving === undefined) return;
    server.serving = undefined;
    server.endedAt = at;
    const seconds = Math.max(1, Math.min(LONGEST_SERVICE_MS, at - serving.since) / 1_000);
    let own = this.durations.get(serving.kind);
    if (own === undefined) {
      own = new Durations(this.anyDuration.meanS());
      this.durations.set(serving.kind, own);
    }
    server.pace = SPEED_FADE * server.pace + (1 - SPEED_FADE) * (Math.log(seconds) - Math.log(own.meanS()) + 0.4);
    server.paceWeight = Math.min(1 / (1 - SPEED_FADE), server.paceWeight + 1);
    own.learn(seconds);
    this.anyDuration.learn(seconds);
    this.lately += (seconds - this.lately) / 20;
  }

  private gone(id: string, at: number): void {
    const customer = this.waiting.get(id);
    if (customer === undefined) return;
    this.leave(customer, at);
    this.left += 1;
    this.leavers.add({ at });
  }

  private leave(customer: Customer, at: number): void {
    this.waiting.delete(customer.id);
    this.left *= 0.9995;
    this.waitedS = this.waitedS * 0.9995 + (at - customer.joinedAt) / 1_000;
  }

  private dutyOf({ server, duty, kinds, changesAt, at }: LineEvent & { type: 'server' }): void {
    const one = this.serverOf(server);
    if (duty === 'open' && one.duty !== 'open') one.endedAt = at;
    one.duty = duty;
    if (kinds !== undefined) one.kinds = new Set(kinds);
    one.changesAt = changesAt;
  }

  private serverOf(id: string): Server {
    let server = this.servers.get(id);
    if (server === undefined) {
      server = {
        id,
        duty: undefined,
        kinds: undefined,
        changesAt: undefined,
        serving: undefined,
        endedAt: this.at,
        tally: new Map(),
        tallied: 0,
        pace: 0,
        paceWeight: 0,
      };
      this.servers.set(id, server);
    }
    return server;
  }
}
