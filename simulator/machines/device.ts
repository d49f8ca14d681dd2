/** A self-service machine as a thing: what its parts are like, what it holds, and how its services word that. */
import { absent, type Dialect } from './dialect.ts';

export type Outfit = 'atm' | 'recycler' | 'smartCounter' | 'videoTeller' | 'passbookPrinter' | 'enquiry' | 'numberKiosk';
type ServiceName = 'CashDispenser' | 'CashRecycler' | 'CardReader' | 'Printer' | 'Auxiliaries';

export interface Condition {
  device: string;
  dispenser: 'ok' | 'attention' | 'stop';
  acceptor: 'ok' | 'attention' | 'stop';
  shutter: 'closed' | 'open' | 'jammedClosed' | 'jammedOpen';
  cardMedia: 'notPresent' | 'present' | 'jammed';
  /** Cards kept in the bin. */
  kept: number;
  /** Receipts left on the roll. */
  receipts: number;
  printerJammed: boolean;
  safeDoor: 'bolted' | 'open' | 'tampered';
  cabinetDoor: 'closed' | 'open' | 'tampered';
}

export interface Cassette {
  readonly id: string;
  readonly capacity: number;
  initial: number;
  in: number;
  out: number;
  status: 'ok' | 'missing' | 'inoperative' | 'manipulated';
}

const services: Readonly<Record<Outfit, readonly ServiceName[]>> = {
  atm: ['CashDispenser', 'CardReader', 'Printer', 'Auxiliaries'],
  recycler: ['CashRecycler', 'CardReader', 'Printer', 'Auxiliaries'],
  smartCounter: ['CardReader', 'Printer', 'Auxiliaries'],
  videoTeller: ['CardReader', 'Printer', 'Auxiliaries'],
  passbookPrinter: ['Printer'],
  enquiry: ['CardReader'],
  numberKiosk: ['Printer'],
};

export const ROLL = 600;
const PAPER_LOW = 60;
const CAPACITY = 2_500;
const LOW_AT = 300;
const HIGH_SHARE = 0.95;
const NOTE = 'type100CNY1';

export const notesIn = ({ initial, in: came, out }: Cassette): number => initial + came - out;

export class Device {
  readonly outfit: Outfit;
  readonly dialect: Dialect;
  readonly now: Condition = {
    device: 'online',
    dispenser: 'ok',
    acceptor: 'ok',
    shutter: 'closed',
    cardMedia: 'notPresent',
    kept: 0,
    receipts: ROLL,
    printerJammed: false,
    safeDoor: 'bolted',
    cabinetDoor: 'closed',
  };
  readonly cassettes: readonly Cassette[];

  /** `fill` 0…1: how full its cassettes are at first. */
  constructor(outfit: Outfit, dialect: Dialect, fill = 0.8) {
    this.outfit = outfit;
    this.dialect = dialect;
    this.cassettes = this.holdsCash
      ? ['unit1', 'unit2', 'unit3'].map((id) => ({
          id,
          capacity: CAPACITY,
          initial: Math.round(CAPACITY * fill),
          in: 0,
          out: 0,
          status: 'ok' as const,
        }))
      : [];
  }

  get services(): readonly ServiceName[] {
    return services[this.outfit];
  }

  get holdsCash(): boolean {
    return this.outfit === 'atm' || this.outfit === 'recycler';
  }

  get paper(): 'full' | 'low' | 'out' | 'jammed' {
    const { printerJammed, receipts } = this.now;
    return printerJammed ? 'jammed' : receipts <= 0 ? 'out' : receipts <= PAPER_LOW ? 'low' : 'full';
  }

  replenishment(cassette: Cassette): 'ok' | 'low' | 'empty' | 'high' | 'full' {
    const notes = notesIn(cassette);
    if (notes <= 0) return 'empty';
    if (notes <= LOW_AT) return 'low';
    if (notes >= cassette.capacity) return 'full';
    return notes >= cassette.capacity * HIGH_SHARE ? 'high' : 'ok';
  }

  /** What the service answers to Common.Status. */
  status(service: ServiceName): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    const { now } = this;
    const none = absent(this.dialect);
    const common = { device: now.device, devicePosition: 'inPosition', powerSaveRecoveryTime: 0, antiFraudModule: none };
    const position = { shutter: now.shutter, positionStatus: 'empty', transport: 'ok', transportStatus: 'empty' };
    switch (service) {
      case 'CashDispenser':
        return {
          common,
          cashDispenser: { intermediateStacker: 'empty', positions: [{ position: 'outCenter', ...position }] },
          cashManagement: { dispenser: now.dispenser, acceptor: none },
        };
      case 'CashRecycler':
        return {
          common,
          cashDispenser: { intermediateStacker: 'empty', positions: [{ position: 'outCenter', ...position }] },
          cashAcceptor: { banknoteReader: 'ok', positions: [{ position: 'inCenter', ...position, shutter: 'closed' }] },
          cashManagement: { dispenser: now.dispenser, acceptor: now.acceptor },
        };
      case 'CardReader':
        return { common, cardReader: { media: now.cardMedia, security: none, chipPower: 'noCard', chipModule: 'ok' } };
      case 'Printer':
        return { common, printer: { media: 'notPresent', paper: { upper: this.paper, lower: none }, toner: none, ink: none } };
      case 'Auxiliaries':
        return {
          common,
          auxiliaries: { operatorSwitch: 'run', safeDoor: this.holdsCash ? now.safeDoor : none, cabinetFrontDoor: now.cabinetDoor },
        };
    }
  }

  /** What it answers to Storage.GetStorage; undefined where it stores nothing. */
  storage(service: ServiceName): Readonly<Record<string, unknown>> | undefined {
    if (service === 'CardReader') {
      const { kept } = this.now;
      const status = { initialCount: 0, count: kept, retainCount: kept, replenishmentStatus: kept >= 20 ? 'high' : 'ok' };
      return { unitBin1: { id: 'BIN', positionName: 'retain', status: 'ok', card: { capabilities: { type: 'retain' }, status } } };
    }
    if (service !== 'CashDispenser' && service !== 'CashRecycler') return undefined;
    return Object.fromEntries(this.cassettes.map((cassette) => [cassette.id, this.unit(cassette)]));
  }

  /** One cassette in full. */
  unit(cassette: Cassette): Readonly<Record<string, unknown>> {
    const count = (fit: number) => ({ unrecognized: 0, [NOTE]: { fit, unfit: 0, suspect: 0, counterfeit: 0, inked: 0 } });
    return {
      id: cassette.id.toUpperCase(),
      capacity: cassette.capacity,
      status: cassette.status,
      cash: {
        configuration: { currency: 'CNY', value: 100, lowThreshold: LOW_AT },
        status: {
          index: Number(cassette.id.at(-1)),
          initial: count(cassette.initial),
          out: { presented: count(cassette.out) },
          in: { deposited: count(cassette.in) },
          accuracy: 'accurate',
          replenishmentStatus: this.replenishment(cassette),
        },
      },
    };
  }
}
