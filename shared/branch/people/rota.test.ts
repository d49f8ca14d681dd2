import { describe, expect, test } from 'vitest';
import type { Actor, Calendar, Context } from '../../aggregate.ts';
import { defaultHours } from '../../contract/default-config.ts';
import { branch } from '../branch.ts';
import { staffFloor } from '../floor.ts';
import { HOUR, MINUTE, NINE, head, manager, Scenario, shanghai, teller } from '../testing/scenario.ts';
import { MONDAY, plan, setShift, staffed, TUESDAY } from '../testing/people.ts';
import { dateAfter, mondayOf } from './dates.ts';

const HALF_PAST_EIGHT = NINE - 30 * MINUTE;

describe('the plan of a day', () => {
  test('turns local times into instants once, by the branch’s calendar', () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1');
    expect(s.state.people.rota[MONDAY]?.shifts['teller1']).toEqual({
      staffId: 'teller1',
      shiftId: 'day',
      startsAt: HALF_PAST_EIGHT,
      endsAt: HALF_PAST_EIGHT + 9 * HOUR,
      post: { kind: 'counter', counterId: 'c1' },
      breaks: [{ earliestAt: HALF_PAST_EIGHT + 3 * HOUR, latestAt: HALF_PAST_EIGHT + 4.5 * HOUR, lengthMs: HOUR }],
    });
  });

  test('a night shift ends on the next day and belongs to the date it begins on', () => {
    const s = staffed();
    s.do(setShift(MONDAY, 'teller1', { shiftId: 'night' }), head);
    const shift = s.state.people.rota[MONDAY]?.shifts['teller1'];
    expect((shift?.endsAt ?? 0) - (shift?.startsAt ?? 0)).toBe(8 * HOUR);
  });

  test('puts everybody at their usual post unless told otherwise', () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1', 'manager', 'guard1', 'head');
    const shifts = s.state.people.rota[MONDAY]?.shifts ?? {};
    expect(Object.values(shifts).map(({ staffId, post }) => [staffId, post.kind])).toEqual([
      ['teller1', 'counter'],
      ['manager', 'lobby'],
      ['guard1', 'guard'],
      ['head', 'floor'],
    ]);
    s.do(setShift(MONDAY, 'teller1', { from: '10:00', until: '16:00', post: 'backOffice' }), manager);
    expect(s.state.people.rota[MONDAY]?.shifts['teller1']).toMatchObject({ post: { kind: 'backOffice' }, breaks: [] });
    s.do(setShift(MONDAY, 'teller1', null), manager);
    expect(s.state.people.rota[MONDAY]?.shifts['teller1']).toBeUndefined();
    expect(s.refused(setShift(MONDAY, 'teller1', null))).toBe('roster.no_shift');
  });

  test('what it cannot be is refused with the place in it', () => {
    const s = staffed({
      certificates: { counter: ['cash'] },
      roster: (all) =>
        all.map((one) => (one.staffId === 'teller2' ? { ...one, certificates: [{ kind: 'cash', expiresOn: MONDAY }] } : one)),
    });
    const wrong = (date: string, staffId: string, shift: Parameters<typeof setShift>[2] = { shiftId: 'day' }) =>
      s.refused(setShift(date, staffId, shift), head);
    expect(wrong('2026-11-22', 'teller2')).toBe('roster.past');
    expect(wrong(dateAfter(MONDAY, 57), 'teller2')).toBe('roster.too_far');
    expect(wrong(MONDAY, 'stranger')).toBe('staff.unknown');
    expect(wrong(MONDAY, 'constructor')).toBe('staff.unknown');
    expect(wrong(MONDAY, 'teller2', { shiftId: 'nothing' })).toBe('roster.shift_unknown');
    expect(wrong(MONDAY, 'teller2', {})).toBe('roster.times_missing');
    expect(wrong(MONDAY, 'teller2', { from: '06:00', until: '05:00' })).toBe('roster.times_wrong');
    expect(wrong(MONDAY, 'teller2', { shiftId: 'day', counterId: 'c99' })).toBe('counter.unknown');
    expect(wrong(MONDAY, 'guard1', { shiftId: 'day', post: 'lobby' })).toBe('staff.post_not_allowed');
    expect(wrong(MONDAY, 'teller1')).toBe('staff.certificate_missing');
    expect(wrong(TUESDAY, 'teller2')).toBe('staff.certificate_expired');
    s.do(setShift(MONDAY, 'teller2', { shiftId: 'day' }), head);
    const twice = {
      type: 'roster.setDay' as const,
      date: MONDAY,
      shifts: [
        { staffId: 'manager', shiftId: 'day' },
        { staffId: 'manager', shiftId: 'late' },
      ],
    };
    expect(s.refused(twice, head)).toBe('roster.twice');
    expect(Scenario.open().refused({ type: 'roster.setDay', date: MONDAY, shifts: [] }, head)).toBe('roster.not_set_up');
  });

  test('says where it asks more of a contract than agreed, and is kept all the same', () => {
    const s = staffed({
      roster: (all) => all.map((one) => (one.staffId === 'teller1' ? { ...one, contract: { dayMs: 4 * HOUR, weekMs: 20 * HOUR } } : one)),
    });
    const { warnings } = plan(s, MONDAY, 'teller1', 'teller2');
    expect(warnings).toEqual([{ code: 'staff.day_hours', params: { staffId: 'teller1', mostMs: 4 * HOUR } }]);
    expect(Object.keys(s.state.people.rota[MONDAY]?.shifts ?? {})).toEqual(['teller1', 'teller2']);
    s.do(setShift(TUESDAY, 'teller2', { from: '02:00', until: '08:00' }), head);
    expect(plan(s, TUESDAY, 'teller2').warnings).toEqual([]);
    expect(s.do(setShift(TUESDAY, 'teller2', { from: '02:00', until: '08:00' }), head).warnings).toEqual([
      { code: 'staff.rest', params: { staffId: 'teller2', restMs: 11 * HOUR } },
    ]);
  });

  test('is for lobby manager and head; a teller plans nobody', () => {
    const s = staffed();
    expect(s.refused(setShift(MONDAY, 'teller1', { shiftId: 'day' }), teller(1))).toBe('forbidden');
    expect(s.refused({ type: 'roster.copyWeek', from: MONDAY, to: '2026-11-30' }, teller(1))).toBe('forbidden');
  });
});

