/** A well-formed command of every type about machines and cases: required fields first, then optional ones. */
import type { Fields } from './client.ts';

export interface KnownCommand {
  readonly type: string;
  readonly required: Fields;
  readonly optional?: Fields;
}

const caseId = { caseId: 'none' };
const machineId = { machineId: 'none' };
const contact = { name: 'a', phone: '139000' };

/** None can be carried out: neither the machine, the card, the case nor the person is there. */
export const machineAndCaseCommands: readonly KnownCommand[] = [
  { type: 'machine.report', required: { ...machineId, state: 'outOfService' }, optional: { fault: 'paperOut', note: 'why' } },
  { type: 'machine.planMaintenance', required: { ...machineId, fromAt: 1, untilAt: 2 }, optional: { reason: 'why' } },
  { type: 'machine.cancelMaintenance', required: { ...machineId, maintenanceId: 'none' } },
  {
    type: 'machine.replenish',
    required: { ...machineId, loadedFen: 100, countedFen: 100, expectedFen: 100 },
    optional: { units: [{ id: 'unit1', count: 10 }] },
  },
  { type: 'machine.confirmReplenishment', required: { ...machineId, replenishmentId: 'none' } },
  { type: 'machine.withdrawReplenishment', required: { ...machineId, replenishmentId: 'none', reason: 'why' } },
  { type: 'machine.settleDifference', required: { ...machineId, replenishmentId: 'none', explanation: 'why' } },
  { type: 'card.register', required: machineId, optional: { lastDigits: '0123', contact } },
  { type: 'card.collect', required: { cardId: 'none' }, optional: { lastDigits: '0123' } },
  { type: 'card.handBack', required: { cardId: 'none', identityChecked: true } },
  { type: 'card.destroy', required: { cardId: 'none', reason: 'why' } },
  { type: 'case.acknowledge', required: caseId },
  { type: 'case.handOver', required: { ...caseId, toStaffId: 'manager' } },
  { type: 'case.accept', required: caseId },
  { type: 'case.decline', required: { ...caseId, reason: 'why' } },
  { type: 'case.note', required: { ...caseId, text: 'what' } },
  { type: 'case.promise', required: { ...caseId, what: 'what', byAt: 1 } },
  { type: 'case.keepPromise', required: { ...caseId, promiseId: 'none' } },
  { type: 'case.escalate', required: { ...caseId, reason: 'why' } },
  { type: 'case.setComplex', required: { ...caseId, reason: 'why' } },
  {
    type: 'case.extend',
    required: { ...caseId, days: 10, approvedBy: 'region', customerNotified: true },
    optional: { reason: 'why' },
  },
  {
    type: 'case.resolve',
    required: { ...caseId, outcome: 'done' },
    optional: { granted: 'refused', refusalReason: 'why', compensationFen: 100 },
  },
  { type: 'case.reply', required: { ...caseId, satisfied: true }, optional: { text: 'what' } },
  { type: 'case.withdraw', required: caseId },
  { type: 'case.close', required: caseId },
  { type: 'case.judge', required: { ...caseId, justified: true, reason: 'why' } },
  { type: 'case.recuse', required: { ...caseId, staffId: 'manager', reason: 'why' } },
  {
    type: 'case.correct',
    required: { ...caseId, reason: 'why' },
    optional: { severity: 2, subject: 'what', details: 'what', contact, aboutStaffId: 'teller1' },
  },
  {
    type: 'case.addTask',
    required: { ...caseId, kind: 'other', what: 'what' },
    optional: { ownerId: 'manager', dueAt: 8.64e14 },
  },
  { type: 'case.completeTask', required: { ...caseId, taskId: 'none' }, optional: { text: 'what' } },
  { type: 'case.setCause', required: { ...caseId, cause: 'waiting' } },
  { type: 'case.tickStep', required: { ...caseId, stepId: 'none' } },
  { type: 'case.inform', required: { ...caseId, whom: 'whom' } },
  { type: 'case.report', required: { ...caseId, fields: { place: 'where' } } },
  { type: 'case.countPeople', required: { ...caseId, onSite: 20 } },
  { type: 'case.revealContact', required: caseId },
  { type: 'award.give', required: { staffId: 'none', kind: 'praised', reason: 'why' }, optional: { caseId: 'none' } },
];

/** These would be carried out. */
export const caseLog: KnownCommand = {
  type: 'case.log',
  required: { kind: 'complaint', channel: 'counter', severity: 3, subject: 'what' },
  optional: {
    details: 'what',
    ticketId: 'none',
    machineId: 'm1',
    contact,
    solved: true,
    aboutStaffId: 'teller1',
    playbookId: 'other',
    drill: true,
    onSite: 3,
    representatives: [contact],
  },
};
export const shiftEnd: KnownCommand = { type: 'shift.end', required: {}, optional: { backAt: 8.64e14 } };

/** Odd, but well-formed: nothing is wrong with an empty list or an empty contact. */
export function isFine(field: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (field === 'contact' || field === 'fields') return !Array.isArray(value);
  return (field === 'representatives' || field === 'units') && Array.isArray(value) && value.length === 0;
}
