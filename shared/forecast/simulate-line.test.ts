import { expect, test } from 'vitest';
import type { Calendar, LineEvent } from './line.ts';
import { LineState } from './line.state.ts';
import { simulateLine } from './simulate-line.ts';

const MINUTE = 60_000;
const RUNS = 200;
const calendar: Calendar = (at) => ({ day: Math.floor(at / 86_400_000), weekday: 1, timeOfDayMs: at % 86_400_000 });

const lineAfter = (events: readonly LineEvent[]): LineState => {
  const state = new LineState(calendar, 120);
  for (const event of events) state.apply(event);
  return state;
};
const join = (at: number, id: string, more: { kind?: string; creditMs?: number } = {}): LineEvent => ({
  type: 'joined',
  at,
  id,
  kind: 'cash',
  priority: 0,
  creditMs: 0,
  ...more,
});
/** Mean seconds until each of the line is called. */
const means = (state: LineState, at: number): number[] => {
  const queue = state.ordered();
  const called = simulateLine(state, at, queue, RUNS, 3);
  return queue.map((_, place) => {
    let sum = 0;
    for (let run = 0; run < RUNS; run += 1) sum += called[run * queue.length + place] as number;
    return sum / RUNS;
  });
};
const open = (server: string, ...kinds: string[]): LineEvent => ({ type: 'server', at: 0, server, duty: 'open', kinds });

test('known windows: the first is called at once, each next after about one service more', () => {
  const state = lineAfter([open('w1', 'cash'), join(1, 'a'), join(2, 'b'), join(3, 'c')]);
  const [a = -1, b = -1, c = -1] = means(state, 4);
  expect(a).toBe(0);
  expect(b).toBeGreaterThan(80);
  expect(b).toBeLessThan(160);
  expect(c / b).toBeGreaterThan(1.6);
});

test('a service in progress that has lasted long is expected to last longer still, as services of a bank do', () => {
  const serving: LineEvent[] = [open('w1', 'cash'), { type: 'started', at: 0, kind: 'cash', server: 'w1' }];
  const short = means(lineAfter([...serving, join(10_000, 'a')]), 10_000)[0] as number;
  const long = means(lineAfter([...serving, join(10 * MINUTE, 'a')]), 10 * MINUTE)[0] as number;
  expect(long).toBeGreaterThan(short);
});

test('who cannot be served by the window that is free is passed over by those behind', () => {
  const state = lineAfter([open('w1', 'cash'), join(1, 'loan', { kind: 'loan' }), join(2, 'cash')]);
  const [loan = 0, cash = 0] = means(state, 3);
  expect(cash).toBe(0);
  expect(loan).toBe(3_600);
});

test('those with more credit who keep coming are reckoned with before they come', () => {
  const base: LineEvent[] = [open('w1', 'cash'), { type: 'started', at: 0, kind: 'cash', server: 'w1' }];
  const urgent = Array.from({ length: 12 }, (_, n) => [
    join(n * MINUTE, `u${n}`, { creditMs: 20 * MINUTE }),
    { type: 'started', at: n * MINUTE + 1, id: `u${n}`, kind: 'cash' } as const,
  ]).flat();
  const at = 12 * MINUTE;
  const line = [join(at, 'a'), join(at, 'b')];
  const calm = means(lineAfter([...base, ...line]), at)[1] as number;
  const busy = means(lineAfter([...base, ...urgent, ...line]), at)[1] as number;
  expect(busy).toBeGreaterThan(1.2 * calm);
});

test('without word of who is on duty, one who no longer serves while people wait soon counts for little', () => {
  const served = (server: string, at: number): LineEvent[] => [
    { type: 'started', at, kind: 'cash', server },
    { type: 'ended', at: at + MINUTE, server },
  ];
  const at = 30 * MINUTE;
  const line = [join(at, 'a'), join(at, 'b'), join(at, 'c')];
  const both = means(lineAfter([...served('w1', at - MINUTE), ...served('w2', at - MINUTE), ...line]), at + 1_000)[2] as number;
  const one = means(lineAfter([...served('w2', MINUTE), ...served('w1', at - MINUTE), ...line]), at + 1_000)[2] as number;
  expect(one).toBeGreaterThan(1.3 * both);
});
