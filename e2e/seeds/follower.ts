/** A screen that follows the branch over a real socket, loses its line, and comes back by `after`. */
import { io, type Socket } from 'socket.io-client';
import type { Machine } from './machine.ts';
import type { Credentials, Sender } from './senders.ts';

export interface Heard {
  readonly branchId: string;
  readonly seq: number;
  readonly type: string;
  readonly at?: number;
}

interface WatchAnswer {
  readonly ok: boolean;
  readonly code?: string;
  readonly seq?: number;
  readonly floor?: unknown;
}

export class Follower {
  readonly heard: Heard[] = [];
  readonly faults: string[] = [];
  /** The picture it began with, and the sequence number of that. */
  floor: unknown;
  floorSeq: number | undefined;
  drops = 0;
  private seq: number | undefined;
  private socket: Socket | undefined;
  private away = false;

  constructor(
    readonly name: string,
    private readonly machine: Machine,
    private readonly branchId: string,
    private readonly audience: 'staff' | 'public',
    private readonly viewer: Sender & { readonly credentials: Credentials },
  ) {}

  get at(): number | undefined {
    return this.seq;
  }

  /** The line breaks and stays broken. */
  drop(): void {
    this.away = true;
    this.sever();
  }

  /** The hub is gone: whatever it had under way never arrives. */
  sever(): void {
    if (this.socket === undefined) return;
    this.drops += 1;
    const { socket } = this;
    this.socket = undefined;
    socket.off();
    socket.io.engine?.close();
    socket.disconnect();
  }

  comeBack(): void {
    this.away = false;
    this.connect();
  }

  /** Connects if it may and is not; asks for what it has missed. */
  connect(): void {
    const { url } = this.machine;
    if (this.away || url === undefined || this.socket !== undefined) return;
    const { cookie, token } = this.viewer.credentials;
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 5,
      reconnectionDelayMax: 50,
      ...(token === undefined ? {} : { auth: { token } }),
      ...(cookie === undefined ? {} : { extraHeaders: { cookie } }),
    });
    this.socket = socket;
    socket.on('connect', () => {
      const asked = this.seq;
      socket.emit(
        'watch',
        { branchId: this.branchId, audience: this.audience, ...(asked === undefined ? {} : { after: asked }) },
        (answer: WatchAnswer) => {
          if (this.socket === socket) this.watched(answer, asked);
        },
      );
    });
    socket.on('events', (batch: Heard[]) => {
      if (this.socket === socket) this.hear(batch);
    });
    socket.on('revoked', () => void this.renew(socket));
    socket.on('connect_error', ({ message }) => {
      if (message === 'auth.required') void this.renew(socket);
    });
  }

  close(): void {
    this.away = true;
    this.socket?.disconnect();
    this.socket = undefined;
  }

  /** The session ended: a person signs in again, and the next connection is theirs. */
  private async renew(socket: Socket): Promise<void> {
    if (this.socket !== socket) return;
    if (this.viewer.credentials.cookie === undefined) this.faults.push(`${this.name} was told its access had ended`);
    this.sever();
    this.away = true;
    await this.viewer.renew(this.machine);
    this.comeBack();
  }

  private watched(answer: WatchAnswer, asked: number | undefined): void {
    if (!answer.ok) this.faults.push(`${this.name} may not watch: ${answer.code}`);
    else if (asked !== undefined && answer.floor !== undefined)
      this.faults.push(`${this.name} asked for what came after ${asked} and got a whole picture`);
    else if (asked === undefined) {
      this.floor = answer.floor;
      this.floorSeq = answer.seq;
      this.seq = answer.seq;
    }
  }

  private hear(batch: readonly Heard[]): void {
    for (const event of batch) {
      if (this.seq === undefined || event.seq !== this.seq + 1) this.faults.push(`${this.name} heard ${event.seq} after ${this.seq}`);
      this.seq = event.seq;
      this.heard.push(event);
    }
  }
}
