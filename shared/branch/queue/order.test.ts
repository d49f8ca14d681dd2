import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, Scenario, SECOND } from '../testing/scenario.ts';
import { ahead, upcoming } from './order.ts';
import { sentences } from './sentences.ts';

const served = (scenario: Scenario, count: number, counterId = 'c1'): string[] =>
  Array.from({ length: count }, () => {
    const id = scenario.call(counterId);
    scenario.start(counterId).complete(counterId);
    return scenario.ticket(id).number;
  });

describe('order of calling', () => {
  test('special needs go first, then appointments in their slot, then arrival', () => {
    const s = Scenario.open().open('c1');
    s.issue('deposit');
    s.issue('deposit', 'appointment', { slotAt: s.now + MINUTE });
    s.issue('withdrawal', 'disabled');
    s.issue('deposit', 'elderly');
    expect(served(s, 4)).toEqual(['B001', 'A003', 'A002', 'A001']);
  });

  test('an appointment before its slot goes by arrival', () => {
    const s = Scenario.open().open('c1');
    s.issue();
    s.issue('deposit', 'appointment', { slotAt: s.now + 2 * HOUR });
    s.issue();
    expect(served(s, 3)).toEqual(['A001', 'A002', 'A003']);
  });

  test('VIPs take at most one in three calls at shared windows', () => {
    const s = Scenario.open().open('c1');
    for (let n = 0; n < 4; n += 1) s.issue('deposit', 'vip');
    for (let n = 0; n < 4; n += 1) s.issue('withdrawal');
    expect(served(s, 8)).toEqual(['A001', 'B001', 'B002', 'A002', 'B003', 'B004', 'A003', 'A004']);
  });

  test('a VIP window takes VIPs whatever the share, and nobody else off a peak', () => {
    const s = Scenario.open().open('c6');
    s.issue('deposit');
    s.issue('deposit', 'vip');
    s.issue('deposit', 'vip');
    expect(served(s, 2, 'c6')).toEqual(['A002', 'A003']);
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c6' })).toBe('queue.none_for_counter');
  });

  test('on a pension day age alone stops being priority above the share, the disabled stay first, VIPs yield', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'branch.setDayType', dayType: 'pension' });
    s.issue('deposit', 'vip');
    s.issue('deposit');
    s.issue('deposit', 'elderly');
    s.issue('deposit', 'elderly');
    s.issue('deposit', 'elderly');
    s.issue('deposit', 'over80');
    expect(served(s, 6)).toEqual(['A006', 'A002', 'A003', 'A004', 'A005', 'A001']);
  });

  test('on a pension day with few elderly waiting age is still priority', () => {
    const s = Scenario.open().open('c1');
    s.do({ type: 'branch.setDayType', dayType: 'pension' });
    for (let n = 0; n < 4; n += 1) s.issue();
    s.issue('deposit', 'elderly');
    expect(served(s, 2)).toEqual(['A005', 'A001']);
  });

  test('an ordinary customer waiting past the bound goes before priority that came later: nobody starves', () => {
    const s = Scenario.open().open('c1');
    const early = s.issue();
    s.pass(29 * MINUTE);
    s.issue('deposit', 'disabled');
    expect(upcoming(s.state, s.now, { limit: 5 }).map(({ reason }) => reason)).toEqual(['green', 'arrival']);
    s.pass(MINUTE);
    expect(s.do({ type: 'ticket.callNext', counterId: 'c1' })).toMatchObject({
      ticketId: early,
      order: 'raised',
      sentence: sentences.raised,
    });
  });

  test('a counter takes only what its services, its kind and its teller’s skills allow', () => {
    const s = Scenario.open({}, (config) => ({
      ...config,
      roster: config.roster.map((entry) => (entry.staffId === 'teller2' ? { ...entry, serviceIds: ['balance'] } : entry)),
    })).open('c1', 'c2', 'c4', 'c5');
    s.issue('wealth');
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c1' })).toBe('queue.none_for_counter');
    s.issue('deposit');
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c2' })).toBe('queue.none_for_counter');
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c5' })).toBe('queue.none_for_counter');
    expect(served(s, 1, 'c4')).toEqual(['M001']);
    s.issue('balance', 'pregnant');
    expect(served(s, 1, 'c5')).toEqual(['D001']);
  });

  test('dedicated windows open to everybody at a peak', () => {
    const s = Scenario.open({ peakWaitingPerWindow: 3 }).open('c5');
    s.issue();
    s.issue();
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c5' })).toBe('queue.none_for_counter');
    s.issue();
    expect(served(s, 1, 'c5')).toEqual(['A001']);
  });

  test('a late-comer re-enters next but two', () => {
    const s = Scenario.open().open('c1');
    const late = s.issue();
    for (let n = 0; n < 4; n += 1) s.issue();
    s.call();
    s.do({ type: 'ticket.noShow', counterId: 'c1' });
    expect(s.do({ type: 'ticket.requeue', ticketId: late })).toMatchObject({ ahead: 2 });
    expect(served(s, 4)).toEqual(['A002', 'A003', 'A001', 'A004']);
  });

  test('a late-comer does not wait for people who are not there', () => {
    const s = Scenario.open().open('c1');
    const late = s.issue();
    s.call();
    s.do({ type: 'ticket.noShow', counterId: 'c1' });
    s.do({ type: 'ticket.requeue', ticketId: late });
    expect(s.call()).toBe(late);
  });

  test('transferred, unparked and undiverted tickets keep their original arrival', () => {
    const s = Scenario.open().open('c1', 'c2');
    const [first, second, third] = [s.issue(), s.issue(), s.issue()];
    for (let n = 0; n < 3; n += 1) {
      s.pass(SECOND);
      s.issue('withdrawal');
    }
    s.call();
    s.start().do({ type: 'ticket.transfer', counterId: 'c1', toServiceId: 'withdrawal' });
    s.do({ type: 'ticket.divert', ticketId: second, to: 'machine' });
    s.do({ type: 'ticket.call', counterId: 'c2', ticketId: third, reason: 'asked for the manager' });
    s.do({ type: 'ticket.park', counterId: 'c2', reason: 'fills in a form' });
    s.pass(MINUTE);
    s.do({ type: 'ticket.undivert', ticketId: second });
    s.do({ type: 'ticket.unpark', ticketId: third });
    expect([s.call(), s.call('c2')]).toEqual([first, second]);
    s.start().complete();
    expect(s.call()).toBe(third);
  });

  test('people ahead is what the order of calling will show', () => {
    const s = Scenario.open();
    const segments = ['ordinary', 'elderly', 'vip', 'disabled', 'appointment', 'ordinary', 'pregnant'] as const;
    for (const segment of segments) s.issue('deposit', segment);
    s.pass(31 * MINUTE);
    for (const segment of segments) s.issue('withdrawal', segment);
    const order = upcoming(s.state, s.now, { zone: 'cash', limit: 50 });
    // A VIP beyond the share is shown by the share as it stands, so only the others must agree exactly.
    for (const [index, { ticket }] of order.entries()) {
      if (ticket.segment === 'vip' || ticket.segment === 'appointment') continue;
      expect({ number: ticket.number, ahead: ahead(s.state, ticket, s.now) }).toEqual({ number: ticket.number, ahead: index });
    }
  });

  test('a ticket asked for a kind of counter waits for one of that kind', () => {
    const s = Scenario.open().open('c1', 'c7');
    const bound = s.issue('deposit', 'ordinary', { counterKind: 'elastic' });
    expect(s.refused({ type: 'ticket.callNext', counterId: 'c1' })).toBe('queue.none_for_counter');
    expect(s.call('c7')).toBe(bound);
  });

  test('a customer sent to a dedicated window by name is taken there off a peak too', () => {
    const s = Scenario.open().open('c5');
    const sent = s.issue('deposit', 'ordinary', { counterKind: 'priority' });
    expect(s.call('c5')).toBe(sent);
  });

  test('a number that no window would ever call is not given out', () => {
    const s = Scenario.open().open('c1', 'c4');
    expect(s.refused({ type: 'ticket.issue', serviceId: 'wealth', counterKind: 'cash' })).toBe('service.no_window');
    expect(s.refused({ type: 'ticket.issue', serviceId: 'deposit', counterKind: 'corporate' })).toBe('service.no_window');
  });

  test('whoever came back to sign goes before others sent to that window earlier', () => {
    const s = Scenario.open().open('c1', 'c2');
    s.issue();
    s.call('c2');
    s.pass(SECOND);
    const back = s.issue();
    s.call('c1');
    s.start('c1').complete('c1');
    const served = s.issue();
    s.call('c1');
    s.start('c1');
    s.do({ type: 'ticket.transfer', counterId: 'c2', toCounterId: 'c1' });
    s.do({ type: 'ticket.return', counterId: 'c1', ticketId: back });
    s.issue('deposit', 'disabled');
    expect(s.do({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: served })).toMatchObject({
      ticketId: back,
      order: 'returning',
    });
  });

  test('whoever came back to sign is taken by the same teller at a window of other services', () => {
    const s = Scenario.open().open('c1');
    const back = s.issue();
    s.call('c1');
    s.start('c1').complete('c1');
    s.do({ type: 'counter.close', counterId: 'c1' });
    s.do({ type: 'counter.open', counterId: 'c4', staffId: 'teller1' });
    s.issue('wealth');
    s.call('c4');
    s.start('c4');
    s.do({ type: 'ticket.return', counterId: 'c4', ticketId: back });
    s.complete('c4');
    expect(s.call('c4')).toBe(back);
  });

  test('one who came back to a window that closed is not counted with the whole line', () => {
    const s = Scenario.open().open('c1', 'c2');
    const back = s.issue();
    s.call('c1');
    s.start('c1').complete('c1');
    s.issue();
    s.call('c1');
    s.start('c1');
    s.do({ type: 'ticket.return', counterId: 'c1', ticketId: back });
    s.issue();
    s.issue();
    s.complete('c1');
    s.do({ type: 'counter.close', counterId: 'c1' });
    expect(s.do({ type: 'ticket.issue', serviceId: 'deposit', segment: 'disabled' }).ahead).toBe(1);
    expect(s.call('c2')).toBe(back);
  });
});
