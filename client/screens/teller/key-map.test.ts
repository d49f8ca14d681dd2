import { describe, expect, it } from 'vitest';
import { type KeyPress, type KeyScene, keyMap, readKey, tellerActions } from './key-map.ts';

const press = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});
const counter: KeyScene = { typing: false, dialogOpen: false, onButton: false };

describe("the teller's keys", () => {
  it('give every action a key of its own', () => {
    const codes = tellerActions.flatMap((action) => keyMap[action].codes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('use no letter, and nothing the browser needs (reload, full screen, tools)', () => {
    const codes = tellerActions.flatMap((action) => keyMap[action].codes);
    expect(codes.filter((code) => /^Key|^F5$|^F11$|^F12$|^Tab$|^Escape$/.test(code))).toEqual([]);
  });

  it('know Enter and the numpad Enter as the natural next step', () => {
    expect(readKey(press('Enter'), counter)).toEqual({ do: 'act', action: 'next' });
    expect(readKey(press('NumpadEnter'), counter)).toEqual({ do: 'act', action: 'next' });
  });

  it('never act on a held key', () => {
    for (const action of tellerActions) {
      for (const code of keyMap[action].codes) expect(readKey(press(code, { repeat: true }), counter)).toEqual({ do: 'swallow' });
    }
  });

  it('swallow a held Enter even on a focused button, which would press it again and again', () => {
    expect(readKey(press('Enter', { repeat: true }), { ...counter, onButton: true })).toEqual({ do: 'swallow' });
    expect(readKey(press('Enter'), { ...counter, onButton: true })).toEqual({ do: 'pass' });
  });

  it('leave typing, dialogs and shortcuts of the browser alone', () => {
    expect(readKey(press('Digit1'), { ...counter, typing: true })).toEqual({ do: 'pass' });
    expect(readKey(press('F9'), { ...counter, dialogOpen: true })).toEqual({ do: 'pass' });
    expect(readKey(press('Enter'), { ...counter, dialogOpen: true })).toEqual({ do: 'pass' });
    expect(readKey(press('Digit1', { ctrlKey: true }), counter)).toEqual({ do: 'pass' });
    expect(readKey(press('KeyA'), counter)).toEqual({ do: 'pass' });
  });

  it('ignore keys that an input method is composing with', () => {
    expect(readKey(press('Digit1', { isComposing: true }), counter)).toEqual({ do: 'pass' });
  });
});
