/** The server's own secret: kept beside the database, not in it, so that a copy of the database alone opens nothing. */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ids } from './ids.ts';

/** Keys for different purposes, none of which tells another. */
export interface Secret {
  key(purpose: string): Buffer;
}

/** Reads `secret` in the data folder, or makes it (mode 0600). Throws when it is there but damaged. */
export function loadSecret(dataDir: string, ids: Ids): Secret {
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, ids.newToken(32), { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) throw new Error(`${path} is damaged: restore it from a backup`);
  return { key: (purpose) => createHmac('sha256', Buffer.from(text, 'base64url')).update(purpose).digest() };
}
