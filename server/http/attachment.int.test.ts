/** Files of cases: what is taken, where it lies, who gets it back, and that none is left behind. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  edge = await TestEdge.start();
  for (const username of ['teller1', 'teller2', 'manager', 'head', 'admin']) cookies[username] = await edge.signIn(username);
});
afterAll(() => edge.stop());

const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const WEBP = Buffer.from('RIFF....WEBPVP8 ', 'latin1');
const PDF = Buffer.from('%PDF-1.7\n');
/** Each file is another. */
const file = (head: Buffer, bytes = 2_000): Buffer =>
  Buffer.concat([head, Buffer.from(uuid()), Buffer.alloc(Math.max(0, bytes - head.length - 36))]);
const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const pathOf = (sha256: string): string => join(edge.dataDir, 'attachments', sha256.slice(0, 2), sha256);
const stored = (): string[] =>
  readdirSync(join(edge.dataDir, 'attachments'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );

interface Sent {
  readonly type?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

const send = (who: string, caseId: string, payload: Buffer | Readable, { type = 'image/jpeg', query = '', headers = {} }: Sent = {}) =>
  edge.app.http.inject({
    method: 'POST',
    url: `/api/cases/${caseId}/attachments${query}`,
    headers: { cookie: cookies[who] ?? '', 'content-type': type, ...headers },
    payload,
  });
const fetchFile = (who: string, caseId: string, attachmentId: string) =>
  edge.ask('GET', `/api/cases/${caseId}/attachments/${attachmentId}`, { cookie: cookies[who] });

async function log(who = 'teller1', more: object = {}): Promise<string> {
  const command = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '照片', ...more };
  const response = await edge.command({ cookie: cookies[who] }, command);
  return response.json().result.caseId;
}

it('a file is kept under the hash of what is in it, recorded with it, and comes back as it was, to be looked at and nothing else', async () => {
  const caseId = await log();
  const content = file(PNG);
  const answer = await send('teller1', caseId, content, { type: 'image/png', query: `?name=${encodeURIComponent('柜台 "照片".png')}` });
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    { attachmentId: expect.any(String), sha256: hashOf(content), bytes: content.length },
  ]);
  expect(readFileSync(pathOf(hashOf(content)))).toEqual(content);
  const event = edge.hub.eventsAfter('hq-01', 0, 10_000).findLast(({ type }) => type === 'case.attached');
  expect(event).toMatchObject({ type: 'case.attached', caseId, sha256: hashOf(content), mediaType: 'image/png', bytes: content.length });
  expect(JSON.stringify(event)).not.toContain('照片');
  const { attachmentId } = answer.json();
  const back = await fetchFile('manager', caseId, attachmentId);
  expect(back.rawPayload).toEqual(content);
  expect(back.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('柜台 "照片".png')}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'cache-control': 'no-store',
  });
  const view = (await edge.ask('GET', `/api/cases/${caseId}`, { cookie: cookies['head'] })).json();
  expect(view.attachments).toMatchObject([
    { id: attachmentId, name: '柜台 "照片".png', mediaType: 'image/png', sha256: hashOf(content), by: 'teller1' },
  ]);
  expect(view.timeline.at(-1)).toMatchObject({ type: 'case.attached', text: '柜台 "照片".png' });
});

it.each([
  ['image/jpeg', JPEG],
  ['image/webp', WEBP],
  ['application/pdf', PDF],
])('%s is taken', async (type, head) => expect((await send('teller1', await log(), file(head), { type })).statusCode).toBe(200));

it('a name that tells of a person may be sent outside the address', async () => {
  const caseId = await log();
  await send('teller1', caseId, file(JPEG), { headers: { 'x-file-name': encodeURIComponent('王小明身份证.jpg') } });
  const view = (await edge.ask('GET', `/api/cases/${caseId}`, { cookie: cookies['head'] })).json();
  expect(view.attachments).toMatchObject([{ name: '王小明身份证.jpg' }]);
});

