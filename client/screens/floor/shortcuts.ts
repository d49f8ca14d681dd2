/** Keys of the board, by `event.code`: a Chinese input method swallows letters, not codes. */
export type Shortcut =
  | 'issue'
  | 'case'
  | 'emergency'
  | 'search'
  | 'advice'
  | 'whatIf'
  | 'attention'
  | 'queue'
  | 'day'
  | 'outage'
  | 'ledger'
  | 'help';

export const shortcuts: readonly { readonly what: Shortcut; readonly code: string; readonly shown: string }[] = [
  { what: 'issue', code: 'KeyN', shown: 'N' },
  { what: 'case', code: 'KeyC', shown: 'C' },
  { what: 'emergency', code: 'KeyE', shown: 'E' },
  { what: 'search', code: 'KeyF', shown: 'F' },
  { what: 'advice', code: 'KeyV', shown: 'V' },
  { what: 'whatIf', code: 'KeyW', shown: 'W' },
  { what: 'attention', code: 'KeyA', shown: 'A' },
  { what: 'queue', code: 'KeyQ', shown: 'Q' },
  { what: 'day', code: 'KeyD', shown: 'D' },
  { what: 'outage', code: 'KeyO', shown: 'O' },
  { what: 'ledger', code: 'KeyL', shown: 'L' },
  { what: 'help', code: 'Slash', shown: '?' },
];

export interface Pressed {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export type Meant = { readonly kind: 'shortcut'; readonly what: Shortcut } | { readonly kind: 'digit'; readonly digit: string };

/** What a key means on the board; undefined = nothing of ours. */
export function meaning(pressed: Pressed): Meant | undefined {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return undefined;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1];
  if (digit !== undefined) return { kind: 'digit', digit };
  const known = shortcuts.find((one) => one.code === pressed.code);
  return known === undefined ? undefined : { kind: 'shortcut', what: known.what };
}

/** Windows whose number begins with what was typed: one = open it now, several = wait for another digit. */
export function windowsTyped<T extends { readonly number: number }>(
  typed: string,
  counters: readonly T[],
): { exact: T | undefined; more: boolean } {
  return {
    exact: counters.find((one) => String(one.number) === typed),
    more: counters.some((one) => String(one.number).startsWith(typed) && String(one.number) !== typed),
  };
}
