/** One Socket.IO connection a page; any number of watched branches over it. It comes back by itself, for ever. */
import { io, type Socket } from 'socket.io-client';
import type { SeenOutlook } from '../../shared/contract/outlook.ts';
import type { Sequenced } from './fold.ts';
import { pageNow } from './hub-clock.ts';
import type { Pulse } from './pulse.ts';

export type Audience = 'staff' | 'public' | 'machine';

export interface WatchAnswer {
  readonly ok: boolean;
  readonly code?: string;
  readonly seq?: number;
  readonly floor?: unknown;
  readonly at?: number;
  readonly speed?: number;
}

export interface Heard extends Sequenced {
  readonly branchId?: string;
  readonly at?: number;
}

export interface Watcher {
  readonly branchId: string;
  readonly audience: Audience;
  /** The sequence number held, or undefined to get a new picture. */
  after(): number | undefined;
  watched(answer: WatchAnswer, sentAt: number, receivedAt: number): void;
  heard(batch: readonly Heard[]): void;
  foretold(outlook: SeenOutlook): void;
  /** The line is down; last heard at this page time. */
  lost(since: number): void;
  revoked(): void;
}

export interface Connection {
  watch(watcher: Watcher): { again(): void; stop(): void };
  close(): void;
}

export interface ConnectionOptions {
  token?: string;
  /** Asked when the hub turns the handshake away: false = access has ended. */
  mayReturn?: () => Promise<boolean>;
  /** Hears whether the hub's timers run; the hub tells staff only. */
  ear?: { up(): void; down(): void; heard(pulse: Pulse): void };
}

const ANSWER_MS = 10_000;
const RETRY_MS = { first: 500, most: 5_000 } as const;

export function createConnection({ token, mayReturn, ear }: ConnectionOptions = {}): Connection {
  const watchers = new Set<Watcher>();
  let lastHeard = pageNow();
  let ended = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const socket: Socket = io({
    transports: ['websocket', 'polling'],
    reconnectionDelay: RETRY_MS.first,
    reconnectionDelayMax: RETRY_MS.most,
    ...(token === undefined ? {} : { auth: { token } }),
  });

  const ask = (watcher: Watcher): void => {
    if (!socket.connected) return;
    const sentAt = pageNow();
    const after = watcher.after();
    socket
      .timeout(ANSWER_MS)
      .emit(
        'watch',
        { branchId: watcher.branchId, audience: watcher.audience, ...(after === undefined ? {} : { after }) },
        (error: Error | null, answer: WatchAnswer | undefined) => {
          if (!watchers.has(watcher)) return;
          if (error !== null || answer === undefined) return ask(watcher);
          lastHeard = pageNow();
          watcher.watched(answer, sentAt, lastHeard);
        },
      );
  };

  const lost = (): void => {
    ear?.down();
    for (const watcher of watchers) watcher.lost(lastHeard);
  };

  const end = (): void => {
    ended = true;
    ear?.down();
    clearTimeout(retry);
    socket.disconnect();
    for (const watcher of watchers) watcher.revoked();
  };

  // Socket.IO gives up by itself when the server closes or turns away; a page on a wall must not.
  const comeBack = (): void => {
    if (ended || socket.active) return;
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), RETRY_MS.most / 2);
  };

  socket.on('connect', () => {
    lastHeard = pageNow();
    ear?.up();
    for (const watcher of watchers) ask(watcher);
  });
  socket.on('disconnect', () => {
    if (ended) return;
    lost();
    comeBack();
  });
  socket.on('connect_error', () => {
    lost();
    if (ended || socket.active) return;
    void (mayReturn?.() ?? Promise.resolve(true)).then((may) => (may ? comeBack() : end()));
  });
  socket.on('revoked', end);
  socket.on('pulse', (pulse: Pulse) => {
    lastHeard = pageNow();
    ear?.heard(pulse);
  });
  socket.on('events', (batch: readonly Heard[]) => {
    lastHeard = pageNow();
    const of = batch.find((event) => event.branchId !== undefined)?.branchId;
    for (const watcher of watchers) {
      if (of === watcher.branchId || (of === undefined && watchers.size === 1)) watcher.heard(batch);
    }
  });
  socket.on('outlook', (outlook: SeenOutlook) => {
    lastHeard = pageNow();
    for (const watcher of watchers) if (watcher.branchId === outlook.branchId) watcher.foretold(outlook);
  });
  socket.io.on('ping', () => {
    lastHeard = pageNow();
  });
  const offline = (): void => lost();
  const online = (): void => {
    if (!socket.connected) return;
    ear?.up();
    for (const watcher of watchers) ask(watcher);
  };
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);

  return {
    watch(watcher) {
      watchers.add(watcher);
      ask(watcher);
      return {
        again: () => ask(watcher),
        stop: () => {
          watchers.delete(watcher);
          if (socket.connected) socket.emit('unwatch', { branchId: watcher.branchId, audience: watcher.audience });
        },
      };
    },
    close() {
      ended = true;
      ear?.down();
      clearTimeout(retry);
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
      socket.disconnect();
    },
  };
}
