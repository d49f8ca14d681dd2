/** What must hold after any sequence of commands, whoever sends them and however time passes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BranchCommand } from '../contract/commands.ts';
import type { LineEvent } from '../forecast/line.ts';
import { segments } from '../contract/config.ts';
import type { Ticket } from './branch.state.ts';
import { branch } from './branch.ts';
import { staffFloor } from './floor.ts';
import { isLive } from './advice/advice-book.ts';
import { LineReader } from './predict/line-reader.ts';
import { nextFor } from './queue/order.ts';
import { grounded } from './testing/advice.ts';
import { anyPeople, MONDAY, TUESDAY } from './testing/people.ts';
import { MINUTE, Scenario, clock, manager } from './testing/scenario.ts';

const counterId = fc.constantFrom('c1', 'c1', 'c1', 'c2', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'nowhere');
const serviceId = fc.constantFrom('deposit', 'deposit', 'deposit', 'withdrawal', 'balance', 'cash-received', 'wealth', 'nothing');
const segment = fc.constantFrom(...segments);
const ticketId = fc
  .integer({ min: 1, max: 25 })
  .chain((n) => fc.constantFrom('A', 'B', 'D', 'W').map((letter) => `20261123-${letter}${String(n).padStart(3, '0')}`));
const reason = fc.constant('because');

const anyCommand: fc.Arbitrary<BranchCommand> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ type: fc.constant('ticket.issue' as const), serviceId, segment }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'ticket.callNext' as const,
        'ticket.callNext' as const,
        'ticket.callNext' as const,
        'ticket.recall' as const,
        'ticket.start' as const,
        'ticket.complete' as const,
        'ticket.noShow' as const,
      ),
      counterId,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'counter.open' as const,
        'counter.close' as const,
        'counter.resume' as const,
        'counter.confirmCashCount' as const,
      ),
      counterId,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('counter.pause' as const, 'counter.pauseAfter' as const, 'ticket.park' as const),
      counterId,
      reason,
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('ticket.finishAndCallNext' as const), counterId, ticketId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('ticket.addItem' as const), counterId, serviceId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('ticket.walkUp' as const), counterId, serviceId, reason }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'ticket.requeue' as const,
        'ticket.unpark' as const,
        'ticket.undivert' as const,
        'ticket.fetch' as const,
        'ticket.confirmNoShow' as const,
      ),
      ticketId,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('ticket.return' as const), counterId, ticketId }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('ticket.call' as const), counterId, ticketId, reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('ticket.transfer' as const),
      counterId,
      toServiceId: fc.option(serviceId, { nil: undefined }),
      toCounterId: fc.option(counterId, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('ticket.cancel' as const), ticketId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('ticket.divert' as const), ticketId, to: fc.constant('machine' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('ticket.setSegment' as const), ticketId, segment, reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('limit.extend' as const),
      ticketId,
      class: fc.constantFrom('coins' as const, 'identity' as const, 'greenChannel' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('help.call' as const, 'help.answer' as const),
      counterId,
      kind: fc.constantFrom('authorisation' as const, 'cash' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('system.outage' as const), scope: fc.constant('branch' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('branch.setPhase' as const),
      phase: fc.constantFrom(
        'business' as const,
        'business' as const,
        'business' as const,
        'lastNumber' as const,
        'clearing' as const,
        'closed' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('branch.setDayType' as const),
      dayType: fc.constantFrom('ordinary' as const, 'pension' as const),
    }),
  },
);

const proposal = fc.record({
  kind: fc.constantFrom('openWindow' as const, 'openWindow' as const, 'closeWindow' as const),
  window: fc.constantFrom('1', '2', '3', '5', '7', 'x'),
  inMs: fc.constantFrom(0, 0, 5 * MINUTE),
});
/** Which of the advice there is; `n` beyond what there is means none. */
const onAdvice = fc.record({
  on: fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const),
  n: fc.integer({ min: 0, max: 2 }),
});

