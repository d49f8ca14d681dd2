import { describe, expect, test } from 'vitest';
import { branch } from '../branch.ts';
import { MINUTE, Scenario, SECOND, clock, head, manager, teller, testConfig } from '../testing/scenario.ts';

const kinds = (s: Scenario): string[] =>
  Object.values(s.state.attention)
    .map(({ kind, counterId }) => (counterId === undefined ? kind : `${kind} ${counterId}`))
    .sort();

describe('what the hub sees by itself', () => {
  test('an open window that nobody signed on to', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'counter.close', counterId: 'c1' });
    s.do({ type: 'counter.open', counterId: 'c2', staffId: 'teller1' });
    s.open('c1');
    expect(kinds(s)).toEqual(['unmanned c1']);
  });

  test('an open window that lets a customer wait five minutes', () => {
    const s = Scenario.open().open('c1');
    s.issue();
    s.pass(5 * MINUTE - 1);
    expect(kinds(s)).toEqual([]);
    s.pass(1);
    expect(kinds(s)).toEqual(['unmanned c1']);
    s.call();
    expect(kinds(s)).toEqual([]);
  });

  test('an idle window beside a long line', () => {
    const s = Scenario.open().open('c1', 'c4');
    for (let n = 0; n < 5; n += 1) s.issue();
    s.pass(MINUTE);
    expect(kinds(s)).toEqual(['idleBesideLine c1']);
  });

  test('windows closed for lack of staff at a peak', () => {
    const s = Scenario.open().open('c1');
    for (let n = 0; n < 6; n += 1) s.issue();
    s.call();
    s.issue();
    s.pass(2 * MINUTE - 1);
    expect(kinds(s)).not.toContain('windowsClosedAtPeak');
    s.pass(1);
    expect(kinds(s)).toContain('windowsClosedAtPeak');
    s.start().complete();
    s.call();
    expect(kinds(s)).not.toContain('windowsClosedAtPeak');
  });

  test('a pause too long, counted from the promised return where that is later', () => {
    const s = Scenario.open({ cashCountOnPause: false }).open('c1', 'c2');
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'form' });
    s.do({ type: 'counter.pause', counterId: 'c2', reason: 'lunch', backAt: s.now + 40 * MINUTE });
    s.pass(20 * MINUTE);
    expect(kinds(s)).toEqual(['pauseTooLong c1']);
    s.pass(20 * MINUTE);
    expect(kinds(s)).toEqual(['pauseTooLong c1', 'pauseTooLong c2']);
  });

  test('a return promised for tomorrow does not silence the alarm', () => {
    const s = Scenario.open({ cashCountOnPause: false }).open('c1');
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'form', backAt: s.now + 24 * 60 * MINUTE });
    s.pass(120 * MINUTE);
    expect(kinds(s)).toEqual(['pauseTooLong c1']);
  });

  test('a window closed with its cash uncounted says so for good', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'lunch' }, teller(1));
    s.do({ type: 'counter.close', counterId: 'c1' }, teller(1));
    expect(s.events('counter.closed')).toMatchObject([{ cashCount: 'missing' }]);
  });

  test('a teller signs on at a window left open with nobody behind it', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'counter.close', counterId: 'c1' });
    s.do({ type: 'counter.open', counterId: 'c2', staffId: 'teller1' });
    s.open('c1').do({ type: 'counter.close', counterId: 'c2' });
    expect(kinds(s)).toEqual(['unmanned c1']);
    s.do({ type: 'counter.open', counterId: 'c1' }, teller(1));
    expect(kinds(s)).toEqual([]);
    expect(s.refused({ type: 'counter.open', counterId: 'c1' }, teller(1))).toBe('counter.already_open');
  });

  test('a ticket left called, and one without a limit left serving', () => {
    const s = Scenario.open().open('c1', 'c4');
    s.issue();
    s.issue('wealth');
    s.call();
    s.call('c4');
    s.start('c4').pass(2 * MINUTE);
    expect(kinds(s)).toEqual(['calledTooLong c1']);
    s.start()
      .complete()
      .pass(28 * MINUTE);
    expect(kinds(s)).toEqual(['servingTooLong c4']);
  });

  test('the next transaction at the same window is not taken for one left serving', () => {
    const s = Scenario.open().open('c4');
    s.issue('wealth');
    s.call('c4');
    s.start('c4').pass(31 * MINUTE);
    expect(s.state.attention).toHaveProperty('servingTooLong:c4');
    s.do({ type: 'ticket.addItem', counterId: 'c4', serviceId: 'wealth' });
    expect(s.state.attention).not.toHaveProperty('servingTooLong:c4');
    s.pass(30 * MINUTE);
    expect(s.state.attention).toHaveProperty('servingTooLong:c4');
  });

  test('a window that may not call yet is no idle one', () => {
    const s = new Scenario();
    s.do({ type: 'branch.configure', config: testConfig() }, head);
    s.do({ type: 'branch.setPhase', phase: 'opening' }, head);
    s.open('c1', 'c2');
    for (let n = 0; n < 6; n += 1) s.issue();
    s.pass(10 * MINUTE);
    const kinds = (): string[] => Object.values(s.state.attention).map(({ kind }) => kind);
    expect(kinds()).not.toContain('idleBesideLine');
    expect(kinds()).not.toContain('unmanned');
    s.do({ type: 'branch.setPhase', phase: 'business' }, head);
    expect(kinds()).not.toContain('idleBesideLine');
    s.pass(MINUTE);
    expect(kinds()).toContain('idleBesideLine');
  });

  test('a transaction three minutes over may need help', () => {
    const s = Scenario.open().open('c1');
    s.issue();
    s.call();
    s.start().pass(5 * MINUTE - SECOND);
    expect(kinds(s)).toEqual([]);
    s.pass(SECOND);
    expect(kinds(s)).toEqual(['mayNeedHelp c1']);
  });

  test('a help call until somebody else answers it', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'help.call', counterId: 'c1', kind: 'change' }, teller(1));
    expect(kinds(s)).toEqual(['helpCalled c1']);
    expect(s.refused({ type: 'help.answer', counterId: 'c1', kind: 'change' }, teller(1))).toBe('help.own_call');
    s.pass(MINUTE).do({ type: 'help.answer', counterId: 'c1', kind: 'change' });
    expect(kinds(s)).toEqual([]);
    expect(s.events('help.answered')).toMatchObject([{ by: 'manager', waitedMs: MINUTE }]);
  });

  test('cash left uncounted: the second person confirms as themselves', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'lunch' }, teller(1));
    expect(kinds(s)).toEqual(['cashCountPending c1']);
    expect(s.refused({ type: 'counter.confirmCashCount', counterId: 'c1' }, teller(1))).toBe('cash.second_person_required');
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' }, teller(2));
    expect(s.counter('c1').cashCount).toMatchObject({ state: 'confirmed', by: 'teller2' });
    expect(kinds(s)).toEqual([]);
  });
});

