/** Frames for tests: what devices send in both dialects, and what becomes of it on a bad day. Reproducible by seed. */
import type { Question } from './world.fixture.ts';

export interface Dice {
  /** Whole, from 0 to below. */
  below(count: number): number;
  chance(share: number): boolean;
  one<T>(list: readonly T[]): T;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    one: (list) => {
      const item = list[below(list.length)];
      if (item === undefined && list.length === 0) throw new Error('nothing to choose from');
      return item as (typeof list)[number];
    },
  };
}

type Json = Record<string, unknown>;

const vocabulary = {
  device: [
    'online',
    'offline',
    'powerOff',
    'noDevice',
    'hardwareError',
    'userError',
    'deviceBusy',
    'fraudAttempt',
    'potentialFraud',
    'starting',
  ],
  path: ['ok', 'attention', 'stop', 'unknown'],
  paper: ['unknown', 'full', 'low', 'out', 'jammed'],
  shutter: ['closed', 'open', 'jammedOpen', 'jammedPartiallyOpen', 'jammedClosed', 'jammedUnknown', 'unknown'],
  door: ['closed', 'open', 'locked', 'bolted', 'tampered'],
  media: ['notPresent', 'present', 'jammed', 'unknown', 'entering', 'latched'],
  replenishment: ['ok', 'full', 'high', 'low', 'empty'],
  unit: ['ok', 'inoperative', 'missing', 'notConfigured', 'manipulated'],
} as const;

/** Properties of Common.Status, some of them. */
export function statusPayload(roll: Dice): Json {
  const some = (part: Json): Json => (roll.chance(0.8) ? part : {});
  const maybe = (words: readonly string[]): unknown => (roll.chance(0.1) ? roll.one([null, 'notSupported']) : roll.one(words));
  return {
    ...some({
      common: {
        device: roll.chance(0.6) ? 'online' : roll.one(vocabulary.device),
        antiFraudModule: roll.one([null, 'ok', 'deviceDetected']),
      },
    }),
    ...some({ cashManagement: { dispenser: maybe(vocabulary.path), acceptor: maybe(vocabulary.path) } }),
    ...some({ cashDispenser: { positions: [{ position: 'outCenter', shutter: maybe(vocabulary.shutter) }] } }),
    ...some({ printer: { media: maybe(vocabulary.media), paper: { upper: maybe(vocabulary.paper), lower: maybe(vocabulary.paper) } } }),
    ...some({ cardReader: { media: maybe(vocabulary.media), chipModule: roll.one([null, 'ok', 'inoperable', 'unknown']) } }),
    ...some({ auxiliaries: { safeDoor: maybe(vocabulary.door), cabinetFrontDoor: maybe(vocabulary.door) } }),
  };
}

function unitsPayload(roll: Dice): Json {
  const count = (): Json => ({ unrecognized: roll.below(3), type20EUR1: { fit: roll.below(2_000), unfit: roll.below(5) } });
  const unit = (): Json => ({
    status: roll.one(vocabulary.unit),
    cash: {
      status: {
        ...(roll.chance(0.7) && { initial: count() }),
        ...(roll.chance(0.5) && { in: { deposited: count() } }),
        ...(roll.chance(0.5) && { out: { presented: count() } }),
        ...(roll.chance(0.8) && { replenishmentStatus: roll.one(vocabulary.replenishment) }),
      },
    },
  });
  const bin = (): Json => ({ status: 'ok', card: { status: { retainCount: roll.below(3) } } });
  return { [`unit${1 + roll.below(4)}`]: unit(), ...(roll.chance(0.3) && { unitBin: bin() }) };
}

/** A sound answer to what was asked, in a dialect drawn by lot. */
export function answerTo(roll: Dice, { name, requestId }: Question, services: readonly string[]): string {
  const payload =
    name === 'Common.Status'
      ? statusPayload(roll)
      : name === 'Storage.GetStorage'
        ? { storage: unitsPayload(roll) }
        : { services: services.map((serviceURI) => ({ serviceURI })) };
  const code = roll.chance(0.92)
    ? 'success'
    : roll.one(['hardwareError', 'unsupportedCommand', 'internalError', 'fraudAttempt', 'timeOut']);
  const header = { name, requestId, type: 'completion', version: '2.0' };
  // A device in between the dialects, that contradicts itself.
  if (roll.chance(0.03))
    return JSON.stringify({ header: { ...header, completionCode: 'success' }, payload: { completionCode: 'internalError', ...payload } });
  return JSON.stringify(
    roll.chance(0.5)
      ? { header: { ...header, completionCode: code }, payload }
      : { header, payload: { completionCode: code, errorDescription: '', ...payload } },
  );
}

