/** A whole hub with the demo bank, on a database of its own, for tests of the edge. Time goes by itself and can be pushed. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse as Response } from 'fastify';
import { clockActor } from '../../shared/aggregate.ts';
import { type App, buildApp } from '../app.ts';
import { DEMO_PASSWORD } from '../demo/demo-bank.ts';
import { seedDemo } from '../demo/seed.ts';
import { createOutlookBoard } from '../forecast/outlook-board.ts';
import { aggregates } from '../hub/aggregates.ts';
import { createHub } from '../hub/hub.ts';
import type { Hub } from '../hub/hub.types.ts';
import { createCalendar } from '../platform/calendar.ts';
import { type Clock, startClock, systemWall } from '../platform/clock.ts';
import { systemIds } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics, type Metrics } from '../platform/metrics.ts';
import { loadSecret } from '../platform/secret.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.types.ts';

interface Options {
  readonly demo?: boolean;
  readonly rateLimit?: boolean;
  readonly allowedOrigins?: readonly string[];
  readonly logLevel?: string;
  /** Hub time when it begins, epoch ms; `workingMorning` if absent. */
  readonly startAt?: number;
}

interface Asked {
  readonly cookie?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A Wednesday, half past nine in Shanghai: both shifts of tellers are there, whatever the hour at which a test is run. */
export const workingMorning = Date.UTC(2026, 4, 13, 1, 30);

export const uuid = (): string => systemIds.newId();
/** One cookie jar entry: what a browser would send back. */
const cookieOf = (response: Response): string => String(response.headers['set-cookie']).split(';')[0] ?? '';

export class TestEdge {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'counterflow-edge-'));
  readonly logged: string[] = [];
  app!: App;
  hub!: Hub;
  store!: Store;
  metrics!: Metrics;
  url = '';
  /** Events so far that somebody brought about: what time alone brings may come at any moment. */
  deeds = 0;
  private clock!: Clock;
  private pushedMs = 0;

  private constructor(private readonly options: Options) {}

  static async start(options: Options = {}): Promise<TestEdge> {
    const edge = new TestEdge(options);
    await edge.up();
    return edge;
  }

  private async up(): Promise<void> {
    const { demo = true, rateLimit = false, allowedOrigins = [], logLevel = 'warn', startAt = workingMorning } = this.options;
    const wall = { wallMs: () => systemWall.wallMs() + this.pushedMs, monotonicMs: () => systemWall.monotonicMs() + this.pushedMs };
    const log = createLog(logLevel, { write: (line: string) => void this.logged.push(line) });
    this.store = openStore({ dataDir: this.dataDir, at: wall.wallMs() });
    this.clock = startClock({ wall, speed: 1, memory: this.store.meta, firstAt: startAt });
    const secret = loadSecret(this.dataDir, systemIds);
    this.metrics = createMetrics();
    const calendar = createCalendar();
    const board = createOutlookBoard(() => this.clock.realNow());
    const parts = { board, store: this.store, clock: this.clock, ids: systemIds, calendar, log };
    this.hub = createHub({ ...parts, aggregates, commandKey: secret.key('command-bodies') });
    this.app = await buildApp({ ...parts, settings: { allowedOrigins, rateLimit }, hub: this.hub, secret, metrics: this.metrics });
    this.hub.onCommitted((_branchId, events) => {
      this.deeds += events.filter(({ actor }) => actor !== clockActor.id).length;
    });
    await this.hub.start();
    if (demo) await seedDemo(this.hub, systemIds);
    await this.app.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = this.app.http.server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
  }

  private async down(): Promise<void> {
    await this.app.http.close();
    await this.hub.stop();
    this.store.close();
  }

  /** Stops the hub and starts it again on the same database (on another port). */
  async restart(): Promise<void> {
    await this.down();
    await this.up();
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Hub time, epoch ms. */
  now(): number {
    return this.clock.now();
  }

  /** Real time and hub time move on at once. */
  push(ms: number): void {
    this.pushedMs += ms;
  }

  ask(method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, { cookie, token, headers, body }: Asked = {}): Promise<Response> {
    const given: InjectOptions = {
      method,
      url: path,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    };
    if (body !== undefined) {
      given.payload = typeof body === 'string' ? body : JSON.stringify(body);
      given.headers = { 'content-type': 'application/json', ...given.headers };
    }
    return this.app.http.inject(given);
  }

  /** The session cookie of a fresh sign-in. */
  async signIn(username: string, password = DEMO_PASSWORD): Promise<string> {
    const response = await this.ask('POST', '/api/session', { body: { username, password } });
    if (response.statusCode !== 200) throw new Error(`${username} cannot sign in: ${response.body}`);
    return cookieOf(response);
  }

  /** A command with a fresh id to hq-01. */
  command(as: Pick<Asked, 'cookie' | 'token'>, command: object, branch = 'hq-01'): Promise<Response> {
    return this.ask('POST', `/api/branches/${branch}/commands`, { ...as, body: { id: uuid(), ...command } });
  }

  /** A command of the administrator. */
  bank(cookie: string, command: object): Promise<Response> {
    return this.ask('POST', '/api/bank/commands', { cookie, body: { id: uuid(), ...command } });
  }
}

export const kiosk = { token: 'demo-kiosk' };
export const display = { token: 'demo-display' };
