/** Open cases of machine faults, found by machine and fault: no rule ever scans the cases. */
import type { FaultCode } from '../../contract/machines.ts';
import type { BranchState } from '../branch.state.ts';
import type { Case } from '../cases/case.state.ts';
import { faultsByGravity, faultTable } from './fault-table.ts';

/** No registered id holds a bar. */
const faultKey = (machineId: string, code: FaultCode): string => `${machineId}|${code}`;

export function faultCase(state: BranchState, machineId: string, code: FaultCode): Case | undefined {
  const id = state.faultCases.get(faultKey(machineId, code));
  return id === undefined ? undefined : state.cases.get(id);
}

/** Open cases of one machine's faults. */
export const faultsOfMachine = (state: BranchState, machineId: string): Case[] =>
  faultsByGravity.flatMap((code) => faultCase(state, machineId, code) ?? []);

const isOpen = ({ state }: Case): boolean => state !== 'closed' && state !== 'withdrawn';

/** Since when its fault has been gone, for a case that then ends by itself: what a person resolved needs no other. */
function settlesFrom(one: Case | undefined): number | undefined {
  if (one?.fault === undefined || !isOpen(one)) return undefined;
  return one.state === 'resolved' || faultTable[one.fault].closesByRecovery ? one.recoveredAt : undefined;
}

/** What is derived from cases about machine faults, once `before` has become `after`. */
export function indexFault(state: BranchState, before: Case | undefined, after: Case): Pick<BranchState, 'faultCases' | 'settling'> {
  let { faultCases, settling } = state;
  if (after.kind !== 'machineFault' || after.fault === undefined || after.machineId === undefined) return { faultCases, settling };
  const key = faultKey(after.machineId, after.fault);
  if (isOpen(after)) faultCases = faultCases.set(key, after.id);
  else if (faultCases.get(key) === after.id) faultCases = faultCases.delete(key);
  const from = settlesFrom(before);
  const to = settlesFrom(after);
  if (from !== undefined && from !== to) settling = settling.delete({ at: from, caseId: after.id });
  if (to !== undefined && from !== to) settling = settling.set({ at: to, caseId: after.id }, after.id);
  return { faultCases, settling };
}
