/** Light, dark, or as the system says; remembered. The colours are CSS variables in tokens.css. */
import { useSyncExternalStore } from 'react';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'counterflow.theme';
const listeners = new Set<() => void>();
let chosen: Theme = 'auto';
let dark: MediaQueryList | undefined;

function apply(): void {
  document.documentElement.dataset['theme'] = chosen === 'auto' ? (dark?.matches ? 'dark' : 'light') : chosen;
}

/** Call once, before the first paint. `fallback` = what a page starts with when nobody has chosen. */
export function startTheme(fallback: Theme = 'auto'): void {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    kept = null;
  }
  chosen = themes.find((theme) => theme === kept) ?? fallback;
  dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', apply);
  apply();
}

export function setTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}
