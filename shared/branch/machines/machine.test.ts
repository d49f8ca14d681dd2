import { describe, expect, test } from 'vitest';
import { FleetScenario, fleet, gateway } from '../testing/machines.ts';
import { HOUR, MINUTE, NINE, SECOND, clock, head, teller } from '../testing/scenario.ts';

const fine = { device: 'online' } as const;

describe('the registry', () => {
  test('a registered machine nobody has heard of is unknown, never online, and is no case', () => {
    const s = FleetScenario.start();
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', source: 'none', since: NINE, faults: [] });
    s.pass(HOUR);
    expect(s.types()).not.toContain('machine.lost');
    expect(s.state.cases.size).toBe(0);
    expect(s.attentionOf('machineDown')).toEqual([]);
  });

  test('a machine taken out of the registry goes, unless something of it is still open; the rest stays as it is', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.hear('m2', { device: 'hardwareError' });
    s.do({ type: 'branch.configure', config: { machines: fleet.filter(({ id }) => id === 'm1') } }, head);
    expect(Object.keys(s.state.machines)).toEqual(['m1', 'm2']);
    expect(s.machine('m1').state).toBe('inService');
    expect(s.refused({ type: 'machine.hear', machineId: 'm2', reports: [{ at: 9, status: fine }] }, gateway)).toBe('machine.unknown');
    const [open] = s.faultCases('m2');
    s.do({ type: 'case.resolve', caseId: open?.id ?? '', outcome: 'taken away', granted: 'granted' });
    s.do({ type: 'case.close', caseId: open?.id ?? '' });
    s.do({ type: 'branch.configure', config: {} }, head);
    expect(Object.keys(s.state.machines)).toEqual(['m1']);
  });

  test('each machine is registered once', () => {
    const s = FleetScenario.start();
    expect(s.refused({ type: 'branch.configure', config: { machines: [...fleet, ...fleet] } }, head)).toBe('config.invalid');
  });

  test('a name that every object has is no machine', () => {
    const s = FleetScenario.start();
    expect(s.refused({ type: 'machine.hear', machineId: 'constructor', reports: [] }, gateway)).toBe('machine.unknown');
    expect(s.refused({ type: 'machine.report', machineId: '__proto__', state: 'attention' })).toBe('machine.unknown');
  });
});

