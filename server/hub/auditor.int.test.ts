import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMetrics } from '../platform/metrics.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import { type Auditor, createAuditor } from './auditor.ts';
import { type Running, Site, startOfTime, tallies, teller } from './hub.fixture.ts';
import { tally, type TallyCommand, type TallyShape } from './tally.fixture.ts';

type Tallies = Running<TallyShape, TallyShape>;

let site: Site;
beforeEach(() => {
  site = new Site();
});
afterEach(() => site.clear());

const send = ({ hub }: Tallies, command: TallyCommand) =>
  hub.execute('b1', command, { actor: teller, commandId: randomUUID(), body: command });

/** Timers that are set and never fire; the auditor's own do. */
const dead: Scheduler = { after: () => () => undefined };

async function started(options: { timers?: Scheduler; speed?: number } = {}): Promise<{ running: Tallies; auditor: Auditor }> {
  const running = await site.boot(tallies, {
    speed: options.speed ?? 1,
    ...(options.timers === undefined ? {} : { scheduler: options.timers }),
  });
  const { hub, clock, log, metrics } = running;
  const auditor = createAuditor({
    branches: () => ['b1'],
    dueOf: (id) => {
      const state = hub.state(id);
      return state && tally.due(state);
    },
    clock,
    scheduler: site.machine.scheduler,
    log,
    metrics,
  });
  await hub.start();
  auditor.start();
  return { running, auditor };
}

it('says within 15 seconds that the timers stand still: in the log, as a metric, to whoever listens', async () => {
  const { running, auditor } = await started({ timers: dead });
  await site.machine.pass(7_000);
  const due = startOfTime + 8_500;
  await send(running, { type: 'tally.remind', at: due });
  await site.machine.pass(11_000);
  expect(auditor.verdict()).toMatchObject({ ok: true });
  const heard: boolean[] = [];
  auditor.onLook(({ ok }) => heard.push(ok));
  await site.machine.pass(5_500);
  expect(auditor.verdict()).toMatchObject({ ok: false, late: new Map([['b1', due]]) });
  expect(heard).toContain(false);
  expect(running.logged.filter(({ msg }) => String(msg).includes('the timers stand still'))).toMatchObject([{ branches: ['b1'] }]);
  expect(await running.metrics.registry.metrics()).toContain('counterflow_timers_late_branches 1');
});

it('says so too when a tick is decided but never moves the instant on', async () => {
  const { running, auditor } = await started();
  await site.machine.pass(6 * 60_000);
  await send(running, { type: 'tally.jam' });
  await site.machine.pass(15_000);
  expect(auditor.verdict().ok).toBe(false);
});

it('is content while the timers do their work, and recovers by itself', async () => {
  const { running, auditor } = await started();
  await send(running, { type: 'tally.remind', at: startOfTime + 60_000 });
  await site.machine.pass(5 * 60_000);
  expect(auditor.verdict().ok).toBe(true);
  await send(running, { type: 'tally.remind', at: startOfTime + 5 * 60_000 + 5_000 });
  running.store.db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  await site.machine.pass(21_000);
  expect(auditor.verdict().ok).toBe(false);
  running.store.db.exec('DROP TRIGGER full');
  await site.machine.pass(70_000);
  expect(auditor.verdict().ok).toBe(true);
  expect(running.logged.some(({ msg }) => msg === 'the timers run again')).toBe(true);
});

it('ten seconds are real ones: at speed 20 an instant 20 hub seconds past is only one second late', async () => {
  const { running, auditor } = await started({ timers: dead, speed: 20 });
  await send(running, { type: 'tally.remind', at: startOfTime });
  await site.machine.pass(9_000);
  expect(auditor.verdict().ok).toBe(true);
  await site.machine.pass(6_000);
  expect(auditor.verdict().ok).toBe(false);
});

it('catching up after downtime is no standstill while it gets on, however long it takes', async () => {
  let due = startOfTime - 3_600_000;
  const { running } = await started();
  const auditor = createAuditor({
    branches: () => ['b1'],
    dueOf: () => due,
    clock: running.clock,
    scheduler: site.machine.scheduler,
    log: running.log,
    metrics: createMetrics(),
  });
  auditor.start();
  for (let step = 0; step < 12; step += 1) {
    await site.machine.pass(5_000);
    expect(auditor.verdict().ok).toBe(true);
    due += 1_000;
  }
  await site.machine.pass(16_000);
  expect(auditor.verdict().ok).toBe(false);
});
