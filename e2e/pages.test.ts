/** Kiosk, display, phone, teller and settings in a real browser, on a real hub that stands still until somebody acts. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, openPage, type PageOptions } from './support/browser.ts';
import { HubProcess } from './support/hub-process.ts';
import { pressNext } from './support/press-next.ts';

const sizes = {
  kiosk: { width: 1080, height: 1920 },
  display: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
  teller: { width: 1366, height: 768 },
} as const;

let hub: HubProcess;
let browser: Browser;

interface Floor {
  readonly tickets: readonly { readonly id: string; readonly number: string; readonly state: string; readonly counterId?: string }[];
  readonly counters: readonly {
    readonly id: string;
    readonly state: string;
    readonly ticketId?: string;
    readonly cashCount?: { readonly state: string };
    readonly help: readonly object[];
  }[];
}

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});
// Each story begins with an empty hall: what one left waiting would be called by the next.
beforeEach(async () => {
  hub = await HubProcess.start({ env: { RATE_LIMIT: 'off' } });
  return () => hub.stop();
});

const device = (kind: 'kiosk' | 'display'): Promise<Page> =>
  openPage(browser, { viewport: sizes[kind] }).then(async (page) => {
    await page.goto(`${hub.baseUrl}/${kind}?print=off#demo-${kind}`);
    await page.waitForSelector(kind === 'kiosk' ? '.kiosk-tile' : '.display-windows li');
    return page;
  });

async function signIn(username: string, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, { viewport: sizes.teller, ...options });
  await page.request.post(`${hub.baseUrl}/api/session`, { data: { username, password: 'demo-pass-1' } });
  await page.goto(hub.baseUrl + path);
  return page;
}

async function teller(n: number, options: PageOptions = {}): Promise<Page> {
  const page = await signIn(`teller${n}`, '/teller', options);
  await page.waitForSelector('.teller[data-stale=false]');
  return page;
}

/** Takes a number over the API, as another kiosk would. */
async function take(serviceId: string): Promise<{ number: string; follow: string }> {
  const answer = await fetch(`${hub.baseUrl}/api/branches/hq-01/commands`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-kiosk', 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), type: 'ticket.issue', serviceId }),
  });
  return ((await answer.json()) as { result: { number: string; follow: string } }).result;
}

async function floorSeenBy(page: Page): Promise<Floor> {
  const answer = await page.request.get(`${hub.baseUrl}/api/branches/hq-01/floor`);
  return ((await answer.json()) as { floor: Floor }).floor;
}

describe('a customer from door to window', () => {
  test('two taps give a number; the wall shows the call, the phone the window, and the customer rates', async () => {
    const [kiosk, wall, desk] = await Promise.all([device('kiosk'), device('display'), teller(1)]);
    expect(kiosk.url()).not.toContain('demo-kiosk');

    await kiosk.click('[data-service=deposit]');
    await kiosk.click('.kiosk-take');
    const number = await kiosk.locator('.kiosk-big').innerText();
    expect(number).toBe('A001');
    const follow = await take('withdrawal');

    const phone = await openPage(browser, { viewport: sizes.phone });
    await phone.goto(hub.baseUrl + follow.follow);
    await phone.locator('.phone[data-state=waiting] [data-ahead="1"]').waitFor();
    await phone.locator('.phone-almost').waitFor();

    await pressNext(desk, 'open');
    await pressNext(desk, 'callNext');
    await wall.locator(`.display-newest[data-call="${number} 1"][data-fresh=true]`).waitFor();
    await wall.locator('[data-counter="1"][data-state=calling]').waitFor();
    await pressNext(desk, 'start');
    await pressNext(desk, 'finish');
    await wall.locator(`.display-newest[data-call="${follow.number} 1"]`).waitFor();
    await wall.locator(`.display-recent [data-call="${number} 1"]`).waitFor();
    await phone.locator('.phone[data-state=called] .phone-called', { hasText: '1 号窗口' }).waitFor();

    await pressNext(desk, 'start');
    await pressNext(desk, 'finish');
    await phone.locator('.phone-rate button').nth(4).click();
    await phone.locator('.phone-rated').waitFor();
    await Promise.all([kiosk, wall, desk, phone].map((page) => page.context().close()));
  });

  test('who gives up the place on the phone is asked once and leaves the queue', async () => {
    const { follow } = await take('deposit');
    const phone = await openPage(browser, { viewport: sizes.phone });
    await phone.goto(hub.baseUrl + follow);
    await phone.click('.phone-give-up');
    await phone.locator('.phone-ask .b-danger').click();
    await phone.locator('.phone[data-state=cancelled]').waitFor();
    const manager = await signIn('manager', '/');
    expect((await floorSeenBy(manager)).tickets).toEqual([]);
    await Promise.all([phone, manager].map((page) => page.context().close()));
  });
});

