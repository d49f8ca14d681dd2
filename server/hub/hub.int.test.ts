import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../shared/aggregate.ts';
import { Site, settled, startOfTime, tallies, teller, type Running } from './hub.fixture.ts';
import type { Outcome } from './hub.types.ts';
import type { TallyCommand, TallyEvent, TallyShape } from './tally.fixture.ts';

let site: Site;
beforeEach(() => {
  site = new Site();
});
afterEach(() => site.clear());

type Tallies = Running<TallyShape, TallyShape>;
const boot = (options?: { maxQueue?: number }): Promise<Tallies> => site.boot(tallies, options);
const send = ({ hub }: Tallies, command: TallyCommand, id: string = randomUUID(), actor: Actor = teller): Promise<Outcome<TallyEvent>> =>
  hub.execute('b1', command, { actor, commandId: id, body: command });
const keysInLog = ({ hub }: Tallies): string[] =>
  hub.eventsAfter('b1', 0, 1_000).flatMap((event) => (event.type === 'tally.added' ? [event.key] : []));
const commits = async ({ metrics }: Tallies): Promise<number> => {
  const found = (await metrics.hub.commitSeconds.get()).values.find((value) => value.metricName?.endsWith('_count'));
  return found?.value ?? 0;
};

describe('one road for every change', () => {
  it('a command is written, then heard of, then answered', async () => {
    const running = await boot();
    const order: string[] = [];
    running.hub.onCommitted((branchId, events, state) => {
      order.push(
        `heard ${branchId} ${events.map(({ seq }) => seq).join()} ${state.keys.join()}, stored ${running.store.events.head('b1').seq}`,
      );
    });
    const outcome = await send(running, { type: 'tally.add', key: 'a' });
    order.push('answered');
    expect(order).toEqual(['heard b1 1 a, stored 1', 'answered']);
    expect(outcome).toMatchObject({
      ok: true,
      seq: 1,
      replayed: false,
      events: [{ branchId: 'b1', seq: 1, at: startOfTime, actor: 'teller1', type: 'tally.added', key: 'a' }],
    });
    expect(running.hub.eventsAfter('b1', 0, 10)).toEqual(outcome.ok && outcome.events);
  });

  it('commands of the same turn share one commit, each with its own reply, and are heard of once', async () => {
    const running = await boot();
    const heard: number[][] = [];
    running.hub.onCommitted((_id, events) => heard.push(events.map(({ seq }) => seq)));
    const outcomes = await Promise.all([
      send(running, { type: 'tally.add', key: 'a' }),
      send(running, { type: 'tally.refuse' }),
      send(running, { type: 'tally.addTwo', key: 'b' }),
      send(running, { type: 'tally.add', key: 'c' }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.seq : outcome.code))).toEqual([1, 'tally.refused', 3, 4]);
    expect(outcomes[1]).toMatchObject({ status: 409, params: { seq: 1 } });
    expect(heard).toEqual([[1, 2, 3, 4]]);
    expect(await commits(running)).toBe(1);
    expect(running.store.events.verify('b1')).toEqual({ ok: true, seq: 4 });
  });

  it('a command that decides nothing writes nothing but its reply', async () => {
    const running = await boot();
    const id = randomUUID();
    const first = await send(running, { type: 'tally.nothing' }, id);
    expect(first).toMatchObject({ ok: true, seq: 0, events: [] });
    expect(await send(running, { type: 'tally.nothing' }, id)).toEqual({ ...first, replayed: true });
    expect(running.store.events.head('b1').seq).toBe(0);
  });

  it('a branch the bank does not have is 404, and so is the bank’s own log', async () => {
    const { hub } = await boot();
    for (const branchId of ['b2', 'bank', '']) {
      expect(await hub.execute(branchId, { type: 'tally.nothing' }, { actor: teller, commandId: randomUUID(), body: {} })).toMatchObject({
        ok: false,
        status: 404,
        code: 'branch.unknown',
      });
      expect(hub.state(branchId)).toBeUndefined();
      expect(hub.eventsAfter(branchId, 0, 10)).toEqual([]);
    }
    expect(hub.state('b1')).toEqual({ seq: 0, keys: [] });
  });

  it('more than the queue holds is told to come again', async () => {
    const running = await boot({ maxQueue: 3 });
    const outcomes = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => send(running, { type: 'tally.add', key })));
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.seq : outcome.code))).toEqual([1, 2, 3, 'hub.busy', 'hub.busy']);
  });

  it('personal text is kept beside the log in the same commit', async () => {
    const running = await boot();
    const outcome = await send(running, { type: 'tally.add', key: 'a', note: 'Mrs Wang is hard of hearing' });
    const [event] = outcome.ok ? outcome.events : [];
    expect(JSON.stringify(running.store.events.readAfter('b1', 0, 10))).not.toContain('Wang');
    expect(running.store.personal.get('b1', event?.type === 'tally.added' ? (event.noteRef ?? '') : '')).toMatchObject({
      kind: 'text',
      value: { text: 'Mrs Wang is hard of hearing' },
    });
  });

  it('what an administrator’s command writes beside the log stands or falls with it', async () => {
    const { hub, store } = await boot();
    const run = (write: () => void) =>
      hub.executeBank({ type: 'tally.nothing' }, { actor: teller, commandId: randomUUID(), body: {}, write });
    expect(await run(() => store.meta.set('hash', 'one'))).toMatchObject({ ok: true });
    const broken = (): void => {
      store.meta.set('hash', 'two');
      throw new Error('no');
    };
    expect(await run(broken)).toMatchObject({ ok: false, status: 503 });
    expect(store.meta.get('hash')).toBe('one');
  });
});

