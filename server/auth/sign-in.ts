/** The check of a password or a PIN: five wrong ones lock it for a time (real time), and an unknown name costs and answers the same. */
import type { Database } from '../store/store.types.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

export const WRONG_PASSWORDS = 5;
export const LOCKED_MS = 15 * 60_000;
/** Names nobody has: remembered in memory only, so many at most. */
const STRANGERS_KEPT = 10_000;

export type SignInResult = { readonly ok: true } | { readonly ok: false; readonly lockedForMs?: number };

interface Tries {
  failures: number;
  lockedUntil: number;
}

/** Each kind of secret has a hash and a lock-out of its own. */
const columns = {
  password: { hash: 'password_hash', failures: 'failures', lockedUntil: 'locked_until' },
  pin: { hash: 'pin_hash', failures: 'pin_failures', lockedUntil: 'pin_locked_until' },
} as const;

export class SignIn {
  private readonly strangers = new Map<string, Tries>();
  /** One check at a time per name: a burst of guesses is counted like a row of them. */
  private readonly queues = new Map<string, Promise<unknown>>();
  private decoy: Promise<string> | undefined;

  constructor(
    private readonly db: Database,
    private readonly realNow: () => number,
    private readonly kind: keyof typeof columns = 'password',
  ) {}

  /** `usable` is false for a disabled account: it fails like a wrong password. */
  check(username: string, secret: string, usable: boolean): Promise<SignInResult> {
    const before = this.queues.get(username) ?? Promise.resolve();
    const mine = before.then(() => this.checkNow(username, secret, usable));
    const settled = mine.catch(() => undefined);
    this.queues.set(username, settled);
    void settled.then(() => {
      if (this.queues.get(username) === settled) this.queues.delete(username);
    });
    return mine;
  }

  private async checkNow(username: string, secret: string, usable: boolean): Promise<SignInResult> {
    const tries = this.triesOf(username);
    const lockedForMs = tries.lockedUntil - this.realNow();
    if (lockedForMs > 0) return { ok: false, lockedForMs };
    const stored = this.hashOf(username);
    this.decoy ??= hashPassword('nobody has this password');
    const matches = await verifyPassword(stored ?? (await this.decoy), secret);
    if (matches && stored !== undefined && usable) {
      if (tries.failures > 0) this.keep(username, { failures: 0, lockedUntil: 0 });
      return { ok: true };
    }
    const failures = tries.failures + 1;
    const locks = failures >= WRONG_PASSWORDS;
    this.keep(username, { failures: locks ? 0 : failures, lockedUntil: locks ? this.realNow() + LOCKED_MS : 0 });
    return { ok: false };
  }

  /** Undefined for a stranger, and for whoever has set no such secret. */
  private hashOf(username: string): string | undefined {
    const { hash } = columns[this.kind];
    const stored = this.db.prepare<[string], string | null>(`SELECT ${hash} FROM people WHERE username = ?`).pluck().get(username);
    return stored ?? undefined;
  }

  private triesOf(username: string): Tries {
    const { failures, lockedUntil } = columns[this.kind];
    const row = this.db
      .prepare<[string], Tries>(`SELECT ${failures} AS failures, ${lockedUntil} AS lockedUntil FROM people WHERE username = ?`)
      .get(username);
    return row ?? this.strangers.get(username) ?? { failures: 0, lockedUntil: 0 };
  }

  private keep(username: string, tries: Tries): void {
    const { failures, lockedUntil } = columns[this.kind];
    const known = this.db
      .prepare(`UPDATE people SET ${failures} = ?, ${lockedUntil} = ? WHERE username = ?`)
      .run(tries.failures, tries.lockedUntil, username);
    if (known.changes > 0) return;
    this.strangers.delete(username);
    this.strangers.set(username, tries);
    const oldest = this.strangers.keys().next().value;
    if (this.strangers.size > STRANGERS_KEPT && oldest !== undefined) this.strangers.delete(oldest);
  }
}
