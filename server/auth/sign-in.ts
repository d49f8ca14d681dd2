/** The password check: five wrong ones lock the account for a time (real time), and an unknown name costs and answers the same. */
import type { Database } from '../store/store.types.ts';
import { findPerson } from './people.ts';
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

export class SignIn {
  private readonly strangers = new Map<string, Tries>();
  /** One check at a time per name: a burst of guesses is counted like a row of them. */
  private readonly queues = new Map<string, Promise<unknown>>();
  private decoy: Promise<string> | undefined;

  constructor(
    private readonly db: Database,
    private readonly realNow: () => number,
  ) {}

  /** `usable` is false for a disabled account: it fails like a wrong password. */
  check(username: string, password: string, usable: boolean): Promise<SignInResult> {
    const before = this.queues.get(username) ?? Promise.resolve();
    const mine = before.then(() => this.checkNow(username, password, usable));
    const settled = mine.catch(() => undefined);
    this.queues.set(username, settled);
    void settled.then(() => {
      if (this.queues.get(username) === settled) this.queues.delete(username);
    });
    return mine;
  }

  private async checkNow(username: string, password: string, usable: boolean): Promise<SignInResult> {
    const tries = this.triesOf(username);
    const lockedForMs = tries.lockedUntil - this.realNow();
    if (lockedForMs > 0) return { ok: false, lockedForMs };
    const person = findPerson(this.db, username);
    this.decoy ??= hashPassword('nobody has this password');
    const matches = await verifyPassword(person?.passwordHash ?? (await this.decoy), password);
    if (matches && person !== undefined && usable) {
      if (tries.failures > 0) this.keep(username, { failures: 0, lockedUntil: 0 });
      return { ok: true };
    }
    const failures = tries.failures + 1;
    const locks = failures >= WRONG_PASSWORDS;
    this.keep(username, { failures: locks ? 0 : failures, lockedUntil: locks ? this.realNow() + LOCKED_MS : 0 });
    return { ok: false };
  }

  private triesOf(username: string): Tries {
    const row = this.db
      .prepare<[string], { failures: number; locked_until: number }>('SELECT failures, locked_until FROM people WHERE username = ?')
      .get(username);
    if (row) return { failures: row.failures, lockedUntil: row.locked_until };
    return this.strangers.get(username) ?? { failures: 0, lockedUntil: 0 };
  }

  private keep(username: string, tries: Tries): void {
    const known = this.db
      .prepare('UPDATE people SET failures = ?, locked_until = ? WHERE username = ?')
      .run(tries.failures, tries.lockedUntil, username);
    if (known.changes > 0) return;
    this.strangers.delete(username);
    this.strangers.set(username, tries);
    const oldest = this.strangers.keys().next().value;
    if (this.strangers.size > STRANGERS_KEPT && oldest !== undefined) this.strangers.delete(oldest);
  }
}
