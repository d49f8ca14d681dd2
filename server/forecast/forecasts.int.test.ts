import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../shared/aggregate.ts';
import { testConfig } from '../../shared/branch/testing/scenario.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import type { Outlook } from '../../shared/contract/outlook.ts';
import { aggregates } from '../hub/aggregates.ts';
import { type Running, Site } from '../hub/hub.fixture.ts';
import type { BankShape, BranchShape } from '../hub/hub.types.ts';
import { createMetrics } from '../platform/metrics.ts';
import { systemIds } from '../platform/ids.ts';
import { ForecastDesk, type Told } from './desk.ts';
import { createForecasts, type Forecasts } from './forecasts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const manager: Actor = { id: 'manager', kind: 'staff', role: 'manager', branches: '*' };
const admin: Actor = { id: 'admin', kind: 'staff', role: 'admin', branches: '*' };

let site: Site;
let running: Running<BranchShape, BankShape>;
let forecasts: Forecasts;
/** What the desk was told, in order. */
let told: Told[];

async function boot(): Promise<void> {
  told = [];
  running = await site.boot<BranchShape, BankShape>(aggregates);
  // The desk without its thread: a test's time does not wait for another's.
  const desk = new ForecastDesk(setImmediate, () => undefined);
  forecasts = createForecasts({
    ...running,
    scheduler: site.machine.scheduler,
    desk: {
      tell: async (said) => {
        told.push(said);
        desk.tell(said);
      },
      ask: async (asked) => desk.ask(asked),
      onTrained: () => undefined,
      stop: () => undefined,
    },
  });
  await running.hub.start();
  forecasts.start();
}

beforeEach(async () => {
  site = new Site();
  await boot();
  const create = { type: 'branch.create', branchId: 'hq', kind: 'branch', name: { zh: '支行', en: 'Branch' } } as const;
  await running.hub.executeBank(create, { actor: admin, commandId: systemIds.newId(), body: create });
  await send({ type: 'branch.configure', config: testConfig() });
  await send({ type: 'branch.setPhase', phase: 'business' });
});
afterEach(() => site.clear());

async function send(command: BranchCommand): Promise<Record<string, unknown>> {
  const outcome = running.hub.execute('hq', command, { actor: manager, commandId: systemIds.newId(), body: command });
  await site.machine.pass(0);
  const settled = await outcome;
  if (!settled.ok) throw new Error(`${command.type}: ${settled.message}`);
  return { ...settled.result };
}

const issue = (serviceId = 'deposit') => send({ type: 'ticket.issue', serviceId });
const open = (counterId: string) => send({ type: 'counter.open', counterId });
const expectedOf = (outlook: Outlook | undefined, serviceId = 'deposit') => outlook?.services[serviceId]?.waitMs.expected ?? Number.NaN;

/** Serves `count` of those who wait, ten seconds each from the call to the end. */
async function serve(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await send({ type: 'ticket.callNext', counterId: 'c1' });
    await send({ type: 'ticket.start', counterId: 'c1' });
    await site.machine.pass(10 * SECOND);
    await send({ type: 'ticket.complete', counterId: 'c1' });
  }
}

test('a moment after a change the wait of everybody is foretold anew, and more windows mean a shorter wait', async () => {
  await open('c1');
  for (let n = 0; n < 8; n += 1) await issue();
  await site.machine.pass(SECOND);
  const one = forecasts.outlook('hq');
  expect(Object.keys(one?.tickets ?? {})).toHaveLength(8);
  expect(expectedOf(one)).toBeGreaterThan(5 * MINUTE);
  for (const counterId of ['c2', 'c3']) await open(counterId);
  await site.machine.pass(SECOND);
  expect(expectedOf(forecasts.outlook('hq'))).toBeLessThan(expectedOf(one) / 2);
});

test('a number given out quotes the forecast, moved by those who came since', async () => {
  await open('c1');
  for (let n = 0; n < 6; n += 1) await issue();
  await site.machine.pass(SECOND);
  const foretold = forecasts.outlook('hq')?.services['deposit'];
  const first = await issue();
  expect(first).toMatchObject({ ahead: foretold?.ahead, waitMs: foretold?.waitMs });
  const second = (await issue()) as { ahead: number; waitMs: { expected: number } };
  expect(second.ahead).toBe((foretold?.ahead ?? 0) + 1);
  expect(second.waitMs.expected).toBeGreaterThan(foretold?.waitMs.expected ?? 0);
});

test('where a window is free nobody waits, and where none is open the formula says so by a wide range', async () => {
  await open('c1');
  await site.machine.pass(SECOND);
  const { services } = forecasts.outlook('hq') as Outlook;
  expect(services['deposit']).toEqual({ ahead: 0, waitMs: { low: 0, expected: 0, high: 0 } });
  const { low, high } = services['wealth']?.waitMs ?? { low: 0, high: 0 };
  expect(high - low).toBeGreaterThan(20 * MINUTE);
  expect(high).toBeLessThan(120 * MINUTE);
});

