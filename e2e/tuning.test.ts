/** Thresholds tuned on the branch's own days, as the head meets it: too few days, the button, progress, before and after, adopted. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { DemoStaff } from './support/demo-staff.ts';
import { HubProcess, workingMorning } from './support/hub-process.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NEEDED = 9;
let hub: HubProcess;
let browser: Browser;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

/** Days that are over, as the read models hold them: three hours with a customer a minute and errands of three minutes, both uneven. */
function writePastDays(): void {
  const db = new Database(join(hub.dataDir, 'counterflow.db'));
  const day = db.prepare(
    "INSERT INTO business_days (branch, date, started_at, ends_at, opens_at, closes_at, day_type) VALUES ('hq-01', ?, ?, ?, ?, ?, 'ordinary')",
  );
  const ticket = db.prepare(
    `INSERT INTO tickets (branch, ticket_id, date, number, service_id, segment, walk_up, issued_at, first_called_at, counter_id, ended_at, outcome)
     VALUES ('hq-01', ?, ?, 'A1', 'deposit', 'ordinary', 0, ?, ?, 'c1', ?, 'completed')`,
  );
  const today = Date.parse(`${workingMorning.slice(0, 10)}T00:00+08:00`);
  db.transaction(() => {
    for (let back = NEEDED; back > 0; back -= 1) {
      const midnight = today - back * DAY;
      const date = new Date(midnight + 12 * HOUR).toISOString().slice(0, 10);
      day.run(date, midnight, midnight + DAY, midnight + 9 * HOUR, midnight + 12 * HOUR);
      for (let n = 0; n < 180; n += 1) {
        const at = midnight + 9 * HOUR + n * 60_000 + ((n * 37 + back * 11) % 60) * 900;
        ticket.run(`${date.replaceAll('-', '')}-${n}`, date, at, at + 60_000, at + 120_000 + ((n * 53 + back * 7) % 100) * 2_400);
      }
    }
  })();
  db.close();
}

test('the head tunes the thresholds: told when days are too few, progress, before and after, and the new ones are in force once adopted', async () => {
  const head = await new DemoStaff(hub.baseUrl).open(browser, 'head', '/settings?tab=advice');
  const tuning = head.locator('.tuning');
  await head.locator('.tuning[data-step=few]').getByText(String(NEEDED)).waitFor();
  writePastDays();
  await head.reload();
  await tuning.getByText(`${NEEDED} business days to learn from`).waitFor();
  const before = await head.locator('input[name=openAboveMs]').inputValue();

  await tuning.getByRole('button', { name: 'Tune', exact: true }).click();
  await head.locator('.tuning[data-step=wait] progress').waitFor();
  await head.locator('.tuning[data-step=decide] .before-after').waitFor({ timeout: 60_000 });
  expect(await serious(head)).toEqual([]);
  const [open] = await head.locator('.before-after tbody tr').first().locator('td').allInnerTexts();
  expect(open).toBe(`${before} min`);
  const tuned = await head.locator('.before-after tbody tr').first().locator('td').nth(1).innerText();

  await tuning.getByRole('button', { name: 'Adopt' }).click();
  await head.locator('.tuning[data-step=start]').waitFor();
  await expect.poll(() => head.locator('input[name=openAboveMs]').inputValue()).toBe(tuned.replace(' min', ''));
  await head.context().close();
});

test('a hub started anew while it tunes says that it has to be begun again', async () => {
  const head = await new DemoStaff(hub.baseUrl).open(browser, 'head', '/settings?tab=advice');
  const tuning = head.locator('.tuning');
  await tuning.getByRole('button', { name: 'Tune', exact: true }).click();
  await head.locator('.tuning[data-step=wait]').waitFor();
  await hub.kill9();
  await hub.start();
  await tuning.getByText('It ended before it was through').waitFor();
  expect(await tuning.getAttribute('data-step')).toBe('start');
  expect(await serious(head)).toEqual([]);
  await head.context().close();
});
