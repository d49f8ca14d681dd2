/** Availability through the whole road: rules, log, read models, over kills; beside a replay that looks at every second. */
import { afterEach, describe, expect, it } from 'vitest';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import type { MachineReport } from '../../shared/contract/commands.ts';
import { testConfig } from '../../shared/branch/testing/scenario.ts';
import { startOfTime } from '../hub/hub.fixture.ts';
import { decode } from '../hub/track.ts';
import { createCalendar } from '../platform/calendar.ts';
import { machineIntervals, machineMaintenance, replenishments, retainedCards } from '../store/schema.ts';
import { availabilityOfBranch } from './availability.ts';
import { atm, MachineSite, staff } from './machine-site.fixture.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A Wednesday, 12:00 in Shanghai; the branch closes at 17:00. */
const NOON = startOfTime;

let here: MachineSite;
afterEach(() => here.clear());

const open = testConfig();
const posted = { ...open.hours, roundTheClock: false, week: Array.from({ length: 7 }, () => ({ opens: '09:00', closes: '17:00' })) };
const fleet = [atm('m1'), atm('m2', { inService: 'always' }), atm('m3', { inService: { from: '12:30', until: '18:15' } })];
const of = (from: number, to: number) =>
  availabilityOfBranch({ store: here.running.store, calendar: createCalendar(), state: here.state, within: { from, to } });

/** Numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const said: MachineReport['status'][] = [
  { device: 'online' },
  { device: 'online', dispenser: 'ok', paper: 'full', reader: 'ok' },
  { dispenser: 'stop' },
  { paper: 'low' },
  { reader: 'jammed' },
  { device: 'offline' },
  {},
];

/** Some hours of a fleet's life: reports, silences, words of staff, planned work, kills. */
async function live(throwDice: (sides: number) => number, steps: number): Promise<void> {
  const manager = staff('manager', 'manager');
  const planned: { machineId: string; maintenanceId: string }[] = [];
  for (let step = 0; step < steps; step += 1) {
    const machineId = `m${throwDice(3) + 1}`;
    const now = here.running.clock.now();
    const deed = throwDice(20);
    if (deed < 12) await here.hear(machineId, said[throwDice(said.length)] ?? {});
    else if (deed < 14)
      await here.tried({ type: 'machine.report', machineId, state: throwDice(2) === 0 ? 'outOfService' : 'inService' }, manager);
    else if (deed < 16) {
      const fromAt = now + throwDice(10) * MINUTE;
      const result = await here.tried(
        { type: 'machine.planMaintenance', machineId, fromAt, untilAt: fromAt + (throwDice(20) + 1) * MINUTE },
        manager,
      );
      if (typeof result?.['maintenanceId'] === 'string') planned.push({ machineId, maintenanceId: result['maintenanceId'] });
    } else if (deed < 17) {
      const one = planned.pop();
      if (one !== undefined) await here.tried({ type: 'machine.cancelMaintenance', ...one }, manager);
    } else if (deed < 19) {
      // All of them well: what they were while nothing ran, nobody knows.
      for (const { id } of fleet) await here.hear(id, said[1]);
      here.kill(throwDice(120) * SECOND);
      await here.boot();
    }
    await here.pass(throwDice(90) * SECOND);
  }
}

/** When what an event says came to be so: the hub may have been down at that instant. */
const cameToBe = (event: StoredBranchEvent): number =>
  event.type === 'machine.lost' || event.type === 'machine.reportLapsed' ? Math.min(event.at, event.dueAt) : event.at;

interface Seconds {
  should: number;
  up: number;
  planned: number;
}

/** One look a second at each machine, at everything that was ever said. */
function replay(events: readonly StoredBranchEvent[], from: number, to: number): Map<string, Seconds> {
  const stands = new Map<string, string>();
  const plans = new Map<string, { machineId: string; fromAt: number; untilAt: number }>();
  const found = new Map<string, Seconds>(fleet.map(({ id }) => [id, { should: 0, up: 0, planned: 0 }]));
  const ordered = events.map((event) => ({ event, at: cameToBe(event) })).sort((a, b) => a.at - b.at);
  let next = 0;
  for (let at = from; at < to; at += SECOND) {
    while (next < ordered.length && (ordered[next]?.at ?? 0) <= at) {
      const event = ordered[next]?.event as StoredBranchEvent;
      if ('machineId' in event && 'faults' in event) stands.set(event.machineId, event.state);
      if (event.type === 'machine.maintenancePlanned')
        plans.set(event.maintenance.id, { machineId: event.machineId, ...event.maintenance });
      if (event.type === 'machine.maintenanceCancelled') {
        const plan = plans.get(event.maintenanceId);
        if (plan !== undefined) plan.untilAt = Math.min(plan.untilAt, event.at);
      }
      next += 1;
    }
    const minutes = Math.floor(((at + 8 * HOUR) % (24 * HOUR)) / MINUTE);
    for (const { id, inService } of fleet) {
      const seconds = found.get(id) as Seconds;
      const from = inService === 'always' ? 0 : inService === undefined ? 9 * 60 : 12 * 60 + 30;
      const until = inService === 'always' ? 24 * 60 : inService === undefined ? 17 * 60 : 18 * 60 + 15;
      if (minutes < from || minutes >= until) continue;
      if ([...plans.values()].some((plan) => plan.machineId === id && plan.fromAt <= at && at < plan.untilAt)) seconds.planned += 1;
      else {
        seconds.should += 1;
        const now = stands.get(id);
        if (now === 'inService' || now === 'attention') seconds.up += 1;
      }
    }
  }
  return found;
}

