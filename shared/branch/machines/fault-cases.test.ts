import { describe, expect, test } from 'vitest';
import { FleetScenario, gateway } from '../testing/machines.ts';
import { HOUR, MINUTE, NINE, SECOND, clock, manager, teller } from '../testing/scenario.ts';
import { faultTable } from './fault-table.ts';

const fine = { device: 'online' } as const;

function broken(): FleetScenario {
  const s = FleetScenario.start();
  s.hear('m1', fine, { device: 'online', reader: 'jammed' });
  return s;
}

describe('a fault is work', () => {
  test('it has an owner, a deadline, and says who is to see to it', () => {
    const s = broken();
    expect(s.faultCases('m1')).toMatchObject([
      { kind: 'machineFault', fault: 'cardJam', line: 'clear', severity: 3, ownerId: 'manager', state: 'logged', occurrences: 1 },
    ]);
    expect(s.faultCases('m1')[0]?.ackDueAt).toBe(NINE + 15 * MINUTE);
    s.hear('m2', { device: 'online', dispenser: 'stop' });
    expect(s.faultCases('m2')).toMatchObject([{ fault: 'dispenserStopped', line: 'maintenance', severity: 2 }]);
  });

  test('nobody closes it while the machine still tells of it; resolved, it closes by itself once the fault is gone', () => {
    const s = broken();
    const caseId = s.faultCases('m1')[0]?.id ?? '';
    s.do({ type: 'case.resolve', caseId, outcome: '已取出' });
    expect(s.refused({ type: 'case.close', caseId })).toBe('case.fault_there');
    expect(s.openFaults('m1')).toEqual(['cardJam']);
    s.hear('m1', { reader: 'ok' });
    s.pass(HOUR);
    expect(s.openFaults('m1')).toEqual([]);
  });

  test('no customer answers it: an old one does not come back beside the new one', () => {
    const s = broken();
    const caseId = s.faultCases('m1')[0]?.id ?? '';
    s.do({ type: 'case.resolve', caseId, outcome: '已取出' });
    s.hear('m1', { reader: 'ok' });
    s.pass(HOUR);
    s.hear('m1', { reader: 'jammed' });
    expect(s.refused({ type: 'case.reply', caseId, satisfied: false })).toBe('case.no_customer');
    expect(s.openFaults('m1')).toEqual(['cardJam']);
  });

  test('told of by a teller it is theirs, and offered at once to the lobby manager on duty', () => {
    const s = FleetScenario.start();
    s.do({ type: 'machine.report', machineId: 'm3', state: 'outOfService', fault: 'paperJam' }, teller(1));
    expect(s.faultCases('m3')).toMatchObject([{ ownerId: 'teller1', offeredTo: 'manager' }]);
    s.do({ type: 'machine.report', machineId: 'm2', state: 'attention', fault: 'paperJam' });
    expect(s.faultCases('m2')[0]).toMatchObject({ ownerId: 'manager' });
    expect(s.faultCases('m2')[0]?.offeredTo).toBeUndefined();
  });

  test('what mends itself in passing is none', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'deviceBusy', paper: 'low', door: 'open', dispenser: 'attention' });
    expect(s.machine('m1').state).toBe('attention');
    expect(s.state.cases.size).toBe(0);
  });

  test('a second cassette running low is no second case', () => {
    const s = FleetScenario.start();
    s.hear('m1', { units: [{ id: 'u1', replenishment: 'low' }] }, { units: [{ id: 'u2', replenishment: 'low' }] });
    expect(s.machine('m1').faults).toHaveLength(2);
    expect(s.faultCases('m1')).toMatchObject([{ fault: 'cashLow', occurrences: 1 }]);
    s.hear('m1', { units: [{ id: 'u1', replenishment: 'ok' }] });
    expect(s.types()).not.toContain('case.recovered');
  });

  test('flapping gives one case, not twenty, with how often it came', () => {
    const s = broken();
    for (let n = 0; n < 19; n += 1) {
      s.pass(10 * SECOND);
      s.hear('m1', { reader: 'ok' });
      s.pass(10 * SECOND);
      s.hear('m1', { reader: 'jammed' });
    }
    expect(s.faultCases('m1')).toMatchObject([{ occurrences: 20 }]);
    expect(s.faultCases('m1')[0]?.recoveredAt).toBeUndefined();
  });

  test('gone for the settling time, recovery closes it and the record stays; later it is a new case', () => {
    const s = broken();
    s.hear('m1', { reader: 'ok' });
    expect(s.faultCases('m1')).toMatchObject([{ recoveredAt: NINE, state: 'logged' }]);
    s.pass(10 * MINUTE);
    expect(s.events('case.closed')).toMatchObject([{ how: 'recovered', at: NINE + 10 * MINUTE, actor: 'clock' }]);
    s.hear('m1', { reader: 'jammed' });
    expect(s.faultCases('m1').map(({ state }) => state)).toEqual(['closed', 'logged']);
  });

  test('a deadline that fell before it settled is passed first, also after a long stop', () => {
    const s = broken();
    s.pass(8 * MINUTE);
    s.hear('m1', { reader: 'ok' });
    s.now += 2 * HOUR;
    s.do({ type: 'clock.tick' }, clock);
    expect(s.types().filter((type) => type === 'case.escalated' || type === 'case.closed')).toEqual(['case.escalated', 'case.closed']);
    const calm = broken();
    calm.pass(MINUTE);
    calm.hear('m1', { reader: 'ok' });
    calm.now += 2 * HOUR;
    calm.do({ type: 'clock.tick' }, clock);
    expect(calm.types().filter((type) => type === 'case.escalated' || type === 'case.closed')).toEqual(['case.closed']);
  });

  test.each(['cardRetained', 'fraudAttempt', 'doorTampered', 'unitManipulated'] as const)('%s needs a person, gone or not', (code) => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    if (code === 'cardRetained') s.hear('m1', { reader: 'cardRetained' }, { reader: 'ok' });
    if (code === 'fraudAttempt') s.hear('m1', { device: 'fraudAttempt' }, fine);
    if (code === 'doorTampered') s.hear('m1', { door: 'tampered' }, { door: 'locked' });
    if (code === 'unitManipulated') s.hear('m1', { units: [{ id: 'u1', status: 'manipulated' }] }, { units: [{ id: 'u1', status: 'ok' }] });
    for (let n = 0; n < 12; n += 1) {
      s.pass(5 * MINUTE);
      s.hear('m1', fine);
    }
    expect(s.machine('m1').state).toBe('inService');
    expect(s.openFaults('m1')).toEqual([code]);
    for (const cardId of Object.keys(s.state.cards)) s.do({ type: 'card.collect', cardId });
    s.do({ type: 'case.resolve', caseId: s.faultCases('m1')[0]?.id ?? '', outcome: '已检查', granted: 'granted' });
    s.pass(SECOND);
    expect(s.openFaults('m1')).toEqual([]);
  });

  test('said to be put right and back again it is new work, with clocks of its own', () => {
    const s = broken();
    s.do({ type: 'case.resolve', caseId: s.faultCases('m1')[0]?.id ?? '', outcome: '已清理', granted: 'granted' });
    s.hear('m1', { reader: 'ok' });
    s.pass(MINUTE);
    s.hear('m1', { reader: 'jammed' });
    expect(s.faultCases('m1')).toMatchObject([{ state: 'closed' }, { state: 'logged', ackDueAt: NINE + 16 * MINUTE }]);
  });

  test('silence mends nothing', () => {
    const s = broken();
    s.silence(HOUR);
    expect(new Set(s.openFaults('m1'))).toEqual(new Set(['cardJam', 'silent']));
    s.hear('m1', fine);
    s.pass(10 * MINUTE);
    expect(s.openFaults('m1')).toEqual(['cardJam']);
  });

  test('a machine that says it does not know is work as one that says nothing is: same patience, one case, closed by recovery', () => {
    const s = FleetScenario.start();
    s.hear('m1', fine);
    s.hear('m1', { device: 'unknown' });
    expect(s.machine('m1')).toMatchObject({ state: 'unknown', faults: [] });
    s.pass(30 * SECOND - 1);
    expect([s.openFaults('m1'), s.attentionOf('machineDown')]).toEqual([[], []]);
    s.pass(1);
    expect(s.faultCases('m1')).toMatchObject([
      { fault: 'stateUnknown', line: 'clear', severity: 3, ownerId: 'manager', ackDueAt: NINE + 30 * SECOND + 15 * MINUTE },
    ]);
    expect(s.events('machine.doubted')).toMatchObject([{ state: 'unknown', dueAt: NINE + 30 * SECOND }]);
    expect(s.attentionOf('machineDown')).toEqual(['m1']);
    for (let n = 0; n < 19; n += 1) {
      s.hear('m1', fine);
      expect(s.attentionOf('machineDown')).toEqual([]);
      s.pass(10 * SECOND);
      s.hear('m1', { device: 'unknown' });
      s.pass(30 * SECOND);
    }
    expect(s.faultCases('m1')).toMatchObject([{ occurrences: 20 }]);
    s.hear('m1', fine);
    s.pass(10 * MINUTE);
    expect(s.openFaults('m1')).toEqual([]);
    expect(s.events('case.closed')).toMatchObject([{ how: 'recovered' }]);
  });

  test('whatever leaves it unknown counts: still starting, or not knowing of its own work', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'starting' });
    s.hear('m2', { device: 'online', dispenser: 'unknown' });
    s.pass(20 * SECOND);
    s.hear('m1', fine);
    s.hear('m2', { paper: 'unknown' });
    s.pass(10 * SECOND);
    expect([s.openFaults('m1'), s.openFaults('m2')]).toEqual([[], ['stateUnknown']]);
  });

  test('what somebody has looked at is not unknown: it becomes work when their word grows old', () => {
    const s = FleetScenario.start();
    s.hear('m1', { device: 'unknown' });
    s.do({ type: 'machine.report', machineId: 'm1', state: 'inService' });
    s.pass(12 * HOUR + 30 * SECOND - 1);
    expect(s.openFaults('m1')).toEqual([]);
    s.pass(1);
    expect(s.openFaults('m1')).toEqual(['stateUnknown']);
  });

  test('while it is worked on it may say what it likes; after that it is work; never heard of it is none', () => {
    const s = FleetScenario.start();
    s.do({ type: 'machine.planMaintenance', machineId: 'm1', fromAt: NINE, untilAt: NINE + HOUR });
    s.hear('m1', { device: 'unknown' });
    s.pass(HOUR - 1);
    expect([s.openFaults('m1'), s.attentionOf('machineDown')]).toEqual([[], []]);
    s.pass(1);
    expect([s.openFaults('m1'), s.attentionOf('machineDown')]).toEqual([['stateUnknown'], ['m1']]);
    expect(s.openFaults('m2')).toEqual([]);
  });

  test('every fault of the table names a line and a severity', () => {
    for (const { line, severity } of Object.values(faultTable)) {
      expect(['clear', 'maintenance']).toContain(line);
      expect(severity).toBeGreaterThanOrEqual(1);
      expect(severity).toBeLessThanOrEqual(4);
    }
  });
});

