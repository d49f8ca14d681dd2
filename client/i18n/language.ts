/** The language of the page: remembered, changed without reload. Texts come from catalogues, two languages each. */
import { useSyncExternalStore } from 'react';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const KEY = 'counterflow.language';
const tags: Record<Language, string> = { zh: 'zh-CN', en: 'en' };
const listeners = new Set<() => void>();

// A kiosk in a locked-down browser may refuse storage; the page then simply starts in its own language.
function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'zh' || kept === 'en') return kept;
  } catch {
    return fromBrowser();
  }
  return fromBrowser();
}

const fromBrowser = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

let current: Language = typeof window === 'undefined' ? 'en' : remembered();
if (typeof document !== 'undefined') document.documentElement.lang = tags[current];

export const language = (): Language => current;
/** The tag for Intl and the `lang` attribute. */
export const languageTag = (of: Language = current): string => tags[of];

/** `keep: false` for one visitor's choice (a kiosk), which the next one should not inherit. */
export function setLanguage(next: Language, { keep = true } = {}): void {
  current = next;
  document.documentElement.lang = tags[next];
  if (keep) {
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, language);
}
