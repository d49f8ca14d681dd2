import { useEffect, useRef } from 'react';
import { caseSheetOpen } from '../../staff/cases/open-sheet.ts';
import { readKey, type TellerAction } from './key-map.ts';

const TYPED_IN = 'input, select, textarea, [contenteditable]';

const over = (node: Element | null, selector: string): boolean => node?.closest(selector) !== null && node !== null;

/** Listens on the whole page; what a key means is `readKey`'s. */
export function useTellerKeys(onAction: (action: TellerAction) => void): void {
  const act = useRef(onAction);
  act.current = onAction;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const focus = document.activeElement;
      const read = readKey(event, {
        typing: over(focus, TYPED_IN),
        dialogOpen: caseSheetOpen() || document.querySelector('dialog[open]') !== null,
        onButton: over(focus, 'button, a') && focus?.matches(':focus-visible') === true,
      });
      if (read.do === 'pass') return;
      event.preventDefault();
      if (read.do === 'act') act.current(read.action);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
