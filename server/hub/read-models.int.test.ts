import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import { branch } from '../../shared/branch/branch.ts';
import { actor, head, manager, testConfig, testStaff } from '../../shared/branch/testing/scenario.ts';
import type { BranchCommand } from '../../shared/contract/commands.ts';
import { Site, startOfTime, type Running } from './hub.fixture.ts';
import type { BranchShape } from './hub.types.ts';
import { tally, type TallyShape } from './tally.fixture.ts';
import { decode } from './track.ts';
import { businessDays, items, overruns, tickets } from '../store/schema.ts';

let site: Site;
let running: Running<BranchShape, TallyShape>;
beforeEach(async () => {
  site = new Site();
  running = await site.boot<BranchShape, TallyShape>({ branch, bank: tally, hasBranch: () => true, staffOf: () => testStaff });
  await running.hub.start();
  await send({ type: 'branch.configure', config: testConfig() }, head);
  await send({ type: 'branch.setPhase', phase: 'business' }, head);
  await send({ type: 'counter.open', counterId: 'c1', staffId: 'teller1' });
});
afterEach(() => site.clear());

const SECOND = 1_000;
const minute = 60 * SECOND;

async function send(command: BranchCommand, by = manager): Promise<Record<string, unknown>> {
  const outcome = await running.hub.execute('hq', command, { actor: by, commandId: randomUUID(), body: command });
  if (!outcome.ok) throw new Error(`${command.type}: ${outcome.code} ${outcome.message}`);
  return { ...outcome.result };
}
const issue = async (serviceId = 'deposit'): Promise<string> => (await send({ type: 'ticket.issue', serviceId })).ticketId as string;
const rows = () => ({
  days: running.store.read.select().from(businessDays).all(),
  tickets: running.store.read.select().from(tickets).all(),
  items: running.store.read.select().from(items).all(),
  overruns: running.store.read.select().from(overruns).all(),
});
const ticket = (ticketId: string) => running.store.read.select().from(tickets).where(eq(tickets.ticketId, ticketId)).get();

/** A little day: one served with two services and an overrun, a no-show who comes late, a walk-up, a diverted, an unserved. */
async function liveADay(): Promise<string[]> {
  const ids = [await issue(), await issue('withdrawal'), await issue(), await issue()];
  const [first = '', late = '', machine = ''] = ids;
  await site.machine.pass(minute);
  await send({ type: 'ticket.callNext', counterId: 'c1' });
  await site.machine.pass(20 * SECOND);
  await send({ type: 'ticket.start', counterId: 'c1', amountFen: 5_000_00 });
  await site.machine.pass(4 * minute);
  await send({ type: 'ticket.addItem', counterId: 'c1', serviceId: 'balance' });
  await send({ type: 'limit.extend', ticketId: first, class: 'identity' });
  await site.machine.pass(30 * SECOND);
  await send({ type: 'ticket.finishAndCallNext', counterId: 'c1', ticketId: first });
  await send({ type: 'ticket.rate', ticketId: first, score: 5 });
  await site.machine.pass(2 * minute);
  await send({ type: 'ticket.recall', counterId: 'c1' });
  await send({ type: 'ticket.noShow', counterId: 'c1' });
  await send({ type: 'ticket.divert', ticketId: machine, to: 'machine' });
  await send({ type: 'ticket.walkUp', counterId: 'c1', serviceId: 'balance', reason: 'a quick question' });
  await send({ type: 'ticket.complete', counterId: 'c1' });
  await send({ type: 'ticket.requeue', ticketId: late });
  const [overrun] = rows().overruns;
  await send({ type: 'limit.appeal', overrunId: overrun?.overrunId ?? '', reason: 'coins' }, actor('teller1', 'teller'));
  await send({ type: 'limit.decideAppeal', overrunId: overrun?.overrunId ?? '', upheld: true, reason: 'seen' }, head);
  await site.machine.pass(20 * minute);
  await send({ type: 'branch.setPhase', phase: 'closed' }, head);
  return ids;
}

it('a ticket served keeps when it was issued, called, started and ended, by whom, and its services with their limits', async () => {
  const [first = ''] = await liveADay();
  expect(ticket(first)).toMatchObject({
    branch: 'hq',
    date: '2026-09-30',
    number: first.split('-')[1],
    serviceId: 'deposit',
    walkUp: false,
    issuedAt: startOfTime,
    ahead: 0,
    firstCalledAt: startOfTime + minute,
    counterId: 'c1',
    staffId: 'teller1',
    startedAt: startOfTime + minute + 20 * SECOND,
    endedAt: startOfTime + 5 * minute + 50 * SECOND,
    outcome: 'completed',
    rating: 5,
  });
  const given = rows().items.filter(({ ticketId }) => ticketId === first);
  expect(
    given.map(({ serviceId, itemIndex, startedAt, endedAt, limitMs, extendedMs }) => ({
      serviceId,
      itemIndex,
      tookMs: (endedAt ?? 0) - startedAt,
      limitMs,
      extended: extendedMs > 0,
    })),
  ).toEqual([
    { serviceId: 'deposit', itemIndex: 0, tookMs: 4 * minute, limitMs: 2 * minute, extended: false },
    { serviceId: 'balance', itemIndex: 1, tookMs: 30 * SECOND, limitMs: minute, extended: true },
  ]);
});

it('the others of the day have the outcome they had', async () => {
  const ids = await liveADay();
  expect(ids.map((id) => ticket(id)?.outcome)).toEqual(['completed', 'unserved', 'diverted', 'unserved']);
  expect(rows().tickets.find(({ walkUp }) => walkUp)).toMatchObject({ outcome: 'completed', serviceId: 'balance' });
});

it('the ledger keeps the overrun, its appeal and who decided it', async () => {
  const [first] = await liveADay();
  expect(rows().overruns).toMatchObject([
    {
      ticketId: first,
      itemIndex: 0,
      staffId: 'teller1',
      period: '2026Q3',
      limitMs: 2 * minute,
      actualMs: 4 * minute,
      stage: 2,
      unverified: false,
      upheld: true,
      decidedBy: 'head',
      extensions: [],
    },
  ]);
});

it('rebuilt from the log, every row is the same', async () => {
  await liveADay();
  const before = rows();
  expect(before.tickets).toHaveLength(5);
  running.store.db.exec('DELETE FROM overruns; UPDATE tickets SET rating = 1; DELETE FROM items');
  running.store.rebuildReadModels((row) => decode(branch, row) as StoredBranchEvent);
  expect(rows()).toEqual(before);
});
