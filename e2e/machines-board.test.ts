/** Machines as people see them: the board's strip, the machine's sheet, the kiosk's offer, the head's card, in a real browser. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { launchBrowser, openPage, type PageOptions } from './support/browser.ts';
import { DemoStaff } from './support/demo-staff.ts';
import { HubProcess } from './support/hub-process.ts';

let hub: HubProcess;
let browser: Browser;
let staff: DemoStaff;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
  staff = new DemoStaff(hub.baseUrl);
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function signIn(username: string, path = '/floor/hq-01', options: PageOptions = {}): Promise<Page> {
  const page = await staff.open(browser, username, path, options);
  if (path.startsWith('/floor')) await page.waitForSelector('.board[data-link=live]');
  return page;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

/** As a bank's own monitor would: the machine's status, now. */
async function tell(machineId: string, status: object): Promise<void> {
  const { at } = await staff.read<{ at: number }>('manager', '/api/branches/hq-01/floor');
  const answer = await fetch(`${hub.baseUrl}/api/machines/${machineId}/telemetry`, {
    method: 'POST',
    headers: bearer('demo-machine'),
    body: JSON.stringify({ at, status }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}

async function command(page: Page, body: object): Promise<Record<string, unknown>> {
  const answer = await page.request.post(`${hub.baseUrl}/api/branches/hq-01/commands`, { data: { id: randomUUID(), ...body } });
  expect(answer.status(), await answer.text()).toBe(200);
  return ((await answer.json()) as { result?: Record<string, unknown> }).result ?? {};
}

const tile = (page: Page, machineId: string) => page.locator(`.machine-tile[data-machine=${machineId}]`);
const openMachine = async (page: Page, machineId: string): Promise<void> => {
  await tile(page, machineId).click();
  await page.locator('dialog .facts').first().waitFor();
};

describe('a machine on the board', () => {
  test('tells of a jam by itself: the tile, the figure, the attention with an owner; and of its end', async () => {
    const page = await signIn('manager');
    // What nobody has heard of yet is told as unknown beside the figure, not left to look well.
    await page.locator('.figure', { hasText: 'Machines down' }).locator('.figure-aside.s-unknown', { hasText: '12' }).waitFor();
    await tell('m1', { device: 'online', dispenser: 'ok' });
    await tile(page, 'm1').and(page.locator('[data-state=inService]')).waitFor();
    await tell('m1', { device: 'online', reader: 'jammed' });
    await tile(page, 'm1').and(page.locator('[data-state=outOfService]')).waitFor();
    expect(await tile(page, 'm1').innerText()).toContain('Card jam');
    // Worst first.
    expect(await page.locator('.machine-tile').first().getAttribute('data-machine')).toBe('m1');
    const item = page.locator('.attention[data-kind=machineDown]', { hasText: 'ATM 1: Card jam' });
    await item.waitFor();
    expect(await item.locator('.attention-owner').innerText()).toBe('马晓芳');
    await item.getByRole('button', { name: 'Look' }).click();
    const fault = page.locator('dialog [data-fault=cardJam]');
    await fault.waitFor();
    expect(await fault.innerText()).toMatch(/Branch staff · 马晓芳/);
    expect(await fault.getByRole('link', { name: /^Case \d{8}-\d\d$/ }).getAttribute('href')).toMatch(/^\/cases\//);
    await page.keyboard.press('Escape');
    await tell('m1', { device: 'online', reader: 'ok' });
    await tile(page, 'm1').and(page.locator('[data-state=inService]')).waitFor();
    await item.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('shows by part what it told, its cash by count and level', async () => {
    const page = await signIn('manager');
    await tell('m3', {
      device: 'online',
      dispenser: 'attention',
      paper: 'low',
      door: 'locked',
      units: [
        { id: 'u1', replenishment: 'low', count: 180 },
        { id: 'u2', replenishment: 'ok', count: 1_800 },
      ],
    });
    await openMachine(page, 'm3');
    const words = await page.locator('dialog').innerText();
    for (const word of ['Payout', 'Attention', 'Paper', 'Low', 'Locked', '180 notes', '1800 notes']) expect(words).toContain(word);
    const widths = await page.locator('.cash-level i').evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.inlineSize));
    expect(widths).toEqual(['10%', '100%']);
    await page.context().close();
  });

  test('without telemetry, staff tell: the state, who said it and how long ago; and take it back', async () => {
    const page = await signIn('manager');
    await openMachine(page, 'm9');
    await page.getByRole('button', { name: 'Report a state…' }).click();
    await page.getByRole('button', { name: 'Out of service' }).click();
    await page.getByRole('button', { name: 'Paper jam' }).click();
    await page.getByLabel('Note (optional)').fill('roll stuck, spare ordered');
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.locator('dialog').getByText('Reported by staff').waitFor();
    await page.locator('dialog').getByText('马晓芳, less than 1 min ago').waitFor();
    await page.locator('dialog').getByText('roll stuck, spare ordered').waitFor();
    await page.keyboard.press('Escape');
    await tile(page, 'm9').and(page.locator('[data-state=outOfService]')).waitFor();
    expect(await tile(page, 'm9').innerText()).toMatch(/Passbook printer 9\s+staff/);
    await openMachine(page, 'm9');
    await page.getByRole('button', { name: 'Report a state…' }).click();
    await page.getByRole('button', { name: 'Withdraw the report' }).click();
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.keyboard.press('Escape');
    await tile(page, 'm9').and(page.locator('[data-state=unknown]')).waitFor();
    await page.context().close();
  });

  test('planned maintenance stands on the board as such, and is cancelled', async () => {
    const page = await signIn('manager');
    await tell('m10', { device: 'hardwareError' });
    await tile(page, 'm10').and(page.locator('[data-state=outOfService]')).waitFor();
    await openMachine(page, 'm10');
    await page.getByRole('button', { name: 'Plan maintenance…' }).click();
    await page.getByLabel('Reason (optional)').fill('new board');
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.locator('dialog').getByText('planned by 马晓芳').waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await tile(page, 'm10').and(page.locator('[data-state=maintenance]')).waitFor();
    await openMachine(page, 'm10');
    await page.locator('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.locator('dialog').getByText('planned by').waitFor({ state: 'detached' });
    expect(await page.locator('dialog .badge').innerText()).toBe('Out of service');
    await page.context().close();
  });
});

describe('cash and cards', () => {
  test('cash is added by two people on two sign-ins, and a difference nags until it is settled', async () => {
    const first = await signIn('manager');
    await openMachine(first, 'm4');
    const count = async (counted: string, difference: string): Promise<void> => {
      await first.getByRole('button', { name: 'Add cash…' }).click();
      await first.getByLabel('Counted in the machine (¥)').fill(counted);
      await first.getByLabel('Should be there (¥)').fill('12400');
      await first.getByLabel('Added now (¥)').fill('200,000');
      await first.locator('dialog').getByText(difference).waitFor();
      await first.getByRole('button', { name: 'Send to the second person' }).click();
      await first.locator('dialog').getByText('You were the first person').waitFor();
    };
    // A slip of the finger: withdrawn before anybody stands for it.
    await count('2300', '10,100 short');
    await first.getByRole('button', { name: 'The count is wrong…' }).click();
    await first.getByRole('button', { name: 'Miscounted, corrected' }).click();
    await first.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await first.locator('[data-replenishment]').waitFor({ state: 'detached' });
    await count('12300', '100 short');
    expect(await first.getByRole('button', { name: 'Confirm as second person' }).count()).toBe(0);
    await first.keyboard.press('Escape');
    await first.locator('.attention[data-kind=replenishmentPending]').waitFor();

    // The second is a teller: from the menu of their own terminal, which shows who was the first.
    const second = await signIn('teller3', '/teller', { viewport: { width: 1366, height: 768 } });
    await second.getByRole('button', { name: 'Menu' }).click();
    await second.getByRole('button', { name: 'Machines' }).click();
    await second.getByRole('button', { name: 'Cash added' }).click();
    await second
      .locator('dialog')
      .getByText(/First: 马晓芳/)
      .waitFor();
    await second.getByRole('button', { name: 'Confirm as second person' }).click();
    await second.locator('[data-replenishment=unsettled]').waitFor();
    expect(await second.getByRole('button', { name: 'Settle the difference…' }).count()).toBe(0);

    const nag = first.locator('.attention[data-kind=cashDifference]');
    await nag.waitFor();
    await nag.getByRole('button', { name: 'Settle' }).click();
    await first.getByRole('button', { name: 'Settle the difference…' }).click();
    await first.getByRole('button', { name: 'Miscounted, corrected' }).click();
    await first.getByRole('button', { name: 'Settled', exact: true }).click();
    await first.locator('[data-replenishment]').waitFor({ state: 'detached' });
    await first.keyboard.press('Escape');
    await nag.waitFor({ state: 'detached' });

    await first.locator('.machines-head').click();
    await first.getByRole('button', { name: 'Cash added' }).click();
    await first.locator('.register tbody tr', { hasText: 'Withdrawn' }).getByText('Miscounted, corrected').waitFor();
    const line = first.locator('.register tbody tr', { hasText: '张敏' });
    await line.getByText('Miscounted, corrected').waitFor();
    expect(await line.innerText()).toMatch(/马晓芳 · 张敏/);
    await Promise.all([first, second].map((page) => page.context().close()));
  });

  test('a retained card goes from the machine to the branch and, identity checked, to its owner', async () => {
    const page = await signIn('manager');
    await openMachine(page, 'm5');
    await page.getByRole('button', { name: 'Register a card…' }).click();
    await page.getByLabel(/Last four digits/).fill('4711');
    await page.getByRole('button', { name: 'Register the card' }).click();
    await page.locator('[data-card=inMachine]').getByText('4711').waitFor();
    await page.getByRole('button', { name: 'Taken out' }).click();
    await page.getByRole('button', { name: 'Taken out' }).click();
    await page.locator('[data-card=collected]').waitFor();
    await page.getByRole('button', { name: 'Hand back…' }).click();
    expect(await page.getByRole('button', { name: 'Handed back' }).isDisabled()).toBe(true);
    await page.getByLabel(/I checked the customer’s identity/).check();
    await page.getByRole('button', { name: 'Handed back' }).click();
    await page.locator('[data-card]').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.locator('.machines-head').click();
    await page.getByRole('button', { name: 'Retained cards' }).click();
    await page.locator('.register tbody tr', { hasText: '4711' }).getByText('Handed back').waitFor();
    await page.context().close();
  });
});

describe('sooner at a machine', () => {
  test('the kiosk offers it and never imposes it: not in elder mode, not to who declares to be elderly', async () => {
    const manager = await signIn('manager');
    await command(manager, { type: 'counter.open', counterId: 'c1', staffId: 'teller1' });
    for (let n = 0; n < 14; n += 1) await command(manager, { type: 'ticket.issue', serviceId: 'withdrawal' });
    await tell('m2', { device: 'online', dispenser: 'ok' });

    const kiosk = await openPage(browser, { locale: 'en-GB', viewport: { width: 1080, height: 1920 } });
    await kiosk.goto(`${hub.baseUrl}/kiosk?print=off#demo-kiosk`);
    await kiosk.click('[data-service=withdrawal]');
    await kiosk.locator('.kiosk-offer', { hasText: /ATM \d can do it too\s*about \d+ min sooner/ }).waitFor();
    expect(await serious(kiosk)).toEqual([]);
    await kiosk.click('[data-need=elderly]');
    await kiosk.locator('.kiosk-offer').waitFor({ state: 'detached' });
    await kiosk.click('[data-need=elderly]');
    await kiosk.locator('.kiosk-offer').click();
    await kiosk.getByText('24-hour hall').waitFor();
    // No number was taken; one may be had all the same.
    await kiosk.getByRole('button', { name: 'A number all the same' }).click();
    await kiosk.locator('.kiosk-big').waitFor();
    await kiosk.getByRole('button', { name: 'Done' }).click();

    let asked = 0;
    kiosk.on('request', (request) => (asked += Number(request.url().includes('/offer'))));
    await kiosk.getByRole('button', { name: 'Large text' }).click();
    await kiosk.click('[data-service=withdrawal]');
    await kiosk.locator('.kiosk-take').click();
    await kiosk.locator('.kiosk-big').waitFor();
    expect(asked).toBe(0);

    // The board says so too: one tap, and the place is kept.
    const hint = manager.locator('[data-divert]').first();
    await hint.waitFor();
    const number = (await hint.getAttribute('data-divert')) ?? '';
    await hint.click();
    await manager.locator('.queue-aside').getByText(number).waitFor();
    await Promise.all([kiosk, manager].map((page) => page.context().close()));
  });

  test('an elderly customer is sent to a machine only at their own wish', async () => {
    const manager = await signIn('manager');
    const { number } = await command(manager, { type: 'ticket.issue', serviceId: 'withdrawal', segment: 'elderly' });
    await manager.locator(`.queue [data-ticket=${String(number)}]`).click();
    expect(await manager.locator('.machine-offer').count()).toBe(0);
    await manager.getByRole('button', { name: 'Offer a machine' }).click();
    expect(await manager.getByRole('button', { name: 'Offer a machine' }).isDisabled()).toBe(true);
    await manager.getByLabel('The customer asked for a machine').check();
    await manager.getByRole('button', { name: 'Offer a machine' }).click();
    await manager.locator('dialog').getByText('Diverted').waitFor();
    await manager.context().close();
  });
});

test('the head sees the machines down of every branch by name, and their availability with its causes', async () => {
  await tell('m12', { device: 'offline' });
  const page = await signIn('region', '/head');
  const card = page.locator('[data-branch=hq-01]');
  await card.locator('[data-machine=m12]', { hasText: 'Off-site ATM 12 · Offline' }).waitFor();
  await card.getByText(/Machines available today \d+\.\d%/).waitFor();
  await card.getByRole('button', { name: 'Machines' }).click();
  await page.getByRole('button', { name: 'Availability' }).click();
  await page.locator('tr[data-availability=m12]', { hasText: 'Offline' }).waitFor();
  expect(await page.locator('[data-branch=hq-02] [data-figure=machines]').count()).toBe(0);
  await page.context().close();
});

test('twelve machines stand with the twelve windows on one page, lying, upright and on a wall; without machines there is no strip', async () => {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 834, height: 1112 },
    { width: 1920, height: 1080 },
  ]) {
    for (const locale of ['zh-CN', 'en-GB'] as const) {
      const page = await signIn('manager', '/floor/hq-01', { viewport, locale });
      expect(await page.locator('.machine-tile').count()).toBe(12);
      const overflow = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
      expect(overflow, `${viewport.width} ${locale}`).toEqual([viewport.height, viewport.width]);
      await page.context().close();
    }
  }
  const page = await signIn('region', '/floor/hq-03');
  await page.locator('.tile').first().waitFor();
  expect(await page.locator('.machines').count()).toBe(0);
  expect(await page.locator('.board').innerText()).not.toContain('Machines down');
  await page.context().close();
});

test('settings show machines, their rules, cases and playbooks, beginning from the defaults', async () => {
  const page = await signIn('head', '/settings');
  for (const [tab, word] of [
    ['Machines', '"m12"'],
    ['Machine rules', '"silentAfterMs"'],
    ['Cases', '"reviewAskDays"'],
    ['Playbooks', '"robbery"'],
  ] as const) {
    await page.getByRole('button', { name: tab, exact: true }).click();
    await page.waitForFunction((wanted) => document.querySelector('textarea')?.value.includes(wanted) === true, word);
    expect(await page.locator('.form-problem').count(), tab).toBe(0);
  }
  await page.context().close();
});

test.each(['light', 'dark'] as const)('nobody is kept out: axe finds nothing serious (%s)', async (colorScheme) => {
  await tell('m3', { device: 'online', dispenser: 'stop', units: [{ id: 'u1', replenishment: 'empty', count: 0 }] });
  await tell('m7', { device: 'online', reader: 'cardRetained' });
  const page = await signIn('manager', '/floor/hq-01', { colorScheme });
  await tile(page, 'm3').and(page.locator('[data-state=outOfService]')).waitFor();
  expect(await serious(page)).toEqual([]);
  for (const machineId of ['m3', 'm7']) {
    await openMachine(page, machineId);
    expect(await serious(page), machineId).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  // By keyboard alone: to a machine, along the strip, into its sheet, through a form and back.
  await page.locator('.machines-head').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('machine-tile');
  await page.keyboard.press('Enter');
  for (const name of ['Report a state…', 'Add cash…', 'Register a card…', 'Plan maintenance…']) {
    const button = page.getByRole('button', { name });
    if ((await button.count()) === 0) continue;
    await button.press('Enter');
    expect(await serious(page), name).toEqual([]);
    await page.locator('dialog').getByRole('button', { name: 'Cancel' }).last().press('Enter');
  }
  await page.keyboard.press('Escape');
  await page.locator('.machines-head').press('Enter');
  for (const name of ['Retained cards', 'Cash added', 'Availability']) {
    await page.getByRole('button', { name }).press('Enter');
    await page.waitForLoadState('networkidle');
    expect(await serious(page), name).toEqual([]);
  }
  await page.context().close();
});
