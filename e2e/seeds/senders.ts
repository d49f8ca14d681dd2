/** Who speaks to the hub: what the log calls them, and what they show at the door. */
import type { Machine } from './machine.ts';

export interface Sender {
  readonly actor: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Signs in again, where that helps: a session ends after its hours. */
  renew(machine: Machine): Promise<void>;
}

/** What a socket shows. */
export interface Credentials {
  readonly cookie?: string;
  readonly token?: string;
}

export const password = 'seed-pass-1';

export class Person implements Sender {
  constructor(
    readonly actor: string,
    private cookie = '',
  ) {}

  get headers(): Readonly<Record<string, string>> {
    return { cookie: this.cookie };
  }

  get credentials(): Credentials {
    return { cookie: this.cookie };
  }

  copy(): Person {
    return new Person(this.actor, this.cookie);
  }

  async renew(machine: Machine): Promise<void> {
    const response = await machine.post('/api/session', {}, { username: this.actor, password });
    if (response === undefined) return;
    if (response.status !== 200) throw new Error(`${this.actor} could not sign in: ${JSON.stringify(response.body)}`);
    const cookies = response.headers['set-cookie'];
    this.cookie = String(Array.isArray(cookies) ? cookies[0] : cookies).split(';')[0] ?? '';
  }
}

export class Device implements Sender {
  readonly actor: string;

  constructor(
    deviceId: string,
    private readonly token: string,
  ) {
    this.actor = `device:${deviceId}`;
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.token}` };
  }

  get credentials(): Credentials {
    return { token: this.token };
  }

  async renew(): Promise<void> {}
}
