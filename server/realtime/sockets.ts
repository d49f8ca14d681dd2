/** The sockets: who may connect, when access ends, who is too slow. */
import type { Server as HttpServer } from 'node:http';
import { Gauge } from 'prom-client';
import { Server } from 'socket.io';
import type { Edge } from '../http/edge.ts';
import { originAllowed } from '../http/security.ts';
import { pulseFor } from './pulse.ts';
import { createWatches, type SocketData, type WatchAnswer, type WatchServer, type WatchSocket } from './watch.ts';

/** Larger than anything sensible, so that nonsense is answered; what is beyond costs the line. */
const MESSAGE_BYTES = 1024 * 1024;
const SWEEP_MS = 1_000;
/** A viewer this far behind is cut; it comes back by `after`. */
const BACKLOG_PACKETS = 2_000;
const BACKLOG_BYTES = 16 * 1024 * 1024;

/** What `connect_error` carries: `data.code`. */
class Refused extends Error {
  readonly data: { readonly code: string };
  constructor(code: string) {
    super(code);
    this.data = { code };
  }
}

const firstText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** Packets and bytes that wait for this client to read; Engine.IO keeps them but types neither. */
function isTooSlow({ conn }: WatchSocket): boolean {
  const packets = inside(inside(conn, 'writeBuffer'), 'length');
  const bytes = inside(inside(conn.transport, 'socket'), 'bufferedAmount');
  return Number(packets ?? 0) > BACKLOG_PACKETS || Number(bytes ?? 0) > BACKLOG_BYTES;
}

export interface Sockets {
  readonly io: WatchServer;
  close(): Promise<void>;
}

export function createSockets(edge: Edge, http: HttpServer): Sockets {
  const { access, sessions, hub, clock, log, metrics } = edge;
  const io: WatchServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, decide) => {
      const allowed = originAllowed(edge, request.headers.origin, request.headers.host);
      if (!allowed) noteRefusal('origin.forbidden');
      decide(allowed ? null : 'origin.forbidden', allowed);
    },
  });
  /** Access refused is logged, without who asked for what: the code and the actor's id. */
  function noteRefusal(code: string, actor?: string): void {
    edge.refused.inc({ code });
    log.warn({ code, actor }, 'socket refused');
  }
  const watches = createWatches(io, hub, edge.forecasts, clock, edge.settings.rateLimit, (actor, code) => noteRefusal(code, actor));
  const connected = new Gauge({ name: 'counterflow_sockets', help: 'Sockets connected', registers: [metrics.registry] });

  const identify = ({ handshake: { headers, auth } }: WatchSocket) =>
    access.identify({ cookie: headers.cookie, authorization: headers.authorization, token: firstText(auth['token']) });

  io.use((socket, next) => {
    const principal = identify(socket);
    if (principal === undefined) {
      noteRefusal('auth.required');
      return next(new Refused('auth.required'));
    }
    const data: SocketData = { principal, watches: new Map(), windowEndsAt: 0, asked: 0 };
    Object.assign(socket.data, data);
    next();
  });

  io.on('connection', (socket) => {
    connected.set(io.engine.clientsCount);
    // Revoked, or given another role, between the handshake and now.
    const principal = identify(socket);
    if (principal === undefined) return end(socket);
    socket.data.principal = principal;
    // Typed as unknown: whatever a client sends, it was not checked yet.
    const listen = socket as unknown as { on(event: string, listener: (...args: unknown[]) => void): void };
    listen.on('watch', (asked, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      watches.watch(socket, asked, (answer: WatchAnswer) => void acknowledge(answer));
    });
    listen.on('unwatch', (asked, acknowledge) => {
      watches.unwatch(socket, asked);
      if (typeof acknowledge === 'function') acknowledge({ ok: true });
    });
    listen.on('disconnect', () => connected.set(io.engine.clientsCount));
  });

  function end(socket: WatchSocket): void {
    socket.emit('revoked');
    socket.disconnect(true);
  }

  function revoke(concerns: (data: SocketData) => boolean): void {
    for (const socket of io.of('/').sockets.values()) {
      if (concerns(socket.data)) end(socket);
    }
  }

  sessions.onEnded((sessionId) => revoke(({ principal }) => principal.sessionId === sessionId));
  hub.onBankCommitted((_id, events) => {
    for (const event of events) {
      if (event.type === 'device.revoked') revoke(({ principal }) => principal.deviceId === event.deviceId);
      if (event.type === 'account.disabled' || event.type === 'account.passwordSet')
        revoke(({ principal }) => principal.username === event.username);
      // Another role, other branches: it comes back by itself, as what it is now.
      if (event.type === 'account.updated') {
        for (const socket of io.of('/').sockets.values()) if (socket.data.principal.username === event.username) socket.conn.close();
      }
    }
  });

  const endPulse = edge.auditor.onLook((verdict) => {
    for (const socket of io.of('/').sockets.values()) {
      const { actor } = socket.data.principal;
      if (actor.kind === 'staff') socket.emit('pulse', pulseFor(actor, verdict));
    }
  });

  /** A loan to another branch begins and ends by time alone. */
  function reachesElsewhere({ data: { principal } }: WatchSocket): boolean {
    const actor = principal.username === undefined ? undefined : access.actorOf(principal.username);
    return actor !== undefined && String(actor.branches) !== String(principal.actor.branches);
  }

  const sweep = setInterval(() => {
    sessions.sweep();
    for (const socket of io.of('/').sockets.values()) {
      // It comes back by itself, as what it is now.
      if (reachesElsewhere(socket)) socket.conn.close();
      if (!isTooSlow(socket)) continue;
      log.warn({ actor: socket.data.principal.actor.id }, 'slow viewer dropped');
      socket.conn.close(true);
    }
  }, SWEEP_MS);

  return {
    io,
    close: async () => {
      clearInterval(sweep);
      endPulse();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