describe('retained cards', () => {
  test('a card the machine keeps is in the register once, however often the reader says so', () => {
    const s = FleetScenario.start();
    s.hear('m1', { reader: 'cardRetained' }, { reader: 'ok' }, { reader: 'cardRetained' });
    expect(s.events('card.registered')).toHaveLength(1);
    expect(s.attentionOf('cardRetained')).toEqual(['m1']);
    s.hear('m1', { reader: 'ok' });
    s.pass(HOUR);
    s.hear('m1', { reader: 'cardRetained' });
    expect(s.events('card.registered')).toHaveLength(2);
    expect(s.faultCases('m1')).toHaveLength(1);
  });

  test('the next card is another one as soon as the one before was taken out, however soon it comes', () => {
    const s = FleetScenario.start();
    s.hear('m1', { reader: 'cardRetained' });
    s.do({ type: 'card.collect', cardId: Object.keys(s.state.cards)[0] ?? '' }, teller(1));
    s.hear('m1', { reader: 'ok' });
    s.pass(MINUTE);
    s.hear('m1', { reader: 'cardRetained' });
    expect(s.events('card.registered')).toHaveLength(2);
    expect(s.attentionOf('cardRetained')).toEqual(['m1']);
    expect(s.faultCases('m1')).toHaveLength(1);
  });

  const inside = (s: FleetScenario) => Object.values(s.state.attention).filter(({ kind }) => kind === 'cardRetained');

  test('the fault is gone, the card is not: it stays somebody’s, with a deadline, until it is taken out', () => {
    const s = FleetScenario.start();
    s.hear('m1', { reader: 'cardRetained' }, { reader: 'ok' });
    const caseId = s.faultCases('m1')[0]?.id ?? '';
    s.do({ type: 'case.acknowledge', caseId });
    s.pass(HOUR);
    expect(inside(s)).toMatchObject([{ machineId: 'm1', staffId: 'manager' }]);
    const resolve = { type: 'case.resolve', caseId, outcome: '已取出' } as const;
    expect(s.refused(resolve)).toBe('case.card_inside');
    expect(s.state.cases.get(caseId)?.actDueAt).toBe(NINE + 4 * HOUR);
    s.do({ type: 'card.collect', cardId: Object.keys(s.state.cards)[0] ?? '' }, teller(1));
    expect(inside(s)).toEqual([]);
    s.do(resolve);
    s.pass(SECOND);
    expect(s.openFaults('m1')).toEqual([]);
  });

  test('registered by hand it is theirs who did so, a teller’s at once offered on; a second one in the same machine goes with it', () => {
    const s = FleetScenario.start();
    s.do({ type: 'card.register', machineId: 'm1' }, teller(1));
    s.do({ type: 'card.register', machineId: 'm1' });
    expect(s.faultCases('m1')).toMatchObject([{ fault: 'cardRetained', ownerId: 'teller1', offeredTo: 'manager', state: 'logged' }]);
    expect(inside(s).map(({ staffId }) => staffId)).toEqual(['teller1', 'teller1']);
    s.do({ type: 'case.accept', caseId: s.faultCases('m1')[0]?.id ?? '' });
    expect(inside(s).map(({ staffId }) => staffId)).toEqual(['manager', 'manager']);
  });

  test('from the machine to the branch, from the branch to its owner', () => {
    const s = FleetScenario.start();
    const card = s.do(
      { type: 'card.register', machineId: 'm1', lastDigits: '1234', contact: { name: '张三', phone: '13800000000' } },
      teller(1),
    ).cardId as string;
    expect(JSON.stringify(s.log)).not.toContain('13800000000');
    expect(JSON.stringify(s.log)).not.toContain('1234"');
    expect(s.refused({ type: 'card.handBack', cardId: card, identityChecked: true })).toBe('card.not_collected');
    s.do({ type: 'card.collect', cardId: card }, teller(1));
    expect(s.attentionOf('cardRetained')).toEqual([]);
    expect(s.refused({ type: 'card.collect', cardId: card })).toBe('card.already_collected');
    s.do({ type: 'card.handBack', cardId: card, identityChecked: true });
    expect(s.state.cards).toEqual({});
    expect(s.refused({ type: 'card.destroy', cardId: card, reason: 'x' })).toBe('card.unknown');
  });

  test('nobody came for it: destroyed, with a reason', () => {
    const s = FleetScenario.start();
    const cardId = s.do({ type: 'card.register', machineId: 'm1' }).cardId as string;
    s.do({ type: 'card.collect', cardId, lastDigits: '9876' });
    s.do({ type: 'card.destroy', cardId, reason: '逾期未领' });
    expect(s.state.cards).toEqual({});
    expect(s.refused({ type: 'card.register', machineId: 'nowhere' })).toBe('machine.unknown');
  });
});

