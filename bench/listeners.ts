/** Many sockets in a process of their own: when did each hear what. */
import { io, type Socket } from 'socket.io-client';

interface Open {
  readonly open: { readonly url: string; readonly count: number; readonly token?: string; readonly branchId?: string };
}

interface Hear {
  /** Tells when each of the next `events` messages reached each socket. */
  readonly hear: { readonly url: string; readonly events: number };
}

/** Monotonic, and the same for every process of this machine. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

const sockets = new Map<string, Socket[]>();
const heard = new Map<Socket, number[]>();
let sample: unknown;

function connect({ url, token, branchId }: Open['open']): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...(token === undefined ? {} : { auth: { token } }),
    });
    heard.set(socket, []);
    socket.on('events', (batch: unknown) => {
      heard.get(socket)?.push(now());
      sample = batch;
    });
    socket.on('connect_error', reject);
    socket.on('connect', () => {
      if (branchId === undefined) return resolve(socket);
      socket.emit('watch', { branchId, audience: 'public' }, ({ ok, code }: { ok: boolean; code?: string }) =>
        ok ? resolve(socket) : reject(new Error(code)),
      );
    });
  });
}

async function open(wanted: Open['open']): Promise<void> {
  const opened: Socket[] = [];
  while (opened.length < wanted.count) {
    opened.push(...(await Promise.all(Array.from({ length: Math.min(25, wanted.count - opened.length) }, () => connect(wanted)))));
  }
  sockets.set(wanted.url, opened);
  process.send?.({ opened: opened.length });
}

async function hear({ url, events }: Hear['hear']): Promise<void> {
  const all = sockets.get(url) ?? [];
  const until = now() + 20_000;
  while (all.some((socket) => (heard.get(socket)?.length ?? 0) < events) && now() < until) await new Promise((next) => setTimeout(next, 5));
  process.send?.({ times: all.map((socket) => heard.get(socket)?.splice(0) ?? []), sample });
}

process.on('message', (message: Open | Hear) => void ('open' in message ? open(message.open) : hear(message.hear)));
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