const staffId = fc.constantFrom('teller1', 'teller1', 'teller2', 'teller3', 'manager', 'manager2', 'head', 'guard1', 'stranger');
const date = fc.constantFrom(MONDAY, MONDAY, TUESDAY, '2026-11-25', '2026-11-22');
const shiftId = fc.constantFrom('day', 'late', 'night');
const ofPeople: fc.Arbitrary<BranchCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('post.take' as const),
      kind: fc.constantFrom('lobby' as const, 'backOffice' as const, 'guard' as const, 'floor' as const, 'counter' as const),
      staffId,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom('post.leave' as const, 'break.begin' as const, 'break.end' as const), staffId }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('roster.setShift' as const), date, staffId, shift: fc.option(fc.record({ shiftId })) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('roster.setDay' as const),
      date,
      shifts: fc
        .uniqueArray(staffId, { maxLength: 5 })
        .chain((ids) => shiftId.map((one) => ids.map((id) => ({ staffId: id, shiftId: one })))),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('roster.absence' as const), date, staffId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('roster.cancelAbsence' as const), date, staffId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('roster.substitute' as const), date, absentStaffId: staffId, staffId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('roster.swap' as const), date, staffId, withStaffId: staffId, withDate: date }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('roster.copyWeek' as const), from: date, to: fc.constantFrom('2026-11-30', MONDAY) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('duty.reach' as const), staffId, reachable: fc.boolean() }) },
);

