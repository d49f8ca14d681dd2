import { describe, expect, it } from 'vitest';
import { highWaterKey, startClock, type Clock, type WallSource } from './clock.ts';

const noon = Date.parse('2026-09-30T04:00:00Z');
const hour = 3_600_000;

function bench(): {
  wall: WallSource;
  pass: (ms: number) => void;
  step: (ms: number) => void;
  boot: (speed?: number) => Clock;
  die: (clock: Clock) => void;
} {
  let wallMs = noon;
  let monotonicMs = 5_000;
  const rows = new Map<string, string>();
  const memory = { get: (key: string) => rows.get(key), set: (key: string, value: string) => void rows.set(key, value) };
  const wall = { wallMs: () => wallMs, monotonicMs: () => monotonicMs };
  return {
    wall,
    pass: (ms) => {
      wallMs += ms;
      monotonicMs += ms;
    },
    step: (ms) => {
      wallMs += ms;
    },
    boot: (speed = 1) => {
      const clock = startClock({ wall, speed, memory });
      memory.set(highWaterKey, String(clock.realNow()));
      return clock;
    },
    die: (clock) => {
      memory.set(highWaterKey, String(clock.realNow()));
      monotonicMs = 70;
    },
  };
}

describe('hub time', () => {
  it('starts at the real time and goes with it', () => {
    const { boot, pass } = bench();
    const clock = boot();
    expect(clock.now()).toBe(noon);
    pass(1_500);
    expect(clock.now()).toBe(noon + 1_500);
    expect(clock.downFrom).toBeUndefined();
  });

  it('may start at any instant', () => {
    const { wall, pass } = bench();
    const clock = startClock({ wall, speed: 2, memory: { get: () => undefined, set: () => undefined }, firstAt: 1_000 });
    pass(10);
    expect(clock.now()).toBe(1_020);
  });

  it('runs at its speed, while real time does not', () => {
    const { boot, pass } = bench();
    const clock = boot(20);
    pass(hour);
    expect(clock.now()).toBe(noon + 20 * hour);
    expect(clock.realNow()).toBe(noon + hour);
    expect(clock.toRealMs(60_000)).toBe(3_000);
  });

  it('does not step back when the machine’s clock does, nor stand still', () => {
    const { boot, pass, step } = bench();
    const clock = boot(3);
    pass(1_000);
    step(-hour);
    expect(clock.now()).toBe(noon + 3_000);
    pass(1_000);
    expect(clock.now()).toBe(noon + 6_000);
    step(hour);
    expect(clock.now()).toBe(noon + 6_000);
  });

  it('follows a step forward of more than a second: the machine slept', () => {
    const { boot, step } = bench();
    const clock = boot(2);
    step(900);
    expect(clock.now()).toBe(noon);
    step(hour);
    expect(clock.now()).toBe(noon + 2 * (hour + 900));
  });

  it('goes on while the hub is down and tells since when it was down', () => {
    const { boot, pass, die } = bench();
    const first = boot(20);
    pass(1_000);
    die(first);
    pass(hour);
    const second = boot(20);
    expect(second.now()).toBe(noon + 20 * (hour + 1_000));
    expect(second.downFrom).toBe(noon + 20_000);
  });

  it('goes on from the high-water mark when the machine’s clock was set back while the hub was down, and is right again once it is corrected', () => {
    const { boot, pass, step, die } = bench();
    const first = boot(2);
    pass(1_000);
    die(first);
    step(-hour);
    const second = boot(2);
    expect(second.now()).toBe(noon + 2_000);
    pass(500);
    expect(second.now()).toBe(noon + 3_000);
    step(hour);
    expect(second.now()).toBe(noon + 3_000);
  });

  it('takes another speed from the restart on', () => {
    const { boot, pass, die } = bench();
    const first = boot(20);
    pass(1_000);
    die(first);
    pass(1_000);
    const second = boot(1);
    expect(second.now()).toBe(noon + 40_000);
    pass(1_000);
    expect(second.now()).toBe(noon + 41_000);
    die(second);
    pass(1_000);
    expect(boot(1).now()).toBe(noon + 42_000);
  });
});
