/** The connector's file and environment: what is wrong is one clear line that shows no secret. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConnectorConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterflow-xfs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(file: unknown, env: Record<string, string> = {}) {
  const path = join(folder, 'xfs.json');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  return readConnectorConfig({ XFS_CONFIG: path, ...env });
}
const line = (result: ReturnType<typeof readConnectorConfig>) => (result.ok ? 'it is right' : result.line);
const good = {
  hub: 'https://hub.bank.example',
  machines: [
    { machineId: 'm1', uri: 'wss://10.0.0.7:5846/xfs4iot/v1.0' },
    { machineId: 'm2', host: 'atm-2.bank.example' },
  ],
};

test('a file and a token make a configuration; the environment comes before the file', () => {
  const result = read(good, { MACHINE_TOKEN: 'secret-1', HUB_URL: 'http://127.0.0.1:3000' });
  expect(result).toMatchObject({
    ok: true,
    config: { hub: 'http://127.0.0.1:3000', token: 'secret-1', statusEveryMs: 5_000, logLevel: 'info' },
  });
});

test('heartbeats can be no slower than the hub needs to know a silent machine within 30 s', () => {
  expect(line(read({ ...good, statusEveryMs: 20_000 }, { MACHINE_TOKEN: 'x' }))).toContain('statusEveryMs is wrong');
});

test.each([
  ['no JSON', '{', 'it is not JSON'],
  ['no machine', { ...good, machines: [] }, 'machines is wrong'],
  ['a machine twice', { ...good, machines: [good.machines[0], good.machines[0]] }, 'each machine once'],
  [
    'a password in an address',
    { ...good, machines: [{ machineId: 'm1', uri: 'wss://me:hidden-1@10.0.0.7/xfs4iot/v1.0' }] },
    'machines.0.uri is wrong',
  ],
  ['a misspelt setting', { ...good, reportEvery: 5 }, 'reportEvery'],
])('%s is one clear line', (_what, file, wanted) => {
  const said = line(read(file, { MACHINE_TOKEN: 'secret-1' }));
  expect(said).toContain(wanted);
  expect(said).not.toMatch(/secret-1|hidden-1|\n/);
});

test('without a token or a file it says what is missing', () => {
  expect(line(read(good))).toContain('MACHINE_TOKEN is missing');
  expect(line(readConnectorConfig({}))).toContain('XFS_CONFIG names no file');
  expect(line(readConnectorConfig({ XFS_CONFIG: join(folder, 'none.json') }))).toContain('cannot be read');
});
