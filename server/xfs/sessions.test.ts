/** How a machine is found, followed, lost and found again. */
import { describe, expect, test } from 'vitest';
import { candidates, serviceUris } from './addresses.ts';
import { backoff } from './backoff.ts';
import { MachineSession } from './machine-session.ts';
import { FakeWorld } from './world.fixture.ts';

const PUBLISHER = 'ws://atm-1:5846/xfs4iot/v1.0';
const PRINTER = `${PUBLISHER}/Printer`;
const READER = `${PUBLISHER}/CardReader`;
const pace = {
  statusEveryMs: 5_000,
  answerWithinMs: 2_000,
  storageEveryMs: 30_000,
  discoverEveryMs: 60_000,
  retryFirstMs: 400,
  retryLongestMs: 3_200,
};
const online = { common: { device: 'online' } };
const paperFull = { ...online, printer: { paper: { upper: 'full' } } };
const named = (...uris: string[]) => ({ services: uris.map((serviceURI) => ({ serviceURI })) });

/** A machine whose services are found; none has answered yet. */
function found(...uris: string[]) {
  const world = new FakeWorld();
  let changes = 0;
  const address = { uri: PUBLISHER, allowHosts: [] };
  const session = new MachineSession(world.surroundings(pace), 'm1', address, () => changes++);
  world.open(world.to(PUBLISHER));
  world.answer(world.to(PUBLISHER), named(...uris));
  return { world, session, changes: () => changes };
}

/** And this one answers its first question. */
function answers(world: FakeWorld, uri: string, payload: object): void {
  world.open(world.to(uri));
  world.answer(world.to(uri), payload);
}

describe('finding the services', () => {
  test('the publisher is let go once it has named them, and each is asked for its status', () => {
    const { world } = found(PRINTER, READER);
    expect(world.links.map(({ uri }) => uri)).toEqual([PRINTER, READER]);
    world.open(world.to(PRINTER));
    expect(world.to(PRINTER).question?.name).toBe('Common.Status');
  });

  test('of a host alone the standard’s ports are tried one after another, then it rests', () => {
    const world = new FakeWorld();
    const session = new MachineSession(world.surroundings(pace), 'm1', { host: 'atm-1', tls: false, allowHosts: [] }, () => undefined);
    const tried: string[] = [];
    for (let n = 0; n < 12; n++) {
      const [link] = world.links;
      tried.push(link?.uri ?? 'nothing');
      link?.handlers.onClosed();
      if (n < 11) world.pass(0);
    }
    expect(tried.map((uri) => new URL(uri).port || '80')).toEqual([...Array.from({ length: 11 }, (_none, n) => String(5846 + n)), '80']);
    world.pass(299);
    expect(world.links).toEqual([]);
    world.pass(1);
    expect(world.links).toHaveLength(1);
    session.stop();
  });

  test('addresses on another host, with a password, or less secure than the publisher are not gone to', () => {
    const all = ['ws://atm-1:1/a', 'ws://elsewhere:1/b', 'ws://user:pass@atm-1:1/c', 'http://atm-1:1/d', 'nonsense'];
    expect(serviceUris(named(...all), PUBLISHER, { allowHosts: [] })).toEqual(['ws://atm-1:1/a']);
    expect(serviceUris(named(...all), PUBLISHER, { allowHosts: ['elsewhere'] })).toEqual(['ws://atm-1:1/a', 'ws://elsewhere:1/b']);
    expect(serviceUris(named('ws://atm-1/a', 'wss://atm-1/b'), 'wss://atm-1/xfs4iot/v1.0', { allowHosts: [] })).toEqual(['wss://atm-1/b']);
  });

  test('over TLS the usual port is 443', () => {
    expect(candidates({ host: 'atm-1', tls: true, allowHosts: [] }).at(-1)).toBe('wss://atm-1:443/xfs4iot/v1.0');
  });

  test('a service that the publisher names no more is left, a new one is followed', () => {
    const { world } = found(PRINTER);
    answers(world, PRINTER, paperFull);
    world.pass(2_000);
    for (let at = 2_000; at < 60_000; at += 1_000) {
      world.pass(1_000);
      const link = world.links.find(({ uri }) => uri === PRINTER);
      if (link?.question !== undefined) world.answer(link, paperFull);
    }
    world.open(world.to(PUBLISHER));
    world.answer(world.to(PUBLISHER), named(READER));
    expect(world.links.map(({ uri }) => uri)).toEqual([READER]);
  });
});

