import { describe, expect, test } from 'vitest';
import { branch } from '../branch.ts';
import { staffFloor } from '../floor.ts';
import { MINUTE, NINE, Scenario, SECOND, clock, head, manager, teller, testConfig } from '../testing/scenario.ts';
import { limitFor } from './limit-table.ts';

const YUAN = 100;

describe('the table of standard limits', () => {
  const config = testConfig();
  test.each([
    ['deposit', {}, 2],
    ['deposit', { notes: 100 }, 2],
    ['deposit', { notes: 101, amountFen: 9_000 * YUAN }, 5],
    ['withdrawal', { notes: 101, amountFen: 60_000 * YUAN }, 10],
    ['settlement', {}, 2],
    ['settlement', { exception: 'provisional-remittance' }, undefined],
    ['balance', {}, 1],
    ['balance', { exception: 'court-enquiry' }, undefined],
    ['balance', { exception: 'deduction' }, undefined],
    ['balance', { exception: 'stop-payment' }, undefined],
    ['cash-accounting', {}, 3],
    ['loss-report', {}, 7],
    ['cheque', {}, 7],
    ['cheque-book', {}, 10],
    ['wire', {}, 10],
    ['pay-out', { amountFen: 50_000 * YUAN }, 5],
    ['pay-out', { amountFen: 50_000 * YUAN + 1 }, 10],
    ['pay-out', { amountFen: 100_000 * YUAN }, 10],
    ['pay-out', { amountFen: 100_000 * YUAN + 1 }, 20],
    ['cash-received', { amountFen: 10_000 * YUAN }, 5],
    ['cash-received', { amountFen: 50_000 * YUAN }, 15],
    ['cash-received', { amountFen: 100_000 * YUAN }, 25],
    ['cash-received', { amountFen: 200_000 * YUAN }, 40],
    ['cash-received', { amountFen: 200_000 * YUAN + 1 }, undefined],
    ['account-opening', {}, undefined],
    ['wealth', {}, undefined],
  ] as const)('%s %j: %s min', (serviceId, given, minutes) => {
    expect(limitFor(config, { serviceId, ...given })).toBe(minutes === undefined ? undefined : minutes * MINUTE);
  });
});

/** A customer being served at c1 since now. */
function serving(serviceId = 'deposit', more: object = {}, policy = {}): Scenario {
  const s = Scenario.open(policy).open('c1');
  s.issue(serviceId, 'ordinary', more);
  s.call();
  return s.start();
}

const marks = (s: Scenario): [string, number][] =>
  s.log.flatMap((event) =>
    event.type === 'limit.near'
      ? [['near', event.at - NINE] as [string, number]]
      : event.type === 'limit.passed'
        ? [[`stage ${event.stage}`, event.at - NINE] as [string, number]]
        : [],
  );

