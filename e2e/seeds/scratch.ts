import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const wantedBytes = 256 * 1024 * 1024;

/** Where the days' disks lie: in memory where there is room, because what a killed process leaves behind needs no real sync. */
export function scratch(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > wantedBytes ? memory : tmpdir();
}
