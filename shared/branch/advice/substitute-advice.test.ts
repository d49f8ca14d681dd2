import { describe, expect, test } from 'vitest';
import { adviceIn, give, refusedToGive, story } from '../testing/advice.ts';
import { staffed } from '../testing/people.ts';
import { head, manager } from '../testing/scenario.ts';

const send = { kind: 'sendSubstitute', staffId: 'manager2' } as const;

describe('a substitute for the lobby', () => {
  test('is sent when nobody is there: accepted, the post is taken', () => {
    const s = staffed({ rules: { lobby: 1 } });
    s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, head);
    const id = give(s, send);
    s.do({ type: 'advice.accept', adviceId: id }, head);
    expect(s.state.people.presence['manager2']?.post).toEqual({ kind: 'lobby' });
    expect(story(s)).toEqual(['advice.given', 'advice.accepted', 'advice.carriedOut']);
    expect(adviceIn(s, id).state).toBe('carriedOut');
  });

  test('is not advised while somebody is there, and withdrawn when somebody comes', () => {
    const s = staffed({ rules: { lobby: 1 } });
    s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, head);
    give(s, send);
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    expect(story(s)).toEqual(['advice.given', 'advice.withdrawn']);
    expect(refusedToGive(s, send)).toBe('advice.lobby_attended');
  });

  test('is nobody on a break, and nobody the branch does not know', () => {
    const s = staffed({ rules: { lobby: 1 } });
    s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, head);
    s.do({ type: 'break.begin', staffId: 'manager2' }, head);
    expect(refusedToGive(s, send)).toBe('advice.staff_on_break');
    expect(refusedToGive(s, { kind: 'sendSubstitute', staffId: 'nobody' })).toBe('advice.substitute_unknown');
  });
});
