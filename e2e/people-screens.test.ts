/** People and roster as staff meet them: who is missing, the rota by keyboard, a proposal in part, one's own day. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateAfter, mondayOf } from '../shared/branch/people/dates.ts';
import type { RotaDay } from '../shared/branch/people/people.state.ts';
import { launchBrowser, type PageOptions } from './support/browser.ts';
import { DemoStaff } from './support/demo-staff.ts';
import { HubProcess } from './support/hub-process.ts';

let hub: HubProcess;
let browser: Browser;
let today: string;
let staff: DemoStaff;

beforeAll(async () => {
  [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
  staff = new DemoStaff(hub.baseUrl);
  ({ today } = await staff.read<{ today: string }>('manager', '/api/branches/hq-01/roster'));
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

const command = (who: string, body: object, branch?: string) => staff.command(who, body, branch);

const planOf = async (date: string): Promise<RotaDay | undefined> =>
  (await staff.read<{ days: RotaDay[] }>('manager', `/api/branches/hq-01/roster?from=${date}&to=${date}`)).days[0];

async function on(username: string, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await staff.open(browser, username, path, options);
  await page.locator('.people-screen[data-link=live]').waitFor();
  return page;
}

/** Begun before the working morning on which the hub starts. */
const dayShift = { from: '08:30', until: '17:30', breaks: [] };

describe('who is here now', () => {
  test('somebody who did not come is absent with the first tap; the place is filled with the second, the best fit on top', async () => {
    await command('manager', { type: 'roster.setDay', date: dateAfter(today, 1), shifts: [] });
    await command('manager', { type: 'roster.setDay', date: today, shifts: [{ staffId: 'teller2', ...dayShift }] });
    const page = await on('manager', '/people', { hasTouch: true });
    const missing = page.locator('.person[data-staff=teller2][data-look=missing]');
    await missing.locator('[data-do=absent]').tap();
    const first = page.locator('.substitute').first();
    await first.getByText(/h left this week/).waitFor();
    const staffId = (await first.getAttribute('data-staff')) ?? '';
    await first.tap();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('.person[data-staff=teller2][data-look=away]').waitFor();
    expect((await planOf(today))?.absences['teller2']?.filledBy).toBe(staffId);
    expect(await page.locator('.toast.t-problem').count()).toBe(0);
    await page.context().close();
  });

  test('the board asks who can take the lobby nobody minds, and one tap puts them there', async () => {
    for (const staffId of ['manager', 'deputy']) await command('manager', { type: 'post.leave', staffId });
    const page = await staff.open(browser, 'manager', '/floor/hq-01');
    const item = page.locator('.attention[data-kind=lobbyUnattended]');
    await item.getByRole('button', { name: 'Who can?' }).click();
    await page.locator('.substitute[data-staff=deputy]').click();
    await item.waitFor({ state: 'detached' });
    const { here } = await staff.read<{ here: { staffId: string; post?: { kind: string } }[] }>('manager', '/api/branches/hq-01/people');
    expect(here.find(({ staffId }) => staffId === 'deputy')?.post?.kind).toBe('lobby');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('the rota', () => {
  test('is written with arrow keys and the numbers of the templates, and cleared with 0', async () => {
    const week = dateAfter(mondayOf(today), 14);
    const page = await on('manager', `/people?view=rota&week=${week}`);
    const square = (staffId: string, date: string) => page.locator(`.rota-cell[data-staff=${staffId}][data-date="${date}"]`);
    await square('teller1', week).focus();
    await page.keyboard.press('2');
    await square('teller1', week).getByText('Late').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('1');
    await square('teller2', dateAfter(week, 1)).getByText('Early').waitFor();
    expect((await planOf(dateAfter(week, 1)))?.shifts['teller2']?.shiftId).toBe('early');
    await page.keyboard.press('0');
    await square('teller2', dateAfter(week, 1)).getByText('Early').waitFor({ state: 'detached' });
    expect((await planOf(week))?.shifts['teller1']?.shiftId).toBe('late');
    await page.keyboard.press('Enter');
    await page.locator('dialog').getByRole('button', { name: /Away/ }).waitFor();
    await page.context().close();
  });
});

describe('a roster proposed', () => {
  test('stands beside the rota with its figures; one part is accepted, and only that one changes', async () => {
    const week = dateAfter(mondayOf(today), 21);
    const page = await on('head', `/people?view=rota&week=${week}`);
    await page.locator('[data-do=propose]').click();
    await page.locator('.proposal[data-state=told]').waitFor({ timeout: 60_000 });
    expect(await page.locator('.proposal .chart').count()).toBeGreaterThan(1);
    const parts = page.locator('.proposal-parts li');
    const count = await parts.count();
    expect(count).toBeGreaterThan(5);
    const [date = '', staffId = ''] = ((await parts.first().getAttribute('data-part')) ?? '').split(' ');
    await parts.first().locator('[data-do=accept]').click();
    await page.locator('.proposal-parts li[data-accepted=true]').waitFor();
    const planned = (await Promise.all([0, 1, 2, 3, 4, 5, 6].map((day) => planOf(dateAfter(week, day))))).flatMap((day) =>
      Object.keys(day?.shifts ?? {}).map((one) => `${day?.date} ${one}`),
    );
    expect(planned).toEqual([`${date} ${staffId}`]);
    await page.context().close();
  });
});

describe('my day', () => {
  test('a teller sees their own day and nobody else’s, offers a swap in two taps, and the other accepts it', async () => {
    const day = dateAfter(today, 1);
    await command('manager', { type: 'roster.setDay', date: day, shifts: [{ staffId: 'teller1', shiftId: 'early' }] });
    const page = await on('teller1', '/people');
    expect(await page.locator('.people-views, .person, .rota').count()).toBe(0);
    const line = page.locator(`.my-week li[data-date="${day}"]`);
    await line.locator('[data-do=swap]').click();
    await page.locator('.substitute[data-staff=teller4]').click();
    await page.locator('.people-swaps li', { hasText: 'Waits for' }).waitFor();
    const other = await on('teller4', '/people');
    await other.locator('.people-swaps [data-do=accept]').click();
    await other.locator('.people-swaps').waitFor({ state: 'detached' });
    expect(Object.keys((await planOf(day))?.shifts ?? {})).toEqual(['teller4']);
    await other.context().close();
    await page.context().close();
  });
});
