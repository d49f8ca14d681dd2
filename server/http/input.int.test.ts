/** Bad input of any kind: a 4xx that names the field, never a crash, never a partial effect. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
let cookie: string;

beforeAll(async () => {
  edge = await TestEdge.start();
  cookie = await edge.signIn('manager');
});
afterAll(() => edge.stop());

const path = '/api/branches/hq-01/commands';
const id = uuid();
const issue = { type: 'ticket.issue', serviceId: 'deposit' };
const deep = '['.repeat(20_000) + ']'.repeat(20_000);

describe('a command that does not say what it should', () => {
  it.each<[string, unknown, string[]]>([
    ['null', null, ['']],
    ['a list', [], ['']],
    ['a text', '"x"', ['']],
    ['a number', '5', ['']],
    ['nothing in it', {}, ['id', 'type']],
    ['an id that is no UUID', { ...issue, id: 'one' }, ['id']],
    ['an id that is a number', { ...issue, id: 7 }, ['id']],
    ['an unknown type', { id, type: 'ticket.steal' }, ['type']],
    ['a type that is an object', { id, type: { $ne: 1 } }, ['type']],
    ['a type out of the prototype', { id, type: '__proto__' }, ['type']],
    ['the hub’s own command', { id, type: 'clock.tick' }, ['type']],
    ['a service that is a number', { ...issue, id, serviceId: 5 }, ['serviceId']],
    ['a group nobody knows', { ...issue, id, segment: 'king' }, ['segment']],
    ['an amount below nothing', { ...issue, id, amountFen: -1 }, ['amountFen']],
    ['half a fen', { ...issue, id, amountFen: 1.5 }, ['amountFen']],
    ['an amount beyond counting', `{"id":"${id}","type":"ticket.issue","serviceId":"deposit","amountFen":1e999}`, ['amountFen']],
    ['a coin share above one', { ...issue, id, coinShare: 1.1 }, ['coinShare']],
    ['a contact that is a text', { ...issue, id, contact: 'Li' }, ['contact']],
    ['a phone number inside that is an object', { ...issue, id, contact: { phone: {} } }, ['contact.phone']],
    ['a reason of a million letters', { id, type: 'ticket.cancel', ticketId: 'x', reason: 'a'.repeat(100_000) }, ['reason']],
    ['an empty reason', { id, type: 'ticket.cancel', ticketId: 'x', reason: '  ' }, ['reason']],
    ['an unknown class of extension', { id, type: 'limit.extend', ticketId: 'x', class: 'coffee' }, ['class']],
    [
      'an extension without consent',
      { id, type: 'limit.extend', ticketId: 'x', class: 'explained', addMs: 5000, reason: 'r' },
      ['customerAgreed'],
    ],
    ['a time beyond time', { id, type: 'counter.pause', counterId: 'c1', reason: 'r', backAt: 9e15 }, ['backAt']],
    ['an outage nowhere', { id, type: 'system.outage', scope: 'moon' }, ['scope']],
    ['deep nesting', deep, ['']],
    ['deep nesting inside', `{"id":"${id}","type":"ticket.issue","serviceId":${deep}}`, ['serviceId']],
    ['broken JSON', '{"id":', ['']],
    ['NaN', `{"id":"${id}","type":"ticket.issue","serviceId":NaN}`, ['']],
  ])('%s is 400 and named', async (_name, body, paths) => {
    const before = edge.deeds;
    const response = await edge.ask('POST', path, { cookie, body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      status: 400,
      code: expect.stringMatching(/^input\./),
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(response.json().errors.map((error: { path: string }) => error.path)).toEqual(paths);
    expect(edge.deeds).toBe(before);
  });

  it('an empty body is 400, whatever its content type', async () => {
    for (const headers of [{ 'content-type': 'application/json' }, undefined]) {
      expect((await edge.ask('POST', path, { cookie, headers })).statusCode).toBe(400);
    }
  });

  it('a wrong configuration names its place', async () => {
    const head = await edge.signIn('head');
    const config = edge.hub.state('hq-01')?.config;
    const services = config?.services.map((service, index) => (index === 2 ? { ...service, letter: 'ab' } : service));
    const malformed = await edge.command({ cookie: head }, { type: 'branch.configure', config: { services } });
    expect(malformed.json()).toMatchObject({ status: 400, errors: [{ path: 'config.services.2.letter' }] });
    const absurd = await edge.command({ cookie: head }, { type: 'branch.configure', config: { services: config?.services.slice(1) } });
    expect(absurd.json()).toMatchObject({ status: 409, code: 'config.invalid', errors: [{ path: expect.stringMatching(/^config\./) }] });
  });
});

describe('what is no command at all', () => {
  it.each([
    ['text/plain', 'hello', 415],
    ['application/x-www-form-urlencoded', 'a=1', 415],
    ['multipart/form-data; boundary=x', '--x--', 415],
    ['application/xml', '<a/>', 415],
  ])('content type %s (%s) is %i', async (type, body, status) => {
    const response = await edge.ask('POST', path, { cookie, body, headers: { 'content-type': type } });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('a body too large is 413', async () => {
    const response = await edge.ask('POST', path, { cookie, body: { ...issue, id, notes: 'x'.repeat(600_000) } });
    expect(response.json()).toMatchObject({ status: 413, code: 'input.too_large' });
  });

  it.each(['/api/nothing', '/api/branches/hq-01', '/nothing', '/api/branches/hq-01/floor/x'])('%s is 404', async (url) => {
    const response = await edge.ask('GET', url, { cookie });
    expect(response.json()).toMatchObject({ status: 404, code: 'route.unknown' });
  });

  it.each([
    ['a lone %', '/api/branches/%/floor'],
    ['half a letter', '/api/branches/%E0%A4%A/floor'],
    ['a very long id', `/api/branches/${'x'.repeat(5000)}/floor`],
    ['a way up', '/api/branches/../../etc/passwd'],
  ])('%s in the address is refused, not a fault', async (_name, url) => {
    const response = await edge.ask('GET', url, { cookie });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('noise instead of HTTP gets an answer and nothing falls over', async () => {
    const { port } = new URL(edge.url);
    const heard = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('\x16\x03\x01 hello\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(heard).toMatch(/^HTTP\/1\.1 400/);
    expect(heard).toContain('application/problem+json');
    expect((await fetch(`${edge.url}/healthz`)).status).toBe(200);
  });
});

describe('the edge itself', () => {
  it('another origin is refused, one’s own and an allowed one are not, machines have none', async () => {
    const host = new URL(edge.url).host;
    const from = (origin: string) => fetch(`${edge.url}/api/session`, { headers: { cookie, origin } });
    expect((await from('http://evil.example')).status).toBe(403);
    expect((await from('null')).status).toBe(403);
    expect((await from(`http://${host}`)).status).toBe(200);
    expect((await fetch(`${edge.url}/api/session`, { headers: { cookie } })).status).toBe(200);
  });

  it('a fault inside is a plain 500 that tells nothing of the inside, is logged, and hurts no later request', async () => {
    const { eventsAfter } = edge.hub;
    edge.hub.eventsAfter = () => {
      throw new Error('SQLITE_CORRUPT at /var/secret/place');
    };
    const response = await edge.ask('GET', '/api/branches/hq-01/events', { cookie });
    edge.hub.eventsAfter = eventsAfter;
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status: 500,
      code: 'server.fault',
      detail: expect.any(String),
    });
    expect(response.body).not.toMatch(/SQLITE|secret/);
    expect(edge.logged.at(-1)).toContain('SQLITE_CORRUPT');
    expect((await edge.ask('GET', '/api/branches/hq-01/events', { cookie })).statusCode).toBe(200);
  });

  it('tells its health, its readiness, its interface, and asks for no TLS it has not', async () => {
    expect((await edge.ask('GET', '/healthz')).statusCode).toBe(200);
    expect((await edge.ask('GET', '/readyz')).statusCode).toBe(200);
    const { headers } = await edge.ask('GET', '/healthz');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const api = (await edge.ask('GET', '/api/openapi.json')).json();
    expect(api.openapi).toMatch(/^3/);
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/api/session', '/api/branches/{id}/commands', '/api/branches/{id}/floor', '/api/t/{token}']),
    );
    expect(JSON.stringify(api.paths['/api/branches/{id}/commands'])).toContain('ticket.finishAndCallNext');
  });
});
