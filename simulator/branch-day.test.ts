import { describe, expect, test } from 'vitest';
import { planArrivals } from './branch-day.ts';
import { loadParams } from './params/params.ts';
import { hq01 } from './people/cast.ts';

const params = loadParams('ordinary');
const offered = new Set(params.services.map(({ serviceId }) => serviceId));
const START = 1_700_000_000_000;
const plan = (seed: number, startAt = START, from = '08:30') => [
  ...planArrivals({ cast: hq01, params, seed, from, loop: false }, startAt, 0, offered),
];

describe('the plan of a virtual day', () => {
  test('the same seed makes the same customers with the same wishes at the same times', () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });

  test('another start moves the day and changes nobody in it', () => {
    const later = plan(1, START + 3_600_000);
    expect(later.map(({ visit }) => visit)).toEqual(plan(1).map(({ visit }) => visit));
    expect(later[10]?.at).toBe((plan(1)[10]?.at ?? 0) + 3_600_000);
  });

  test('nobody declares VIP, needs and amounts beyond the shares that the parameters give', () => {
    const visits = plan(5).map(({ visit }) => visit);
    const share = (segment: string) => visits.filter((visit) => visit.segment === segment).length / visits.length;
    expect(visits.length).toBeGreaterThan(900);
    expect(Math.abs(share('elderly') - 0.14)).toBeLessThan(0.04);
    expect(Math.abs(share('vip') - 0.06)).toBeLessThan(0.03);
    const absent = visits.filter(({ noShow }) => noShow !== 'no').length / visits.length;
    expect(Math.abs(absent - 0.03)).toBeLessThan(0.02);
    for (const { transactions } of visits) expect(transactions.length).toBeLessThanOrEqual(params.visit.most);
  });

  test('nobody asks for a service that the branch does not offer', () => {
    const only = new Set(['balance', 'deposit']);
    const wishes = [...planArrivals({ cast: hq01, params, seed: 1, loop: false, most: 300 }, START, 0, only)].flatMap(
      ({ visit }) => visit.transactions,
    );
    expect(new Set(wishes.map(({ serviceId }) => serviceId))).toEqual(only);
  });

  test('those who wait at the door already are not brought again after a restart', () => {
    const ahead = [...planArrivals({ cast: hq01, params, seed: 1, loop: true, most: 40 }, START, params.arrivals.atTheDoor, offered)];
    expect(ahead.filter(({ at }) => at < START + 2_000).length).toBeLessThan(5);
    expect(plan(1).filter(({ at }) => at < START + 10_000).length).toBeGreaterThanOrEqual(params.arrivals.atTheDoor);
  });
});
