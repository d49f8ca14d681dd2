/**
 * The line played forward from where it stands: services in progress end by what is left of services of their age, whoever is free
 * takes the first in the order of calling whom they may take, some give up. Each run draws anew; the answer is when each of the queue
 * would be called.
 */
import { firstAbove } from './durations.ts';
import { Draws } from './draws.ts';
import type { Customer } from './line.ts';
import { type LineState, SEEN_MS, type Server } from './line.state.ts';
import { HORIZON_S, idleClassOf } from './presence.ts';

const NEVER = 1e9;
/** Longer than any wait that is worth telling apart. */
export const LONGEST_WAIT_S = 3_600;

interface Candidate {
  readonly server: Server;
  readonly pace: number;
  /** By index of kind: 0 … 1. */
  readonly takes: readonly number[];
  readonly closesInS: number;
}

/** Joins of so long tell how many will come who are called before some who wait. */
const JOINS_MS = 900_000;
const OVERTAKERS_AT_MOST = 400;

/** Seconds until each of the queue (in its order) is called: `runs` rows of `queue.length`, row after row. */
export function simulateLine(state: LineState, at: number, queue: readonly Customer[], runs: number, seed: number): Float64Array {
  const overtakers = overtakersOf(state, at, queue);
  const kinds = [...new Set([...queue.map((customer) => customer.kind), ...overtakers.map((each) => each.kind)])];
  const candidates = candidatesOf(state, at, kinds);
  const game: Game = {
    state,
    at,
    candidates,
    tables: kinds.map((kind) => state.durationsOf(kind).quantiles()),
    draws: new Draws(seed),
    patienceS: 1 / state.leavingRate(),
    free: new Float64Array(candidates.length),
    able: new Uint8Array(candidates.length * kinds.length),
  };
  const waiting = queue.map(({ kind }, place): Person => ({ place, kind: kinds.indexOf(kind), arrivesS: 0 }));
  const keys = keysOf(queue);
  const called = new Float64Array(runs * queue.length).fill(LONGEST_WAIT_S);
  for (let run = 0; run < runs; run += 1) {
    const people = withOvertakers(waiting, queue, keys, overtakers, kinds, at, game.draws);
    playOnce(game, people, queue.length, kinds.length, called.subarray(run * queue.length, (run + 1) * queue.length));
  }
  return called;
}

interface Game {
  readonly state: LineState;
  readonly at: number;
  readonly candidates: readonly Candidate[];
  readonly tables: readonly Float64Array[];
  readonly draws: Draws;
  readonly patienceS: number;
  /** Of each candidate: when they are free. */
  readonly free: Float64Array;
  /** Of each candidate and kind. */
  readonly able: Uint8Array;
}

interface Person {
  /** In the queue; −1 for one who has yet to come. */
  readonly place: number;
  readonly kind: number;
  readonly arrivesS: number;
}

interface Overtaker {
  readonly kind: string;
  readonly creditMs: number;
}

/** Who lately came with more credit than somebody in the queue has. */
function overtakersOf(state: LineState, at: number, queue: readonly Customer[]): Overtaker[] {
  let least = Number.POSITIVE_INFINITY;
  for (const customer of queue) least = Math.min(least, customer.creditMs);
  const found: Overtaker[] = [];
  const joins = state.joins.countSince(at - JOINS_MS);
  for (let n = 0; n < joins; n += 1) {
    const join = state.joins.last(n);
    if (join !== undefined && join.creditMs > least) found.push(join);
  }
  return found;
}

/** Up to each place the latest arrival, credit counted: who comes earlier than that goes before somebody there. */
function keysOf(queue: readonly Customer[]): Float64Array {
  let latest = Number.NEGATIVE_INFINITY;
  return Float64Array.from(queue, ({ joinedAt, creditMs }) => (latest = Math.max(latest, joinedAt - creditMs)));
}

/** As many as came lately come again, each at the place their credit gives them; those behind everybody are left out. */
function withOvertakers(
  waiting: readonly Person[],
  queue: readonly Customer[],
  keys: Float64Array,
  overtakers: readonly Overtaker[],
  kinds: readonly string[],
  at: number,
  draws: Draws,
): readonly Person[] {
  if (overtakers.length === 0 || queue.length === 0) return waiting;
  const mostCreditS = overtakers.reduce((most, each) => Math.max(most, each.creditMs), 0) / 1_000;
  const untilS = Math.min(JOINS_MS / 1_000, mostCreditS + ((keys.at(-1) as number) - at) / 1_000);
  const gapS = JOINS_MS / 1_000 / overtakers.length;
  const coming: { readonly before: number; readonly key: number; readonly person: Person }[] = [];
  for (
    let arrivesS = draws.exponential(gapS);
    arrivesS < untilS && coming.length < OVERTAKERS_AT_MOST;
    arrivesS += draws.exponential(gapS)
  ) {
    const { kind, creditMs } = overtakers[(draws.next() * overtakers.length) | 0] as Overtaker;
    const key = at + arrivesS * 1_000 - creditMs;
    const before = firstAbove(keys, key);
    if (before < queue.length) coming.push({ before, key, person: { place: -1, kind: kinds.indexOf(kind), arrivesS } });
  }
  if (coming.length === 0) return waiting;
  coming.sort((a, b) => a.before - b.before || a.key - b.key);
  const people: Person[] = [];
  let next = 0;
  for (const person of waiting) {
    for (; coming[next]?.before === person.place; next += 1) people.push((coming[next] as { person: Person }).person);
    people.push(person);
  }
  return people;
}

