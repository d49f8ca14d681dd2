/** "What if" as a manager asks it, over HTTP, of a hub with nothing else to do and of one that takes commands meanwhile. */
import { HubProcess } from '../../e2e/support/hub-process.ts';
import { HttpLine } from '../support/http-line.ts';
import { quantile } from '../support/load.ts';
import { pace } from '../support/pace.ts';
import { type Bench, rounded } from '../support/report.ts';
import { Staff } from '../support/staff.ts';
import { issueBody } from './issue.ts';

const BRANCH = 'hq-01';
const WAITING = 60;
const WINDOWS = 7;
const GOAL_MS = 300;
/** A busy branch has a command every few seconds. */
const COMMANDS_PER_SECOND = 20;
const QUESTION = JSON.stringify({ kind: 'cash', change: 'more' });
const kiosk = { authorization: 'Bearer demo-kiosk' };

/** Milliseconds, ascending. */
async function ask(line: HttpLine, times: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const sentAt = performance.now();
    const { status, body } = await line.post(`/api/branches/${BRANCH}/what-if`, QUESTION);
    if (status !== 200) throw new Error(`the question was answered ${status}: ${body}`);
    latencies.push(performance.now() - sentAt);
  }
  return latencies.sort((a, b) => a - b);
}

export async function measureWhatIfLive(bench: Bench): Promise<void> {
  const hub = await HubProcess.start();
  try {
    const manager = await Staff.signIn(hub.baseUrl, 'manager', 'demo-pass-1');
    for (let n = 1; n <= WINDOWS; n += 1) await manager.branch(BRANCH, { type: 'counter.open', counterId: `c${n}` });
    for (let n = 0; n < WAITING; n += 1) await manager.branch(BRANCH, JSON.parse(issueBody()) as object);
    for (let n = 1; n <= WINDOWS; n += 1) await manager.branch(BRANCH, { type: 'ticket.callNext', counterId: `c${n}` });
    const line = await HttpLine.open(hub.port, manager.headers);
    const times = bench.smoke ? 5 : 40;
    await ask(line, 3);
    const alone = await ask(line, times);
    const seconds = bench.smoke ? 3 : 30;
    const path = `/api/branches/${BRANCH}/commands`;
    const work = pace({
      port: hub.port,
      headers: kiosk,
      connections: 4,
      perSecond: COMMANDS_PER_SECOND,
      count: COMMANDS_PER_SECOND * seconds,
      post: () => ({ path, body: issueBody() }),
    });
    const beside = await ask(line, times);
    await work;
    line.close();
    const p99 = quantile(beside, 0.99);
    bench.report(
      {
        name: 'whatIf.live.p99',
        value: p99,
        unit: 'ms',
        baseline: { name: 'p99 with nothing else to do', value: quantile(alone, 0.99) },
        goal: `<= ${GOAL_MS} ms`,
        ok: p99 <= GOAL_MS,
      },
      {
        p50Ms: rounded(quantile(beside, 0.5)),
        p99Ms: rounded(p99),
        note: `${WAITING} waiting and more; ${COMMANDS_PER_SECOND} numbers a second meanwhile`,
      },
    );
  } finally {
    await hub.stop();
  }
}
