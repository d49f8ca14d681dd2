/** The demo bank's people as a browser test needs them: signed in once each, acting over the interface or on a page. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { openPage, type PageOptions } from './browser.ts';

export const DEMO_PASSWORD = 'demo-pass-1';

export class DemoStaff {
  private readonly cookies = new Map<string, Promise<string>>();

  constructor(private readonly baseUrl: string) {}

  /** The session cookie as a header has it. */
  cookieOf(username: string): Promise<string> {
    const known = this.cookies.get(username) ?? this.signIn(username);
    this.cookies.set(username, known);
    return known;
  }

  async read<T>(who: string, path: string): Promise<T> {
    const answer = await fetch(this.baseUrl + path, { headers: { cookie: await this.cookieOf(who) } });
    return (await answer.json()) as T;
  }

  /** What somebody does at another screen; its result. Throws where it is refused. */
  async command(who: string, body: object, branch = 'hq-01'): Promise<Record<string, string>> {
    const answer = await fetch(`${this.baseUrl}/api/branches/${branch}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: await this.cookieOf(who) },
      body: JSON.stringify({ id: randomUUID(), ...body }),
    });
    const told = (await answer.json()) as { result?: Record<string, string>; code?: string };
    if (!answer.ok) throw new Error(`${who} was refused: ${told.code}`);
    return told.result ?? {};
  }

  /** A page of somebody signed in, in English unless told otherwise. */
  async open(browser: Browser, who: string, path: string, options: PageOptions = {}): Promise<Page> {
    const page = await openPage(browser, { locale: 'en-GB', ...options });
    const [name = '', value = ''] = (await this.cookieOf(who)).split(/=(.*)/);
    await page.context().addCookies([{ name, value, url: this.baseUrl }]);
    await page.goto(this.baseUrl + path);
    return page;
  }

  private async signIn(username: string): Promise<string> {
    const answer = await fetch(`${this.baseUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: DEMO_PASSWORD }),
    });
    if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
}
