/**
 * The branch played forward from where it stands, with and without a change: the same customers come and take as long, so that what
 * differs is the change alone. Deterministic for a seed. Durations in ms at the edge, in seconds within, as the simulation has them.
 */
import type { BranchState, Counter, Ticket } from '../branch/branch.state.ts';
import type { CounterConfig, Segment } from '../contract/config.ts';
import { isOpen } from '../branch/queue/eligible.ts';
import { hasSpecialNeed } from '../branch/queue/lanes.ts';
import { zoneOf } from '../branch/queue/order.ts';
import { type Arrivals, type DayOutcome, simulateDay, type SimulatedWindow } from './branch-day.simulation.ts';
import { Draws } from './draws.ts';
import { type Durations, firstAbove } from './durations.ts';
import { ErrandKinds, MOST_KINDS } from './errand-kinds.ts';

export const zones = ['cash', 'nonCash'] as const;
export type Zone = (typeof zones)[number];

export interface SeenArrival {
  readonly at: number;
  readonly serviceId: string;
  readonly segment: Segment;
}

/** What the branch's own days say of who comes and how long they take. */
export interface Experience {
  /** Of late, oldest first: the mix of those to come. */
  readonly arrivals: readonly SeenArrival[];
  /** For how long a window was taken up by a customer of the service, call to free. */
  durationsOf(serviceId: string): Durations;
  /** Customers of a zone's services expected to take a number between two instants (hub ms). */
  expected(zone: Zone, from: number, until: number): number;
  /** Share of them who stay until they are called. */
  readonly stayShare: number;
  /** One who waits gives up after so long on average, s. */
  readonly patienceS: number;
}

/** One thing that is different. Instants are hub ms. */
export type Change =
  | { readonly do: 'nothing' }
  | { readonly do: 'open'; readonly counterId: string; readonly staffId: string | undefined; readonly at: number }
  | { readonly do: 'close'; readonly counterId: string; readonly at: number }
  /** Away from now on, back then. */
  | { readonly do: 'pause'; readonly counterId: string; readonly until: number }
  | { readonly do: 'send'; readonly ticketIds: readonly string[] };

/** Of those a window may take: the pooled 90 % wait and share within the target, and each run's 90 % wait. */
export interface Waits {
  readonly wait10Ms: number;
  readonly wait50Ms: number;
  readonly wait90Ms: number;
  readonly withinTarget: number;
  /** How many of them are called, on average. */
  readonly customers: number;
  readonly runs90Ms: Float64Array;
  /** When the last of them was done, by run, hub ms, ascending. */
  readonly clearedAt: Float64Array;
}

export interface OutlookOptions {
  readonly now: number;
  readonly horizonMs: number;
  readonly runs: number;
  readonly seed: number;
}

const SLOT_MS = 300_000;
/** Customers played between two pauses: about two milliseconds. */
const CUSTOMERS_A_SLICE = 2_000;
/** Of those who wait so many are played, the first in the line: who stands behind them is hours from a window, whatever is done now. */
const MOST_PLAYED = 2_000;
/** Nobody knows the day's level better than this: runs differ by up to a fifth. */
const LEVEL_DOUBT = 0.2;
/** Special needs go first; whoever is back to sign before them. */
const FIRST_S = 7_200;
const BACK_S = 86_400;
/** A pause without an announced end lasts about so long. */
const PAUSE_MS = 600_000;
const ALWAYS_MS = 864e5;

interface Run {
  readonly arrivals: Arrivals;
  /** By place of the counter in the configuration: busy until, s. */
  readonly busyUntilS: readonly (number | undefined)[];
}

export class Outlook {
  readonly kinds = new ErrandKinds();
  /** The first of those who wait, by arrival. */
  readonly waiting: readonly Ticket[];
  /** All who wait, by kind. */
  readonly waitingByKind = new Float64Array(MOST_KINDS);
  private readonly made: Run[] = [];
  readonly counters: readonly CounterConfig[];
  private readonly mixes = new Map<Zone, readonly SeenArrival[]>();
  private readonly outcomes = new Map<string, readonly DayOutcome[]>();

