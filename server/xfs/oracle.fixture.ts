/** What a service has truly said, read a second time in another way: with schemas, into a flat list of words. */
import { z } from 'zod';
import type { MachineStatus } from '../../shared/contract/machines.ts';
import {
  cashPathStates,
  deviceStates,
  doorStates,
  paperStates,
  replenishmentStates,
  shutterStates,
  unitStates,
} from '../../shared/contract/machines.ts';
import type { Question } from './world.fixture.ts';

const plain = z.record(z.string(), z.unknown());
const name = z.string().regex(/^[A-Za-z]{1,40}\.[A-Za-z]{1,60}$/);
const payload = z.union([plain, z.null().transform(() => ({})), z.undefined().transform(() => ({}))]).optional();
const unasked = z.object({
  header: z.union([
    z.object({ name, type: z.literal('unsolicited') }),
    z.object({ name, type: z.literal('event'), requestId: z.null().optional() }),
  ]),
  payload,
});
const ended = z.object({
  header: z.object({ name, type: z.literal('completion'), requestId: z.int(), completionCode: z.unknown().optional() }),
  payload,
});
const refused = z.object({
  header: z.object({ name, type: z.literal('acknowledge'), requestId: z.int(), status: z.unknown().optional() }),
  payload,
});

const place = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const wordsOf = (list: readonly string[]) => new Set(list.filter((word) => word !== 'unknown'));
const devices = wordsOf(deviceStates);
const paths = wordsOf(cashPathStates);
const papers = wordsOf(paperStates);
const shutters = wordsOf(shutterStates);
const doors = wordsOf(doorStates);
const media = new Set(['notPresent', 'present', 'entering', 'latched', 'retracted', 'jammed']);
const oldDoors: Record<string, string> = {
  doorOpen: 'open',
  doorClosed: 'closed',
  doorUnknown: 'unknown',
  doorNotSupported: 'notSupported',
};
const doorNames = ['safeDoor', 'cabinetDoor', 'cabinetFrontDoor', 'cabinetRearDoor', 'cabinetLeftDoor', 'cabinetRightDoor'];
const oldDoorNames = ['cabinetFront', 'cabinetRear', 'cabinetLeft', 'cabinetRight'];
const accessories = ['camera', 'lights', 'biometric', 'barcodeReader', 'vendorMode', 'vendorApplication', 'powerManagement'];

/** What one frame did, as the oracle saw it. */
type Effect = 'none' | 'event' | 'answer' | 'failure';

export class Oracle {
  /** `field/place` → word. */
  readonly words = new Map<string, string>();
  /** The last word on each unit. */
  readonly units = new Map<string, { cash: boolean; status?: string; replenishment?: string; retained?: number; initial: boolean }>();
  answered = false;
  parts: string[] = [];
  private kept = 0;

  reset(): void {
    this.words.clear();
    this.units.clear();
    this.answered = false;
    this.parts = [];
    this.kept = 0;
  }

  get cardKept(): boolean {
    return this.kept > 0 || [...this.units.values()].some(({ retained }) => (retained ?? 0) > 0);
  }

  get accessory(): boolean {
    return this.parts.length > 0 && this.parts.every((part) => accessories.includes(part));
  }

  hear(frame: string, question: Question | undefined): Effect {
    let json: unknown;
    try {
      json = JSON.parse(frame);
    } catch {
      return 'none';
    }
    const event = unasked.safeParse(json);
    if (event.success) return this.answered && this.event(event.data.header.name, event.data.payload ?? {}) ? 'event' : 'none';
    const fits = (header: { name: string; requestId: number }) => header.name === question?.name && header.requestId === question.requestId;
    const completion = ended.safeParse(json);
    if (completion.success && fits(completion.data.header)) {
      const said = completion.data.payload ?? {};
      const codes = [completion.data.header.completionCode, Object.entries(said).find(([key]) => key === 'completionCode')?.[1]];
      const spoken = codes.filter((code) => code !== undefined && code !== null);
      const success = spoken.length > 0 && spoken.every((code) => code === 'success');
      const bad = spoken.find((code) => code !== 'success');
      return this.answer(question?.name ?? '', success, typeof bad === 'string' ? bad : 'unknown', said);
    }
    const acknowledge = refused.safeParse(json);
    if (acknowledge.success && fits(acknowledge.data.header)) {
      const statuses = [
        acknowledge.data.header.status,
        Object.entries(acknowledge.data.payload ?? {}).find(([key]) => key === 'status')?.[1],
      ];
      if (statuses.every((status) => status === undefined || status === null || status === 'ok')) return 'none';
      return this.answer(question?.name ?? '', false, 'refused', {});
    }
    return 'none';
  }

