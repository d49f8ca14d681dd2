/** A receiver as a bank would write it: a real HTTP server that checks every signature with the package itself. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly id: string;
  readonly path: string;
  readonly status: number;
  readonly body: { readonly type: string; readonly branchId: string; readonly seq: number; readonly [field: string]: unknown };
}

export class Receiver {
  readonly received: Received[] = [];
  /** Signatures that did not fit. */
  readonly forged: string[] = [];
  secret = '';
  /** Status to answer with; `hang` never answers. */
  answer: (received: Omit<Received, 'status'>) => number | 'hang' = () => 204;
  private readonly waiting = new Set<() => void>();
  private readonly held: ServerResponse[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => void receiver.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks?key=canary-url-key`;
  }

  /** Those that were answered with 2xx. */
  get taken(): Received[] {
    return this.received.filter(({ status }) => status < 300);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      new Webhook(this.secret).verify(text, request.headers as Record<string, string>);
    } catch (error) {
      this.forged.push(String(error));
    }
    const heard = { id: String(request.headers['webhook-id']), path: request.url ?? '', body: JSON.parse(text) as Received['body'] };
    const status = this.answer(heard);
    this.received.push({ ...heard, status: status === 'hang' ? 999 : status });
    if (status === 'hang') this.held.push(response);
    else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('an answer nobody reads '.repeat(1_000));
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

  async stop(): Promise<void> {
    for (const response of this.held) response.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
