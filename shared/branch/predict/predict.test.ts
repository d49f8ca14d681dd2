import { expect, test } from 'vitest';
import { MINUTE, Scenario, SECOND } from '../testing/scenario.ts';
import { outlook, paceOf } from './predict.ts';
import { predictWait } from './wait-formula.ts';

const waitOf = (s: Scenario, id: string) => outlook(s.state, s.ticket(id), s.now);

test('nobody ahead and a window free: no wait', () => {
  const s = Scenario.open().open('c1');
  expect(s.do({ type: 'ticket.issue', serviceId: 'deposit' })).toMatchObject({ ahead: 0, waitMs: { low: 0, expected: 0, high: 0 } });
});

test('the wait follows the windows truly open: a paused one does not count, nor a dedicated one off a peak', () => {
  const s = Scenario.open({ cashCountOnPause: false }).open('c1', 'c2', 'c3', 'c5');
  for (let n = 0; n < 4; n += 1) s.issue();
  s.call();
  s.call('c2');
  s.do({ type: 'counter.pause', counterId: 'c3', reason: 'lunch' });
  // Three to be called, of 90 s each, by two windows.
  expect(waitOf(s, s.issue())).toMatchObject({ ahead: 2, waitMs: { expected: 135 * SECOND } });
});

test('a window’s recent pace is learnt from the call to the end, an outage apart', () => {
  const s = Scenario.open().open('c1');
  s.issue();
  s.call();
  s.pass(MINUTE).start();
  const { outageId } = s.do({ type: 'system.outage', scope: 'branch' });
  s.pass(30 * MINUTE).do({ type: 'system.restored', outageId: outageId as string });
  s.pass(MINUTE).complete();
  expect(paceOf(s.state, 'deposit')).toBe(2 * MINUTE);
});

test('the range is wide while no window serves it, and holds the expected wait', () => {
  const closed = predictWait({ ahead: 3, windows: 0, idle: 0, paceMs: MINUTE });
  const open = predictWait({ ahead: 3, windows: 1, idle: 0, paceMs: MINUTE });
  expect(open.expected).toBe(4 * MINUTE);
  expect(closed.high - closed.low).toBeGreaterThan(open.high - open.low);
  expect(open.low).toBeLessThan(open.expected);
});
