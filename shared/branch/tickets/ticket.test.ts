import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../aggregate.ts';
import { branch } from '../branch.ts';
import { HOUR, MINUTE, NINE, Scenario, SECOND, clock, head, shanghai, teller } from '../testing/scenario.ts';

describe('numbers', () => {
  test('run per letter from 001 and on past 999', () => {
    const s = Scenario.open();
    expect(s.do({ type: 'ticket.issue', serviceId: 'deposit' })).toMatchObject({ number: 'A001', ahead: 0 });
    expect(s.do({ type: 'ticket.issue', serviceId: 'withdrawal' })).toMatchObject({ number: 'B001', ahead: 1 });
    for (let n = 2; n < 1000; n += 1) s.issue();
    expect(s.do({ type: 'ticket.issue', serviceId: 'deposit' })).toMatchObject({ number: 'A1000' });
    expect(new Set(s.events('ticket.issued').map(({ number }) => number)).size).toBe(1001);
  });

  test('start again at local midnight, not at UTC’s, and those left waiting become unserved, not no-shows', () => {
    const s = Scenario.open();
    const left = s.issue();
    s.now = Date.UTC(2026, 10, 23, 15, 59, 0);
    expect(s.do({ type: 'ticket.issue', serviceId: 'deposit' })).toMatchObject({ number: 'A002' });
    s.pass(MINUTE);
    expect(s.events('ticket.unserved').map(({ ticketId }) => ticketId)).toEqual([left, '20261123-A002']);
    expect(s.state.day).toMatchObject({ date: '2026-11-24', phase: 'business' });
    expect(s.do({ type: 'ticket.issue', serviceId: 'deposit' })).toMatchObject({ number: 'A001', ticketId: '20261124-A001' });
  });

  test('run on when the branch’s zone is corrected to one where it is the same date still', () => {
    const s = Scenario.open();
    expect(s.ticket(s.issue()).number).toBe('A001');
    const endsAt = s.state.day?.endsAt ?? 0;
    const corrected = endsAt + 7 * HOUR;
    const calendar: Calendar = {
      ...shanghai,
      dayOf: (at) => (at < corrected ? { date: '2026-11-23', endsAt: corrected } : { date: '2026-11-24', endsAt: corrected + 24 * HOUR }),
    };
    const tick = (now: number): void => {
      const decision = branch.decide(s.state, { type: 'clock.tick' }, { ...s.context(clock), now, calendar });
      if (decision.ok) s.state = decision.state;
      s.now = now;
    };
    tick(endsAt);
    expect(s.state.day).toMatchObject({ date: '2026-11-23', endsAt: corrected, phase: 'business' });
    expect(s.ticket(s.issue()).number).toBe('A002');
    tick(corrected);
    expect(s.state.day?.date).toBe('2026-11-24');
    expect(s.state.tickets.size).toBe(0);
  });

  test('are refused, with what to do, once the last number has gone', () => {
    const s = Scenario.open();
    s.issue();
    expect(s.do({ type: 'branch.setPhase', phase: 'lastNumber' })).toMatchObject({ lastNumber: 'A001' });
    expect(s.refused({ type: 'ticket.issue', serviceId: 'deposit' })).toBe('numbers.closed');
    s.open('c1');
    s.call();
  });

  test('for a service the branch does not have name the field', () => {
    expect(Scenario.open().refused({ type: 'ticket.issue', serviceId: 'nope' })).toBe('service.unknown');
  });

  test('keep contacts out of the log', () => {
    const s = Scenario.open();
    s.issue('deposit', 'ordinary', { contact: { phone: '13800138000', name: '王小明' } });
    expect(JSON.stringify(s.log)).not.toMatch(/13800138000|王小明/);
    expect(s.events('ticket.issued')[0]?.contactRef).toBeDefined();
  });
});

