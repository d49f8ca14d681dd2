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
export const LONGEST_WAIT_S = 4 * 3_600;

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
  const kindOf = queue.map((customer) => kinds.indexOf(customer.kind));
  const line: Run = {
    state,
    candidates: candidatesOf(state, at, kinds),
    tables: kinds.map((kind) => state.durationsOf(kind).quantiles()),
    draws: new Draws(seed),
    patienceS: 1 / state.leavingRate(),
  };
  const called = new Float64Array(runs * queue.length).fill(LONGEST_WAIT_S);
  for (let run = 0; run < runs; run += 1) {
    const people: Person[] = kindOf.map((kind, place) => ({ place, kind, arrivesS: 0, done: false }));
    addOvertakers(people, queue, overtakers, kinds, at, line.draws);
    playOnce(line, at, people, kinds.length, (place, seconds) => {
      called[run * queue.length + place] = Math.min(LONGEST_WAIT_S, seconds);
    });
  }
  return called;
}

interface Run {
  readonly state: LineState;
  readonly candidates: readonly Candidate[];
  readonly tables: readonly Float64Array[];
  readonly draws: Draws;
  readonly patienceS: number;
}

interface Person {
  /** In the queue; -1 for one who has yet to come. */
  readonly place: number;
  readonly kind: number;
  readonly arrivesS: number;
  done: boolean;
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

/** As many as came lately come again, each at the place their credit gives them; those behind everybody are left out. */
function addOvertakers(
  people: Person[],
  queue: readonly Customer[],
  overtakers: readonly Overtaker[],
  kinds: readonly string[],
  at: number,
  draws: Draws,
): void {
  if (overtakers.length === 0) return;
  const last = queue.at(-1) as Customer;
  const mostCreditS = overtakers.reduce((most, each) => Math.max(most, each.creditMs), 0) / 1_000;
  const untilS = Math.min(JOINS_MS / 1_000, mostCreditS + (last.joinedAt - last.creditMs - at) / 1_000);
  const gapS = JOINS_MS / 1_000 / overtakers.length;
  let added = 0;
  for (let arrivesS = draws.exponential(gapS); arrivesS < untilS && added < OVERTAKERS_AT_MOST; arrivesS += draws.exponential(gapS)) {
    const { kind, creditMs } = overtakers[(draws.next() * overtakers.length) | 0] as Overtaker;
    const key = at + arrivesS * 1_000 - creditMs;
    let index = 0;
    for (; index < people.length; index += 1) {
      const { place } = people[index] as Person;
      if (place >= 0 && (queue[place] as Customer).joinedAt - (queue[place] as Customer).creditMs > key) break;
    }
    if (index === people.length) continue;
    people.splice(index, 0, { place: -1, kind: kinds.indexOf(kind), arrivesS, done: false });
    added += 1;
  }
}

/** Whoever is free first takes the first they may take of those who have come. */
function playOnce(
  { state, candidates, tables, draws, patienceS }: Run,
  at: number,
  people: readonly Person[],
  kinds: number,
  called: (place: number, seconds: number) => void,
): void {
  const free = new Float64Array(candidates.length);
  const able = new Uint8Array(candidates.length * kinds);
  for (let index = 0; index < candidates.length; index += 1) {
    const candidate = candidates[index] as Candidate;
    free[index] = freeAfter(state, at, candidate, draws);
    for (let kind = 0; kind < kinds; kind += 1) {
      const takes = candidate.takes[kind] as number;
      able[index * kinds + kind] = takes >= 1 || (takes > 0 && draws.next() < takes) ? 1 : 0;
    }
  }
  let first = 0;
  let left = people.reduce((count, { place }) => count + (place >= 0 ? 1 : 0), 0);
  while (left > 0) {
    let server = -1;
    let nowS = NEVER;
    for (let index = 0; index < free.length; index += 1)
      if ((free[index] as number) < nowS) {
        server = index;
        nowS = free[index] as number;
      }
    if (server === -1) return;
    while (first < people.length && (people[first] as Person).done) first += 1;
    let taken: Person | undefined;
    let nextArrivalS = NEVER;
    for (let index = first; index < people.length; index += 1) {
      const person = people[index] as Person;
      if (person.done || able[server * kinds + person.kind] !== 1) continue;
      if (person.arrivesS <= nowS) {
        taken = person;
        break;
      }
      nextArrivalS = Math.min(nextArrivalS, person.arrivesS);
    }
    if (taken === undefined) {
      free[server] = nextArrivalS;
      continue;
    }
    taken.done = true;
    if (taken.place >= 0) {
      called(taken.place, nowS);
      left -= 1;
    }
    // Who gave up before is told when their turn would have been, and takes nobody's time.
    if (draws.exponential(patienceS) < nowS - taken.arrivesS) continue;
    const { pace, closesInS, server: one } = candidates[server] as Candidate;
    const table = tables[taken.kind] as Float64Array;
    const endsAt = nowS + pace * (table[(draws.next() * table.length) | 0] as number);
    free[server] = endsAt >= closesInS ? NEVER : endsAt + returnsAfter(state, one, 0, draws);
  }
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
