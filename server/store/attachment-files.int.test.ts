import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AttachmentFiles, openAttachments, type StoredFile } from './attachment-files.ts';

const KIB = 1_024;
let dataDir: string;
let files: AttachmentFiles;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'counterflow-files-'));
  files = openAttachments(dataDir, 10 * KIB);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const photo = (fill: number, bytes = KIB): Buffer => Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(bytes - 3, fill)]);
const put = (content: Buffer) =>
  files.store(
    (async function* chunks() {
      for (let at = 0; at < content.length; at += 500) yield content.subarray(at, at + 500);
    })(),
    'image/jpeg',
  );
async function kept(content: Buffer): Promise<StoredFile> {
  const file = await put(content);
  if (typeof file === 'string') throw new Error(file);
  return file;
}

async function sizeOf(sha256: string): Promise<number | undefined> {
  const found = await files.read(sha256);
  found?.stream.destroy();
  return found?.bytes;
}

it('the same file sent to two cases at once stays while either needs it', async () => {
  const [first, second] = await Promise.all([kept(photo(1)), kept(photo(1))]);
  first.letGo(() => false);
  expect(await sizeOf(first.sha256)).toBe(KIB);
  second.letGo(() => false);
  expect(await sizeOf(first.sha256)).toBeUndefined();
});

it('there is room for so much and no more, also after a start; what is removed makes room', async () => {
  const all: StoredFile[] = [];
  for (let fill = 0; fill < 10; fill += 1) all.push(await kept(photo(fill)));
  for (const file of all) file.letGo(() => true);
  expect(await put(photo(99))).toBe('full');
  files = openAttachments(dataDir, 10 * KIB);
  expect(await put(photo(99))).toBe('full');
  expect(files.sweep((sha256) => sha256 !== all[0]?.sha256)).toBe(1);
  expect(await put(photo(99))).toMatchObject({ bytes: KIB });
});

it('sweeping leaves alone what is under way, and a start removes what never came to its end', async () => {
  const file = await kept(photo(1));
  expect(files.sweep(() => false)).toBe(0);
  file.letGo(() => true);
  expect(files.sweep(() => false)).toBe(1);
  writeFileSync(join(dataDir, 'attachments', 'new', '7'), 'half of a photo');
  openAttachments(dataDir, KIB);
  expect(readdirSync(join(dataDir, 'attachments', 'new'))).toEqual([]);
});

it('only what is a hash names a file', async () => {
  for (const name of ['', '..', '../../hub.lock', 'new/7', 'F'.repeat(64)]) expect(await files.read(name)).toBeUndefined();
});
