import { describe, expect, test } from 'vitest';
import type { Answer, Api, Problem } from './api.ts';
import { createCommands, type Done } from './commands.ts';
import { newCommandId } from './ids.ts';

const done: Answer<Done> = { ok: true, value: { seq: 9, events: [] } };
const problem = (status: number, code = 'x', more: Partial<Problem> = {}): Answer<Done> => ({
  ok: false,
  problem: { status, code, detail: '', ...more },
});

/** A hub that answers as told, and remembers what it was sent. */
function hub(...answers: Answer<Done>[]) {
  const sent: { id: string; type: string }[] = [];
  const waited: number[] = [];
  const told: string[] = [];
  const api: Api = {
    get: () => Promise.reject(new Error('nothing is read here')),
    send: <T>(_method: string, _path: string, body?: unknown) => {
      sent.push(body as { id: string; type: string });
      return Promise.resolve((answers.shift() ?? done) as Answer<T>);
    },
  };
  const commands = createCommands({ api, wait: async (ms) => void waited.push(ms), onProblem: ({ code }) => told.push(code) });
  return { commands, sent, waited, told };
}

describe('sending a command', () => {
  test('after a lost line the same command goes again under the same id', async () => {
    const { commands, sent } = hub(problem(0, 'unreachable'), problem(503, 'hub.busy'), done);
    expect(await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' })).toEqual(done);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  test('it waits as long as the hub asks for', async () => {
    const { commands, waited } = hub(problem(429, 'rate.limited', { retryAfterMs: 3_000 }), done);
    await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' });
    expect(waited).toEqual([3_000]);
  });

  test('a refusal is told at once and never sent again', async () => {
    const { commands, sent, told } = hub(problem(409, 'queue.empty'));
    expect((await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' })).ok).toBe(false);
    expect(sent).toHaveLength(1);
    expect(told).toEqual(['queue.empty']);
  });

  test('a second press while the first is under way calls nobody else', async () => {
    const { commands, sent } = hub();
    const [first, second] = await Promise.all([
      commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' }),
      commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' }),
    ]);
    expect(sent).toHaveLength(1);
    expect(second).toBe(first);
  });

  test('the next press, once the first is answered, is a command of its own', async () => {
    const { commands, sent } = hub();
    await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' });
    await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' });
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  test('a hub that stays away is given up on and told about', async () => {
    const { commands, told } = hub(...Array.from({ length: 20 }, () => problem(0, 'unreachable')));
    expect((await commands.send('hq-01', { type: 'ticket.callNext', counterId: 'c1' })).ok).toBe(false);
    expect(told).toEqual(['unreachable']);
  });

  test('ids are UUIDs also where the page is plain http', () => {
    const made = crypto.randomUUID;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(newCommandId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: made, configurable: true });
    }
  });
});