describe('a week copied', () => {
  test('keeps the local times, leaves out who is away, and says so', () => {
    const s = staffed();
    plan(s, MONDAY, 'teller1', 'manager');
    plan(s, TUESDAY, 'teller1');
    const next = dateAfter(MONDAY, 7);
    s.do({ type: 'roster.absence', staffId: 'teller1', date: next, kind: 'planned' }, head);
    const { copied, left } = s.do({ type: 'roster.copyWeek', from: TUESDAY, to: dateAfter(next, 3) }, head);
    expect(copied).toEqual([next, dateAfter(next, 1)]);
    expect(left).toEqual([{ date: next, staffId: 'teller1', code: 'staff.absent' }]);
    expect(s.state.people.rota[dateAfter(next, 1)]?.shifts['teller1']).toMatchObject({
      startsAt: HALF_PAST_EIGHT + 8 * 24 * HOUR,
      shiftId: 'day',
    });
    expect(s.refused({ type: 'roster.copyWeek', from: MONDAY, to: TUESDAY }, head)).toBe('roster.same_week');
    expect(s.refused({ type: 'roster.copyWeek', from: dateAfter(MONDAY, 21), to: next }, head)).toBe('roster.nothing_to_copy');
  });
});

test('a week with a change of clocks in it is copied by the time on the wall', () => {
  /** On the Sunday of 29 November the clocks go forward at two, on that of 6 December back again at three. */
  const forward = Date.UTC(2026, 10, 28, 18);
  const back = Date.UTC(2026, 11, 5, 18);
  const instantOf: Calendar['instantOf'] = (...of) => {
    const at = shanghai.instantOf(...of);
    return at > forward && at <= back ? at - HOUR : at;
  };
  class Abroad extends Scenario {
    override context(by: Actor): Context {
      return { ...super.context(by), calendar: { ...shanghai, instantOf } };
    }
  }
  const s = Object.assign(new Abroad(), staffed());
  const [sunday, next, later] = ['2026-11-29', '2026-12-06', '2026-12-13'];
  s.do(setShift(sunday, 'teller1', { shiftId: 'late' }), head);
  s.do(setShift(sunday, 'teller2', { shiftId: 'night' }), head);
  s.do({ type: 'roster.copyWeek', from: sunday, to: next }, head);
  s.do({ type: 'roster.copyWeek', from: next, to: later }, head);
  for (const [date, hours] of [
    [sunday, -1],
    [next, 0],
    [later, 0],
  ] as const) {
    const shifts = s.state.people.rota[date]?.shifts;
    expect(shifts?.['teller1']?.startsAt, date).toBe(shanghai.instantOf(date, '13:00', defaultHours) + hours * HOUR);
    expect(shifts?.['teller2']?.startsAt, date).toBe(shanghai.instantOf(date, '22:00', defaultHours) + hours * HOUR);
  }
});

test('weeks begin on Monday, over the turn of a year too', () => {
  expect(mondayOf('2027-01-03')).toBe('2026-12-28');
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
});

test('the state keeps five weeks back; the live floor shows the days beside today alone', () => {
  const s = staffed();
  for (const date of [MONDAY, TUESDAY, dateAfter(MONDAY, 6)]) plan(s, date, 'teller1');
  expect(Object.keys(staffFloor(s.state).people.rota)).toEqual([MONDAY, TUESDAY]);
  s.pass(40 * 24 * HOUR);
  expect(Object.keys(s.state.people.rota)).toEqual([dateAfter(MONDAY, 6)]);
});

test('a viewer who joined before tomorrow was near sees its plan when it begins', () => {
  const s = staffed();
  const friday = dateAfter(MONDAY, 4);
  plan(s, friday, 'teller1');
  const joined = s.log.length;
  const viewer = branch.thaw(JSON.parse(JSON.stringify(staffFloor(s.state))));
  s.pass(4 * 24 * HOUR);
  const now = s.log.slice(joined).reduce(branch.evolve, viewer);
  expect(Object.keys(now.people.rota[friday]?.shifts ?? {})).toEqual(['teller1']);
});