describe('the kiosk', () => {
  test('a lost answer and an impatient finger still give one number', async () => {
    const kiosk = await device('kiosk');
    const asked: string[] = [];
    await kiosk.route('**/commands', async (route) => {
      asked.push((route.request().postDataJSON() as { id: string }).id);
      if (asked.length > 1) return route.continue();
      // The hub has given the number; the kiosk never hears of it.
      await route.fetch();
      return route.abort();
    });
    await kiosk.click('[data-service=deposit]');
    await kiosk.locator('.kiosk-take').dblclick();
    await kiosk.locator('[data-number=A001]').waitFor();
    expect(new Set(asked).size).toBe(1);
    const desk = await teller(1);
    expect((await floorSeenBy(desk)).tickets.map(({ number }) => number)).toEqual(['A001']);
    await Promise.all([kiosk, desk].map((page) => page.context().close()));
  });

  test('sends people to the lobby manager while the hub is away, and comes back by itself; so does the wall', async () => {
    const [kiosk, wall] = await Promise.all([device('kiosk'), device('display')]);
    await hub.kill9();
    await kiosk.locator('[data-notice=offline]').waitFor();
    await wall.locator('.display[data-stale=true] .l-stale').waitFor();
    await hub.start();
    await kiosk.locator('.kiosk-tile').first().waitFor();
    await wall.locator('.display[data-stale=false]').waitFor();
    expect(await wall.locator('.display-windows li').count()).toBe(12);
    await Promise.all([kiosk, wall].map((page) => page.context().close()));
  });

  test('says when no more numbers are given, and the wall names the last one', async () => {
    const { number } = await take('deposit');
    const [kiosk, wall, manager] = await Promise.all([device('kiosk'), device('display'), signIn('manager', '/')]);
    await manager.request.post(`${hub.baseUrl}/api/branches/hq-01/commands`, {
      data: { id: randomUUID(), type: 'branch.setPhase', phase: 'lastNumber' },
    });
    await kiosk.locator('[data-notice=shut]').waitFor();
    await wall.locator('.display-notice').waitFor();
    expect(await wall.locator('.display-notice').innerText()).toContain(number);
    expect(await kiosk.locator('.kiosk-tile').count()).toBe(0);
    await Promise.all([kiosk, wall, manager].map((page) => page.context().close()));
  });

  test('says so once its token is revoked, and before it has one', async () => {
    const [kiosk, admin] = await Promise.all([device('kiosk'), signIn('admin', '/settings')]);
    await admin.getByRole('button', { name: '设备', exact: true }).click();
    const row = admin.locator('.settings-list li', { hasText: 'hq-01-kiosk' });
    await row.getByRole('button').click();
    await row.locator('.b-danger').click();
    await kiosk.locator('.device-notice[data-state=denied]').waitFor();

    const fresh = await openPage(browser, { viewport: sizes.kiosk });
    await fresh.goto(`${hub.baseUrl}/kiosk`);
    await fresh.locator('.device-notice[data-state=unpaired]').waitFor();
    expect(await kiosk.locator('.kiosk-tile').count()).toBe(0);
    await Promise.all([kiosk, admin, fresh].map((page) => page.context().close()));
  });
});

