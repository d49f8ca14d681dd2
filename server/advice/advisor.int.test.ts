import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Advice } from '../../shared/branch/advice/advice.state.ts';
import { TestEdge, workingMorning } from '../http/edge.fixture.ts';
import { systemScheduler } from '../platform/scheduler.ts';
import { systemIds } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { startClock, systemWall } from '../platform/clock.ts';
import { createAdvisor } from './advisor.ts';

const MINUTE = 60_000;
const SOON = { timeout: 15_000, interval: 100 };

let edge: TestEdge;
let manager: { cookie: string };
beforeEach(async () => {
  edge = await TestEdge.start();
  manager = { cookie: await edge.signIn('manager') };
});
afterEach(() => edge.stop());

const ok = async (command: object, as: { cookie?: string; token?: string } = manager): Promise<Record<string, unknown>> => {
  const response = await edge.command(as, command);
  if (response.statusCode !== 200) throw new Error(response.body);
  return (response.json() as { result: Record<string, unknown> }).result;
};
const advice = (): Advice[] => Object.values(edge.hub.state('hq-01')?.advice ?? {});

/** Two windows open, customers every quarter of a minute, far more than the two can serve. */
async function morning(): Promise<void> {
  for (const n of [1, 2]) await ok({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
  for (let n = 0; n < 24; n += 1) {
    await ok({ type: 'ticket.issue', serviceId: 'cheque' });
    edge.push(15_000);
  }
}

describe('the advisor', () => {
  it('advises a window with a free and able person before the line is long; accepted and signed on it is carried out, and what it brought is kept', async () => {
    await morning();
    await expect.poll(() => advice().find(({ kind }) => kind === 'openWindow'), SOON).toBeDefined();
    const one = advice().find(({ kind }) => kind === 'openWindow');
    expect(one).toMatchObject({ counterId: 'c12', staffId: 'teller12', state: 'given' });
    const { wait90Ms, withinTarget } = one?.expected ?? {};
    expect(wait90Ms?.after).toBeLessThan((wait90Ms?.before ?? 0) * 0.85);
    expect(withinTarget?.after).toBeGreaterThan(withinTarget?.before ?? 1);
    expect(one?.confidence).toBeGreaterThan(0.6);
    expect(await ok({ type: 'advice.accept', adviceId: one?.id })).toMatchObject({ state: 'accepted' });
    const teller = { cookie: await edge.signIn('teller12') };
    const floor = await edge.ask('GET', '/api/branches/hq-01/floor', teller);
    expect((floor.json() as { floor: { advice: Advice[] } }).floor.advice).toMatchObject([{ id: one?.id, state: 'accepted' }]);
    await ok({ type: 'counter.open', counterId: 'c12' }, teller);
    edge.push(16 * MINUTE);
    await ok({ type: 'ticket.issue', serviceId: 'deposit' });
    const history = await edge.ask('GET', '/api/branches/hq-01/advice', manager);
    const told = (history.json() as { advice: { id: string; state: string; brought?: unknown }[] }).advice.find(({ id }) => id === one?.id);
    expect(told).toMatchObject({ state: 'measured', brought: { before: { calls: 0 }, after: { calls: 0 } } });
  });

  it('names who takes the lobby when it is nobody’s; accepted, the post is theirs', async () => {
    await ok({ type: 'post.take', kind: 'backOffice', staffId: 'deputy' });
    await ok({ type: 'post.leave', staffId: 'manager' });
    await expect.poll(() => advice().find(({ kind }) => kind === 'sendSubstitute'), SOON).toBeDefined();
    const one = advice().find(({ kind }) => kind === 'sendSubstitute');
    expect(one).toMatchObject({ staffId: 'deputy', confidence: 1, reasons: [{ code: 'lobbyUnattended' }, { code: 'mayTakeLobby' }] });
    const head = { cookie: await edge.signIn('head') };
    await ok({ type: 'advice.accept', adviceId: one?.id }, head);
    expect(edge.hub.state('hq-01')?.people.presence['deputy']?.post).toEqual({ kind: 'lobby' });
    expect(edge.hub.state('hq-01')?.people.gaps.lobby).toBeUndefined();
    expect(advice().find(({ id }) => id === one?.id)?.state).toBe('carriedOut');
  });

  it('sends whose turn it is on a break while nobody waits; accepted, their window pauses until they are back', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 11, 12]) await ok({ type: 'counter.open', counterId: `c${n}`, staffId: `teller${n}` });
    edge.push(125 * MINUTE);
    await ok({ type: 'ticket.issue', serviceId: 'deposit' });
    await expect.poll(() => advice().find(({ kind }) => kind === 'giveBreak'), SOON).toBeDefined();
    const one = advice().find(({ kind }) => kind === 'giveBreak');
    expect(one).toMatchObject({ staffId: 'teller1', counterId: 'c1', reasons: [{ code: 'breakNow' }] });
    await ok({ type: 'advice.accept', adviceId: one?.id });
    expect(edge.hub.state('hq-01')?.counters['c1']?.state).toBe('paused');
    expect(edge.hub.state('hq-01')?.people.presence['teller1']?.break?.backAt).toBeGreaterThan(one?.givenAt ?? 0);
  });

  it('opens by itself where the bank lets it, within its bounds', async () => {
    const admin = { cookie: await edge.signIn('admin') };
    const config = await edge.ask('GET', '/api/branches/hq-01/config', admin);
    const { advice: section } = (config.json() as { config: { advice: object } }).config;
    await ok({ type: 'branch.configure', config: { advice: { ...section, mode: 'act', waitForSignOn: false } } }, admin);
    await morning();
    await expect.poll(() => edge.hub.state('hq-01')?.counters['c12']?.state, SOON).toBe('idle');
    const events = edge.hub.eventsAfter('hq-01', 0, 1_000).filter(({ type }) => type === 'advice.accepted');
    expect(events[0]).toMatchObject({ actor: 'clock', byItself: true });
  });

  it('answers what one window more or less would bring for the rest of the day, and says where there is none', async () => {
    await morning();
    const ask = (body: object, as = manager) => edge.ask('POST', '/api/branches/hq-01/what-if', { ...as, body });
    const more = (await ask({ change: 'more', kind: 'cash' })).json() as Record<
      'with' | 'without',
      { wait90Ms: number; withinTarget: number }
    >;
    expect(more.with.wait90Ms).toBeLessThan(more.without.wait90Ms);
    const less = (await ask({ change: 'less', kind: 'cash' })).json() as typeof more;
    expect(less.with.wait90Ms).toBeGreaterThan(less.without.wait90Ms);
    expect((await ask({ change: 'less', kind: 'nonCash' })).json()).toMatchObject({ code: 'what_if.no_window' });
    expect((await ask({ change: 'twice' })).statusCode).toBe(400);
    expect((await ask({ change: 'more' }, { cookie: await edge.signIn('teller1') })).statusCode).toBe(403);
  });

  it('a few “what if” are played at once, and more are told to ask again', async () => {
    await morning();
    const ask = () => edge.ask('POST', '/api/branches/hq-01/what-if', { ...manager, body: { change: 'more', kind: 'cash' } });
    const answers = await Promise.all(Array.from({ length: 12 }, ask));
    const busy = answers.filter(({ statusCode }) => statusCode === 503);
    expect(answers.filter(({ statusCode }) => statusCode === 200).length).toBeGreaterThanOrEqual(4);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.json()).toMatchObject({ code: 'what_if.busy' });
    expect((await ask()).statusCode).toBe(200);
  });

  it('rests three times as long as it looked before it goes on, so that many branches leave commands their time', async () => {
    const rests: number[] = [];
    let real = Date.now();
    const advisor = createAdvisor({
      hub: edge.hub,
      store: edge.store,
      // A clock on which each glance takes ten milliseconds: a look at a branch takes several.
      clock: { now: () => workingMorning, realNow: () => (real += 10), toRealMs: (ms) => ms, speed: 1 },
      ids: systemIds,
      scheduler: {
        after: (ms, work) => {
          rests.push(ms);
          const turn = setImmediate(work);
          return () => clearImmediate(turn);
        },
      },
      log: createLog('error', { write: () => undefined }),
      metrics: createMetrics(),
    });
    const branches = [...edge.hub.bank().branches.values()].filter(({ kind }) => kind === 'branch').length;
    advisor.start();
    await expect.poll(() => rests.length, SOON).toBeGreaterThan(1 + branches);
    advisor.stop();
    expect(rests[0]).toBe(500);
    for (const ms of rests.slice(1, 1 + branches)) {
      expect(ms).toBeGreaterThanOrEqual(3 * 20);
      expect(ms).toBeLessThan(500);
    }
    expect(rests[1 + branches]).toBe(500);
  });

  it('one branch that fails does not stop the others, and is seen', async () => {
    const logged: string[] = [];
    const metrics = createMetrics();
    const clock = startClock({ wall: systemWall, speed: 1, memory: edge.store.meta });
    const broken = { ...edge.hub.state('hq-01'), branchId: 'hq-02', lanes: null };
    const advisor = createAdvisor({
      hub: { ...edge.hub, state: (id: string) => (id === 'hq-02' ? (broken as never) : edge.hub.state(id)) },
      store: edge.store,
      clock,
      ids: systemIds,
      scheduler: systemScheduler,
      log: createLog('error', { write: (line: string) => void logged.push(line) }),
      metrics,
    });
    advisor.start();
    await expect.poll(() => logged.join(''), SOON).toContain('"branch":"hq-02"');
    await expect.poll(() => metrics.registry.metrics(), SOON).toMatch(/looks_total{outcome="ok"} [12]/);
    advisor.stop();
    expect(logged.join('')).not.toContain('hq-03');
  });
});