/** Something a device says unasked, in a dialect drawn by lot. */
export function eventFrame(roll: Dice): string {
  const [name, payload] = roll.one<() => [string, Json]>([
    () => ['Common.StatusChangedEvent', statusPayload(roll)],
    () => ['Common.StatusChangedEvent', { common: { device: roll.one(vocabulary.device) } }],
    () => [
      'Common.ErrorEvent',
      {
        eventId: roll.one(['hardware', 'software', 'user', 'fraudAttempt']),
        action: roll.one(['reset', 'clear', 'maintenance', 'suspend']),
      },
    ],
    () => ['Storage.StorageThresholdEvent', unitsPayload(roll)],
    () => ['Storage.StorageChangedEvent', unitsPayload(roll)],
    () => ['Storage.CountsChangedEvent', unitsPayload(roll)],
    () => ['CardReader.CardActionEvent', { from: 'transport', to: roll.one(['exit', 'unitBin', 'transport']) }],
    () => [
      'Printer.PaperThresholdEvent',
      { paperSource: roll.one(['upper', 'lower', 'aux']), threshold: roll.one(['full', 'low', 'out']) },
    ],
    () => ['CashManagement.ShutterStatusChangedEvent', { position: 'outCenter', shutter: roll.one(vocabulary.shutter) }],
    () => ['Printer.MediaTakenEvent', {}],
  ])();
  const header = roll.chance(0.5)
    ? { name, type: 'unsolicited', version: '3.0' }
    : { name, type: 'event', version: '1.0', ...(roll.chance(0.5) && { requestId: null }) };
  return JSON.stringify({ header, payload });
}

const strange: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 53,
  2 ** 31,
  '',
  'ok',
  'online',
  'OK',
  'notSupported',
  'unknown',
  '\u0000',
  '💥',
  [],
  {},
  [[]],
  [null],
  { ok: 'ok' },
  ['ok'],
  'x'.repeat(5_000),
  { toString: 'ok' },
  Number.MAX_SAFE_INTEGER,
];
const strangeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'x'.repeat(300), 'unit1', 'ok', 'status'];

/** One blow at a message: another value, a key too many or too few, another type, text cut short or spoilt. */
export function damaged(roll: Dice, frame: string): string {
  const kind = roll.below(10);
  if (kind === 0) return frame.slice(0, roll.below(frame.length + 1));
  if (kind === 1) return spoilt(roll, frame);
  if (kind === 2) return roll.one([`${frame}${frame}`, `\ufeff${frame}`, ` ${frame} `, `[${frame}]`, `"${frame}"`, `{"header":${frame}}`]);
  if (kind === 3) {
    const depth = roll.below(3_000);
    return frame.replace('"payload":', `"deep":${'['.repeat(depth)}${']'.repeat(depth)},"payload":`);
  }
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    return frame;
  }
  const places: [Json | unknown[], string | number][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Json, key]);
      walk((node as Json)[key]);
    }
  };
  walk(message);
  if (places.length === 0) return frame;
  const [owner, key] = roll.one(places);
  const holder = owner as Json;
  if (kind === 4) delete holder[key];
  else if (kind === 5)
    Object.defineProperty(holder, roll.one(strangeKeys), {
      value: roll.one(strange),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else if (kind === 6) holder[key] = roll.one(Object.values(vocabulary).flat());
  else holder[key] = roll.one(strange);
  return JSON.stringify(message);
}

function spoilt(roll: Dice, frame: string): string {
  const characters = frame.split('');
  for (let blows = 1 + roll.below(4); blows > 0 && characters.length > 0; blows--)
    characters[roll.below(characters.length)] = String.fromCharCode(roll.below(roll.chance(0.5) ? 128 : 65_536));
  return characters.join('');
}

/** No message at all. */
export function noise(roll: Dice): string {
  const length = roll.below(200);
  return roll.one([
    () => Array.from({ length }, () => String.fromCharCode(roll.below(65_536))).join(''),
    () => roll.one(['', '{}', '[]', 'null', '0', '"', '{"header":{}}', '{"header":null,"payload":null}', 'NaN', '{"a":1e999}']),
    () => '['.repeat(length * 50),
    () => '{"header":'.repeat(length),
  ])();
}