const step = fc.oneof(
  { weight: 1, arbitrary: proposal },
  { weight: 1, arbitrary: onAdvice },
  { weight: 8, arbitrary: anyCommand },
  { weight: 3, arbitrary: ofPeople },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 * MINUTE }) },
  { weight: 1, arbitrary: fc.integer({ min: 10 * MINUTE, max: 40 * MINUTE }) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Advice is given by the hub and named by ids of its own: what a step means is known when it is its turn. */
function commandOf(s: Scenario, what: Exclude<Step, number | 'restart'>): BranchCommand {
  if ('type' in what) return what;
  if ('on' in what) {
    const adviceId = Object.keys(s.state.advice)[what.n] ?? 'none';
    return what.on === 'accept' ? { type: 'advice.accept', adviceId } : { type: 'advice.decline', adviceId, reason: 'no' };
  }
  const { kind, window, inMs } = what;
  const staffId = kind === 'openWindow' ? `teller${window}` : undefined;
  return { type: 'advice.give', advice: grounded({ kind, counterId: `c${window}`, staffId, doAt: s.now + inMs }, s.now) };
}

/** Plays the steps; refusals are fine, they must only change nothing. */
function play(steps: readonly Step[], check: (s: Scenario, command: BranchCommand) => void = () => undefined): Scenario {
  const s = Scenario.open({}, anyPeople).open('c1', 'c2');
  for (const what of steps) {
    if (typeof what === 'number') s.pass(what);
    else if (what === 'restart') {
      s.now += 3 * MINUTE;
      s.do({ type: 'hub.resumed', downFrom: s.now - 3 * MINUTE }, clock);
    } else {
      const command = commandOf(s, what);
      check(s, command);
      const before = s.state;
      const decision = branch.decide(s.state, command, s.context(manager));
      if (decision.ok) {
        s.log.push(...decision.events);
        s.state = decision.state;
      } else expect(s.state).toBe(before);
    }
  }
  return s;
}

/** The line as somebody knows it who hears nothing but what the reader says. */
class Line {
  readonly waiting = new Set<string>();
  readonly busy = new Set<string>();
  readonly open = new Set<string>();

  hear(event: LineEvent): void {
    if (event.type === 'joined') this.waiting.add(event.id);
    else if (event.type === 'left') this.waiting.delete(event.id);
    else if (event.type === 'ended') this.busy.delete(event.server);
    else if (event.type === 'server') this.open[event.duty === 'open' ? 'add' : 'delete'](event.server);
    else {
      this.waiting.delete(event.id ?? '');
      this.busy.add(event.server ?? '');
    }
  }
}

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) };
const anyDay = fc.array(step, { minLength: 20, maxLength: 150 });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('whatever happens', () => {
  test('folding the log equals the live state, and freezing it loses nothing', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const s = play(steps);
        const folded = s.log.reduce(branch.evolve, branch.initial('hq'));
        expect(plain(branch.freeze(folded))).toEqual(plain(branch.freeze(s.state)));
        const thawed = branch.thaw(plain(branch.freeze(s.state)));
        expect([thawed.waiting, thawed.waitingElderly, thawed.diverted.size]).toEqual([
          s.state.waiting,
          s.state.waitingElderly,
          s.state.diverted.size,
        ]);
        const sizes = (state: typeof thawed) => new Map(Object.entries(state.lanes).map(([key, lane]) => [key, lane.size]));
        expect(sizes(thawed)).toEqual(sizes(s.state));
        expect(plain(branch.freeze(thawed))).toEqual(plain(branch.freeze(s.state)));
      }),
      runs,
    );
  });

  test('a viewer who joins at any moment and folds on sees the floor the hub sees', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(), (steps, at) => {
        const s = play(steps);
        const joined = s.log.slice(0, (at % s.log.length) + 1);
        const early = joined.reduce(branch.evolve, branch.initial('hq'));
        const viewer = s.log.slice(joined.length).reduce(branch.evolve, branch.thaw(plain(staffFloor(early))));
        const live = (floor: ReturnType<typeof staffFloor>) =>
          floor.tickets.map(({ id, state, counterId, arrivedAt, segment: group }) => ({ id, state, counterId, arrivedAt, group }));
        expect(live(staffFloor(viewer))).toEqual(live(staffFloor(s.state)));
        expect(plain(viewer.counters)).toEqual(plain(s.state.counters));
        expect(viewer.waiting).toBe(s.state.waiting);
        expect(plain(viewer.advice)).toEqual(plain(s.state.advice));
      }),
      runs,
    );
  });

  test('the sequence has no gap, numbers never repeat, every ticket is in one place', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const s = play(steps);
        expect(s.log.map(({ seq }) => seq)).toEqual(s.log.map((_, index) => index + 1));
        const numbers = s.events('ticket.issued').map(({ ticketId: id }) => id);
        expect(new Set(numbers).size).toBe(numbers.length);
        const atCounters = Object.values(s.state.counters).flatMap(({ ticketId: id }) => (id === undefined ? [] : [id]));
        expect(new Set(atCounters).size).toBe(atCounters.length);
        for (const ticket of s.state.tickets.values()) {
          const here = ticket.state === 'called' || ticket.state === 'serving';
          expect(here).toBe(atCounters.includes(ticket.id));
        }
        for (const counter of Object.values(s.state.counters))
          expect(counter.ticketId !== undefined).toBe(counter.state === 'calling' || counter.state === 'serving');
        const waiting = [...s.state.tickets.values()].filter(({ state }) => state === 'waiting').length;
        expect(Object.values(s.state.lanes).reduce((sum, lane) => sum + lane.size, 0)).toBe(waiting);
        expect(s.state.waiting).toBe(waiting);
      }),
      runs,
    );
  });

  test('no ticket is served twice without being put back in between', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const open = new Map<string, string>();
        for (const event of play(steps).log) {
          if (event.type === 'ticket.called') {
            expect(open.get(event.ticketId)).toBeUndefined();
            open.set(event.ticketId, event.counterId);
          }
          if (
            event.type === 'ticket.completed' ||
            event.type === 'ticket.noShow' ||
            event.type === 'ticket.parked' ||
            event.type === 'ticket.transferred' ||
            event.type === 'ticket.cancelled'
          ) {
            open.delete(event.ticketId);
          }
        }
      }),
      runs,
    );
  });

  test('at one counter a green-channel ticket is never called after a later one of its kind, and nobody raised is passed over by a later arrival', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        play(steps, (s, what) => {
          if (what.type !== 'ticket.callNext') return;
          const next = nextFor(s.state, what.counterId, s.now);
          if (next === undefined || next.reason === 'returning' || next.reason === 'late' || next.reason === 'vip') return;
          const passedOver = (ticket: Ticket): boolean =>
            ticket.state === 'waiting' &&
            ticket.id !== next.ticket.id &&
            ticket.arrivedAt < next.ticket.arrivedAt &&
            ticket.lateUntilCall === undefined &&
            ticket.onlyCounterId === undefined;
          const earlier = [...s.state.tickets.values()].filter(passedOver);
          expect(
            earlier.filter(
              (ticket) =>
                ticket.segment === next.ticket.segment &&
                ticket.serviceId === next.ticket.serviceId &&
                ticket.counterKind === next.ticket.counterKind &&
                next.ticket.segment !== 'appointment',
            ),
          ).toEqual([]);
          const bound = s.now - 30 * MINUTE;
          const raised = earlier.filter(
            (ticket) => ticket.segment === 'ordinary' && ticket.arrivedAt <= bound && ticket.serviceId === next.ticket.serviceId,
          );
          const dedicated = what.counterId === 'c5' || what.counterId === 'c6';
          if (!dedicated) expect(raised).toEqual([]);
        });
      }),
      runs,
    );
  });

  test('advice: at most five live pieces, no window and no person in two of them, each one ends once', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const ended = new Set<string>();
        const s = play(steps, ({ state }) => {
          const live = Object.values(state.advice).filter(isLive);
          expect(live.length).toBeLessThanOrEqual(5);
          for (const of of ['counterId', 'staffId'] as const) {
            const named = live.flatMap((one) => one[of] ?? []);
            expect(new Set(named).size).toBe(named.length);
          }
        });
        for (const event of s.log) {
          if (!('adviceId' in event)) continue;
          expect(ended).not.toContain(event.adviceId);
          if (['advice.measured', 'advice.declined', 'advice.withdrawn', 'advice.expired'].includes(event.type)) ended.add(event.adviceId);
        }
      }),
      runs,
    );
  });

  test('a person is at one post at an instant, and at a window exactly while signed on there; a place is filled by whose shift says so', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const { state } = play(steps);
        const sitting = Object.values(state.counters).flatMap(({ id, staffId: who }) => (who === undefined ? [] : [`${who}@${id}`]));
        const told = Object.values(state.people.presence).flatMap(({ staffId: who, post }) =>
          post?.counterId === undefined ? [] : [`${who}@${post.counterId}`],
        );
        expect(told.sort()).toEqual(sitting.sort());
        for (const { shifts, absences } of Object.values(state.people.rota)) {
          for (const { startsAt, endsAt, fills, staffId: who } of Object.values(shifts)) {
            expect(startsAt).toBeLessThan(endsAt);
            if (fills !== undefined) expect(absences[fills]?.filledBy).toBe(who);
          }
          for (const { filledBy, staffId: who } of Object.values(absences))
            if (filledBy !== undefined) expect(shifts[filledBy]?.fills).toBe(who);
        }
      }),
      runs,
    );
  });

  test('of places that are empty the board says what is so: raised once, for who has not come, has nobody instead, owes an answer', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const s = play(steps);
        s.do({ type: 'clock.tick' }, clock);
        const shown = new Set<string>();
        for (const event of s.log) {
          if (event.type === 'attention.cleared') expect(shown.delete(event.attentionId)).toBe(true);
          if (event.type !== 'attention.raised') continue;
          expect(shown).not.toContain(event.item.id);
          expect(event.dueAt).toBeLessThanOrEqual(event.at);
          shown.add(event.item.id);
        }
        const { rota, presence, swaps } = s.state.people;
        for (const { kind, staffId: who = '', date: on = '', swapId = '', since, dueAt } of Object.values(s.state.attention)) {
          const absence = rota[on]?.absences[who];
          const shift = rota[on]?.shifts[who];
          if (kind === 'notArrived') expect([presence[who], absence, shift?.startsAt]).toEqual([undefined, undefined, since]);
          if (kind === 'placeOpen') expect([absence?.staffId, absence?.filledBy, shift?.startsAt]).toEqual([who, undefined, dueAt]);
          if (kind === 'notArrived' || kind === 'placeOpen') expect(shift?.endsAt).toBeGreaterThan(s.now);
          if (kind === 'swapWaiting') expect(swaps[swapId]?.withStaffId).toBe(who);
          if (kind === 'breakOverrun') expect(presence[who]?.break?.since).toBeLessThan(since);
        }
      }),
      runs,
    );
  });

  test('what the wait forecaster reads of a branch is its line: who waits, who is at which window, which windows are open', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(), (steps, at) => {
        const { log } = play(steps);
        const from = at % log.length;
        let state = log.slice(0, from).reduce(branch.evolve, branch.initial('hq'));
        const reader = new LineReader();
        const line = new Line();
        for (const read of reader.begin(state, log[from]?.at ?? 0)) line.hear(read);
        for (const event of log.slice(from)) {
          state = branch.evolve(state, event);
          for (const read of reader.read([event], state)) line.hear(read);
        }
        const waiting = [...state.tickets.values()].filter((ticket) => ticket.state === 'waiting').map(({ id }) => id);
        expect([...line.waiting].toSorted()).toEqual(waiting.toSorted());
        const counters = Object.values(state.counters);
        expect([...line.busy].toSorted()).toEqual(counters.flatMap(({ id, ticketId: seated }) => (seated === undefined ? [] : [id])));
        const takesNobody = ({ state: now }: (typeof counters)[number]) => now === 'closed' || now === 'paused';
        expect([...line.open].toSorted()).toEqual(counters.filter((counter) => !takesNobody(counter)).map(({ id }) => id));
      }),
      runs,
    );
  });

  test('what is due after a tick lies ahead', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const s = play(steps);
        s.do({ type: 'clock.tick' }, clock);
        expect(branch.due(s.state)).toBeGreaterThan(s.now);
      }),
      runs,
    );
  });
});
