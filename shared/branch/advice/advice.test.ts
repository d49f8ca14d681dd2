import { describe, expect, test } from 'vitest';
import { mayDo } from '../access.ts';
import { adviceBranch, adviceIn, give, refusedToGive, story } from '../testing/advice.ts';
import { plan, staffed } from '../testing/people.ts';
import { clock, head, manager, MINUTE, type Scenario, teller } from '../testing/scenario.ts';

const openTwo = { kind: 'openWindow', counterId: 'c2', staffId: 'teller2' } as const;
const closeOne = { kind: 'closeWindow', counterId: 'c1', staffId: 'teller1' } as const;

/** Window 1 open, a line before it. */
function line(people = 6): Scenario {
  const s = adviceBranch().open('c1');
  for (let n = 0; n < people; n += 1) s.issue();
  return s;
}

const plannedWith = (s: Scenario, ...staffIds: string[]): Scenario => {
  plan(s, '2026-11-23', ...staffIds);
  return s;
};

const signOn = (s: Scenario, n: number, counterId = `c${n}`) => s.do({ type: 'counter.open', counterId }, teller(n));

describe('opening a window', () => {
  test('accepted, it is the person’s task until they sign on; then it is carried out, and measured after a while', () => {
    const s = line();
    const id = give(s, openTwo);
    expect(s.do({ type: 'advice.accept', adviceId: id })).toMatchObject({ state: 'accepted', dueAt: s.now + 3 * MINUTE });
    expect(s.counter('c2').state).toBe('closed');
    s.pass(MINUTE);
    signOn(s, 2);
    expect(adviceIn(s, id)).toMatchObject({ state: 'carriedOut', carriedOutAt: s.now, acceptedBy: 'manager' });
    s.pass(MINUTE);
    s.call('c1');
    s.call('c2');
    s.pass(20 * MINUTE);
    expect(story(s)).toEqual(['advice.given', 'advice.accepted', 'advice.carriedOut', 'advice.measured']);
    expect(s.events('advice.measured')[0]).toMatchObject({
      before: { calls: 0 },
      after: { calls: 2, wait90Ms: 2 * MINUTE, withinTarget: 1 },
    });
    expect(s.state.advice).toEqual({});
  });

  test('nobody signs on in time: the board says so, and it may still be done late or called off', () => {
    const s = line();
    const id = give(s, openTwo);
    s.do({ type: 'advice.accept', adviceId: id });
    s.pass(3 * MINUTE);
    expect(adviceIn(s, id).state).toBe('notInTime');
    expect(Object.values(s.state.attention)).toContainEqual(
      expect.objectContaining({ kind: 'adviceNotInTime', adviceId: id, staffId: 'teller2', since: s.now }),
    );
    s.pass(MINUTE);
    signOn(s, 2);
    expect(s.events('advice.carriedOut')[0]).toMatchObject({ late: true });
    expect(Object.values(s.state.attention).map(({ kind }) => kind)).not.toContain('adviceNotInTime');
    const other = give(s, { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' });
    s.do({ type: 'advice.accept', adviceId: other });
    s.pass(4 * MINUTE).do({ type: 'advice.decline', adviceId: other, reason: 'she is ill' });
    expect(s.state.advice[other]).toBeUndefined();
  });

  test('where the hub opens windows itself it does so at the time, as that person', () => {
    const s = adviceBranch({ waitForSignOn: false }).open('c1');
    s.issue();
    const id = give(s, openTwo);
    s.do({ type: 'advice.accept', adviceId: id, change: { doAt: s.now + 5 * MINUTE } });
    s.pass(5 * MINUTE - 1);
    expect(s.counter('c2').state).toBe('closed');
    s.pass(1);
    expect(s.counter('c2')).toMatchObject({ state: 'idle', staffId: 'teller2' });
    expect(adviceIn(s, id)).toMatchObject({ state: 'carriedOut', changed: true });
  });

  test('accepted with another window and person, who must be free and able too', () => {
    const s = line();
    const id = give(s, openTwo);
    const accept = (change: object) => ({ type: 'advice.accept', adviceId: id, change }) as const;
    expect(s.refused(accept({ staffId: 'teller1' }))).toBe('advice.staff_elsewhere');
    expect(s.refused(accept({ staffId: 'head' }))).toBe('advice.staff_unknown');
    expect(s.refused(accept({ counterId: 'c1' }))).toBe('advice.counter_open');
    expect(s.refused(accept({ doAt: s.now + 3 * 60 * MINUTE }))).toBe('advice.too_far');
    s.do(accept({ counterId: 'c7', staffId: 'teller7' }));
    expect(adviceIn(s, id)).toMatchObject({ counterId: 'c7', staffId: 'teller7', changed: true });
  });

  test('what is no longer true is withdrawn by itself, and cannot be accepted', () => {
    const s = line();
    const id = give(s, openTwo);
    s.do({ type: 'shift.end' }, teller(2));
    expect(s.events('advice.withdrawn')[0]).toMatchObject({ adviceId: id, why: 'staff_off_shift' });
    expect(s.refused({ type: 'advice.accept', adviceId: id })).toBe('advice.unknown');
    const other = give(s, { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' });
    signOn(s, 3);
    expect(s.events('advice.withdrawn')[1]).toMatchObject({ adviceId: other, why: 'counter_open' });
  });

  test('whoever is not on shift is not asked; at an hour for which no teller is planned all are taken to be here', () => {
    const s = staffed();
    expect(refusedToGive(plannedWith(s, 'teller1'), openTwo)).toBe('advice.staff_off_shift');
    expect(give(plannedWith(staffed(), 'teller2'), openTwo)).toBeDefined();
    expect(give(staffed(), openTwo)).toBeDefined();
  });

  test('the person sits down elsewhere after it was accepted: it is withdrawn', () => {
    const s = line();
    const id = give(s, openTwo);
    s.do({ type: 'advice.accept', adviceId: id });
    s.do({ type: 'counter.open', counterId: 'c3', staffId: 'teller2' });
    expect(s.events('advice.withdrawn')[0]).toMatchObject({ adviceId: id, why: 'staff_elsewhere' });
  });
});

describe('closing a window', () => {
  const aged = (people = 0): Scenario => {
    const s = adviceBranch()
      .open('c1', 'c2')
      .pass(16 * MINUTE);
    for (let n = 0; n < people; n += 1) s.issue();
    return s;
  };

  test('at its time, after the customer there, once the cash is counted by two', () => {
    const s = aged(2);
    s.call('c1');
    s.start('c1');
    const id = give(s, { ...closeOne, doAt: s.now + 10 * MINUTE });
    s.do({ type: 'advice.accept', adviceId: id });
    s.pass(10 * MINUTE);
    expect(s.counter('c1')).toMatchObject({ state: 'serving', pauseAfter: {} });
    s.complete('c1');
    expect(s.counter('c1')).toMatchObject({ state: 'paused', cashCount: { state: 'pending' } });
    s.do({ type: 'counter.confirmCashCount', counterId: 'c1' }, teller(2));
    expect(s.counter('c1').state).toBe('closed');
    expect(adviceIn(s, id).state).toBe('carriedOut');
  });

  test('a teller who takes it up again has reasons: the advice is withdrawn, the window stays', () => {
    const s = aged();
    const id = give(s, closeOne);
    s.do({ type: 'advice.accept', adviceId: id });
    expect(s.counter('c1').state).toBe('paused');
    s.do({ type: 'counter.resume', counterId: 'c1' }, teller(1));
    expect(s.counter('c1').state).toBe('idle');
    expect(s.events('advice.withdrawn')[0]).toMatchObject({ why: 'resumed' });
  });

  test('not within the least time it stays open, not the last window for those who wait, not a paused one', () => {
    const s = adviceBranch({}, { cashCountOnPause: false }).open('c1', 'c4');
    expect(refusedToGive(s, closeOne)).toBe('advice.opened_lately');
    s.pass(15 * MINUTE);
    s.issue();
    expect(refusedToGive(s, closeOne)).toBe('advice.last_window');
    s.open('c2');
    const id = give(s, closeOne);
    s.do({ type: 'counter.pause', counterId: 'c1', reason: 'break' });
    expect(s.events('advice.withdrawn')[0]).toMatchObject({ adviceId: id, why: 'counter_paused' });
    expect(refusedToGive(s, closeOne)).toBe('advice.counter_paused');
    s.do({ type: 'counter.resume', counterId: 'c1' });
    expect(give(s, closeOne)).toBeDefined();
  });
});

describe('how much, and how often', () => {
  test('one live piece for a window, a person, a customer; five in all', () => {
    const s = line();
    give(s, openTwo);
    expect(refusedToGive(s, { ...openTwo, staffId: 'teller3' })).toBe('advice.in_hand');
    expect(refusedToGive(s, { ...openTwo, counterId: 'c3' })).toBe('advice.in_hand');
    give(s, { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' });
    give(s, { kind: 'openWindow', counterId: 'c5', staffId: 'teller5' });
    give(s, { kind: 'openWindow', counterId: 'c6', staffId: 'teller6' });
    give(s, { kind: 'openWindow', counterId: 'c4', staffId: 'teller4' });
    expect(refusedToGive(s, { kind: 'openWindow', counterId: 'c7', staffId: 'teller7' })).toBe('advice.too_many');
  });

  test('given, it stands for a while whatever the outlook; taken back, it stays away for a while, unless things become clearly worse', () => {
    const s = line();
    const id = give(s, openTwo, 10 * MINUTE);
    const withdraw = { type: 'advice.withdraw', adviceId: id, why: 'outlook' } as const;
    expect(s.refused(withdraw, clock)).toBe('advice.stands');
    s.pass(3 * MINUTE);
    s.do(withdraw, clock);
    const other = { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' } as const;
    expect(refusedToGive(s, other, 14 * MINUTE)).toBe('advice.withdrawn_lately');
    s.do({ type: 'shift.end' }, teller(3));
    const worse = give(s, openTwo, 15 * MINUTE);
    // What became impossible says nothing of the outlook: somebody else may be named at once.
    s.do({ type: 'shift.end' }, teller(2));
    expect(s.events('advice.withdrawn').at(-1)).toMatchObject({ adviceId: worse, why: 'staff_off_shift' });
    s.pass(7 * MINUTE);
    expect(give(s, { kind: 'openWindow', counterId: 'c5', staffId: 'teller5' }, 5 * MINUTE)).toBeDefined();
  });

  test('a closing that would do harm is called off at once, even when it was accepted, until the window has begun to close', () => {
    const s = adviceBranch()
      .open('c1', 'c2')
      .pass(16 * MINUTE);
    const later = { ...closeOne, doAt: s.now + 10 * MINUTE };
    const id = give(s, later);
    s.do({ type: 'advice.accept', adviceId: id });
    expect(s.refused({ type: 'advice.withdraw', adviceId: id, why: 'outlook' }, clock)).toBe('advice.already_accepted');
    s.do({ type: 'advice.withdraw', adviceId: id, why: 'harmful' }, clock);
    s.pass(11 * MINUTE);
    expect(s.counter('c1').state).toBe('idle');
    s.issue();
    s.call('c1');
    s.start('c1');
    const again = give(s, closeOne);
    s.do({ type: 'advice.accept', adviceId: again });
    expect(s.refused({ type: 'advice.withdraw', adviceId: again, why: 'harmful' }, clock)).toBe('advice.already_accepted');
  });

  test('declined, it stays away for a while, unless things become clearly worse', () => {
    const s = line();
    s.do({ type: 'advice.decline', adviceId: give(s, openTwo, 10 * MINUTE), reason: 'she counts cash' });
    const other = { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' } as const;
    expect(refusedToGive(s, other, 14 * MINUTE)).toBe('advice.declined_lately');
    const worse = give(s, other, 15 * MINUTE);
    s.do({ type: 'advice.decline', adviceId: worse, reason: 'no' });
    s.pass(20 * MINUTE);
    expect(give(s, other, 5 * MINUTE)).toBeDefined();
  });

  test('nobody decides: it expires; the day ends: nothing is left over', () => {
    const s = line();
    give(s, openTwo);
    s.pass(10 * MINUTE);
    expect(story(s)).toEqual(['advice.given', 'advice.expired']);
    const id = give(s, openTwo);
    s.do({ type: 'advice.accept', adviceId: id });
    signOn(s, 2);
    s.pass(s.state.day!.endsAt - s.now);
    expect(s.state.advice).toEqual({});
    expect(story(s).at(-1)).toBe('advice.measured');
  });

  test('an unwanted kind is not given, nor anything where advice is off', () => {
    const s = adviceBranch({ kinds: ['closeWindow'] });
    expect(refusedToGive(s, openTwo)).toBe('advice.off');
    expect(refusedToGive(adviceBranch({ mode: 'off' }), openTwo)).toBe('advice.off');
  });
});

describe('who', () => {
  test('only the hub gives and withdraws; the lobby manager and the head decide; tellers and the region do not', () => {
    const s = line();
    const id = give(s, openTwo);
    const accept = { type: 'advice.accept', adviceId: id } as const;
    for (const actor of [manager, head]) expect(mayDo(s.state, actor, accept)).toBeUndefined();
    for (const role of ['regional', 'admin', 'kiosk', 'teller'] as const)
      expect(mayDo(s.state, { id: 'x', kind: 'staff', role, branches: ['hq'] }, accept)?.code).toBe('forbidden');
    expect(mayDo(s.state, head, { type: 'advice.withdraw', adviceId: id, why: 'x' })?.code).toBe('forbidden');
  });

  test('whoever was asked to open a window may sign on there, though it is not theirs; nobody else may', () => {
    const s = line();
    const at3 = { type: 'counter.open', counterId: 'c3' } as const;
    const may = (id: string) => mayDo(s.state, { id, kind: 'staff', role: 'teller', branches: ['hq'] }, at3);
    const id = give(s, { ...openTwo, counterId: 'c3' });
    expect(may('teller2')?.code).toBe('forbidden');
    s.do({ type: 'advice.accept', adviceId: id });
    expect(may('teller2')).toBeUndefined();
    expect(may('teller4')?.code).toBe('forbidden');
  });

  test('acting by itself the hub keeps to its bounds and says that it was the hub', () => {
    const act = { kinds: ['openWindow' as const], mostAnHour: 1, leastWindows: 1, mostWindows: 3 };
    const s = adviceBranch({ mode: 'act', act }).open('c1');
    s.issue();
    const byItself = (adviceId: string) => ({ type: 'advice.accept', adviceId }) as const;
    s.do(byItself(give(s, openTwo)), clock);
    expect(s.events('advice.accepted')[0]).toMatchObject({ byItself: true, card: { acceptedBy: 'clock' } });
    signOn(s, 2);
    const next = give(s, { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' });
    expect(s.refused(byItself(next), clock)).toBe('advice.act_often');
    s.pass(60 * MINUTE);
    const closing = give(s, closeOne);
    expect(s.refused(byItself(closing), clock)).toBe('advice.act_kind');
    s.do({ type: 'counter.open', counterId: 'c5', staffId: 'teller5' });
    expect(s.refused(byItself(give(s, { kind: 'openWindow', counterId: 'c3', staffId: 'teller3' })), clock)).toBe('advice.act_windows');
    expect(line().refused(byItself('nothing'), clock)).toBe('advice.unknown');
    const asked = line();
    expect(asked.refused(byItself(give(asked, openTwo)), clock)).toBe('advice.act_off');
  });

  test('between its hours only', () => {
    const act = {
      kinds: ['openWindow' as const],
      mostAnHour: 9,
      leastWindows: 0,
      mostWindows: 9,
      between: { from: '10:00', until: '11:00' },
    };
    const s = adviceBranch({ mode: 'act', act }).open('c1');
    expect(s.refused({ type: 'advice.accept', adviceId: give(s, openTwo) }, clock)).toBe('advice.act_hours');
    s.pass(60 * MINUTE);
    s.do({ type: 'advice.accept', adviceId: give(s, openTwo) }, clock);
  });
});