describe("the teller's keys", () => {
  test('a double Enter finishes one customer and calls one, never two', async () => {
    for (const service of ['deposit', 'deposit', 'deposit']) await take(service);
    const desk = await teller(2);
    await pressNext(desk, 'open');
    await pressNext(desk, 'callNext');
    await pressNext(desk, 'start');
    await desk.waitForSelector('.teller-primary[data-step=finish][aria-disabled=false]');
    const posted: string[] = [];
    desk.on('request', (request) => {
      if (request.url().endsWith('/commands')) posted.push((request.postDataJSON() as { type: string }).type);
    });
    // The second press of a double one, at the worst instant: just as the next number appears.
    await desk.evaluate(() => {
      const screen = document.querySelector('.teller');
      if (screen === null) return;
      new MutationObserver(() => {
        window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Enter', key: 'Enter' }));
        screen.setAttribute('data-pressed', 'again');
      }).observe(screen, { attributeFilter: ['data-state'] });
    });
    await expect
      .poll(async () => {
        await Promise.all([desk.keyboard.press('Enter'), desk.keyboard.press('Enter')]);
        return desk.locator('.teller').getAttribute('data-state');
      })
      .toBe('calling');
    await desk.waitForSelector('.teller[data-pressed=again]');
    expect(await desk.evaluate(() => fetch('/api/session').then(({ ok }) => ok))).toBe(true);
    expect(posted).toEqual(['ticket.finishAndCallNext']);
    const { tickets } = await floorSeenBy(desk);
    expect(tickets.map(({ number, state }) => `${number} ${state}`).sort()).toEqual(['A002 called', 'A003 waiting']);
    await desk.context().close();
  });

  test('a held Enter is one press', async () => {
    for (const service of ['deposit', 'deposit']) await take(service);
    const desk = await teller(3);
    await pressNext(desk, 'open');
    await desk.waitForSelector('.teller-primary[data-step=callNext][aria-disabled=false]');
    await expect
      .poll(async () => {
        await desk.keyboard.down('Enter');
        for (let repeat = 0; repeat < 20; repeat += 1) await desk.keyboard.down('Enter');
        await desk.keyboard.up('Enter');
        return desk.locator('.teller').getAttribute('data-state');
      })
      .toBe('calling');
    expect((await floorSeenBy(desk)).tickets.map(({ state }) => state).sort()).toEqual(['called', 'waiting']);
    await desk.context().close();
  });

  test('a whole morning without a mouse: extension, help, another item, park, pause counted by two, resume', async () => {
    for (const service of ['deposit', 'withdrawal']) await take(service);
    const [desk, colleague] = await Promise.all([teller(4), teller(5)]);
    await pressNext(desk, 'open');
    await pressNext(desk, 'callNext');
    await pressNext(desk, 'start');

    await desk.keyboard.press('Numpad2');
    await desk.locator('[data-action=extendCounterfeit]:disabled').waitFor();
    await desk.keyboard.press('Numpad8');
    await desk.locator('[data-help=change]').waitFor();
    await colleague.locator('[data-panel=help]').getByRole('button').click();
    await desk.locator('[data-help=change]', { hasText: '已应答' }).waitFor();

    await desk.keyboard.press('F8');
    await desk.locator('dialog[open]').waitFor();
    await desk.getByLabel('金额（元）').fill('1200');
    // In a dialog figures are figures, not help calls, and Enter sends the form, not the customer.
    await desk.keyboard.press('Enter');
    await desk.locator('dialog').waitFor({ state: 'detached' });
    await desk.locator('.teller-facts b', { hasText: '1,200' }).waitFor();

    await desk.keyboard.press('F4');
    await desk.locator('dialog[open]').waitFor();
    await desk.keyboard.press('Enter');
    await desk.locator('.teller[data-state=idle]').waitFor();
    await desk.locator('[data-panel=parked]', { hasText: 'A001' }).waitFor();

    await desk.keyboard.press('F9');
    await desk.locator('dialog[open]').waitFor();
    await desk.keyboard.press('Enter');
    await desk.locator('.teller-cash').waitFor();
    expect((await floorSeenBy(desk)).tickets.filter(({ state }) => state === 'called')).toEqual([]);
    await colleague.locator('[data-count=c4]').getByRole('button').click();
    await desk.locator('.teller-cash').waitFor({ state: 'detached' });
    await pressNext(desk, 'resume');
    await pressNext(desk, 'callNext');
    expect(await desk.locator('.teller-number').innerText()).toBe('B001');
    await Promise.all([desk, colleague].map((page) => page.context().close()));
  });

  test('? shows every key, Escape leaves, and no limit is on the screen until asked for', async () => {
    await take('deposit');
    const desk = await teller(6);
    await pressNext(desk, 'open');
    await pressNext(desk, 'callNext');
    await pressNext(desk, 'start');
    expect(await desk.locator('.teller-figures').count()).toBe(0);
    await desk.keyboard.press('Home');
    await desk.locator('.teller-figures').waitFor();
    await desk.keyboard.press('Slash');
    await desk.locator('.teller-keys').waitFor();
    await desk.keyboard.press('Escape');
    await desk.locator('dialog').waitFor({ state: 'detached' });
    await desk.context().close();
  });
});