describe('availability', () => {
  it.each([11, 23])('equals a replay that looks at every second (story %i)', { timeout: 60_000 }, async (seed) => {
    here = await MachineSite.open({ config: { hours: posted, machines: fleet } });
    await live(dice(seed), 90);
    const to = here.running.clock.now();
    const brute = replay(here.events, NOON, to);
    const { machines } = await of(NOON, to);
    const changes = here.events.filter(({ type }) => type.startsWith('machine.')).length;
    expect(changes).toBeGreaterThan(50);
    for (const { id, shouldMs, upMs, downMs, plannedMs, outages, byCause } of machines) {
      const seconds = brute.get(id);
      const near = (ms: number, looks = 0): void => expect(Math.abs(ms / SECOND - looks)).toBeLessThanOrEqual(1);
      near(shouldMs, seconds?.should);
      near(upMs, seconds?.up);
      near(plannedMs, seconds?.planned);
      expect(upMs + downMs).toBe(shouldMs);
      expect(outages.reduce((sum, outage) => sum + outage.to - outage.from, 0)).toBe(downMs);
      expect(Object.values(byCause).reduce((sum, ms) => sum + ms, 0)).toBe(downMs);
    }
  });

  it('tells each outage with its cause, and what was planned apart', async () => {
    here = await MachineSite.open();
    const manager = staff('manager', 'manager');
    await here.hear();
    await here.pass(20 * SECOND);
    const dispenserStops = here.running.clock.now();
    await here.hear('m1', { dispenser: 'stop' });
    await here.pass(20 * SECOND);
    await here.hear('m1', { dispenser: 'ok' });
    const at = here.running.clock.now();
    await here.send({ type: 'machine.planMaintenance', machineId: 'm1', fromAt: at, untilAt: at + 10 * MINUTE }, manager);
    // Nothing is heard from here on: silent in half a minute, of which the plan takes the greater part.
    await here.pass(20 * MINUTE);
    const { machines, branch: whole } = await of(NOON, here.running.clock.now());
    const [m1, m2] = machines;
    expect(m1).toMatchObject({
      shouldMs: 10 * MINUTE + 40 * SECOND,
      plannedMs: 10 * MINUTE,
      byCause: { dispenserStopped: 20 * SECOND, silent: 10 * MINUTE },
      outageCount: 2,
    });
    expect(m1?.outages).toEqual([
      { from: dispenserStops, to: dispenserStops + 20 * SECOND, cause: 'dispenserStopped' },
      { from: at + 10 * MINUTE, to: at + 20 * MINUTE, cause: 'silent' },
    ]);
    expect(m2).toMatchObject({ availability: 0, upMs: 0, byCause: { unknown: 20 * MINUTE + 40 * SECOND } });
    expect(whole.availability).toBeCloseTo((m1?.upMs ?? 0) / whole.shouldMs, 10);
  });

  it('expects nothing of a machine before it was registered, nor while it was not', async () => {
    here = await MachineSite.open({ config: { machines: [] } });
    await here.pass(10 * MINUTE);
    await here.send({ type: 'branch.configure', config: { machines: [atm('m1')] } });
    await here.hear();
    await here.pass(10 * SECOND);
    await here.send({ type: 'branch.configure', config: { machines: [] } });
    await here.pass(10 * MINUTE);
    await here.send({ type: 'branch.configure', config: { machines: [atm('m1')] } });
    await here.pass(10 * SECOND);
    const { machines } = await of(NOON, here.running.clock.now());
    expect(machines).toMatchObject([{ id: 'm1', shouldMs: 20 * SECOND }]);
  });

  it.each(['inService', 'outOfService'] as const)(
    'of a machine registered again nothing is known, though it was %s before',
    async (state) => {
      here = await MachineSite.open({ config: { machines: [atm('m1')] } });
      await here.hear('m1', { device: state === 'inService' ? 'online' : 'offline' });
      await here.pass(10 * SECOND);
      await here.send({ type: 'branch.configure', config: { machines: [] } });
      await here.pass(10 * MINUTE);
      await here.send({ type: 'branch.configure', config: { machines: [atm('m1')] } });
      const again = here.running.clock.now();
      await here.pass(10 * MINUTE);
      expect(here.machine('m1').state).not.toBe('inService');
      const { machines } = await of(again, here.running.clock.now());
      expect(machines).toMatchObject([{ id: 'm1', shouldMs: 10 * MINUTE, upMs: 0 }]);
    },
  );
});

