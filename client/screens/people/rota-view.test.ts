import { describe, expect, test } from 'vitest';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { dateAfter, mondayOf, weekOf } from '../../../shared/branch/people/dates.ts';
import { emptyDay } from '../../../shared/branch/people/rota.evolve.ts';
import { plan, setShift, staffed, TUESDAY } from '../../../shared/branch/testing/people.ts';
import { manager } from '../../../shared/branch/testing/scenario.ts';
import { endingCertificates, moved, rotaRows, writtenBy } from './rota-view.ts';
import type { Week } from './week.ts';

function weekFrom(state: BranchState, date: string): Week {
  const monday = mondayOf(date);
  const dates = Array.from({ length: 9 }, (_none, day) => dateAfter(monday, day - 1));
  return {
    monday,
    dates: weekOf(monday),
    days: Object.fromEntries(dates.map((day) => [day, state.people.rota[day] ?? emptyDay(day)])),
    swaps: [],
  };
}

describe('the rota as a grid', () => {
  test('a square has the shift of its person and date; hours of the week are summed against the contract', () => {
    const s = staffed();
    plan(s, TUESDAY, 'teller1', 'teller2');
    const rows = rotaRows(s.state, weekFrom(s.state, TUESDAY));
    const row = rows.find(({ entry }) => entry.staffId === 'teller1');
    expect(row?.cells.map(({ shift }) => shift?.shiftId)).toEqual([
      undefined,
      'day',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([row?.weekMs, row?.contractMs]).toEqual([8 * 3_600_000, 40 * 3_600_000]);
  });

  test('a sixth day is over the hours of the week: every square says so, one less says it nowhere', () => {
    const s = staffed();
    const days = weekOf(dateAfter(TUESDAY, 7));
    const barsOf = () =>
      rotaRows(s.state, weekFrom(s.state, days[0] ?? ''))
        .find(({ entry }) => entry.staffId === 'teller1')
        ?.cells.flatMap(({ bars }) => bars.map(({ code }) => code));
    for (const date of days.slice(0, 5)) plan(s, date, 'teller1');
    expect(barsOf()).toEqual([]);
    plan(s, days[5] ?? '', 'teller1');
    expect(barsOf()).toEqual(Array.from({ length: 6 }, () => 'staff.week_hours'));
  });

  test('early after late breaks the rest between two shifts, also over the edge of the week', () => {
    const s = staffed();
    const [, , , , , , sunday = ''] = weekOf(TUESDAY);
    s.do(setShift(sunday, 'teller1', { shiftId: 'late' }), manager);
    plan(s, dateAfter(sunday, 1), 'teller1');
    const row = rotaRows(s.state, weekFrom(s.state, sunday)).find(({ entry }) => entry.staffId === 'teller1');
    expect(row?.cells[6]?.bars.map(({ code }) => code)).toEqual([]);
    s.do(setShift(sunday, 'teller1', { shiftId: 'night' }), manager);
    const after = rotaRows(s.state, weekFrom(s.state, sunday)).find(({ entry }) => entry.staffId === 'teller1');
    expect(after?.cells[6]?.bars.map(({ code }) => code)).toEqual(['staff.rest']);
  });

  test('of two certificates of a kind the newer one counts; an old one says since when it is over', () => {
    const entry = { staffId: 'x', role: 'teller' as const };
    const certificates = [
      { kind: 'cash', expiresOn: '2026-01-01' },
      { kind: 'cash', expiresOn: '2030-01-01' },
      { kind: 'fx', expiresOn: '2026-11-01' },
      { kind: 'aml', expiresOn: '2026-12-01' },
    ];
    expect(endingCertificates({ ...entry, certificates }, '2026-11-23', 30)).toEqual([
      { kind: 'fx', expiresOn: '2026-11-01', expired: true },
      { kind: 'aml', expiresOn: '2026-12-01', expired: false },
    ]);
  });
});

describe('the keys of the rota', () => {
  test('arrows move within the grid, Home and End along the row', () => {
    expect(moved({ row: 0, column: 6 }, 'ArrowRight', 3, 7)).toEqual({ row: 0, column: 6 });
    expect(moved({ row: 1, column: 2 }, 'ArrowDown', 3, 7)).toEqual({ row: 2, column: 2 });
    expect(moved({ row: 1, column: 2 }, 'End', 3, 7)).toEqual({ row: 1, column: 6 });
    expect(moved({ row: 1, column: 2 }, 'a', 3, 7)).toBeUndefined();
  });

  test('a digit writes its template where there is one; 0 and Delete clear', () => {
    expect(writtenBy('Digit2', 3)).toEqual({ template: 1 });
    expect(writtenBy('Numpad3', 3)).toEqual({ template: 2 });
    expect(writtenBy('Digit4', 3)).toBeUndefined();
    expect(['Delete', 'Backspace', 'Digit0'].map((code) => writtenBy(code, 3))).toEqual(['clear', 'clear', 'clear']);
  });
});