describe('settings', () => {
  test('a fault is told at its path and nothing changes; what is right goes live', async () => {
    const [page, kiosk] = await Promise.all([signIn('head', '/settings', { locale: 'en-GB' }), device('kiosk')]);
    await page.getByRole('button', { name: 'Services', exact: true }).click();
    const field = page.locator('.settings-json');
    const services = JSON.parse(await field.inputValue()) as { letter: string; name: { zh: string } }[];
    const [first] = services;
    if (first === undefined) throw new Error('the demo has services');
    await field.fill(JSON.stringify([{ ...first, letter: 'W' }, ...services.slice(1)]));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.settings-errors code').waitFor();
    expect(await page.locator('.settings-errors code').innerText()).toBe('services.0.letter');
    expect(await kiosk.locator('.kiosk-tile strong').first().innerText()).toBe(first.name.zh);
    await field.fill(JSON.stringify([{ ...first, name: { zh: '存现金', en: 'Pay in cash' } }, ...services.slice(1)]));
    await page.getByRole('button', { name: 'Save' }).click();
    await kiosk.locator('.kiosk-tile', { hasText: '存现金' }).waitFor();
    await Promise.all([page, kiosk].map((one) => one.context().close()));
  });

  test("a new device's token is shown once and pairs a screen", async () => {
    const page = await signIn('admin', '/settings', { locale: 'en-GB' });
    await page.getByRole('button', { name: 'Devices', exact: true }).click();
    await page.getByLabel('Device id').fill('wall-2');
    await page.getByLabel('Kind').selectOption('display');
    await page.getByRole('button', { name: 'New device' }).click();
    const address = await page.locator('.settings-token code').innerText();
    const wall = await openPage(browser, { viewport: sizes.display });
    await wall.goto(address);
    await wall.locator('.display-windows li').first().waitFor();
    await page.reload();
    expect(await page.locator('.settings-token').count()).toBe(0);
    await Promise.all([page, wall].map((one) => one.context().close()));
  });
});

describe('anybody can use them', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing serious (%s)', async (colorScheme) => {
    const { follow } = await take('deposit');
    const look = async (url: string, ready: string, viewport: { width: number; height: number }): Promise<string[]> => {
      const page = await openPage(browser, { viewport, colorScheme });
      await page.goto(hub.baseUrl + url);
      await page.waitForSelector(ready);
      const found = await serious(page);
      await page.context().close();
      return found.map((one) => `${url.split('#')[0]} ${one}`);
    };
    const desk = await teller(7, { colorScheme });
    const settings = await signIn('admin', '/settings', { colorScheme });
    await settings.waitForSelector('.settings-section');
    expect([
      ...(await look('/kiosk?print=off#demo-kiosk', '.kiosk-tile', sizes.kiosk)),
      ...(await look(`/display?theme=${colorScheme}#demo-display`, '.display-windows li', sizes.display)),
      ...(await look(follow, '.phone-facts', sizes.phone)),
      ...(await serious(desk)),
      ...(await serious(settings)),
    ]).toEqual([]);
    await Promise.all([desk, settings].map((one) => one.context().close()));
  });
});
