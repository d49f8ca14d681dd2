/** What must hold of machines whatever they say, in whatever order, and whoever says what of them meanwhile. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cashPathStates,
  deviceStates,
  doorStates,
  faultCodes,
  machineStates,
  type MachineStatus,
  paperStates,
  readerStates,
  replenishmentStates,
  shutterStates,
  unitStates,
} from '../../contract/machines.ts';
import { branch } from '../branch.ts';
import { FleetScenario, gateway } from '../testing/machines.ts';
import { HOUR, MINUTE, SECOND, clock, manager, teller } from '../testing/scenario.ts';
import { isOpenCase } from '../cases/case-book.ts';
import { faultTable } from './fault-table.ts';
import { underMaintenance } from './machine-state.ts';

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 3 });
const unit = fc.record({
  id: fc.constantFrom('u1', 'u2', 'u3'),
  replenishment: maybe(replenishmentStates),
  status: maybe(unitStates),
  count: fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined }),
});
const status: fc.Arbitrary<MachineStatus> = fc.record({
  device: maybe(deviceStates),
  dispenser: maybe(cashPathStates),
  acceptor: maybe(cashPathStates),
  reader: maybe(readerStates),
  paper: maybe(paperStates),
  shutter: maybe(shutterStates),
  door: maybe(doorStates),
  units: fc.option(fc.array(unit, { maxLength: 3 }), { nil: undefined, freq: 3 }),
});
const machineId = fc.constantFrom('m1', 'm1', 'm2', 'm3', 'm4', 'm9');

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('hear' as const),
      machineId,
      reports: fc.array(fc.record({ at: fc.integer({ min: 0, max: 40 }), status }), { maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('silence' as const), ms: fc.integer({ min: 1, max: 20 * MINUTE }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('stop' as const), ms: fc.integer({ min: SECOND, max: 2 * HOUR }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('report' as const),
      machineId,
      state: fc.constantFrom(...machineStates),
      fault: maybe(faultCodes),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('plan' as const),
      machineId,
      fromMs: fc.integer({ min: 0, max: HOUR }),
      forMs: fc.integer({ min: 0, max: HOUR }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('resolve' as const), nth: fc.nat({ max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('close' as const), nth: fc.nat({ max: 8 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(s: FleetScenario, one: Step): void {
  const attempt = (command: Parameters<FleetScenario['do']>[0], by = manager): void => {
    const decision = branch.decide(s.state, command, s.context(by));
    if (!decision.ok) return;
    s.log.push(...decision.events);
    s.state = decision.state;
  };
  const nth = (index: number): string => [...s.state.openCases.values()][index] ?? 'none';
  switch (one.what) {
    case 'hear':
      if (one.machineId === 'm9') attempt({ type: 'machine.hear', machineId: 'm9', reports: one.reports }, gateway);
      else s.hearReports(one.machineId, one.reports);
      return;
    case 'silence':
      s.silence(one.ms);
      return;
    case 'stop':
      s.now += one.ms;
      attempt({ type: 'hub.resumed', downFrom: s.now - one.ms }, clock);
      return;
    case 'report':
      return attempt({ type: 'machine.report', machineId: one.machineId, state: one.state, fault: one.fault }, teller(1));
    case 'plan':
      return attempt({
        type: 'machine.planMaintenance',
        machineId: one.machineId,
        fromAt: s.now + one.fromMs,
        untilAt: s.now + one.fromMs + one.forMs,
      });
    case 'resolve':
      return attempt({ type: 'case.resolve', caseId: nth(one.nth), outcome: 'done', granted: 'granted' });
    case 'close':
      return attempt({ type: 'case.close', caseId: nth(one.nth) });
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) };

test('nothing is ever nobody’s: at most one open case per machine and fault, silent is unknown, folding the log is the live state', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const s = FleetScenario.start();
      for (const one of steps) {
        take(s, one);
        s.do({ type: 'clock.tick' }, clock);
        expect(branch.due(s.state)).toBeGreaterThan(s.now);
        const open = [...s.state.cases.values()].filter((each) => isOpenCase(each) && each.kind === 'machineFault');
        const keys = open.map((each) => `${each.machineId}|${each.fault}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(s.state.faultCases.size).toBe(keys.length);
        for (const machine of Object.values(s.state.machines)) {
          if (machine.silentSince !== undefined && (machine.handReport?.at ?? 0) < machine.silentSince)
            expect(['unknown', 'outOfService']).toContain(machine.state);
          if (machine.silentSince !== undefined && machine.source === 'telemetry') expect(machine.state).toBe('unknown');
          if (machine.status === undefined && machine.handReport === undefined) expect(machine.state).toBe('unknown');
          if (machine.state === 'inService' && machine.source === 'telemetry') expect(machine.faults).toEqual([]);
          expect(machine.since).toBeLessThanOrEqual(s.now);
          // What is wrong and not planned work has somebody who sees to it.
          const codes = underMaintenance(machine, s.now)
            ? []
            : machine.faults.map(({ code }) => code).filter((code) => faultTable[code].opensCase);
          for (const code of codes) expect(keys).toContain(`${machine.id}|${code}`);
        }
      }
      const folded = s.log.reduce(branch.evolve, branch.initial('hq'));
      expect(plain(branch.freeze(folded))).toEqual(plain(branch.freeze(s.state)));
      const thawed = branch.thaw(plain(branch.freeze(s.state)));
      expect([...thawed.faultCases.values()]).toEqual([...s.state.faultCases.values()]);
      expect([...thawed.settling.values()]).toEqual([...s.state.settling.values()]);
      expect(branch.due(thawed)).toBe(branch.due(s.state));
    }),
    runs,
  );
});

test('what was written down once changes nothing when it is said again', () => {
  fc.assert(
    fc.property(fc.array(status, { minLength: 1, maxLength: 8 }), (told) => {
      const s = FleetScenario.start();
      s.hear('m1', ...told);
      const last = s.machine('m1').status;
      expect(s.hear('m1', last ?? {})).toBe(0);
      s.pass(29 * SECOND);
      expect(s.hear('m1', last ?? {}, last ?? {})).toBe(0);
    }),
    runs,
  );
});
