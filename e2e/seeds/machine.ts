/** The machine a hub runs on: it can be killed at any instant, and what its disk held at that instant is all that is left. */
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { type App, buildApp } from '../../server/app.ts';
import { createOutlookBoard } from '../../server/forecast/outlook-board.ts';
import { aggregates } from '../../server/hub/aggregates.ts';
import { createHub } from '../../server/hub/hub.ts';
import type { Hub } from '../../server/hub/hub.types.ts';
import { createCalendar } from '../../server/platform/calendar.ts';
import { type Clock, highWaterKey, startClock } from '../../server/platform/clock.ts';
import type { Ids } from '../../server/platform/ids.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { loadSecret } from '../../server/platform/secret.ts';
import { openStore } from '../../server/store/store.ts';
import type { Store } from '../../server/store/store.types.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { type Random, seededRandom } from '../../simulator/random.ts';
import type { ProcessTime, World } from './world.ts';

/** Between commands; before a commit reaches the disk; with the disk half written; after the commit, before anybody heard of it. */
export const killPoints = ['idle', 'beforeCommit', 'tornCommit', 'afterCommit'] as const;
export type KillPoint = (typeof killPoints)[number];

interface Life {
  readonly dataDir: string;
  readonly time: ProcessTime;
  readonly store: Store;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly app: App;
  readonly url: string;
  dead: boolean;
}

export interface Response {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

const diskFull = 'the disk is full';
const killAnywayMs = 10 * 60_000;

/** Ids drawn from a seed: a run can be repeated to the letter. */
export function seededIds(random: Random): Ids {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
  return {
    newId: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    newToken: (bytes) => Buffer.from(hex(bytes * 2), 'hex').toString('base64url'),
  };
}

export class Machine {
  /** What the hub called an error: each is a bug. */
  readonly errors: string[] = [];
  readonly kills: Record<KillPoint, number> = { idle: 0, beforeCommit: 0, tornCommit: 0, afterCommit: 0 };
  private life: Life | undefined;
  private waiting: (() => void)[] = [];
  private lives = 0;
  private armed: { readonly point: KillPoint; readonly done: () => void } | undefined;
  private dataDir: string;
  private lastHubTime = 0;
  private killed = false;
  private refusing = 0;
  private readonly random: Random;
  private readonly ids: Ids;
  private changing: Promise<void> = Promise.resolve();

  /** `folder` holds this machine's disk; `template` is a data folder to begin with. */
  constructor(
    private readonly world: World,
    private readonly folder: string,
    seed: number,
    private readonly branchId: string,
    private readonly severed: () => void,
    template?: string,
  ) {
    this.random = seededRandom(seed, 'machine');
    this.ids = seededIds(seededRandom(seed, 'ids'));
    this.dataDir = join(folder, 'data-0');
    if (template === undefined) mkdirSync(this.dataDir, { recursive: true });
    else cpSync(template, this.dataDir, { recursive: true });
  }

  /** The data folder; whole only while the hub is down. */
  get disk(): string {
    return this.dataDir;
  }

  get url(): string | undefined {
    return this.life?.url;
  }

  get running(): boolean {
    return this.life !== undefined;
  }

  /** The committed state; undefined while the hub is down. */
  state(): BranchState | undefined {
    return this.life?.hub.state(this.branchId);
  }

  /** Hub time, if a hub runs; notes when it went back. */
  hubTime(): number | undefined {
    const now = this.life?.clock.now();
    if (now === undefined) return undefined;
    if (now < this.lastHubTime) this.errors.push(`hub time went back from ${this.lastHubTime} to ${now}`);
    this.lastHubTime = Math.max(this.lastHubTime, now);
    return now;
  }

  /** The parts of the running hub, for looking into them. */
  parts(): { store: Store; hub: Hub; clock: Clock } {
    if (this.life === undefined) throw new Error('the hub is down');
    return this.life;
  }

  /** The disk takes none of the next commits; the hub must live with that. */
  refuseCommits(times: number): void {
    this.refusing = times;
  }

  up(): Promise<void> {
    return this.life !== undefined ? Promise.resolve() : new Promise((done) => this.waiting.push(done));
  }

  start(): Promise<void> {
    return this.inTurn(async () => {
      if (this.life !== undefined) return;
      this.life = await this.boot();
      this.hubTime();
      const waiting = this.waiting;
      this.waiting = [];
      for (const go of waiting) go();
    });
  }

  /** A graceful stop, as for an update of the program. */
  stop(): Promise<void> {
    return this.inTurn(async () => {
      const { life } = this;
      if (life === undefined) return;
      this.hubTime();
      this.life = undefined;
      await life.app.http.close();
      await life.hub.stop();
      life.dead = true;
      life.time.end();
      life.store.close();
      this.severed();
    });
  }

  /** Resolves when the hub is dead: at once, or at the next commit of somebody's command. */
  kill(point: KillPoint): Promise<void> {
    if (this.life === undefined) return Promise.resolve();
    if (point === 'idle' || this.armed !== undefined) {
      this.die(this.life, 'idle');
      return Promise.resolve();
    }
    return new Promise((done) => {
      this.armed = { point, done };
      this.world.after(killAnywayMs, () => {
        if (this.armed?.done === done && this.life !== undefined) this.die(this.life, 'idle');
      });
    });
  }

