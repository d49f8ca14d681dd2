/** One person's or one device's way to the hub: HTTP with a session cookie or a bearer token, retried safely. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import { type CommandReply, commandReplySchema, problemSchema } from './messages.ts';

export type Credentials = { readonly username: string; readonly password: string } | { readonly token: string };

/** The hub said no: a rule (409), a right (403), bad input (400) … `code` is stable. */
export class HubRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** One acknowledged command, for whoever checks that nothing acknowledged is ever lost. */
export interface Acknowledged {
  readonly branchId: string;
  readonly id: string;
  readonly command: FloorCommand;
  readonly reply: CommandReply;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** How long a request is tried again when the hub cannot be reached or is busy, real ms. */
  readonly retryForMs?: number;
  readonly signal?: AbortSignal;
  readonly onAcknowledged?: (entry: Acknowledged) => void;
  /** Post an acknowledged command once more with the same id; the hub must give the same answer. */
  readonly repeat?: () => boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const REQUEST_TIMEOUT_MS = 15_000;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;

export class HubClient {
  private readonly options: ClientOptions;
  private readonly agent = new Agent({ keepAlive: true, keepAliveMsecs: 1_000, maxSockets: 64, scheduling: 'lifo' });
  private cookie: string | undefined;
  private signingIn: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  get baseUrl(): string {
    return this.options.baseUrl;
  }

  /** Headers that prove who this is, for HTTP and for the socket handshake alike. */
  async proof(): Promise<Record<string, string>> {
    if ('token' in this.options.credentials) return { authorization: `Bearer ${this.options.credentials.token}` };
    if (this.cookie === undefined) {
      this.signingIn ??= this.signIn().finally(() => {
        this.signingIn = undefined;
      });
      await this.signingIn;
    }
    return { cookie: this.cookie ?? '' };
  }

  /** The session is no longer good: the next request signs in again. */
  forget(): void {
    this.cookie = undefined;
  }

  /** Retried with the same id until acknowledged or refused. Throws HubRefusal, or the last error once retrying is over. */
  async command(branchId: string, command: FloorCommand): Promise<CommandReply> {
    const id = randomUUID();
    const path = `/api/branches/${encodeURIComponent(branchId)}/commands`;
    const reply = commandReplySchema.parse(await this.send('POST', path, { id, ...command }));
    this.options.onAcknowledged?.({ branchId, id, command, reply });
    if (this.options.repeat?.() === true) {
      const again = commandReplySchema.parse(await this.send('POST', path, { id, ...command }));
      if (again.seq !== reply.seq) throw new Error(`the same id was answered with seq ${reply.seq}, then ${again.seq}`);
    }
    return reply;
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.send('GET', path));
  }

  post(path: string, body: object): Promise<unknown> {
    return this.send('POST', path, body);
  }

  close(): void {
    this.agent.destroy();
  }

  private async signIn(): Promise<void> {
    const answer = await this.persist(() => this.once('POST', '/api/session', {}, this.options.credentials));
    if (answer.status !== 200) throw refusal(answer);
    const set = answer.headers['set-cookie'];
    this.cookie = (Array.isArray(set) ? set : [set ?? '']).map((line) => line.split(';')[0] ?? '').join('; ');
  }

  private async send(method: string, path: string, body?: object): Promise<unknown> {
    let answer = await this.persist(async () => this.once(method, path, await this.proof(), body));
    if (answer.status === 401 && !('token' in this.options.credentials)) {
      this.forget();
      answer = await this.persist(async () => this.once(method, path, await this.proof(), body));
    }
    if (answer.status >= 300) throw refusal(answer);
    return answer.text === '' ? {} : JSON.parse(answer.text);
  }

  private async persist(attempt: () => Promise<Answer>): Promise<Answer> {
    const until = performance.now() + (this.options.retryForMs ?? 60_000);
    for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
      this.options.signal?.throwIfAborted();
      const outcome = await attempt().catch((error: unknown) => error);
      const final = !retryable(outcome) || performance.now() + pause > until;
      if (final && outcome instanceof Error) throw outcome;
      if (final) return outcome as Answer;
      await sleep(Math.max(pause, retryAfterMs(outcome)), undefined, { signal: this.options.signal });
    }
  }

  private once(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const outgoing = request(new URL(path, this.options.baseUrl), {
        method,
        agent: this.agent,
        signal: this.options.signal,
        timeout: REQUEST_TIMEOUT_MS,
        headers: {
          ...headers,
          ...(payload !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        },
      });
      outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error('the hub did not answer'), { code: 'ETIMEDOUT' })));
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
      });
      outgoing.end(payload);
    });
  }
}

function retryable(outcome: unknown): boolean {
  if (outcome instanceof HubRefusal) return false;
  if (outcome instanceof Error) return outcome.name !== 'AbortError' && 'code' in outcome;
  const { status } = outcome as Answer;
  return status === 429 || status === 503 || status === 502;
}

function retryAfterMs(outcome: unknown): number {
  if (outcome instanceof Error) return 0;
  const seconds = Number((outcome as Answer).headers['retry-after']);
  return Number.isFinite(seconds) ? Math.min(seconds, 60) * 1_000 : 0;
}

function refusal(answer: Answer): HubRefusal {
  let problem: z.infer<typeof problemSchema> = {};
  try {
    problem = problemSchema.parse(JSON.parse(answer.text));
  } catch {
    problem = { detail: answer.text.slice(0, 200) };
  }
  return new HubRefusal(answer.status, problem.code ?? String(answer.status), problem.detail ?? problem.title ?? `HTTP ${answer.status}`);
}
