/** What a machine is good for, from all that is known of it: pure, nothing but the derivation. */
import type { FaultCode, MachineKind, MachineStateName, MachineStatus } from '../../contract/machines.ts';
import { byGravity, faultTable } from './fault-table.ts';
import type { Fault, Machine } from './machine.state.ts';

type Found = Pick<Fault, 'code' | 'unitId'>;
type Words<T extends string> = Readonly<Partial<Record<T, FaultCode>>>;
type Of<K extends keyof MachineStatus> = Extract<MachineStatus[K], string>;

const ofDevice: Words<Of<'device'>> = {
  offline: 'offline',
  powerOff: 'offline',
  noDevice: 'offline',
  hardwareError: 'hardwareError',
  userError: 'userError',
  fraudAttempt: 'fraudAttempt',
  potentialFraud: 'potentialFraud',
};
const ofDispenser: Words<Of<'dispenser'>> = { stop: 'dispenserStopped', attention: 'dispenserAttention' };
const ofAcceptor: Words<Of<'acceptor'>> = { stop: 'acceptorStopped', attention: 'acceptorAttention' };
const ofReader: Words<Of<'reader'>> = { jammed: 'cardJam', cardRetained: 'cardRetained', inoperative: 'readerBroken' };
const ofPaper: Words<Of<'paper'>> = { low: 'paperLow', out: 'paperOut', jammed: 'paperJam' };
const ofShutter: Words<Of<'shutter'>> = {
  jammedOpen: 'shutterJam',
  jammedPartiallyOpen: 'shutterJam',
  jammedClosed: 'shutterJam',
  jammedUnknown: 'shutterJam',
};
const ofDoor: Words<Of<'door'>> = { open: 'doorOpen', tampered: 'doorTampered' };
const ofLevel: Words<NonNullable<NonNullable<MachineStatus['units']>[number]['replenishment']>> = {
  low: 'cashLow',
  empty: 'cashOut',
  full: 'cashFull',
};
const ofUnit: Words<NonNullable<NonNullable<MachineStatus['units']>[number]['status']>> = {
  inoperative: 'unitBroken',
  missing: 'unitBroken',
  manipulated: 'unitManipulated',
};

const word = <T extends string>(words: Words<T>, value: T | undefined): FaultCode[] => {
  const code = value === undefined ? undefined : words[value];
  return code === undefined ? [] : [code];
};

/** Every fault a status tells of, one per cash unit. */
function faultsIn(status: MachineStatus): Found[] {
  const found: Found[] = [
    ...word(ofDevice, status.device),
    ...word(ofDispenser, status.dispenser),
    ...word(ofAcceptor, status.acceptor),
    ...word(ofReader, status.reader),
    ...word(ofPaper, status.paper),
    ...word(ofShutter, status.shutter),
    ...word(ofDoor, status.door),
  ].map((code) => ({ code }));
  for (const unit of status.units ?? []) {
    // A unit that is not set up has nothing in it and should not.
    if (unit.status === 'notConfigured') continue;
    for (const code of [...word(ofUnit, unit.status), ...word(ofLevel, unit.replenishment)]) found.push({ code, unitId: unit.id });
  }
  return found;
}

const dispensing: readonly MachineKind[] = ['atm', 'recycler'];
const printing: readonly MachineKind[] = ['numberKiosk', 'passbookPrinter'];

function nothingLeft({ units }: MachineStatus): boolean {
  const inUse = (units ?? []).filter(({ status }) => status !== 'notConfigured' && status !== 'missing');
  return inUse.length > 0 && inUse.every(({ replenishment }) => replenishment === 'empty');
}

function effectOf(code: FaultCode, kind: MachineKind, status: MachineStatus): MachineStateName {
  if (code === 'cashOut') return dispensing.includes(kind) && nothingLeft(status) ? 'outOfService' : 'attention';
  if (code === 'paperOut' || code === 'paperJam') return printing.includes(kind) ? 'outOfService' : 'attention';
  return faultTable[code].effect;
}

