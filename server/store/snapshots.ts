/** Snapshots: files, because they are only a cache and must neither swell the database nor hold up its commits. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot, SnapshotStore } from './store.types.ts';

const isSnapshot = (value: unknown): value is Snapshot =>
  typeof value === 'object' &&
  value !== null &&
  'branch' in value &&
  'version' in value &&
  'seq' in value &&
  'hash' in value &&
  'state' in value;

export function createSnapshotStore(dataDir: string): SnapshotStore {
  const folder = join(dataDir, 'snapshots');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (branch: string): string => join(folder, `${encodeURIComponent(branch)}.json`);
  return {
    load: (branch) => {
      try {
        const value: unknown = JSON.parse(readFileSync(pathOf(branch), 'utf8'));
        return isSnapshot(value) && value.branch === branch ? value : undefined;
      } catch {
        // Absent, torn or unreadable are the same thing: the log has it all.
        return undefined;
      }
    },
    save: async (snapshot) => {
      const path = pathOf(snapshot.branch);
      const text = JSON.stringify(snapshot);
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
      return text.length;
    },
    remove: (branch) => rmSync(pathOf(branch), { force: true }),
  };
}