const tables = () => ({
  intervals: here.running.store.read.select().from(machineIntervals).all(),
  maintenance: here.running.store.read.select().from(machineMaintenance).all(),
  replenishments: here.running.store.read.select().from(replenishments).all(),
  cards: here.running.store.read.select().from(retainedCards).all(),
});

describe('the read models', () => {
  it('keep one row per stretch of one state, a replenishment with its second person, a card to its end', async () => {
    here = await MachineSite.open();
    const [manager, head] = [staff('manager', 'manager'), staff('head', 'head')];
    await here.hear();
    await here.pass(10 * SECOND);
    await here.hear('m1', { paper: 'low' });
    await here.hear('m1', { units: [{ id: 'u1', count: 40 }] });
    const replenish = { type: 'machine.replenish', machineId: 'm1', loadedFen: 100_000, countedFen: 99_000, expectedFen: 100_000 } as const;
    const { replenishmentId } = await here.send(replenish, manager);
    await here.send({ type: 'machine.confirmReplenishment', machineId: 'm1', replenishmentId: String(replenishmentId) }, head);
    const { cardId } = await here.send({ type: 'card.register', machineId: 'm1', lastDigits: '4321' }, manager);
    await here.send({ type: 'card.collect', cardId: String(cardId) }, head);
    await here.send({ type: 'card.handBack', cardId: String(cardId), identityChecked: true }, manager);
    const { intervals, ...registers } = tables();
    expect(
      intervals
        .filter(({ machineId }) => machineId === 'm1')
        .map(({ fromAt, toAt, state, faults }) => ({ fromAt: fromAt - NOON, toAt, state, faults })),
    ).toEqual([
      { fromAt: 0, toAt: NOON + 10 * SECOND, state: 'inService', faults: [] },
      { fromAt: 10 * SECOND, toAt: null, state: 'attention', faults: ['paperLow'] },
    ]);
    expect(registers.replenishments).toMatchObject([{ by: 'manager', confirmedBy: 'head', differenceFen: -1_000, settledAt: null }]);
    expect(registers.cards).toMatchObject([{ state: 'handedBack', registeredBy: 'manager', collectedBy: 'head', endedBy: 'manager' }]);
    expect(JSON.stringify(registers)).not.toContain('4321');
  });

  it('rebuilt from the log, every row is the same', { timeout: 60_000 }, async () => {
    here = await MachineSite.open({ config: { hours: posted, machines: fleet } });
    await live(dice(5), 40);
    const [manager, head] = [staff('manager', 'manager'), staff('head', 'head')];
    const replenish = { type: 'machine.replenish', machineId: 'm2', loadedFen: 1, countedFen: 1, expectedFen: 2 } as const;
    const { replenishmentId } = await here.send(replenish, manager);
    await here.send({ type: 'machine.confirmReplenishment', machineId: 'm2', replenishmentId: String(replenishmentId) }, head);
    await here.send(
      { type: 'machine.settleDifference', machineId: 'm2', replenishmentId: String(replenishmentId), explanation: 'found' },
      head,
    );
    const { cardId } = await here.send({ type: 'card.register', machineId: 'm2' }, manager);
    await here.send({ type: 'card.collect', cardId: String(cardId), lastDigits: '1234' }, head);
    await here.send({ type: 'card.destroy', cardId: String(cardId), reason: 'never asked for' }, head);
    await here.send({ type: 'branch.configure', config: { machines: fleet.slice(1) } });
    const before = tables();
    expect(before.intervals.length).toBeGreaterThan(20);
    expect(before.maintenance.length).toBeGreaterThan(0);
    here.running.store.db.exec('DELETE FROM machine_intervals; UPDATE replenishments SET loaded_fen = 7; DELETE FROM retained_cards');
    here.running.store.rebuildReadModels((row) => decode(branch, row) as StoredBranchEvent);
    expect(tables()).toEqual(before);
  });
});
