import { describe, expect, it } from 'vitest';
import type { PublicCounter, PublicFloor, PublicService } from '../../shared/public/public-floor.ts';
import { outlooks } from './public-wait.ts';

const service = (id: string, zone: 'cash' | 'nonCash', waiting: number, paceMs: number): PublicService => ({
  id,
  name: { zh: id, en: id },
  letter: 'A',
  zone,
  offered: true,
  waiting,
  paceMs,
});
const counter = (id: string, state: PublicCounter['state'], serviceIds: string[]): PublicCounter => ({
  id,
  number: 1,
  kind: 'cash',
  state,
  since: 0,
  serviceIds,
});
const floor = (services: PublicService[], counters: PublicCounter[]): PublicFloor => ({
  branchId: 'b',
  name: { zh: 'b', en: 'b' },
  timeZone: 'UTC',
  seq: 1,
  at: 0,
  services,
  counters,
  tickets: [],
  diverted: [],
  calls: [],
});

describe('the wait told at the kiosk', () => {
  it('counts everybody of the zone, but no other zone', () => {
    const seen = outlooks(
      floor([service('a', 'cash', 3, 60_000), service('b', 'cash', 2, 60_000), service('c', 'nonCash', 9, 60_000)], []),
    );
    expect(seen.get('a')).toMatchObject({ ahead: 5, waiting: 3 });
    expect(seen.get('c')).toMatchObject({ ahead: 9, waiting: 9 });
  });

  it('is nothing where a window is free, and says so where none is open', () => {
    const services = [service('a', 'cash', 0, 60_000), service('c', 'nonCash', 0, 60_000)];
    const seen = outlooks(floor(services, [counter('1', 'idle', ['a']), counter('2', 'paused', ['c']), counter('3', 'closed', ['c'])]));
    expect(seen.get('a')?.wait.high).toBe(0);
    expect(seen.get('c')?.windows).toBe(0);
  });

  it('shrinks with every window that opens', () => {
    const services = [service('a', 'cash', 12, 120_000)];
    const one = outlooks(floor(services, [counter('1', 'serving', ['a'])])).get('a');
    const three = outlooks(
      floor(
        services,
        ['1', '2', '3'].map((id) => counter(id, 'serving', ['a'])),
      ),
    ).get('a');
    expect(one?.wait.expected).toBeGreaterThan((three?.wait.expected ?? 0) * 2.5);
  });
});
