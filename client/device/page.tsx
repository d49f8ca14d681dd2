import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languages, setLanguage } from '../i18n/language.ts';
import { setTheme, startTheme, type Theme, themes } from '../theme/theme.ts';

/** Starts a small page. A screen on a wall has no keyboard: `?lang=en&theme=dark` in its address sets it up. */
export function startPage(page: React.ReactNode, fallback: Theme = 'auto'): void {
  const wanted = new URLSearchParams(window.location.search);
  startTheme(fallback);
  const theme = themes.find((one) => one === wanted.get('theme'));
  if (theme !== undefined) setTheme(theme);
  const language = languages.find((one) => one === wanted.get('lang'));
  if (language !== undefined) setLanguage(language);
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
