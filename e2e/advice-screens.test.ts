/** Advice on the screens, on a real hub: it appears, is taken up in one tap, its person opens the window, it is measured; or declined. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, type PageOptions } from './support/browser.ts';
import { DemoStaff } from './support/demo-staff.ts';
import { HubProcess } from './support/hub-process.ts';
import { pressNext } from './support/press-next.ts';

interface Floor {
  readonly counters: readonly { readonly id: string; readonly state: string }[];
  readonly config: { readonly counters: readonly { readonly id: string; readonly kind: string }[] };
}

let hub: HubProcess;
let browser: Browser;
let staff: DemoStaff;
let manager: Page;

beforeAll(async () => {
  // Sixty times as fast: what takes a quarter of an hour is seen in seconds.
  [hub, browser] = await Promise.all([HubProcess.start({ speed: 60 }), launchBrowser()]);
  staff = new DemoStaff(hub.baseUrl);
  manager = await open('manager');
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function open(username: string, path = '/floor/hq-01', options: PageOptions = {}): Promise<Page> {
  const page = await staff.open(browser, username, path, options);
  if (path.startsWith('/floor')) await page.waitForSelector('.board[data-link=live]');
  return page;
}

async function configure(advice: object): Promise<void> {
  const { config } = await staff.read<{ config: { advice: object } }>('admin', '/api/branches/hq-01/config');
  await staff.command('admin', { type: 'branch.configure', config: { advice: { ...config.advice, ...advice } } });
}

/** Forty customers at once. */
const crowd = (serviceId: string): Promise<unknown> =>
  Promise.all(Array.from({ length: 40 }, () => staff.command('manager', { type: 'ticket.issue', serviceId })));

const card = (kind: string, state: string) => manager.locator(`.advice-card[data-kind=${kind}][data-state=${state}]`);

test('advice appears before the line is long, is taken up in one tap, opened by its person, and measured', async () => {
  // Only openings; what is asked of people lasts half an hour, so that a slow machine has the time.
  await configure({ kinds: ['openWindow'], timeToOpenMs: 30 * 60_000, lifeMs: 240 * 60_000, measureMs: 60_000 });
  for (const n of [1, 2]) await staff.command('manager', { type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
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
  const [other, asked] = await Promise.all([open('teller2', '/teller'), open(`teller${number}`, '/teller')]);
  await other.locator('.teller[data-state]').waitFor();
  expect(await other.locator('[data-panel=asked]').count()).toBe(0);
  await other.context().close();
  await asked.locator('[data-panel=asked]').getByText(`open window ${number}`).waitFor();
  await pressNext(asked, 'open');
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
  const head = await open('head', '/head');
  await head.locator('[data-branch=hq-01] [data-open=advice]').click();
  await head.locator('.history-list [data-state=measured]').first().waitFor();
  await head.locator('.history-list [data-state=declined]').getByText('Needed at other work').waitFor();
  expect(await serious(head)).toEqual([]);
  await head.context().close();
});

test('“what if” answers at once with a picture of both; one less than none is explained', async () => {
  await manager.keyboard.press('w');
  await manager.locator('.bands [data-band=will]').waitFor();
  expect(await manager.locator('.what-if-effect').innerText()).toMatch(/9 in 10 (would )?wait up to/);
  expect(await serious(manager)).toEqual([]);
  // Which window the advice above opened depends on how the line stood: here none of this kind is.
  const { floor } = await staff.read<{ floor: Floor }>('manager', '/api/branches/hq-01/floor');
  const nonCash = new Set(floor.config.counters.filter(({ kind }) => kind === 'nonCash').map(({ id }) => id));
  for (const { id } of floor.counters.filter((one) => nonCash.has(one.id) && one.state !== 'closed'))
    await staff.command('manager', { type: 'counter.close', counterId: id });
  await manager.locator('[data-ask="less nonCash"]').click();
  await manager.getByText('There is no such window of this kind.').waitFor();
  await manager.keyboard.press('Escape');
});

test('the head sets the rule in a form that says what it means; a fault is told at its field', async () => {
  const head = await open('head', '/settings?tab=advice');
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
