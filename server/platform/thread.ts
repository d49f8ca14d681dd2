/** Starts a thread from its sources or from its build. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** `here`: the folder of whoever starts it; both names are relative to it. From the sources a small start lets the thread read TypeScript: Node 20 hands no loader on. */
export function threadOf(here: URL, { source, built }: { readonly source: string; readonly built: string }): Worker {
  const file = new URL(source, here);
  if (!existsSync(file)) return new Worker(new URL(built, here));
  const [loader, entry] = [JSON.stringify(import.meta.resolve('tsx/esm/api')), JSON.stringify(file.href)];
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${entry}); });`, { eval: true });
}