describe('exactly once', () => {
  it('the same id answers with the same reply, also after a restart', async () => {
    const first = await boot();
    const id = randomUUID();
    const outcome = await send(first, { type: 'tally.add', key: 'a' }, id);
    expect(await send(first, { type: 'tally.add', key: 'a' }, id)).toEqual({ ...outcome, replayed: true });
    await send(first, { type: 'tally.add', key: 'b' });
    site.crash();
    const second = await boot();
    expect(await send(second, { type: 'tally.add', key: 'a' }, id)).toEqual({ ...outcome, replayed: true });
    expect(keysInLog(second)).toEqual(['a', 'b']);
  });

  it('the same id answers with the same reply long after, whether the hub had a quiet moment since, a restart or both', async () => {
    const first = await boot();
    await first.hub.start();
    const id = randomUUID();
    const outcome = await send(first, { type: 'tally.add', key: 'a' }, id);
    const fill = (running: Tallies) => Promise.all(Array.from({ length: 1_000 }, () => send(running, { type: 'tally.nothing' })));
    const indexed = ({ store }: Tallies): unknown => store.db.prepare('SELECT COUNT(*) FROM command_index').pluck().get();
    await fill(first);
    expect(indexed(first)).toBe(0);
    await site.machine.pass(2_000);
    expect(indexed(first)).toBe(1_001);
    await fill(first);
    expect(await send(first, { type: 'tally.add', key: 'a' }, id)).toEqual({ ...outcome, replayed: true });
    site.crash();
    const second = await boot();
    expect(await send(second, { type: 'tally.add', key: 'a' }, id)).toEqual({ ...outcome, replayed: true });
    await second.hub.stop();
    expect(indexed(second)).toBe(2_001);
  });

  it('a double press within one turn is done once', async () => {
    const running = await boot();
    const id = randomUUID();
    const [one, two, other] = await Promise.all([
      send(running, { type: 'tally.add', key: 'a' }, id),
      send(running, { type: 'tally.add', key: 'a' }, id),
      send(running, { type: 'tally.add', key: 'z' }, id),
    ]);
    expect(two).toEqual({ ...one, replayed: true });
    expect(other).toMatchObject({ ok: false, status: 422, code: 'command.id_reused' });
    expect(keysInLog(running)).toEqual(['a']);
  });

  it('another body under the id is refused, the order of its keys is not another body', async () => {
    const running = await boot();
    const id = randomUUID();
    await send(running, { type: 'tally.add', key: 'a' }, id);
    expect(await send(running, { type: 'tally.add', key: 'b' }, id)).toMatchObject({ ok: false, status: 422 });
    expect(await send(running, { key: 'a', type: 'tally.add', note: undefined }, id)).toMatchObject({ ok: true, replayed: true });
  });

  it('a refusal leaves the id free', async () => {
    const running = await boot();
    const id = randomUUID();
    expect(await send(running, { type: 'tally.refuse' }, id)).toMatchObject({ ok: false, status: 409 });
    expect(await send(running, { type: 'tally.add', key: 'a' }, id)).toMatchObject({ ok: true, replayed: false });
  });

  it('ids are per actor', async () => {
    const running = await boot();
    const id = randomUUID();
    await send(running, { type: 'tally.add', key: 'a' }, id);
    expect(await send(running, { type: 'tally.add', key: 'a' }, id, { ...teller, id: 'teller2' })).toMatchObject({
      ok: true,
      seq: 2,
      replayed: false,
    });
  });
});