describe('what a machine tells', () => {
  test('a report says only what changed; the rest stays known', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', paper: 'low', units: [{ id: 'u1', replenishment: 'ok', count: 900 }] });
    s.hear('m1', { units: [{ id: 'u2', replenishment: 'low' }] }, { dispenser: 'ok' });
    expect(s.machine('m1').status).toEqual({
      device: 'online',
      dispenser: 'ok',
      paper: 'low',
      units: [
        { id: 'u1', replenishment: 'ok', count: 900 },
        { id: 'u2', replenishment: 'low' },
      ],
    });
    expect(s.machine('m1')).toMatchObject({ state: 'attention', source: 'telemetry' });
    expect(s.codes('m1')).toEqual(['cashLow', 'paperLow']);
  });

  test('a heartbeat writes nothing, nor does every customer at the machine', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', shutter: 'closed', units: [{ id: 'u1', count: 900 }] });
    expect(s.hear('m1', { device: 'online' })).toBe(0);
    expect(s.hear('m1', { device: 'deviceBusy', shutter: 'open', units: [{ id: 'u1', count: 899 }] })).toBe(0);
    s.pass(30 * SECOND);
    expect(s.hear('m1', { units: [{ id: 'u1', count: 880 }] })).toBe(1);
    expect(s.machine('m1').status?.units).toEqual([{ id: 'u1', count: 880 }]);
    expect(s.hear('m1', { units: [{ id: 'u1', count: 870 }] })).toBe(0);
  });

  test('reports are taken by the machine’s own clock: an older one changes nothing', () => {
    const s = FleetScenario.start();
    s.hearReports('m1', [
      { at: 20, status: fine },
      { at: 10, status: { device: 'hardwareError' } },
    ]);
    expect(s.machine('m1').state).toBe('inService');
    expect(s.events('machine.statusChanged').map(({ state }) => state)).toEqual(['outOfService', 'inService']);
    s.hearReports('m1', [{ at: 15, status: { device: 'offline' } }]);
    expect(s.machine('m1').state).toBe('inService');
  });

  test('a machine whose clock ran far ahead once is believed again at its next word', () => {
    const s = FleetScenario.start();
    s.hearReports('m1', [{ at: NINE + 365 * 24 * HOUR, status: fine }]);
    s.hearReports('m1', [{ at: NINE, status: { device: 'hardwareError' } }]);
    expect(s.machine('m1').state).toBe('outOfService');
  });

  test('a fault keeps the instant it began while it lasts', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', paper: 'out' });
    s.pass(MINUTE);
    s.hear('m1', { reader: 'jammed' });
    expect(s.machine('m1').faults).toEqual([
      { code: 'cardJam', since: NINE + MINUTE },
      { code: 'paperOut', since: NINE },
    ]);
    expect(s.machine('m1')).toMatchObject({ state: 'outOfService', since: NINE + MINUTE });
  });

  test.each([
    ['a part that is known to work', { dispenser: 'ok' }, 'inService'],
    ['nothing that is known', { dispenser: 'unknown' }, 'unknown'],
    ['a device that does not know', { device: 'unknown', dispenser: 'ok' }, 'unknown'],
    ['a device that is starting', { device: 'starting', paper: 'low' }, 'unknown'],
    ['an ATM that does not know of its dispenser', { device: 'online', dispenser: 'unknown', paper: 'low' }, 'unknown'],
    ['an ATM that does not know of its paper', { device: 'online', dispenser: 'ok', paper: 'unknown' }, 'inService'],
    ['a device with a customer', { device: 'deviceBusy' }, 'inService'],
    ['an open door', { device: 'online', door: 'open' }, 'attention'],
    ['power off', { device: 'powerOff' }, 'outOfService'],
    ['a stopped dispenser', { device: 'online', dispenser: 'stop' }, 'outOfService'],
    [
      'one empty cassette of two',
      {
        device: 'online',
        units: [
          { id: 'u1', replenishment: 'empty' },
          { id: 'u2', replenishment: 'low' },
        ],
      },
      'attention',
    ],
    [
      'nothing left to pay out',
      {
        device: 'online',
        units: [
          { id: 'u1', replenishment: 'empty' },
          { id: 'u2', replenishment: 'empty' },
          { id: 'u3', status: 'notConfigured' },
        ],
      },
      'outOfService',
    ],
    ['a manipulated cassette', { device: 'online', units: [{ id: 'u1', status: 'manipulated' }] }, 'outOfService'],
  ] as const)('%s', (_what, status, state) => {
    const s = FleetScenario.start();
    s.hear('m1', structuredClone(status) as Parameters<typeof s.hear>[1]);
    expect(s.machine('m1').state).toBe(state);
  });

  test('a printer without paper is of no use; an ATM without paper still pays out', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', paper: 'out' });
    s.hear('m3', { device: 'online', paper: 'out' });
    expect([s.machine('m1').state, s.machine('m3').state]).toEqual(['attention', 'outOfService']);
    s.hear('m3', { paper: 'unknown' });
    expect(s.machine('m3').state).toBe('unknown');
  });
});

describe('silence', () => {
  test('a machine not heard for 30 s is unknown since then, its last words kept, and is a case', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'online', paper: 'low' });
    s.silence(29 * SECOND);
    expect(s.machine('m1').state).toBe('attention');
    s.silence(SECOND);
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', source: 'telemetry', since: NINE + 30 * SECOND, saidAt: NINE });
    expect(s.codes('m1')).toEqual(['silent', 'paperLow']);
    expect(s.events('machine.lost')).toMatchObject([{ lastHeardAt: NINE, dueAt: NINE + 30 * SECOND }]);
    expect(s.openFaults('m1')).toEqual(['silent']);
    expect(s.attentionOf('machineDown')).toEqual(['m1']);
    s.hear('m1', { device: 'online' });
    expect(s.machine('m1')).toMatchObject({ state: 'attention', silentSince: undefined });
    expect(s.attentionOf('machineDown')).toEqual([]);
  });

  test('who was heard meanwhile, is silent already, or was never heard, is not lost', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.pass(40 * SECOND);
    s.hear('m1', { paper: 'low' });
    const before = s.log.length;
    s.do({ type: 'machine.lose', machineId: 'm1', lastHeardAt: NINE }, clock);
    s.do({ type: 'machine.lose', machineId: 'm2', lastHeardAt: NINE }, clock);
    s.do({ type: 'machine.lose', machineId: 'gone', lastHeardAt: NINE }, clock);
    expect(s.types(before)).toEqual([]);
    s.silence(MINUTE);
    s.do({ type: 'machine.lose', machineId: 'm1', lastHeardAt: s.now - MINUTE }, clock);
    expect(s.events('machine.lost')).toHaveLength(1);
  });

  test('after a stop longer than 30 s whatever had been heard is unknown; after a shorter one it may still speak', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.now += 20 * SECOND;
    s.do({ type: 'hub.resumed', downFrom: NINE }, clock);
    expect(s.machine('m1').state).toBe('inService');
    s.now += HOUR;
    s.do({ type: 'hub.resumed', downFrom: NINE + 20 * SECOND }, clock);
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', since: NINE + 50 * SECOND });
    expect(s.machine('m2')).toMatchObject({ state: 'unknown', faults: [] });
    expect(s.openFaults('m1')).toEqual(['silent']);
  });
});