describe('following', () => {
  test('nothing is said of a machine before it has answered', () => {
    const { world, session } = found(PRINTER);
    expect(session.said()).toBeUndefined();
    world.open(world.to(PRINTER));
    expect(session.said()).toBeUndefined();
    world.answer(world.to(PRINTER), paperFull);
    expect(session.said()?.status).toEqual({ device: 'online', paper: 'full' });
  });

  test('while one of its services has not answered, a machine is not called online', () => {
    const { world, session } = found(PRINTER, READER);
    answers(world, PRINTER, paperFull);
    expect(session.said()?.status).toEqual({ device: 'unknown', paper: 'full' });
  });

  test('the status is asked again at its pace, and right after an event, but not at each of many', () => {
    const { world } = found(PRINTER);
    answers(world, PRINTER, paperFull);
    const link = world.to(PRINTER);
    world.pass(4_999);
    expect(link.question).toBeUndefined();
    world.pass(1);
    world.answer(link, paperFull);
    world.pass(1_000);
    const event = { header: { name: 'Common.ErrorEvent', type: 'unsolicited' }, payload: { eventId: 'hardware' } };
    link.handlers.onText(JSON.stringify(event));
    world.pass(0);
    expect(link.question?.name).toBe('Common.Status');
    world.answer(link, paperFull);
    for (let n = 0; n < 1_000; n++) link.handlers.onText(JSON.stringify(event));
    world.pass(499);
    expect(link.question).toBeUndefined();
    world.pass(1);
    expect(link.question?.name).toBe('Common.Status');
  });

  test('an error for an answer is a sign of life that says nothing good', () => {
    const { world, session } = found(PRINTER);
    answers(world, PRINTER, paperFull);
    expect(session.said()?.status).toEqual({ device: 'online', paper: 'full' });
    world.pass(5_000);
    world.answer(world.to(PRINTER), {}, 'internalError');
    expect(session.said()?.status).toEqual({ device: 'unknown', paper: 'unknown' });
  });

  test('who holds cash is asked for it; who does not know the question is not asked again', () => {
    const { world } = found(READER);
    const card = { ...online, cardReader: { media: 'notPresent' } };
    answers(world, READER, card);
    const link = world.to(READER);
    expect(link.question?.name).toBe('Storage.GetStorage');
    world.answer(link, {}, 'unsupportedCommand');
    world.pass(40_000);
    expect(link.question?.name).toBe('Common.Status');
    world.answer(link, card);
    expect(link.question).toBeUndefined();
  });
});

describe('losing', () => {
  test('a service that hangs is lost with its answer’s time: nothing of what it said holds any more', () => {
    const { world, session, changes } = found(PRINTER, READER);
    answers(world, PRINTER, paperFull);
    answers(world, READER, online);
    expect(session.said()?.status.device).toBe('online');
    world.pass(5_000);
    world.answer(world.to(READER), online);
    const before = changes();
    world.pass(2_000);
    expect(changes()).toBeGreaterThan(before);
    expect(session.said()?.status).toEqual({ device: 'unknown', paper: 'unknown' });
  });

  test('with its last service gone a machine says nothing at all', () => {
    const { world, session } = found(PRINTER);
    answers(world, PRINTER, paperFull);
    world.to(PRINTER).handlers.onClosed();
    expect(session.said()).toBeUndefined();
  });

  test('it is tried again after ever longer pauses, and after an answer with the shortest', () => {
    const { world, session } = found(PRINTER);
    const pauses: number[] = [];
    for (let n = 0; n < 5; n++) {
      world.to(PRINTER).handlers.onClosed();
      const from = world.now;
      while (!world.links.some(({ uri }) => uri === PRINTER)) world.pass(50);
      pauses.push(world.now - from);
    }
    expect(pauses).toEqual([300, 600, 1_200, 2_400, 2_400]);
    answers(world, PRINTER, paperFull);
    expect(session.said()?.status.device).toBe('online');
    world.to(PRINTER).handlers.onClosed();
    world.pass(300);
    expect(world.to(PRINTER)).toBeDefined();
  });

  test('what came on a connection that is gone counts for nothing', () => {
    const { world, session } = found(PRINTER);
    answers(world, PRINTER, paperFull);
    const old = world.to(PRINTER);
    old.handlers.onClosed();
    old.handlers.onText(JSON.stringify({ header: { name: 'Common.StatusChangedEvent', type: 'unsolicited' }, payload: online }));
    expect(session.said()).toBeUndefined();
  });

  test('once stopped it holds no connection and no timer', () => {
    const { world, session } = found(PRINTER, READER);
    answers(world, PRINTER, paperFull);
    session.stop();
    expect(world.links).toEqual([]);
    expect(world.pending).toBe(0);
  });
});

test('pauses are drawn between half and all of what they have grown to', () => {
  const shortest = backoff(100, 1_000, () => 0);
  const longest = backoff(100, 1_000, () => 0.999_999);
  expect([shortest.next(), shortest.next()]).toEqual([50, 100]);
  expect(longest.next()).toBeCloseTo(100, 3);
});
