/** Advice on the screens, on a real hub: it appears, is taken up in one tap, its person opens the window, it is measured; or declined. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, openPage, type PageOptions } from './support/browser.ts';
import { HubProcess, workingMorning } from './support/hub-process.ts';

let hub: HubProcess;
let browser: Browser;
let manager: Page;

beforeAll(async () => {
  // Sixty times as fast: what takes a quarter of an hour is seen in seconds.
  [hub, browser] = await Promise.all([HubProcess.start({ speed: 60, startAt: workingMorning }), launchBrowser()]);
  manager = await signIn('manager');
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function signIn(username: string, path = '/floor/hq-01', options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, { locale: 'en-GB', ...options });
  await page.request.post(`${hub.baseUrl}/api/session`, { data: { username, password: 'demo-pass-1' } });
  await page.goto(hub.baseUrl + path);
  if (path.startsWith('/floor')) await page.waitForSelector('.board[data-link=live]');
  return page;
}

async function command(page: Page, body: object, status = 200): Promise<void> {
  const answer = await page.request.post(`${hub.baseUrl}/api/branches/hq-01/commands`, { data: { id: randomUUID(), ...body } });
  expect(answer.status(), await answer.text()).toBe(status);
}

async function configure(advice: object): Promise<void> {
  const admin = await openPage(browser);
  await admin.request.post(`${hub.baseUrl}/api/session`, { data: { username: 'admin', password: 'demo-pass-1' } });
  const read = await admin.request.get(`${hub.baseUrl}/api/branches/hq-01/config`);
  const { config } = (await read.json()) as { config: { advice: object } };
  await command(admin, { type: 'branch.configure', config: { advice: { ...config.advice, ...advice } } });
  await admin.context().close();
}

/** Forty customers at once. */
const crowd = (serviceId: string): Promise<unknown> =>
  Promise.all(Array.from({ length: 40 }, () => command(manager, { type: 'ticket.issue', serviceId })));

const card = (kind: string, state: string) => manager.locator(`.advice-card[data-kind=${kind}][data-state=${state}]`);

test('advice appears before the line is long, is taken up in one tap, opened by its person, and measured', async () => {
  // Only openings; what is asked of people lasts half an hour, so that a slow machine has the time.
  await configure({ kinds: ['openWindow'], timeToOpenMs: 30 * 60_000, lifeMs: 240 * 60_000, measureMs: 60_000 });
  for (const n of [1, 2]) await command(manager, { type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
  await crowd('cheque');
  await card('openWindow', 'given').waitFor();
  const given = await card('openWindow', 'given').innerText();
  expect(given).toMatch(/^Open window \d+ with .+/);
  expect(given).toMatch(/9 in 10 wait up to \d+ → \d+ min/);
  expect(await serious(manager)).toEqual([]);
  const board = await manager.locator('.board').innerText();
  expect(board).toMatch(/≈\d/);

  await card('openWindow', 'given').locator('[data-do=accept]').click();
  await card('openWindow', 'accepted').waitFor();
  expect(await card('openWindow', 'accepted').innerText()).toContain('left');
  const number = /window (\d+)/.exec(given)?.[1] ?? '';

  // A teller whom it does not name hears nothing of it; whom it names opens that window with the usual key.
  const [other, asked] = await Promise.all([signIn('teller2', '/teller'), signIn(`teller${number}`, '/teller')]);
  await other.locator('.teller[data-state]').waitFor();
  expect(await other.locator('[data-panel=asked]').count()).toBe(0);
  await other.context().close();
  await asked.locator('[data-panel=asked]').getByText(`open window ${number}`).waitFor();
  await asked.locator('.teller-primary[data-step=open]').click();
  await asked.locator('[data-panel=asked]').waitFor({ state: 'detached' });
  await asked.context().close();
  await manager.locator('[data-done=measuring], [data-done=measured]').first().waitFor();
  await manager.locator('[data-done=measured]').first().waitFor();
});

test('“no” is one tap and a reason, and both are in the head’s history with what the other brought', async () => {
  await crowd('deposit');
  await card('openWindow', 'given').first().locator('[data-do=decline]').click();
  await manager.locator('[data-reason="no.busy"]').click();
  await manager.locator('dialog').waitFor({ state: 'detached' });
  const head = await signIn('head', '/head');
  await head.locator('[data-branch=hq-01] [data-open=advice]').click();
  await head.locator('.history-list [data-state=measured]').first().waitFor();
  await head.locator('.history-list [data-state=declined]').getByText('Needed at other work').waitFor();
  expect(await serious(head)).toEqual([]);
  await head.context().close();
});

test('“what if” answers at once with a picture of both; one less than none is explained', async () => {
  await manager.keyboard.press('w');
  await manager.locator('.bands [data-band=will]').waitFor();
  expect(await manager.locator('.what-if-effect').innerText()).toMatch(/90 % wait/);
  expect(await serious(manager)).toEqual([]);
  await manager.locator('[data-ask="less nonCash"]').click();
  await manager.getByText('There is no such window of this kind.').waitFor();
  await manager.keyboard.press('Escape');
});

test('the head sets the rule in a form that says what it means; a fault is told at its field', async () => {
  const head = await signIn('head', '/settings?tab=advice');
  await head.locator('input[name=openAboveMs]').fill('7');
  await head.getByText('longer than 7 min').first().waitFor();
  await head.locator('input[name=horizonMs]').fill('5');
  await head.getByText('Enter a number from 10 to 240.').waitFor();
  await head.locator('input[name=horizonMs]').fill('30');
  await head.locator('[data-mode=act]').click();
  await head.getByRole('button', { name: 'Save' }).click();
  await head.getByText('Saved and in force').waitFor();
  expect(await serious(head)).toEqual([]);
  // The demo bank has only just opened: there is nothing to tune on, and it says so.
  await head.getByText('Too few days yet').waitFor();
  await head.context().close();
  await manager.locator('.advice-head').getByText('acts by itself').waitFor();
});
