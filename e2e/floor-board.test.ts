/** The lobby manager's board in a real browser, on a real hub that stands still until somebody acts. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, openPage, type PageOptions } from './support/browser.ts';
import { HubProcess } from './support/hub-process.ts';

let hub: HubProcess;
let browser: Browser;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function signIn(username: string, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, { locale: 'en-GB', ...options });
  await page.goto(hub.baseUrl);
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', 'demo-pass-1');
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/');
  return page;
}

async function onBoard(options: PageOptions = {}): Promise<Page> {
  const page = await signIn('manager', options);
  await page.waitForSelector('.board[data-link=live]');
  return page;
}

/** Takes a number the way a lobby manager does; the number. */
async function takeNumber(page: Page, service: string): Promise<string> {
  await page.keyboard.press('n');
  await page.click(`[data-service=${service}]`);
  const number = await page.locator('[data-testid=taken-number]').innerText();
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  return number;
}

describe('the floor board', () => {
  test('a lobby manager takes a number, opens a window and calls: the board shows each step by itself', async () => {
    const page = await onBoard();
    const number = await takeNumber(page, 'deposit');
    await page.locator(`.queue [data-ticket=${number}]`).waitFor();

    await page.keyboard.press('3');
    await page.getByRole('button', { name: 'Open…' }).click();
    await page.locator('.sheet-body .actions button').first().click();
    await page.getByRole('button', { name: 'Call next' }).click();
    await page.locator('.tile[data-counter=c3][data-state=calling]').waitFor();
    expect(await page.locator('.tile[data-counter=c3] .tile-ticket').innerText()).toBe(number);
    await page.keyboard.press('Escape');
    await page.locator(`.queue [data-ticket=${number}]`).waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('what one manager does is on the other’s board without a reload', async () => {
    const [one, other] = await Promise.all([onBoard(), onBoard()]);
    const number = await takeNumber(one, 'withdrawal');
    await other.locator(`.queue [data-ticket=${number}]`).waitFor();
    expect(await other.locator('.figure dd').first().innerText()).toBe(await one.locator('.figure dd').first().innerText());
    await Promise.all([one.context().close(), other.context().close()]);
  });

  test('a refusal is told in the language of the person, and the language changes without a reload', async () => {
    const page = await onBoard({ locale: 'zh-CN' });
    await page.keyboard.press('9');
    await page.getByRole('button', { name: '开窗口…' }).click();
    await page.locator('.sheet-body .actions button').first().click();
    await page.getByRole('button', { name: '叫下一位' }).click();
    await page.locator('.toast', { hasText: /等候/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => Reflect.set(window, 'sameDocument', true));
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('Needs a person').waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true);
    await page.context().close();
  });

  test('why a ticket stands where it stands is one tap away, with the sentence for a customer', async () => {
    const page = await onBoard();
    const number = await takeNumber(page, 'deposit');
    await page.locator(`.queue [data-ticket=${number}]`).click();
    await page.getByText('By arrival', { exact: true }).waitFor();
    expect(await page.locator('.sentence').innerText()).toContain('It is this customer’s turn by time of arrival.');
    await page.context().close();
  });

  test('limits are never on the board itself, only on tap', async () => {
    const page = await onBoard();
    const number = await takeNumber(page, 'wire');
    await page.keyboard.press('5');
    await page.getByRole('button', { name: 'Open…' }).click();
    await page.locator('.sheet-body .actions button').first().click();
    await page.getByRole('button', { name: 'Close', exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator(`.queue [data-ticket=${number}]`).click();
    await page.getByRole('button', { name: 'Call to a counter…' }).click();
    await page.getByRole('button', { name: 'Counter 5', exact: true }).click();
    await page.getByRole('button', { name: 'Very quick matter' }).click();
    await page.getByRole('button', { name: 'Call now' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('5');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('dialog').getByText('10:00', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.tile[data-counter=c5] .ring').waitFor();
    expect(await page.locator('.board').innerText()).not.toContain('10:00');
    await page.context().close();
  });

  test('the hub goes away: the board says since when it is stale, and comes back by itself with what it missed', async () => {
    const page = await onBoard();
    await hub.kill9();
    await page.locator('.board[data-stale=true]').waitFor();
    expect(await page.locator('.link').innerText()).toMatch(/Stale since \d\d:\d\d:\d\d/);
    await hub.start();
    await page.locator('.board[data-link=live]').waitFor({ timeout: 30_000 });
    const number = await takeNumber(page, 'balance');
    await page.locator(`.queue [data-ticket=${number}]`).waitFor();
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('nobody is kept out: axe finds nothing serious (%s)', async (colorScheme) => {
    const page = await onBoard({ colorScheme });
    expect(await serious(page)).toEqual([]);
    for (const key of ['n', 'd', 'o', 'l', '3', '?']) {
      await page.keyboard.press(key);
      await page.locator('dialog').waitFor();
      expect(await serious(page), `the sheet behind ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await page.context().close();
  });

  test('all twelve windows stand on a tablet without scrolling, lying or upright', async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 834, height: 1112 },
    ]) {
      const page = await onBoard({ viewport });
      const boxes = await Promise.all((await page.locator('.tile').all()).map((tile) => tile.boundingBox()));
      expect(boxes).toHaveLength(12);
      for (const box of boxes) expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      await page.context().close();
    }
  });
});

test('a head sees the branches they may see and goes down to a floor', async () => {
  const page = await signIn('region');
  await page.locator('.branch-card').nth(2).waitFor();
  await page.locator('[data-branch=hq-01]').getByRole('link', { name: 'Open the floor' }).click();
  await page.waitForSelector('.board[data-link=live]');
  await page.keyboard.press('3');
  await page.getByText('You may look here; the branch’s own staff act.').waitFor();
  expect(await page.locator('.sheet-body button').count()).toBe(0);
  await page.context().close();
});

test('wrong passwords are told as such, and five lock for a time that is told too', async () => {
  const page = await openPage(browser, { locale: 'en-GB' });
  await page.goto(hub.baseUrl);
  await page.fill('input[name=username]', 'teller12');
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.fill('input[name=password]', `wrong-${attempt}`);
    await page.click('button[type=submit]');
    await page.locator('button[type=submit]:not([aria-busy])').waitFor();
    await page.locator('.form-problem:not(:empty)').waitFor();
  }
  expect(await page.locator('.form-problem').innerText()).toMatch(/Wait \d+ min/);
  await page.context().close();
});

test('a number that has ended is found again on a page that never had it', async () => {
  const page = await onBoard();
  const number = await takeNumber(page, 'loss-report');
  await page.locator(`.queue [data-ticket=${number}]`).click();
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.getByRole('button', { name: 'The customer left' }).click();
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.locator(`.queue [data-ticket=${number}]`).waitFor({ state: 'detached' });
  // A fresh page: its live floor has never had the ticket.
  await page.reload();
  await page.waitForSelector('.board[data-link=live]');
  await page.keyboard.press('f');
  await page.locator('dialog input').fill(number.slice(1));
  await page.locator(`[data-found=${number}]`).click();
  await page.locator('dialog .facts').waitFor();
  expect(await page.locator('dialog .facts').innerText()).toContain('Given up');
  await page.context().close();
});

test('with 500 waiting an event adds its row and leaves the others standing', async () => {
  const page = await onBoard();
  const waiting = () => page.evaluate(() => Number(document.querySelector('.figure dd')?.textContent));
  const services = ['deposit', 'withdrawal', 'settlement', 'balance', 'cheque', 'wire', 'account-opening', 'loss-report'];
  // From outside, so that the page does nothing but listen.
  const issue = (index: number, segment?: string) =>
    page.context().request.post(`${hub.baseUrl}/api/branches/hq-01/commands`, {
      data: { id: randomUUID(), type: 'ticket.issue', serviceId: services[index % services.length], segment },
    });
  for (let from = 0; from < 500; from += 20) await Promise.all(Array.from({ length: 20 }, (_, index) => issue(from + index)));
  await page.waitForFunction(() => Number(document.querySelector('.figure dd')?.textContent) >= 500);
  const before = await waiting();
  await page.evaluate(() => {
    const made = new MutationObserver((changes) => {
      // A word that is written for the first time is no element.
      const count = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element).length;
      Reflect.set(globalThis, 'made', Number(Reflect.get(globalThis, 'made') ?? 0) + count);
    });
    made.observe(document.querySelector('.board') ?? document, { childList: true, subtree: true });
  });
  const { number } = (await (await issue(0, 'elderly')).json()).result as { number: string };
  await page.waitForFunction((wanted) => Number(document.querySelector('.figure dd')?.textContent) >= wanted, before + 1);
  await page.locator(`.queue [data-ticket=${number}]`).waitFor();
  const made = await page.evaluate(() => Number(Reflect.get(globalThis, 'made')));
  // Its own row; and advice or a word about the line may come at that moment.
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(20);
  await page.context().close();
});
