import { describe, expect, test } from 'vitest';
import { adviceIn, give, refusedToGive, story } from '../testing/advice.ts';
import { MONDAY, plan, staffed } from '../testing/people.ts';
import { HOUR, manager, MINUTE, type Scenario, teller } from '../testing/scenario.ts';

const rest = { kind: 'giveBreak', staffId: 'teller1', counterId: 'c1' } as const;

/** A quarter to twelve, windows 1 to 3 open: breaks of an hour may begin since half past eleven, until one. */
function noon(rules = {}): Scenario {
  const s = staffed({ rules });
  plan(s, MONDAY, 'teller1', 'teller2', 'teller3');
  for (const n of [1, 2, 3]) s.do({ type: 'counter.open', counterId: `c${n}` }, teller(n));
  return s.pass(2 * HOUR + 45 * MINUTE);
}

describe('a break', () => {
  test('accepted, it begins at once at a free window, announced for as long as the plan says', () => {
    const s = noon();
    const id = give(s, rest);
    s.do({ type: 'advice.accept', adviceId: id });
    expect(s.counter('c1')).toMatchObject({ state: 'paused', backAt: s.now + HOUR });
    expect(s.state.people.presence['teller1']?.break).toMatchObject({ since: s.now });
    expect(story(s)).toEqual(['advice.given', 'advice.accepted', 'advice.carriedOut']);
  });

  test('with a customer there it begins after this one, and is done then', () => {
    const s = noon();
    s.issue();
    s.call('c1');
    s.start('c1');
    const id = give(s, rest);
    s.do({ type: 'advice.accept', adviceId: id });
    expect(s.counter('c1')).toMatchObject({ state: 'serving', pauseAfter: {} });
    expect(adviceIn(s, id)).toMatchObject({ state: 'accepted', begunAt: s.now });
    s.pass(3 * MINUTE).complete('c1');
    expect(s.state.people.presence['teller1']?.break).toBeDefined();
    expect(adviceIn(s, id).state).toBe('carriedOut');
  });

  test('is not advised before its time, nor to somebody who is on it, nor to who is not here', () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1');
    s.do({ type: 'counter.open', counterId: 'c1' }, teller(1));
    expect(refusedToGive(s, rest)).toBe('advice.break_not_due');
    const later = noon();
    expect(refusedToGive(later, { ...rest, staffId: 'teller4' })).toBe('advice.staff_off_shift');
    const id = give(later, rest);
    later.do({ type: 'break.begin' }, teller(1));
    expect(later.events('advice.withdrawn')[0]).toMatchObject({ adviceId: id, why: 'break_begun' });
    expect(refusedToGive(later, rest)).toBe('advice.break_begun');
  });

  test('the last teller waits until somebody stands in, unless the time is over', () => {
    const s = noon({ cashTellers: 3 });
    expect(refusedToGive(s, rest)).toBe('advice.break_last');
    s.pass(HOUR + 16 * MINUTE);
    expect(give(s, rest)).toBeDefined();
  });

  test('“no” to one person’s break says nothing of another’s', () => {
    const s = noon();
    s.do({ type: 'advice.decline', adviceId: give(s, rest), reason: 'later' }, manager);
    expect(refusedToGive(s, rest)).toBe('advice.declined_lately');
    expect(give(s, { ...rest, staffId: 'teller2', counterId: 'c2' })).toBeDefined();
  });
});