test('nobody is foretold whom no open window takes, until one does', async () => {
  await open('c1');
  await issue();
  const { ticketId } = (await issue('wealth')) as { ticketId: string };
  await site.machine.pass(SECOND);
  expect(Object.keys(forecasts.outlook('hq')?.tickets ?? {})).toHaveLength(1);
  expect(forecasts.outlook('hq')?.tickets).not.toHaveProperty([ticketId]);
  await open('c4');
  await site.machine.pass(SECOND);
  expect(forecasts.outlook('hq')?.tickets).toHaveProperty([ticketId]);
  await send({ type: 'counter.pause', counterId: 'c4', reason: '接电话' });
  await site.machine.pass(SECOND);
  expect(forecasts.outlook('hq')?.tickets).not.toHaveProperty([ticketId]);
});

test('a window that said when it is back serves those who wait for it', async () => {
  await open('c1');
  await open('c4');
  const { ticketId } = (await issue('wealth')) as { ticketId: string };
  const backAt = running.clock.now() + 15 * MINUTE;
  await send({ type: 'counter.pause', counterId: 'c4', reason: '休息', backAt });
  await site.machine.pass(SECOND);
  const { tickets, clearAt } = forecasts.outlook('hq') as Outlook;
  expect(tickets[ticketId]?.expected).toBeGreaterThan(14 * MINUTE);
  expect(clearAt).toBeGreaterThan(backAt);
});

test('far back in a long line nobody is told less than it takes', async () => {
  await open('c1');
  for (let n = 0; n < 80; n += 1) await issue();
  await site.machine.pass(SECOND);
  const { tickets, clearAt = 0 } = forecasts.outlook('hq') as Outlook;
  expect(Object.values(tickets).at(-1)?.expected).toBeGreaterThan(80 * MINUTE);
  expect(clearAt).toBeGreaterThan(running.clock.now() + 80 * MINUTE);
});

test('whoever is watched hears of it without asking', async () => {
  const heard: Outlook[] = [];
  const stop = forecasts.onOutlook((outlook) => heard.push(outlook));
  await open('c1');
  await issue();
  await site.machine.pass(SECOND);
  expect(heard.at(-1)).toMatchObject({ branchId: 'hq', tickets: { '20260930-A001': { low: expect.any(Number) } } });
  const before = heard.length;
  stop();
  await issue();
  await site.machine.pass(SECOND);
  expect(heard).toHaveLength(before);
});

test('a rush is read and kept a part at a time, and nobody of it is forgotten', async () => {
  await open('c1');
  await site.machine.pass(SECOND);
  told = [];
  for (let n = 0; n < 250; n += 1) await issue();
  await send({ type: 'ticket.callNext', counterId: 'c1' });
  await site.machine.pass(SECOND);
  const parts = told.flatMap((said) => (said.type === 'hear' ? [said.events.length] : []));
  expect(Math.max(...parts)).toBeLessThan(120);
  expect(Object.keys(forecasts.outlook('hq')?.tickets ?? {})).toHaveLength(249);
  const kept = running.store.db.prepare('SELECT outcome, COUNT(*) FROM wait_forecasts WHERE told = 1 GROUP BY outcome ORDER BY outcome');
  expect(kept.raw().all()).toEqual([
    [null, 249],
    ['called', 1],
  ]);
});

test('a forecast is kept with what came true, and makes up the error shown', async () => {
  await open('c1');
  for (let n = 0; n < 6; n += 1) await issue();
  await serve(5);
  // The error shown is looked at anew once a minute.
  await site.machine.pass(MINUTE);
  const rows = running.store.db.prepare("SELECT * FROM wait_forecasts WHERE told = 1 AND outcome = 'called'").all() as {
    ticket_id: string;
    made_at: number;
    came_ms: number;
  }[];
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    const ticket = running.hub.state('hq')?.tickets.get(row.ticket_id);
    expect(row.made_at + row.came_ms).toBe(ticket?.firstCalledAt);
  }
  expect(forecasts.outlook('hq')?.record).toMatchObject({ forecasts: 5 });
  expect(forecasts.days('hq')).toMatchObject([{ date: '2026-09-30', forecasts: 5 }]);
});

test('a customer who gave up is no measure of a forecast', async () => {
  await open('c1');
  const { ticketId } = await issue();
  await site.machine.pass(SECOND);
  await send({ type: 'ticket.cancel', ticketId: ticketId as string, reason: '走了' });
  await site.machine.pass(SECOND);
  expect(running.store.db.prepare('SELECT DISTINCT outcome FROM wait_forecasts').pluck().all()).toEqual(['left']);
  expect(forecasts.days('hq')).toEqual([]);
});

