import { once } from 'node:events';
import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { threadOf } from './thread.ts';

test.runIf(process.platform === 'linux')('a thread that lets others first steps back alone', async () => {
  const before = getPriority();
  const thread = threadOf(new URL('.', import.meta.url), { source: 'polite.child.ts', built: 'none' });
  const [priority] = (await once(thread, 'message')) as [number];
  expect(priority).toBeGreaterThan(before);
  expect(getPriority()).toBe(before);
});
