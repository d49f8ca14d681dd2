/** The demo's fleet: the twelve machines of hq-01 as devices on loopback, each with a life of its own. */
import { HubTime } from '../client/hub-time.ts';
import { seededRandom } from '../random.ts';
import { Device, type Outfit, ROLL } from './device.ts';
import { DeviceHost } from './device-host.ts';
import { liveMachine } from './machine-life.ts';

export interface FleetOptions {
  readonly seed: number;
  /** The hub's own speed. */
  readonly speed: number;
  readonly signal: AbortSignal;
}

export interface Fleet {
  /** As the connector's configuration names them. */
  readonly machines: readonly { readonly machineId: string; readonly uri: string }[];
  /** Until the signal; then no port is open any more. */
  live(): Promise<void>;
}

const outfits: readonly Outfit[] = [
  'atm',
  'atm',
  'recycler',
  'recycler',
  'recycler',
  'smartCounter',
  'smartCounter',
  'videoTeller',
  'passbookPrinter',
  'enquiry',
  'numberKiosk',
  'atm',
];

/** Their ports are open; nothing happens to them before `live`. */
export async function startFleet({ seed, speed, signal }: FleetOptions): Promise<Fleet> {
  const hosts = await Promise.all(
    outfits.map(async (outfit, index) => {
      const machineId = `m${index + 1}`;
      const random = seededRandom(seed, 'machine', machineId);
      // Half the fleet speaks the older dialect; no two are equally full.
      const device = new Device(outfit, index % 2 === 0 ? '2021' : '2023', random.between(0.2, 0.9));
      device.now.receipts = Math.round(random.between(0.12, 1) * ROLL);
      return { machineId, random, host: await DeviceHost.start(device) };
    }),
  );
  return {
    machines: hosts.map(({ machineId, host }) => ({ machineId, uri: host.uri })),
    live: async () => {
      await Promise.all(hosts.map(({ host, random }) => liveMachine({ host, random, time: new HubTime(speed), stop: signal })));
      await Promise.all(hosts.map(({ host }) => host.cutNetwork()));
    },
  };
}