describe('one press a customer', () => {
  test('a second press at a counter that is calling changes nothing', () => {
    const s = Scenario.open().open('c1');
    const first = s.issue();
    s.issue();
    expect(s.call()).toBe(first);
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c1' })).toBe('counter.busy');
  });

  test('finish-and-call-next names the ticket it finishes, so a second press neither finishes nor calls', () => {
    const s = Scenario.open().open('c1');
    const [first, second] = [s.issue(), s.issue()];
    s.issue();
    s.call();
    s.start();
    expect(s.do({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: first })).toMatchObject({
      finished: first,
      ticketId: second,
    });
    expect(s.refused({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: first })).toBe('ticket.not_current');
    expect(s.counter('c1')).toMatchObject({ state: 'calling', ticketId: second });
  });

  test('finishing with nobody waiting leaves the counter idle', () => {
    const s = Scenario.open().open('c1');
    const only = s.issue();
    s.call();
    s.start();
    expect(s.do({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: only })).toMatchObject({ called: null });
    expect(s.counter('c1').state).toBe('idle');
  });

  test('a called customer who was never started cannot be finished', () => {
    const s = Scenario.open().open('c1');
    s.issue();
    s.call();
    expect(s.refused({ type: 'ticket.complete', counterId: 'c1' })).toBe('ticket.not_started');
  });

  test('pause after this one pauses instead of calling the next', () => {
    const s = Scenario.open().open('c1');
    const first = s.issue();
    s.issue();
    s.call();
    s.start().do({ type: 'counter.pauseAfter', counterId: 'c1', reason: 'lunch', backAt: s.now + 30 * MINUTE });
    expect(s.do({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: first })).toMatchObject({ paused: true, called: null });
    expect(s.counter('c1')).toMatchObject({ state: 'paused', backAt: s.now + 30 * MINUTE });
  });

  test('two counters never get the same ticket', () => {
    const s = Scenario.open().open('c1', 'c2');
    s.issue();
    s.call('c1');
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c2' })).toBe('queue.empty');
  });

  test('calling a given one needs it waiting and the counter able', () => {
    const s = Scenario.open().open('c1', 'c4');
    const id = s.issue();
    expect(s.refused({ type: 'ticket.call', counterId: 'c4', ticketId: id, reason: 'x' })).toBe('counter.cannot_serve');
    s.do({ type: 'ticket.call', counterId: 'c1', ticketId: id, reason: 'x' });
    expect(s.ticket(id)).toMatchObject({ state: 'called', orderReason: 'chosen' });
  });

  test('where the bank says so an unrepeated call starts service by itself', () => {
    const s = Scenario.open({ autoStart: true }).open('c1');
    const id = s.issue();
    s.call();
    s.pass(10 * SECOND).do({ type: 'ticket.recall', counterId: 'c1' });
    s.pass(19 * SECOND);
    expect(s.ticket(id).state).toBe('called');
    s.pass(SECOND);
    expect(s.ticket(id).state).toBe('serving');
  });
});

describe('called and not there', () => {
  test('recalls never overwrite the first call’s time', () => {
    const s = Scenario.open().open('c1');
    const id = s.issue();
    s.call();
    s.pass(20 * SECOND).do({ type: 'ticket.recall', counterId: 'c1' });
    expect(s.ticket(id)).toMatchObject({ firstCalledAt: NINE, calledAt: NINE + 20 * SECOND, calls: 2 });
  });

  test('a late-comer called again keeps the first call’s time', () => {
    const s = Scenario.open().open('c1');
    const id = s.issue();
    s.call();
    s.do({ type: 'ticket.noShow', counterId: 'c1' });
    s.pass(MINUTE).do({ type: 'ticket.requeue', ticketId: id });
    expect(s.call()).toBe(id);
    expect(s.ticket(id)).toMatchObject({ firstCalledAt: NINE, calledAt: NINE + MINUTE, calls: 2 });
  });

  test('one who needs fetching is a no-show only when lobby manager or guard confirm', () => {
    const s = Scenario.open().open('c1');
    const id = s.issue('deposit', 'disabled');
    s.call();
    s.do({ type: 'ticket.fetch', ticketId: id });
    expect(Object.values(s.state.attention).map(({ kind }) => kind)).toContain('needsFetching');
    expect(s.refused({ type: 'ticket.noShow', counterId: 'c1' })).toBe('fetch.unconfirmed');
    s.do({ type: 'ticket.confirmNoShow', ticketId: id });
    expect(s.ticket(id).state).toBe('noShow');
    expect(Object.values(s.state.attention)).toEqual([]);
  });

  test('one who needs fetching and came late is fetched at the next call too', () => {
    const s = Scenario.open().open('c1');
    const id = s.issue('deposit', 'disabled');
    s.call();
    s.do({ type: 'ticket.fetch', ticketId: id });
    s.do({ type: 'ticket.confirmNoShow', ticketId: id });
    s.do({ type: 'ticket.requeue', ticketId: id });
    expect(s.call()).toBe(id);
    expect(s.refused({ type: 'ticket.noShow', counterId: 'c1' })).toBe('fetch.unconfirmed');
  });

  test('a walk-up is served without a number and counted', () => {
    const s = Scenario.open().open('c1');
    expect(s.do({ type: 'ticket.walkUp', counterId: 'c1', serviceId: 'balance', reason: 'quick question' })).toMatchObject({
      number: 'W001',
    });
    expect(s.counter('c1').state).toBe('serving');
    s.complete();
    expect(s.state.tally).toMatchObject({ walkUps: 1, served: 1, issued: 0 });
  });

  test('whoever came back to sign returns to the same teller without queueing', () => {
    const s = Scenario.open().open('c1', 'c2');
    const id = s.issue();
    s.call();
    s.start().complete();
    s.issue('deposit', 'disabled');
    expect(s.refused({ type: 'ticket.return', counterId: 'c2', ticketId: id })).toBe('return.other_teller');
    expect(s.do({ type: 'ticket.return', counterId: 'c1', ticketId: id })).toMatchObject({ called: true });
    s.start().complete();
    s.call();
    expect(s.do({ type: 'ticket.return', counterId: 'c1', ticketId: id })).toMatchObject({ called: false });
    s.start();
    s.issue('deposit', 'disabled');
    s.complete();
    expect(s.call()).toBe(id);
  });

  test('a diverted customer keeps the old place for a quarter of an hour', () => {
    const s = Scenario.open().open('c1');
    const [id, other] = [s.issue(), s.issue()];
    s.do({ type: 'ticket.divert', ticketId: id, to: 'machine' });
    s.do({ type: 'ticket.divert', ticketId: other, to: 'machine' });
    s.pass(15 * MINUTE - 1).do({ type: 'ticket.undivert', ticketId: id });
    s.pass(1);
    expect(s.ticket(other).state).toBe('completed');
    expect(s.refused({ type: 'ticket.undivert', ticketId: other })).toBe('ticket.not_diverted');
    expect(s.call()).toBe(id);
  });

  test('tickets bound to a window that closes go back to everybody', () => {
    const s = Scenario.open().open('c1', 'c2');
    const id = s.issue();
    s.call();
    s.start().do({ type: 'ticket.transfer', counterId: 'c1', toCounterId: 'c2' });
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c1' })).toBe('queue.none_for_counter');
    s.do({ type: 'counter.close', counterId: 'c2' });
    expect(s.call('c1')).toBe(id);
  });

  test('at the end of the day those still waiting become unserved', () => {
    const s = Scenario.open();
    const id = s.issue();
    s.do({ type: 'branch.setPhase', phase: 'closed' });
    expect(s.ticket(id).state).toBe('unserved');
    expect(s.state.tally).toMatchObject({ unserved: 1, noShow: 0 });
  });

  test('closing before the posted hour is for the head, with a reason, and counts as shortened hours', () => {
    const s = Scenario.open({}, (config) => ({ ...config, hours: { ...config.hours, roundTheClock: false } }));
    expect(s.refused({ type: 'branch.setPhase', phase: 'lastNumber' })).toBe('phase.early_needs_head');
    expect(s.refused({ type: 'branch.setPhase', phase: 'lastNumber' }, head)).toBe('phase.early_needs_reason');
    s.do({ type: 'branch.setPhase', phase: 'lastNumber', reason: 'flood' }, head);
    expect(s.state.day?.shortened).toBe(true);
  });
});

