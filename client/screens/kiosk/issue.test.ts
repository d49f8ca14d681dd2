import { describe, expect, it } from 'vitest';
import type { Answer, Api } from '../../live/api.ts';
import { createNumberTaker } from './issue.ts';

const issued = { number: 'A001', ahead: 0, waitMs: { low: 0, expected: 0, high: 0 }, follow: '/t/x' };
const lost: Answer<never> = { ok: false, problem: { status: 0, code: 'unreachable', detail: '' } };
const done: Answer<unknown> = { ok: true, value: { seq: 1, events: [], result: issued } };
const refused: Answer<never> = { ok: false, problem: { status: 409, code: 'numbers.closed', detail: '' } };

/** A hub that answers as told, and remembers under which ids it was asked. */
function hub(answers: Answer<unknown>[]): { api: Api; ids: string[] } {
  const ids: string[] = [];
  const send = async (_method: string, _path: string, body?: unknown) => {
    ids.push((body as { id: string }).id);
    return answers.shift() ?? lost;
  };
  return { api: { get: async () => lost, send: send as Api['send'] }, ids };
}

const counting = () => {
  let n = 0;
  return () => `id-${(n += 1)}`;
};
const noWait = async (): Promise<void> => undefined;

describe('a number at the kiosk', () => {
  it('is asked for under one id over lost lines and a later "try again"', async () => {
    const { api, ids } = hub([lost, lost, lost, lost, lost, lost, lost, done]);
    const taker = createNumberTaker(api, 'b', counting(), noWait);
    expect(await taker.take('deposit', undefined)).toMatchObject({ ok: false, uncertain: true });
    expect(await taker.take('deposit', undefined)).toEqual({ ok: true, issued });
    expect(ids.length).toBe(8);
    expect(new Set(ids).size).toBe(1);
  });

  it('is another one for the next visitor, and for another wish', async () => {
    const { api, ids } = hub([done, done, done]);
    const taker = createNumberTaker(api, 'b', counting(), noWait);
    await taker.take('deposit', undefined);
    await taker.take('deposit', undefined);
    await taker.take('deposit', 'elderly');
    expect(new Set(ids).size).toBe(3);
  });

  it('leaves nothing uncertain behind when the hub refuses, or the visitor has gone', async () => {
    const { api, ids } = hub([refused, lost, lost, lost, lost, lost, lost, lost, done]);
    const taker = createNumberTaker(api, 'b', counting(), noWait);
    expect(await taker.take('deposit', undefined)).toMatchObject({ ok: false, uncertain: false });
    await taker.take('deposit', undefined);
    taker.forget();
    await taker.take('deposit', undefined);
    expect(new Set([ids[0], ids[1], ids.at(-1)]).size).toBe(3);
  });
});
