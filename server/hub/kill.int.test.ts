import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site, tallies } from './hub.fixture.ts';

let site: Site;
beforeEach(() => {
  site = new Site();
});
afterEach(() => site.clear());

/** Runs a hub under load and kills it after so many acknowledged commands; resolves to what it acknowledged. */
function killAfter(acknowledged: number, run: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./kill.child.ts', import.meta.url)), site.dataDir, String(run)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      text += chunk;
      if (text.split('\n').length > acknowledged) child.kill('SIGKILL');
    });
    child.on('error', reject);
    // A line cut by the kill was not heard by anybody.
    child.on('close', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(text.split('\n').slice(0, -1)) : reject(new Error(`the hub ended by itself: ${text}`)),
    );
  });
}

it('a hub killed in the middle of its work has every acknowledged command in the log exactly once, and none by half', async () => {
  const told: string[] = [];
  for (const [run, count] of [150, 40, 300].entries()) told.push(...(await killAfter(count, run)));
  expect(told.length).toBeGreaterThanOrEqual(490);
  const { hub, store } = await site.boot(tallies);
  const keys = hub.state('b1')?.keys ?? [];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(expect.arrayContaining(told.flatMap((key) => [`${key}/1`, `${key}/2`])));
  expect(keys.filter((key) => key.endsWith('/1')).length).toBe(keys.filter((key) => key.endsWith('/2')).length);
  expect(store.events.verify('b1')).toMatchObject({ ok: true });
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
}, 60_000);
