/** The timers of a whole hub stand still; its own auditor says so to everyone who should know. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { kiosk, TestEdge } from '../http/edge.fixture.ts';
import { pulseFor } from './pulse.ts';
import type { Pulse } from './watch.ts';

let edge: TestEdge;
beforeAll(async () => {
  edge = await TestEdge.start();
});
afterAll(() => edge.stop());

it('staff hear a pulse; once the timers stand still it says of which branches, and the hub is not ready', async () => {
  const cookie = await edge.signIn('manager');
  const manager = io(edge.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
  const screen = io(edge.url, { transports: ['websocket'], forceNew: true, auth: { token: kiosk.token } });
  const onScreen: Pulse[] = [];
  screen.on('pulse', (pulse: Pulse) => onScreen.push(pulse));
  const next = (wanted: (pulse: Pulse) => boolean): Promise<Pulse> =>
    new Promise((resolve) => {
      manager.on('pulse', (pulse: Pulse) => {
        if (wanted(pulse)) resolve(pulse);
      });
    });
  expect(await next(() => true)).toMatchObject({ at: expect.any(Number), ok: true });
  expect((await edge.ask('GET', '/readyz')).statusCode).toBe(200);
  const grave = { type: 'case.log', kind: 'complaint', channel: 'counter', severity: 1, subject: '押金' };
  expect((await edge.command({ cookie }, grave)).statusCode).toBe(200);
  // Nothing that time brings can be written any more, and a deadline goes by.
  edge.store.db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  edge.push(3 * 60_000);
  const alarm = await next(({ ok }) => !ok);
  expect(alarm.late).toEqual(['hq-01']);
  expect(alarm.since).toBeLessThan(alarm.at - 10_000);
  const ready = await edge.ask('GET', '/readyz');
  expect(ready.json()).toMatchObject({ status: 503, code: 'hub.timers_late' });
  expect(onScreen).toEqual([]);
  manager.disconnect();
  screen.disconnect();
});

it('of branches of others a viewer hears nothing', () => {
  const verdict = {
    at: 100,
    ok: false,
    late: new Map([
      ['b1', 50],
      ['b2', 40],
    ]),
  };
  const of = (branches: readonly string[] | '*') => pulseFor({ id: 'x', kind: 'staff', role: 'head', branches }, verdict);
  expect(of(['b1'])).toEqual({ at: 100, ok: false, late: ['b1'], since: 50 });
  expect(of(['b3'])).toEqual({ at: 100, ok: true });
  expect(of('*')).toEqual({ at: 100, ok: false, late: ['b1', 'b2'], since: 40 });
});
