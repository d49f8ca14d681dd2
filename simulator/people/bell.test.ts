import { describe, expect, test } from 'vitest';
import { Bell } from './bell.ts';

const never = new AbortController().signal;

describe('the bell for idle tellers', () => {
  test('one ring wakes the one who has waited longest, and only them', async () => {
    const bell = new Bell();
    const woken: string[] = [];
    const first = bell.wait('c1', never).then(() => woken.push('c1'));
    void bell.wait('c2', never).then(() => woken.push('c2'));
    bell.ring();
    await first;
    expect(woken).toEqual(['c1']);
  });

  test('who may not take the number passes it on to somebody not yet asked', async () => {
    const bell = new Bell();
    const first = bell.wait('c1', never);
    const second = bell.wait('c2', never);
    bell.ring();
    const asked = (await first) ?? new Set();
    void bell.wait('c1', never);
    bell.pass(asked);
    expect([...((await second) ?? [])]).toEqual(['c1', 'c2']);
  });

  test('a wait that ends by itself is asked no more', async () => {
    const bell = new Bell();
    const patience = new AbortController();
    const first = bell.wait('c1', patience.signal);
    patience.abort();
    expect(await first).toBeUndefined();
    const second = bell.wait('c2', never);
    bell.ring();
    expect(await second).toBeDefined();
  });
});