describe('time', () => {
  test('who worked a window without signing on is not the second person at its cash either', () => {
    const s = Scenario.open();
    s.do({ type: 'counter.open', counterId: 'c2', staffId: 'teller1' });
    s.open('c1');
    s.do({ type: 'counter.close', counterId: 'c2' });
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'lunch' }, teller(1));
    expect(s.refused({ type: 'counter.confirmCashCount', counterId: 'c1' }, teller(1))).toBe('cash.second_person_required');
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' }, teller(2));
  });

  test('a tick that decides nothing writes nothing', () => {
    const s = Scenario.open().open('c1');
    const before = s.log.length;
    s.do({ type: 'clock.tick' }, clock);
    expect(s.log).toHaveLength(before);
  });

  test('after a tick whatever is due lies ahead', () => {
    const s = Scenario.open().open('c1', 'c2', 'c3');
    for (let n = 0; n < 20; n += 1) s.issue();
    s.call();
    s.start().call('c2');
    for (let n = 0; n < 200; n += 1) {
      const due = branch.due(s.state);
      if (due === undefined) break;
      s.now = Math.max(due, s.now);
      s.do({ type: 'clock.tick' }, clock);
      expect(branch.due(s.state)).toBeGreaterThan(s.now);
    }
  });
});

test('a configuration that contradicts itself or the floor is refused with its path', () => {
  const s = Scenario.open().open('c1');
  const { counters, services } = s.state.config ?? { counters: [], services: [] };
  const refusal = (config: object) => branch.decide(s.state, { type: 'branch.configure', config }, s.context(head));
  expect(refusal({ counters: counters.slice(1), roster: [] })).toMatchObject({ ok: false, refusal: { path: 'config.counters' } });
  expect(refusal({ services: services.slice(1) })).toMatchObject({ ok: false, refusal: { path: 'config.counters.0.serviceIds' } });
  expect(refusal({ roster: [{ staffId: 'x', role: 'teller', counterId: 'c99' }] })).toMatchObject({
    ok: false,
    refusal: { path: 'config.roster.0.counterId' },
  });
  expect(branch.decide(s.state, { type: 'ticket.callNext', counterId: 'nope' }, s.context(manager))).toMatchObject({
    ok: false,
    refusal: { path: 'counterId' },
  });
});

test('a service somebody parked still needs is not removed', () => {
  const s = Scenario.open().open('c4');
  s.issue('wealth');
  s.call('c4');
  s.do({ type: 'ticket.park', counterId: 'c4', reason: 'papers' });
  const { services, counters } = testConfig();
  const config = {
    services: services.filter(({ id }) => id !== 'wealth'),
    counters: counters.map((counter) => ({ ...counter, serviceIds: counter.serviceIds.filter((id) => id !== 'wealth') })),
  };
  expect(s.refused({ type: 'branch.configure', config }, head)).toBe('config.invalid');
});
