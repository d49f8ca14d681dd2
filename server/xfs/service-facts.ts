/** All that one service of a device has said of itself on this connection: the pure half of the connector's memory. */
import { type JsonObject, type Message, objectOf, own } from './envelope.ts';
import { hearUnit, newUnit, type UnitFacts } from './unit-facts.ts';
import {
  type CashPathWord,
  cashPaths,
  type DeviceWord,
  devices,
  type DoorWord,
  doors,
  type PaperWord,
  papers,
  type ReaderWord,
  type ShutterWord,
  shutters,
  wordOf,
} from './words.ts';

const MOST_UNITS = 32;
const MOST_PLACES = 16;
/** Two minutes of answers. */
const KEPT_FOR = 24;
/** As the hub wants an id to be. */
const placePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const doorNames = [
  'safeDoor',
  'cabinetDoor',
  'cabinetFrontDoor',
  'cabinetRearDoor',
  'cabinetLeftDoor',
  'cabinetRightDoor',
  'cabinetFront',
  'cabinetRear',
  'cabinetLeft',
  'cabinetRight',
];
/** Words of CashManagement's own safe door in the older dialect. */
const oldDoorWords: Readonly<Record<string, string>> = {
  doorOpen: 'open',
  doorClosed: 'closed',
  doorUnknown: 'unknown',
  doorNotSupported: 'notSupported',
};
/** Parts without which a machine still serves. */
const accessories = new Set(['camera', 'lights', 'biometric', 'barcodeReader', 'vendorMode', 'vendorApplication', 'powerManagement']);
const media = ['notPresent', 'present', 'entering', 'latched', 'retracted', 'jammed'] as const;
const modules = ['ok', 'inoperable'] as const;

export class ServiceFacts {
  device?: DeviceWord;
  foreignDevice = false;
  dispenser?: CashPathWord;
  acceptor?: CashPathWord;
  cardMedia?: ReaderWord;
  chipModule?: ReaderWord;
  units = new Map<string, UnitFacts>();
  printerMediaJammed = false;
  /** By supply, by position, by door. */
  readonly paper = new Map<string, PaperWord>();
  readonly shutters = new Map<string, ShutterWord>();
  readonly doors = new Map<string, DoorWord>();
  private readonly parts = new Set<string>();
  /** A card was kept, said an event: for so many more answers, where no storage unit counts such cards. */
  private keptFor = 0;

  get cardKept(): boolean {
    return this.keptFor > 0 || [...this.units.values()].some(({ retained }) => (retained ?? 0) > 0);
  }

  /** A camera, the lights: what the machine can do without. */
  get accessory(): boolean {
    return this.parts.size > 0 && [...this.parts].every((part) => accessories.has(part));
  }

  /** Holds cash or cards: worth asking for its storage. */
  get stores(): boolean {
    return ['cashDispenser', 'cashAcceptor', 'cashManagement', 'cardReader'].some((part) => this.parts.has(part));
  }

  /** The answer to Common.Status: all there is to say, so what it leaves out is not so any more. */
  hearStatus(payload: JsonObject): void {
    this.device = undefined;
    this.foreignDevice = false;
    this.dispenser = undefined;
    this.acceptor = undefined;
    this.cardMedia = undefined;
    this.chipModule = undefined;
    this.printerMediaJammed = false;
    this.paper.clear();
    this.shutters.clear();
    this.doors.clear();
    this.parts.clear();
    this.keptFor = Math.max(0, this.keptFor - 1);
    for (const part of Object.keys(payload)) if (part !== 'common' && objectOf(payload[part]) !== undefined) this.notePart(part);
    this.hearParts(payload);
    this.device ??= 'unknown';
  }

  /** Asked for its status the service answered with an error: that much is known and nothing else. */
  hearFailure(code: string): void {
    this.hearStatus({});
    this.device = code === 'hardwareError' || code === 'fraudAttempt' || code === 'userError' ? code : 'unknown';
  }

  /** The answer to Storage.GetStorage: units it leaves out are gone. */
  hearStorage(payload: JsonObject): void {
    this.units = new Map();
    this.hearUnits(objectOf(own(payload, 'storage')) ?? payload);
    if ([...this.units.values()].some(({ retained }) => retained !== undefined)) this.keptFor = 0;
  }

