/** The teller's keys, by `event.code`: Chinese input methods swallow letters, so only function, numpad and editing keys. */

export const tellerActions = [
  'next',
  'startWith',
  'recall',
  'noShow',
  'park',
  'transfer',
  'bringBack',
  'addItem',
  'pause',
  'pauseAfter',
  'walkUp',
  'complaint',
  'emergency',
  'close',
  'fetch',
  'segment',
  'figures',
  'extendCoins',
  'extendCounterfeit',
  'extendAntiFraud',
  'extendIdentity',
  'extendGreenChannel',
  'extendExplained',
  'helpAuthorisation',
  'helpChange',
  'helpCash',
  'helpGuard',
  'helpEscort',
  'keys',
] as const;

export type TellerAction = (typeof tellerActions)[number];

interface Key {
  readonly codes: readonly string[];
  /** What stands on the button. */
  readonly cap: string;
}

export const keyMap: Readonly<Record<TellerAction, Key>> = {
  next: { codes: ['Enter', 'NumpadEnter'], cap: 'Enter' },
  startWith: { codes: ['F1'], cap: 'F1' },
  recall: { codes: ['F2', 'NumpadAdd'], cap: 'F2' },
  noShow: { codes: ['F3', 'NumpadSubtract'], cap: 'F3' },
  park: { codes: ['F4'], cap: 'F4' },
  transfer: { codes: ['F6'], cap: 'F6' },
  bringBack: { codes: ['F7'], cap: 'F7' },
  addItem: { codes: ['F8', 'NumpadMultiply'], cap: 'F8' },
  pause: { codes: ['F9'], cap: 'F9' },
  pauseAfter: { codes: ['F10'], cap: 'F10' },
  walkUp: { codes: ['Insert', 'NumpadDivide'], cap: 'Ins' },
  complaint: { codes: ['End'], cap: 'End' },
  emergency: { codes: ['Pause'], cap: 'Break' },
  close: { codes: ['Delete'], cap: 'Del' },
  fetch: { codes: ['PageUp'], cap: 'PgUp' },
  segment: { codes: ['PageDown'], cap: 'PgDn' },
  figures: { codes: ['Home'], cap: 'Home' },
  extendCoins: { codes: ['Numpad1', 'Digit1'], cap: '1' },
  extendCounterfeit: { codes: ['Numpad2', 'Digit2'], cap: '2' },
  extendAntiFraud: { codes: ['Numpad3', 'Digit3'], cap: '3' },
  extendIdentity: { codes: ['Numpad4', 'Digit4'], cap: '4' },
  extendGreenChannel: { codes: ['Numpad5', 'Digit5'], cap: '5' },
  extendExplained: { codes: ['Numpad6', 'Digit6'], cap: '6' },
  helpAuthorisation: { codes: ['Numpad7', 'Digit7'], cap: '7' },
  helpChange: { codes: ['Numpad8', 'Digit8'], cap: '8' },
  helpCash: { codes: ['Numpad9', 'Digit9'], cap: '9' },
  helpGuard: { codes: ['Numpad0', 'Digit0'], cap: '0' },
  helpEscort: { codes: ['NumpadDecimal', 'Period'], cap: '.' },
  keys: { codes: ['Slash'], cap: '?' },
};

const byCode = new Map(tellerActions.flatMap((action) => keyMap[action].codes.map((code) => [code, action] as const)));

/** What the handler needs of a KeyboardEvent and of the page. */
export interface KeyPress {
  readonly code: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

export interface KeyScene {
  /** The focus is in something one types or chooses in. */
  readonly typing: boolean;
  readonly dialogOpen: boolean;
  /** A button reached with Tab: Enter is its own. */
  readonly onButton: boolean;
}

/**
 * `act` = do it; `swallow` = ours, but not now (auto-repeat must not press a focused button again either);
 * `pass` = the browser's business.
 */
export function readKey(
  press: KeyPress,
  scene: KeyScene,
): { readonly do: 'act'; readonly action: TellerAction } | { readonly do: 'swallow' | 'pass' } {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing || scene.typing) return { do: 'pass' };
  const action = byCode.get(press.code);
  if (!action) return { do: 'pass' };
  if (press.repeat) return { do: 'swallow' };
  if (scene.dialogOpen) return { do: 'pass' };
  if (action === 'next' && scene.onButton) return { do: 'pass' };
  return { do: 'act', action };
}
