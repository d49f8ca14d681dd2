/** A line at an instant, read once: writing the features of each of the queue then costs little, so that all can be asked about. */
import { AT, FEATURE_COUNT } from './features.ts';
import { queueLengthWait, queueLengthWaitWithLeavers } from './formulas.ts';
import type { Customer, Kind } from './line.ts';
import type { LineState, Server, Start } from './line.state.ts';
import { readServers } from './server-view.ts';
import { simulateLine } from './simulate-line.ts';

const RUNS = 64;
/** Of a long queue fewer, so that the whole of it stays cheap. */
const CUSTOMERS_PLAYED = 12_000;
const SEED = 20_261;
/** A server without known duty is taken to be there for so long after serving. */
const THERE_MS = 300_000;

/** How the formula has lately erred, as the logarithm of true over told: over few, over some, over the day. */
export interface Misses {
  readonly few: number;
  readonly some: number;
  readonly day: number;
}

interface OfKind {
  readonly count: number;
  readonly head: number;
  readonly able: number;
  readonly ableBusy: number;
  readonly last: Start | undefined;
  /** By kind: the share of those who may serve this kind that may also serve the other. */
  readonly rivalry: ReadonlyMap<Kind, number>;
}

export class LineView {
  private readonly common = new Float64Array(FEATURE_COUNT);
  private readonly kinds = new Map<Kind, OfKind>();
  private readonly lastOfPriority = new Map<number, number>();
  private readonly simulated: Float64Array;
  private readonly runs: number;
  private readonly scratch: Float64Array;
  private readonly there: readonly Server[];
  /** People of each kind before `counted` in the queue. */
  private readonly before = new Map<Kind, number>();
  private counted = 0;

  /**
   * `queue`: everybody waiting, and whoever else is asked about, in the order of calling; `asked`: only those before that place will be
   * asked about (whoever stands behind changes nothing for them).
   */
  constructor(
    private readonly state: LineState,
    private readonly now: number,
    private readonly queue: readonly Customer[],
    misses: Misses,
    private readonly asked = queue.length,
  ) {
    this.runs = Math.min(RUNS, Math.ceil(CUSTOMERS_PLAYED / Math.max(1, asked)));
    this.scratch = new Float64Array(this.runs);
    this.simulated = simulateLine(state, now, asked === queue.length ? queue : queue.slice(0, asked), this.runs, SEED);
    this.there = [...state.servers.values()].filter((server) =>
      server.duty === undefined ? server.serving !== undefined || now - server.endedAt <= THERE_MS : server.duty === 'open',
    );
    readServers(state, now, this.common);
    this.readLine();
    this.common[AT.missFew] = misses.few;
    this.common[AT.missSome] = misses.some;
    this.common[AT.missDay] = misses.day;
  }

  /** Writes the features of `queue[place]` into `row`; places ascending. */
  write(place: number, row: Float64Array): void {
    const { state, now, queue, before } = this;
    for (; this.counted < place; this.counted += 1) {
      const { kind } = queue[this.counted] as Customer;
      before.set(kind, (before.get(kind) ?? 0) + 1);
    }
    const customer = queue[place] as Customer;
    const own = this.kind(customer.kind);
    let rivals = 0;
    for (const [kind, count] of before) rivals += count * (own.rivalry.get(kind) ?? 1);
    row.set(this.common);
    row[AT.ahead] = place;
    row[AT.behind] = queue.length - 1 - place;
    row[AT.aheadOfKind] = before.get(customer.kind) ?? 0;
    row[AT.rivals] = rivals;
    row[AT.priority] = customer.priority;
    row[AT.waited] = (now - customer.joinedAt) / 1_000;
    row[AT.waitsOfPriority] = this.waitsOfPriority(customer.priority);
    row[AT.ofKind] = own.count;
    row[AT.headWaitOfKind] = own.head;
    row[AT.able] = own.able;
    row[AT.ableBusy] = own.ableBusy;
    row[AT.waitsOfKind] = own.last?.waitS ?? -1;
    row[AT.sinceStartOfKind] = since(now, own.last);
    row[AT.kindShare] = state.shareOf(customer.kind);
    row[AT.kindService] = state.durationsOf(customer.kind).meanS();
    row[AT.kindWait] = state.usualWait(customer.kind);
    row[AT.queueWait] = queueLengthWait(place, this.there.length, state.meanServiceS());
    row[AT.leaverWait] = queueLengthWaitWithLeavers(place, this.there.length, state.recentServiceS(), state.leavingRate());
    row[AT.rivalWait] = queueLengthWaitWithLeavers(rivals, own.able, state.recentServiceS(), state.leavingRate());
    row[AT.drain3] = ((place + 1) * 180) / Math.max(0.5, row[AT.starts3] as number);
    row[AT.drain10] = ((place + 1) * 600) / Math.max(0.5, row[AT.starts10] as number);
    row[AT.drain30] = ((place + 1) * 1_800) / Math.max(0.5, row[AT.starts30] as number);
    this.writeSimulated(place, row);
  }

