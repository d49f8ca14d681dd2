import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareDataDir } from './data-dir.ts';
import { readOptions } from './options.ts';
import { nextMidnight } from './outfit.ts';
import { freePort } from './server-process.ts';
import { workingDayAt } from './working-day.ts';

describe('the demo’s folder', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'counterflow-demo-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  test('a folder of somebody else is neither filled nor emptied', () => {
    writeFileSync(join(dir, 'thesis.txt'), 'years of work');
    expect(() => prepareDataDir(dir, true)).toThrow('holds something that is no demo');
    expect(() => prepareDataDir(dir, false)).toThrow('holds something that is no demo');
    expect(readdirSync(dir)).toEqual(['thesis.txt']);
  });

  test('a demo’s folder goes on as it is, and is emptied when asked to start over', () => {
    const data = join(dir, 'demo');
    prepareDataDir(data, false);
    mkdirSync(join(data, 'nested'));
    writeFileSync(join(data, 'hub.db'), 'log');
    prepareDataDir(data, false);
    expect(existsSync(join(data, 'hub.db'))).toBe(true);
    prepareDataDir(data, true);
    expect(readdirSync(data)).toEqual(['.counterflow-demo']);
  });
});

describe('the demo’s options', () => {
  const read = (argv: string[], env = {}) => readOptions(argv, env, 42);

  test('flags come before the environment, the environment before the defaults', () => {
    expect(read([])).toMatchObject({ port: 3000, host: '127.0.0.1', speed: 1, seed: 42, still: false, fresh: false, dayType: 'ordinary' });
    expect(read([], { PORT: '4160', SPEED: '20', HOST: '0.0.0.0' })).toMatchObject({ port: 4160, speed: 20, host: '0.0.0.0' });
    expect(read(['--port', '4161', '--speed', '0.5', '--seed', '7', '--still'], { PORT: '4160' })).toMatchObject({
      port: 4161,
      speed: 0.5,
      seed: 7,
      still: true,
    });
  });

  test('a fresh demo may begin at any time of a working day', () => {
    expect(read(['--fresh', '--start', '08:30'])).toMatchObject({ fresh: true, start: '08:30' });
    expect(read(['--fresh'])).not.toHaveProperty('start');
    const friday = Date.parse('2026-11-27T20:00:00Z');
    expect(workingDayAt('08:30', friday - 3 * 86_400_000)).toBe('2026-11-25T08:30+08:00');
    for (const days of [0, 1]) expect(workingDayAt('08:30', friday + days * 86_400_000)).toBe('2026-11-27T08:30+08:00');
    expect(workingDayAt('08:30', friday + 2 * 86_400_000)).toBe('2026-11-30T08:30+08:00');
  });

  test('a replay has a folder and a speed of its own', () => {
    const options = read(['--replay', 'calls.csv', '--date', '2001-05-01']);
    expect(options.replay).toMatchObject({ date: '2001-05-01', latelyMs: 600_000 });
    expect(options.speed).toBeGreaterThanOrEqual(60);
    expect(options.dataDir).toMatch(/data.replay$/);
  });
});

describe('the demo’s surroundings', () => {
  test('a port in use is one clear line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(freePort('127.0.0.1', port)).rejects.toThrow(`port ${port} is in use; choose another with --port`);
    taken.close();
  });

  test('a replay’s branch lies in a zone where midnight is less than an hour away', () => {
    for (let hour = 0; hour < 24; hour++) {
      const now = Date.UTC(2026, 4, 5, hour, 12, 3);
      const { timeZone, at } = nextMidnight(now);
      expect(at - now).toBeGreaterThanOrEqual(0);
      expect(at - now).toBeLessThan(3_600_000);
      expect(new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short', hourCycle: 'h23' }).format(at)).toBe('00:00');
    }
  });
});
