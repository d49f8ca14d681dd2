import { describe, expect, it } from 'vitest';
import { freshCalls } from './fresh-calls.ts';

const call = (ticketId: string, at: number) => ({ ticketId, number: ticketId, counterId: 'c1', counterNumber: 1, at });

describe('what the display flashes and chimes for', () => {
  it('is nothing when it is switched on in the middle of the day', () => {
    expect(freshCalls(undefined, [call('a', 1)], 0)).toEqual([]);
  });

  it('is every new call, and a recall of the same number', () => {
    const before = [call('a', 10)];
    expect(freshCalls(before, [call('b', 20), call('a', 10)], 0)).toEqual([call('b', 20)]);
    expect(freshCalls(before, [call('a', 30)], 0)).toEqual([call('a', 30)]);
  });

  it('is not what was called long ago while the line was down', () => {
    expect(freshCalls([call('a', 10)], [call('c', 90), call('b', 20), call('a', 10)], 60)).toEqual([call('c', 90)]);
  });

  it('is not a call that moved up because a newer one was taken back', () => {
    expect(freshCalls([call('b', 20), call('a', 10)], [call('a', 10)], 0)).toEqual([]);
  });
});
