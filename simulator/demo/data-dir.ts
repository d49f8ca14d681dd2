/** The demo's own folder, marked as such: nothing else is ever emptied or filled with a demo bank. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = '.counterflow-demo';

/** Throws with one clear line when the folder holds something that is not a demo's. */
export function prepareDataDir(dir: string, fresh: boolean): void {
  const holds = existsSync(dir) ? readdirSync(dir) : [];
  const ours = holds.includes(MARK);
  if (holds.length > 0 && !ours) throw new Error(`${dir} holds something that is no demo's data; choose another folder with --data`);
  if (fresh) for (const name of holds) rmSync(join(dir, name), { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, MARK), 'The data of a Counterflow demo: `npm run demo -- --fresh` empties this folder.\n');
}
