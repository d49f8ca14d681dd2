import { describe, expect, test } from 'vitest';
import { plan, staffed, TUESDAY } from '../../../shared/branch/testing/people.ts';
import { head, manager } from '../../../shared/branch/testing/scenario.ts';
import { coverFor, needOfRelief } from './cover.ts';
import { peopleNow } from './people-now.ts';

const HOUR = 3_600_000;

/** Monday nine o'clock: these three are planned for today. */
function morning() {
  const s = staffed();
  const date = s.state.day?.date ?? TUESDAY;
  plan(s, date, 'teller1', 'teller2', 'teller3', 'manager', 'manager2');
  return { s, date };
}

describe('how people stand right now', () => {
  test('whoever is planned and not here is missing since the shift began; the missing come first', () => {
    const { s } = morning();
    s.do({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' }, manager);
    const people = peopleNow(s.state, s.now);
    const shift = s.state.people.rota[s.state.day?.date ?? '']?.shifts['teller2'];
    expect(people.find(({ staffId }) => staffId === 'teller2')).toMatchObject({ look: 'missing', since: shift?.startsAt });
    expect(people.find(({ staffId }) => staffId === 'teller1')).toMatchObject({ look: 'onPost', here: { post: { counterId: 'c1' } } });
    expect(people[0]?.look).toBe('missing');
    expect(people.at(-1)?.look).toBe('off');
  });

  test('somebody away is not missing, and it is told who took the place', () => {
    const { s, date } = morning();
    s.do({ type: 'roster.absence', staffId: 'teller2', date, kind: 'unplanned' }, manager);
    s.do({ type: 'roster.substitute', date, absentStaffId: 'teller2', staffId: 'teller4' }, manager);
    const people = peopleNow(s.state, s.now);
    expect(people.find(({ staffId }) => staffId === 'teller2')).toMatchObject({ look: 'away', filledBy: 'teller4' });
    expect(people.find(({ staffId }) => staffId === 'teller4')).toMatchObject({ look: 'missing', shift: { fills: 'teller2' } });
  });

  test('a break is late once its end has passed, and no sooner', () => {
    const { s } = morning();
    s.do({ type: 'post.take', kind: 'lobby', staffId: 'manager' }, manager);
    s.do({ type: 'break.begin', staffId: 'manager', backAt: s.now + HOUR }, manager);
    const lookAt = (now: number) => peopleNow(s.state, now).find(({ staffId }) => staffId === 'manager')?.look;
    expect([lookAt(s.now + HOUR), lookAt(s.now + HOUR + 1)]).toEqual(['onBreak', 'breakOver']);
  });
});

describe('who can stand in this minute', () => {
  test('whoever is here and free goes before one who has not signed on, and that one before one off shift', () => {
    const { s } = morning();
    s.do({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' }, manager);
    s.do({ type: 'counter.close', counterId: 'c1' }, manager);
    const cover = coverFor(s.state, { kind: 'counter', zone: 'cash' }, s.now, 20);
    expect(cover[0]).toMatchObject({ staffId: 'teller1', where: 'free', usual: true, counter: { id: 'c1' } });
    expect(cover.map(({ where }) => where)).toEqual(cover.map(({ where }) => where).sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(cover.find(({ staffId }) => staffId === 'teller2')?.where).toBe('planned');
  });

  test('a guard is not asked to serve, and nobody away is asked at all; the command puts them on post', () => {
    const { s, date } = morning();
    s.do({ type: 'roster.absence', staffId: 'manager', date, kind: 'unplanned' }, head);
    const lobby = coverFor(s.state, { kind: 'lobby' }, s.now, 20);
    expect(lobby.map(({ staffId }) => staffId)).not.toContain('guard1');
    expect(lobby.map(({ staffId }) => staffId)).not.toContain('manager');
    const [first] = lobby;
    if (first === undefined) throw new Error('nobody for the lobby');
    s.do(first.command, head);
    expect(s.state.people.presence[first.staffId]?.post?.kind).toBe('lobby');
  });

  test('a break at a window asks for another window of its zone, one in the back office for nobody', () => {
    const { s } = morning();
    s.do({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' }, manager);
    s.do({ type: 'post.take', kind: 'backOffice', staffId: 'manager2' }, manager);
    expect(needOfRelief(s.state, 'teller1')).toEqual({ kind: 'counter', zone: 'cash', except: 'teller1' });
    expect(needOfRelief(s.state, 'manager2')).toBeUndefined();
  });
});

const order = ['free', 'backOffice', 'onPost', 'planned', 'onBreak', 'off'];
