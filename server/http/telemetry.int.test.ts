/** The telemetry door, asked from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { display, kiosk, TestEdge } from './edge.fixture.ts';

let edge: TestEdge;
let cookie = '';
beforeAll(async () => {
  edge = await TestEdge.start();
  cookie = await edge.signIn('manager');
});
afterAll(() => edge.stop());

const machine = { token: 'demo-machine' };
let clock = 1_000;
/** The machine's own clock: only its order counts. */
const report = (status: object = { device: 'online' }) => ({ at: ++clock, status });
const tell = (body: unknown, { id = 'm1', as = machine as object } = {}) =>
  edge.ask('POST', `/api/machines/${id}/telemetry`, { ...as, body });
const gateway = (reports: unknown, as: object = machine) => edge.ask('POST', '/api/machines/telemetry', { ...as, body: { reports } });
const seq = (): number => edge.hub.state('hq-01')?.seq ?? 0;
const stateOf = (id: string): string | undefined => edge.hub.state('hq-01')?.machines[id]?.state;

describe('who may tell', () => {
  it.each([
    ['a stranger', {}, 401],
    ['a kiosk', kiosk, 403],
    ['a display', display, 403],
    ['staff', undefined, 403],
  ])('%s may not', async (_who, as, status) => {
    const before = edge.deeds;
    for (const response of [
      await tell(report(), { as: as ?? { cookie } }),
      await gateway([{ machineId: 'm1', ...report() }], as ?? { cookie }),
    ]) {
      expect(response.statusCode).toBe(status);
      expect(response.json()).toMatchObject({ status, code: status === 401 ? 'auth.required' : 'forbidden' });
    }
    expect(edge.deeds).toBe(before);
  });

  it('the command behind it cannot be posted', async () => {
    const posted = await edge.command(machine, { type: 'machine.hear', machineId: 'm1', reports: [report()] });
    expect(posted.statusCode).toBe(400);
  });

  it('a machine that nobody registered in the token’s branch is unknown', async () => {
    for (const id of ['m99', '__proto__', 'constructor']) {
      const response = await tell(report(), { id });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'machine.unknown' });
    }
  });
});

describe('one report or many', () => {
  it('a report is answered with the state it leads to', async () => {
    const ok = await tell(report());
    expect(ok.statusCode).toBe(200);
    expect(ok.json()).toEqual({ state: 'inService', seq: seq() });
    expect((await tell(report({ dispenser: 'stop' }))).json()).toMatchObject({ state: 'outOfService' });
    expect((await tell({ version: 1, ...report({ dispenser: 'ok' }) })).json()).toMatchObject({ state: 'inService' });
  });

  it('of many, the last by the machine’s clock stands, whatever order they come in', async () => {
    const [earlier, later] = [report({ paper: 'full' }), report({ paper: 'out' })];
    await tell({ reports: [later] });
    const before = stateOf('m1');
    await tell({ reports: [earlier] });
    expect(stateOf('m1')).toBe(before);
    expect((await tell({ reports: [report({ paper: 'low' }), report({ paper: 'full' })] })).json()).toMatchObject({ state: 'inService' });
  });

  it('the same report twice changes nothing the second time', async () => {
    const said = report({ dispenser: 'stop' });
    await tell(said);
    const before = edge.deeds;
    expect((await tell(said)).json()).toEqual({ state: 'outOfService', seq: seq() });
    expect(edge.deeds).toBe(before);
    await tell(report({ dispenser: 'ok' }));
  });

  it('heartbeats write nothing at all', async () => {
    await tell(report({ device: 'online' }));
    const before = edge.deeds;
    const commands = () => edge.store.db.prepare('SELECT COUNT(*) FROM commands').pluck().get();
    const written = commands();
    for (let n = 0; n < 20; n += 1) expect((await tell(report({ device: 'online' }))).statusCode).toBe(200);
    expect(edge.deeds).toBe(before);
    expect(commands()).toBe(written);
  });

  it('reports of one machine sent at once do not overtake each other', async () => {
    // What was known before is what every second report says again.
    await tell(report({ dispenser: 'ok' }), { id: 'm2' });
    const before = seq();
    const said = Array.from({ length: 40 }, (_none, n) => report({ dispenser: n % 2 === 0 ? 'stop' : 'ok' }));
    const answers = await Promise.all(said.map((one) => tell(one, { id: 'm2' })));
    expect(answers.map((answer) => answer.statusCode)).toEqual(said.map(() => 200));
    const heard = edge.hub.eventsAfter('hq-01', before, 10_000).filter(({ type }) => type === 'machine.statusChanged');
    const dispensers = heard.flatMap((event) =>
      event.type === 'machine.statusChanged' && event.machineId === 'm2' ? [event.status.dispenser] : [],
    );
    expect(dispensers).toEqual(said.map(({ status }) => (status as { dispenser: string }).dispenser));
    expect(stateOf('m2')).toBe('inService');
  });
});