  /** True where the event said something that this connector understands. */
  hearEvent({ name, payload }: Extract<Message, { kind: 'unsolicited' }>): boolean {
    switch (name) {
      case 'Common.StatusChangedEvent':
        this.hearParts(payload);
        return true;
      case 'Common.ErrorEvent':
        this.device = errorDevice(own(payload, 'eventId'), own(payload, 'action'));
        return true;
      case 'Storage.StorageThresholdEvent':
      case 'Storage.StorageChangedEvent':
      case 'Storage.CountsChangedEvent':
        this.hearUnits(payload);
        return true;
      case 'CardReader.MediaRetainedEvent':
        this.keptFor = KEPT_FOR;
        return true;
      case 'CardReader.CardActionEvent': {
        const to = own(payload, 'to');
        if (typeof to === 'string' && to.startsWith('unit')) this.keptFor = KEPT_FOR;
        return true;
      }
      case 'Printer.PaperThresholdEvent':
        this.hear(this.paper, own(payload, 'paperSource'), wordOf(papers, own(payload, 'threshold')));
        return true;
      case 'CashManagement.ShutterStatusChangedEvent':
        this.hear(this.shutters, own(payload, 'position'), wordOf(shutters, own(payload, 'shutter')));
        return true;
      default:
        return false;
    }
  }

  private notePart(part: string): void {
    if (this.parts.size < MOST_PLACES && placePattern.test(part)) this.parts.add(part);
  }

  /** The properties of Common.Status, all or those that changed. */
  private hearParts(payload: JsonObject): void {
    const part = (key: string) => objectOf(own(payload, key));
    this.device = heard(this.device, wordOf(devices, own(part('common'), 'device')));
    const antiFraud = own(part('common'), 'antiFraudModule');
    if (antiFraud !== undefined) this.foreignDevice = antiFraud === 'deviceDetected';
    this.dispenser = heard(this.dispenser, wordOf(cashPaths, own(part('cashManagement'), 'dispenser')));
    this.acceptor = heard(this.acceptor, wordOf(cashPaths, own(part('cashManagement'), 'acceptor')));
    this.hearReader(part('cardReader'));
    this.hearPrinter(part('printer'));
    for (const key of ['cashDispenser', 'cashAcceptor']) this.hearPositions(own(part(key), 'positions'));
    this.hearDoors(part('auxiliaries'));
    const safe = own(part('cashManagement'), 'safeDoor');
    if (safe !== undefined) this.hear(this.doors, 'safe', wordOf(doors, typeof safe === 'string' ? (oldDoorWords[safe] ?? safe) : safe));
  }

  private hearReader(said: JsonObject | undefined): void {
    const card = wordOf(media, own(said, 'media'));
    if (card !== undefined) this.cardMedia = card === null ? undefined : card === 'jammed' || card === 'unknown' ? card : 'ok';
    const chip = wordOf(modules, own(said, 'chipModule'));
    if (chip !== undefined) this.chipModule = chip === 'inoperable' ? 'inoperative' : (chip ?? undefined);
  }

  private hearPrinter(said: JsonObject | undefined): void {
    const supplies = objectOf(own(said, 'paper'));
    for (const supply of Object.keys(supplies ?? {})) this.hear(this.paper, supply, wordOf(papers, own(supplies, supply)));
    const page = own(said, 'media');
    if (page !== undefined) this.printerMediaJammed = page === 'jammed';
  }

  private hearPositions(said: unknown): void {
    if (!Array.isArray(said)) return;
    for (const entry of said.slice(0, MOST_PLACES)) {
      const position = objectOf(entry);
      this.hear(this.shutters, own(position, 'position') ?? 'default', wordOf(shutters, own(position, 'shutter')));
    }
  }

  private hearDoors(said: JsonObject | undefined): void {
    for (const name of doorNames) this.hear(this.doors, name, wordOf(doors, own(said, name)));
  }

  private hearUnits(said: JsonObject): void {
    for (const id of Object.keys(said)) {
      const unit = objectOf(said[id]);
      if (unit === undefined || !placePattern.test(id)) continue;
      const known = this.units.get(id) ?? newUnit();
      if (!this.units.has(id) && this.units.size >= MOST_UNITS) return;
      this.units.set(id, known);
      hearUnit(known, unit);
    }
  }

  private hear<T>(places: Map<string, T>, place: unknown, word: T | null | undefined): void {
    if (typeof place !== 'string' || !placePattern.test(place) || word === undefined) return;
    if (word === null) places.delete(place);
    else if (places.has(place) || places.size < MOST_PLACES) places.set(place, word);
  }
}

/** Nothing said leaves what was; null takes it away. */
function heard<T>(before: T | undefined, word: T | null | undefined): T | undefined {
  return word === undefined ? before : (word ?? undefined);
}

/** `clear` is the branch's to set right, `maintenance` the engineer's; of an error in software only that something is amiss is known. */
function errorDevice(eventId: unknown, action: unknown): DeviceWord {
  if (eventId === 'fraudAttempt') return 'fraudAttempt';
  if (action === 'clear' || eventId === 'user') return 'userError';
  if (action === 'maintenance' || eventId === 'hardware') return 'hardwareError';
  return 'unknown';
}
