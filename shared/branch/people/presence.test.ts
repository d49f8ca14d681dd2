import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, head, manager, Scenario, teller } from '../testing/scenario.ts';
import { MONDAY, plan, staffed } from '../testing/people.ts';

const post = (s: Scenario, staffId: string) => s.state.people.presence[staffId]?.post;

describe('who is here, on which post', () => {
  test('whoever opens a window is there, and free once it is closed', () => {
    const s = staffed();
    s.do({ type: 'counter.open', counterId: 'c1' }, teller(1));
    expect(s.state.people.presence['teller1']).toEqual({
      staffId: 'teller1',
      post: { kind: 'counter', counterId: 'c1' },
      since: s.now,
      arrivedAt: s.now,
    });
    const came = s.now;
    s.pass(HOUR).do({ type: 'counter.close', counterId: 'c1' }, teller(1));
    expect(s.state.people.presence['teller1']).toEqual({ staffId: 'teller1', since: s.now, arrivedAt: came });
    s.do({ type: 'post.leave' }, teller(1));
    expect(s.state.people.presence['teller1']).toBeUndefined();
  });

  test('a person is at one post at an instant: another post takes them off the first', () => {
    const s = staffed();
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    expect(post(s, 'manager')).toEqual({ kind: 'lobby' });
    s.do({ type: 'post.take', kind: 'counter', counterId: 'c3', staffId: 'teller3' }, manager);
    s.do({ type: 'post.take', kind: 'backOffice', staffId: 'teller3' }, manager);
    expect([post(s, 'teller3'), s.counter('c3').state]).toEqual([{ kind: 'backOffice' }, 'closed']);
    s.do({ type: 'counter.open', counterId: 'c3', staffId: 'teller3' });
    expect(post(s, 'teller3')).toEqual({ kind: 'counter', counterId: 'c3' });
    expect(s.refused({ type: 'post.take', kind: 'lobby' }, manager)).toBe('post.taken_already');
  });

  test('nobody walks away from a customer', () => {
    const s = staffed();
    s.open('c1').issue();
    s.call('c1');
    expect(s.refused({ type: 'post.take', kind: 'backOffice', staffId: 'teller1' })).toBe('counter.busy');
    expect(s.refused({ type: 'post.leave', staffId: 'teller1' })).toBe('counter.busy');
  });

  test('an expired certificate bars the post it is for, and says so', () => {
    const s = staffed({
      certificates: { counter: ['cash'] },
      roster: (all) =>
        all.map((one) => (one.staffId === 'teller1' ? { ...one, certificates: [{ kind: 'cash', expiresOn: MONDAY }] } : one)),
    });
    s.do({ type: 'counter.open', counterId: 'c1' }, teller(1));
    expect(s.refused({ type: 'counter.open', counterId: 'c2' }, teller(2))).toBe('staff.certificate_missing');
    s.pass(24 * HOUR);
    s.do({ type: 'counter.close', counterId: 'c1' });
    expect(s.refused({ type: 'counter.open', counterId: 'c1' }, teller(1))).toBe('staff.certificate_expired');
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
  });

  test('guards stand guard and sit at no window; without a people section nothing new is asked', () => {
    expect(staffed().refused({ type: 'counter.open', counterId: 'c1', staffId: 'guard1' })).toBe('staff.post_not_allowed');
    const s = Scenario.open({}, (config) => ({ ...config, roster: [...config.roster, { staffId: 'guard1', role: 'guard' }] }));
    s.do({ type: 'counter.open', counterId: 'c1', staffId: 'guard1' });
    expect(post(s, 'guard1')).toEqual({ kind: 'counter', counterId: 'c1' });
  });

  test('everybody speaks for themselves, leads for others', () => {
    const s = staffed();
    expect(s.refused({ type: 'post.take', kind: 'backOffice', staffId: 'teller2' }, teller(1))).toBe('forbidden');
    s.do({ type: 'post.take', kind: 'backOffice' }, teller(1));
    s.do({ type: 'post.leave', staffId: 'teller1' }, head);
    expect(s.refused({ type: 'post.leave' }, teller(1))).toBe('post.not_here');
  });

  test('who forgot to sign off is gone by the next day', () => {
    const s = staffed();
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    s.open('c1').pass(24 * HOUR);
    expect(Object.keys(s.state.people.presence)).toEqual(['teller1']);
  });
});

describe('breaks', () => {
  const lunchtime = () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1', 'manager');
    s.open('c1').do({ type: 'post.take', kind: 'lobby' }, manager);
    return s.pass(3 * HOUR);
  };

  test('a break pauses the window, is written into the plan, and its end opens the window again', () => {
    const s = lunchtime();
    s.do({ type: 'break.begin', reason: '吃饭' }, teller(1));
    expect(s.counter('c1')).toMatchObject({ state: 'paused', backAt: s.now + HOUR });
    expect(s.state.people.presence['teller1']?.break).toMatchObject({ since: s.now, date: MONDAY, index: 0 });
    const began = s.now;
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' });
    s.pass(40 * MINUTE).do({ type: 'break.end' }, teller(1));
    expect(s.counter('c1').state).toBe('idle');
    expect(s.state.people.rota[MONDAY]?.shifts['teller1']?.breaks[0]).toMatchObject({ beganAt: began, endedAt: s.now });
    expect(s.events('break.ended').at(-1)).toMatchObject({ staffId: 'teller1', tookMs: 40 * MINUTE });
  });

  test('a pause long enough, at a time it may be taken, is the break; a short one is not', () => {
    const s = lunchtime();
    s.do({ type: 'counter.pause', counterId: 'c1', reason: '打水', backAt: s.now + 5 * MINUTE }, teller(1));
    expect(s.state.people.presence['teller1']?.break).toBeUndefined();
    s.do({ type: 'counter.resume', counterId: 'c1' }, teller(1));
    s.do({ type: 'counter.pause', counterId: 'c1', reason: '吃饭', backAt: s.now + 45 * MINUTE }, teller(1));
    expect(s.state.people.presence['teller1']?.break).toMatchObject({ index: 0 });
    s.do({ type: 'counter.resume', counterId: 'c1' }, teller(1));
    expect(s.state.people.presence['teller1']?.break).toBeUndefined();
  });

  test('with a customer at the window the break begins after this one', () => {
    const s = lunchtime();
    s.issue();
    s.call('c1');
    s.start('c1');
    expect(s.do({ type: 'break.begin', staffId: 'teller1' })).toMatchObject({ later: true });
    expect(s.state.people.presence['teller1']?.break).toBeUndefined();
    s.pass(2 * MINUTE).complete('c1');
    expect(s.counter('c1').state).toBe('paused');
    expect(s.state.people.presence['teller1']?.break).toMatchObject({ since: s.now, index: 0 });
  });

  test('one break at a time, and only for who is here', () => {
    const s = lunchtime();
    s.do({ type: 'break.begin' }, manager);
    expect(s.refused({ type: 'break.begin' }, manager)).toBe('break.on_already');
    expect(s.refused({ type: 'break.begin', staffId: 'teller2' })).toBe('post.not_here');
    expect(s.refused({ type: 'break.end', staffId: 'teller1' })).toBe('break.not_on');
    expect(post(s, 'manager')).toEqual({ kind: 'lobby' });
  });
});
