/** What each fault means for the branch: who sees to it, how grave it is, what the machine is still good for. */
import type { CaseLine } from '../../contract/cases.ts';
import type { FaultCode } from '../../contract/machines.ts';

export interface FaultRow {
  /** `clear`: branch staff; `maintenance`: an engineer. */
  readonly line: CaseLine;
  /** Of the case, 1 gravest. */
  readonly severity: number;
  readonly effect: 'attention' | 'outOfService';
  /** Somebody has to do something about it. */
  readonly opensCase: boolean;
  /** Gone is gone. Otherwise a person must have looked: a card lies somewhere, somebody tampered with it. */
  readonly closesByRecovery: boolean;
}

const row = (line: CaseLine, severity: number, effect: FaultRow['effect'], ends: 'recovery' | 'person' | 'noCase'): FaultRow => ({
  line,
  severity,
  effect,
  opensCase: ends !== 'noCase',
  closesByRecovery: ends === 'recovery',
});

/** In the order of gravity: the first of a machine's faults explains its outage. */
export const faultTable: Readonly<Record<FaultCode, FaultRow>> = {
  fraudAttempt: row('clear', 1, 'outOfService', 'person'),
  doorTampered: row('clear', 1, 'outOfService', 'person'),
  unitManipulated: row('clear', 1, 'outOfService', 'person'),
  potentialFraud: row('clear', 2, 'attention', 'person'),
  hardwareError: row('maintenance', 2, 'outOfService', 'recovery'),
  dispenserStopped: row('maintenance', 2, 'outOfService', 'recovery'),
  // Out of service only once nothing is left to pay out: `effectOf`.
  cashOut: row('clear', 2, 'attention', 'recovery'),
  offline: row('maintenance', 3, 'outOfService', 'recovery'),
  shutterJam: row('maintenance', 3, 'outOfService', 'recovery'),
  readerBroken: row('maintenance', 3, 'outOfService', 'recovery'),
  cardJam: row('clear', 3, 'outOfService', 'recovery'),
  userError: row('clear', 3, 'outOfService', 'recovery'),
  silent: row('clear', 3, 'outOfService', 'recovery'),
  // It is heard, and says that it does not know.
  stateUnknown: row('clear', 3, 'outOfService', 'recovery'),
  cardRetained: row('clear', 3, 'attention', 'person'),
  unitBroken: row('maintenance', 3, 'attention', 'recovery'),
  acceptorStopped: row('maintenance', 3, 'attention', 'recovery'),
  cashFull: row('clear', 3, 'attention', 'recovery'),
  other: row('clear', 3, 'attention', 'recovery'),
  // A machine that is there to print is of no use without paper: `effectOf`.
  paperOut: row('clear', 4, 'attention', 'recovery'),
  paperJam: row('clear', 4, 'attention', 'recovery'),
  cashLow: row('clear', 4, 'attention', 'recovery'),
  dispenserAttention: row('maintenance', 4, 'attention', 'noCase'),
  acceptorAttention: row('maintenance', 4, 'attention', 'noCase'),
  paperLow: row('clear', 4, 'attention', 'noCase'),
  doorOpen: row('clear', 4, 'attention', 'noCase'),
};

/** Gravest first. */
export const faultsByGravity = Object.keys(faultTable) as readonly FaultCode[];

export const byGravity = (a: FaultCode, b: FaultCode): number => faultsByGravity.indexOf(a) - faultsByGravity.indexOf(b);