/** Whoever is free first takes the first they may take of those who have come. */
function playOnce(game: Game, people: readonly Person[], waiting: number, kinds: number, called: Float64Array): void {
  const { candidates, free, able, draws } = game;
  ready(game, kinds);
  // One line a kind, so that whoever may not take a kind need not look through it.
  const lines: number[][] = Array.from({ length: kinds }, () => []);
  for (let index = 0; index < people.length; index += 1) (lines[(people[index] as Person).kind] as number[]).push(index);
  const heads = new Uint32Array(kinds);
  for (let left = waiting; left > 0; ) {
    let server = -1;
    let nowS = NEVER;
    for (let index = 0; index < free.length; index += 1)
      if ((free[index] as number) < nowS) {
        server = index;
        nowS = free[index] as number;
      }
    if (server === -1) return;
    let taken = people.length;
    let takenKind = -1;
    let nextArrivalS = NEVER;
    for (let kind = 0; kind < kinds; kind += 1) {
      if (able[server * kinds + kind] !== 1) continue;
      const line = lines[kind] as number[];
      for (let place = heads[kind] as number; place < line.length && (line[place] as number) < taken; place += 1) {
        const { arrivesS } = people[line[place] as number] as Person;
        if (arrivesS <= nowS) {
          taken = line[place] as number;
          takenKind = kind;
        } else nextArrivalS = Math.min(nextArrivalS, arrivesS);
      }
    }
    if (takenKind === -1) {
      free[server] = nextArrivalS;
      continue;
    }
    takeOut(lines[takenKind] as number[], heads, takenKind, taken);
    const { place, arrivesS } = people[taken] as Person;
    if (place >= 0) {
      called[place] = Math.min(LONGEST_WAIT_S, nowS);
      left -= 1;
    }
    // Who gave up before is told when their turn would have been, and takes nobody's time.
    if (draws.exponential(game.patienceS) < nowS - arrivesS) continue;
    const { pace, closesInS, server: one } = candidates[server] as Candidate;
    const table = game.tables[takenKind] as Float64Array;
    const endsAt = nowS + pace * (table[(draws.next() * table.length) | 0] as number);
    free[server] = endsAt >= closesInS ? NEVER : endsAt + returnsAfter(game.state, one, 0, draws);
  }
}

/** Draws when each is free and what they take. */
function ready({ state, at, candidates, free, able, draws }: Game, kinds: number): void {
  for (let index = 0; index < candidates.length; index += 1) {
    const candidate = candidates[index] as Candidate;
    free[index] = freeAfter(state, at, candidate, draws);
    for (let kind = 0; kind < kinds; kind += 1) {
      const takes = candidate.takes[kind] as number;
      able[index * kinds + kind] = takes >= 1 || (takes > 0 && draws.next() < takes) ? 1 : 0;
    }
  }
}

/** Nearly always it is the head; those yet to come may stand before. */
function takeOut(line: number[], heads: Uint32Array, kind: number, taken: number): void {
  const head = heads[kind] as number;
  if (line[head] === taken) heads[kind] = head + 1;
  else line.splice(line.indexOf(taken, head), 1);
}

function candidatesOf(state: LineState, at: number, kinds: readonly string[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const server of state.servers.values()) {
    if (server.duty === undefined ? server.serving === undefined && at - server.endedAt > SEEN_MS : !comes(server)) continue;
    const closesInS = server.duty === 'open' && server.changesAt !== undefined ? (server.changesAt - at) / 1_000 : Number.POSITIVE_INFINITY;
    candidates.push({ server, pace: state.paceOf(server), takes: kinds.map((kind) => state.takes(server, kind)), closesInS });
  }
  return candidates;
}

/** Open, finishing somebody's service, or planned to open. */
const comes = (server: Server): boolean => server.duty === 'open' || server.changesAt !== undefined;

function freeAfter(state: LineState, at: number, { server, pace, closesInS }: Candidate, draws: Draws): number {
  if (server.duty !== undefined && server.duty !== 'open') return Math.max(0, ((server.changesAt as number) - at) / 1_000);
  if (server.serving !== undefined) {
    const table = state.durationsOf(server.serving.kind).quantiles();
    const elapsedS = (at - server.serving.since) / 1_000 / pace;
    const from = firstAbove(table, elapsedS);
    const leftS =
      from >= table.length - 2
        ? draws.exponential(Math.max(60, elapsedS / 2))
        : (table[from + ((draws.next() * (table.length - from)) | 0)] as number) - elapsedS;
    const endsAt = leftS * pace;
    return endsAt >= closesInS ? NEVER : endsAt + returnsAfter(state, server, 0, draws);
  }
  if (server.duty === 'open') return 0;
  return returnsAfter(state, server, idleClassOf(state.idleS(server, at)), draws);
}

/** Seconds until a server who is free takes the next: known to be on duty, a moment; otherwise as it went before. */
function returnsAfter(state: LineState, server: Server, idleClass: number, draws: Draws): number {
  const { presence } = state;
  if (server.duty !== undefined) return 0;
  if (draws.next() < presence.chance(idleClass)) return draws.exponential(presence.delayS(idleClass));
  const later = Math.max(idleClass, 6);
  return HORIZON_S + draws.exponential(HORIZON_S / Math.max(0.002, presence.chance(later)));
}
