import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { explain } from '../i18n/errors.ts';
import { type Language, useLanguage } from '../i18n/language.ts';
import type { Problem } from '../live/api.ts';

interface Shown {
  readonly id: number;
  readonly tone: 'problem' | 'done';
  /** Told anew when the language changes. */
  readonly text: (language: Language) => string;
}

const SHOWN_MS = 7_000;
const MOST = 3;
let nextId = 0;
const shown = createStore<{ readonly list: readonly Shown[] }>(() => ({ list: [] }));

function dismiss(id: number): void {
  shown.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) }));
}

export function toast(tone: Shown['tone'], text: Shown['text']): void {
  const id = (nextId += 1);
  shown.setState(({ list }) => ({ list: [...list, { id, tone, text }].slice(-MOST) }));
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** A refusal, in the person's language, saying what to do next. */
export const toastProblem = (problem: Problem): void => toast('problem', (language) => explain(problem, language));

/** Place once a page. Shown above an open dialog too: the popover lives in the top layer. */
export function Toasts() {
  const language = useLanguage();
  const list = useStore(shown, (state) => state.list);
  return (
    <div
      className="toasts"
      role="status"
      aria-live="polite"
      popover="manual"
      ref={(node) => {
        if (node === null || typeof node.showPopover !== 'function') return;
        if (node.matches(':popover-open')) node.hidePopover();
        if (list.length > 0) node.showPopover();
      }}
    >
      {list.map((one) => (
        <button key={one.id} type="button" className={`toast t-${one.tone}`} onClick={() => dismiss(one.id)}>
          {one.text(language)}
        </button>
      ))}
    </div>
  );
}