test('a rating is given once, by whoever was served', () => {
  const s = Scenario.open().open('c1');
  const id = s.issue();
  expect(s.refused({ type: 'ticket.rate', ticketId: id, score: 5 })).toBe('rate.not_served');
  s.call();
  s.start().complete();
  s.do({ type: 'ticket.rate', ticketId: id, score: 5 }, teller(1));
  expect(s.refused({ type: 'ticket.rate', ticketId: id, score: 1 })).toBe('rate.already_rated');
});

test('after the end of the day nobody is put back into a queue that is not called', () => {
  const s = Scenario.open().open('c1', 'c2');
  const missed = s.issue();
  s.call('c1');
  s.do({ type: 'ticket.noShow', counterId: 'c1' });
  s.issue();
  s.call('c1');
  s.start('c1');
  s.do({ type: 'branch.setPhase', phase: 'balancing' }, head);
  expect(s.refused({ type: 'ticket.requeue', ticketId: missed })).toBe('branch.not_in_business');
  expect(s.refused({ type: 'ticket.transfer', counterId: 'c1', toCounterId: 'c2' })).toBe('branch.not_in_business');
  s.complete('c1');
});

test('a customer who gives up by phone just as service begins is not taken away from the window', () => {
  const s = Scenario.open().open('c1');
  const ticketId = s.issue();
  s.call('c1');
  s.start('c1');
  const phone = { ...teller(1), id: 'phone', kind: 'phone', role: 'phone', ticketId } as const;
  expect(s.refused({ type: 'ticket.cancel', ticketId, reason: 'given up by phone' }, phone)).toBe('forbidden');
});

test('a press that arrives after the window was handed to a colleague does nothing there', () => {
  const s = Scenario.open().open('c1');
  s.issue();
  s.do({ type: 'counter.close', counterId: 'c1' });
  s.do({ type: 'counter.open', counterId: 'c1', staffId: 'teller2' });
  expect(s.refused({ type: 'ticket.callNext', counterId: 'c1' }, teller(1))).toBe('forbidden');
});
