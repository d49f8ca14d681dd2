/** Plain JSON over HTTP: an answer, or the problem the server told. */

export interface Problem {
  /** 0 = the hub could not be reached. */
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** From Retry-After. */
  readonly retryAfterMs?: number;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export interface Api {
  get<T>(path: string): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>>;
}

export interface ApiOptions {
  /** A device's token; staff pages live by their cookie. */
  token?: string;
  /** Called on every 401: the session or the token has ended. */
  onDenied?: () => void;
  timeoutMs?: number;
}

const unreachable: Problem = { status: 0, code: 'unreachable', detail: 'The hub cannot be reached.' };

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const wait = Number.isFinite(retryAfter) && retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {};
  const body: unknown = await response.json().catch(() => undefined);
  const told = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return { code: `http-${response.status}`, detail: response.statusText, ...told, status: response.status, ...wait };
}

/** `path` begins with `/api/`. Never throws. */
export function createApi({ token, onDenied, timeoutMs = 10_000 }: ApiOptions = {}): Api {
  async function request<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    try {
      const response = await fetch(path, {
        method,
        headers,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return { ok: true, value: (response.status === 204 ? undefined : await response.json()) as T };
      if (response.status === 401) onDenied?.();
      return { ok: false, problem: await problemOf(response) };
    } catch {
      return { ok: false, problem: unreachable };
    }
  }
  return {
    get: (path) => request('GET', path, undefined),
    send: (method, path, body) => request(method, path, body),
  };
}