/** Something of it is known to work. */
function worksSomewhere({ device, dispenser, acceptor, reader, paper, units }: MachineStatus): boolean {
  if (device !== undefined) return device === 'online' || device === 'deviceBusy';
  if (dispenser === 'ok' || acceptor === 'ok' || reader === 'ok' || paper === 'full') return true;
  return units?.some(({ status, replenishment }) => status === 'ok' || replenishment === 'ok' || replenishment === 'high') === true;
}

/** Reachable, but whether it can do what it stands there for it does not know itself. */
const knowsNotItsWork = (kind: MachineKind, { dispenser, paper }: MachineStatus): boolean =>
  (dispensing.includes(kind) && dispenser === 'unknown') || (printing.includes(kind) && paper === 'unknown');

function toldState(kind: MachineKind, status: MachineStatus): MachineStateName {
  const effects = faultsIn(status).map(({ code }) => effectOf(code, kind, status));
  if (effects.includes('outOfService')) return 'outOfService';
  // A device that says it does not know, or that is still starting, serves nobody as far as anyone can tell.
  if (status.device === 'unknown' || status.device === 'starting' || knowsNotItsWork(kind, status)) return 'unknown';
  if (effects.length > 0) return 'attention';
  return worksSomewhere(status) ? 'inService' : 'unknown';
}

export type Standing = Pick<Machine, 'state' | 'source' | 'faults'>;

/** What the derivation goes by; `faults` as they stood before, for since when. */
export type Known = Pick<Machine, 'status' | 'silentSince' | 'handReport' | 'faults'>;

const nameOf = ({ code, unitId }: Found): string => `${code}|${unitId ?? ''}`;

function faultsOf(known: Known, kind: MachineKind, now: number): Fault[] {
  const { status, silentSince, handReport } = known;
  const since = new Map(known.faults.map((fault) => [nameOf(fault), fault.since]));
  const found = new Map<string, Fault>();
  const add = (one: Found, begun: number): void => {
    const name = nameOf(one);
    if (!found.has(name)) found.set(name, { ...one, since: since.get(name) ?? begun });
  };
  // What it last said is still the last that is known of it: silence mends nothing.
  for (const one of status === undefined ? [] : faultsIn(status)) add(one, now);
  if (silentSince !== undefined) add({ code: 'silent' }, silentSince);
  // Once it counted as one, it stays one until it is told what holds.
  if (since.has(nameOf({ code: 'stateUnknown' })) && status !== undefined && toldState(kind, status) === 'unknown')
    add({ code: 'stateUnknown' }, now);
  if (handReport?.fault !== undefined) add({ code: handReport.fault }, handReport.at);
  return [...found.values()].sort((a, b) => byGravity(a.code, b.code) || ((a.unitId ?? '') < (b.unitId ?? '') ? -1 : 1));
}

const worse = (one: MachineStateName, than: MachineStateName): boolean =>
  one === 'outOfService' ? than !== 'outOfService' : one === 'attention' && than === 'inService';

/** Seen to serve, and silent since: nobody knows. Seen broken it stays broken. */
const isOutlived = ({ silentSince, handReport }: Known): boolean =>
  silentSince !== undefined && handReport !== undefined && handReport.state !== 'outOfService' && handReport.at < silentSince;

/** The state that follows: the worse of what it tells and what staff tell of it. Silent or never heard, staff alone know. */
export function standingOf(known: Known, kind: MachineKind, now: number): Standing {
  const { status, silentSince, handReport } = known;
  const faults = faultsOf(known, kind, now);
  const told = status === undefined || silentSince !== undefined ? 'unknown' : toldState(kind, status);
  if (handReport !== undefined && !isOutlived(known) && (told === 'unknown' || worse(handReport.state, told)))
    return { state: handReport.state, source: 'staff', faults };
  return { state: told, source: status === undefined ? 'none' : 'telemetry', faults };
}

/** Planned work on it is under way. */
export const underMaintenance = ({ maintenance }: Machine, now: number): boolean =>
  maintenance.some(({ fromAt, untilAt }) => fromAt <= now && now < untilAt);
