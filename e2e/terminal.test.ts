/** The shared terminal: paired like any device, a post by name and PIN, lock-out, back at the start by itself. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { DEMO_PASSWORD, DemoStaff } from './support/demo-staff.ts';
import { HubProcess } from './support/hub-process.ts';

const PIN = '258046';
let hub: HubProcess;
let browser: Browser;
let staff: DemoStaff;
let page: Page;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
  staff = new DemoStaff(hub.baseUrl);
  page = await openPage(browser, { locale: 'en-GB', hasTouch: true });
  await page.goto(`${hub.baseUrl}/terminal`);
  await page.fill('.device-pair input', 'demo-terminal');
  await page.click('.device-pair button');
  await page.locator('.terminal-person').first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

const presence = async (staffId: string) => {
  const { here } = await staff.read<{ here: { staffId: string; post?: object; break?: object }[] }>(
    'manager',
    '/api/branches/hq-01/people',
  );
  return here.find((one) => one.staffId === staffId);
};
const tap = (selector: string) => page.locator(selector).tap();

test('a teller signs on at the counter the plan names, by finger; the page is back at the start by itself and knows it', async () => {
  await tap('[data-staff=teller3]');
  expect(await page.locator('.terminal-act').first().innerText()).toBe('Sign on: Counter 3');
  expect(await serious(page)).toEqual([]);
  await tap('.terminal-act.is-next');
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap();
  await page.locator('[data-notice=done]', { hasText: 'Signed on: Counter 3' }).waitFor();
  expect(await presence('teller3')).toMatchObject({ post: { kind: 'counter', counterId: 'c3' } });
  await page.locator('[data-staff=teller3][data-here=true]', { hasText: 'Counter 3' }).waitFor();
});

test('a break begins and ends by keyboard alone', async () => {
  for (const [act, told] of [
    ['breakBegin', 'Your break has begun'],
    ['breakEnd', 'Welcome back'],
  ] as const) {
    await page.locator('[data-staff=teller3]').press('Enter');
    await page.locator(`[data-do=${act}]`).press('Enter');
    await page.keyboard.type(PIN);
    await page.locator('[data-notice=done]', { hasText: told }).waitFor();
    await page.locator('[data-notice=done] button').press('Enter');
  }
  expect((await presence('teller3'))?.break).toBeUndefined();
});

test('a wrong PIN says nothing of whose it is; after five it is locked, with the time until it opens; the PIN is kept nowhere', async () => {
  await tap('[data-staff=guard1]');
  await tap('[data-do=leave]');
  for (let n = 0; n < 6; n += 1) {
    await page.locator('.terminal-pin[data-busy=false]').waitFor();
    await page.keyboard.type('640281');
  }
  expect(await page.locator('[data-note=locked]').innerText()).toMatch(/It opens in 1[45]:\d\d/);
  await page.keyboard.type(PIN);
  expect(await page.locator('.terminal-dots .is-in').count()).toBe(0);
  expect(await serious(page)).toEqual([]);
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.documentElement.outerHTML]),
  );
  expect(kept).not.toMatch(/640281|258046/);
  expect(hub.output).not.toMatch(/640281|258046/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('who has no PIN yet sets one with the password, on the way to the post', async () => {
  await tap('[data-staff=guard2]');
  await tap('.terminal-act.is-next');
  const form = page.locator('.terminal-set');
  const [password, pin, again] = [0, 1, 2].map((n) => form.locator('input').nth(n));
  await password?.fill(DEMO_PASSWORD);
  await pin?.fill('123456');
  await again?.fill('123456');
  await form.locator('button').tap();
  await form.getByText('too easy to guess').waitFor();
  expect(await serious(page)).toEqual([]);
  await password?.fill(DEMO_PASSWORD);
  await pin?.fill('305917');
  await again?.fill('305917');
  await form.locator('button').tap();
  await page.getByText('The PIN is set').waitFor();
  await page.keyboard.type('305917');
  await page.locator('[data-notice=done]', { hasText: 'Signed on: Guard post' }).waitFor();
  expect(await presence('guard2')).toMatchObject({ post: { kind: 'guard' } });
});
