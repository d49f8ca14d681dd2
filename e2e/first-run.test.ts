/** An empty hub in a real browser: from nothing to a branch that can be configured. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './support/browser.ts';
import { HubProcess } from './support/hub-process.ts';

let hub: HubProcess;
let browser: Browser;
beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start({ demo: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

test('an empty hub makes its first administrator, who opens the first branch with the standard settings; nobody makes a second', async () => {
  const page = await openPage(browser, { locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  await page.goto(`http://127.0.0.1:${hub.port}/`);
  const passwords = page.locator('input[type=password]');
  await passwords.nth(0).fill('a-long-passphrase');
  await passwords.nth(1).fill('a-long-passphrase');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.getByLabel('Branch id').fill('east');
  await page.getByLabel('Chinese name').fill('城东支行');
  await page.getByLabel('English name').fill('East branch');
  await page.getByRole('main').getByRole('button', { name: 'New branch' }).last().click();
  await page.getByRole('button', { name: 'Time limits' }).click();
  await page.getByText('cash-received').first().waitFor();
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'intruder', password: 'a-long-passphrase' }),
  });
  expect(answer.status).toBe(409);
  expect(((await answer.json()) as { code: string }).code).toMatch(/setup/);
});