describe('the clock of a transaction', () => {
  test('warns at 80 %, passes at the limit, stages at +1, +2 and +3 minutes', () => {
    const s = serving().pass(10 * MINUTE);
    expect(marks(s)).toEqual([
      ['near', 96 * SECOND],
      ['stage 0', 2 * MINUTE],
      ['stage 1', 3 * MINUTE],
      ['stage 2', 4 * MINUTE],
      ['stage 3', 5 * MINUTE],
    ]);
  });

  test('each transaction of a ticket is judged alone', () => {
    const s = serving().pass(110 * SECOND);
    s.do({ type: 'ticket.addItem', counterId: 'c1', serviceId: 'balance' });
    s.pass(70 * SECOND).complete();
    const [overrun] = s.events('overrun.recorded');
    expect(s.events('overrun.recorded')).toHaveLength(1);
    expect(overrun).toMatchObject({ serviceId: 'balance', itemIndex: 1, actualMs: 70 * SECOND, limitMs: MINUTE, stage: 0 });
  });

  test('an authorisation is timed apart and not the teller’s', () => {
    const s = serving().pass(MINUTE);
    s.do({ type: 'help.call', counterId: 'c1', kind: 'authorisation' }, teller(1));
    s.pass(10 * MINUTE);
    expect(marks(s)).toEqual([]);
    s.do({ type: 'help.answer', counterId: 'c1', kind: 'authorisation' });
    s.pass(90 * SECOND).complete();
    expect(s.events('overrun.recorded')[0]).toMatchObject({ actualMs: 150 * SECOND, authorisationMs: 10 * MINUTE });
  });

  test('an outage stops the clock of those it hits, from its first second to its last', () => {
    const s = serving().open('c2');
    s.issue('withdrawal');
    s.call('c2');
    s.start('c2').pass(MINUTE);
    const { outageId } = s.do({ type: 'system.outage', scope: 'service', serviceId: 'deposit' });
    s.pass(5 * MINUTE);
    expect(s.events('limit.passed').every(({ counterId }) => counterId === 'c2')).toBe(true);
    s.do({ type: 'system.restored', outageId: outageId as string });
    s.pass(MINUTE);
    expect(s.events('limit.passed').filter(({ counterId }) => counterId === 'c1')).toMatchObject([{ stage: 0 }]);
  });

  test('overlapping outage and authorisation stop it once', () => {
    const s = serving();
    const { outageId } = s.do({ type: 'system.outage', scope: 'branch' });
    s.pass(MINUTE).do({ type: 'help.call', counterId: 'c1', kind: 'authorisation' });
    s.pass(MINUTE).do({ type: 'system.restored', outageId: outageId as string });
    s.pass(MINUTE).do({ type: 'help.answer', counterId: 'c1', kind: 'authorisation' }, head);
    expect(s.ticket('20261123-A001').items[0]).toMatchObject({ pausedMs: 3 * MINUTE, authorisationMs: 2 * MINUTE });
    expect(s.ticket('20261123-A001').items[0]?.pausedSince).toBeUndefined();
  });

  test('a change of the table applies to transactions that start after it', () => {
    const s = serving();
    s.do(
      { type: 'branch.configure', config: { limits: [{ serviceId: 'deposit', brackets: [{ limitMs: MINUTE }], exceptions: [] }] } },
      head,
    );
    s.pass(90 * SECOND);
    expect(s.events('limit.passed')).toEqual([]);
  });
});

describe('extensions', () => {
  const extend = (kind: 'coins' | 'counterfeit' | 'antiFraud' | 'identity' | 'greenChannel', more = {}) => ({
    type: 'limit.extend' as const,
    ticketId: '20261123-A001',
    class: kind,
    ...more,
  });

  test('by right take one key, once each, and move the marks', () => {
    const s = serving().pass(100 * SECOND);
    expect(s.do(extend('counterfeit'))).toEqual({ addMs: 5 * MINUTE });
    expect(s.refused(extend('counterfeit'))).toBe('limit.already_extended');
    s.pass(3 * MINUTE);
    expect(s.events('limit.passed')).toEqual([]);
    s.pass(3 * MINUTE);
    expect(s.events('limit.passed')).toMatchObject([{ stage: 0 }]);
  });

  test('coins need at least a fifth of the pieces, where the share is known, and add three to five minutes', () => {
    expect(serving('deposit', { coinShare: 0.19 }).refused(extend('coins'))).toBe('limit.too_few_coins');
    expect(serving('deposit', { coinShare: 0.2 }).do(extend('coins'))).toEqual({ addMs: 5 * MINUTE });
    expect(serving().do(extend('coins', { addMs: MINUTE }))).toEqual({ addMs: 3 * MINUTE });
  });

  test('the green channel doubles the limit of a customer with special needs only', () => {
    expect(serving().refused(extend('greenChannel'))).toBe('limit.not_green');
    const s = Scenario.open().open('c1');
    s.issue('deposit', 'elderly');
    s.call();
    expect(s.start().do(extend('greenChannel'))).toEqual({ addMs: 2 * MINUTE });
  });

  test('explained ones add what was agreed, again if need be, and keep the reason out of the log', () => {
    const s = serving();
    const explained = {
      type: 'limit.extend',
      ticketId: '20261123-A001',
      class: 'explained',
      addMs: 20 * MINUTE,
      reason: 'a sack of ¥1 coins',
      customerAgreed: true,
    } as const;
    s.do(explained);
    s.do(explained);
    expect(s.events('limit.extended').map(({ addMs }) => addMs)).toEqual([20 * MINUTE, 20 * MINUTE]);
    expect(JSON.stringify(s.log)).not.toContain('sack');
  });
});

