import { describe, expect, test } from 'vitest';
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import { arrange, clockOf } from './advice.rules.ts';

const one = (id: string, state: Advice['state'] = 'given', more: Partial<Advice> = {}): Advice => ({
  id,
  kind: 'openWindow',
  state,
  givenAt: 0,
  expiresAt: 0,
  doAt: 0,
  expected: { wait90Ms: { before: 0, after: 0 }, withinTarget: { before: 0, after: 0 }, horizonMs: 0 },
  reasons: [],
  confidence: 1,
  ...more,
});
const list = (...all: Advice[]) => Object.fromEntries(all.map((advice) => [advice.id, advice]));
const ids = (all: readonly Advice[]) => all.map(({ id }) => id);

describe('advice on the board', () => {
  test('two cards at most; the rest is a number', () => {
    const board = arrange([], list(one('a'), one('b'), one('c')));
    expect(ids(board.cards)).toEqual(['a', 'b']);
    expect(board.more).toBe(1);
  });

  test('a card keeps its place when the other goes and a new one comes', () => {
    expect(ids(arrange(['a', 'b'], list(one('b'), one('c'))).cards)).toEqual(['c', 'b']);
    expect(ids(arrange(['a', 'b'], list(one('b'))).cards)).toEqual(['b']);
  });

  test('accepting moves nothing; but what waits for a decision is not hidden behind what was decided', () => {
    expect(ids(arrange(['a', 'b'], list(one('a', 'accepted'), one('b'))).cards)).toEqual(['a', 'b']);
    const board = arrange(['a', 'b'], list(one('a', 'accepted'), one('b'), one('c')));
    expect(ids(board.cards)).toEqual(['c', 'b']);
    expect(board.more).toBe(1);
  });

  test('what is late is told in attention, what is done in a line, the latest first', () => {
    const board = arrange(
      [],
      list(one('a', 'notInTime'), one('b', 'carriedOut', { carriedOutAt: 1 }), one('c', 'carriedOut', { carriedOutAt: 2 })),
    );
    expect(board).toMatchObject({ cards: [], more: 0 });
    expect(ids(board.done)).toEqual(['c', 'b']);
  });

  test('the clock runs to the start, then to the time it is due, then counts what is late', () => {
    const accepted = one('a', 'accepted', { doAt: 100, dueAt: 200 });
    expect(clockOf(accepted, 40)).toEqual({ is: 'in', ms: 60 });
    expect(clockOf(accepted, 140)).toEqual({ is: 'left', ms: 60 });
    expect(clockOf(accepted, 260)).toEqual({ is: 'late', ms: 60 });
  });
});
