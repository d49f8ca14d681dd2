import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, HubProcess } from '../support/hub-process.ts';
import {
  type Accepted,
  type Client,
  device,
  expectProblem,
  type HubEvent,
  type Issued,
  PASSWORD,
  signIn,
  stranger,
} from './support/client.ts';
import { endHub } from './support/ending.ts';
import { runDemo, runServer } from './support/running.ts';
import { connected } from './support/viewer.ts';

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'counterflow-e2e-'));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

describe('running the hub', () => {
  let hub: HubProcess;
  let kiosk: Client;
  let manager: Client;

  beforeAll(async () => {
    hub = await HubProcess.start();
    kiosk = device(hub.baseUrl, 'demo-kiosk');
    manager = await signIn(hub.baseUrl, 'manager');
  });
  afterAll(() => endHub(hub));

  test('anybody may ask whether it is alive and ready, and read its measures', async () => {
    const nobody = stranger(hub.baseUrl);
    expect((await nobody.get('/healthz')).status).toBe(200);
    expect((await nobody.get('/readyz')).status).toBe(200);
    const metrics = await nobody.get('/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.contentType).toContain('text/plain');
    expect(metrics.text).toMatch(/^# HELP /m);
    expect(metrics.text).toMatch(/^# TYPE /m);
    expect(metrics.text).not.toMatch(/manager|teller1|demo-kiosk/);
  });

  test('it describes itself', async () => {
    const reply = await stranger(hub.baseUrl).get<{ openapi: string; paths: Record<string, Record<string, unknown>> }>('/api/openapi.json');
    expect(reply.status).toBe(200);
    expect(reply.body.openapi).toMatch(/^3\./);
    const paths = Object.entries(reply.body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`),
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        'post /api/session',
        'get /api/session',
        'delete /api/session',
        'get /api/branches',
        'get /api/branches/{}/floor',
        'get /api/branches/{}/events',
        'post /api/branches/{}/commands',
        'get /api/branches/{}/overruns',
        'get /api/branches/{}/retraining',
      ]),
    );
    expect(reply.text).toContain('ticket.finishAndCallNext');
  });

  test('pages of events are between 1 and 1000, 200 unless asked, and lead through the whole log without gap', async () => {
    for (let batch = 0; batch < 6; batch++) await Promise.all(Array.from({ length: 200 }, () => kiosk.issue()));
    const page = async (query: string) => {
      const reply = await manager.get<{ events: HubEvent[]; seq: number }>(`/api/branches/hq-01/events?${query}`);
      expect(reply.status, reply.text.slice(0, 200)).toBe(200);
      return reply.body;
    };
    const head = await manager.seq();
    expect(head).toBeGreaterThan(1_200);
    const lengths = await Promise.all(
      ['', 'limit=0', 'limit=-3', 'limit=1', 'limit=5000', 'limit=1000', 'after=100'].map(
        async (query) => (await page(query)).events.length,
      ),
    );
    expect(lengths).toEqual([200, 1, 1, 1, 1_000, 1_000, 200]);
    expect((await page('')).seq).toBe(head);
    expect((await page('')).events[0]?.seq).toBe(1);
    expect((await page('after=100')).events[0]?.seq).toBe(101);
    expect((await page(`after=${head}`)).events).toEqual([]);
    expect((await page(`after=${head + 1_000}`)).events).toEqual([]);
    const all = await manager.events();
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: all.length }, (_, i) => i + 1));
    for (const event of all.slice(0, 50))
      expect(event).toMatchObject({
        branchId: 'hq-01',
        seq: expect.any(Number),
        at: expect.any(Number),
        type: expect.stringMatching(/^\w+\.\w+$/),
        actor: expect.anything(),
      });
    const asPublic = await device(hub.baseUrl, 'demo-display').events();
    expect(asPublic.map(({ seq }) => seq)).toEqual(Array.from({ length: asPublic.length }, (_, i) => i + 1));
    expect(asPublic.some((event) => 'actor' in event)).toBe(false);
  });

  test('a second hub on the same data gives up with one line, and the first goes on', async () => {
    const second = runServer({ DATA_DIR: hub.dataDir, PORT: '0', LOG_LEVEL: 'info', COUNTERFLOW_DEMO: '1' });
    const { code } = await second.end(20_000);
    expect(code).toBe(1);
    expect(lines(second.stderr), second.stderr).toHaveLength(1);
    expect((await kiosk.issue()).number).toMatch(/^A\d+$/);
  });

  test('what was said about customers is in no event on the disk, only where it can be erased', async () => {
    await kiosk.issue({ serviceId: 'deposit', contact: { name: '司马相如', phone: '13700001234' } });
    await hub.terminate();
    const { default: Database } = await import('better-sqlite3');
    const files = readdirSync(hub.dataDir).filter((name) => /\.(db|sqlite3?)$/.test(name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const db = new Database(join(hub.dataDir, file), { readonly: true });
      const tables = db
        .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%personal%'")
        .all();
      for (const { name } of tables) {
        const rows = db.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][];
        const text = rows
          .flat()
          .map((cell) => (Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell)))
          .join('\n');
        expect(text.includes('13700001234') || text.includes('司马相如'), name).toBe(false);
        expect(text.includes(PASSWORD), name).toBe(false);
        expect(text.includes('demo-kiosk\n'), name).toBe(false);
      }
      db.close();
    }
    await hub.start();
  });

  test('asked to stop in the middle of a rush, it answers or refuses, and keeps all it answered', async () => {
    const acknowledged: Accepted<Issued>[] = [];
    const screen = await connected(hub.baseUrl, { token: 'demo-display' });
    await screen.watch({ audience: 'public' });
    const rush = Array.from({ length: 300 }, async () => {
      const reply = await kiosk.command<Accepted<Issued>>('ticket.issue', { serviceId: 'withdrawal' }).catch(() => undefined);
      if (reply?.status === 200) acknowledged.push(reply.body);
      else if (reply !== undefined) expectProblem(reply, 503);
    });
    await screen.until(() => acknowledged.length > 20, 'the first answers').catch(() => undefined);
    await hub.terminate();
    await Promise.all(rush);
    screen.close();
    await hub.start();
    const issued = new Set((await manager.events()).filter(({ type }) => type === 'ticket.issued').map(({ ticketId }) => ticketId));
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { result } of acknowledged) expect(issued.has(result?.ticketId)).toBe(true);
  });
});

describe('starting the hub', () => {
  test('a wrong environment is one clear line naming the variable, and exit 1', async () => {
    const wrong: readonly [string, string][] = [
      ['PORT', 'abc'],
      ['PORT', '70000'],
      ['LOG_LEVEL', 'loud'],
      ['RATE_LIMIT', 'maybe'],
      ['ALLOWED_ORIGINS', 'not an origin'],
      ['SPEED', '-1'],
      ['DATA_DIR', '/dev/null/nowhere'],
    ];
    for (const [name, value] of wrong) {
      const run = runServer({ DATA_DIR: join(folder(), 'data'), PORT: '0', [name]: value });
      const { code } = await run.end(20_000);
      expect(code, `${name}=${value}`).toBe(1);
      expect(lines(run.stderr), `${name}=${value}: ${run.stderr}`).toHaveLength(1);
      expect(run.stderr).toContain(name === 'DATA_DIR' ? value : name);
    }
  });

  test('a port in use is one clear line, and exit 1', async () => {
    const hub = await HubProcess.start();
    const run = runServer({ DATA_DIR: folder(), PORT: String(hub.port), LOG_LEVEL: 'fatal' });
    const { code } = await run.end(20_000);
    expect(code).toBe(1);
    expect(lines(run.stderr), run.stderr).toHaveLength(1);
    expect(run.stderr).toContain(String(hub.port));
    await endHub(hub);
  });

  test('production has no account and no token of its own; the first administrator is made once', async () => {
    const hub = await HubProcess.start({ demo: false });
    const nobody = stranger(hub.baseUrl);
    expectProblem(await nobody.post('/api/session', { username: 'admin', password: PASSWORD }), 401);
    for (const token of ['demo-kiosk', 'demo-display', 'demo-machine'])
      expectProblem(await device(hub.baseUrl, token).get('/api/branches'), 401, token);
    const tries = await Promise.all(
      Array.from({ length: 5 }, (_, i) => nobody.post('/api/setup', { username: `first${i}`, password: 'a-long-password' })),
    );
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const late of tries.filter(({ status }) => status !== 200)) expectProblem(late, 409);
    expectProblem(await nobody.post('/api/setup', { username: 'second', password: 'a-long-password' }), 409);
    const made = tries.findIndex(({ status }) => status === 200);
    expect((await (await signIn(hub.baseUrl, `first${made}`, 'a-long-password')).get('/api/branches')).body).toEqual([]);
    await endHub(hub);
  });

  test('with rate limits on, guessing passwords over many names is slowed with Retry-After, others go on', async () => {
    const hub = await HubProcess.start({ env: { RATE_LIMIT: 'on' } });
    const manager = await signIn(hub.baseUrl, 'manager');
    const tries = await Promise.all(
      Array.from({ length: 150 }, (_, i) =>
        stranger(hub.baseUrl).post('/api/session', { username: `guess${i}`, password: 'wrong-pass-1' }),
      ),
    );
    const slowed = tries.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThan(0);
    for (const reply of slowed) {
      expectProblem(reply, 429);
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await manager.floor()).branchId).toBe('hq-01');
    await endHub(hub);
  });

  test('the demo is one process group: it prints where it is, and ends whole and clean when asked', async () => {
    const port = await freePort();
    const dataDir = join(folder(), 'demo');
    const demo = runDemo(['--still', '--port', String(port), '--data', dataDir]);
    const url = `http://127.0.0.1:${port}`;
    const until = performance.now() + 60_000;
    while (performance.now() < until && !demo.stdout.includes(url))
      await Promise.race([demo.ended, new Promise((resolve) => setTimeout(resolve, 25))]);
    expect(demo.stdout).toContain(url);
    expect(demo.stdout).toContain(PASSWORD);
    const { number } = await device(url, 'demo-kiosk').issue();
    demo.signal('SIGINT');
    expect((await demo.end(20_000)).code, demo.stderr).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    expect(existsSync(dataDir)).toBe(true);
    const again = runDemo(['--still', '--port', String(port), '--data', dataDir]);
    while (performance.now() < until && !again.stdout.includes(url))
      await Promise.race([again.ended, new Promise((resolve) => setTimeout(resolve, 25))]);
    expect((await (await signIn(url, 'manager')).floor()).floor.tickets.map((ticket) => ticket.number)).toEqual([number]);
    again.signal('SIGKILL');
    await again.ended;
  });

  test('a demo option that is none is one clear line, and exit 1', async () => {
    for (const args of [['--port', 'abc'], ['--speed', '0'], ['--nonsense']]) {
      const run = runDemo([...args, '--data', join(folder(), 'demo')]);
      expect((await run.end(20_000)).code, args.join(' ')).toBe(1);
      expect(run.stderr.trim().length).toBeGreaterThan(0);
    }
  });
});