  private answer(asked: string, success: boolean, code: string, said: Record<string, unknown>): Effect {
    if (asked === 'Storage.GetStorage') {
      if (!success) return 'failure';
      this.units.clear();
      const storage = plain.safeParse(child(said, 'storage'));
      this.hearUnits(storage.success ? storage.data : said);
      if ([...this.units.values()].some(({ retained }) => retained !== undefined)) this.kept = 0;
      return 'answer';
    }
    if (asked !== 'Common.Status') return 'none';
    this.answered = true;
    this.words.clear();
    this.kept = Math.max(0, this.kept - 1);
    this.parts = [];
    if (!success) {
      this.words.set('device', ['hardwareError', 'fraudAttempt', 'userError'].includes(code) ? code : 'unknown');
      return 'failure';
    }
    for (const [key, value] of Object.entries(said))
      if (key !== 'common' && plain.safeParse(value).success && place.test(key) && this.parts.length < 16) this.parts.push(key);
    this.hearStatus(said);
    if (!this.words.has('device')) this.words.set('device', 'unknown');
    return 'answer';
  }

  private event(type: string, said: Record<string, unknown>): boolean {
    if (type === 'Common.StatusChangedEvent') this.hearStatus(said);
    else if (type === 'Common.ErrorEvent') this.words.set('device', errorWord(child(said, 'eventId'), child(said, 'action')));
    else if (/^Storage\.(StorageThreshold|StorageChanged|CountsChanged)Event$/.test(type)) this.hearUnits(said);
    else if (type === 'CardReader.MediaRetainedEvent') this.kept = 24;
    else if (type === 'CardReader.CardActionEvent') {
      const to = child(said, 'to');
      if (typeof to === 'string' && to.startsWith('unit')) this.kept = 24;
    } else if (type === 'Printer.PaperThresholdEvent') this.set('paper', child(said, 'paperSource'), papers, child(said, 'threshold'));
    else if (type === 'CashManagement.ShutterStatusChangedEvent')
      this.set('shutter', child(said, 'position'), shutters, child(said, 'shutter'));
    else return false;
    return true;
  }

  private hearStatus(said: Record<string, unknown>): void {
    const at = (...path: string[]) => path.reduce<unknown>(child, said);
    this.single('device', devices, at('common', 'device'));
    const antiFraud = at('common', 'antiFraudModule');
    if (antiFraud !== undefined) this.words.set('foreign', antiFraud === 'deviceDetected' ? 'yes' : 'no');
    this.single('dispenser', paths, at('cashManagement', 'dispenser'));
    this.single('acceptor', paths, at('cashManagement', 'acceptor'));
    this.single('media', media, at('cardReader', 'media'));
    this.single('chip', new Set(['ok', 'inoperable']), at('cardReader', 'chipModule'));
    const supplies = plain.safeParse(at('printer', 'paper'));
    for (const [supply, word] of supplies.success ? Object.entries(supplies.data) : []) this.set('paper', supply, papers, word);
    const page = at('printer', 'media');
    if (page !== undefined) this.words.set('page', page === 'jammed' ? 'jammed' : 'fine');
    for (const part of ['cashDispenser', 'cashAcceptor']) {
      const positions = at(part, 'positions');
      for (const position of Array.isArray(positions) ? (positions as unknown[]).slice(0, 16) : [])
        this.set('shutter', child(position, 'position') ?? 'default', shutters, child(position, 'shutter'));
    }
    for (const door of [...doorNames, ...oldDoorNames]) this.set('door', door, doors, at('auxiliaries', door));
    const safe = at('cashManagement', 'safeDoor');
    const old = typeof safe === 'string' ? Object.entries(oldDoors).find(([word]) => word === safe)?.[1] : undefined;
    this.set('door', 'safe', doors, old ?? safe);
  }

