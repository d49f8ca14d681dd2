/** What must hold at the end of any day. Each check says in one sentence what it found broken. */
import { isDeepStrictEqual } from 'node:util';
import { decode } from '../../server/hub/track.ts';
import { clockActor } from '../../shared/aggregate.ts';
import { branch } from '../../shared/branch/branch.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { staffFloor } from '../../shared/branch/floor.ts';
import { type PublicEvent } from '../../shared/public/public-events.ts';
import { evolvePublic, type PublicFloor, publicFloor } from '../../shared/public/public-floor.ts';
import type { Store } from '../../server/store/store.types.ts';
import type { Courier, Parcel } from './courier.ts';
import type { Follower, Heard } from './follower.ts';
import type { Machine } from './machine.ts';
import { SECRET } from './people.ts';

export interface Scenery {
  readonly branchId: string;
  readonly machine: Machine;
  readonly courier: Courier;
  readonly lead: Follower;
  readonly teller: Follower & { readonly staffId: string };
  readonly display: Follower;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** A state thawed from a snapshot has its keys in another order; that says nothing. */
const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);

interface Checks {
  readonly broken: string[];
  check(name: string, find: () => Iterable<string>): void;
}

function checks(broken: string[] = []): Checks {
  return {
    broken,
    check: (name, find) => {
      for (const problem of [...find()].slice(0, 5)) broken.push(`${name}: ${problem}`);
    },
  };
}

const readLog = (store: Store, branchId: string): StoredBranchEvent[] =>
  store.events.readAfter(branchId, 0, 1_000_000).map((row) => decode(branch as Parameters<typeof decode>[0], row)) as StoredBranchEvent[];

/** What must hold of the disk alone, whenever and however the hub ended. `live` is what a hub that starts on it knows. */
export function brokenPromises(store: Store, branchId: string, live: BranchState, parcels: readonly Parcel[]): string[] {
  const { broken, check } = checks();
  const log = readLog(store, branchId);
  check('the log has no gap and its chain holds', () => sequence(store, branchId, log));
  check('folding the log gives the live state', () => folding(log, live));
  check('every acknowledged command is in the log exactly once', () => exactlyOnce(parcels, store, branchId, log));
  check('hub time never goes back', () => risingTime(log));
  check('numbers are unique', () => uniqueNumbers(log));
  check('no ticket is at two counters', () => oneCounterEach(log));
  check('what people wrote is not in the log', () =>
    log.filter((event) => JSON.stringify(event).includes(SECRET)).map((event) => `${event.type} ${event.seq}`),
  );
  check('read models rebuilt are the read models', () => readModels(store));
  check('the database is whole', () => (store.db.pragma('quick_check', { simple: true }) === 'ok' ? [] : ['quick_check failed']));
  return broken;
}

/** All broken invariants of a whole day; none when it went as it must. */
export function brokenInvariants(scenery: Scenery): string[] {
  const { machine, branchId, courier } = scenery;
  const { store, hub, clock } = machine.parts();
  const live = hub.state(branchId);
  if (live === undefined) return ['the branch is gone'];
  const log = readLog(store, branchId);
  const { broken, check } = checks([...machine.errors, ...courier.faults, ...brokenPromises(store, branchId, live, courier.parcels)]);
  check('every ticket ends exactly once', () => oneEnd(log, store, branchId));
  check('nobody is left on the floor after the day', () => emptyFloor(live, sentOn(log)));
  for (const follower of [scenery.lead, scenery.teller, scenery.display]) {
    check(`${follower.name} heard everything once, in order`, () => followed(follower, log));
  }
  check('a screen that followed shows what the hub knows', () => [
    ...staffPicture(scenery.lead, live),
    ...publicPicture(scenery.display, live, clock.now()),
  ]);
  check('no public message carries a limit, a person or a reason', () => leaks(scenery.display));
  check('a teller hears of nobody else’s overruns', () => othersOverruns(scenery.teller));
  return broken;
}

