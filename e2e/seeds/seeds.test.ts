/** `SEEDS=500 FROM=1 npx vitest run e2e/seeds` plays any number of days; 50 by default. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bank, makeBank } from './bank.ts';
import { runDay } from './run-day.ts';
import { scratch } from './scratch.ts';

const count = Number(process.env['SEEDS'] ?? 50);
const from = Number(process.env['FROM'] ?? 1);

describe('a whole day with dropped lines, killed hubs, repeated commands and clocks set by hand', () => {
  const folder = mkdtempSync(join(scratch(), 'counterflow-seeds-'));
  let bank: Bank;

  beforeAll(async () => {
    bank = await makeBank(join(folder, 'bank'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Array.from({ length: count }, (_, index) => from + index))('seed %i', async (seed) => {
    const { broken, tickets } = await runDay(seed, bank, folder);
    expect(broken, `seed ${seed}`).toEqual([]);
    expect(tickets).toBeGreaterThan(50);
  });
});
