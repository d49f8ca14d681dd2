import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Site, startOfTime, tallies, teller, type Running } from './hub.fixture.ts';
import { tally, type TallyShape } from './tally.fixture.ts';

let site: Site;
beforeEach(() => {
  site = new Site();
});
afterEach(() => site.clear());

type Tallies = Running<TallyShape, TallyShape>;
const add = ({ hub }: Tallies, key: string) =>
  hub.execute('b1', { type: 'tally.add', key }, { actor: teller, commandId: randomUUID(), body: {} });
const fileOf = (): string => join(site.dataDir, 'snapshots', 'b1.json');

/** Events that no snapshot knows, so that folding them can be told from reading it. */
async function withSnapshot(): Promise<string> {
  const running = await site.boot(tallies);
  await add(running, 'a');
  await running.hub.stop();
  site.crash();
  // A mark in the cache that the log does not have shows where the state came from.
  const text = readFileSync(fileOf(), 'utf8').replace('["a"]', '["from the snapshot"]');
  writeFileSync(fileOf(), text);
  return text;
}

const keysAfterStart = async (aggregates = tallies): Promise<readonly string[]> => {
  const running = await site.boot(aggregates);
  await add(running, 'b');
  const keys = running.hub.state('b1')?.keys ?? [];
  site.crash();
  return keys;
};

it('a graceful stop leaves a snapshot, and the next start goes on from it', async () => {
  await withSnapshot();
  expect(await keysAfterStart()).toEqual(['from the snapshot', 'b']);
});

it('a deleted snapshot loses nothing', async () => {
  await withSnapshot();
  rmSync(fileOf());
  expect(await keysAfterStart()).toEqual(['a', 'b']);
});

it('a damaged snapshot is no snapshot', async () => {
  const text = await withSnapshot();
  writeFileSync(fileOf(), text.slice(0, -5));
  expect(await keysAfterStart()).toEqual(['a', 'b']);
});

it('a snapshot of another version of the core is folded again', async () => {
  await withSnapshot();
  const newer = { ...tally, version: 2 };
  expect(await keysAfterStart({ ...tallies, branch: newer })).toEqual(['a', 'b']);
});

it('a snapshot of another database is not taken for this one’s', async () => {
  const text = await withSnapshot();
  writeFileSync(fileOf(), text.replace(/"hash":"../, '"hash":"zz'));
  expect(await keysAfterStart()).toEqual(['a', 'b']);
});

it('a snapshot is written in a quiet moment after 1,000 events, and after 10,000 without waiting for one', async () => {
  const running = await site.boot(tallies);
  await running.hub.start();
  const addMany = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        running.hub.execute('b1', { type: 'tally.addTwo', key: 'k' }, { actor: teller, commandId: randomUUID(), body: {} }),
      ),
    );
  const written = (): number => running.store.snapshots.load('b1')?.seq ?? 0;
  await addMany(400);
  await site.machine.pass(10_000);
  expect(existsSync(fileOf())).toBe(false);
  await addMany(200);
  await site.machine.pass(5_000);
  // The file itself is written on real time.
  await vi.waitFor(() => expect(written()).toBe(1_200));
  await addMany(5_100);
  await vi.waitFor(() => expect(written()).toBeGreaterThanOrEqual(11_200));
  await running.hub.stop();
  expect(written()).toBe(11_400);
});

it('events of an older version are lifted when read', async () => {
  const first = await site.boot(tallies);
  await add(first, 'old');
  site.crash();
  const lifted = {
    ...tally,
    eventVersions: { 'tally.added': 2 },
    upcast: (_type: string, version: number, payload: Readonly<Record<string, unknown>>) => ({
      ...payload,
      key: `${String(payload.key)} lifted from ${version}`,
    }),
  };
  const second = await site.boot<TallyShape, TallyShape>({ ...tallies, branch: lifted });
  await add(second, 'new');
  expect(second.hub.state('b1')?.keys).toEqual(['old lifted from 1', 'new']);
  expect(second.hub.eventsAfter('b1', 0, 10)).toMatchObject([
    { seq: 1, at: startOfTime, key: 'old lifted from 1' },
    { seq: 2, key: 'new' },
  ]);
});
