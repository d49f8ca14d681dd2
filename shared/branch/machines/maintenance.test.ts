import { describe, expect, test } from 'vitest';
import { branch } from '../branch.ts';
import { staffFloor } from '../floor.ts';
import { FleetScenario } from '../testing/machines.ts';
import { HOUR, MINUTE, NINE, head } from '../testing/scenario.ts';
import { machineWatches } from './machine-watches.ts';

const fine = { device: 'online' } as const;

describe('planned maintenance', () => {
  const plan = (s: FleetScenario, fromAt: number, untilAt: number) =>
    s.do({ type: 'machine.planMaintenance', machineId: 'm1', fromAt, untilAt }).maintenanceId as string;

  test('opens no cases while it lasts; what is still wrong afterwards is work', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    plan(s, NINE, NINE + HOUR);
    s.pass(MINUTE);
    s.hear('m1', { device: 'powerOff' }, { reader: 'cardRetained' });
    expect(s.openFaults('m1')).toEqual([]);
    expect(s.attentionOf('machineDown')).toEqual([]);
    s.hear('m1', { reader: 'ok' });
    s.pass(HOUR);
    expect(s.openFaults('m1')).toEqual(['offline']);
    expect(s.attentionOf('machineDown')).toEqual(['m1']);
    expect(s.machine('m1').maintenance).toEqual([]);
    expect(Object.keys(s.state.cards)).toEqual([]);
  });

  test.each(['fraudAttempt', 'potentialFraud'] as const)('nobody plans for %s: it is work at once', (device) => {
    const s = FleetScenario.start();
    plan(s, NINE, NINE + HOUR);
    s.pass(MINUTE);
    s.hear('m1', { device }, fine);
    expect(s.openFaults('m1')).toEqual([device]);
    s.pass(2 * HOUR);
    expect(s.openFaults('m1')).toEqual([device]);
  });

  test('called off while it is under way, what is wrong is work at once', () => {
    const s = FleetScenario.start();
    const maintenanceId = plan(s, NINE, NINE + HOUR);
    s.hear('m1', { device: 'powerOff' });
    s.do({ type: 'machine.cancelMaintenance', machineId: 'm1', maintenanceId });
    expect(s.openFaults('m1')).toEqual(['offline']);
    expect(s.refused({ type: 'machine.cancelMaintenance', machineId: 'm1', maintenanceId })).toBe('maintenance.unknown');
  });

  test('is planned ahead, ends after it begins, and not without bound', () => {
    const s = FleetScenario.start();
    const of = { type: 'machine.planMaintenance', machineId: 'm1' } as const;
    expect(s.refused({ ...of, fromAt: NINE + 5, untilAt: NINE + 5 })).toBe('maintenance.empty');
    expect(s.refused({ ...of, fromAt: NINE - HOUR, untilAt: NINE + HOUR })).toBe('maintenance.past');
    expect(s.refused({ ...of, machineId: 'm9', fromAt: NINE, untilAt: NINE + HOUR })).toBe('machine.unknown');
    for (let n = 1; n <= 20; n += 1) plan(s, NINE + n * HOUR, NINE + n * HOUR + MINUTE);
    expect(s.refused({ ...of, fromAt: NINE + HOUR, untilAt: NINE + 2 * HOUR })).toBe('maintenance.too_many');
    plan(FleetScenario.start(), NINE - MINUTE, NINE + HOUR);
  });
});

describe('on the board', () => {
  test('a machine down while it need not serve waits for its time', () => {
    const s = FleetScenario.start();
    s.do({ type: 'branch.setPhase', phase: 'closed', reason: 'x' }, head);
    s.pass(15 * HOUR);
    s.hear('m2', { device: 'offline' });
    s.hear('m4', { device: 'offline' });
    s.hear('m1', { device: 'offline' });
    expect(s.attentionOf('machineDown')).toEqual(['m1']);
    s.pass(7 * HOUR);
    expect(s.attentionOf('machineDown')).toEqual(['m1', 'm4']);
    s.do({ type: 'branch.setPhase', phase: 'business' }, head);
    expect(s.attentionOf('machineDown').sort()).toEqual(['m1', 'm2', 'm4']);
  });

  test('staff see each machine with what is wrong and since when; a picture handed on loses nothing', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', reader: 'cardRetained' });
    s.do({ type: 'machine.replenish', machineId: 'm2', loadedFen: 1_000, countedFen: 5, expectedFen: 4, units: [{ id: 'u1', count: 9 }] });
    s.do({ type: 'machine.report', machineId: 'm3', state: 'attention', note: 'x' });
    s.do({ type: 'machine.planMaintenance', machineId: 'm4', fromAt: NINE + HOUR, untilAt: NINE + 2 * HOUR });
    const frozen = JSON.parse(JSON.stringify(staffFloor(s.state)));
    expect(frozen.machines).toMatchObject([{ id: 'm1', state: 'attention', faults: [{ code: 'cardRetained', since: NINE }] }, {}, {}, {}]);
    const thawed = branch.thaw(JSON.parse(JSON.stringify(branch.freeze(s.state))));
    expect(JSON.parse(JSON.stringify(branch.freeze(thawed)))).toEqual(JSON.parse(JSON.stringify(branch.freeze(s.state))));
    expect(thawed.faultCases.size).toBe(s.state.faultCases.size);
    expect(branch.due(thawed)).toBe(branch.due(s.state));
  });

  test('what happens at the counters never makes anybody look through the machines', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'offline' });
    const before = machineWatches(s.state);
    expect(before).toHaveLength(1);
    s.open('c1').issue();
    s.call();
    s.start().complete();
    expect(machineWatches(s.state)).toBe(before);
  });
});
