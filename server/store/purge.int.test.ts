import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../platform/log.ts';
import { purgeOnSchedule } from './purge.ts';
import { openStore } from './store.ts';
import type { Store } from './store.types.ts';

const DAY = 24 * 3_600_000;
let dataDir: string;
let store: Store;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'counterflow-purge-'));
  store = openStore({ dataDir, at: 0 });
});
afterEach(() => {
  store.close();
  rmSync(dataDir, { recursive: true });
});

it('a contact goes after its days, a reason after longer, by themselves', () => {
  const entry = (ref: string, kind: 'contact' | 'text') => ({ branch: 'b1', at: 0, entry: { ref, kind, value: { text: ref } } });
  store.commit({ appends: [], commands: [], writes: [], realAt: 0, personal: [entry('phone', 'contact'), entry('reason', 'text')] });
  let now = 0;
  const later: (() => void)[] = [];
  const scheduler = { after: (_ms: number, work: () => void) => (later.push(work), () => later.splice(0)) };
  const stop = purgeOnSchedule({
    store,
    now: () => now,
    scheduler,
    keep: { contactDays: 30, textDays: 730, caseDays: 1825 },
    log: createLog('silent'),
  });
  const kept = () => ['phone', 'reason'].filter((ref) => store.personal.get('b1', ref) !== undefined);
  const hour = (at: number): void => {
    now = at;
    later.shift()?.();
  };
  hour(30 * DAY);
  expect(kept()).toEqual(['phone', 'reason']);
  hour(30 * DAY + 1);
  expect(kept()).toEqual(['reason']);
  hour(730 * DAY + 1);
  expect(kept()).toEqual([]);
  stop();
  expect(later).toEqual([]);
});

it('much that is old goes in steps, with room between them for everybody else', () => {
  const personal = Array.from({ length: 4_500 }, (_none, at) => ({
    branch: at % 2 === 0 ? 'b1' : 'b2',
    at: at % 3,
    entry: { ref: `r${at}`, kind: 'text' as const, value: { text: 'x' } },
  }));
  store.commit({ appends: [], commands: [], writes: [], realAt: 0, personal });
  const waits: number[] = [];
  const later: (() => void)[] = [];
  const scheduler = { after: (ms: number, work: () => void) => (waits.push(ms), later.push(work), () => undefined) };
  purgeOnSchedule({
    store,
    now: () => 731 * DAY,
    scheduler,
    keep: { contactDays: 30, textDays: 730, caseDays: 1825 },
    log: createLog('silent'),
  });
  const left = () => store.db.prepare('SELECT COUNT(*) FROM personal').pluck().get();
  const seen = [left()];
  while (waits.at(-1) !== 3_600_000) {
    later.shift()?.();
    seen.push(left());
  }
  expect(seen).toEqual([2_500, 500, 0]);
});