function* sequence(store: Store, branchId: string, log: readonly StoredBranchEvent[]): Generator<string> {
  for (const [index, event] of log.entries()) if (event.seq !== index + 1) yield `event ${event.seq} stands at place ${index + 1}`;
  for (const id of [branchId, 'bank']) {
    const verified = store.events.verify(id);
    if (!verified.ok) yield `${id} is broken at ${verified.seq}`;
  }
}

function* folding(log: readonly StoredBranchEvent[], live: BranchState): Generator<string> {
  const folded = plain(branch.freeze(log.reduce(branch.evolve, branch.initial(live.branchId)))) as Record<string, unknown>;
  const held = plain(branch.freeze(live)) as Record<string, unknown>;
  for (const key of Object.keys({ ...folded, ...held })) if (!same(folded[key], held[key])) yield `${key} differs`;
}

function* exactlyOnce(parcels: readonly Parcel[], store: Store, branchId: string, log: readonly StoredBranchEvent[]): Generator<string> {
  const claimed = new Map<number, string>();
  for (const { id, actor, command, accepted } of parcels) {
    if (accepted === undefined) continue;
    const record = store.findCommand(branchId, actor, id);
    if (record?.upTo !== accepted.seq) yield `${command.type} ${id} was acknowledged at ${accepted.seq}, the hub remembers ${record?.upTo}`;
    const deeds = accepted.events.map(({ seq }) => log[seq - 1]?.actor);
    if (deeds.length > 0 && !deeds.includes(actor)) yield `${command.type} ${id} was answered with events of which none is its sender's`;
    for (const [index, event] of accepted.events.entries()) {
      const stored = log[event.seq - 1];
      if (event.seq !== accepted.seq - accepted.events.length + 1 + index)
        yield `${command.type} ${id} was told of ${event.seq} out of place`;
      // What time brought by then is decided, stored and told with the command, as time's own deed.
      if (stored === undefined || (stored.actor !== actor && stored.actor !== clockActor.id))
        yield `${command.type} ${id} was told of ${event.type} ${event.seq}, which the log does not have`;
      else if (event.type !== 'skip' && event.type !== stored.type) yield `${event.seq} was told as ${event.type} and is ${stored.type}`;
      const other = claimed.get(event.seq);
      if (other !== undefined) yield `${event.seq} belongs to ${other} and to ${id}`;
      claimed.set(event.seq, id);
    }
  }
  // The clock, phones and the seeding of a demo bank keep no record of what they sent.
  const senders = new Set(parcels.map(({ actor }) => actor));
  for (const event of log)
    if (senders.has(event.actor) && !claimed.has(event.seq))
      yield `${event.type} ${event.seq} by ${event.actor} belongs to no acknowledged command`;
}

function* risingTime(log: readonly StoredBranchEvent[]): Generator<string> {
  let last = 0;
  for (const { at, seq } of log) {
    if (at < last) yield `event ${seq} is at ${at}, after ${last}`;
    last = at;
  }
}

function* uniqueNumbers(log: readonly StoredBranchEvent[]): Generator<string> {
  const given = new Set<string>();
  for (const event of log) {
    if (event.type !== 'ticket.issued' && event.type !== 'ticket.walkedUp') continue;
    if (given.has(event.ticketId)) yield `${event.ticketId} was given twice`;
    given.add(event.ticketId);
  }
}

