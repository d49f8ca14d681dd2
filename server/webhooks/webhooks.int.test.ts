/** Delivery over days, crashes and dead receivers: a real database, a real receiver, a clock the test moves. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Actor } from '../../shared/aggregate.ts';
import type { BankCommand } from '../../shared/bank/bank.commands.ts';
import { seedDemo } from '../demo/seed.ts';
import { aggregates } from '../hub/aggregates.ts';
import { type Running, Site } from '../hub/hub.fixture.ts';
import type { BankShape, BranchShape } from '../hub/hub.types.ts';
import { systemIds } from '../platform/ids.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import { type Received, Receiver } from './receiver.fixture.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Real ms a busy machine may take for one answer. */
const patience = 10_000;
const admin: Actor = { id: 'admin', kind: 'staff', role: 'admin', branches: '*' };
const head: Actor = { id: 'head', kind: 'staff', role: 'head', branches: '*' };
/** The hub's own timers would fire a million times in three days; nothing here depends on them. */
const asleep: Scheduler = { after: () => () => undefined };

interface Up extends Running<BranchShape, BankShape> {
  readonly webhooks: Webhooks;
}

let site: Site;
let receiver: Receiver;
let up: Up;

async function boot(): Promise<Up> {
  const running = await site.boot(aggregates, { scheduler: asleep });
  const { hub, store, clock, log, metrics } = running;
  const parts = { hub, store, clock, ids: systemIds, scheduler: site.machine.scheduler, log, metrics };
  const webhooks = createWebhooks({ ...parts, key: Buffer.alloc(32, 7) });
  await hub.start();
  await seedDemo(hub, systemIds);
  webhooks.start();
  return { ...running, webhooks };
}

beforeEach(async () => {
  site = new Site();
  vi.spyOn(Date, 'now').mockImplementation(() => site.machine.source.wallMs());
  receiver = await Receiver.start();
  up = await boot();
  const { secret, write } = up.webhooks.making('w', receiver.url);
  receiver.secret = secret;
  await bank({ type: 'webhook.create', webhookId: 'w', origin: 'http://localhost', branches: '*', types: ['case.logged'] }, write);
});
afterEach(async () => {
  up.webhooks.stop();
  if (receiver.forged.length > 0) throw new Error(`signatures do not fit: ${receiver.forged.join(', ')}`);
  await receiver.stop();
  site.clear();
  vi.restoreAllMocks();
});

const bank = (command: BankCommand, write?: ReturnType<Webhooks['removing']>) =>
  up.hub.executeBank(command, { actor: admin, commandId: randomUUID(), body: command, write });

async function log(branchId = 'hq-01', kind: 'suggestion' | 'praise' = 'suggestion'): Promise<string> {
  const command = { type: 'case.log', kind, channel: 'counter', severity: 4, subject: 's' } as const;
  const outcome = await up.hub.execute(branchId, command, { actor: head, commandId: randomUUID(), body: command });
  if (!outcome.ok) throw new Error(outcome.code);
  return String(outcome.result?.['caseId']);
}

const cases = (received: readonly Received[]): unknown[] => received.map(({ body }) => body['caseId']);
const seen = () => up.webhooks.list()[0];
const attempts = (count: number) => vi.waitFor(() => expect(seen()?.failing?.attempts).toBe(count), patience);
/** The delivery log, newest first. */
const logged = (states: readonly string[]) =>
  vi.waitFor(() => expect(up.webhooks.deliveries('w', 10)?.map(({ state }) => state)).toEqual(states), patience);
const working = () => vi.waitFor(() => expect(seen()?.state).toBe('working'), patience);
const suspended = () => vi.waitFor(() => expect(seen()?.state).toBe('suspended'), patience);
/** The hub was off for most of it; what is waited for is kept. */
async function threeDaysLater(): Promise<void> {
  up.webhooks.list();
  site.crash();
  site.machine.off(3 * DAY);
  up = await boot();
}

const enable = (missed: 'send' | 'skip') => bank({ type: 'webhook.enable', webhookId: 'w', missed }, up.webhooks.enabling('w', missed));

