import { describe, expect, test } from 'vitest';
import { begin, type Fold, type Held, nothing, receive } from './fold.ts';

interface Said {
  readonly seq: number;
  readonly type: string;
}

/** A floor that remembers what it was told, so that a repeat or a hole would show. */
const fold: Fold<readonly number[], Said> = {
  thaw: (frozen) => frozen as number[],
  evolve: (floor, event) => {
    if (event.type === 'broken') throw new Error('this page is older than the event');
    return [...floor, event.seq];
  },
};
const told = (...seqs: number[]): Said[] => seqs.map((seq) => ({ seq, type: 'said' }));
const at = (seq: number, floor: readonly number[] = []): Held<readonly number[]> => ({ floor, seq });

describe('what a page makes of what it hears', () => {
  test('events in sequence are folded in one after the other', () => {
    expect(receive(at(5), told(6, 7, 8), fold)).toEqual({ held: { floor: [6, 7, 8], seq: 8 } });
  });

  test('an event heard twice changes nothing the second time', () => {
    const once = receive(at(5), told(6, 7), fold).held;
    expect(receive(once, told(6, 7, 8), fold)).toEqual({ held: { floor: [6, 7, 8], seq: 8 } });
  });

  test('a batch of repeats leaves the very same floor, so that nothing redraws', () => {
    const held = at(5, [1]);
    expect(receive(held, told(4, 5), fold).held).toBe(held);
  });

  test('at a gap the page keeps what it has and asks for what came after', () => {
    expect(receive(at(5), told(6, 8, 9), fold)).toEqual({ held: { floor: [6], seq: 6 }, again: 'after' });
  });

  test('what this viewer may not see only moves the number on', () => {
    const heard = receive(at(5, [1]), [{ seq: 6, type: 'skip' }, ...told(7)], fold);
    expect(heard).toEqual({ held: { floor: [1, 7], seq: 7 } });
  });

  test('an event the page cannot fold makes it ask for a new picture', () => {
    expect(receive(at(5), [...told(6), { seq: 7, type: 'broken' }], fold)).toEqual({ held: { floor: [6], seq: 6 }, again: 'fresh' });
  });

  test('events before the first picture are left: the picture holds them', () => {
    expect(receive(nothing as Held<readonly number[]>, told(1, 2), fold)).toEqual({ held: nothing });
  });
});

describe('the answer to watch', () => {
  test('a picture replaces what the page held, also when the hub went back', () => {
    expect(begin(at(90, [1]), { seq: 12, floor: [3] }, fold)).toEqual({ held: { floor: [3], seq: 12 } });
  });

  test('without a picture the page goes on from where it was: the missed events follow', () => {
    expect(begin(at(5, [1]), { seq: 9 }, fold)).toEqual({ held: { floor: [1], seq: 5 } });
  });

  test('without a picture, a page that holds nothing asks for one', () => {
    expect(begin(nothing as Held<readonly number[]>, { seq: 9 }, fold).again).toBe('fresh');
  });

  test('a picture the page cannot read leaves the old one and asks again', () => {
    const picky = {
      ...fold,
      thaw: () => {
        throw new Error('another version');
      },
    };
    expect(begin(at(5, [1]), { seq: 9, floor: {} }, picky)).toEqual({ held: { floor: [1], seq: 5 }, again: 'fresh' });
  });
});
