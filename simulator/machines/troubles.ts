/** What happens to machines, how often, and how long it takes until somebody has seen to it. */
import type { Random } from '../random.ts';
import type { DeviceHost } from './device-host.ts';

export interface Trouble {
  readonly name: string;
  readonly weight: number;
  /** Median time until it is over, hub ms. */
  readonly lastsMs: number;
  fits(host: DeviceHost): boolean;
  begin(host: DeviceHost): void | Promise<void>;
  end(host: DeviceHost): void | Promise<void>;
}

const MINUTE = 60_000;
const has = (host: DeviceHost, service: string): boolean => host.device.services.some((name) => name === service);
const cashService = (host: DeviceHost) => (has(host, 'CashRecycler') ? 'CashRecycler' : 'CashDispenser');
const anyService = (host: DeviceHost) => host.device.services[0] ?? 'Printer';

export const troubles: readonly Trouble[] = [
  {
    name: 'card jam',
    weight: 3,
    lastsMs: 7 * MINUTE,
    fits: (host) => has(host, 'CardReader'),
    begin: (host) => {
      host.change({ cardMedia: 'jammed' });
      host.error('CardReader', 'hardware', 'clear');
    },
    end: (host) => host.change({ cardMedia: 'notPresent' }),
  },
  {
    name: 'card kept',
    weight: 2,
    lastsMs: 12 * MINUTE,
    fits: (host) => has(host, 'CardReader') && host.device.now.kept === 0,
    begin: (host) => {
      host.tell('CardReader', 'CardReader.CardActionEvent', { from: 'transport', to: 'unitBin1' });
      host.change({ kept: host.device.now.kept + 1 });
    },
    end: (host) => host.change({ kept: 0 }),
  },
  {
    name: 'dispenser stopped',
    weight: 2,
    lastsMs: 14 * MINUTE,
    fits: ({ device }) => device.holdsCash,
    begin: (host) => {
      host.change({ dispenser: 'stop' });
      host.error(cashService(host), 'hardware', 'maintenance');
    },
    end: (host) => host.change({ dispenser: 'ok' }),
  },
  {
    name: 'dispenser needs attention',
    weight: 2,
    lastsMs: 10 * MINUTE,
    fits: ({ device }) => device.holdsCash,
    begin: (host) => host.change({ dispenser: 'attention' }),
    end: (host) => host.change({ dispenser: 'ok' }),
  },
  {
    name: 'notes not taken in',
    weight: 1.5,
    lastsMs: 9 * MINUTE,
    fits: ({ device }) => device.outfit === 'recycler',
    begin: (host) => host.change({ acceptor: 'stop' }),
    end: (host) => host.change({ acceptor: 'ok' }),
  },
  {
    name: 'shutter jam',
    weight: 1,
    lastsMs: 11 * MINUTE,
    fits: ({ device }) => device.holdsCash,
    begin: (host) => host.change({ shutter: 'jammedOpen' }),
    end: (host) => host.change({ shutter: 'closed' }),
  },
  {
    name: 'paper jam',
    weight: 2,
    lastsMs: 5 * MINUTE,
    fits: (host) => has(host, 'Printer'),
    begin: (host) => host.change({ printerJammed: true }),
    end: (host) => host.change({ printerJammed: false }),
  },
  {
    name: 'hardware error',
    weight: 0.7,
    lastsMs: 20 * MINUTE,
    fits: () => true,
    begin: (host) => {
      host.change({ device: 'hardwareError' });
      host.error(anyService(host), 'hardware', 'maintenance');
    },
    end: (host) => host.change({ device: 'online' }),
  },
  {
    name: 'started anew',
    weight: 1.5,
    lastsMs: 2 * MINUTE,
    fits: () => true,
    begin: (host) => host.change({ device: 'starting' }),
    end: (host) => host.change({ device: 'online' }),
  },
  {
    name: 'network lost',
    weight: 2,
    lastsMs: 1.5 * MINUTE,
    fits: () => true,
    begin: (host) => host.cutNetwork(),
    end: (host) => host.connectNetwork(),
  },
  {
    name: 'door tampered with',
    weight: 0.15,
    lastsMs: 6 * MINUTE,
    fits: (host) => has(host, 'Auxiliaries'),
    begin: (host) => host.change({ cabinetDoor: 'tampered' }),
    end: (host) => host.change({ cabinetDoor: 'closed' }),
  },
];

/** One that can happen to this machine, by weight. */
export function drawTrouble(host: DeviceHost, random: Random): Trouble | undefined {
  const fitting = troubles.filter((trouble) => trouble.fits(host));
  return fitting[random.weighted(fitting.map(({ weight }) => weight))];
}
