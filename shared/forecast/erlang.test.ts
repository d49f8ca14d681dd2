import { describe, expect, test } from 'vitest';
import { erlangA, erlangB, erlangC, serversFor, waitTail } from './erlang.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Uniform in (0, 1), the same for the same seed (Numerical Recipes' LCG). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Customer by customer at `servers` windows, first come first served; who loses patience before a window is free has left. */
function simulate(parts: { load: number; servers: number; meanServiceMs: number; patienceMs?: number; withinMs: number; seed: number }) {
  const { load, servers, meanServiceMs, patienceMs, withinMs } = parts;
  const next = uniform(parts.seed);
  const exponential = (mean: number): number => -mean * Math.log(next());
  const freeAt = Array.from({ length: servers }, () => 0);
  const count = 400_000;
  let [now, waits, late, left] = [0, 0, 0, 0];
  for (let n = 0; n < count; n += 1) {
    now += exponential(meanServiceMs / load);
    let window = 0;
    for (let k = 1; k < servers; k += 1) if ((freeAt[k] ?? 0) < (freeAt[window] ?? 0)) window = k;
    const wait = Math.max(0, (freeAt[window] ?? 0) - now);
    if (wait > 0) waits += 1;
    if (wait > withinMs) late += 1;
    if (patienceMs !== undefined && wait > exponential(patienceMs)) left += 1;
    else freeAt[window] = now + wait + exponential(meanServiceMs);
  }
  return { waits: waits / count, late: late / count, abandons: left / count };
}

test('Erlang B: one window at one erlang turns half away; ten at five turn 1.84 % away', () => {
  expect(erlangB(1, 1)).toBeCloseTo(0.5, 12);
  expect(erlangB(5, 10)).toBeCloseTo(0.018384570336648136, 12);
  expect(erlangB(10, 14)).toBeCloseTo(0.05681914338652086, 12);
  expect(erlangB(3, 0)).toBe(1);
});

test('Erlang C: fourteen windows at ten erlangs, 180 s each: 17.4 % wait, 88.8 % are served within 20 s', () => {
  expect(erlangC(10, 14)).toBeCloseTo(0.1741319336, 10);
  expect(1 - waitTail({ load: 10, servers: 14, meanServiceMs: 180 * SECOND }, 20 * SECOND)).toBeCloseTo(0.88835, 5);
});

test('where the windows cannot cope everybody waits, for ever longer', () => {
  expect(erlangC(4, 4)).toBe(1);
  expect(waitTail({ load: 4.5, servers: 4, meanServiceMs: MINUTE }, 60 * MINUTE)).toBe(1);
});

describe('Erlang A: values from the stationary chain and a uniformised count-down, computed apart', () => {
  test.each([
    { load: 10, servers: 8, service: 180, patience: 360, within: 60, want: [0.8697936973338714, 0.2272184274611527, 4.544368549223054] },
    {
      load: 3,
      servers: 4,
      service: 300,
      patience: 600,
      within: 120,
      want: [0.39161572186243176, 0.08005598386270661, 0.48033590317623964],
    },
  ])('load $load at $servers windows', ({ load, servers, service, patience, within, want }) => {
    const queue = { load, servers, meanServiceMs: service * SECOND, patienceMs: patience * SECOND };
    const found = erlangA(queue, within * SECOND);
    expect(found.waits).toBeCloseTo(want[0] ?? 0, 10);
    expect(found.abandons).toBeCloseTo(want[1] ?? 0, 10);
    expect(found.meanWaiting).toBeCloseTo(want[2] ?? 0, 9);
    expect(found.waitTail).toBeCloseTo(load === 10 ? 0.6415471072054346 : 0.19025880566721096, 9);
  });
});

test('with patience without end, A is C', () => {
  const queue = { load: 10, servers: 14, meanServiceMs: 180 * SECOND };
  const patient = erlangA({ ...queue, patienceMs: 1e13 }, 20 * SECOND);
  expect(patient.waits).toBeCloseTo(erlangC(10, 14), 6);
  expect(patient.waitTail).toBeCloseTo(waitTail(queue, 20 * SECOND), 6);
});

test.each([
  { load: 2.4, servers: 3, meanServiceMs: 5 * MINUTE, withinMs: 4 * MINUTE, seed: 11 },
  { load: 7, servers: 8, meanServiceMs: 2 * MINUTE, withinMs: 30 * SECOND, seed: 12 },
  { load: 5, servers: 4, meanServiceMs: 3 * MINUTE, patienceMs: 8 * MINUTE, withinMs: 2 * MINUTE, seed: 13 },
])('a simulated queue agrees to a percent: $servers windows, load $load, seed $seed', (parts) => {
  const seen = simulate(parts);
  expect(Math.abs(seen.late - waitTail(parts, parts.withinMs))).toBeLessThan(0.01);
  if (parts.patienceMs === undefined) expect(Math.abs(seen.waits - erlangC(parts.load, parts.servers))).toBeLessThan(0.01);
  else expect(Math.abs(seen.abandons - erlangA({ ...parts, patienceMs: parts.patienceMs }, 0).abandons)).toBeLessThan(0.01);
});

test('the fewest windows for a target: one less misses it', () => {
  const queue = { load: 4.2, meanServiceMs: 6 * MINUTE };
  const target = { share: 0.95, withinMs: 10 * MINUTE };
  const servers = serversFor(queue, target);
  expect(waitTail({ ...queue, servers }, target.withinMs)).toBeLessThanOrEqual(0.05);
  expect(waitTail({ ...queue, servers: servers - 1 }, target.withinMs)).toBeGreaterThan(0.05);
  expect(serversFor({ load: 0, meanServiceMs: MINUTE }, target)).toBe(0);
});

test('what cannot be computed is told, not answered', () => {
  expect(() => erlangB(-1, 3)).toThrow('an offered load is a number from 0, not -1');
  expect(() => erlangC(1, 2.5)).toThrow('windows are counted in whole numbers from 0, not 2.5');
  expect(() => serversFor({ load: 3, meanServiceMs: MINUTE }, { share: 1, withinMs: 0 })).toThrow('below 1');
  expect(() => serversFor({ load: 30, meanServiceMs: MINUTE }, { share: 0.9, withinMs: 0 }, 20)).toThrow('20 windows are not enough');
});
