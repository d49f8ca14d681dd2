import { describe, expect, test } from 'vitest';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import type { BranchConfig } from '../../../shared/contract/config.ts';
import type { MachineConfig } from '../../../shared/contract/machines.ts';
import type { Machine } from '../../../shared/branch/machines/machine.state.ts';
import { lookOf, machineConfigs, machinesDown, machinesUnknown, worstFault, worstFirst } from './machine-looks.ts';

const machine = (id: string, of: Partial<Machine> = {}): Machine => ({
  id,
  state: 'inService',
  since: 0,
  faults: [],
  source: 'telemetry',
  maintenance: [],
  ...of,
});
const registered = (id: string): MachineConfig => ({ id, kind: 'atm', name: { zh: id, en: id }, services: [] });
const branch = (...machines: Machine[]) => ({
  config: { machines: machines.map(({ id }) => registered(id)) } as unknown as BranchConfig,
  machines: Object.fromEntries(machines.map((one) => [one.id, one])),
});
const noon = 43_200_000;
const planned = [{ id: 'p', fromAt: noon, untilAt: noon + 3_600_000, plannedBy: 'manager' }];

describe('the machines on the board', () => {
  test('stand worst first, and among equals as the registry lists them', () => {
    const state = branch(
      machine('m1'),
      machine('m2', { state: 'attention' }),
      machine('m3', { state: 'outOfService' }),
      machine('m4', { state: 'unknown' }),
      machine('m5', { state: 'outOfService' }),
    );
    expect(worstFirst(state, noon).map(({ id }) => id)).toEqual(['m3', 'm5', 'm4', 'm2', 'm1']);
  });

  test('one never heard of is unknown, never in service, and not yet down; one that fell silent is', () => {
    const never = { ...branch(machine('m1')), machines: {} };
    expect(lookOf(never.machines['m1' as never], noon)).toBe('unknown');
    expect(machinesDown(never, noon)).toEqual([]);
    const silent = branch(machine('m1', { state: 'unknown', silentSince: noon - 60_000 }));
    expect(machinesDown(silent, noon).map(({ id }) => id)).toEqual(['m1']);
    expect([never, silent].map((state) => machinesUnknown(state, noon))).toEqual([1, 0]);
    expect(machinesUnknown(branch(machine('m1', { state: 'unknown', maintenance: planned })), noon)).toBe(0);
  });

  test('one out of service during planned maintenance is not down; before and after it is', () => {
    const state = branch(machine('m1', { state: 'outOfService', maintenance: planned }));
    expect([noon - 1, noon, noon + 3_600_000].map((now) => machinesDown(state, now).length)).toEqual([1, 0, 1]);
    expect(lookOf(state.machines['m1'], noon)).toBe('maintenance');
  });

  test('a machine that serves during its maintenance says that it serves', () => {
    expect(lookOf(machine('m1', { maintenance: planned }), noon)).toBe('inService');
  });

  test('the worst of its faults is the one named', () => {
    const faults = (['paperLow', 'dispenserStopped', 'cashLow'] as const).map((code) => ({ code, since: 0 }));
    expect(worstFault(machine('m1', { faults }))?.code).toBe('dispenserStopped');
    expect(worstFault(machine('m1'))).toBeUndefined();
  });
});

test('a branch without machines answers with the same empty list every time: a page that compares must come to rest', () => {
  const state = { config: {} } as unknown as BranchState;
  expect(machineConfigs(state)).toBe(machineConfigs(state));
});
