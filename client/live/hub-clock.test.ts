import { describe, expect, test } from 'vitest';
import { createHubClock } from './hub-clock.ts';

function page(start = 1_000_000) {
  let now = start;
  return { now: () => now, pass: (ms: number) => void (now += ms) };
}

describe('the hub’s time on a page', () => {
  test('the offset is measured from the middle of the round trip', () => {
    const here = page();
    const clock = createHubClock(here.now);
    const sentAt = here.now();
    here.pass(100);
    clock.sample({ at: 5_000_000, sentAt, receivedAt: here.now(), speed: 1 });
    expect(clock.now()).toBe(5_000_050);
    here.pass(1_000);
    expect(clock.now()).toBe(5_001_050);
  });

  test('where the hub tells its speed, time runs at it', () => {
    const here = page();
    const clock = createHubClock(here.now);
    clock.sample({ at: 5_000_000, sentAt: here.now(), receivedAt: here.now(), speed: 20 });
    here.pass(1_000);
    expect(clock.now()).toBe(5_020_000);
  });

  test('where the hub does not tell, two answers some seconds apart show the speed', () => {
    const here = page();
    const clock = createHubClock(here.now);
    clock.sample({ at: 5_000_000, sentAt: here.now(), receivedAt: here.now() });
    here.pass(2_000);
    clock.sample({ at: 5_040_100, sentAt: here.now(), receivedAt: here.now() });
    expect(clock.speed()).toBe(20);
    here.pass(1_000);
    expect(clock.now()).toBe(5_060_100);
  });

  test('a slow answer does not spoil a quick one', () => {
    const here = page();
    const clock = createHubClock(here.now);
    clock.sample({ at: 5_000_000, sentAt: here.now(), receivedAt: here.now(), speed: 1 });
    const sentAt = here.now();
    here.pass(3_000);
    clock.sample({ at: 5_000_000, sentAt, receivedAt: here.now(), speed: 1 });
    expect(clock.now()).toBe(5_003_000);
  });

  test('an event from the hub’s future moves the clock up to it, an older one leaves it', () => {
    const here = page();
    const clock = createHubClock(here.now);
    clock.sample({ at: 5_000_000, sentAt: here.now(), receivedAt: here.now(), speed: 1 });
    clock.atLeast(5_000_700);
    expect(clock.now()).toBe(5_000_700);
    clock.atLeast(4_000_000);
    expect(clock.now()).toBe(5_000_700);
  });
});