it.each<[string, number, string, Buffer, Sent]>([
  ['a page that calls itself a photo', 415, 'attachment.wrong_type', Buffer.from('<html><script>alert(1)</script>'), {}],
  ['a photo under another photo’s type', 415, 'attachment.wrong_type', file(PNG), { type: 'image/jpeg' }],
  ['an SVG', 415, 'attachment.wrong_type', Buffer.from('<svg/>'), { type: 'image/svg+xml' }],
  ['JSON', 415, 'attachment.wrong_type', Buffer.from('{}'), { type: 'application/json' }],
  ['nothing', 400, 'attachment.empty', Buffer.alloc(0), {}],
  ['more than ten mebibytes', 413, 'attachment.too_large', file(JPEG, 10 * 1024 * 1024 + 1), {}],
  ['a nameless name', 400, 'input.invalid', file(JPEG), { query: '?name=' }],
  ['a parameter nobody knows', 400, 'input.invalid', file(JPEG), { query: '?folder=..' }],
])('%s is refused, and nothing of it stays', async (_name, status, code, content, sent) => {
  const caseId = await log();
  const before = stored();
  expect((await send('teller1', caseId, content, sent)).json()).toMatchObject({ status, code });
  expect(stored()).toEqual(before);
});

it('a body of unknown length is cut off at ten mebibytes too', async () => {
  const caseId = await log();
  const before = stored();
  const endless = Readable.from(
    (function* chunks() {
      yield JPEG;
      for (let mib = 0; mib < 11; mib += 1) yield Buffer.alloc(1024 * 1024, mib);
    })(),
  );
  expect((await send('teller1', caseId, endless)).json()).toMatchObject({ status: 413, code: 'attachment.too_large' });
  expect(stored()).toEqual(before);
});

it('a sender who goes away half way leaves nothing behind, and it is no fault of the hub', async () => {
  const caseId = await log();
  const before = stored();
  const { port } = new URL(edge.url);
  const line = connect(Number(port), '127.0.0.1');
  line.write(
    `POST /api/cases/${caseId}/attachments HTTP/1.1\r\nHost: hub\r\ncookie: ${cookies['teller1']}\r\ncontent-type: image/jpeg\r\ncontent-length: 9999\r\n\r\n`,
  );
  line.write(JPEG);
  await expect.poll(() => stored().length).toBeGreaterThan(before.length);
  line.destroy();
  await expect.poll(stored).toEqual(before);
  expect(edge.logged.join('')).not.toContain('unexpected fault');
});

it('to whoever may not see the case there is neither the case nor the file; whom it is about gets no file', async () => {
  const caseId = await log('teller1', { aboutStaffId: 'head' });
  const { attachmentId } = (await send('teller1', caseId, file(JPEG))).json();
  const before = stored();
  expect((await send('teller2', caseId, file(JPEG))).json()).toMatchObject({ status: 404, code: 'case.unknown' });
  expect((await send('admin', caseId, file(JPEG))).statusCode).toBe(403);
  expect(stored()).toEqual(before);
  const statuses = await Promise.all(
    ['teller1', 'manager', 'teller2', 'head', 'admin'].map(async (who) => (await fetchFile(who, caseId, attachmentId)).statusCode),
  );
  expect(statuses).toEqual([200, 200, 404, 404, 403]);
  expect((await fetchFile('teller1', await log(), attachmentId)).statusCode).toBe(404);
});

it('the same request sent twice is one file in the case', async () => {
  const caseId = await log();
  const content = file(JPEG);
  const query = `?id=${uuid()}&name=a.jpg`;
  const [first, again] = [await send('teller1', caseId, content, { query }), await send('teller1', caseId, content, { query })];
  expect(again.json()).toEqual(first.json());
  expect((await send('teller1', caseId, file(JPEG), { query })).statusCode).toBe(422);
  const view = (await edge.ask('GET', `/api/cases/${caseId}`, { cookie: cookies['head'] })).json();
  expect(view.attachments).toHaveLength(1);
});

it('a case holds twenty; what is refused leaves no file, unless another case has the very same', async () => {
  const caseId = await log();
  const shared = file(JPEG);
  for (let count = 0; count < 20; count += 1) expect((await send('teller1', caseId, file(JPEG))).statusCode).toBe(200);
  const full = { status: 409, code: 'case.too_many' };
  expect((await send('teller1', caseId, shared)).json()).toMatchObject(full);
  expect(existsSync(pathOf(hashOf(shared)))).toBe(false);
  const [taken, refused] = await Promise.all([send('teller1', await log(), shared), send('teller1', caseId, shared)]);
  expect([taken.statusCode, refused.statusCode]).toEqual([200, 409]);
  expect((await send('teller1', caseId, shared)).json()).toMatchObject(full);
  expect(readFileSync(pathOf(hashOf(shared)))).toEqual(shared);
});
