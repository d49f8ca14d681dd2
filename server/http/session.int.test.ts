/** Signing in and what ends it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOCKED_MS } from '../auth/sign-in.ts';
import { TestEdge, uuid } from './edge.fixture.ts';

let edge: TestEdge;
let admin: string;

beforeAll(async () => {
  edge = await TestEdge.start();
  admin = await edge.signIn('admin');
});
afterAll(() => edge.stop());

const attempt = (username: string, password: string, headers = {}) =>
  edge.ask('POST', '/api/session', { body: { username, password }, headers });
const who = (cookie: string) => edge.ask('GET', '/api/session', { cookie });

describe('a session', () => {
  it('says who one is, in a cookie no script and no other site can use', async () => {
    const response = await attempt('manager', 'demo-pass-1');
    expect(response.json()).toMatchObject({ username: 'manager', staffId: 'manager', role: 'manager', branches: ['hq-01'] });
    expect(response.headers['set-cookie']).toMatch(/HttpOnly/);
    expect(response.headers['set-cookie']).toMatch(/SameSite=Strict/);
  });

  it('outlives a restart of the hub', async () => {
    const cookie = await edge.signIn('teller3');
    await edge.restart();
    expect((await who(cookie)).json()).toMatchObject({ username: 'teller3' });
  });

  it('ends with signing out, for every copy of its cookie', async () => {
    const cookie = await edge.signIn('teller3');
    expect((await edge.ask('DELETE', '/api/session', { cookie })).statusCode).toBe(204);
    expect((await who(cookie)).statusCode).toBe(401);
    await edge.restart();
    expect((await who(cookie)).statusCode).toBe(401);
  });

  it('ends when the password is changed or the account is disabled, at once; others go on', async () => {
    const [changed, disabled, other] = [await edge.signIn('teller4'), await edge.signIn('teller5'), await edge.signIn('teller6')];
    expect((await edge.bank(admin, { type: 'account.setPassword', username: 'teller4', password: 'another-pass-2' })).statusCode).toBe(200);
    expect((await edge.bank(admin, { type: 'account.disable', username: 'teller5' })).statusCode).toBe(200);
    expect([(await who(changed)).statusCode, (await who(disabled)).statusCode, (await who(other)).statusCode]).toEqual([401, 401, 200]);
    expect((await attempt('teller5', 'demo-pass-1')).json()).toMatchObject({ status: 401, code: 'auth.wrong' });
    expect((await attempt('teller4', 'demo-pass-1')).statusCode).toBe(401);
    expect((await attempt('teller4', 'another-pass-2')).statusCode).toBe(200);
    await edge.bank(admin, { type: 'account.enable', username: 'teller5' });
    expect((await who(disabled)).statusCode).toBe(401);
    expect((await attempt('teller5', 'demo-pass-1')).statusCode).toBe(200);
  });

  it('is over after half a day', async () => {
    const cookie = await edge.signIn('teller7');
    edge.push(13 * 3_600_000);
    expect((await who(cookie)).statusCode).toBe(401);
    admin = await edge.signIn('admin');
  });

  it('a new sign-in never takes over an id somebody planted', async () => {
    const planted = await edge.signIn('teller8');
    const response = await attempt('manager', 'demo-pass-1', { cookie: planted });
    expect(String(response.headers['set-cookie'])).not.toContain(planted);
    expect((await who(planted)).statusCode).toBe(401);
  });

  it('follows a change of role without a new sign-in', async () => {
    const cookie = await edge.signIn('teller9');
    await edge.bank(admin, { type: 'account.update', username: 'teller9', role: 'manager' });
    expect((await who(cookie)).json()).toMatchObject({ role: 'manager' });
  });
});

describe('wrong passwords', () => {
  it('five lock the account for a time, even for the right one, even over a restart and all at once', async () => {
    const wrong = await Promise.all(Array.from({ length: 7 }, () => attempt('teller10', 'guess-guess-1')));
    expect(wrong.map((response) => response.statusCode).sort((a, b) => a - b)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    await edge.restart();
    const locked = await attempt('teller10', 'demo-pass-1');
    expect(locked.json()).toMatchObject({ status: 429, code: 'auth.locked' });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    edge.push(LOCKED_MS + 1_000);
    expect((await attempt('teller10', 'demo-pass-1')).statusCode).toBe(200);
  });

  it('a right one in between starts the count anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let wrong = 0; wrong < 4; wrong += 1) await attempt('teller11', 'guess-guess-1');
      expect((await attempt('teller11', 'demo-pass-1')).statusCode).toBe(200);
    }
  });

  it('a name nobody has is answered and locked like any other', async () => {
    const wrong: number[] = [];
    for (let round = 0; round < 6; round += 1) wrong.push((await attempt('nobody-here', 'guess-guess-1')).statusCode);
    expect(wrong).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it.each([null, [], {}, { username: 'head' }, { username: 'head', password: 5 }, { username: {}, password: 'x' }])(
    '%o is malformed, not a try',
    async (body) => {
      expect((await edge.ask('POST', '/api/session', { body })).statusCode).toBe(400);
    },
  );
});

describe('too many requests', () => {
  let limited: TestEdge | undefined;
  afterEach(() => limited?.stop());

  it('signing in without end is slowed down, the floor’s own pace is not', async () => {
    limited = await TestEdge.start({ rateLimit: true });
    const hub = limited;
    const cookie = await hub.signIn('manager');
    const malformed = await Promise.all(Array.from({ length: 140 }, () => hub.ask('POST', '/api/session', { body: {} })));
    const refused = malformed.filter((response) => response.statusCode === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.json()).toMatchObject({ status: 429, code: 'rate.limited' });
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    const numbers = await Promise.all(
      Array.from({ length: 400 }, () => hub.command({ cookie }, { type: 'ticket.issue', serviceId: 'deposit' })),
    );
    expect(numbers.every((response) => response.statusCode === 200)).toBe(true);
  });
});

describe('an empty database', () => {
  let empty: TestEdge | undefined;
  afterEach(() => empty?.stop());

  it('takes one first administrator, however many ask at once, and never another', async () => {
    empty = await TestEdge.start({ demo: false });
    const hub = empty;
    expect((await hub.ask('GET', '/api/setup')).json()).toEqual({ empty: true });
    expect((await hub.ask('POST', '/api/setup', { body: { username: 'root', password: 'short' } })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'password' }],
    });
    const asked = ['root', 'eve', 'mallory'].map((username) =>
      hub.ask('POST', '/api/setup', { body: { username, password: 'first-pass-1' } }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => answer.statusCode).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await hub.ask('GET', '/api/setup')).json()).toEqual({ empty: false });
    const first = answers.find((answer) => answer.statusCode === 200)?.json().username;
    const cookie = await hub.signIn(first, 'first-pass-1');
    expect((await hub.ask('GET', '/api/session', { cookie })).json()).toMatchObject({ role: 'admin', branches: [] });
    expect((await hub.bank(cookie, { type: 'branch.create', branchId: 'b1', name: { zh: '一', en: 'One' } })).statusCode).toBe(200);
    expect((await hub.ask('GET', '/api/branches/b1/config', { cookie })).json()).toMatchObject({
      configured: false,
      config: { counters: [] },
    });
    expect((await hub.ask('GET', '/api/branches/b1/floor', { cookie })).statusCode).toBe(200);
    expect(
      (await hub.ask('POST', '/api/branches/b1/commands', { cookie, body: { id: uuid(), type: 'ticket.issue', serviceId: 'deposit' } }))
        .statusCode,
    ).toBe(403);
  });
});
