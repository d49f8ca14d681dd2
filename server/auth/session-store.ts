/** Sessions in SQLite behind a write-through cache: a request costs no query, a restart loses none. */
import type { SessionStore } from '@fastify/session';
import type { Database } from '../store/store.types.ts';

declare module 'fastify' {
  interface Session {
    username?: string;
  }
}

interface Entry {
  readonly username: string;
  readonly expiresAt: number;
  /** What @fastify/session gave us, as JSON. */
  readonly data: string;
}

export const SESSION_MS = 12 * 3_600_000;

export class Sessions implements SessionStore {
  private readonly entries = new Map<string, Entry>();
  private readonly ended = new Set<(sessionId: string) => void>();

  constructor(
    private readonly db: Database,
    private readonly realNow: () => number,
  ) {
    db.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(realNow());
    const rows = db
      .prepare<[], { sid: string; username: string; data: string; expires_at: number }>(
        'SELECT sid, username, data, expires_at FROM sessions',
      )
      .all();
    for (const row of rows) this.entries.set(row.sid, { username: row.username, data: row.data, expiresAt: row.expires_at });
  }

  /** Called whenever a session ends: signed out, expired or revoked. */
  onEnded(listener: (sessionId: string) => void): void {
    this.ended.add(listener);
  }

  usernameOf(sessionId: string): string | undefined {
    const entry = this.entries.get(sessionId);
    return entry !== undefined && entry.expiresAt > this.realNow() ? entry.username : undefined;
  }

  set(sessionId: string, session: Parameters<SessionStore['set']>[1], callback: (error?: unknown) => void): void {
    const { username } = session;
    // A session nobody signed in to is not worth a row.
    if (username === undefined) return callback();
    const expiresAt = this.realNow() + SESSION_MS;
    const data = JSON.stringify(session);
    this.db
      .prepare(
        'INSERT INTO sessions (sid, username, data, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (sid) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at',
      )
      .run(sessionId, username, data, expiresAt);
    this.entries.set(sessionId, { username, data, expiresAt });
    callback();
  }

  get(sessionId: string, callback: Parameters<SessionStore['get']>[1]): void {
    const entry = this.entries.get(sessionId);
    callback(null, entry === undefined || entry.expiresAt <= this.realNow() ? null : JSON.parse(entry.data));
  }

  destroy(sessionId: string, callback: (error?: unknown) => void): void {
    this.db.prepare('DELETE FROM sessions WHERE sid = ?').run(sessionId);
    this.forget(sessionId);
    callback();
  }

  /** The rows are gone already, in the transaction of the event that ended them. */
  forgetAllOf(username: string): void {
    for (const [sessionId, entry] of this.entries) if (entry.username === username) this.forget(sessionId);
  }

  /** Ends what has run out of time. */
  sweep(): void {
    const now = this.realNow();
    for (const [sessionId, entry] of this.entries) if (entry.expiresAt <= now) this.destroy(sessionId, () => undefined);
  }

  private forget(sessionId: string): void {
    if (this.entries.delete(sessionId)) for (const listener of this.ended) listener(sessionId);
  }
}