  /** Undefined: the line went dead before an answer came. */
  async post(url: string, headers: Readonly<Record<string, string>>, payload: object): Promise<Response | undefined> {
    const { life } = this;
    if (life === undefined) return undefined;
    try {
      const response = await life.app.http.inject({ method: 'POST', url, headers, payload });
      if (life.dead) return undefined;
      return { status: response.statusCode, body: response.body === '' ? undefined : response.json(), headers: response.headers };
    } catch (error) {
      if (life.dead || this.life !== life) return undefined;
      throw error;
    }
  }

  /** Ends for good; what the disk holds goes too. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.world.busy(this.changing.then(work));
    this.changing = mine.catch(() => undefined);
    return mine;
  }

  private async boot(): Promise<Life> {
    const { dataDir } = this;
    const time = this.world.process();
    const opened = openStore({ dataDir, at: time.wall.wallMs() });
    const life: { current?: Life } = {};
    const store: Store = { ...opened, commit: (batch) => this.commit(opened, batch, life.current) };
    // What a killed hub had not yet marked it cannot know of when it comes back to a clock set back.
    if (this.killed) this.lastHubTime = Math.min(this.lastHubTime, Number(opened.meta.get(highWaterKey)));
    this.killed = false;
    const clock = startClock({ wall: time.wall, speed: 1, memory: store.meta });
    const secret = loadSecret(dataDir, this.ids);
    const log = createLog('error', {
      write: (line: string) => {
        if (life.current?.dead !== true && !line.includes(diskFull)) this.errors.push(`the hub logged: ${line.trim()}`);
      },
    });
    const metrics = createMetrics();
    const { ids } = this;
    const calendar = createCalendar();
    const hub = createHub({
      store,
      clock,
      ids,
      calendar,
      log,
      metrics: metrics.hub,
      scheduler: time.scheduler,
      aggregates,
      commandKey: secret.key('command-body'),
    });
    const app = await buildApp({
      settings: { allowedOrigins: [], rateLimit: false },
      hub,
      store,
      clock,
      calendar,
      ids,
      secret,
      log,
      metrics,
      // The hub quotes nothing from it: forecasts are made in real time, and a day must come out the same again.
      board: createOutlookBoard(() => clock.realNow()),
    });
    await hub.start();
    await app.http.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.http.server.address() as AddressInfo;
    life.current = { dataDir, time, store: opened, hub, clock, app, url: `http://127.0.0.1:${port}`, dead: false };
    this.lives += 1;
    return life.current;
  }

  private commit(store: Store, batch: Parameters<Store['commit']>[0], life: Life | undefined): ReturnType<Store['commit']> {
    if (life?.dead === true) throw new Error('killed');
    if (this.refusing > 0) {
      this.refusing -= 1;
      throw new Error(diskFull);
    }
    const point = life !== undefined && batch.commands.length > 0 ? this.armed?.point : undefined;
    if (life === undefined || point === undefined) return store.commit(batch);
    if (point === 'beforeCommit') {
      this.die(life, point);
      throw new Error('killed');
    }
    const wal = join(life.dataDir, 'counterflow.db-wal');
    const before = existsSync(wal) ? statSync(wal).size : 0;
    const heads = store.commit(batch);
    this.die(life, point, before);
    if (point === 'tornCommit') throw new Error('killed');
    return heads;
  }

  /** Takes the disk as it is now; of the process itself nothing is ever heard again. */
  private die(life: Life, point: KillPoint, walBefore = 0): void {
    this.hubTime();
    this.kills[point] += 1;
    const image = join(
      this.folder,
      `data-${this.lives}-${this.kills.idle + this.kills.beforeCommit + this.kills.tornCommit + this.kills.afterCommit}`,
    );
    mkdirSync(image, { recursive: true });
    for (const name of ['counterflow.db', 'counterflow.db-wal', 'secret']) {
      const from = join(life.dataDir, name);
      if (existsSync(from)) copyFileSync(from, join(image, name));
    }
    cpSync(join(life.dataDir, 'snapshots'), join(image, 'snapshots'), { recursive: true });
    if (point === 'tornCommit') {
      const wal = join(image, 'counterflow.db-wal');
      const after = statSync(wal).size;
      if (after > walBefore) truncateSync(wal, Math.floor(this.random.between(walBefore, after)));
    }
    this.killed = true;
    life.dead = true;
    life.time.end();
    this.life = undefined;
    this.dataDir = image;
    this.severed();
    const { armed } = this;
    this.armed = undefined;
    this.inTurn(async () => {
      // Its last turn of the event loop must be over before its files are closed.
      await new Promise((next) => setImmediate(next));
      await life.app.http.close();
      life.store.close();
      rmSync(life.dataDir, { recursive: true, force: true, maxRetries: 5 });
    }).catch((error: unknown) => this.errors.push(`clearing away a killed hub: ${String(error)}`));
    armed?.done();
  }
}
