import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedMap } from './ordered-map.ts';

test('an ordered map agrees with a sorted Map after any sequence of sets and deletes, and old versions stay as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 60 })), { maxLength: 200 }), (steps) => {
      let map = OrderedMap.empty<number, string>((a, b) => a - b);
      const model = new Map<number, string>();
      const history: [OrderedMap<number, string>, number][] = [];
      for (const [set, key] of steps) {
        history.push([map, map.size]);
        map = set ? map.set(key, `v${key}`) : map.delete(key);
        if (set) model.set(key, `v${key}`);
        else model.delete(key);
      }
      const sorted = [...model.keys()].sort((a, b) => a - b);
      expect([...map.values()]).toEqual(sorted.map((key) => `v${key}`));
      expect(map.size).toBe(sorted.length);
      expect(map.first()).toBe(sorted[0] === undefined ? undefined : `v${sorted[0]}`);
      for (const probe of [0, 7, 30, 61]) expect(map.countBefore(probe)).toBe(sorted.filter((key) => key < probe).length);
      for (const [old, size] of history) expect([...old.values()]).toHaveLength(size);
    }),
  );
});

test('ten thousand keys in order stay shallow enough to walk', () => {
  let map = OrderedMap.empty<number, number>((a, b) => a - b);
  for (let key = 0; key < 10_000; key += 1) map = map.set(key, key);
  for (let key = 0; key < 10_000; key += 2) map = map.delete(key);
  expect(map.size).toBe(5_000);
  expect(map.countBefore(5_001)).toBe(2_500);
  expect(map.get(4_999)).toBe(4_999);
});
