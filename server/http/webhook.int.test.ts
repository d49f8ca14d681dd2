/** Webhooks asked from outside: a real hub, a real receiver, signatures checked by the package itself. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Receiver } from '../webhooks/receiver.fixture.ts';
import { kiosk, TestEdge } from './edge.fixture.ts';

let edge: TestEdge;
let receiver: Receiver;
let admin: { cookie: string };
let manager: { cookie: string };
const secrets: string[] = [];

beforeAll(async () => {
  edge = await TestEdge.start();
  receiver = await Receiver.start();
  admin = { cookie: await edge.signIn('admin') };
  manager = { cookie: await edge.signIn('manager') };
});
afterAll(async () => {
  await receiver.stop();
  await edge.stop();
});

const make = (webhook: object) =>
  edge.bank(admin.cookie, { type: 'webhook.create', url: receiver.url, branches: ['hq-01'], types: ['case.*'], ...webhook });
const complaint = {
  type: 'case.log',
  kind: 'complaint',
  channel: 'counter',
  severity: 2,
  subject: '金丝雀主题',
  contact: { name: '金丝雀', phone: '13900001111' },
};
const log = async (change: object = {}): Promise<string> => (await edge.command(manager, { ...complaint, ...change })).json().result.caseId;
const listed = async (id: string) =>
  (await edge.ask('GET', '/api/webhooks', admin)).json().webhooks.find((webhook: { id: string }) => webhook.id === id);
const deliveries = async (id: string, query = '') => (await edge.ask('GET', `/api/webhooks/${id}/deliveries${query}`, admin)).json();

it('a new webhook’s secret is told once, and never again', async () => {
  const response = await make({ webhookId: 'messenger' });
  const { secret } = response.json().result;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  receiver.secret = secret;
  secrets.push(secret);
  expect(await listed('messenger')).toMatchObject({
    url: receiver.url,
    branches: ['hq-01'],
    types: ['case.*'],
    silent: false,
    state: 'working',
  });
  for (const path of ['/api/webhooks', '/api/bank', '/api/webhooks/messenger/deliveries'])
    expect((await edge.ask('GET', path, admin)).body).not.toContain(secret.slice(6));
});

it('what happens to a case is told, signed, in order, without anybody’s words', async () => {
  const caseId = await log();
  await edge.command(manager, { type: 'case.acknowledge', caseId });
  await edge.command(manager, { type: 'case.note', caseId, text: '金丝雀备注' });
  await receiver.until(() => receiver.taken.some(({ body }) => body.type === 'case.noted'));
  expect(receiver.forged).toEqual([]);
  const mine = receiver.taken.map(({ body }) => body).filter((body) => body['caseId'] === caseId);
  expect(mine.map(({ type }) => type)).toEqual(expect.arrayContaining(['case.logged', 'case.acknowledged', 'case.noted']));
  expect(mine.map(({ seq }) => seq)).toEqual(mine.map(({ seq }) => seq).sort((a, b) => a - b));
  expect(mine[0]).toMatchObject({ type: 'case.logged', branchId: 'hq-01', kind: 'complaint', severity: 2, ownerId: 'manager', level: 2 });
  expect(JSON.stringify(receiver.received.map(({ body }) => body))).not.toMatch(/金丝雀|13900001111|Ref|contact"/);
});

it('starts with what happens from now on', () => {
  const heads = receiver.taken.map(({ body }) => body.type);
  expect(heads.some((type) => type.startsWith('branch.') || type.startsWith('ticket.'))).toBe(false);
  expect(receiver.taken[0]?.body.seq).toBeGreaterThan(1);
});

it('the delivery log says what came of each, newest first, page by page', async () => {
  const all = await vi.waitFor(async () => {
    const { deliveries: rows } = await deliveries('messenger');
    expect(rows).toHaveLength(receiver.taken.length);
    return rows;
  });
  expect(all[0]).toMatchObject({ branchId: 'hq-01', state: 'delivered', attempts: 1, status: 204, type: expect.stringMatching(/^case\./) });
  const first = await deliveries('messenger', '?limit=1');
  const second = await deliveries('messenger', `?limit=1&cursor=${first.next}`);
  expect([...first.deliveries, ...second.deliveries]).toEqual(all.slice(0, 2));
  expect((await edge.ask('GET', '/api/webhooks/nobody/deliveries', admin)).statusCode).toBe(404);
});

it('sent again by hand it carries the same id, so that the receiver knows it', async () => {
  const [newest] = (await deliveries('messenger')).deliveries;
  const before = receiver.received.length;
  const answer = await edge.ask('POST', `/api/webhooks/messenger/deliveries/${newest.id}/resend`, admin);
  expect(answer.json()).toEqual({ delivered: true, status: 204 });
  expect(receiver.received[before]?.id).toBe(newest.messageId);
  expect((await deliveries('messenger')).deliveries[0]).toMatchObject({ id: newest.id, attempts: 2 });
  expect((await edge.ask('POST', '/api/webhooks/messenger/deliveries/999999/resend', admin)).json()).toMatchObject({
    code: 'delivery.unknown',
  });
});

describe('silent emergencies', () => {
  it('reach the webhook of the monitoring centre and no other', async () => {
    const centre = await Receiver.start();
    const made = await make({ webhookId: 'centre', url: centre.url, types: ['emergency'], silent: true });
    centre.secret = made.json().result.secret;
    secrets.push(centre.secret);
    const before = receiver.received.length;
    const head = { cookie: await edge.signIn('head') };
    const silent = (
      await edge.command(head, {
        type: 'case.log',
        kind: 'emergency',
        channel: 'counter',
        severity: 1,
        playbookId: 'robbery',
        subject: '金丝雀劫案',
      })
    ).json();
    expect(silent.result?.caseId).toBeDefined();
    await edge.command(head, { type: 'case.acknowledge', caseId: silent.result.caseId });
    const loud = await log({ kind: 'emergency', playbookId: 'illness' });
    await centre.until(() => centre.taken.some(({ body }) => body['caseId'] === loud));
    await receiver.until(() => receiver.taken.some(({ body }) => body['caseId'] === loud));
    expect(centre.forged).toEqual([]);
    expect(centre.taken[0]?.body).toMatchObject({ type: 'case.logged', kind: 'emergency', silent: true, caseId: silent.result.caseId });
    expect(JSON.stringify(receiver.received.slice(before))).not.toContain(silent.result.caseId);
    expect(JSON.stringify(receiver.received.slice(before))).not.toContain('"silent":true');
    await edge.bank(admin.cookie, { type: 'webhook.remove', webhookId: 'centre' });
    await centre.stop();
  });
});

it('a redirection is not followed, and one dead receiver delays no other', async () => {
  const astray = await Receiver.start();
  astray.answer = () => 302;
  const hanging = await Receiver.start();
  hanging.answer = () => 'hang';
  await make({ webhookId: 'astray', url: astray.url });
  await make({ webhookId: 'hanging', url: hanging.url });
  const caseId = await log();
  await receiver.until(() => receiver.taken.some(({ body }) => body['caseId'] === caseId));
  await astray.until(() => astray.received.length > 0);
  await hanging.until(() => hanging.received.length > 0);
  expect(astray.received.map(({ path }) => path)).not.toContain('/elsewhere');
  for (const webhookId of ['astray', 'hanging']) await edge.bank(admin.cookie, { type: 'webhook.remove', webhookId });
  expect(await listed('astray')).toBeUndefined();
  await astray.stop();
  await hanging.stop();
});

it('what happened while the hub was away or just before it died is told after it came back', async () => {
  receiver.answer = () => 503;
  const caseId = await log();
  await receiver.until(() => receiver.received.some(({ body }) => body['caseId'] === caseId));
  await edge.restart();
  admin = { cookie: await edge.signIn('admin') };
  manager = { cookie: await edge.signIn('manager') };
  expect(await listed('messenger')).toMatchObject({ state: 'failing', failing: { branches: 1, error: 'http-503' } });
  receiver.answer = () => 204;
  await receiver.until(() => receiver.taken.some(({ body }) => body['caseId'] === caseId));
  const tries = receiver.received.filter(({ body }) => body['caseId'] === caseId && body.type === 'case.logged');
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  expect(tries.length).toBeGreaterThan(1);
  expect(receiver.forged).toEqual([]);
});

describe('who may', () => {
  it.each<[string, string, string]>([
    ['make one', 'POST', '/api/bank/commands'],
    ['see them', 'GET', '/api/webhooks'],
    ['read the delivery log', 'GET', '/api/webhooks/messenger/deliveries'],
    ['send again', 'POST', '/api/webhooks/messenger/deliveries/1/resend'],
  ])('only an administrator may %s', async (_what, method, path) => {
    for (const as of [manager, kiosk, {}]) {
      const body = method === 'POST' ? { body: {} } : {};
      expect([401, 403]).toContain((await edge.ask(method as 'GET' | 'POST', path, { ...as, ...body })).statusCode);
    }
  });

  it.each([
    ['an address that is none', { url: 'messenger' }, 'url'],
    ['a file', { url: 'file:///etc/passwd' }, 'url'],
    ['an address with a password', { url: 'https://user:pass@bank.example/' }, 'url'],
    ['an event that does not exist', { types: ['case.exploded'] }, 'types.0'],
    ['an event that is not for outside', { types: ['ticket.issued'] }, 'types.0'],
    ['no branch', { branches: [] }, 'branches'],
  ])('%s is refused with its place', async (_what, change, path) => {
    const response = await make({ webhookId: 'wrong', ...change });
    expect(response.json()).toMatchObject({ status: 400, errors: [{ path }] });
  });
});

it('neither a secret nor the address is in the database, the snapshots or the application log', () => {
  edge.store.db.pragma('wal_checkpoint(TRUNCATE)');
  for (const needle of [...secrets.map((secret) => secret.slice(6)), 'canary-url-key']) {
    const found = execFileSync('sh', ['-c', `grep -rlaF -- "$1" "$2" || true`, 'sh', needle, edge.dataDir], { encoding: 'utf8' });
    expect(found).toBe('');
    expect(edge.logged.join('\n')).not.toContain(needle);
  }
});