describe('a gateway', () => {
  it('speaks for many machines at once', async () => {
    const answer = await gateway([
      { machineId: 'm3', ...report() },
      { machineId: 'm4', ...report() },
      { machineId: 'm4', ...report({ device: 'hardwareError' }) },
    ]);
    expect(answer.json()).toEqual({
      seq: seq(),
      machines: [
        { id: 'm3', state: 'inService' },
        { id: 'm4', state: 'outOfService' },
      ],
      unknown: [],
    });
  });

  it('is told which machines nobody knows; the others are heard all the same', async () => {
    const answer = await gateway([
      { machineId: 'm77', ...report() },
      { machineId: 'm5', ...report() },
    ]);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ machines: [{ id: 'm5', state: 'inService' }], unknown: ['m77'] });
    expect((await gateway([{ machineId: 'm77', ...report() }])).statusCode).toBe(404);
  });
});

describe('what is malformed is refused with the place at fault', () => {
  const online = { device: 'online' };
  it.each<[unknown, string]>([
    [undefined, ''],
    [[], ''],
    ['"text"', ''],
    [{}, 'at'],
    [{ at: 1 }, 'status'],
    [{ at: '1', status: online }, 'at'],
    [{ at: -1, status: online }, 'at'],
    [{ at: 1.5, status: online }, 'at'],
    [{ at: 8.64e15 + 1, status: online }, 'at'],
    [{ at: 1, status: 'online' }, 'status'],
    [{ at: 1, status: null }, 'status'],
    [{ at: 1, status: { device: 'fine' } }, 'status.device'],
    [{ at: 1, status: { dispensor: 'stop' } }, 'status.dispensor'],
    [{ at: 1, status: { units: [{ id: 'u1', replenishment: 'lots' }] } }, 'status.units.0.replenishment'],
    [{ at: 1, status: { units: [{ count: 3 }] } }, 'status.units.0.id'],
    [{ at: 1, status: { units: [{ id: 'u1', count: -1 }] } }, 'status.units.0.count'],
    [{ version: 2, at: 1, status: online }, 'version'],
    [{ reports: [] }, 'reports'],
    [{ reports: {} }, 'reports'],
    [{ reports: Array.from({ length: 101 }, () => ({ at: 1, status: online })) }, 'reports'],
    [{ reports: [{ at: 1, status: online }, { at: 2 }] }, 'reports.1.status'],
  ])('%j', async (body, path) => {
    const before = edge.deeds;
    const response = await tell(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'input.invalid' });
    expect(response.json().errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(edge.deeds).toBe(before);
  });

  it.each<[unknown, string]>([
    [[], 'reports'],
    [[{ at: 1, status: online }], 'reports.0.machineId'],
    [[{ machineId: 'm1', at: 1, status: { paper: 'crumpled' } }], 'reports.0.status.paper'],
  ])('from a gateway: %j', async (reports, path) => {
    const response = await gateway(reports);
    expect(response.statusCode).toBe(400);
    expect(response.json().errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

it('a thousand reports a second from one gateway are not too many; a hundred a second from anybody else are', async () => {
  const limited = await TestEdge.start({ rateLimit: true });
  const asked = await limited.ask('POST', '/api/machines/m1/telemetry', { ...machine, body: report() });
  expect(Number(asked.headers['x-ratelimit-limit'])).toBeGreaterThanOrEqual(60_000);
  const other = await limited.ask('GET', '/api/branches', kiosk);
  expect(Number(other.headers['x-ratelimit-limit'])).toBe(6_000);
  await limited.stop();
});

it('the interface describes the door', async () => {
  const { paths } = (await edge.ask('GET', '/api/openapi.json')).json() as { paths: Record<string, { post?: { requestBody?: unknown } }> };
  expect(paths['/api/machines/{id}/telemetry']?.post?.requestBody).toBeDefined();
  expect(paths['/api/machines/telemetry']?.post?.requestBody).toBeDefined();
});
