import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProcess } from '../support/hub-process.ts';
import { type Accepted, type Client, device, type Fields, type Floor, type HubEvent, signIn } from './support/client.ts';
import { endHub } from './support/ending.ts';
import { connected, expectUnbroken } from './support/viewer.ts';

const seed = Number(process.env['STORM_SEED'] ?? 20_261_122);
const ROUNDS = 40;
const AT_ONCE = 30;

/** Mulberry32: small, and the same on every machine. */
function dice(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`a day of nonsense and haste (STORM_SEED=${seed})`, () => {
  let hub: HubProcess;
  let people: Client[];
  let manager: Client;

  beforeAll(async () => {
    hub = await HubProcess.start({ speed: 120 });
    manager = await signIn(hub.baseUrl, 'manager');
    const others = await Promise.all(
      ['head', 'teller1', 'teller2', 'teller3', 'teller4', 'admin', 'region'].map((username) => signIn(hub.baseUrl, username)),
    );
    people = [...Array.from({ length: 16 }, () => manager), ...others, device(hub.baseUrl, 'demo-kiosk')];
  });
  afterAll(() => endHub(hub));

  const roll = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const maybe = <T>(value: T, chance = 0.5): T | undefined => (roll() < chance ? value : undefined);

  /** Any command, about whoever is there or nobody. */
  function anything(floor: Floor, log: readonly HubEvent[]): [string, Fields] {
    const services = floor.services.map(({ id }) => id);
    const counter = () => ({ counterId: pick([...floor.counters.slice(0, 5).map(({ id }) => id), 'c11', 'c12', 'c99']) });
    const known = () =>
      pick([
        ...floor.tickets.map(({ id }) => id),
        ...log.slice(-60).flatMap(({ ticketId }) => (typeof ticketId === 'string' ? [ticketId] : [])),
        'nobody',
      ]);
    const atCounter = () => {
      const one = pick(floor.counters.slice(0, 5));
      return { counterId: one.id, ticketId: one.ticketId ?? known() };
    };
    const reason = 'because';
    const makers: readonly (() => [string, Fields])[] = [
      () => [
        'ticket.issue',
        {
          serviceId: pick(services),
          segment: maybe(pick(['ordinary', 'elderly', 'disabled', 'vip', 'appointment', 'infant'])),
          amountFen: maybe(Math.floor(roll() * 3e7)),
          notes: maybe(Math.floor(roll() * 300)),
        },
      ],
      () => ['ticket.issue', { serviceId: pick(['deposit', 'balance', 'withdrawal']) }],
      () => ['ticket.issue', { serviceId: 'balance' }],
      () => ['counter.open', counter()],
      () => ['counter.open', counter()],
      () => ['counter.open', counter()],
      () => ['branch.setPhase', { phase: 'business' }],
      () => ['ticket.callNext', counter()],
      () => ['ticket.callNext', counter()],
      () => ['ticket.start', { ...counter(), amountFen: maybe(Math.floor(roll() * 3e7)) }],
      () => ['ticket.start', counter()],
      () => ['ticket.finishAndCallNext', atCounter()],
      () => ['ticket.finishAndCallNext', atCounter()],
      () => ['ticket.complete', counter()],
      () => ['ticket.recall', counter()],
      () => ['ticket.noShow', counter()],
      () => ['ticket.requeue', { ticketId: known() }],
      () => ['ticket.park', { ...counter(), reason }],
      () => ['ticket.unpark', { ticketId: known() }],
      () => ['ticket.return', { ...counter(), ticketId: known() }],
      () => ['ticket.transfer', { ...counter(), toServiceId: maybe(pick(services)), toCounterId: maybe(pick(['c1', 'c2', 'c3'])) }],
      () => ['ticket.cancel', { ticketId: known(), reason }],
      () => ['ticket.divert', { ticketId: known(), to: 'machine' }],
      () => ['ticket.undivert', { ticketId: known() }],
      () => ['ticket.walkUp', { ...counter(), serviceId: pick(services), reason }],
      () => ['ticket.setSegment', { ticketId: known(), segment: pick(['ordinary', 'over80', 'vip']), reason }],
      () => ['ticket.fetch', { ticketId: known() }],
      () => ['ticket.confirmNoShow', { ticketId: known() }],
      () => ['ticket.rate', { ticketId: known(), score: pick([1, 2, 3, 4, 5]) }],
      () => ['ticket.addItem', { ...counter(), serviceId: pick(services) }],
      () => ['ticket.call', { ...counter(), ticketId: known(), reason }],
      () => ['limit.extend', { ticketId: known(), class: pick(['coins', 'identity', 'greenChannel', 'counterfeit']) }],
      () => [
        'limit.appeal',
        { overrunId: pick([...log.flatMap(({ overrunId }) => (typeof overrunId === 'string' ? [overrunId] : [])), 'none']), reason },
      ],
      () => [
        'limit.decideAppeal',
        {
          overrunId: pick([...log.flatMap(({ overrunId }) => (typeof overrunId === 'string' ? [overrunId] : [])), 'none']),
          upheld: roll() < 0.5,
          reason,
        },
      ],
      () => ['retraining.confirm', { staffId: pick(['teller1', 'teller2', 'teller3']) }],
      () => ['retraining.pass', { staffId: pick(['teller1', 'teller2', 'teller3']) }],
      () => ['counter.pause', { ...counter(), reason }],
      () => ['counter.pauseAfter', { ...counter(), reason }],
      () => ['counter.confirmCashCount', counter()],
      () => ['counter.resume', counter()],
      () => ['counter.resume', counter()],
      () => ['counter.close', counter()],
      () => ['help.call', { ...counter(), kind: pick(['authorisation', 'change', 'guard']) }],
      () => ['help.answer', { ...counter(), kind: pick(['authorisation', 'change', 'guard']) }],
      () => [
        'system.outage',
        pick<Fields>([
          { scope: 'service', serviceId: pick(services) },
          { scope: 'counter', ...counter() },
        ]),
      ],
      () => [
        'system.restored',
        { outageId: pick([...log.flatMap(({ outageId }) => (typeof outageId === 'string' ? [outageId] : [])), 'none']) },
      ],
      () => ['branch.setPhase', { phase: pick([...Array.from({ length: 9 }, () => 'business'), 'lastNumber', 'opening', 'clearing']) }],
      () => ['branch.setDayType', { dayType: pick(['ordinary', 'pension', 'market']) }],
    ];
    return pick(makers)();
  }

  /** What must be true of every floor at every moment. */
  function expectSound({ counters, tickets }: Floor, when: string): void {
    const seated = counters.flatMap(({ ticketId }) => (ticketId === undefined ? [] : [ticketId]));
    expect(new Set(seated).size, when).toBe(seated.length);
    for (const { id, state, ticketId } of counters) {
      expect(ticketId !== undefined, `${when}: ${id} is ${state}`).toBe(state === 'calling' || state === 'serving');
      if (ticketId === undefined) continue;
      expect(
        tickets.find((ticket) => ticket.id === ticketId),
        `${when}: at ${id}`,
      ).toMatchObject({ counterId: id, state: state === 'calling' ? 'called' : 'serving' });
    }
    for (const { id, state } of tickets.filter((ticket) => ['called', 'serving'].includes(ticket.state)))
      expect(seated, `${when}: ${id} is ${state}`).toContain(id);
    expect(new Set(tickets.map(({ id }) => id)).size, when).toBe(tickets.length);
    expect(new Set(tickets.map(({ number }) => number)).size, when).toBe(tickets.length);
    const staff = counters.flatMap(({ state, staffId }) => (state === 'closed' || staffId === undefined ? [] : [staffId]));
    expect(new Set(staff).size, `${when}: one person at two counters`).toBe(staff.length);
  }

  test('whatever is pressed by whomever, the hub never faults, the floor stays sound, and a restart changes nothing', async () => {
    const screen = await connected(hub.baseUrl, { token: 'demo-display' });
    const { seq: from = 0 } = await screen.watch({ audience: 'public' });
    const accepted: Accepted[] = [];
    const statuses = new Map<number, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const { floor, seq } = await manager.floor();
      expectSound(floor, `round ${round}`);
      const log = await manager.events(Math.max(0, seq - 300));
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const [type, fields] = anything(floor, log);
          const reply = await pick(people).command(type, fields);
          statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
          expect([200, 403, 404, 409], `${type} ${JSON.stringify(fields)} → ${reply.text}`).toContain(reply.status);
          if (reply.status === 200) accepted.push(reply.body);
        }),
      );
    }
    expect(statuses.get(200) ?? 0).toBeGreaterThan(ROUNDS * AT_ONCE * 0.15);
    const log = await manager.events();
    expectUnbroken(log, 0);
    const mine = accepted.flatMap(({ events }) => events.map(({ seq }) => seq));
    expect(new Set(mine).size).toBe(mine.length);
    for (const { events } of accepted)
      for (const { seq, type } of events) expect([type, 'skip']).toContain(type === 'skip' ? 'skip' : log[seq - 1]?.type);
    const numbers = log.filter(({ type }) => type === 'ticket.issued').map(({ ticketId }) => ticketId);
    expect(new Set(numbers).size).toBe(numbers.length);
    await screen.reached(log.at(-1)?.seq ?? 0);
    expectUnbroken(screen.events, from);
    expect(JSON.stringify(screen.events)).not.toMatch(/limit|overrun|staffId|segment|actor|reason|retrain|attention/i);
    screen.close();

    const before = await manager.floor();
    expectSound(before.floor, 'at the end');
    await hub.restart('kill');
    const after = await manager.floor();
    expectSound(after.floor, 'after the restart');
    const since = (await manager.events(before.seq)).map(({ type }) => type);
    if (since.every((type) => /^(limit|attention|hub)\./.test(type))) {
      const plain = ({ tickets, counters }: Floor) => ({
        tickets: tickets.map(({ id, state, counterId, segment }) => ({ id, state, counterId, segment })),
        counters: counters.map(({ id, state, ticketId, staffId }) => ({ id, state, ticketId, staffId })),
      });
      expect(plain(after.floor)).toEqual(plain(before.floor));
    }
  });
});