describe('what staff report', () => {
  test('their word stands over telemetry, with its source and age, until staff say otherwise', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.pass(MINUTE);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'outOfService', note: '屏幕破裂' }, teller(1));
    s.hear('m1', { device: 'online', paper: 'low' });
    expect(s.machine('m1')).toMatchObject({ state: 'outOfService', source: 'staff', saidAt: NINE + MINUTE });
    expect(s.codes('m1')).toEqual(['other', 'paperLow']);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'inService' });
    expect(s.machine('m1')).toMatchObject({ state: 'attention', source: 'telemetry', handReport: undefined });
  });

  test('whoever reports a fault by hand owns its case; nobody else’s fault becomes theirs', () => {
    const s = FleetScenario.start();
    s.do({ type: 'machine.report', machineId: 'm3', state: 'outOfService', fault: 'paperJam' }, teller(2));
    expect(s.faultCases('m3')).toMatchObject([{ fault: 'paperJam', line: 'clear', ownerId: 'teller2', state: 'logged' }]);
    s.hear('m1', { device: 'hardwareError' });
    expect(s.faultCases('m1')).toMatchObject([{ fault: 'hardwareError', line: 'maintenance', severity: 2, ownerId: 'manager' }]);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'outOfService', fault: 'hardwareError' }, teller(2));
    expect(s.faultCases('m1')).toHaveLength(1);
  });

  test('for a machine without telemetry it is all that is known; it lapses', () => {
    const s = FleetScenario.start();
    s.do({ type: 'machine.report', machineId: 'm3', state: 'inService' });
    expect(s.machine('m3')).toMatchObject({ state: 'inService', source: 'staff' });
    s.pass(12 * HOUR);
    expect(s.machine('m3')).toMatchObject({ state: 'unknown', source: 'none', since: NINE + 12 * HOUR });
    expect(s.events('machine.reportLapsed')).toMatchObject([{ dueAt: NINE + 12 * HOUR }]);
  });

  test('a fault nobody mentioned again keeps its case when the report lapses', () => {
    const s = FleetScenario.start();
    s.do({ type: 'machine.report', machineId: 'm3', state: 'attention' });
    s.pass(13 * HOUR);
    expect(s.machine('m3')).toMatchObject({ state: 'unknown', faults: [] });
    expect(s.openFaults('m3')).toEqual(['other']);
    expect(s.types()).not.toContain('case.recovered');
    s.do({ type: 'machine.report', machineId: 'm3', state: 'inService' });
    s.pass(10 * MINUTE);
    expect(s.faultCases('m3')).toMatchObject([{ state: 'closed' }]);
  });

  test.each(['inService', 'attention'] as const)('“%s” was said before it fell silent: that is no longer known', (state) => {
    const s = FleetScenario.start();
    // Starting, it does not say that it serves; staff say so.
    s.hear('m1', { device: 'starting' });
    s.do({ type: 'machine.report', machineId: 'm1', state });
    expect(s.machine('m1')).toMatchObject({ state, source: 'staff' });
    s.silence(MINUTE);
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', since: NINE + 30 * SECOND });
    s.do({ type: 'machine.report', machineId: 'm1', state });
    expect(s.machine('m1')).toMatchObject({ state, source: 'staff' });
  });

  test('what staff saw broken before it fell silent is broken', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'outOfService' });
    s.silence(MINUTE);
    expect(s.machine('m1')).toMatchObject({ state: 'outOfService', source: 'staff' });
  });

  test('of an attention told by hand and then silence, after the machine speaks again the attention is still there', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'attention' });
    s.silence(MINUTE);
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', source: 'telemetry' });
    s.hear('m1', fine);
    expect(s.machine('m1')).toMatchObject({ state: 'attention', source: 'staff' });
  });

  test('silent, a machine is what staff say of it; once it speaks again it speaks for itself', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.silence(MINUTE);
    s.do({ type: 'machine.report', machineId: 'm1', state: 'inService' });
    expect(s.machine('m1')).toMatchObject({ state: 'inService', source: 'staff' });
    s.hear('m1', { dispenser: 'attention' });
    expect(s.machine('m1')).toMatchObject({ state: 'attention', source: 'telemetry', handReport: undefined });
  });
});
