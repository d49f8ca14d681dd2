import { useEffect } from 'react';
import { caseSheetOpen } from '../../staff/cases/open-sheet.ts';
import type { OpenSheet } from './floor-context.ts';
import { meaning, windowsTyped } from './shortcuts.ts';

const NEXT_DIGIT_MS = 600;

const focusFirst = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

/** Listens while no sheet is open. Digits open a window by its number. */
export function useShortcuts(
  active: boolean,
  counters: () => readonly { readonly id: string; readonly number: number }[],
  open: (sheet: OpenSheet) => void,
  openCase: (kind: 'log' | 'emergency') => void,
): void {
  useEffect(() => {
    if (!active) return undefined;
    let typed = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const openTyped = (): void => {
      const { exact } = windowsTyped(typed, counters());
      typed = '';
      if (exact !== undefined) open({ kind: 'counter', counterId: exact.id });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || caseSheetOpen() || document.querySelector('dialog[open]') !== null) return;
      const meant = meaning(event);
      if (meant === undefined) return;
      event.preventDefault();
      if (meant.kind === 'digit') {
        typed += meant.digit;
        clearTimeout(timer);
        if (windowsTyped(typed, counters()).more) timer = setTimeout(openTyped, NEXT_DIGIT_MS);
        else openTyped();
        return;
      }
      switch (meant.what) {
        case 'advice':
          return focusFirst('.advice-do button');
        case 'attention':
          return focusFirst('.attention button');
        case 'queue':
          return focusFirst('.queue .row');
        case 'case':
          return openCase('log');
        case 'emergency':
          return openCase('emergency');
        case 'help':
          return open({ kind: 'shortcuts' });
        default:
          return open({ kind: meant.what });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, [active, counters, open, openCase]);
}