describe('when something fails', () => {
  it('a command that cannot be written fails alone and leaves nothing, in memory or on disk', async () => {
    const running = await boot();
    const poison = randomUUID();
    const outcomes = await Promise.all([
      send(running, { type: 'tally.add', key: 'a' }),
      send(running, { type: 'tally.poison' }, poison),
      send(running, { type: 'tally.add', key: 'b' }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.seq : outcome.code))).toEqual([1, 'store.failed', 2]);
    expect(running.hub.state('b1')?.keys).toEqual(['a', 'b']);
    expect(keysInLog(running)).toEqual(['a', 'b']);
    expect(await send(running, { type: 'tally.add', key: 'c' }, poison)).toMatchObject({ ok: true, seq: 3 });
    expect(running.store.events.verify('b1')).toEqual({ ok: true, seq: 3 });
  });

  it('a rule with a bug hurts only its own command, and is logged', async () => {
    const running = await boot();
    const id = randomUUID();
    const outcomes = await Promise.all([
      send(running, { type: 'tally.add', key: 'a' }),
      send(running, { type: 'tally.explode' }, id),
      send(running, { type: 'tally.add', key: 'b' }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.seq : outcome.code))).toEqual([1, 'hub.failed', 2]);
    expect(running.logged).toMatchObject([{ level: 50, command: 'tally.explode' }]);
    expect(await send(running, { type: 'tally.add', key: 'c' }, id)).toMatchObject({ ok: true, replayed: false });
  });

  it('a store that cannot be read costs nobody an answer', async () => {
    const running = await boot();
    running.store.db.exec('ALTER TABLE command_index RENAME TO elsewhere');
    const outcomes = await Promise.all([send(running, { type: 'tally.add', key: 'a' }), send(running, { type: 'tally.add', key: 'b' })]);
    expect(outcomes).toMatchObject([{ status: 503 }, { status: 503 }]);
    running.store.db.exec('ALTER TABLE elsewhere RENAME TO command_index');
    expect(await send(running, { type: 'tally.add', key: 'c' })).toMatchObject({ ok: true, seq: 1 });
  });

  it('a listener that throws keeps nobody else from hearing', async () => {
    const running = await boot();
    const heard: number[] = [];
    running.hub.onCommitted(() => {
      throw new Error('a listener with a bug');
    });
    const silence = running.hub.onCommitted((_id, events) => heard.push(events.length));
    expect(await send(running, { type: 'tally.add', key: 'a' })).toMatchObject({ ok: true });
    silence();
    await send(running, { type: 'tally.add', key: 'b' });
    expect(heard).toEqual([1]);
  });

  it('a log that moved on without this memory is read again instead of refused for ever', async () => {
    const running = await boot();
    await send(running, { type: 'tally.add', key: 'a' });
    const event = { branchId: 'b1', seq: 2, at: startOfTime, actor: 'teller1', type: 'tally.added', key: 'landed' };
    running.store.commit({
      appends: [{ branch: 'b1', expected: running.store.events.head('b1'), events: [{ event, version: 1 }] }],
      commands: [],
      personal: [],
      writes: [],
      realAt: startOfTime,
    });
    const heard: number[] = [];
    running.hub.onCommitted((_id, events) => heard.push(...events.map(({ seq }) => seq)));
    expect(await send(running, { type: 'tally.add', key: 'b' })).toMatchObject({ ok: false, status: 503 });
    expect(await send(running, { type: 'tally.add', key: 'b' })).toMatchObject({ ok: true, seq: 3 });
    expect(running.hub.state('b1')?.keys).toEqual(['a', 'landed', 'b']);
    expect(heard).toEqual([2, 3]);
  });

  it('a stopping hub answers what it has and takes nothing more', async () => {
    const running = await boot();
    await running.hub.start();
    const last = send(running, { type: 'tally.add', key: 'a' });
    const stopped = running.hub.stop();
    expect(await send(running, { type: 'tally.add', key: 'b' })).toMatchObject({ ok: false, status: 503, code: 'hub.stopping' });
    await stopped;
    expect(await last).toMatchObject({ ok: true, seq: 1 });
    expect(running.hub.ready()).toBe(false);
    await settled();
    expect(keysInLog(running)).toEqual(['a']);
  });
});
