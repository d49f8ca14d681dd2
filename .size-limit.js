/** First-load JavaScript per page, gzipped: all of it on the small pages, what is needed until usable on the staff page. */
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('dist/client/.vite/manifest.json', import.meta.url), 'utf8'));

/** The built files a page loads: its entry and what that imports, with lazily imported parts where `lazyToo`. */
function scriptsOf(page, lazyToo) {
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not in the build`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of [...(chunk.imports ?? []), ...((lazyToo && chunk.dynamicImports) || [])]) visit(next);
  };
  visit(page);
  return [...seen].map((key) => `dist/client/${manifest[key].file}`).filter((file) => file.endsWith('.js'));
}

export default [
  { name: 'kiosk, all', path: scriptsOf('kiosk.html', true), limit: '100 kB', gzip: true },
  { name: 'display, all', path: scriptsOf('display.html', true), limit: '100 kB', gzip: true },
  { name: 'terminal, all', path: scriptsOf('terminal.html', true), limit: '100 kB', gzip: true },
  { name: 'phone, all', path: scriptsOf('t.html', true), limit: '100 kB', gzip: true },
  { name: 'staff, until usable', path: scriptsOf('index.html', false), limit: '200 kB', gzip: true },
];