  constructor(
    readonly state: BranchState,
    readonly experience: Experience,
    readonly options: OutlookOptions,
  ) {
    this.counters = state.config?.counters ?? [];
    const waiting: Ticket[] = [];
    for (const lane of Object.values(state.lanes)) for (const ticket of lane.values()) waiting.push(ticket);
    this.waiting = waiting.sort((a, b) => a.arrivedAt - b.arrivedAt || a.no - b.no).slice(0, MOST_PLAYED);
    for (const { serviceId, segment } of waiting) {
      const bit = this.kinds.of(serviceId, segment);
      this.waitingByKind[bit] = (this.waitingByKind[bit] as number) + 1;
    }
    for (const { serviceId, segment } of experience.arrivals) this.kinds.of(serviceId, segment);
    for (const { ticketId } of Object.values(state.counters)) {
      const served = ticketId === undefined ? undefined : state.tickets.get(ticketId);
      if (served !== undefined) this.kinds.of(served.serviceId, served.segment);
    }
  }

  /** Kinds (as bits) a window may take with that person behind it. */
  takes(config: CounterConfig, staffId: string | undefined): number {
    return this.kinds.takenAt(this.state, config, staffId);
  }

  /** Waits of those in `of` (bits; all by default) who wait now or come within the horizon. Costs runs × a day's simulation. */
  waits(change: Change, of = -1): Waits {
    return this.summary(this.play(change), change, of);
  }

  /** Plays a change in short slices, so that whoever asks can let others go first; `waits` of it then costs little. */
  *prepare(change: Change): Generator<void, void> {
    const key = JSON.stringify(change);
    if (this.outcomes.has(key)) return;
    const windows = this.windows(change);
    const found: DayOutcome[] = [];
    let played = 0;
    for (let index = 0; index < this.options.runs; index += 1) {
      const { arrivals, busyUntilS } = this.run(index);
      played += arrivals.arrivesS.length;
      if (played > CUSTOMERS_A_SLICE) {
        played = 0;
        yield;
      }
      const setting = {
        startS: 0,
        doorsCloseS: this.options.horizonMs / 1_000,
        windows: windows.map((window, place) =>
          window.openedAtS === 0 && busyUntilS[place] !== undefined ? { ...window, busyUntilS: busyUntilS[place] } : window,
        ),
        rules: { toOpenS: 0, leastOpenS: 0, fewest: 0, most: windows.length },
      };
      found.push(simulateDay(this.without(arrivals, change), setting));
    }
    this.outcomes.set(key, found);
  }

  /** Until each of `waiting` is called as things stand, ms: half of the futures are sooner. Who gives up first counts as never. */
  calledInMs(): Float64Array {
    const outcomes = this.play({ do: 'nothing' });
    return Float64Array.from(this.waiting, ({ arrivedAt }, place) => {
      const waits = outcomes.map(({ waitS }) => waitS[place] as number).map((waitS) => (waitS < 0 ? Number.POSITIVE_INFINITY : waitS));
      return Math.max(
        0,
        ranked(
          waits.sort((a, b) => a - b),
          0.5,
        ) *
          1_000 -
          (this.options.now - arrivedAt),
      );
    });
  }

  private play(change: Change): readonly DayOutcome[] {
    const slices = this.prepare(change);
    while (slices.next().done !== true);
    return this.outcomes.get(JSON.stringify(change)) ?? [];
  }

