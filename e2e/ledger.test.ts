/** From a transaction that ran over to the head's decision on the teller's appeal, in the browser. Hub time runs fast. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './support/browser.ts';
import { HubProcess } from './support/hub-process.ts';

/** A minute and a half of hub time passes in six seconds; a window is amber for most of one. */
const SPEED = 15;
let hub: HubProcess;
let browser: Browser;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start({ speed: SPEED }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function signIn(username: string): Promise<Page> {
  const page = await openPage(browser, { locale: 'en-GB' });
  await page.goto(hub.baseUrl);
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', 'demo-pass-1');
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/');
  return page;
}

async function command<R>(page: Page, body: object): Promise<R> {
  const reply = await page.context().request.post(`${hub.baseUrl}/api/branches/hq-01/commands`, { data: { id: randomUUID(), ...body } });
  expect(reply.ok(), await reply.text()).toBe(true);
  return ((await reply.json()) as { result: R }).result;
}

test('an overrun stands in the ledger with its figures; the teller appeals; the head upholds it with a reason', async () => {
  const manager = await signIn('manager');
  await manager.waitForSelector('.board[data-link=live]');
  await command(manager, { type: 'counter.open', counterId: 'c2', staffId: 'teller2' });
  const { number } = await command<{ number: string }>(manager, { type: 'ticket.issue', serviceId: 'balance' });
  await command(manager, { type: 'ticket.callNext', counterId: 'c2' });
  await command(manager, { type: 'ticket.start', counterId: 'c2' });
  // The window turns amber, then red, by the hub's own clock.
  await manager.locator('.tile.s-near[data-counter=c2]').waitFor();
  await manager.locator('.tile.s-over[data-counter=c2]').waitFor();
  await command(manager, { type: 'ticket.complete', counterId: 'c2' });
  await manager.keyboard.press('l');
  const entry = manager.locator('.ledger-entry', { hasText: number });
  await entry.waitFor();
  expect(await entry.innerText()).toMatch(/1:\d\d\s*\/\s*1:00/);

  const teller = await signIn('teller2');
  const ledger = await teller.context().request.get(`${hub.baseUrl}/api/branches/hq-01/overruns`);
  const { overruns } = (await ledger.json()) as { overruns: { id: string }[] };
  expect(overruns).toHaveLength(1);
  await command(teller, { type: 'limit.appeal', overrunId: overruns[0]?.id, reason: 'The printer jammed' });

  const head = await signIn('head');
  await head.locator('[data-branch=hq-01]').getByText('Appeals to decide 1').waitFor();
  await head.locator('[data-branch=hq-01]').getByRole('button', { name: 'Ledger' }).click();
  await head.getByRole('button', { name: 'Decide the appeal' }).click();
  await head.getByText('The printer jammed').waitFor();
  await head.getByLabel('Reason for the decision').fill('Seen by the guard');
  await head.getByRole('button', { name: 'Uphold' }).click();
  await entry.getByText('Appeal upheld').waitFor();
  expect(await head.getByText('Appeals to decide').count()).toBe(0);
});
