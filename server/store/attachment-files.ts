/**
 * Files of cases, outside the database: each under the hash of what is in it, so that the log's record of it can be
 * checked for ever. A file is whole and on the disk before anything refers to it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type MediaType, mediaTypeOf, TELLING_BYTES } from './media-types.ts';

export const MOST_BYTES = 10 * 1024 * 1024;

export type Unacceptable = 'empty' | 'too_large' | 'wrong_type' | 'full' | 'cut_off';

/** What is nobody's fault here: the sender went away, the disk is full. */
const outside: Readonly<Record<string, Unacceptable>> = { ECONNRESET: 'cut_off', ENOSPC: 'full' };

/** Stands until it is let go: nobody removes what was just sent. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
  /** After the command: the file goes again unless something refers to it. */
  letGo(referred: () => boolean): void;
}

export interface AttachmentFiles {
  /** Reads `content` to its end, whatever it thinks of it. */
  store(content: AsyncIterable<Buffer>, mediaType: MediaType): Promise<StoredFile | Unacceptable>;
  /** Undefined when it was erased. */
  read(sha256: string): Promise<{ readonly stream: Readable; readonly bytes: number } | undefined>;
  /** Removes every file of which `kept` does not say that something refers to it. Returns how many went. */
  sweep(kept: (sha256: string) => boolean): number;
}

const HASH = /^[0-9a-f]{64}$/;

/** @param mostBytes of all files together. */
export function openAttachments(dataDir: string, mostBytes: number): AttachmentFiles {
  const folder = join(dataDir, 'attachments');
  const underWay = join(folder, 'new');
  // What was under way when the hub ended is nobody's.
  rmSync(underWay, { recursive: true, force: true });
  mkdirSync(underWay, { recursive: true, mode: 0o700 });
  let begun = 0;
  /** Uploads holding on to a file, by hash. */
  const held = new Map<string, number>();
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);

  const hashes = (): string[] =>
    readdirSync(folder)
      .filter((name) => name.length === 2)
      .flatMap((name) => readdirSync(join(folder, name)).filter((sha256) => HASH.test(sha256)));
  let total = hashes().reduce((sum, sha256) => sum + statSync(pathOf(sha256)).size, 0);

  function hold(sha256: string): void {
    held.set(sha256, (held.get(sha256) ?? 0) + 1);
  }

  function unhold(sha256: string): boolean {
    const left = (held.get(sha256) ?? 1) - 1;
    if (left > 0) held.set(sha256, left);
    else held.delete(sha256);
    return left <= 0;
  }

  /** Writes while it comes, so that no file is ever whole in memory. */
  async function take(
    handle: FileHandle,
    content: AsyncIterable<Buffer>,
    mediaType: MediaType,
  ): Promise<{ sha256: string; bytes: number } | Unacceptable> {
    const hash = createHash('sha256');
    let head = Buffer.alloc(0);
    let bytes = 0;
    let wrong: Unacceptable | undefined;
    for await (const chunk of content) {
      bytes += chunk.length;
      if (head.length < TELLING_BYTES) head = Buffer.concat([head, chunk.subarray(0, TELLING_BYTES)]);
      if (bytes > MOST_BYTES) wrong ??= 'too_large';
      // Read on all the same: a sender cut off in the middle would not hear the answer.
      if (wrong !== undefined) continue;
      hash.update(chunk);
      await handle.write(chunk);
    }
    if (bytes === 0) return 'empty';
    if (wrong !== undefined) return wrong;
    if (mediaTypeOf(head) !== mediaType) return 'wrong_type';
    if (total + bytes > mostBytes) return 'full';
    await handle.sync();
    return { sha256: hash.digest('hex'), bytes };
  }

  /** Under its name, and the name on the disk too. */
  async function place(from: string, sha256: string, bytes: number): Promise<void> {
    const path = pathOf(sha256);
    const known = await stat(path).catch(() => undefined);
    if (known?.size === bytes) return rm(from, { force: true });
    await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
    await rename(from, path);
    if (known === undefined) total += bytes;
    for (const name of [join(folder, sha256.slice(0, 2)), folder]) {
      const entries = await open(name, 'r');
      await entries.sync();
      await entries.close();
    }
  }

  function remove(sha256: string): void {
    const path = pathOf(sha256);
    const found = statSync(path, { throwIfNoEntry: false });
    rmSync(path, { force: true });
    if (found !== undefined) total -= found.size;
  }

  return {
    store: async (content, mediaType) => {
      const from = join(underWay, String(++begun));
      const handle = await open(from, 'wx', 0o600);
      try {
        const taken = await take(handle, content, mediaType).finally(() => handle.close());
        if (typeof taken === 'string') return taken;
        const { sha256, bytes } = taken;
        hold(sha256);
        try {
          await place(from, sha256, bytes);
        } catch (error) {
          unhold(sha256);
          throw error;
        }
        return {
          sha256,
          bytes,
          letGo: (referred) => {
            if (unhold(sha256) && !referred()) remove(sha256);
          },
        };
      } catch (error) {
        const known = error instanceof Error && 'code' in error ? outside[String(error.code)] : undefined;
        if (known === undefined) throw error;
        return known;
      } finally {
        await rm(from, { force: true });
      }
    },
    read: async (sha256) => {
      if (!HASH.test(sha256)) return undefined;
      // Opened before it is promised: a file erased meanwhile is still read to its end.
      const handle = await open(pathOf(sha256), 'r').catch(() => undefined);
      return handle && { stream: handle.createReadStream(), bytes: (await handle.stat()).size };
    },
    sweep: (kept) => {
      const gone = hashes().filter((sha256) => !held.has(sha256) && !kept(sha256));
      for (const sha256 of gone) remove(sha256);
      return gone.length;
    },
  };
}
