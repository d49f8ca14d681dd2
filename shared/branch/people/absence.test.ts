import { describe, expect, test } from 'vitest';
import { HOUR, head, manager, type Scenario, teller } from '../testing/scenario.ts';
import { MONDAY, plan, setShift, staffed, TUESDAY } from '../testing/people.ts';
import { shiftOf } from './roster.ts';
import type { Substitute } from './substitutes.ts';
import { swapPartners } from './swap-partners.ts';

interface Open {
  readonly date: string;
  readonly substitutes: readonly Substitute[];
}

const open = (result: Record<string, unknown>): readonly Open[] => result['open'] as readonly Open[];
const works = (s: Scenario, date: string, staffId: string) => shiftOf(s.state, date, staffId)?.post.counterId;

describe('an absence', () => {
  test('offers at once who may take the place, best first: here, of the same role, able to do most', () => {
    const s = staffed({
      certificates: { counter: ['cash'] },
      roster: (all) =>
        all
          .filter(({ staffId }) => staffId !== 'teller7')
          .map((one) => ({
            ...one,
            certificates: one.staffId === 'teller6' ? [] : [{ kind: 'cash', expiresOn: '2030-01-01' }],
            ...(one.staffId === 'teller3' ? { serviceIds: ['deposit'] } : {}),
            ...(one.staffId === 'teller5' ? { contract: { dayMs: 4 * HOUR, weekMs: 20 * HOUR } } : {}),
          })),
    });
    plan(s, TUESDAY, 'teller1', 'teller2');
    plan(s, MONDAY, 'teller4');
    const result = s.do({ type: 'roster.absence', date: TUESDAY, kind: 'unplanned', reason: '发烧' }, teller(1));
    // teller2 works already, teller5 not so long a day, teller6 has no certificate, guard and head sit at no window.
    expect(open(result)[0]?.substitutes.map(({ staffId }) => staffId)).toEqual(['teller4', 'teller3', 'manager', 'manager2']);
    expect(open(result)[0]?.substitutes[1]?.skills).toEqual({ can: 1, of: 11 });
    expect(JSON.stringify(s.log)).not.toContain('发烧');
    const substitute = (staffId: string) => ({ type: 'roster.substitute' as const, date: TUESDAY, absentStaffId: 'teller1', staffId });
    expect(s.refused(substitute('teller2'), head)).toBe('staff.already_on');
    expect(s.refused(substitute('teller5'), head)).toBe('staff.day_hours');
    expect(s.refused(substitute('teller6'), head)).toBe('staff.certificate_missing');
    expect(s.refused(substitute('guard1'), head)).toBe('staff.post_not_allowed');
    s.do(substitute('teller4'), manager);
    // Taken off the plan again, the place is open again.
    s.do(setShift(TUESDAY, 'teller4', null), manager);
    s.do(substitute('teller4'), manager);
    expect([works(s, TUESDAY, 'teller1'), works(s, TUESDAY, 'teller4')]).toEqual([undefined, 'c1']);
    expect(s.refused(substitute('teller3'), head)).toBe('roster.filled');
  });

  test('of somebody here takes them off their post; what is left of the shift is filled', () => {
    const s = staffed();
    plan(s, MONDAY, 'manager');
    s.do({ type: 'post.take', kind: 'lobby' }, manager);
    s.pass(HOUR);
    const [shift] = open(s.do({ type: 'roster.absence', date: MONDAY }, manager));
    expect(s.state.people.presence['manager']).toBeUndefined();
    expect(shift?.substitutes[0]?.staffId).toBe('manager2');
    s.do({ type: 'roster.substitute', date: MONDAY, absentStaffId: 'manager', staffId: 'manager2' }, head);
    expect(shiftOf(s.state, MONDAY, 'manager2')).toMatchObject({ startsAt: s.now, post: { kind: 'lobby' }, fills: 'manager' });
  });

  test('taken back restores the shift and sends the substitute home; coming in all the same does so too', () => {
    for (const back of [
      (s: Scenario) => s.do({ type: 'roster.cancelAbsence', staffId: 'teller1', date: MONDAY }, head),
      (s: Scenario) => s.do({ type: 'counter.open', counterId: 'c1' }, teller(1)),
    ]) {
      const s = staffed();
      plan(s, MONDAY, 'teller1');
      s.do({ type: 'roster.absence', staffId: 'teller1', date: MONDAY }, head);
      s.do({ type: 'roster.substitute', date: MONDAY, absentStaffId: 'teller1', staffId: 'teller2' }, head);
      back(s);
      expect([works(s, MONDAY, 'teller1'), works(s, MONDAY, 'teller2')]).toEqual(['c1', undefined]);
    }
  });

  test('of two weeks asks for each day; a third time and a wrong end are refused', () => {
    const s = staffed();
    plan(s, TUESDAY, 'teller1');
    const away = { type: 'roster.absence' as const, staffId: 'teller1', date: MONDAY, until: '2026-12-06', kind: 'planned' as const };
    expect(open(s.do(away, head)).map(({ date }) => date)).toEqual([TUESDAY]);
    expect(s.refused(away, head)).toBe('staff.away_already');
    expect(s.refused({ ...away, until: '2026-11-22' }, head)).toBe('roster.days_wrong');
    expect(s.refused({ ...away, staffId: 'teller2' }, teller(1))).toBe('forbidden');
    expect(s.refused({ type: 'roster.cancelAbsence', staffId: 'teller2', date: MONDAY }, head)).toBe('staff.away_not');
  });
});

