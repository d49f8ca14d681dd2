/** One board in a process of its own: when did it hear what a machine reported, by the machine's own clock. */
import { io } from 'socket.io-client';

interface Open {
  readonly open: { readonly url: string; readonly cookie?: string; readonly branchId?: string };
}
interface Hear {
  /** Waits for so many reports, at most a while; tells when each came. */
  readonly hear: { readonly reports: number };
}

interface Event {
  readonly type?: string;
  readonly reportedAt?: number;
}

const patienceMs = 30_000;
/** Monotonic, and the same for every process of this machine. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

let heard: [reportedAt: number, at: number][] = [];

function open({ url, cookie, branchId }: Open['open']): void {
  const socket = io(url, { transports: ['websocket'], reconnection: false, ...(cookie !== undefined && { extraHeaders: { cookie } }) });
  socket.on('events', (batch: readonly Event[]) => {
    const at = now();
    for (const { type, reportedAt } of batch)
      if (type === 'machine.statusChanged' && reportedAt !== undefined) heard.push([reportedAt, at]);
  });
  socket.on('connect', () => {
    if (branchId === undefined) return void process.send?.({ ok: true });
    socket.emit('watch', { branchId, audience: 'staff' }, (answer: { ok: boolean }) => void process.send?.({ ok: answer.ok }));
  });
  socket.on('connect_error', (error) => void process.send?.({ ok: false, error: error.message }));
}

async function hear({ reports }: Hear['hear']): Promise<void> {
  const until = now() + patienceMs;
  while (heard.length < reports && now() < until) await new Promise((next) => setTimeout(next, 5));
  process.send?.({ heard });
  heard = [];
}

process.on('message', (message: Open | Hear) => void ('open' in message ? open(message.open) : hear(message.hear)));
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