function* oneCounterEach(log: readonly StoredBranchEvent[]): Generator<string> {
  const counterOf = new Map<string, string>();
  const ticketAt = new Map<string, string>();
  const leave = (ticketId: string): void => {
    ticketAt.delete(counterOf.get(ticketId) ?? '');
    counterOf.delete(ticketId);
  };
  for (const event of log) {
    switch (event.type) {
      case 'ticket.called':
      case 'ticket.walkedUp':
        if (counterOf.has(event.ticketId))
          yield `${event.ticketId} was at ${counterOf.get(event.ticketId)} when ${event.counterId} took it (${event.seq})`;
        if (ticketAt.has(event.counterId))
          yield `${event.counterId} had ${ticketAt.get(event.counterId)} when it took ${event.ticketId} (${event.seq})`;
        counterOf.set(event.ticketId, event.counterId);
        ticketAt.set(event.counterId, event.ticketId);
        break;
      case 'ticket.started':
        if (counterOf.get(event.ticketId) !== event.counterId)
          yield `${event.ticketId} was started at ${event.counterId}, which had not called it (${event.seq})`;
        break;
      case 'ticket.completed':
      case 'ticket.noShow':
      case 'ticket.parked':
      case 'ticket.transferred':
      case 'ticket.cancelled':
        leave(event.ticketId);
        break;
      default:
    }
  }
}

const endings: Readonly<Record<string, string>> = {
  'ticket.completed': 'completed',
  'ticket.noShow': 'noShow',
  'ticket.cancelled': 'cancelled',
  'ticket.unserved': 'unserved',
  'ticket.divertLapsed': 'diverted',
};

/** Who sat at a window over midnight and was sent on from there (parked, transferred): the day they are in now has not ended. */
function sentOn(log: readonly StoredBranchEvent[]): ReadonlySet<string> {
  const today = log.findLastIndex(({ type }) => type === 'branch.dayStarted');
  return new Set(
    log.slice(today + 1).flatMap((event) => (event.type === 'ticket.parked' || event.type === 'ticket.transferred' ? event.ticketId : [])),
  );
}

function* oneEnd(log: readonly StoredBranchEvent[], store: Store, branchId: string): Generator<string> {
  const outcomes = new Map<string, string | undefined>();
  for (const event of log) {
    if (!('ticketId' in event)) continue;
    const ending = endings[event.type];
    if (ending !== undefined && outcomes.get(event.ticketId) !== undefined)
      yield `${event.ticketId} was ${outcomes.get(event.ticketId)} and then ${ending} (${event.seq})`;
    if (ending !== undefined) outcomes.set(event.ticketId, ending);
    else if (event.type === 'ticket.requeued' || event.type === 'ticket.returned') outcomes.set(event.ticketId, undefined);
    else if (event.type === 'ticket.issued' || event.type === 'ticket.walkedUp') outcomes.set(event.ticketId, undefined);
  }
  const rows = store.db.prepare('SELECT ticket_id AS id, outcome FROM tickets WHERE branch = ?').all(branchId) as {
    id: string;
    outcome: string | null;
  }[];
  if (rows.length !== outcomes.size) yield `the log has ${outcomes.size} tickets, the read model ${rows.length}`;
  for (const { id, outcome } of rows)
    if ((outcomes.get(id) ?? null) !== outcome) yield `${id} ended as ${outcomes.get(id)}, the read model says ${outcome}`;
  const later = sentOn(log);
  for (const [id, outcome] of outcomes) if (outcome === undefined && !later.has(id)) yield `${id} never ended`;
}

function* emptyFloor(live: BranchState, later: ReadonlySet<string>): Generator<string> {
  for (const ticket of live.tickets.values())
    if (ticket.endedAt === undefined && !later.has(ticket.id)) yield `${ticket.id} is still ${ticket.state}`;
  const waits = [...live.tickets.values()].filter(({ id, state }) => state === 'waiting' && later.has(id)).length;
  if (live.waiting !== waits) yield `${live.waiting} count as waiting`;
}

function* followed(follower: Follower, log: readonly StoredBranchEvent[]): Generator<string> {
  yield* follower.faults;
  const from = follower.floorSeq ?? 0;
  const last = from + follower.heard.length;
  if (last !== log.length) yield `it began at ${from} and heard ${follower.heard.length}, the log ends at ${log.length}`;
  for (const [index, event] of follower.heard.entries()) {
    const stored = log[from + index];
    if (event.seq !== from + index + 1) yield `${event.seq} came at the place of ${from + index + 1}`;
    if (event.type !== 'skip' && event.type !== stored?.type) yield `${event.seq} came as ${event.type} and is ${stored?.type}`;
  }
}

