import { expect, test } from 'vitest';
import { instantOf, localOf } from './local-time.ts';

const two = Date.UTC(2026, 10, 23, 6, 0);

test('a time typed for a branch is the branch’s own, whatever the zone of the one who types it', () => {
  expect(localOf(two, 'Asia/Shanghai')).toBe('2026-11-23T14:00');
  expect(instantOf('2026-11-23T14:00', 'Asia/Shanghai')).toBe(two);
  expect(instantOf('2026-11-23T01:00', 'America/New_York')).toBe(two);
});

test('across a change to summer time every hour that exists is found, the one that is skipped is no time', () => {
  expect(instantOf('2026-03-29T01:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 0, 30));
  expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30));
  expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBeUndefined();
  expect(instantOf('', 'Europe/Berlin')).toBeUndefined();
});