  private hearUnits(said: Record<string, unknown>): void {
    for (const [id, value] of Object.entries(said)) {
      const unit = plain.safeParse(value);
      if (!unit.success || !place.test(id)) continue;
      if (!this.units.has(id) && this.units.size >= 32) return;
      const known = this.units.get(id) ?? { cash: false, initial: false };
      this.units.set(id, known);
      const status = judged(wordsOf(unitStates), child(unit.data, 'status'));
      if (status !== undefined) known.status = status ?? undefined;
      const cash = child(unit.data, 'cash');
      if (plain.safeParse(cash).success) known.cash = true;
      const replenishment = judged(wordsOf(replenishmentStates), child(child(cash, 'status'), 'replenishmentStatus'));
      if (replenishment !== undefined) known.replenishment = replenishment ?? undefined;
      if (plain.safeParse(child(child(cash, 'status'), 'initial')).success) known.initial = true;
      const retained = child(child(child(unit.data, 'card'), 'status'), 'retainCount');
      if (retained !== undefined) known.retained = z.int().min(0).max(1_000_000).safeParse(retained).data;
    }
  }

  private single(field: string, known: ReadonlySet<string>, said: unknown): void {
    const word = judged(known, said);
    if (word === null) this.words.delete(field);
    else if (word !== undefined) this.words.set(field, word);
  }

  private set(field: string, where: unknown, known: ReadonlySet<string>, said: unknown): void {
    const word = judged(known, said);
    if (typeof where !== 'string' || !place.test(where) || word === undefined) return;
    const key = `${field}/${where}`;
    if (word === null) this.words.delete(key);
    else if (this.words.has(key) || this.of(field).length < 16) this.words.set(key, word);
  }

  /** All words of one field. */
  of(field: string): string[] {
    return [...this.words].filter(([key]) => key === field || key.startsWith(`${field}/`)).map(([, word]) => word);
  }
}

function judged(known: ReadonlySet<string>, said: unknown): string | null | undefined {
  if (said === undefined) return undefined;
  if (said === null || said === 'notSupported') return null;
  return typeof said === 'string' && known.has(said) ? said : 'unknown';
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
}

function errorWord(eventId: unknown, action: unknown): string {
  if (eventId === 'fraudAttempt') return 'fraudAttempt';
  if (action === 'clear' || eventId === 'user') return 'userError';
  return action === 'maintenance' || eventId === 'hardware' ? 'hardwareError' : 'unknown';
}

/** What may be said of a machine at most, by the worst word of each field. `before`: what was said already. */
export function expected(services: readonly { oracle: Oracle; wasAccessory: boolean }[], before: MachineStatus): Record<string, unknown> {
  const up = services.filter(({ oracle }) => oracle.answered).map(({ oracle }) => oracle);
  const every = (field: string) => up.flatMap((oracle) => oracle.of(field));
  const deviceWords = services.flatMap(({ oracle, wasAccessory }) => {
    if (!oracle.answered) return wasAccessory ? [] : ['unknown'];
    const words = [oracle.words.get('device') ?? 'unknown', ...(oracle.words.get('foreign') === 'yes' ? ['potentialFraud'] : [])];
    const fraud = words.filter((word) => /[fF]raud/.test(word));
    return oracle.accessory ? fraud.slice(-1) : words;
  });
  const readerWords = up.flatMap((oracle) => [
    ...oracle.of('media').map((word) => (word === 'jammed' || word === 'unknown' ? word : 'ok')),
    ...oracle.of('chip').map((word) => (word === 'inoperable' ? 'inoperative' : word)),
    ...(oracle.cardKept ? ['cardRetained'] : []),
  ]);
  const found: Record<string, string | undefined> = {
    device: first(
      deviceWords,
      'fraudAttempt potentialFraud hardwareError powerOff offline noDevice userError unknown starting deviceBusy online',
    ),
    dispenser: first(every('dispenser'), 'stop attention unknown ok'),
    acceptor: first(every('acceptor'), 'stop attention unknown ok'),
    reader: first(readerWords, 'jammed inoperative cardRetained unknown ok'),
    paper: first([...every('paper'), ...every('page').filter((word) => word === 'jammed')], 'jammed out low unknown full'),
    shutter: first(every('shutter'), 'jammedOpen jammedPartiallyOpen jammedClosed jammedUnknown unknown open closed'),
    door: first(every('door'), 'tampered open unknown closed locked bolted'),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([field, word]) => {
      const told = word ?? (Object.hasOwn(before, field) ? 'unknown' : undefined);
      return told === undefined ? [] : [[field, told]];
    }),
  );
}

const first = (said: readonly string[], order: string): string | undefined => order.split(' ').find((word) => said.includes(word));
