/** A real socket and all it heard; every wait is for something to happen, never for time to pass. */
import type { Socket as NetSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { TestEdge } from '../http/edge.fixture.ts';

export interface Heard {
  readonly branchId: string;
  readonly seq: number;
  readonly type: string;
}

interface Answer {
  readonly ok: boolean;
  readonly code?: string;
  readonly seq: number;
  readonly floor?: { readonly tickets: readonly unknown[] };
}

export class Viewer {
  readonly heard: Heard[] = [];
  revoked = false;
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly edge: TestEdge,
    readonly socket: Socket,
  ) {
    socket.on('events', (batch: Heard[]) => {
      this.heard.push(...batch);
      this.wake();
    });
    socket.on('revoked', () => {
      this.revoked = true;
      this.wake();
    });
    for (const event of ['connect', 'disconnect', 'connect_error']) socket.on(event, () => this.wake());
  }

  static connect(edge: TestEdge, as: { cookie?: string; token?: string }, extra: Record<string, string> = {}): Viewer {
    const socket = io(edge.url, {
      transports: ['websocket'],
      reconnectionDelay: 20,
      forceNew: true,
      ...(as.token === undefined ? {} : { auth: { token: as.token } }),
      extraHeaders: { ...(as.cookie === undefined ? {} : { cookie: as.cookie }), ...extra },
    });
    return new Viewer(edge, socket);
  }

  private wake(): void {
    for (const check of this.waiting) check();
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  async watch(payload: unknown = { branchId: 'hq-01', audience: 'staff' }): Promise<Answer> {
    await this.until(() => this.socket.connected);
    return this.socket.emitWithAck('watch', payload);
  }

  /** All events up to the branch's head are here. */
  caughtUp(branchId = 'hq-01'): Promise<void> {
    const head = this.edge.hub.state(branchId)?.seq ?? 0;
    return this.until(() => (this.heard.at(-1)?.seq ?? 0) >= head);
  }

  refusal(): Promise<string> {
    return new Promise((resolve) =>
      this.socket.once('connect_error', (error) => resolve((error as Error & { data?: { code: string } }).data?.code ?? error.message)),
    );
  }

  /** Stops reading from the network, as a screen whose machine hangs; returns how to go on. */
  hang(): () => void {
    const inner = (value: unknown, key: string): unknown =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    const line = inner(inner(this.socket.io.engine.transport, 'ws'), '_socket') as NetSocket;
    line.pause();
    return () => void line.resume();
  }
}
