/** Speaks to a hub over HTTP alone, as any outside program would. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

export interface Reply<T = unknown> {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

export interface HubEvent {
  readonly seq: number;
  readonly type: string;
  readonly branchId?: string;
  readonly at?: number;
  readonly actor?: unknown;
  readonly [field: string]: unknown;
}

export interface Accepted<R = Record<string, unknown>> {
  readonly seq: number;
  readonly events: readonly HubEvent[];
  readonly result?: R;
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export interface Issued {
  readonly ticketId: string;
  readonly number: string;
  readonly ahead: number;
  readonly waitMs: { readonly low: number; readonly expected: number; readonly high: number };
  readonly follow: string;
}

export interface Called {
  readonly ticketId: string;
  readonly number: string;
}

export interface FloorTicket {
  readonly id: string;
  readonly number: string;
  readonly serviceId: string;
  readonly segment?: string;
  readonly state: string;
  readonly issuedAt: number;
  readonly counterId?: string;
  readonly limitAt?: number;
  readonly items?: readonly unknown[];
}

export interface FloorCounter {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly since: number;
  readonly staffId?: string;
  readonly ticketId?: string;
}

export interface Floor {
  readonly services: readonly { readonly id: string }[];
  readonly counters: readonly FloorCounter[];
  readonly tickets: readonly FloorTicket[];
  readonly attention?: readonly { readonly id: string; readonly kind: string; readonly since: number }[];
}

export interface FloorReply {
  readonly branchId: string;
  readonly seq: number;
  readonly at: number;
  readonly floor: Floor;
}

export function expectAccepted(reply: Reply, what = reply.text): void {
  expect(reply.status, what).toBe(200);
}

export type Fields = Readonly<Record<string, unknown>>;

export class Client {
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async send<T = unknown>(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply<T>> {
    const answer = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...this.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const contentType = answer.headers.get('content-type') ?? '';
    const parsed: unknown = contentType.includes('json') && text !== '' ? JSON.parse(text) : undefined;
    return { status: answer.status, contentType, headers: answer.headers, text, body: parsed as T };
  }

  get<T = unknown>(path: string): Promise<Reply<T>> {
    return this.send('GET', path);
  }

  post<T = unknown>(path: string, body: unknown): Promise<Reply<T>> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** Posts a command of a branch, accepted or not. */
  command<T = Accepted & Problem>(
    type: string,
    fields: Fields = {},
    { id = randomUUID() as string, branch = 'hq-01' } = {},
  ): Promise<Reply<T>> {
    return this.post(`/api/branches/${branch}/commands`, { id, type, ...fields });
  }

  /** Posts a command that must be accepted; answers its result. */
  async act<R = Record<string, unknown>>(type: string, fields: Fields = {}, options: { id?: string; branch?: string } = {}): Promise<R> {
    const reply = await this.command<Accepted<R>>(type, fields, options);
    expectAccepted(reply, `${type} ${JSON.stringify(fields)} → ${reply.text}`);
    return reply.body.result as R;
  }

  issue(fields: Fields = { serviceId: 'deposit' }, branch = 'hq-01'): Promise<Issued> {
    return this.act<Issued>('ticket.issue', fields, { branch });
  }

  async floor(branch = 'hq-01'): Promise<FloorReply> {
    const reply = await this.get<FloorReply>(`/api/branches/${branch}/floor`);
    expectAccepted(reply);
    return reply.body;
  }

  async seq(branch = 'hq-01'): Promise<number> {
    return (await this.floor(branch)).seq;
  }

  /** Events after `seq` that somebody brought about: what time alone brings may come at any moment. */
  async deedsSince(seq: number): Promise<HubEvent[]> {
    return (await this.events(seq)).filter(({ actor }) => actor !== 'clock');
  }

  /** Every event after `after`, page by page. */
  async events(after = 0, branch = 'hq-01'): Promise<HubEvent[]> {
    const all: HubEvent[] = [];
    for (let from = after; ; ) {
      const reply = await this.get<{ events: HubEvent[]; seq: number }>(`/api/branches/${branch}/events?after=${from}&limit=1000`);
      expectAccepted(reply);
      all.push(...reply.body.events);
      const last = reply.body.events.at(-1)?.seq;
      if (last === undefined || last >= reply.body.seq) return all;
      from = last;
    }
  }
}

export const stranger = (url: string): Client => new Client(url);
export const device = (url: string, token: string): Client => new Client(url, { authorization: `Bearer ${token}` });

export const PASSWORD = 'demo-pass-1';

/** The cookie of a new session, as `name=value`. */
export async function cookieOf(url: string, username: string, password = PASSWORD): Promise<string> {
  const reply = await stranger(url).post('/api/session', { username, password });
  expect(reply.status, `sign-in of ${username}: ${reply.text}`).toBe(200);
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error('no cookie came with the session');
  return cookie;
}

export async function signIn(url: string, username: string, password = PASSWORD): Promise<Client> {
  return new Client(url, { cookie: await cookieOf(url, username, password) });
}

/** The reply is a refusal told as the contract says. */
export function expectProblem(reply: Reply, status: number | readonly number[], what = ''): Problem {
  const problem = reply.body as Problem;
  const about = `${what} → ${reply.status} ${reply.text.slice(0, 300)}`;
  expect(typeof status === 'number' ? [status] : status, about).toContain(reply.status);
  expect(reply.contentType, about).toContain('application/problem+json');
  expect(problem.code, about).toMatch(/^[\w.-]+$/);
  expect(problem.status, about).toBe(reply.status);
  return problem;
}
