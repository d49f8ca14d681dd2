/** A screen somewhere: watches branches over a socket and keeps everything it is told. */
import { io, type Socket } from 'socket.io-client';
import { expect } from 'vitest';
import type { Floor, HubEvent } from './client.ts';

export interface Watching {
  readonly ok: boolean;
  readonly seq?: number;
  readonly floor?: Floor;
  readonly code?: string;
}

interface Who {
  readonly cookie?: string;
  readonly token?: string;
}

const WAIT_MS = 15_000;

export class Viewer {
  readonly events: HubEvent[] = [];
  readonly revocations: number[] = [];
  readonly drops: string[] = [];
  readonly socket: Socket;
  private readonly looks = new Set<() => void>();

  constructor(url: string, who: Who, more: { origin?: string; transports?: ('websocket' | 'polling')[]; reconnection?: boolean } = {}) {
    this.socket = io(url, {
      forceNew: true,
      autoConnect: false,
      transports: more.transports ?? ['websocket'],
      reconnection: more.reconnection ?? false,
      extraHeaders: {
        ...(who.cookie === undefined ? {} : { cookie: who.cookie }),
        ...(more.origin === undefined ? {} : { origin: more.origin }),
      },
      ...(who.token === undefined ? {} : { auth: { token: who.token } }),
    });
    this.socket.on('events', (batch: HubEvent[]) => {
      this.events.push(...batch);
      this.look();
    });
    this.socket.on('revoked', () => {
      this.revocations.push(performance.now());
      this.look();
    });
    this.socket.on('disconnect', (reason) => {
      this.drops.push(reason);
      this.look();
    });
  }

  /** Connects; false when the hub refuses. */
  async connect(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the socket neither connected nor was refused')), WAIT_MS);
      const end = (connected: boolean) => {
        clearTimeout(timer);
        resolve(connected);
      };
      this.socket.once('connect', () => end(true));
      this.socket.once('connect_error', () => end(false));
      this.socket.once('disconnect', () => end(false));
      this.socket.io.once('close', () => end(false));
      this.socket.connect();
    });
  }

  async ask(event: string, ...payload: unknown[]): Promise<Watching> {
    return (await this.socket.timeout(WAIT_MS).emitWithAck(event, ...payload)) as Watching;
  }

  watch(fields: Readonly<Record<string, unknown>> = {}): Promise<Watching> {
    return this.ask('watch', { branchId: 'hq-01', audience: 'staff', ...fields });
  }

  /** Resolves once `holds`; looked at after everything the hub says. */
  until(holds: (viewer: Viewer) => boolean, what = 'it', withinMs = WAIT_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds(this)) return;
        clearTimeout(timer);
        this.looks.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.looks.delete(check);
        reject(new Error(`waited ${withinMs} ms for ${what}; last seq seen ${this.events.at(-1)?.seq}`));
      }, withinMs);
      this.looks.add(check);
      check();
    });
  }

  reached(seq: number, withinMs = WAIT_MS): Promise<void> {
    return this.until(({ last }) => last >= seq, `seq ${seq}`, withinMs);
  }

  get last(): number {
    return this.events.at(-1)?.seq ?? 0;
  }

  close(): void {
    this.socket.disconnect();
  }

  private look(): void {
    this.looks.forEach((look) => look());
  }
}

/** Strictly rising by one: no gap, no repeat. */
export function expectUnbroken(events: readonly HubEvent[], after: number): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => after + 1 + index));
}

export async function connected(url: string, who: Who, more: ConstructorParameters<typeof Viewer>[2] = {}): Promise<Viewer> {
  const viewer = new Viewer(url, who, more);
  expect(await viewer.connect()).toBe(true);
  return viewer;
}
