/** Faults become work: one open case per machine and fault, however often it comes and goes. */
import type { FaultCode } from '../../contract/machines.ts';
import type { BranchState } from '../branch.state.ts';
import type { Case } from '../cases/case.state.ts';
import { openCase } from '../cases/open-case.ts';
import { onDutyFrom, rungOf } from '../cases/people.ts';
import type { Draft } from '../draft.ts';
import { faultCase } from './fault-book.ts';
import { faultsByGravity, faultTable } from './fault-table.ts';
import { underMaintenance } from './machine-state.ts';
import type { Fault } from './machine.state.ts';
import { machineOf, machinePolicy, registryOf } from './registry.ts';

interface Word {
  /** Whose word it is: who tells of a fault by hand owns its case. */
  readonly by?: string;
}

const codesOf = (faults: readonly Fault[]): ReadonlySet<FaultCode> => new Set(faults.map(({ code }) => code));

function openFor(draft: Draft, machineId: string, code: FaultCode, { by }: Word): void {
  const { line, severity } = faultTable[code];
  // A teller has customers waiting: what they tell of is offered on at once, as every case of theirs is.
  const offeredTo = by !== undefined && rungOf(draft, by) === 1 ? onDutyFrom(draft, 2, [by]) : undefined;
  openCase(draft, { kind: 'machineFault', channel: 'counter', severity, machineId, fault: code, line, ownerId: by, offeredTo });
}

function open(draft: Draft, machineId: string, code: FaultCode, word: Word): void {
  openFor(draft, machineId, code, word);
  // Staff who tell of a card by hand write it into the register themselves, with its digits.
  if (code === 'cardRetained' && word.by === undefined) draft.emit({ type: 'card.registered', cardId: draft.context.newId(), machineId });
}

export const hasCardInside = ({ cards }: BranchState, machineId: string): boolean =>
  Object.values(cards).some((card) => card.machineId === machineId && card.state === 'inMachine');

/** Back sooner than `settleMs` it is the same occurrence: flapping. */
function comeAgain(draft: Draft, machineId: string, one: Case, code: FaultCode, { by }: Word): void {
  const settled = one.recoveredAt !== undefined && draft.now - one.recoveredAt >= machinePolicy(draft.state).settleMs;
  draft.emit({ type: 'case.recurred', caseId: one.id, occurrences: (one.occurrences ?? 1) + 1 });
  // The one before was taken out already: this is another customer's.
  const isAnother = settled || !hasCardInside(draft.state, machineId);
  if (code === 'cardRetained' && isAnother && by === undefined)
    draft.emit({ type: 'card.registered', cardId: draft.context.newId(), machineId });
}

/** Whoever works on a machine opens its doors and cassettes; a fraud is no part of any plan, and its word soon passes. */
const neverPlanned: readonly FaultCode[] = ['fraudAttempt', 'potentialFraud'];

function begin(draft: Draft, machineId: string, code: FaultCode, word: Word): void {
  if (!faultTable[code].opensCase) return;
  const one = faultCase(draft.state, machineId, code);
  if (one !== undefined && one.state !== 'resolved') return comeAgain(draft, machineId, one, code, word);
  const machine = machineOf(draft.state, machineId);
  if (machine === undefined || (underMaintenance(machine, draft.now) && !neverPlanned.includes(code))) return;
  // Said to be put right, and back again: new work, with clocks of its own.
  if (one !== undefined) draft.emit({ type: 'case.closed', caseId: one.id, how: 'closed' });
  open(draft, machineId, code, word);
}

function end(draft: Draft, machineId: string, code: FaultCode): void {
  const one = faultCase(draft.state, machineId, code);
  if (one !== undefined && one.recoveredAt === undefined) draft.emit({ type: 'case.recovered', caseId: one.id });
}

/** The machine still tells of what this case is about. Out of the registry it is nobody's to mend. */
export const isFaultThere = (state: BranchState, { machineId, fault }: Pick<Case, 'machineId' | 'fault'>): boolean =>
  machineId !== undefined &&
  registryOf(state).has(machineId) &&
  machineOf(state, machineId)?.faults.some(({ code }) => code === fault) === true;

/** After a word about a machine: faults that came open their cases, faults that went begin to settle. */
export function faultsToWork(draft: Draft, machineId: string, before: readonly Fault[], word: Word = {}): void {
  const was = codesOf(before);
  const is = codesOf(machineOf(draft.state, machineId)?.faults ?? []);
  for (const code of is) if (!was.has(code)) begin(draft, machineId, code, word);
  for (const code of was) if (!is.has(code)) end(draft, machineId, code);
}

/** Staff say that it works: every fault nobody sees any more is gone, whoever told of it. */
export function allElseIsWell(draft: Draft, machineId: string): void {
  const is = codesOf(machineOf(draft.state, machineId)?.faults ?? []);
  for (const code of faultsByGravity) if (!is.has(code)) end(draft, machineId, code);
}

/** A card in a machine is somebody's, with a deadline, until it is taken out: whoever registers it, else the one on duty. */
export function ownCardsInside(draft: Draft, by?: string): void {
  for (const { machineId, state } of Object.values(draft.state.cards)) {
    if (state !== 'inMachine') continue;
    const one = faultCase(draft.state, machineId, 'cardRetained');
    if (one !== undefined && one.state !== 'resolved') continue;
    if (one !== undefined) draft.emit({ type: 'case.closed', caseId: one.id, how: 'closed' });
    openFor(draft, machineId, 'cardRetained', { by });
  }
}

/** Planned work is over: what is still wrong with it is work now. */
export function takeUp(draft: Draft, machineId: string): void {
  for (const code of codesOf(machineOf(draft.state, machineId)?.faults ?? []))
    if (faultCase(draft.state, machineId, code) === undefined) begin(draft, machineId, code, {});
}
