import { expect, test } from 'vitest';
import type { Connection, Heard, Watcher } from './connection.ts';
import { createHubClock } from './hub-clock.ts';
import { createLive } from './live.ts';

/** A line in the test's hand: what it says comes through `watcher`. */
function line(): { readonly connection: Connection; readonly watcher: () => Watcher } {
  let given: Watcher | undefined;
  const connection: Connection = {
    watch(watcher) {
      given = watcher;
      return { again: () => undefined, stop: () => undefined };
    },
    close: () => undefined,
  };
  const watcher = (): Watcher => {
    if (given === undefined) throw new Error('nobody watches');
    return given;
  };
  return { connection, watcher };
}

test('an event by itself is no news of the line: what shows only the line is not drawn anew', () => {
  const { connection, watcher } = line();
  const live = createLive<number, Heard>({
    connection,
    clock: createHubClock(),
    branchId: 'hq-01',
    audience: 'staff',
    thaw: Number,
    evolve: (count) => count + 1,
  });
  watcher().watched({ ok: true, seq: 4, floor: 0 }, 0, 0);
  const { link } = live.store.getState();
  watcher().heard([{ seq: 5, type: 'ticket.issued' }]);
  expect(live.store.getState()).toMatchObject({ floor: 1, seq: 5 });
  expect(live.store.getState().link).toBe(link);
  watcher().lost(0);
  expect(live.store.getState().link).toMatchObject({ state: 'stale' });
  live.stop();
});
