import { expect, test } from 'vitest';
import type { Attention } from '../../../shared/branch/branch.state.ts';
import { nobodyYet, type RotaShift } from '../../../shared/branch/people/people.state.ts';
import { toSettle } from './settle.rules.ts';

const shift = (staffId: string): RotaShift => ({ staffId, startsAt: 1, endsAt: 2, post: { kind: 'lobby' }, breaks: [] });
const placeOpen = (staffId: string, date: string): Attention => ({
  id: `placeOpen:${staffId}`,
  kind: 'placeOpen',
  since: 0,
  staffId,
  date,
});
const swap = (id: string, offeredAt: number) => ({
  id,
  date: '2026-05-15',
  staffId: 'teller1',
  withStaffId: 'teller2',
  withDate: '2026-05-15',
  offeredAt,
});

test('the plan waits for places of the days to come and for swaps, the longest waiting first; today’s places are told elsewhere', () => {
  const people = {
    ...nobodyYet,
    rota: {
      '2026-05-13': { date: '2026-05-13', shifts: { deputy: shift('deputy') }, absences: {} },
      '2026-05-14': { date: '2026-05-14', shifts: { manager: shift('manager') }, absences: {} },
    },
    swaps: { s2: swap('s2', 9), s1: swap('s1', 5) },
  };
  const attention = {
    a: placeOpen('deputy', '2026-05-13'),
    b: placeOpen('manager', '2026-05-14'),
    c: placeOpen('gone', '2026-05-14'),
    d: { id: 'd', kind: 'swapWaiting', since: 0, swapId: 's1' } as const,
  };
  const { places, swaps } = toSettle(people, attention, '2026-05-13');
  expect(places.map(({ staffId, date }) => [staffId, date])).toEqual([['manager', '2026-05-14']]);
  expect(swaps.map(({ id, late }) => [id, late])).toEqual([
    ['s1', true],
    ['s2', false],
  ]);
});