function* staffPicture(lead: Follower, live: BranchState): Generator<string> {
  const shown = (lead.heard as (Heard & StoredBranchEvent)[]).reduce(branch.evolve, branch.thaw(lead.floor));
  const seen = plain(staffFloor(shown)) as Record<string, unknown>;
  const known = plain(staffFloor(live)) as Record<string, unknown>;
  for (const key of ['seq', 'day', 'counters', 'tickets', 'attention', 'tally', 'outages', 'retraining', 'overruns']) {
    if (!same(seen[key], known[key]))
      yield `staff see other ${key}: ${JSON.stringify(seen[key]).slice(0, 300)} for ${JSON.stringify(known[key]).slice(0, 300)}`;
  }
}

/** How long a service lately took is told with the picture only, not with each event. */
const withoutPace = ({ services, at: _at, ...floor }: PublicFloor): unknown =>
  plain({ ...floor, services: services.map(({ paceMs: _pace, ...service }) => service) });

function* publicPicture(display: Follower, live: BranchState, now: number): Generator<string> {
  const shown = (display.heard as readonly Heard[] as readonly PublicEvent[]).reduce(evolvePublic, display.floor as PublicFloor);
  const seen = withoutPace(shown) as Record<string, unknown>;
  const known = withoutPace(publicFloor(live, now)) as Record<string, unknown>;
  for (const key of Object.keys({ ...seen, ...known })) {
    if (!same(seen[key], known[key]))
      yield `the public sees other ${key}: ${JSON.stringify(seen[key])?.slice(0, 300)} for ${JSON.stringify(known[key])?.slice(0, 300)}`;
  }
}

const secretKeys = /limit|staff|reason|contact|actor|segment|overrun|amount|coin|extension|stage|attention|help|roster|policy|retrain/i;
const secretValues = new RegExp(`${SECRET}|teller\\d|Name of `);

function* leaks(display: Follower): Generator<string> {
  for (const message of [display.floor, ...display.heard]) {
    const text = JSON.stringify(message);
    const key = [...text.matchAll(/"([A-Za-z]+)":/g)].find(([, name]) => secretKeys.test(name ?? ''))?.[1];
    if (key !== undefined || secretValues.test(text)) yield `${key ?? 'a person'} in ${text.slice(0, 300)}`;
  }
}

function* othersOverruns(teller: Scenery['teller']): Generator<string> {
  for (const event of teller.heard as (Heard & { staffId?: string })[]) {
    if (event.type.startsWith('overrun.') && event.staffId !== teller.staffId) yield `${event.seq} is about ${event.staffId}`;
  }
}

const tables = {
  business_days: 'branch, date',
  tickets: 'branch, ticket_id',
  items: 'branch, ticket_id, item_index',
  overruns: 'branch, overrun_id',
};

function* readModels(store: Store): Generator<string> {
  const dump = (): Map<string, string[]> =>
    new Map(
      Object.entries(tables).map(([table, key]) => [
        table,
        store.db
          .prepare(`SELECT * FROM ${table} ORDER BY ${key}`)
          .all()
          .map((row) => JSON.stringify(row)),
      ]),
    );
  const before = dump();
  store.rebuildReadModels((row) => decode(branch as Parameters<typeof decode>[0], row) as StoredBranchEvent);
  for (const [table, rows] of dump()) {
    const known = before.get(table) ?? [];
    if (known.length !== rows.length) yield `${table} had ${known.length} rows and now has ${rows.length}`;
    const index = rows.findIndex((row, at) => row !== known[at]);
    if (index >= 0) yield `${table} row ${index} was ${known[index]} and now is ${rows[index]}`;
  }
}