describe('replenishment', () => {
  const replenish = (s: FleetScenario, countedFen = 100, expectedFen = 100): string =>
    s.do({ type: 'machine.replenish', machineId: 'm1', loadedFen: 500, countedFen, expectedFen }, teller(1)).replenishmentId as string;
  const confirm = (replenishmentId: string) => ({ type: 'machine.confirmReplenishment', machineId: 'm1', replenishmentId }) as const;

  test('is done by two people, each as themselves', () => {
    const s = FleetScenario.start();
    const id = replenish(s);
    expect(s.attentionOf('replenishmentPending')).toEqual(['m1']);
    expect(s.refused(confirm(id), teller(1))).toBe('replenish.second_person');
    expect(s.refused({ ...confirm(id), machineId: 'm2' }, teller(2))).toBe('replenish.unknown');
    expect(s.do(confirm(id), teller(2))).toEqual({ differenceFen: 0 });
    expect(s.state.replenishments).toEqual({});
    expect(s.attentionOf('replenishmentPending')).toEqual([]);
    expect(s.refused(confirm(id), manager)).toBe('replenish.unknown');
  });

  test('counted wrong, or otherwise by the second person, it is withdrawn before two people stand for it, not after', () => {
    const s = FleetScenario.start();
    const withdraw = (id: string) =>
      ({ type: 'machine.withdrawReplenishment', machineId: 'm1', replenishmentId: id, reason: '数错了' }) as const;
    const wrong = replenish(s, 90, 100);
    s.do(withdraw(wrong), teller(2));
    expect(s.refused(confirm(wrong), teller(2))).toBe('replenish.unknown');
    expect(s.attentionOf('replenishmentPending')).toEqual([]);
    s.pass(20 * HOUR);
    expect(s.events('machine.differenceReminded')).toEqual([]);
    const right = replenish(s, 90, 100);
    s.do(confirm(right), teller(2));
    expect(s.refused(withdraw(right), teller(1))).toBe('replenish.already_confirmed');
    expect(JSON.stringify(s.log)).not.toContain('数错了');
  });

  test('a difference is settled the same business day and reminds until it is, the day over or not', () => {
    const s = FleetScenario.start();
    const id = replenish(s, 90, 100);
    expect(s.refused({ type: 'machine.settleDifference', machineId: 'm1', replenishmentId: id, explanation: 'x' })).toBe(
      'replenish.not_confirmed',
    );
    const midnight = NINE + 15 * HOUR;
    expect(s.do(confirm(id), teller(2))).toEqual({ differenceFen: -10, settleBy: midnight });
    expect(s.refused(confirm(id), manager)).toBe('replenish.already_confirmed');
    expect(s.attentionOf('cashDifference')).toEqual(['m1']);
    s.pass(16 * HOUR);
    const reminded = s.events('machine.differenceReminded');
    expect(reminded.map(({ dueAt }) => (dueAt - NINE) / HOUR)).toEqual(Array.from({ length: 16 }, (_none, n) => n + 1));
    expect(reminded.map(({ overdue }) => overdue)).toEqual([...Array.from({ length: 14 }, () => false), true, true]);
    s.do({ type: 'machine.settleDifference', machineId: 'm1', replenishmentId: id, explanation: '一张夹在出钞口' });
    expect(s.attentionOf('cashDifference')).toEqual([]);
    s.pass(5 * HOUR);
    expect(s.events('machine.differenceReminded')).toHaveLength(16);
  });

  test('whoever confirms a day late wins no day: the difference is of the day it was counted', () => {
    const s = FleetScenario.start();
    const midnight = NINE + 15 * HOUR;
    const id = replenish(s, 90, 100);
    s.pass(16 * HOUR);
    expect(s.events('machine.differenceReminded').at(-1)).toMatchObject({ dueAt: s.now, overdue: true });
    expect(s.do(confirm(id), teller(2))).toEqual({ differenceFen: -10, settleBy: midnight });
    s.pass(HOUR);
    expect(s.events('machine.differenceReminded').at(-1)).toMatchObject({ dueAt: s.now, overdue: true });
  });

  test('with posted hours the day ends at closing, and it reminds the moment that has passed; a long stop reminds once', () => {
    const s = FleetScenario.start((config) => ({ ...config, hours: { ...config.hours, roundTheClock: false } }));
    const id = replenish(s, 110, 100);
    s.pass(30 * MINUTE);
    expect(s.do(confirm(id), teller(2))).toMatchObject({ settleBy: NINE + 8 * HOUR });
    s.pass(7 * HOUR + 30 * MINUTE);
    expect(s.events('machine.differenceReminded').at(-1)).toMatchObject({ dueAt: NINE + 8 * HOUR, overdue: true });
    const before = s.events('machine.differenceReminded').length;
    s.now += 10 * HOUR;
    s.do({ type: 'clock.tick' }, clock);
    expect(s.events('machine.differenceReminded')).toHaveLength(before + 1);
    expect(s.refused({ type: 'machine.hear', machineId: 'm7', reports: [] }, gateway)).toBe('machine.unknown');
  });
});
