/** Cases as people meet them: on the teller's keys, the lobby manager's board, the head's strip and the case page. */
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

const command = (who: string, body: object) => staff.command(who, body);

const log = (who: string, subject: string, more: object = {}): Promise<Record<string, string>> =>
  command(who, { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject, ...more });

/** Counts the tones a page makes; a headless browser has no ears. */
const COUNT_TONES = `
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) { window.tones += 1; return start.apply(this, args); };
`;
const tonesOf = (page: Page): Promise<number> => page.evaluate(() => Reflect.get(window, 'tones') as number);

async function signIn(username: string, options: PageOptions = {}): Promise<Page> {
  const page = await openPage(browser, { locale: 'en-GB', ...options });
  await page.addInitScript(COUNT_TONES);
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

async function atCounter(username: string): Promise<Page> {
  const page = await signIn(username, { viewport: { width: 1366, height: 768 } });
  await page.waitForSelector('.teller[data-stale=false]');
  return page;
}

/** What stands on the board, its clocks aside. */
const wordsOf = async (page: Page): Promise<string> => (await page.locator('body').innerText()).replaceAll(/\d+(:\d\d)+/g, '·');

describe('logging a case', () => {
  test('a teller logs with one key, a line and Enter; the lobby manager takes it with one press, and the teller is told who has it', async () => {
    const [teller, board] = await Promise.all([atCounter('teller1'), onBoard()]);
    await teller.keyboard.press('End');
    await teller.locator('dialog .log-form').waitFor();
    await teller.keyboard.type('Fee for a transfer not explained');
    await teller.keyboard.press('Enter');
    await teller.locator('.toast', { hasText: /Logged \d{8}-\d\d\. Offered to 马晓芳/ }).waitFor();

    const item = board.locator('.attention[data-kind=caseOffered]', { hasText: 'Fee for a transfer not explained' });
    await item.waitFor();
    await board.locator('.toast', { hasText: 'Fee for a transfer not explained' }).waitFor();
    await expect.poll(() => tonesOf(board)).toBeGreaterThan(0);
    await teller.locator('.my-cases', { hasText: 'Fee for a transfer not explained' }).waitFor();
    await item.getByRole('button', { name: 'Take it' }).click();
    await item.waitFor({ state: 'detached' });
    await teller.locator('.toast', { hasText: '马晓芳 has taken' }).waitFor();
    await Promise.all([teller.context().close(), board.context().close()]);
  });

  test('the number being served stands in it already, and Enter does nothing more at the counter', async () => {
    const ticket = await command('manager', { type: 'ticket.issue', serviceId: 'deposit' });
    await command('manager', { type: 'counter.open', counterId: 'c2', staffId: 'teller2' });
    await command('manager', { type: 'ticket.callNext', counterId: 'c2' });
    const teller = await atCounter('teller2');
    await teller.locator('.teller[data-state=calling]').waitFor();
    await teller.keyboard.press('End');
    await teller.locator('.log-more summary', { hasText: ticket['number'] ?? '' }).waitFor();
    await teller.keyboard.type('No umbrella stand');
    await teller.keyboard.press('Enter');
    await teller.locator('.toast').waitFor();
    expect(await teller.locator('.teller').getAttribute('data-state')).toBe('calling');
    await teller.context().close();
  });

  test('with a customer standing there: two taps, no typing; nothing to read is needed', async () => {
    const board = await onBoard({ hasTouch: true });
    await board.getByRole('button', { name: 'Log a complaint' }).tap();
    await board.locator('.log-usual button').first().tap();
    await board.locator('.log-go').tap();
    await board.locator('.toast', { hasText: 'You own it' }).waitFor();
    expect(await board.locator('dialog').count()).toBe(0);
    await board.context().close();
  });

  test('solved on the spot is one tap: it is closed, and no clock runs', async () => {
    const board = await onBoard();
    await board.keyboard.press('c');
    await board.locator('.log-form').waitFor();
    await board.keyboard.type('Pen without ink');
    await board.locator('.log-solved').click();
    await board.locator('.toast', { hasText: 'as solved on the spot' }).waitFor();
    await board.goto(`${hub.baseUrl}/cases?view=ended`);
    await board.locator('.case-row', { hasText: 'Pen without ink' }).click();
    await board.locator('.case[data-state=closed]', { hasText: 'Solved on the spot' }).waitFor();
    expect(await board.locator('.case .deadline').count()).toBe(0);
    await board.context().close();
  });

  test('a line without words is asked for in words, and nothing is lost', async () => {
    const board = await onBoard();
    await board.keyboard.press('c');
    await board.getByRole('button', { name: 'Incident' }).click();
    await board.locator('.log-go').click();
    await board.locator('.form-problem', { hasText: 'Write a line' }).waitFor();
    expect(await board.getByRole('button', { name: 'Incident' }).getAttribute('aria-pressed')).toBe('true');
    await board.keyboard.type('Wet floor');
    await board.keyboard.press('Enter');
    await board.locator('.toast', { hasText: 'You own it' }).waitFor();
    await board.context().close();
  });
});

describe('emergencies', () => {
  test('two taps reach every staff screen with sound; a step ticked on one is ticked on all', async () => {
    const [board, teller, head] = await Promise.all([onBoard({ hasTouch: true }), atCounter('teller1'), signIn('head')]);
    await board.getByRole('button', { name: 'Emergency' }).tap();
    await board.getByText('This does not replace the alarm button or 110').waitFor();
    const tapped = performance.now();
    await board.locator('[data-playbook=illness]').tap();
    await Promise.all([teller.locator('.emergency-banner').waitFor(), head.locator('.emergency-banner').waitFor()]);
    expect(performance.now() - tapped).toBeLessThan(3_000);
    await expect.poll(() => tonesOf(teller)).toBeGreaterThan(0);
    await expect.poll(() => tonesOf(head)).toBeGreaterThan(0);

    await board.locator('.step').first().tap();
    await teller.locator('.banner-open').click();
    await teller.locator('.step[aria-checked=true]').first().waitFor();
    expect(await teller.locator('.step').first().innerText()).toContain('马晓芳');
    await teller.locator('.told-add, .choice', { hasText: '120 ambulance' }).click();
    await board.locator('.told', { hasText: '120 ambulance' }).waitFor();
    await Promise.all([board, teller, head].map((page) => page.context().close()));
  });

  test('a drill is a drill to see: it says so on every banner', async () => {
    const { caseId } = await command('manager', {
      type: 'case.log',
      kind: 'emergency',
      channel: 'counter',
      severity: 2,
      subject: 'drill',
      playbookId: 'powerCut',
      drill: true,
    });
    const teller = await atCounter('teller1');
    const { cases } = await staff.read<{ cases: { id: string }[] }>('head', '/api/cases?branch=hq-01&kind=emergency&state=open');
    for (const one of cases) {
      if (one.id === caseId) continue;
      await command('manager', { type: 'case.resolve', caseId: one.id, outcome: 'over' });
      await command('manager', { type: 'case.close', caseId: one.id });
    }
    await teller.locator('.emergency-banner.is-drill').waitFor();
    expect(await teller.locator('.emergency-banner').innerText()).toContain('Drill: Power cut');
    await teller.context().close();
    await command('manager', { type: 'case.resolve', caseId, outcome: 'over' });
    await command('manager', { type: 'case.close', caseId });
  });

  test('a silent one changes nothing on the board, sounds nowhere, and is a dot on the head’s screen that leads to it', async () => {
    const [board, other, teller, head] = await Promise.all([onBoard(), onBoard(), atCounter('teller1'), signIn('head')]);
    await head.locator('.branch-card').waitFor();
    const [before, otherBefore, tellerBefore] = await Promise.all([wordsOf(board), wordsOf(other), wordsOf(teller)]);
    await board.keyboard.press('e');
    await board.locator('[data-playbook=robbery]').click();
    await board.locator('dialog').waitFor({ state: 'detached' });

    await head.getByRole('link', { name: 'A message' }).waitFor();
    expect(await wordsOf(board)).toBe(before);
    expect(await wordsOf(other)).toBe(otherBefore);
    expect(await wordsOf(teller)).toBe(tellerBefore);
    for (const page of [board, other, teller, head]) {
      expect(await tonesOf(page)).toBe(0);
      expect(await page.locator('.toast, .emergency-banner').count()).toBe(0);
    }
    expect((await board.locator('.silent-mark').count()) + (await other.locator('.silent-mark').count())).toBe(0);

    await head.getByRole('link', { name: 'A message' }).click();
    await head.locator('.case .step').first().waitFor();
    expect(await tonesOf(head)).toBe(0);
    await Promise.all([board, other, teller, head].map((page) => page.context().close()));
  });
});

describe('the case page', () => {
  test('worst first, found by words, opened beside the list; resolved with the ways onward; not satisfied goes one level up', async () => {
    const { caseId } = await log('teller1', 'Waited for two hours with a small child', {
      severity: 2,
      contact: { name: '王小明', phone: '13812345678' },
    });
    const page = await onBoard();
    await page.goto(`${hub.baseUrl}/cases`);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.locator('.cases-search').fill('small child');
    await page.locator(`.case-row[data-case="${caseId}"]`).waitFor();
    await expect.poll(() => page.locator('.case-row').count()).toBe(1);
    await page.locator('.case-row').click();
    // What is searched for may be a name or a number: it stands in no address, of the page or of what it asks for.
    await page.locator('.case').waitFor();
    expect([page.url(), ...addresses].filter((address) => /small|child/.test(address))).toEqual([]);
    expect(await page.locator('.case-row').count()).toBe(1);
    await page.locator('[data-action=accept]').click();
    await page.locator('.case[data-state=acknowledged]').waitFor();

    expect(await page.locator('.customer').innerText()).not.toContain('13812345678');
    await page.locator('[data-action=reveal]').click();
    await page.locator('.customer', { hasText: '13812345678' }).waitFor();
    await page.locator('.timeline [data-type="case.contactRevealed"]').waitFor();

    await page.locator('[data-action=resolve]').click();
    await page.locator('dialog [data-value=refused]').click();
    await page.locator('dialog textarea').first().fill('We have looked into it.');
    expect(await page.locator('dialog button[type=submit]').isDisabled()).toBe(true);
    await page.locator('dialog textarea').last().fill('No window was free.');
    expect(await page.locator('.onward').innerText()).toContain('Litigation');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('.case[data-state=resolved]').waitFor();

    await page.locator('[data-action=reply]').click();
    await page.locator('dialog [data-value=no]').click();
    await page.locator('dialog button[type=submit]').click();
    await page.locator('.timeline [data-type="case.escalated"]', { hasText: 'up to Branch head' }).waitFor();
    await page.locator('[data-action=more]').click();
    expect(await page.locator('dialog [data-action=resolve]').isDisabled()).toBe(true);
    await page.context().close();
  });

  test('what somebody else does shows by itself', async () => {
    const { caseId } = await log('teller2', 'Card kept by the machine');
    const page = await onBoard();
    await page.goto(`${hub.baseUrl}/cases/${caseId}`);
    await page.locator('[data-action=accept]').waitFor();
    await command('teller2', { type: 'case.note', caseId, text: 'The customer will wait' });
    await page.locator('.timeline', { hasText: 'The customer will wait' }).waitFor();
    await command('manager', { type: 'case.accept', caseId });
    await page.locator('[data-action=accept]').waitFor({ state: 'detached' });
    expect(await page.locator('[data-action=resolve]').isVisible()).toBe(true);
    await page.context().close();
  });

  test('words the hub could not tell at once come by themselves; what is offered stays under its owner’s name', async () => {
    const board = await onBoard();
    let asked = 0;
    await board.route('**/texts/*', (route) => {
      asked += 1;
      return asked === 1
        ? route.fulfill({ status: 429, headers: { 'retry-after': '1' }, json: { code: 'rate-limited' } })
        : route.continue();
    });
    await log('teller2', 'Told at the second asking');
    const item = board.locator('.attention[data-kind=caseOffered]', { hasText: 'Told at the second asking' });
    await item.waitFor();
    expect(asked).toBeGreaterThan(1);
    expect(await item.locator('.attention-owner').innerText()).toBe('李建国 → 马晓芳');
    await board.context().close();
  });

  test('the first thing to write is where the cursor stands', async () => {
    const { caseId } = await log('manager', 'To be answered');
    const page = await onBoard();
    await page.goto(`${hub.baseUrl}/cases/${caseId}`);
    await page.locator('[data-action=resolve]').click();
    await page.locator('dialog form').waitFor();
    await page.keyboard.type('We are sorry.');
    expect(await page.locator('dialog textarea').first().inputValue()).toBe('We are sorry.');
    await page.context().close();
  });

  test('a photo is attached and shown; a file of another kind is refused before it is sent', async () => {
    const { caseId } = await log('manager', 'Broken chair');
    const page = await onBoard();
    await page.goto(`${hub.baseUrl}/cases/${caseId}`);
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    await page.setInputFiles('input[type=file]', { name: 'chair.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
    const picture = page.locator('.file img');
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.setInputFiles('input[type=file]', { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.locator('.form-problem', { hasText: 'Only photos' }).waitFor();
    expect(await page.locator('.file').count()).toBe(1);
    await page.context().close();
  });

  test('printed: the reply with the ways onward, the record, and no time limit of the branch', async () => {
    const { caseId } = await log('manager', 'Printed reply');
    await command('manager', { type: 'case.resolve', caseId, outcome: 'We are sorry.', granted: 'granted' });
    const page = await onBoard();
    await page.goto(`${hub.baseUrl}/cases/${caseId}/print`);
    await page.locator('.letter').waitFor();
    const letter = await page.locator('.letter').innerText();
    for (const words of ['We are sorry.', 'Review by the next level', 'Mediation', 'Arbitration', 'Litigation'])
      expect(letter).toContain(words);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.print-bar').isVisible()).toBe(false);
    expect(await page.locator('.print').innerText()).not.toMatch(/Acknowledge in|Resolve in/);
    await page.context().close();
  });

  test('the end of a shift: what falls due before I am back is named, handed over with two taps, the rest goes up', async () => {
    await log('head', 'Due tonight');
    const page = await signIn('head');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'End my shift' }).click();
    const row = page.locator('.shift-case', { hasText: 'Due tonight' });
    await row.getByText('Due before you are back').waitFor();
    await row.getByRole('button', { name: 'Hand over' }).click();
    await row.locator('[data-staff=manager]').click();
    await row.getByText('Offered to 马晓芳').waitFor();
    await page.getByRole('button', { name: /End my shift/ }).click();
    await page.locator('.toast', { hasText: /Shift ended: \d+ went up/ }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'End my shift' }).click();
    await page.getByRole('button', { name: 'Begin my shift' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('.toast.t-problem').count()).toBe(0);
    await page.context().close();
  });

  test('quiet is quiet, but not for an emergency', async () => {
    const board = await onBoard();
    await board.getByRole('button', { name: 'Menu' }).click();
    await board.getByRole('checkbox', { name: /Quiet/ }).check();
    await board.keyboard.press('Escape');
    await log('teller1', 'Offered in silence');
    await board.locator('.toast', { hasText: 'Offered in silence' }).waitFor();
    expect(await tonesOf(board)).toBe(0);
    const { caseId } = await command('head', {
      type: 'case.log',
      kind: 'emergency',
      channel: 'counter',
      severity: 2,
      subject: 'injury',
      playbookId: 'injury',
    });
    await board.locator('.emergency-banner').waitFor();
    await expect.poll(() => tonesOf(board)).toBeGreaterThan(0);
    await command('head', { type: 'case.resolve', caseId, outcome: 'over' });
    await board.locator('.emergency-banner').waitFor({ state: 'detached' });
    await board.context().close();
  });
});

describe('for everybody', () => {
  const sizes = [
    [1280, 800],
    [834, 1112],
    [1366, 768],
    [1920, 1080],
  ] as const;

  test.each(sizes)('at %i × %i nothing is cut off sideways and everything to press is at least 48 px high', async (width, height) => {
    const { caseId } = await log('teller1', 'A line that is long enough to need a second one wherever it is shown, be it narrow or wide');
    const page = await onBoard({ viewport: { width, height } });
    const check = async (where: string): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), where).toBe(true);
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            '.cases button, .cases a, .cases select, .cases input, dialog button, dialog select, dialog summary',
          ),
        ]
          .filter(
            (node) => node.offsetParent !== null && node.getBoundingClientRect().height < 47.5 && node.getAttribute('type') !== 'checkbox',
          )
          .map((node) => node.outerHTML.slice(0, 120)),
      );
      expect(small, where).toEqual([]);
    };
    await page.goto(`${hub.baseUrl}/cases`);
    await page.locator('.case-row').first().waitFor();
    await check('list');
    await page.locator(`.case-row[data-case="${caseId}"]`).click();
    await page.locator('.case').waitFor();
    await check('case');
    await page.getByRole('button', { name: 'Log a complaint' }).click();
    await page.locator('.log-more summary').click();
    await check('log sheet');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Emergency' }).click();
    await page.locator('.emergency-tile').first().waitFor();
    await check('emergency sheet');
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('nobody is kept out: axe finds nothing serious (%s)', async (colorScheme) => {
    const { caseId } = await log('teller1', 'Looked at by axe', { contact: { phone: '13800000000' }, severity: 1 });
    const { caseId: emergency } = await command('manager', {
      type: 'case.log',
      kind: 'emergency',
      channel: 'counter',
      severity: 2,
      subject: 'illness',
      playbookId: 'illness',
    });
    const page = await onBoard({ colorScheme });
    await page.locator('.emergency-banner').waitFor();
    expect(await serious(page), 'board with banner').toEqual([]);
    for (const [key, what] of [
      ['c', '.log-form'],
      ['e', '.emergency-tile'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator(what).first().waitFor();
      if (key === 'c') await page.locator('.log-more summary').click();
      expect(await serious(page), what).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await page.locator('.banner-open').click();
    await page.locator('.step').first().waitFor();
    expect(await serious(page), 'steps').toEqual([]);
    await page.goto(`${hub.baseUrl}/cases/${caseId}`);
    await page.locator('.case').waitFor();
    expect(await serious(page), 'case').toEqual([]);
    await page.locator('[data-action=more]').click();
    await page.locator('dialog').waitFor();
    expect(await serious(page), 'more').toEqual([]);
    await page.locator('dialog [data-action=extend]').click();
    await page.locator('dialog form').waitFor();
    expect(await serious(page), 'extend').toEqual([]);
    await page.goto(`${hub.baseUrl}/cases/${caseId}/print`);
    await page.locator('.sheet-a4').first().waitFor();
    expect(await serious(page), 'print').toEqual([]);
    await page.context().close();
    await command('manager', { type: 'case.resolve', caseId: emergency, outcome: 'over' });
  });
});
