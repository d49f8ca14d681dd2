/** The days that run with every change, in halves that run beside each other; `npm run seeds -- --count 500` plays any number. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bank, makeBank } from './bank.ts';
import { runDay } from './run-day.ts';
import { scratch } from './scratch.ts';

const HALF = 25;

/** Tests of the days of half the seeds: 1–25 or 26–50. */
export function seededDays(half: 'first' | 'second'): void {
  describe('a whole day with dropped lines, killed hubs, repeated commands and clocks set by hand', () => {
    const folder = mkdtempSync(join(scratch(), 'counterflow-seeds-'));
    const from = half === 'first' ? 1 : 1 + HALF;
    let bank: Bank;

    beforeAll(async () => {
      bank = await makeBank(join(folder, 'bank'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each(Array.from({ length: HALF }, (_, index) => from + index))('seed %i', async (seed) => {
      const { broken, tickets } = await runDay(seed, bank, folder);
      expect(broken, `seed ${seed}`).toEqual([]);
      expect(tickets).toBeGreaterThan(50);
    });
  });
}