  private summary(outcomes: readonly DayOutcome[], change: Change, of: number): Waits {
    const target = (this.state.config?.policy.servedTargetMs ?? 0) / 1_000;
    const all: number[] = [];
    let within = 0;
    const runs90Ms = new Float64Array(outcomes.length);
    const clearedAt = new Float64Array(outcomes.length);
    for (const [index, { waitS, lastServedS }] of outcomes.entries()) {
      const { kind } = this.without(this.run(index).arrivals, change);
      const own: number[] = [];
      for (let place = 0; place < waitS.length; place += 1) {
        const wait = waitS[place] as number;
        if (wait < 0 || (of & (1 << (kind?.[place] ?? 0))) === 0) continue;
        own.push(wait);
        if (wait <= target) within += 1;
      }
      own.sort((a, b) => a - b);
      runs90Ms[index] = ranked(own, 0.9) * 1_000;
      clearedAt[index] = this.options.now + lastServedS * 1_000;
      for (const wait of own) all.push(wait);
    }
    all.sort((a, b) => a - b);
    const ms = (share: number): number => Math.round(ranked(all, share) * 1_000);
    return {
      wait10Ms: ms(0.1),
      wait50Ms: ms(0.5),
      wait90Ms: ms(0.9),
      withinTarget: all.length === 0 ? 1 : within / all.length,
      customers: all.length / Math.max(1, outcomes.length),
      runs90Ms,
      clearedAt: clearedAt.sort(),
    };
  }

  private without(arrivals: Arrivals, change: Change): Arrivals {
    if (change.do !== 'send') return arrivals;
    const gone = new Set(change.ticketIds);
    const keep = (_value: number, place: number): boolean => !gone.has(this.waiting[place]?.id ?? '');
    const { arrivesS, serviceS, kind, creditS, patienceS } = arrivals;
    return {
      arrivesS: arrivesS.filter(keep),
      serviceS: serviceS.filter(keep),
      ...(kind && { kind: kind.filter(keep) }),
      ...(creditS && { creditS: creditS.filter(keep) }),
      ...(patienceS && { patienceS: patienceS.filter(keep) }),
    };
  }

  /** By place of the counter in the configuration. */
  windows(change: Change): SimulatedWindow[] {
    return this.counters.map((config) => {
      const counter = this.state.counters[config.id];
      const window = counter === undefined ? {} : this.window(config, counter);
      if (change.do === 'open' && change.counterId === config.id)
        return { takes: this.takes(config, change.staffId), openedAtS: this.seconds(change.at) };
      if (change.do === 'pause' && change.counterId === config.id)
        return { takes: window.takes, openedAtS: Math.max(1, this.seconds(change.until)) };
      return change.do === 'close' && change.counterId === config.id ? { ...window, closesAtS: this.seconds(change.at) } : window;
    });
  }

  /** As it stands and as it is already agreed that it will be. */
  private window(config: CounterConfig, counter: Counter): SimulatedWindow {
    const accepted = Object.values(this.state.advice).find((one) => one.counterId === config.id && one.state === 'accepted');
    if (!isOpen(counter)) {
      if (accepted?.kind !== 'openWindow') return {};
      return { takes: this.takes(config, accepted.staffId), openedAtS: this.seconds(accepted.dueAt ?? accepted.doAt) };
    }
    const takes = this.takes(config, counter.staffId);
    if (accepted?.kind === 'closeWindow') return { takes, openedAtS: 0, closesAtS: this.seconds(accepted.doAt) };
    if (counter.pauseAfter !== undefined) return { takes, openedAtS: 0, closesAtS: 0 };
    if (counter.state !== 'paused') return { takes, openedAtS: 0 };
    const backAt = counter.backAt ?? Math.max(counter.since + PAUSE_MS, this.options.now + PAUSE_MS / 2);
    return { takes, openedAtS: Math.max(1, this.seconds(backAt)) };
  }

  private seconds(at: number): number {
    return Math.max(0, Math.min(ALWAYS_MS, at - this.options.now)) / 1_000;
  }

