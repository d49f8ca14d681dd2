import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../platform/log.ts';
import { startClock } from '../platform/clock.ts';
import { Site, startOfTime, tallies, teller, type Running } from './hub.fixture.ts';
import { createTimers } from './timers.ts';
import type { TallyCommand, TallyShape } from './tally.fixture.ts';

let site: Site;
beforeEach(() => {
  site = new Site();
});
afterEach(() => site.clear());

type Tallies = Running<TallyShape, TallyShape>;
const minute = 60_000;
const send = ({ hub }: Tallies, command: TallyCommand) =>
  hub.execute('b1', command, { actor: teller, commandId: randomUUID(), body: command });
const story = ({ hub }: Tallies) => hub.eventsAfter('b1', 0, 100).map(({ type, at, actor }) => `${type} +${at - startOfTime} ${actor}`);

async function started(speed = 1): Promise<Tallies> {
  const running = await site.boot(tallies, { speed });
  await running.hub.start();
  return running;
}

it('what falls due is decided at its instant, by the clock', async () => {
  const running = await started();
  await send(running, { type: 'tally.remind', at: startOfTime + 5_000 });
  await site.machine.pass(4_999);
  expect(story(running)).toHaveLength(1);
  await site.machine.pass(1);
  expect(story(running)).toEqual(['tally.reminderSet +0 teller1', 'tally.reminded +5000 clock']);
});

it('due instants are hub time: at speed 20 they come 20 times sooner', async () => {
  const running = await started(20);
  await send(running, { type: 'tally.remind', at: startOfTime + 60 * minute });
  await site.machine.pass(3 * minute);
  expect(story(running)).toEqual(['tally.reminderSet +0 teller1', `tally.reminded +${60 * minute} clock`]);
});

it('never sleeps longer than a minute, and a far instant is not decided early', async () => {
  const running = await started();
  const inAMonth = startOfTime + 30 * 24 * 60 * minute;
  await send(running, { type: 'tally.remind', at: inAMonth });
  await site.machine.pass(3 * minute);
  expect(Math.max(...site.machine.sleeps)).toBe(minute);
  expect(story(running)).toHaveLength(1);
});

it('a nearer instant replaces the one waited for', async () => {
  const running = await started();
  await send(running, { type: 'tally.remind', at: startOfTime + 50_000 });
  await send(running, { type: 'tally.remind', at: startOfTime + 2_000 });
  await site.machine.pass(2_000);
  expect(story(running).at(-1)).toBe('tally.reminded +2000 clock');
});

it('a tick that changes nothing writes nothing, is logged and backs off', async () => {
  const running = await started();
  await send(running, { type: 'tally.jam' });
  await site.machine.pass(10 * minute);
  expect(story(running)).toHaveLength(1);
  const complaints = running.logged.filter(({ msg }) => String(msg).includes('a tick left its instant due'));
  expect(complaints.length).toBeGreaterThan(3);
  expect(complaints.length).toBeLessThan(20);
});

/** Timers alone, at speed 20: a branch whose instants (hub ms from now) are passed by whoever decides first. */
function fast(instants: readonly number[], tick: (pass: (now: number) => void, now: number) => 'changed' | 'nothing') {
  const clock = startClock({ wall: site.machine.source, speed: 20, memory: { get: () => undefined, set: () => undefined } });
  let left = instants.map((ms) => clock.now() + ms);
  const begun = clock.now();
  const passedAt: number[] = [];
  const complaints: string[] = [];
  const pass = (now: number): void => {
    passedAt.push(...left.filter((at) => at <= now).map(() => now - begun));
    left = left.filter((at) => at > now);
  };
  const timers = createTimers({
    clock,
    scheduler: site.machine.scheduler,
    log: createLog('error', { write: (line) => void complaints.push(line) }),
    dueOf: () => left[0],
    tick: async () => tick(pass, clock.now()),
  });
  timers.arm('b1');
  return { passedAt, complaints };
}

it('an instant that passed between a tick and the next look is no bug, and comes at once, not after a second of waiting', async () => {
  // A customer’s command before the tick passes the time up to it; the next instant falls while both are written.
  const { passedAt, complaints } = fast([10_000, 10_100], (pass, now) => {
    pass(now);
    site.machine.off(10);
    return 'nothing';
  });
  await site.machine.pass(600);
  expect(passedAt).toEqual([10_000, 10_200]);
  expect(complaints).toEqual([]);
});

it('a tick the disk would not take is tried again and not called a bug', async () => {
  const running = await started();
  await send(running, { type: 'tally.remind', at: startOfTime + 5_000 });
  running.store.db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  await site.machine.pass(6_000);
  expect(story(running)).toHaveLength(1);
  running.store.db.exec('DROP TRIGGER full');
  await site.machine.pass(minute);
  expect(story(running)).toHaveLength(2);
  expect(running.logged.map(({ msg }) => String(msg)).filter((msg) => msg.includes('this is a bug'))).toEqual([]);
});

it('after a restart the branch first hears since when the hub was down, then what fell due meanwhile', async () => {
  const first = await started();
  await send(first, { type: 'tally.add', key: 'a' });
  await send(first, { type: 'tally.remind', at: startOfTime + 5_000 });
  await site.machine.pass(3_000);
  site.crash();
  site.machine.off(10 * minute);
  const second = await started();
  await site.machine.pass(0);
  expect(story(second).slice(2)).toEqual([`tally.resumed +${10 * minute + 3_000} clock`, `tally.reminded +${10 * minute + 3_000} clock`]);
  const resumed = second.hub.eventsAfter('b1', 2, 1)[0];
  const downFrom = resumed?.type === 'tally.resumed' ? resumed.downFrom - startOfTime : Number.NaN;
  expect(downFrom).toBeGreaterThanOrEqual(1_000);
  expect(downFrom).toBeLessThanOrEqual(3_000);
});

it('the first start has nothing to resume', async () => {
  const running = await started();
  await site.machine.pass(minute);
  expect(running.store.events.branches()).toEqual([]);
});

it('is ready once its timers run, and not while the store takes no writes', async () => {
  const running = await site.boot(tallies);
  expect(running.hub.ready()).toBe(false);
  await running.hub.start();
  expect(running.hub.ready()).toBe(true);
  running.store.db.pragma('query_only = ON');
  await site.machine.pass(5_000);
  expect(running.hub.ready()).toBe(false);
  running.store.db.pragma('query_only = OFF');
  await site.machine.pass(5_000);
  expect(running.hub.ready()).toBe(true);
});
