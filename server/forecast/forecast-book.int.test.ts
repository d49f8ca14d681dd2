/** How the forecasts kept are read: never all of them, for a few are asked for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.types.ts';
import { createForecastBook, SUMS } from './forecast-book.ts';

let dir: string;
let store: Store;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'counterflow-'));
  store = openStore({ dataDir: dir, at: 1 });
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

it.each([
  ['record', 'USING COVERING INDEX wait_forecasts_told (branch=? AND made_at>?)'],
  ['days', 'USING COVERING INDEX wait_forecasts_told (branch=? AND made_at>?)'],
  ['giveUp', 'INDEX wait_forecasts_open (branch=? AND made_at<?)'],
] as const)('%s is answered by an index of its own', (read, index) => {
  const steps = store.db.prepare(`EXPLAIN QUERY PLAN ${SUMS[read]}`).all('hq', 1) as { detail: string }[];
  expect(steps.map(({ detail }) => detail).join('\n')).toContain(index);
});

it('the forecast told with the number is what the days are judged by, once the wait is over', () => {
  const book = createForecastBook(store.db);
  const of = { branchId: 'hq', ticketId: '20261123-A001' };
  const waitMs = { low: 1_000, expected: 4_000, high: 6_000 };
  book.write(
    [
      { ...of, madeAt: 10_000, told: true, waitMs },
      { ...of, madeAt: 12_000, told: false, waitMs },
    ],
    [],
  );
  expect(book.record('hq', 0)).toBeUndefined();
  book.write([], [{ ...of, at: 15_000, outcome: 'called' }]);
  expect(book.days('hq', 0)).toEqual([{ date: '2026-11-23', forecasts: 1, meanErrorMs: 1_000, withinRange: 1, biasMs: 1_000 }]);
});