  private run(index: number): Run {
    const before = this.made[index];
    if (before !== undefined) return before;
    const draws = new Draws(this.options.seed + index * 7_919);
    const { now } = this.options;
    const arrivesS: number[] = [];
    const serviceS: number[] = [];
    const kind: number[] = [];
    const creditS: number[] = [];
    const patienceS: number[] = [];
    const add = (at: number, serviceId: string, segment: Segment, back: boolean): void => {
      arrivesS.push((at - now) / 1_000);
      serviceS.push(this.serviceMs(serviceId, draws) / 1_000);
      kind.push(this.kinds.of(serviceId, segment));
      creditS.push(back ? BACK_S : hasSpecialNeed(segment) ? FIRST_S : 0);
      patienceS.push(Math.max(0, now - at) / 1_000 + draws.exponential(this.experience.patienceS));
    };
    for (const one of this.waiting) add(one.arrivedAt, one.serviceId, one.segment, one.returning === true);
    this.come(draws, (at, { serviceId, segment }) => add(at, serviceId, segment, false));
    const busyUntilS = this.counters.map(({ id }) => this.residual(this.state.counters[id], draws));
    const made: Run = {
      arrivals: {
        arrivesS: Float64Array.from(arrivesS),
        serviceS: Float64Array.from(serviceS),
        kind: Uint8Array.from(kind),
        creditS: Float64Array.from(creditS),
        patienceS: Float64Array.from(patienceS),
      },
      busyUntilS,
    };
    this.made[index] = made;
    return made;
  }

  /** Those to come within the horizon: as many as are forecast of each zone, of the mix seen of late. */
  private come(draws: Draws, add: (at: number, like: SeenArrival) => void): void {
    const { now, horizonMs } = this.options;
    const coming: { readonly at: number; readonly like: SeenArrival }[] = [];
    const level = 1 - LEVEL_DOUBT + 2 * LEVEL_DOUBT * draws.next();
    for (const zone of zones) {
      const like = this.mixOf(zone);
      if (like.length === 0) continue;
      for (let from = now; from < now + horizonMs; from += SLOT_MS) {
        const until = Math.min(from + SLOT_MS, now + horizonMs);
        const gapMs = (until - from) / Math.max(1e-9, this.experience.expected(zone, from, until) * level);
        for (let at = from + draws.exponential(gapMs); at < until; at += draws.exponential(gapMs))
          coming.push({ at, like: like[(draws.next() * like.length) | 0] as SeenArrival });
      }
    }
    for (const { at, like } of coming.sort((a, b) => a.at - b.at)) add(at, like);
  }

  /** Who came of late for a zone's services. */
  mixOf(zone: Zone): readonly SeenArrival[] {
    const known = this.mixes.get(zone);
    if (known !== undefined) return known;
    const mix = this.experience.arrivals.filter(({ serviceId }) => zoneOf(this.state, serviceId) === zone);
    this.mixes.set(zone, mix);
    return mix;
  }

  private serviceMs(serviceId: string, draws: Draws): number {
    const table = this.experience.durationsOf(serviceId).quantiles();
    return 1_000 * (table[(draws.next() * table.length) | 0] as number);
  }

  /** What is left of the service in progress, s: of services that lasted at least as long; nearly all were shorter: some minutes more. */
  private residual(counter: Counter | undefined, draws: Draws): number | undefined {
    const ticket = counter?.ticketId === undefined ? undefined : this.state.tickets.get(counter.ticketId);
    if (ticket === undefined) return undefined;
    const elapsedS = (this.options.now - (ticket.calledAt ?? ticket.startedAt ?? this.options.now)) / 1_000;
    const table = this.experience.durationsOf(ticket.serviceId).quantiles();
    const from = firstAbove(table, elapsedS);
    if (from >= table.length - 2) return draws.exponential(Math.max(60, elapsedS / 2));
    return Math.max(1, (table[from + Math.floor(draws.next() * (table.length - from))] as number) - elapsedS);
  }
}

/** Nearest rank of an ascending list; 0 of an empty one. */
function ranked(sorted: ArrayLike<number>, share: number): number {
  return sorted.length === 0 ? 0 : (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number);
}
