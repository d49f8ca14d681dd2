/** A branch's events over the socket, without gap or repeat: `after` carries over drops and restarts. */
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import type { HubClient } from './hub-client.ts';
import { eventSchema, type Floor, floorSchema, type HubEvent, watchAckSchema } from './messages.ts';

export interface WatchHandlers {
  onFloor(floor: Floor, seq: number): void;
  onEvents(events: readonly HubEvent[]): void;
  /** Back after a drop or a restart. */
  onResumed?(): void;
  onTrouble?(message: string): void;
}

const ACK_TIMEOUT_MS = 10_000;
const AGAIN_AFTER_MS = 1_000;

export class BranchWatch {
  /** Last sequence number handed on. */
  seq: number | undefined;
  /** Events that came again, and holes in the numbering: both must stay 0. */
  repeats = 0;
  gaps = 0;
  private readonly client: HubClient;
  private readonly branchId: string;
  private readonly audience: 'staff' | 'public';
  private readonly handlers: WatchHandlers;
  private socket: Socket | undefined;
  private early: HubEvent[] | undefined;
  private stopped = false;
  private resolveFirst: (() => void) | undefined;

  constructor(client: HubClient, branchId: string, audience: 'staff' | 'public', handlers: WatchHandlers) {
    this.client = client;
    this.branchId = branchId;
    this.audience = audience;
    this.handlers = handlers;
  }

  /** Resolves with the first floor. */
  async start(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.resolveFirst = resolve;
    });
    const proof = await this.client.proof();
    const socket = io(this.client.baseUrl, {
      transports: ['websocket'],
      extraHeaders: proof,
      auth: { token: proof['authorization']?.replace('Bearer ', '') },
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
    });
    this.socket = socket;
    socket.on('connect', () => void this.watch(socket));
    socket.on('events', (batch: unknown) => this.receive(z.array(eventSchema).parse(batch)));
    socket.on('revoked', () => this.handlers.onTrouble?.('access revoked'));
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') void this.again(socket);
    });
    socket.on('connect_error', (error) => {
      this.handlers.onTrouble?.(error.message);
      if (!socket.active) void this.again(socket);
    });
    await first;
  }

  /** Drops the connection as a bad network would; it comes back by itself. */
  drop(): void {
    this.socket?.io.engine.close();
  }

  stop(): void {
    this.stopped = true;
    this.socket?.disconnect();
  }

  private async again(socket: Socket): Promise<void> {
    if (this.stopped) return;
    this.client.forget();
    let proof: Record<string, string>;
    try {
      proof = await this.client.proof();
    } catch (error) {
      this.handlers.onTrouble?.(error instanceof Error ? error.message : String(error));
      return;
    }
    socket.io.opts.extraHeaders = proof;
    socket.connect();
  }

  private async watch(socket: Socket): Promise<void> {
    const first = this.seq === undefined;
    this.early = [];
    try {
      const sent: unknown = await socket
        .timeout(ACK_TIMEOUT_MS)
        .emitWithAck('watch', { branchId: this.branchId, audience: this.audience, ...(this.seq !== undefined && { after: this.seq }) });
      const ack = watchAckSchema.parse(sent);
      if (!ack.ok || ack.seq === undefined) {
        this.handlers.onTrouble?.(`watch refused: ${ack.code ?? 'unknown'}`);
        // The session may have ended: once more with a new one.
        setTimeout(() => void this.again(socket.disconnect()), AGAIN_AFTER_MS);
        return;
      }
      if (ack.floor !== undefined) {
        this.seq = ack.seq;
        this.handlers.onFloor(floorSchema.parse(ack.floor), ack.seq);
      }
      this.resolveFirst?.();
      const early = this.early;
      this.early = undefined;
      this.receive(early);
      if (!first) this.handlers.onResumed?.();
    } catch (error) {
      this.handlers.onTrouble?.(error instanceof Error ? error.message : String(error));
      socket.disconnect().connect();
    }
  }

  private receive(batch: readonly HubEvent[]): void {
    if (this.early !== undefined) {
      this.early.push(...batch);
      return;
    }
    const fresh: HubEvent[] = [];
    for (const event of batch) {
      const last = this.seq ?? event.seq - 1;
      if (event.seq <= last) {
        this.repeats++;
        continue;
      }
      if (event.seq > last + 1) this.gaps++;
      this.seq = event.seq;
      fresh.push(event);
    }
    if (fresh.length > 0) this.handlers.onEvents(fresh);
  }
}
