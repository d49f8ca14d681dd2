/**
 * Anything at all on the wire: no crash, no wrong state, no growth. Each frame is read a second time by an oracle of its
 * own making, and what the session says of the machine must be what the oracle says. `FUZZ_FRAMES=1000000` for the long run.
 */
import { expect, test } from 'vitest';
import type { MachineStatus } from '../../shared/contract/machines.ts';
import { answerTo, damaged, dice, eventFrame, noise } from './frames.fixture.ts';
import { MachineSession } from './machine-session.ts';
import { expected, Oracle } from './oracle.fixture.ts';
import { type FakeLink, FakeWorld, type Question } from './world.fixture.ts';

const FRAMES = Number(process.env['FUZZ_FRAMES'] ?? 20_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_401);
const PUBLISHER = 'ws://device:5846/xfs4iot/v1.0';
const SERVICES = [`${PUBLISHER}/CashRecycler`, `${PUBLISHER}/CardReader`];

test(`${FRAMES} frames, sound, damaged and senseless: the state is what was truly said`, { timeout: 3_600_000 }, () => {
  const roll = dice(SEED);
  const world = new FakeWorld();
  const pace = {
    statusEveryMs: 1_000,
    answerWithinMs: 1_000,
    storageEveryMs: 3_000,
    discoverEveryMs: 1e9,
    retryFirstMs: 10,
    retryLongestMs: 100,
  };
  const session = new MachineSession(world.surroundings(pace), 'm1', { uri: PUBLISHER, allowHosts: [] }, () => undefined);
  const oracles = new Map(SERVICES.map((uri) => [uri, { oracle: new Oracle(), wasAccessory: false }]));
  let told: MachineStatus = {};
  let good = 0;
  let spoken = 0;

  const lose = (uri: string): void => oracles.get(uri)?.oracle.reset();
  const deliver = (link: FakeLink, frame: string): void => {
    const { question } = link;
    const service = oracles.get(link.uri);
    const effect = link.open ? service?.oracle.hear(frame, question) : 'none';
    link.handlers.onText(frame);
    if (service !== undefined && effect === 'answer' && question?.name === 'Common.Status') service.wasAccessory = service.oracle.accessory;
    if ((effect === 'answer' || effect === 'failure') && link.question === question) link.question = undefined;
  };
  const passTime = (ms: number): void => {
    const before = new Set(world.links);
    world.pass(ms);
    for (const link of before) if (link.gone) lose(link.uri);
  };
  const open = (link: FakeLink): void => {
    link.open = true;
    link.handlers.onOpen();
  };

  // Found once, so that each later frame meets the services.
  const [publisher] = world.links;
  if (publisher === undefined) throw new Error('nothing was connected');
  open(publisher);
  deliver(publisher, answerWith(publisher.question, SERVICES));
  const first = expect.soft(world.links.map(({ uri }) => uri));
  first.toEqual(SERVICES);

  for (let frame = 0; frame < FRAMES; frame++) {
    for (const link of world.links.slice()) if (!link.open) open(link);
    const link = world.links.length > 0 ? roll.one(world.links) : undefined;
    const what = roll.below(100);
    if (link === undefined || what < 6) passTime(roll.one([1, 50, 400, 1_000]));
    else if (what < 7) {
      link.handlers.onClosed();
      lose(link.uri);
    } else if (what < 30 && link.question !== undefined) deliver(link, answerTo(roll, link.question, SERVICES));
    else if (what < 34 && link.question !== undefined) deliver(link, answerTo(roll, another(roll, link.question), SERVICES));
    else if (what < 45) deliver(link, eventFrame(roll));
    else if (what < 60 && link.question !== undefined) deliver(link, damaged(roll, answerTo(roll, link.question, SERVICES)));
    else if (what < 92) deliver(link, damagedOften(roll));
    else deliver(link, noise(roll));

    const said = session.said();
    const views = [...oracles.values()];
    if (!views.some(({ oracle }) => oracle.answered)) {
      if (said !== undefined) throw new Error(`frame ${frame}: silent, and yet ${JSON.stringify(said)}`);
      continue;
    }
    if (said === undefined) throw new Error(`frame ${frame}: it spoke, and nothing is said`);
    const { units = [], ...words } = said.status;
    const wanted = expected(views, told);
    if (JSON.stringify(sorted(words)) !== JSON.stringify(sorted(wanted)))
      throw new Error(`frame ${frame} of seed ${SEED}: ${JSON.stringify(words)} instead of ${JSON.stringify(wanted)}`);
    checkUnits(
      frame,
      units,
      views.map(({ oracle }) => oracle),
    );
    told = said.status;
    spoken++;
    if (words.device === 'online' && words.dispenser === 'ok') good++;
    if (frame % 1_000 === 0 && (world.pending > 16 || world.links.length > 4 || JSON.stringify(said.status).length > 20_000))
      throw new Error(`frame ${frame}: it grows`);
  }
  // The run meets good states and bad ones, or it proves nothing.
  expect(spoken).toBeGreaterThan(FRAMES / 2);
  expect(good).toBeGreaterThan(FRAMES / 1_000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  session.stop();
  expect(world.pending).toBe(0);
  expect(world.links).toEqual([]);
});

/** A question that is not the one under way: its answer comes late, or is somebody else's. */
function another(roll: ReturnType<typeof dice>, { name, requestId }: Question): Question {
  if (roll.chance(0.5)) return { name, requestId: requestId + roll.one([-1, 1]) };
  return { name: name === 'Common.Status' ? 'Storage.GetStorage' : 'Common.Status', requestId };
}

function damagedOften(roll: ReturnType<typeof dice>): string {
  let frame = eventFrame(roll);
  for (let blows = 1 + roll.below(3); blows > 0; blows--) frame = damaged(roll, frame);
  return frame;
}

function answerWith(question: Question | undefined, services: readonly string[]): string {
  const header = { ...question, type: 'completion', version: '1.0', completionCode: 'success' };
  return JSON.stringify({ header, payload: { services: services.map((serviceURI) => ({ serviceURI })) } });
}

const sorted = (object: object): [string, unknown][] => Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** A unit is called good only where each service that tells of it last called it so; its notes are a number there can be. */
function checkUnits(frame: number, units: NonNullable<MachineStatus['units']>, oracles: readonly Oracle[]): void {
  if (units.length > 32) throw new Error(`frame ${frame}: ${units.length} units`);
  for (const { id, status, replenishment, count } of units) {
    const said = oracles.flatMap((oracle) => (oracle.answered ? [oracle.units.get(id)] : [])).filter((unit) => unit?.cash === true);
    const wrong =
      (status === 'ok' && !said.some((unit) => unit?.status === 'ok')) ||
      (replenishment === 'ok' && !said.some((unit) => unit?.replenishment === 'ok')) ||
      said.some((unit) => unit?.status !== undefined && unit.status !== 'ok' && status === 'ok') ||
      said.some((unit) => unit?.replenishment !== undefined && unit.replenishment !== 'ok' && replenishment === 'ok') ||
      (count !== undefined && (!Number.isInteger(count) || count < 0 || count > 1_000_000 || !said.some((unit) => unit?.initial)));
    if (wrong) throw new Error(`frame ${frame}: ${JSON.stringify({ id, status, replenishment, count })} of ${JSON.stringify(said)}`);
  }
}
