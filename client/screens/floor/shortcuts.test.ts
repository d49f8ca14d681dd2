import { expect, test } from 'vitest';
import { meaning, windowsTyped } from './shortcuts.ts';

const key = (code: string, more = {}) => ({ code, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('a letter means the same whatever input method is on: the key’s place counts', () => {
  expect(meaning(key('KeyN'))).toEqual({ kind: 'shortcut', what: 'issue' });
  expect(meaning(key('Slash'))).toEqual({ kind: 'shortcut', what: 'help' });
});

test('the browser keeps its own combinations', () => {
  expect(meaning(key('KeyF', { ctrlKey: true }))).toBeUndefined();
});

test('digits count on both sides of the keyboard', () => {
  expect(meaning(key('Numpad7'))).toEqual({ kind: 'digit', digit: '7' });
  expect(meaning(key('Digit7'))).toEqual({ kind: 'digit', digit: '7' });
});

test('1 waits for a second digit while there are windows 10 to 12, 2 does not', () => {
  const counters = Array.from({ length: 12 }, (_, index) => ({ number: index + 1 }));
  expect(windowsTyped('1', counters)).toEqual({ exact: { number: 1 }, more: true });
  expect(windowsTyped('12', counters)).toEqual({ exact: { number: 12 }, more: false });
  expect(windowsTyped('2', counters)).toEqual({ exact: { number: 2 }, more: false });
});
