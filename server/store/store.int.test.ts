import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './store.ts';
import type { CommitBatch, LogAppend, Store } from './store.types.ts';

let dataDir: string;
let store: Store;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'counterflow-'));
  store = openStore({ dataDir, at: 1 });
});
afterEach(() => {
  store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const event = (seq: number, more: Record<string, unknown> = {}) => ({
  event: { branchId: 'b1', seq, at: 1_000 + seq, actor: 'teller1', type: 'test.happened', ...more },
  version: 1,
});
const batch = (part: Partial<CommitBatch>): CommitBatch => ({ appends: [], commands: [], personal: [], writes: [], realAt: 1, ...part });
const append = (...events: LogAppend['events'][number][]): LogAppend => ({ branch: 'b1', expected: store.events.head('b1'), events });

describe('the log', () => {
  it('is read back as written, from any place', () => {
    store.commit(batch({ appends: [append(event(1, { n: 1 }), event(2, { text: '顺呼 "A001"' }), event(3))] }));
    expect(store.events.readAfter('b1', 1, 1)).toEqual([
      { branch: 'b1', seq: 2, at: 1_002, actor: 'teller1', type: 'test.happened', version: 1, payload: '{"text":"顺呼 \\"A001\\""}' },
    ]);
    expect(store.events.readAfter('b1', 3, 10)).toEqual([]);
    expect(store.events.branches()).toEqual(['b1']);
  });

  it('takes an append only at the head it was decided on', () => {
    const stale = store.events.head('b1');
    store.commit(batch({ appends: [append(event(1))] }));
    expect(() => store.commit(batch({ appends: [{ branch: 'b1', expected: stale, events: [event(1)] }] }))).toThrow('is at 1, not at 0');
    expect(() => store.commit(batch({ appends: [append(event(3))] }))).toThrow('offered as b1/2');
    expect(store.events.head('b1').seq).toBe(1);
  });

  it('is append only, also for whoever opens the database', () => {
    store.commit(batch({ appends: [append(event(1))] }));
    expect(() => store.db.exec("UPDATE events SET actor = 'nobody'")).toThrow('append only');
    expect(() => store.db.exec('DELETE FROM events')).toThrow('append only');
  });

  it.each(['payload = \'{"n":9}\'', "actor = 'teller2'", 'at = 5', "type = 'test.forged'"])(
    'shows where it was tampered with (%s)',
    (change) => {
      store.commit(batch({ appends: [append(event(1, { n: 1 }), event(2, { n: 2 }), event(3, { n: 3 }))] }));
      expect(store.events.verify('b1')).toEqual({ ok: true, seq: 3 });
      store.db.exec(`DROP TRIGGER events_never_change; UPDATE events SET ${change} WHERE seq = 2`);
      expect(store.events.verify('b1')).toEqual({ ok: false, seq: 2 });
    },
  );

  it('shows where a row was taken out', () => {
    store.commit(batch({ appends: [append(event(1), event(2), event(3))] }));
    store.db.exec('DROP TRIGGER events_never_go; DELETE FROM events WHERE seq = 2');
    expect(store.events.verify('b1')).toEqual({ ok: false, seq: 3 });
  });

  it('keeps nothing of a commit any part of which fails', () => {
    const entry = { ref: 'r1', kind: 'text', value: { text: 'x' } } as const;
    const fail = (): void => {
      throw new Error('no');
    };
    expect(() =>
      store.commit(batch({ appends: [append(event(1))], personal: [{ branch: 'b1', at: 1, entry }], writes: [fail], realAt: 99 })),
    ).toThrow('no');
    expect(store.events.head('b1').seq).toBe(0);
    expect(store.personal.get('b1', 'r1')).toBeUndefined();
    expect(store.meta.get('clock.high')).toBeUndefined();
  });
});

describe('the database', () => {
  it('syncs every commit, checks foreign keys and overwrites what is deleted', () => {
    const read = (pragma: string): unknown => store.db.pragma(pragma, { simple: true });
    expect([read('journal_mode'), read('synchronous'), read('foreign_keys'), read('secure_delete')]).toEqual(['wal', 2, 1, 1]);
  });

  it('an erased contact is gone from the disk', () => {
    const contact = { ref: 'r1', kind: 'contact', value: { phone: '13800138000-needle' } } as const;
    store.commit(batch({ personal: [{ branch: 'b1', at: 1, entry: contact }] }));
    const onDisk = (): boolean =>
      readdirSync(dataDir, { withFileTypes: true }).some(
        (file) => file.isFile() && readFileSync(join(dataDir, file.name)).includes('13800138000-needle'),
      );
    expect(onDisk()).toBe(true);
    expect(store.personal.erase('b1', ['r1', 'r2'])).toBe(1);
    expect(store.personal.get('b1', 'r1')).toBeUndefined();
    expect(onDisk()).toBe(false);
  });

  it('contacts and texts are purged by their age, each kind by itself', () => {
    const put = (ref: string, kind: 'text' | 'contact', at: number) => ({ branch: 'b1', at, entry: { ref, kind, value: { text: ref } } });
    store.commit(batch({ personal: [put('old', 'text', 1), put('new', 'text', 10), put('contact', 'contact', 1)] }));
    expect(store.personal.purgeBefore('text', { at: 10, closed: 10 }).next()).toEqual({ done: true, value: 1 });
    expect(['old', 'new', 'contact'].map((ref) => store.personal.get('b1', ref) !== undefined)).toEqual([false, true, true]);
  });

  it('belongs to one hub at a time, in this process or another', () => {
    expect(() => openStore({ dataDir, at: 1 })).toThrow(/^another hub is running on .*: stop it first, or use another DATA_DIR$/);
    const code = `import(${JSON.stringify(fileURLToPath(new URL('./store.ts', import.meta.url)))}).then(({ openStore }) => openStore({ dataDir: ${JSON.stringify(dataDir)}, at: 1 })).catch((error) => console.log(error.message))`;
    const other = spawnSync(process.execPath, ['--import', 'tsx', '-e', code], { encoding: 'utf8' });
    expect(other.stdout).toMatch(/^another hub is running on /);
    store.close();
    store = openStore({ dataDir, at: 1 });
  });
});
