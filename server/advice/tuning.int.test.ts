import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAdvice } from '../../shared/contract/default-advice.ts';
import { Draws } from '../../shared/forecast/draws.ts';
import { TestEdge } from '../http/edge.fixture.ts';
import type { TuningView } from './tuning.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATH = '/api/branches/hq-01/advice/tuning';
const SOON = { timeout: 20_000, interval: 50 };
const SEED = 2_026;

let edge: TestEdge;
let head: { cookie: string };
beforeEach(async () => {
  edge = await TestEdge.start();
  head = { cookie: await edge.signIn('head') };
});
afterEach(() => edge.stop());

/** Days that are over, as the read models hold them: 60 customers an hour with errands of three minutes, from nine to one. */
function pastDays(count: number): void {
  const endsAt = edge.hub.state('hq-01')?.day?.endsAt ?? 0;
  const draws = new Draws(SEED);
  const day = edge.store.db.prepare(
    "INSERT INTO business_days (branch, date, started_at, ends_at, opens_at, closes_at, day_type) VALUES ('hq-01', ?, ?, ?, ?, ?, 'ordinary')",
  );
  const ticket = edge.store.db.prepare(
    `INSERT INTO tickets (branch, ticket_id, date, number, service_id, segment, walk_up, issued_at, first_called_at, counter_id, ended_at, outcome)
     VALUES ('hq-01', ?, ?, 'A1', 'deposit', 'ordinary', 0, ?, ?, 'c1', ?, 'completed')`,
  );
  edge.store.db.transaction(() => {
    for (let back = count; back > 0; back -= 1) {
      const end = endsAt - back * DAY;
      const midnight = end - DAY;
      const date = new Date(midnight + 12 * HOUR).toISOString().slice(0, 10);
      day.run(date, midnight, end, midnight + 9 * HOUR, midnight + 13 * HOUR);
      let n = 0;
      for (let at = midnight + 9 * HOUR; at < midnight + 13 * HOUR; at += Math.ceil(draws.exponential(60_000))) {
        n += 1;
        ticket.run(`${date.replaceAll('-', '')}-${n}`, date, at, at + 60_000, at + 60_000 + Math.ceil(draws.exponential(180_000)));
      }
    }
  })();
}

const view = async (as = head): Promise<TuningView> => (await edge.ask('GET', PATH, as)).json() as TuningView;
const code = async (method: 'POST' | 'DELETE', path = PATH, as = head) => {
  const response = await edge.ask(method, path, as);
  return { status: response.statusCode, ...(response.json() as { code?: string; params?: object }) };
};

describe('tuning', () => {
  it('is refused where the branch has too few days, and says how many there are', async () => {
    pastDays(4);
    expect(await code('POST')).toMatchObject({ status: 409, code: 'tuning.too_few_days', params: { have: 4, needed: 9 } });
    expect(await view()).toMatchObject({ state: 'none', days: { have: 4, needed: 9 } });
    expect(await code('POST', `${PATH}/adopt`)).toMatchObject({ status: 409, code: 'tuning.none' });
    expect(await code('DELETE')).toMatchObject({ status: 409, code: 'tuning.none' });
  });

  it('plays the branch’s own days, shows old and new on days it was not tuned on, and the new become the branch’s own when adopted', async () => {
    pastDays(12);
    const manager = { cookie: await edge.signIn('manager') };
    expect(await code('POST', PATH, manager)).toMatchObject({ status: 403 });
    expect(await code('POST')).toMatchObject({ status: 202, state: 'running' });
    expect(await code('POST')).toMatchObject({ status: 409, code: 'tuning.busy' });
    expect(await code('POST', `${PATH}/adopt`)).toMatchObject({ status: 409, code: 'tuning.running' });
    await expect.poll(() => view(manager), SOON).toMatchObject({ state: 'done', progress: 1 });
    const { days, before, after, reached, startedBy } = await view(manager);
    expect(days).toEqual({ have: 12, needed: 9, tuned: 6, shown: 3 });
    expect(startedBy).toBe('head');
    expect(before?.thresholds).toEqual(defaultAdvice.thresholds);
    expect(reached).toBe(true);
    // Three windows' work comes for four hours: fewer hours than twice that do it.
    expect(after?.windowHours).toBeGreaterThan(10);
    expect(after?.windowHours).toBeLessThan(24);
    expect(after?.withinTarget).toBeGreaterThan(0.9);
    const { status } = await code('POST', `${PATH}/adopt`);
    expect(status).toBe(200);
    expect(edge.hub.state('hq-01')?.config?.advice).toEqual({ ...defaultAdvice, thresholds: after?.thresholds });
    expect(await view()).toMatchObject({ state: 'none' });
    const configured = edge.hub.eventsAfter('hq-01', 0, 10_000).filter(({ type }) => type === 'branch.configured');
    expect(configured.at(-1)).toMatchObject({ actor: 'head' });
  });

  it('can be stopped, and then begun again', async () => {
    pastDays(12);
    await code('POST');
    expect(await code('DELETE')).toMatchObject({ status: 200, state: 'none' });
    expect(await code('POST')).toMatchObject({ status: 202, state: 'running' });
  });
});
