/** What a webhook may tell of each event: a list of what is safe, so that a field nobody thought of never leaves the hub. */
import type { BranchEvent, BranchEventOf } from '../branch/branch.events.ts';
import type { AttentionKind } from '../branch/branch.state.ts';

type Subject = 'case' | 'machine' | 'roster' | 'duty' | 'staff' | 'advice' | 'attention';
type Told = Extract<BranchEvent['type'], `${Subject}.${string}`>;
type Whole = 'card' | 'case' | 'refs' | 'advice' | 'item' | 'entry' | 'day' | 'shift' | 'shifts' | 'changes' | 'before' | 'after';
type FieldsOf<T extends Told> = readonly Exclude<keyof BranchEventOf<T>, 'type' | `${string}Ref` | Whole>[];

/** `null` = stays inside: amounts of cash, plans, figures. Text, contacts and names are refs, and no ref is in any list. */
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
  'roster.dayBegan': null,
  'roster.daySet': null,
  'roster.shiftSet': null,
  'roster.dutySet': null,
  'roster.absenceSet': ['date', 'staffId', 'kind'],
  'roster.absenceExplained': null,
  'roster.absenceCancelled': ['date', 'staffId'],
  'roster.substituted': ['date', 'absentStaffId', 'staffId'],
  'roster.swapOffered': ['swapId', 'date', 'staffId', 'withDate', 'withStaffId'],
  'roster.swapDeclined': ['swapId'],
  'roster.swapLapsed': ['swapId', 'dueAt'],
  'roster.swapped': ['swapId'],
  'roster.shiftMissed': ['date', 'staffId', 'away', 'dueAt'],
  'duty.reachSet': ['staffId', 'reachable'],
  'staff.lent': ['loanId', 'staffId', 'date', 'toBranchId'],
  'staff.borrowed': ['loanId', 'staffId', 'date', 'fromBranchId'],
  'staff.loanEnded': ['loanId', 'staffId', 'date'],
  'attention.raised': [],
  'attention.cleared': ['attentionId', 'kind'],
  'advice.given': ['adviceId'],
  'advice.accepted': ['adviceId', 'byItself'],
  'advice.begun': null,
  'advice.carriedOut': ['adviceId', 'counterId', 'staffId', 'late'],
  'advice.notInTime': ['adviceId', 'counterId', 'staffId', 'dueAt', 'why'],
  'advice.measured': null,
  'advice.declined': ['adviceId', 'counterId', 'staffId'],
  'advice.withdrawn': ['adviceId', 'counterId', 'staffId', 'why'],
  'advice.expired': ['adviceId', 'counterId', 'staffId', 'dueAt'],
};

/** Of attention only this is told: rules about people that are not kept. */
const breaches: readonly string[] = [
  'lobbyUnattended',
  'lobbyShort',
  'tellersShort',
  'headUnreachable',
  'headNotOnFloor',
  'guardAway',
  'breakOverdue',
  'breakOverrun',
  'notArrived',
  'placeOpen',
  'swapWaiting',
  'certificateExpired',
] satisfies AttentionKind[];
export const isBreach = (kind: string): boolean => breaches.includes(kind);

const ofPeople: readonly string[] = ['roster', 'duty', 'staff', 'attention'] satisfies Subject[];

/** All of one subject, as a webhook asks for it: what concerns people is one. */
export function subjectTopic(type: string): string {
  const [subject = ''] = type.split('.');
  return `${ofPeople.includes(subject) ? 'people' : subject}.*`;
}

const told: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(fields).flatMap(([type, list]) => (list === null ? [] : [[type, list]])),
);

/** Everything a webhook may ask for: a type, all of one subject, or whatever happens to emergencies. */
export const webhookTopics: readonly string[] = ['case.*', 'machine.*', 'people.*', 'advice.*', 'emergency', ...told.keys()];

/** The fields of this event that may be told; undefined for an event that is never told. */
export const toldFields = (type: string): readonly string[] | undefined => told.get(type);