describe('ledger, appeals and retraining', () => {
  function overrunOf(s: Scenario, ms: number): string {
    s.issue();
    s.call();
    s.start().pass(ms).complete();
    return s.events('overrun.recorded').at(-1)?.overrunId ?? '';
  }

  test('less than a minute over is recorded, not counted', () => {
    const s = Scenario.open().open('c1');
    for (let n = 0; n < 5; n += 1) overrunOf(s, 150 * SECOND);
    expect(s.events('overrun.recorded')).toHaveLength(5);
    expect(s.events('retraining.proposed')).toEqual([]);
  });

  test('three staged overruns in a period propose retraining; only the head’s word keeps the teller from signing on', () => {
    const s = Scenario.open().open('c1');
    for (let n = 0; n < 3; n += 1) overrunOf(s, 4 * MINUTE);
    expect(s.events('retraining.proposed')).toMatchObject([{ staffId: 'teller1' }]);
    overrunOf(s, 4 * MINUTE);
    expect(s.events('retraining.proposed')).toHaveLength(1);
    s.do({ type: 'counter.close', counterId: 'c1' });
    s.open('c1').do({ type: 'counter.close', counterId: 'c1' });
    s.do({ type: 'retraining.confirm', staffId: 'teller1' }, head);
    expect(s.refused({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' })).toBe('staff.in_retraining');
    s.do({ type: 'retraining.pass', staffId: 'teller1' }, head);
    s.do({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' });
  });

  test('an upheld appeal takes its entry out of the count', () => {
    const s = Scenario.open().open('c1');
    const ids = [overrunOf(s, 4 * MINUTE), overrunOf(s, 4 * MINUTE), overrunOf(s, 4 * MINUTE)];
    s.do({ type: 'limit.appeal', overrunId: ids[0] ?? '', reason: 'printer broke' }, teller(1));
    expect(s.refused({ type: 'limit.appeal', overrunId: ids[0] ?? '', reason: 'again' }, teller(1))).toBe('overrun.already_appealed');
    expect(Object.values(s.state.attention).map(({ kind }) => kind)).toContain('appealWaiting');
    s.do({ type: 'limit.decideAppeal', overrunId: ids[0] ?? '', upheld: true, reason: 'true' }, head);
    expect(s.events('retraining.withdrawn')).toHaveLength(1);
    expect(Object.values(s.state.attention).map(({ kind }) => kind)).not.toContain('appealWaiting');
  });

  test('what ran over while the hub was down is unverified and not counted', () => {
    const s = serving();
    s.now += 10 * MINUTE;
    s.do({ type: 'hub.resumed', downFrom: NINE + MINUTE }, clock);
    expect(s.events('limit.passed').map(({ stage, unverified, dueAt }) => [stage, unverified, dueAt - NINE])).toEqual([
      [0, true, 2 * MINUTE],
      [1, true, 3 * MINUTE],
      [2, true, 4 * MINUTE],
      [3, true, 5 * MINUTE],
    ]);
    s.complete();
    expect(s.events('overrun.recorded')).toMatchObject([{ unverified: true, stage: 3 }]);
  });

  test('a stop during which nobody ran over leaves no mark', () => {
    const s = serving();
    const before = s.log.length;
    s.now += 30 * SECOND;
    s.do({ type: 'hub.resumed', downFrom: NINE }, clock);
    expect(s.types(before)).toEqual([]);
  });

  test('a quarter that has passed no longer counts', () => {
    const s = Scenario.open().open('c1');
    overrunOf(s, 4 * MINUTE);
    overrunOf(s, 4 * MINUTE);
    s.now = Date.UTC(2027, 0, 4, 2, 0, 0);
    s.do({ type: 'clock.tick' }, clock);
    s.do({ type: 'branch.setDayType', dayType: 'payday' }, manager);
    overrunOf(s, 4 * MINUTE);
    expect(s.events('retraining.proposed')).toEqual([]);
  });
});

test('a screen opened after a customer was served still warns when they come back', () => {
  const s = Scenario.open().open('c1');
  const back = s.issue();
  s.call();
  s.start().complete();
  const seen = s.log.length;
  const screen = branch.thaw(JSON.parse(JSON.stringify(staffFloor(s.state))));
  s.do({ type: 'ticket.return', counterId: 'c1', ticketId: back });
  s.start().pass(3 * MINUTE + SECOND);
  const now = s.log.slice(seen).reduce(branch.evolve, screen);
  expect(now.tickets.get(back)?.items.at(-1)).toMatchObject({ near: true, stage: 1 });
});
