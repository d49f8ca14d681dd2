/** What the hub is told, and when: at once where something changed, never what is no longer true. */
import { expect, test } from 'vitest';
import { createLog } from '../platform/log.ts';
import { backoff } from './backoff.ts';
import type { Post, Report } from './hub-door.ts';
import { Reporter, type Said, type Speaker } from './reporter.ts';
import { FakeWorld } from './world.fixture.ts';

type Outcome = Awaited<ReturnType<Post>>;

class Site {
  readonly world = new FakeWorld();
  readonly posts: Report[][] = [];
  outcome: Outcome = 'ok';
  wall = 1_000_000;
  readonly said = new Map<string, Said>();
  readonly speakers: Speaker[];
  readonly reporter: Reporter;

  constructor(...machineIds: string[]) {
    this.speakers = machineIds.map((machineId) => ({ machineId, said: () => this.said.get(machineId) }));
    this.reporter = new Reporter({
      post: async (reports) => {
        this.posts.push([...reports]);
        return this.outcome;
      },
      machines: () => this.speakers,
      scheduler: this.world.scheduler,
      wall: { wallMs: () => this.wall, monotonicMs: () => this.world.now },
      everyMs: 1_000,
      freshMs: 10_000,
      retry: backoff(200, 800, () => 0.999_999),
      log: createLog('silent'),
    });
  }

  /** The machine was heard now and is so. */
  hear(index: number, device: 'online' | 'offline'): void {
    const speaker = this.speakers[index];
    if (speaker === undefined) throw new Error('no such machine');
    this.said.set(speaker.machineId, { status: { device }, heardAt: this.world.now });
    this.reporter.changed(speaker);
  }

  async pass(ms: number): Promise<void> {
    this.world.pass(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a change is told at once, with those that come close after it in one request', async () => {
  const site = new Site('m1', 'm2');
  site.hear(0, 'online');
  await site.pass(10);
  site.hear(1, 'offline');
  await site.pass(20);
  expect(site.posts.map((reports) => reports.map(({ machineId, status }) => [machineId, status.device]))).toEqual([
    [
      ['m1', 'online'],
      ['m2', 'offline'],
    ],
  ]);
});

test('the same again is a heartbeat at its pace; who was not heard since is not told of', async () => {
  const site = new Site('m1', 'm2');
  site.hear(0, 'online');
  site.hear(1, 'online');
  await site.pass(30);
  site.hear(0, 'online');
  await site.pass(500);
  expect(site.posts).toHaveLength(1);
  await site.pass(500);
  expect(site.posts[1]?.map(({ machineId }) => machineId)).toEqual(['m1']);
  await site.pass(1_000);
  expect(site.posts).toHaveLength(2);
});

test('while the hub cannot be reached the latest is kept, not a line of what was', async () => {
  const site = new Site('m1');
  site.outcome = 'unreachable';
  for (let n = 0; n < 50; n++) {
    site.hear(0, n % 2 === 0 ? 'offline' : 'online');
    await site.pass(100);
  }
  expect(Math.max(...site.posts.map((reports) => reports.length))).toBe(1);
  // 30 ms, then pauses of 200, 400 and 800 ms: not one attempt for each change.
  expect(site.posts.length).toBeLessThan(10);
  site.outcome = 'ok';
  site.hear(0, 'offline');
  await site.pass(800);
  expect(site.posts.at(-1)?.[0]?.status).toEqual({ device: 'offline' });
});

test('what was heard too long ago is not told as if it were so now', async () => {
  const site = new Site('m1');
  site.outcome = 'unreachable';
  site.hear(0, 'online');
  await site.pass(30);
  const tried = site.posts.length;
  await site.pass(5_000);
  site.outcome = 'ok';
  for (let n = 0; n < 20; n++) await site.pass(800);
  expect(tried).toBe(1);
  const told = site.posts.filter((reports) => reports.length > 0).length;
  site.posts.length = 0;
  await site.pass(60_000);
  expect(told).toBeGreaterThan(0);
  expect(site.posts).toEqual([]);
});

test('reports are in order even when the wall clock steps back', async () => {
  const site = new Site('m1');
  site.hear(0, 'online');
  await site.pass(30);
  site.wall -= 60_000;
  site.hear(0, 'offline');
  await site.pass(30);
  const [first, second] = site.posts.flat();
  expect(second?.at).toBeGreaterThan(first?.at ?? Number.POSITIVE_INFINITY);
});
