/** From the message on the socket to the frame that shows it, with 500 waiting and a processor four times slower, beside a page that writes one figure and nothing else. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../e2e/support/browser.ts';
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { quantile } from '../support/load.ts';
import { type Bench, rounded } from '../support/report.ts';
import { Staff } from '../support/staff.ts';
import { issueBody } from './issue.ts';

const BRANCH = 'hq-01';
const SLOWER = 4;
const GOAL_MS = 50;
/** The first ones still compile. */
const WARM_UP = 3;
/** As fast as a machine's queue ever grows; the list, drawn after the figures, is done by then. */
const BETWEEN_MS = 400;

/** In the page, before its own scripts: `paints` gets the ms from each batch of events to the frame after `.figures` changed. */
const WATCH_PAINTS = `
  globalThis.paints = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (!globalThis.measuring || typeof data !== 'string' || !data.startsWith('42["events"')) return;
        const heardAt = performance.now();
        const change = new MutationObserver(() => {
          change.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => globalThis.paints.push(performance.now() - heardAt);
            port2.postMessage(0);
          });
        });
        change.observe(document.querySelector('.figures'), { childList: true, subtree: true, characterData: true });
      });
    }
  };
`;

/** Speaks as much Socket.IO as it takes to hear the events, and counts them. */
const BARE_PAGE = `<!doctype html><title>bare</title><p class="figures">0</p><script>
  const figure = document.querySelector('.figures');
  const socket = new WebSocket('ws://' + location.host + '/socket.io/?EIO=4&transport=websocket');
  socket.addEventListener('message', ({ data }) => {
    if (data.startsWith('0')) socket.send('40');
    else if (data === '2') socket.send('3');
    else if (data.startsWith('40')) socket.send('420["watch",{"branchId":"${BRANCH}","audience":"staff"}]');
    else if (data.startsWith('430')) document.body.dataset.link = 'live';
    else if (data.startsWith('42["events"')) figure.textContent = String(Number(figure.textContent) + 1);
  });
</script>`;

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

async function contextFor(browser: Browser, hub: HubProcess, { headers }: Staff): Promise<BrowserContext> {
  // The bare page writes over one of the hub's, whose policy forbids scripts in a page.
  const context = await browser.newContext({
    bypassCSP: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
  });
  const equals = headers.cookie.indexOf('=');
  await context.addCookies([{ name: headers.cookie.slice(0, equals), value: headers.cookie.slice(equals + 1), url: hub.baseUrl }]);
  await context.addInitScript(WATCH_PAINTS);
  return context;
}

/** Milliseconds of each event's paint, ascending. */
async function paintsOf(page: Page, press: () => Promise<unknown>, rounds: number): Promise<number[]> {
  await page.locator('[data-link=live]').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.evaluate(() => Reflect.set(globalThis, 'measuring', true));
  for (let round = 1; round <= WARM_UP + rounds; round += 1) {
    await press();
    await page.waitForFunction((wanted) => (Reflect.get(globalThis, 'paints') as number[]).length >= wanted, round);
    await pause(BETWEEN_MS);
  }
  const paints = await page.evaluate(() => Reflect.get(globalThis, 'paints') as number[]);
  await page.close();
  return paints.slice(WARM_UP).sort((a, b) => a - b);
}

export async function measurePaint(bench: Bench): Promise<void> {
  const [hub, browser] = await Promise.all([HubProcess.start(), launchBrowser()]);
  try {
    const manager = await Staff.signIn(hub.baseUrl, 'manager', 'demo-pass-1');
    const press = () => manager.branch(BRANCH, JSON.parse(issueBody()) as object);
    const [waiting, rounds] = bench.smoke ? [100, 2] : [500, 40];
    for (let n = 0; n < waiting; n += 1) await press();
    const context = await contextFor(browser, hub, manager);
    const [bare, board] = [await context.newPage(), await context.newPage()];
    await bare.goto(`${hub.baseUrl}/readyz`);
    await bare.setContent(BARE_PAGE);
    const least = await paintsOf(bare, press, rounds);
    await board.goto(`${hub.baseUrl}/floor/${BRANCH}`);
    await board.waitForFunction((wanted) => Number(document.querySelector('.figure dd')?.textContent) >= wanted, waiting);
    const ours = await paintsOf(board, press, rounds);
    const value = quantile(ours, 0.5);
    bench.report(
      {
        name: `paint.${waiting}.p50`,
        value,
        unit: 'ms',
        baseline: { name: 'a page that writes one figure', value: quantile(least, 0.5) },
        goal: `<= ${GOAL_MS} ms at ${SLOWER} × slower`,
        ok: value <= GOAL_MS,
      },
      {
        p50Ms: rounded(value),
        p99Ms: rounded(quantile(ours, 0.99)),
        note: `${ours.length} events; slowest of the bare page ${rounded(quantile(least, 0.99))} ms`,
      },
    );
  } finally {
    await browser.close();
    await hub.stop();
  }
}
