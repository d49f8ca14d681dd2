import { describe, expect, test } from 'vitest';
import { ServiceLessons } from './service-times.ts';
import { type ComingCustomers, type LiveBranch, whatIf } from './what-if.ts';

const services = new ServiceLessons(1, 180).freeze();
const coming: ComingCustomers = { perSlotOfKind: [Array.from({ length: 24 }, () => 4)], slotS: 300, services };
const busy: LiveBranch = {
  waiting: Array.from({ length: 9 }, (_none, place) => ({ kind: 0, waitedS: 500 - 50 * place })),
  windows: [
    { opensInS: 0, serving: { kind: 0, forS: 100 } },
    { opensInS: 0, serving: { kind: 0, forS: 20 } },
  ],
  doorsCloseInS: 7_200,
};
const options = { horizonS: 7_200, withinS: 300, futures: 60, seed: 5 };

describe('what if', () => {
  test('one window more: shorter waits in nearly every future, at the price of its hours', () => {
    const { before, after, difference, helped } = whatIf(busy, coming, { type: 'open', inS: 180 }, options);
    expect(helped).toBeGreaterThan(0.95);
    expect(after.wait90S.middle).toBeLessThan(before.wait90S.middle);
    expect(after.within.middle).toBeGreaterThan(before.within.middle);
    expect(difference.wait90S.high).toBeLessThan(0);
    expect(difference.windowHours.middle).toBeGreaterThan(0.5);
    expect(after.lastServedS.middle).toBeLessThan(before.lastServedS.middle);
  });

  test('one window fewer: longer waits', () => {
    const { helped, difference } = whatIf(busy, coming, { type: 'close', inS: 600, window: 1 }, options);
    expect(helped).toBe(0);
    expect(difference.wait90S.low).toBeGreaterThan(0);
  });

  test('the same question is answered alike; what happens in one future differs less than the futures do', () => {
    const asked = () => whatIf(busy, coming, { type: 'open', inS: 180 }, options);
    expect(asked()).toEqual(asked());
    const { before } = asked();
    expect(before.wait90S.low).toBeLessThan(before.wait90S.middle);
    expect(before.wait90S.middle).toBeLessThan(before.wait90S.high);
  });

  test('a window that may not take those who wait helps nobody', () => {
    const windows = busy.windows.map((window) => ({ ...window, takes: 1 }));
    const { helped } = whatIf({ ...busy, windows }, coming, { type: 'open', inS: 0, takes: 2 }, options);
    expect(helped).toBe(0);
  });

  test('people who give up are told apart from those served', () => {
    const { before, after } = whatIf(busy, { ...coming, patienceS: 400 }, { type: 'open', inS: 0 }, options);
    expect(before.left.middle).toBeGreaterThan(after.left.middle);
  });

  test('a window that is not there, or no future at all, is refused', () => {
    expect(() => whatIf(busy, coming, { type: 'close', inS: 0, window: 7 }, options)).toThrow('no window 7');
    expect(() => whatIf(busy, coming, { type: 'open', inS: 0 }, { ...options, futures: 0 })).toThrow('number of futures');
  });

  test('an empty branch with nobody coming waits for nothing', () => {
    const empty = { ...busy, waiting: [], windows: [] };
    const { before } = whatIf(empty, { ...coming, perSlotOfKind: [[]] }, { type: 'open', inS: 0 }, options);
    expect(before.wait90S.high).toBe(0);
    expect(before.within.low).toBe(1);
  });
});