test('after a restart the waits are foretold from the branch as it stands', async () => {
  await open('c1');
  for (let n = 0; n < 5; n += 1) await issue();
  await site.machine.pass(SECOND);
  const before = expectedOf(forecasts.outlook('hq'));
  forecasts.stop();
  site.crash();
  await boot();
  expect(forecasts.outlook('hq')).toBeUndefined();
  await site.machine.pass(SECOND);
  expect(Object.keys(forecasts.outlook('hq')?.tickets ?? {})).toHaveLength(5);
  expect(expectedOf(forecasts.outlook('hq'))).toBeGreaterThan(before / 2);
});

test('when the last of those here will be done: who is served counts as well as who waits, an empty branch has no such time', async () => {
  await open('c1');
  await site.machine.pass(6 * SECOND);
  expect(forecasts.outlook('hq')?.clearAt).toBeUndefined();
  await issue();
  await send({ type: 'ticket.callNext', counterId: 'c1' });
  const calledAt = running.clock.now();
  await site.machine.pass(6 * SECOND);
  const alone = forecasts.outlook('hq')?.clearAt ?? 0;
  expect(alone).toBeGreaterThan(calledAt + MINUTE);
  for (let n = 0; n < 3; n += 1) await issue();
  await site.machine.pass(6 * SECOND);
  expect(forecasts.outlook('hq')?.clearAt).toBeGreaterThan(alone + 2 * MINUTE);
});

test('while the forecaster stands still, numbers quote the formula', async () => {
  await open('c1');
  for (let n = 0; n < 6; n += 1) await issue();
  await site.machine.pass(SECOND);
  forecasts.stop();
  await site.machine.pass(20 * SECOND);
  expect(running.board.quote('hq', 'deposit')).toBeUndefined();
  expect(await issue()).toMatchObject({ ahead: 6 });
});

test('many branches are looked at a few at a time: commands go in between', async () => {
  const turns: Set<string>[] = [];
  const seen = (branchId: string): void => void turns.at(-1)?.add(branchId);
  const desk = new ForecastDesk(setImmediate, () => undefined);
  const many = createForecasts({
    ...running,
    metrics: createMetrics(),
    scheduler: {
      after: (ms, work) =>
        site.machine.scheduler.after(ms, () => {
          turns.push(new Set());
          work();
        }),
    },
    desk: {
      tell: async (said) => (seen(said.branchId), desk.tell(said)),
      ask: async (asked) => (seen(asked.branchId), desk.ask(asked)),
      onTrained: () => undefined,
      stop: () => undefined,
    },
  });
  many.start();
  const branches = Array.from({ length: 9 }, (_none, n) => `b${n}`);
  for (const branchId of branches) {
    const create = { type: 'branch.create', branchId, kind: 'branch', name: { zh: '支行', en: 'Branch' } } as const;
    await running.hub.executeBank(create, { actor: admin, commandId: systemIds.newId(), body: create });
    const command = { type: 'branch.configure', config: testConfig() } as const;
    const done = running.hub.execute(branchId, command, { actor: manager, commandId: systemIds.newId(), body: command });
    await site.machine.pass(0);
    await done;
  }
  turns.length = 0;
  await site.machine.pass(10 * SECOND);
  expect(new Set(turns.flatMap((turn) => [...turn])).size).toBe(9);
  expect(Math.max(...turns.map(({ size }) => size))).toBe(4);
  for (const branchId of branches) expect(many.outlook(branchId)).toBeDefined();
  many.stop();
});

test('when the desk fails the branch goes by the formula for a while, and is foretold again by the next one; what was told meanwhile is kept', async () => {
  let answers = false;
  let fail: (error: Error) => void = () => undefined;
  let desk = new ForecastDesk(setImmediate, () => undefined);
  forecasts.stop();
  const failing = createForecasts({
    ...running,
    metrics: createMetrics(),
    scheduler: site.machine.scheduler,
    desk: {
      tell: async (said) => desk.tell(said),
      ask: (asked) => (answers ? Promise.resolve(desk.ask(asked)) : new Promise((_done, failed) => (fail = failed))),
      onTrained: () => undefined,
      stop: () => undefined,
    },
  });
  failing.start();
  await issue();
  await site.machine.pass(SECOND);
  await issue();
  desk = new ForecastDesk(setImmediate, () => undefined);
  answers = true;
  fail(new Error('silent'));
  await site.machine.pass(SECOND);
  await issue();
  expect(failing.outlook('hq')).toBeUndefined();
  await site.machine.pass(MINUTE);
  await issue();
  await site.machine.pass(5 * SECOND);
  expect(failing.outlook('hq')).toBeDefined();
  expect(running.store.db.prepare('SELECT COUNT(DISTINCT ticket_id) FROM wait_forecasts WHERE told = 1').pluck().get()).toBe(4);
  failing.stop();
});
