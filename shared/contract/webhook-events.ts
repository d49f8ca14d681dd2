/** What a webhook may tell of each event: a list of what is safe, so that a field nobody thought of never leaves the hub. */
import type { BranchEvent, BranchEventOf } from '../branch/branch.events.ts';

type Told = Extract<BranchEvent['type'], `case.${string}` | `machine.${string}`>;
type FieldsOf<T extends Told> = readonly Exclude<keyof BranchEventOf<T>, 'type' | `${string}Ref` | 'card' | 'case' | 'refs'>[];

/** `null` = stays inside: amounts of cash, and plans. Text, contacts and names are refs, and no ref is in any list. */
const fields: { readonly [T in Told]: FieldsOf<T> | null } = {
  'machine.statusChanged': ['machineId', 'state', 'faults'],
  'machine.reported': ['machineId', 'state', 'faults', 'reported', 'fault'],
  'machine.reportLapsed': ['machineId', 'state', 'faults'],
  'machine.lost': ['machineId', 'state', 'faults', 'lastHeardAt'],
  'machine.doubted': ['machineId', 'state', 'faults'],
  'machine.maintenancePlanned': null,
  'machine.maintenanceCancelled': null,
  'machine.maintenanceBegan': null,
  'machine.maintenanceEnded': null,
  'machine.replenished': null,
  'machine.replenishmentConfirmed': null,
  'machine.replenishmentWithdrawn': null,
  'machine.differenceReminded': ['machineId', 'replenishmentId', 'dueAt', 'overdue'],
  'machine.differenceSettled': null,
  'case.logged': ['caseId'],
  'case.acknowledged': ['caseId'],
  'case.handOverOffered': ['caseId', 'toStaffId'],
  'case.accepted': ['caseId', 'ownerId', 'from', 'level'],
  'case.declined': ['caseId'],
  'case.noted': ['caseId'],
  'case.promised': ['caseId'],
  'case.promiseKept': ['caseId', 'promiseId'],
  'case.escalated': ['caseId', 'level', 'step', 'why', 'dueAt', 'ackDueAt', 'actDueAt', 'lawDueAt', 'told'],
  'case.reminded': ['caseId', 'what', 'dueAt', 'taskId', 'promiseId'],
  'case.madeComplex': ['caseId', 'lawDueAt'],
  'case.extended': ['caseId', 'days', 'lawDueAt'],
  'case.resolved': ['caseId', 'granted', 'waysOnward'],
  'case.replied': ['caseId', 'satisfied'],
  'case.withdrawn': ['caseId'],
  'case.closed': ['caseId', 'how'],
  'case.judged': ['caseId'],
  'case.recused': ['caseId'],
  'case.corrected': ['caseId', 'severity'],
  'case.taskAdded': ['caseId'],
  'case.taskDone': ['caseId', 'taskId'],
  'case.causeFound': ['caseId', 'cause', 'count'],
  'case.attached': ['caseId', 'attachmentId', 'mediaType', 'bytes', 'sha256'],
  'case.contactRevealed': ['caseId'],
  'case.stepTicked': ['caseId', 'stepId'],
  'case.informed': ['caseId'],
  'case.reportFilled': ['caseId'],
  'case.peopleCounted': ['caseId', 'onSite', 'majorEventCaseId'],
  'case.recurred': ['caseId', 'occurrences'],
  'case.recovered': ['caseId'],
};

const told: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(fields).flatMap(([type, list]) => (list === null ? [] : [[type, list]])),
);

/** Everything a webhook may ask for: a type, all of one subject, or whatever happens to emergencies. */
export const webhookTopics: readonly string[] = ['case.*', 'machine.*', 'emergency', ...told.keys()];

/** The fields of this event that may be told; undefined for an event that is never told. */
export const toldFields = (type: string): readonly string[] | undefined => told.get(type);
