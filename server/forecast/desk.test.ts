import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { LineEvent } from '../../shared/forecast/line.ts';
import { defaultHours } from '../../shared/contract/default-config.ts';
import { Machine } from '../hub/hub.fixture.ts';
import { createDeskThread } from './desk-thread.ts';
import { ForecastDesk, type Memory } from './desk.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** 2026-11-23 (a Monday) 09:00 in Shanghai. */
const NINE = Date.UTC(2026, 10, 23, 1);
const follow = { type: 'follow', branchId: 'hq', hours: defaultHours, memory: undefined } as const;

/** One window; somebody comes every minute and is served for a little less. */
function quietDay(customers: number): LineEvent[] {
  return Array.from({ length: customers }, (_none, n): LineEvent[] => {
    const at = NINE + n * MINUTE;
    const id = `t${n}`;
    return [
      { type: 'joined', at, id, kind: 'deposit', priority: 0, creditMs: 0 },
      { type: 'started', at: at + 5 * SECOND, id, kind: 'deposit', server: 'c1' },
      { type: 'ended', at: at + 50 * SECOND, server: 'c1' },
    ];
  }).flat();
}

const asked = (at: number) => ({
  branchId: 'hq',
  at,
  queue: [],
  newcomers: [{ customer: { kind: 'deposit', priority: 0, creditMs: 0 }, position: 0 }],
});

test('once enough is learnt a model is trained, a tree at a time, and handed out to be kept; it is used after a restart', () => {
  const waiting: (() => void)[] = [];
  const trained: Memory[] = [];
  const desk = new ForecastDesk(
    (work) => waiting.push(work),
    (_branchId, memory) => trained.push(memory),
  );
  desk.tell(follow);
  desk.tell({ type: 'hear', branchId: 'hq', events: quietDay(240) });
  const at = NINE + 5 * 3_600_000;
  desk.ask(asked(at));
  for (let steps = 0; waiting.length > 0; steps += 1) {
    if (steps > 2_000) throw new Error('the training does not end');
    waiting.splice(0).forEach((work) => work());
  }
  expect(trained).toMatchObject([{ trainedAt: at, learnt: { model: { lessons: expect.any(Number) } } }]);
  const foretoldBy = (memory: Memory | undefined) => {
    const other = new ForecastDesk(
      () => undefined,
      () => undefined,
    );
    other.tell({ ...follow, memory });
    other.tell({ type: 'hear', branchId: 'hq', events: quietDay(240) });
    return other.ask(asked(at));
  };
  const kept = JSON.parse(JSON.stringify(trained[0])) as Memory;
  expect(foretoldBy(kept)).not.toEqual(foretoldBy(undefined));
});

test('branches learn one after another', () => {
  const waiting: (() => void)[] = [];
  const trained: string[] = [];
  const desk = new ForecastDesk(
    (work) => waiting.push(work),
    (branchId) => trained.push(branchId),
  );
  const branches = ['hq', 'north'];
  for (const branchId of branches) {
    desk.tell({ ...follow, branchId });
    desk.tell({ type: 'hear', branchId, events: quietDay(240) });
  }
  const askBoth = () => branches.forEach((branchId) => desk.ask({ ...asked(NINE + 5 * 3_600_000), branchId }));
  askBoth();
  for (let steps = 0; waiting.length > 0; steps += 1) {
    expect(waiting).toHaveLength(1);
    if (steps > 5_000) throw new Error('the training does not end');
    waiting.splice(0).forEach((work) => work());
    if (waiting.length === 0) askBoth();
  }
  expect(trained).toEqual(branches);
});

test('too little to learn from trains nothing', () => {
  const desk = new ForecastDesk(
    () => {
      throw new Error('something is trained');
    },
    () => undefined,
  );
  desk.tell(follow);
  desk.tell({ type: 'hear', branchId: 'hq', events: quietDay(20) });
  expect(desk.ask(asked(NINE + 3_600_000)).newcomers).toHaveLength(1);
});

test('in a thread of its own: a branch nobody follows is refused, and the thread goes on for the others', async () => {
  const desk = createDeskThread();
  try {
    await expect(desk.ask(asked(NINE))).rejects.toThrow('nobody said to follow hq');
    void desk.tell(follow);
    await desk.tell({ type: 'hear', branchId: 'hq', events: quietDay(20) });
    const { newcomers } = await desk.ask(asked(NINE + 3_600_000));
    expect(newcomers[0]?.q90Ms).toBeGreaterThanOrEqual(newcomers[0]?.q10Ms ?? Number.NaN);
  } finally {
    desk.stop();
  }
});

test('whoever waits for an answer when the thread ends is told', async () => {
  const desk = createDeskThread();
  void desk.tell(follow);
  const answer = desk.ask(asked(NINE));
  desk.stop();
  await expect(answer).rejects.toThrow('the hub is stopping');
});

class SlowThread extends EventEmitter {
  ended = false;
  postMessage(): void {}
  unref(): void {}
  async terminate(): Promise<number> {
    this.ended = true;
    return 1;
  }
}

test('a thread that says nothing for a minute hangs and is ended; one that is only slow is waited for', async () => {
  const machine = new Machine();
  const threads: SlowThread[] = [];
  const desk = createDeskThread(machine.scheduler, () => {
    threads.push(new SlowThread());
    return threads.at(-1) as SlowThread;
  });
  const taken = desk.tell({ type: 'hear', branchId: 'hq', events: quietDay(20) });
  const answer = desk.ask(asked(NINE)).catch((error: unknown) => String(error));
  await machine.pass(59 * SECOND);
  threads[0]?.emit('message', { no: 1 });
  await taken;
  await machine.pass(59 * SECOND);
  expect(threads[0]?.ended).toBe(false);
  await machine.pass(SECOND);
  expect(await answer).toContain('silent');
  expect(threads[0]?.ended).toBe(true);
  void desk.tell(follow);
  expect(threads).toHaveLength(2);
  desk.stop();
});