it('a failure is tried again, ever later, with the same id; what follows in the branch waits, other branches do not', async () => {
  const [first, second] = [await log(), await log()];
  await receiver.until(() => receiver.taken.length === 2);
  receiver.answer = ({ body }) => (body.branchId === 'hq-01' ? 500 : 204);
  expect(cases(receiver.taken)).toEqual([first, second]);
  const [ill, waiting, elsewhere] = [await log(), await log(), await log('hq-02')];
  await receiver.until(() => cases(receiver.taken).includes(elsewhere));
  await attempts(1);
  expect(cases(receiver.received)).not.toContain(waiting);
  await site.machine.pass(5 * SECOND);
  await attempts(2);
  await site.machine.pass(2 * SECOND);
  expect(seen()?.failing).toMatchObject({ attempts: 2, branches: 1, error: 'http-500' });
  receiver.answer = () => 204;
  await site.machine.pass(8 * SECOND);
  await receiver.until(() => cases(receiver.taken).includes(waiting));
  expect(cases(receiver.taken.filter(({ body }) => body.branchId === 'hq-01'))).toEqual([first, second, ill, waiting]);
  expect(new Set(receiver.received.filter(({ body }) => body['caseId'] === ill).map(({ id }) => id)).size).toBe(1);
  await working();
});