describe('a swap', () => {
  const two = () => {
    const s = staffed();
    plan(s, TUESDAY, 'teller1');
    s.do(setShift('2026-11-25', 'teller2', { shiftId: 'late' }), head);
    return s;
  };
  const offer = { type: 'roster.swap' as const, date: TUESDAY, withStaffId: 'teller2', withDate: '2026-11-25' };

  test('waits for the other, who alone (or a lead) accepts; then each has the other’s shift', () => {
    const s = two();
    const { swapId, accepted } = s.do(offer, teller(1)) as { swapId: string; accepted: boolean };
    expect(accepted).toBe(false);
    expect(s.refused(offer, teller(1))).toBe('swap.offered_already');
    expect(s.refused({ type: 'roster.acceptSwap', swapId }, teller(1))).toBe('forbidden');
    expect(s.refused({ type: 'roster.acceptSwap', swapId }, teller(3))).toBe('forbidden');
    s.do({ type: 'roster.acceptSwap', swapId }, teller(2));
    expect([works(s, TUESDAY, 'teller1'), works(s, TUESDAY, 'teller2')]).toEqual([undefined, 'c1']);
    expect([works(s, '2026-11-25', 'teller1'), works(s, '2026-11-25', 'teller2')]).toEqual(['c2', undefined]);
    expect(s.refused({ type: 'roster.acceptSwap', swapId }, manager)).toBe('swap.unknown');
  });

  test('on one day changes the two places; a lead decides at once', () => {
    const s = staffed();
    plan(s, TUESDAY, 'teller1', 'teller2');
    expect(s.do({ ...offer, staffId: 'teller1', withDate: TUESDAY }, manager)).toMatchObject({ accepted: true });
    expect([works(s, TUESDAY, 'teller1'), works(s, TUESDAY, 'teller2')]).toEqual(['c2', 'c1']);
  });

  test('is refused where one of them may not, or has nothing to give', () => {
    const s = two();
    expect(s.refused({ ...offer, withDate: '2026-11-26', date: '2026-11-26' }, teller(1))).toBe('swap.nothing');
    expect(s.refused({ ...offer, withStaffId: 'teller1' }, teller(1))).toBe('swap.same_person');
    expect(s.refused({ ...offer, withStaffId: 'guard1', withDate: TUESDAY }, teller(1))).toBe('staff.post_not_allowed');
    const { swapId } = s.do(offer, teller(1)) as { swapId: string };
    s.do({ type: 'roster.absence', date: TUESDAY }, teller(2));
    expect(s.refused({ type: 'roster.acceptSwap', swapId }, teller(2))).toBe('staff.absent');
    s.do({ type: 'roster.declineSwap', swapId }, teller(1));
    expect(s.state.people.swaps).toEqual({});
  });
});

describe('with whom a day is swapped', () => {
  test('people free that day and of the same role come up; those with the same hours, away, or without the right do not', () => {
    const s = staffed();
    plan(s, TUESDAY, 'teller1', 'teller2');
    s.do(setShift(TUESDAY, 'teller3', { shiftId: 'late' }), manager);
    s.do({ type: 'roster.absence', staffId: 'teller4', date: TUESDAY, kind: 'planned' }, manager);
    const ids = swapPartners(s.state, { date: TUESDAY, staffId: 'teller1', now: s.now }).map(({ staffId }) => staffId);
    expect(ids[0]).toBe('teller3');
    expect(ids).toContain('teller5');
    for (const none of ['teller1', 'teller2', 'teller4', 'guard1']) expect(ids).not.toContain(none);
    s.do({ type: 'roster.swap', date: TUESDAY, staffId: 'teller1', withStaffId: 'teller3' }, manager);
    expect(s.state.people.rota[TUESDAY]?.shifts['teller1']?.shiftId).toBe('late');
  });
});
