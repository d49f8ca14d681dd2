import fc from 'fast-check';
import { expect, test } from 'vitest';
import { branch } from '../branch/branch.ts';
import { HOUR, MINUTE, manager, Scenario } from '../branch/testing/scenario.ts';
import type { BranchCommand } from '../contract/commands.ts';
import { segments } from '../contract/config.ts';
import { evolvePublic, publicFloor, type PublicFloor } from './public-floor.ts';
import { toPublic } from './public-events.ts';

/** What the public must never read, as a key or inside a value. */
const secrets = /limit|staff|reason|contact|overrun|attention|segment|teller|manager|actor|because|wang|13800000000|elderly|pregnant/i;

const counterId = fc.constantFrom('c1', 'c1', 'c2', 'c2', 'c4', 'c7');
const serviceId = fc.constantFrom('deposit', 'deposit', 'balance', 'wealth', 'withdrawal');
const ticketId = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.constantFrom(...['A', 'B', 'W'].map((letter) => `20261123-${letter}${String(n).padStart(3, '0')}`)));
const reason = fc.constant('because');
const of = <T extends BranchCommand['type'], R extends object>(types: readonly T[], fields: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ type: fc.constantFrom(...types), ...fields }) as unknown as fc.Arbitrary<BranchCommand>;

const command: fc.Arbitrary<BranchCommand> = fc.oneof(
  {
    weight: 8,
    arbitrary: of(['ticket.issue'], {
      serviceId,
      segment: fc.constantFrom(...segments),
      contact: fc.constant({ name: 'Wang', phone: '13800000000' }),
    }),
  },
  { weight: 8, arbitrary: of(['ticket.callNext', 'ticket.start', 'ticket.complete', 'ticket.recall', 'ticket.noShow'], { counterId }) },
  { weight: 3, arbitrary: of(['counter.open', 'counter.close', 'counter.resume', 'counter.confirmCashCount'], { counterId }) },
  { weight: 3, arbitrary: of(['counter.pause', 'counter.pauseAfter', 'ticket.park'], { counterId, reason }) },
  { weight: 3, arbitrary: of(['ticket.requeue', 'ticket.unpark', 'ticket.undivert', 'ticket.fetch'], { ticketId }) },
  { weight: 2, arbitrary: of(['ticket.return', 'ticket.finishAndCallNext'], { counterId, ticketId }) },
  { weight: 2, arbitrary: of(['ticket.walkUp'], { counterId, serviceId, reason }) },
  { weight: 2, arbitrary: of(['ticket.transfer'], { counterId, toServiceId: serviceId }) },
  { weight: 2, arbitrary: of(['ticket.cancel'], { ticketId, reason }) },
  { weight: 2, arbitrary: of(['ticket.divert'], { ticketId, to: fc.constant('machine') }) },
  { weight: 1, arbitrary: of(['limit.extend'], { ticketId, class: fc.constantFrom('coins', 'greenChannel') }) },
  { weight: 1, arbitrary: of(['help.call'], { counterId, kind: fc.constantFrom('guard', 'authorisation') }) },
  { weight: 1, arbitrary: of(['branch.setPhase'], { phase: fc.constantFrom('business', 'lastNumber', 'closed') }) },
);
const step = fc.oneof(
  { weight: 8, arbitrary: command },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 * MINUTE }) },
  { weight: 1, arbitrary: fc.constant(8 * HOUR) },
);
const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 120) };

function play(steps: readonly (BranchCommand | number)[]): Scenario {
  const scenario = Scenario.open().open('c1', 'c2');
  for (const what of steps) {
    if (typeof what === 'number') {
      scenario.pass(what);
      continue;
    }
    const decision = branch.decide(scenario.state, what, scenario.context(manager));
    if (!decision.ok) continue;
    scenario.log.push(...decision.events);
    scenario.state = decision.state;
  }
  return scenario;
}

const byId = <T extends { id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What must be equal however a viewer came by it; pace is told with the picture only. */
function comparable(floor: PublicFloor): unknown {
  const { at: _at, calls, services, ...rest } = floor;
  const latest = [...calls].sort((a, b) => b.at - a.at || (a.ticketId < b.ticketId ? -1 : 1)).slice(0, 10);
  return JSON.parse(
    JSON.stringify({
      ...rest,
      tickets: byId(rest.tickets),
      diverted: byId(rest.diverted),
      services: services.map(({ paceMs: _pace, ...service }) => service),
      latest,
    }),
  );
}

test('a display that joins at any moment and folds on shows what the hub knows', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), fc.nat(), (steps, moment) => {
      const { log, state, now } = play(steps);
      const joined = (moment % log.length) + 1;
      const early = log.slice(0, joined).reduce(branch.evolve, branch.initial('hq'));
      const late = log.slice(joined).map(toPublic).reduce(evolvePublic, publicFloor(early, now));
      expect(comparable(late)).toEqual(comparable(publicFloor(state, now)));
    }),
    runs,
  );
});

test('no public message carries a limit, a member of staff, a reason, a contact or a customer’s group', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 120 }), (steps) => {
      const { log, state, now } = play(steps);
      for (const event of log) expect(JSON.stringify(toPublic(event))).not.toMatch(secrets);
      expect(JSON.stringify(publicFloor(state, now))).not.toMatch(secrets);
    }),
    runs,
  );
});

test('the public hears of a call, a pause with its time of return and the last number, not of an overrun', () => {
  const scenario = Scenario.open().open('c1');
  scenario.issue('deposit', 'elderly');
  scenario.call('c1');
  scenario
    .start('c1')
    .pass(10 * MINUTE)
    .complete('c1');
  scenario.do({ type: 'counter.pause', counterId: 'c1', reason: 'because', backAt: scenario.now + HOUR });
  const heard = scenario.log.map(toPublic);
  expect(heard.find((event) => event.type === 'ticket.called')).toMatchObject({ number: 'A001', counterNumber: 1 });
  expect(heard.find((event) => event.type === 'counter.paused')).toMatchObject({ counterId: 'c1', backAt: scenario.now + HOUR });
  expect(scenario.log.some((event) => event.type === 'overrun.recorded')).toBe(true);
  const told = new Set(heard.map((event) => event.type));
  expect([...told].some((type) => /limit|overrun|retraining|attention/.test(type))).toBe(false);
  expect(heard.map((event) => event.seq)).toEqual(scenario.log.map((event) => event.seq));
});
