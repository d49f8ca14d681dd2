/** What a bench asks of the hub beside the load: signing in and setting a branch up. */
import { randomUUID } from 'node:crypto';

export class Staff {
  private constructor(
    private readonly baseUrl: string,
    readonly headers: { readonly cookie: string },
  ) {}

  static async signIn(baseUrl: string, username: string, password: string): Promise<Staff> {
    const response = await fetch(`${baseUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!response.ok || cookie === undefined) throw new Error(`${username} could not sign in: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    return new Staff(baseUrl, { cookie });
  }

  /** Throws when the hub says no. */
  async command(path: string, command: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ id: randomUUID(), ...command }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${JSON.stringify(command).slice(0, 200)} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  bank(command: object): Promise<Record<string, unknown>> {
    return this.command('/api/bank/commands', command);
  }

  branch(branchId: string, command: object): Promise<Record<string, unknown>> {
    return this.command(`/api/branches/${branchId}/commands`, command);
  }
}
