/** Threads for long sums: started from their sources or from their build, and behind whoever serves people. */
import { existsSync, readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';

/** `here`: the folder of whoever starts it; both names are relative to it. From the sources a small start lets the thread read TypeScript: Node 20 hands no loader on. */
export function threadOf(here: URL, { source, built }: { readonly source: string; readonly built: string }): Worker {
  const file = new URL(source, here);
  if (!existsSync(file)) return new Worker(new URL(built, here));
  const [loader, entry] = [JSON.stringify(import.meta.resolve('tsx/esm/api')), JSON.stringify(file.href)];
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${entry}); });`, { eval: true });
}

/** How far back: beside one who wants the whole core, about a quarter of it remains. */
const STEP_BACK = 5;
const FARTHEST = 19;

/** Said by a thread of itself. Linux counts niceness by thread; where nothing does, all go on as equals. */
export function letOthersFirst(): void {
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, Math.min(FARTHEST, getPriority(thread) + STEP_BACK));
  } catch {
    // No such file, or not allowed: only the order of turns is lost.
  }
}
