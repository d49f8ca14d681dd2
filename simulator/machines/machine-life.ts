/** One machine's day: customers use it, it runs out of things, it breaks, somebody sees to it. By hub time and a seed. */
import type { HubTime } from '../client/hub-time.ts';
import type { Random } from '../random.ts';
import { notesIn, ROLL } from './device.ts';
import type { DeviceHost } from './device-host.ts';
import { drawTrouble } from './troubles.ts';

export interface LifeWorld {
  readonly host: DeviceHost;
  readonly random: Random;
  readonly time: HubTime;
  readonly stop: AbortSignal;
}

const MINUTE = 60_000;
const CUSTOMER_EVERY_MS = 100_000;
const TROUBLE_EVERY_MS = 70 * MINUTE;
const REFILL_MEDIAN_MS = 14 * MINUTE;
const PAPER_MEDIAN_MS = 7 * MINUTE;
/** The safe stands open so long. */
const REFILLING_MS = 3 * MINUTE;
/** However fast hub time runs: a device does not do more than this, real ms. */
const SHORTEST_REAL_MS = 150;
const MOST_NOTES = 60;
const DEPOSIT_SHARE = 0.4;
const RECEIPT_SHARE = 0.7;
const SIGMA = 0.5;
const FILL = 0.85;

/** Until `stop`. */
export async function liveMachine(world: LifeWorld): Promise<void> {
  const lives = [customers(world), breakdowns(world)];
  if (world.host.device.holdsCash) lives.push(refills(world));
  lives.push(paperChanges(world));
  await Promise.all(lives);
}

async function wait({ time, stop }: LifeWorld, ms: number): Promise<boolean> {
  return time.pass(Math.max(ms, SHORTEST_REAL_MS * time.speed), stop);
}

async function customers(world: LifeWorld): Promise<void> {
  const { host, random } = world;
  while (await wait(world, random.exponential(1 / CUSTOMER_EVERY_MS))) {
    const { device } = host;
    if (!host.online || device.now.device !== 'online') continue;
    if (device.holdsCash && device.now.dispenser !== 'stop') moveCash(world);
    if (device.paper !== 'out' && device.paper !== 'jammed' && random.chance(RECEIPT_SHARE)) {
      host.change({ receipts: device.now.receipts - 1 });
    }
  }
}

function moveCash({ host, random }: LifeWorld): void {
  const { cassettes, outfit } = host.device;
  const usable = cassettes.filter(({ status }) => status === 'ok');
  const cassette = usable[Math.floor(random.between(0, usable.length))];
  if (cassette === undefined) return;
  const notes = Math.ceil(random.between(0, 1) ** 2 * MOST_NOTES);
  const room = cassette.capacity - notesIn(cassette);
  if (outfit === 'recycler' && random.chance(DEPOSIT_SHARE)) host.changeCassette(cassette, { in: cassette.in + Math.min(notes, room) });
  else host.changeCassette(cassette, { out: cassette.out + Math.min(notes, notesIn(cassette)) });
}

async function breakdowns(world: LifeWorld): Promise<void> {
  const { host, random } = world;
  while (await wait(world, random.exponential(1 / TROUBLE_EVERY_MS))) {
    const trouble = drawTrouble(host, random);
    if (trouble === undefined) continue;
    await trouble.begin(host);
    const goesOn = await wait(world, random.logNormal(trouble.lastsMs, SIGMA));
    if (goesOn) await trouble.end(host);
  }
}

/** Somebody notices that a cassette runs low, and some time later opens the safe and fills all. */
async function refills(world: LifeWorld): Promise<void> {
  const { host, random } = world;
  const { device } = host;
  const needed = () => device.cassettes.some((cassette) => ['low', 'empty', 'full'].includes(device.replenishment(cassette)));
  while (await wait(world, MINUTE)) {
    if (!needed()) continue;
    if (!(await wait(world, random.logNormal(REFILL_MEDIAN_MS, SIGMA)))) return;
    host.change({ safeDoor: 'open' });
    if (!(await wait(world, REFILLING_MS))) return;
    for (const cassette of device.cassettes)
      host.changeCassette(cassette, { initial: Math.round(cassette.capacity * FILL), in: 0, out: 0 });
    host.change({ safeDoor: 'bolted' });
  }
}

async function paperChanges(world: LifeWorld): Promise<void> {
  const { host, random } = world;
  const { device } = host;
  while (await wait(world, MINUTE)) {
    if (device.paper !== 'low' && device.paper !== 'out') continue;
    if (!(await wait(world, random.logNormal(PAPER_MEDIAN_MS, SIGMA)))) return;
    host.change({ receipts: ROLL });
  }
}