it('somebody away and nobody in their place is told as it happens, signed, by reference', async () => {
  const { secret, write } = up.webhooks.making('people', receiver.url);
  receiver.secret = secret;
  await bank({ type: 'webhook.create', webhookId: 'people', origin: 'http://localhost', branches: ['hq-01'], types: ['people.*'] }, write);
  const days = up.hub.state('hq-01')?.people.rota ?? {};
  const [date = ''] = Object.keys(days).filter((day) => day > (up.hub.state('hq-01')?.day?.date ?? ''));
  const [staffId = ''] = Object.keys(days[date]?.shifts ?? {});
  const command = { type: 'roster.absence', staffId, date, reason: '看病' } as const;
  await up.hub.execute('hq-01', command, { actor: head, commandId: randomUUID(), body: command });
  await receiver.until(() => receiver.taken.length > 0);
  expect(receiver.taken[0]?.body).toMatchObject({ type: 'roster.absenceSet', branchId: 'hq-01', date, staffId, kind: 'unplanned' });
  expect(JSON.stringify(receiver.taken)).not.toMatch(/看病|Ref"/);
});

it('a new webhook begins with what happens from then on, and hears of branches that come later from their first word', async () => {
  await bank({ type: 'webhook.remove', webhookId: 'w' }, up.webhooks.removing('w'));
  const name = { zh: '东区', en: 'East' };
  await bank({ type: 'branch.create', branchId: 'east', kind: 'unit', name });
  await log();
  const { secret, write } = up.webhooks.making('later', receiver.url);
  receiver.secret = secret;
  const types = ['case.logged'];
  await bank({ type: 'webhook.create', webhookId: 'later', origin: 'http://localhost', branches: ['hq-01', 'east'], types }, write);
  const after = await log();
  await log('hq-02');
  await bank({ type: 'branch.create', branchId: 'e1', parentId: 'east', kind: 'branch', name });
  const config = up.hub.state('hq-03')?.config;
  if (config === undefined) throw new Error('no configuration to copy');
  const configure = { type: 'branch.configure', config } as const;
  await up.hub.execute('e1', configure, { actor: admin, commandId: randomUUID(), body: configure });
  const there = await log('e1');
  await receiver.until(() => receiver.taken.length === 2);
  expect(cases(receiver.taken)).toEqual([after, there]);
});

it('a hub killed in the middle goes on where it was: nothing is lost, the wait for the next try goes on too', async () => {
  receiver.answer = () => 503;
  const caseId = await log();
  await attempts(1);
  up.webhooks.list();
  site.crash();
  site.machine.off(2 * SECOND);
  up = await boot();
  const later = await log();
  expect(seen()?.failing).toMatchObject({ attempts: 1, error: 'http-503' });
  receiver.answer = () => 204;
  const before = receiver.received.length;
  await site.machine.pass(500);
  expect(receiver.received).toHaveLength(before);
  await site.machine.pass(5 * SECOND);
  await receiver.until(() => receiver.taken.length === 2);
  expect(cases(receiver.taken)).toEqual([caseId, later]);
});

it('a hub killed before it noted what arrived tells it again with the same id', async () => {
  const caseId = await log();
  await receiver.until(() => receiver.taken.length === 1);
  site.crash();
  site.machine.off(SECOND);
  up = await boot();
  await receiver.until(() => receiver.taken.length === 2);
  expect(cases(receiver.taken)).toEqual([caseId, caseId]);
  expect(receiver.taken[0]?.id).toBe(receiver.taken[1]?.id);
});

it('a receiver dead for three days is suspended and says so; enabled again it gets what it missed', async () => {
  receiver.answer = () => 500;
  const caseId = await log();
  await attempts(1);
  await threeDaysLater();
  await suspended();
  expect(up.hub.bank().webhooks.get('w')?.suspendedAt).toBeDefined();
  expect(up.webhooks.deliveries('w', 10)).toMatchObject([{ state: 'givenUp', error: 'http-500', status: 500 }]);
  expect(up.logged.some(({ msg }) => String(msg).includes('suspended'))).toBe(true);
  receiver.answer = () => 204;
  const meanwhile = await log();
  await site.machine.pass(DAY);
  expect(receiver.taken).toEqual([]);
  await enable('send');
  await receiver.until(() => receiver.taken.length === 2);
  expect(cases(receiver.taken)).toEqual([caseId, meanwhile]);
  await logged(['delivered', 'delivered']);
  expect(up.webhooks.deliveries('w', 1, 2)).toMatchObject([{ attempts: 3 }]);
});

it('enabled again without what was missed it begins with what happens now', async () => {
  receiver.answer = () => 410;
  await log();
  await suspended();
  receiver.answer = () => 204;
  await log();
  await enable('skip');
  const now = await log();
  await receiver.until(() => receiver.taken.length === 1);
  expect(cases(receiver.taken)).toEqual([now]);
});

it('one event that a living receiver will not have is given up after three days, and the next follows', async () => {
  receiver.answer = ({ body }) => (body['kind'] === 'praise' ? 422 : 204);
  const unwanted = await log('hq-01', 'praise');
  await attempts(1);
  await site.machine.pass(SECOND);
  await log('hq-02');
  await logged(['delivered', 'retrying']);
  await threeDaysLater();
  const next = await log();
  await receiver.until(() => cases(receiver.taken).includes(next));
  await working();
  expect(cases(receiver.taken)).not.toContain(unwanted);
  await logged(['delivered', 'delivered', 'givenUp']);
});

it('a receiver that never answers is left after ten seconds', async () => {
  receiver.answer = () => 'hang';
  await log();
  await receiver.until(() => receiver.received.length === 1);
  await site.machine.pass(10 * SECOND);
  await attempts(1);
  expect(seen()?.failing?.error).toBe('timeout');
});

it('removed in the middle of its troubles, nothing of it stays', async () => {
  receiver.answer = () => 500;
  await log();
  await attempts(1);
  await bank({ type: 'webhook.remove', webhookId: 'w' }, up.webhooks.removing('w'));
  await site.machine.pass(MINUTE);
  expect(seen()).toBeUndefined();
  for (const table of ['webhook_targets', 'webhook_cursors', 'webhook_deliveries'])
    expect(up.store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
});

it('the delivery log keeps the newest ten thousand of a webhook, and thirty days', async () => {
  await log();
  await receiver.until(() => receiver.taken.length === 1);
  up.webhooks.list();
  const insert = up.store.db.prepare(
    "INSERT INTO webhook_deliveries (webhook_id, branch, seq, type, message_id, state, attempts, first_at, last_at, took_ms) VALUES ('w', 'hq-03', ?, 't', 'm', 'delivered', 1, ?, ?, 1)",
  );
  const now = site.machine.source.wallMs();
  up.store.db.transaction(() => {
    for (let seq = 1; seq <= 10_050; seq += 1) insert.run(seq, now, now);
  })();
  const count = () => up.store.db.prepare('SELECT count(*) FROM webhook_deliveries').pluck().get();
  await site.machine.pass(61 * MINUTE);
  expect(count()).toBe(10_000);
  await site.machine.pass(31 * DAY);
  expect(count()).toBe(0);
});