  private writeSimulated(place: number, row: Float64Array): void {
    const { runs, scratch } = this;
    let sum = 0;
    for (let run = 0; run < runs; run += 1) {
      const seconds = this.simulated[run * this.asked + place] as number;
      scratch[run] = seconds;
      sum += seconds;
    }
    scratch.sort();
    row[AT.sim10] = scratch[Math.round(0.1 * (runs - 1))] as number;
    row[AT.sim50] = ((scratch[(runs - 1) >> 1] as number) + (scratch[runs >> 1] as number)) / 2;
    row[AT.sim90] = scratch[Math.round(0.9 * (runs - 1))] as number;
    row[AT.simMean] = sum / runs;
  }

  private readLine(): void {
    const { state, now, common, queue } = this;
    const { weekday, timeOfDayMs } = state.calendar(now);
    common[AT.timeOfDayH] = timeOfDayMs / 3_600_000;
    common[AT.weekday] = weekday;
    common[AT.queue] = queue.length - 1;
    for (const [name, minutes] of STARTS) common[AT[name]] = state.begun.countSince(now - minutes * 60_000);
    for (const [name, minutes] of JOINS) common[AT[name]] = state.joins.countSince(now - minutes * 60_000);
    for (const [name, minutes] of LEAVERS) common[AT[name]] = state.leavers.countSince(now - minutes * 60_000);
    for (const [name, count] of WAITS) common[AT[name]] = meanWait(state, count);
    common[AT.usualStarts] = state.rhythm.at(now).begun;
    common[AT.service] = state.meanServiceS();
    common[AT.serviceLately] = state.recentServiceS();
    common[AT.leavingRate] = state.leavingRate();
    common[AT.lastWait] = state.starts.last()?.waitS ?? -1;
    common[AT.sinceStart] = since(now, state.starts.last());
    for (let n = common[AT.joins10] as number; n > 0; n -= 1)
      if ((state.joins.last(n - 1)?.creditMs ?? 0) > 0) common[AT.overtakers10] = (common[AT.overtakers10] as number) + 1;
    let sum = 0;
    for (const customer of queue) {
      const waited = (now - customer.joinedAt) / 1_000;
      sum += waited;
      common[AT.headWait] = Math.max(common[AT.headWait] as number, waited);
    }
    common[AT.meanWaitSoFar] = sum / Math.max(1, queue.length);
  }

  private kind(kind: Kind): OfKind {
    let found = this.kinds.get(kind);
    if (found === undefined) {
      found = this.readKind(kind);
      this.kinds.set(kind, found);
    }
    return found;
  }

  private readKind(kind: Kind): OfKind {
    const { state, now, queue, there } = this;
    const takes = there.map((server) => state.takes(server, kind));
    const able = takes.reduce((sum, value) => sum + value, 0);
    const rivalry = new Map<Kind, number>();
    let [head, count] = [0, -1];
    for (const customer of queue) {
      if (customer.kind === kind) {
        count += 1;
        head = Math.max(head, (now - customer.joinedAt) / 1_000);
      }
      if (rivalry.has(customer.kind) || able === 0) continue;
      const both = there.reduce((sum, server, index) => sum + Math.min(takes[index] as number, state.takes(server, customer.kind)), 0);
      rivalry.set(customer.kind, both / able);
    }
    const ableBusy = there.reduce((sum, server, index) => sum + (server.serving === undefined ? 0 : (takes[index] as number)), 0);
    return { count, head, able, ableBusy, rivalry, last: lastStart(state, (start) => start.kind === kind) };
  }

  private waitsOfPriority(priority: number): number {
    let wait = this.lastOfPriority.get(priority);
    if (wait === undefined) {
      wait = lastStart(this.state, (start) => start.priority === priority)?.waitS ?? -1;
      this.lastOfPriority.set(priority, wait);
    }
    return wait;
  }
}

const STARTS = [
  ['starts1', 1],
  ['starts3', 3],
  ['starts10', 10],
  ['starts30', 30],
] as const;
const JOINS = [
  ['joins3', 3],
  ['joins10', 10],
  ['joins30', 30],
] as const;
const LEAVERS = [
  ['leavers5', 5],
  ['leavers15', 15],
] as const;
const WAITS = [
  ['waits3', 3],
  ['waits10', 10],
  ['waits30', 30],
] as const;

const since = (now: number, start: Start | undefined): number => (start === undefined ? 3_600 : (now - start.at) / 1_000);

function meanWait(state: LineState, count: number): number {
  let sum = 0;
  let n = 0;
  for (let start = state.starts.last(); n < count && start !== undefined; start = state.starts.last(n)) {
    sum += start.waitS;
    n += 1;
  }
  return n === 0 ? -1 : sum / n;
}

function lastStart(state: LineState, wanted: (start: Start) => boolean): Start | undefined {
  for (let n = 0; ; n += 1) {
    const start = state.starts.last(n);
    if (start === undefined || wanted(start)) return start;
  }
}
