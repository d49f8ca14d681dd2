/** The words of XFS4IoT for the parts of a machine, and which of two is the worse. */
import type { MachineStatus } from '../../shared/contract/machines.ts';

type Word<K extends keyof MachineStatus> = NonNullable<MachineStatus[K]> & string;
type Unit = NonNullable<MachineStatus['units']>[number];

export type DeviceWord = Word<'device'>;
export type CashPathWord = Word<'dispenser'>;
export type ReaderWord = Word<'reader'>;
export type PaperWord = Word<'paper'>;
export type ShutterWord = Word<'shutter'>;
export type DoorWord = Word<'door'>;
export type ReplenishmentWord = NonNullable<Unit['replenishment']>;
export type UnitWord = NonNullable<Unit['status']>;

/** Each from good to worst: `unknown` is worse than anything good and better than any known trouble. */
export const devices = [
  'online',
  'deviceBusy',
  'starting',
  'unknown',
  'userError',
  'noDevice',
  'offline',
  'powerOff',
  'hardwareError',
  'potentialFraud',
  'fraudAttempt',
] as const satisfies readonly DeviceWord[];
export const cashPaths = ['ok', 'unknown', 'attention', 'stop'] as const satisfies readonly CashPathWord[];
export const readers = ['ok', 'unknown', 'cardRetained', 'inoperative', 'jammed'] as const satisfies readonly ReaderWord[];
export const papers = ['full', 'unknown', 'low', 'out', 'jammed'] as const satisfies readonly PaperWord[];
export const shutters = [
  'closed',
  'open',
  'unknown',
  'jammedUnknown',
  'jammedClosed',
  'jammedPartiallyOpen',
  'jammedOpen',
] as const satisfies readonly ShutterWord[];
export const doors = ['bolted', 'locked', 'closed', 'unknown', 'open', 'tampered'] as const satisfies readonly DoorWord[];
export const replenishments = ['ok', 'high', 'unknown', 'low', 'full', 'empty'] as const satisfies readonly ReplenishmentWord[];
export const unitWords = ['ok', 'unknown', 'notConfigured', 'missing', 'inoperative', 'manipulated'] as const satisfies readonly UnitWord[];

/** The worst of those that were said; undefined where none was. */
export function worst<T extends string>(order: readonly T[], said: Iterable<T | undefined>): T | undefined {
  let rank = -1;
  for (const word of said) if (word !== undefined) rank = Math.max(rank, order.indexOf(word));
  return order[rank];
}

/**
 * What a message says of one thing: undefined = nothing; null = the device has no such thing (`null` now, `"notSupported"`
 * in the older dialect); a word it does not share with us, or no word at all, is `unknown` and never a good one.
 */
export function wordOf<T extends string>(known: readonly T[], value: unknown): T | 'unknown' | null | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === 'notSupported') return null;
  return known.find((word) => word === value) ?? 'unknown';
}
