/** Who is asking: a session cookie or a device's bearer token, turned into the actor the rules know. */
import fastifyCookie, { Signer } from '@fastify/cookie';
import type { Actor } from '../../shared/aggregate.ts';
import { branchesOf } from '../../shared/bank/reach.ts';
import type { BankState, StoredBankEvent } from '../../shared/bank/bank.state.ts';
import type { Database } from '../store/store.types.ts';
import { deviceTokens, tokenHash } from './people.ts';
import type { Sessions } from './session-store.ts';

export const COOKIE = 'counterflow';

export interface Principal {
  readonly actor: Actor;
  readonly sessionId?: string;
  readonly username?: string;
  readonly deviceId?: string;
}

export interface Credentials {
  readonly cookie?: string;
  readonly authorization?: string;
  /** A device's token out of the socket handshake. */
  readonly token?: string;
}

/** Cookie headers remembered; a branch has some dozens. */
const MOST_COOKIES = 10_000;
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;

export class Access {
  private readonly signer: Signer;
  private tokens: Map<string, string>;
  /** Session ids by cookie header whose signature was right. */
  private readonly unsigned = new Map<string, string>();
  private actors = new Map<string, Actor>();
  private actorsOf: BankState | undefined;

  constructor(
    private readonly db: Database,
    private readonly bank: () => BankState,
    private readonly sessions: Sessions,
    cookieSecret: string,
    /** Hub time: a loan reaches as far as its day. */
    private readonly now: () => number,
  ) {
    this.signer = new Signer(cookieSecret, 'sha256');
    this.tokens = deviceTokens(db);
  }

  /** Keeps the caches true to the bank's events. */
  follow(events: readonly StoredBankEvent[]): void {
    for (const event of events) {
      if (event.type === 'device.created' || event.type === 'device.revoked') this.tokens = deviceTokens(this.db);
      if (event.type === 'account.disabled' || event.type === 'account.passwordSet') this.sessions.forgetAllOf(event.username);
    }
  }

  /** A token, where given, decides; else the cookie. */
  identify({ cookie, authorization, token }: Credentials): Principal | undefined {
    if (token !== undefined) return this.device(token);
    if (authorization !== undefined) {
      const bearer = BEARER.exec(authorization)?.[1];
      return bearer === undefined ? undefined : this.device(bearer);
    }
    return cookie === undefined ? undefined : this.staff(cookie);
  }

  /** Who may sign in: undefined for an unknown or disabled account, and for guards, who have no screen of their own. */
  actorOf(username: string): Actor | undefined {
    const actor = this.personOf(username);
    return actor?.role === 'guard' ? undefined : actor;
  }

  /** Whoever works for the bank, guards too: they speak for themselves at a shared terminal. A loan reaches the branch that borrows. */
  personOf(username: string): Actor | undefined {
    const actor = this.atHome(username);
    const lent = actor === undefined || actor.branches === '*' ? [] : this.lentTo(username);
    return actor === undefined || actor.branches === '*' || lent.length === 0
      ? actor
      : { ...actor, branches: [...actor.branches, ...lent] };
  }

  private atHome(username: string): Actor | undefined {
    const bank = this.bank();
    if (bank !== this.actorsOf) {
      this.actors = new Map();
      this.actorsOf = bank;
    }
    const known = this.actors.get(username);
    if (known) return known;
    const account = bank.accounts.get(username);
    if (account === undefined || account.disabled) return undefined;
    const actor: Actor = { id: username, kind: 'staff', role: account.role, branches: branchesOf(bank, account) };
    this.actors.set(username, actor);
    return actor;
  }

  /** Where this person helps out right now. */
  private lentTo(username: string): readonly string[] {
    const now = this.now();
    const { loans } = this.bank();
    if (loans.size === 0) return [];
    return [...loans.values()]
      .filter(({ staffId, fromAt, untilAt }) => staffId === username && fromAt <= now && now < untilAt)
      .map(({ toBranchId }) => toBranchId);
  }

  private staff(header: string): Principal | undefined {
    const sessionId = this.unsigned.get(header) ?? this.unsign(header);
    const username = sessionId === undefined ? undefined : this.sessions.usernameOf(sessionId);
    const actor = username === undefined ? undefined : this.actorOf(username);
    return actor && sessionId !== undefined ? { actor, sessionId, username } : undefined;
  }

  /** Checks the signature once per cookie, not once per press; whether the session still stands is asked every time. */
  private unsign(header: string): string | undefined {
    const signed = fastifyCookie.parse(header)[COOKIE];
    if (signed === undefined) return undefined;
    const { valid, value } = this.signer.unsign(signed);
    if (!valid || !value) return undefined;
    if (this.unsigned.size >= MOST_COOKIES) this.unsigned.clear();
    this.unsigned.set(header, value);
    return value;
  }

  private device(token: string): Principal | undefined {
    const deviceId = this.tokens.get(tokenHash(token).toString('hex'));
    const device = deviceId === undefined ? undefined : this.bank().devices.get(deviceId);
    if (device === undefined || device.revokedAt !== undefined) return undefined;
    return { actor: { id: `device:${device.id}`, kind: 'device', role: device.kind, branches: [device.branchId] }, deviceId: device.id };
  }
}
