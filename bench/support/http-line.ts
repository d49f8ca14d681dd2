/** One keep-alive connection with one request under way: so thin that what is measured is the server. */
import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

export interface HttpReply {
  readonly status: number;
  /** Bytes as latin1; JSON of ASCII reads as it is. */
  readonly body: string;
}

interface Pending {
  readonly resolve: (reply: HttpReply) => void;
  readonly reject: (error: Error) => void;
}

export class HttpLine {
  private received = '';
  private pending: Pending | undefined;
  private readonly head: string;

  private constructor(
    private readonly socket: Socket,
    port: number,
    headers: Readonly<Record<string, string>>,
  ) {
    const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.head = `Host: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n${given.join('')}`;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.take(chunk));
    socket.on('close', () => this.pending?.reject(new Error('the server closed the connection')));
    socket.on('error', () => undefined);
  }

  static async open(port: number, headers: Readonly<Record<string, string>> = {}): Promise<HttpLine> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new HttpLine(socket, port, headers);
  }

  post(path: string, body: string): Promise<HttpReply> {
    return this.send(`POST ${path} HTTP/1.1\r\n${this.head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  get(path: string): Promise<HttpReply> {
    return this.send(`GET ${path} HTTP/1.1\r\n${this.head}\r\n`);
  }

  private send(request: string): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: string): void {
    this.received += chunk;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.received.slice(0, headEnd))?.[1];
    const end = headEnd + 4 + Number(length ?? 0);
    if (this.received.length < end) return;
    const reply = { status: Number(this.received.slice(9, 12)), body: this.received.slice(headEnd + 4, end) };
    this.received = this.received.slice(end);
    const { pending } = this;
    this.pending = undefined;
    pending?.resolve(reply);
  }
}
