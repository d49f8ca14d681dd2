/** The cases a branch holds in memory, ordered by what time will do to them next. */
import type { BranchState, CaseMarkKey } from '../branch.state.ts';
import { indexFault } from '../machines/fault-book.ts';
import type { Case } from './case.state.ts';

export const byMark = (a: CaseMarkKey, b: CaseMarkKey): number => a.at - b.at || (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : 0);

/** Something that somebody has to do in time. */
export interface CaseDeadline {
  readonly at: number;
  readonly what: 'acknowledge' | 'act' | 'lawNear' | 'lawPassed' | 'promise' | 'task';
  /** The promise or task meant. */
  readonly of?: string;
}

/** Something that time alone will bring to a case. */
export type CaseMark = CaseDeadline | { readonly at: number; readonly what: 'reviewOver' };

export const isOpenCase = ({ state }: Case): boolean => state !== 'closed' && state !== 'withdrawn';

/** Offered, late, or an emergency: what the board tells of. Silent ones never are. */
const isNotable = (one: Case): boolean =>
  one.silent !== true && isOpenCase(one) && (one.kind === 'emergency' || one.overdue === true || one.offeredTo !== undefined);

/** The first deadline of a case still ahead, if any. */
export function nextDeadline(one: Case): CaseDeadline | undefined {
  return deadlinesOf(one).reduce<CaseDeadline | undefined>(
    (found, mark) => (found === undefined || mark.at < found.at ? mark : found),
    undefined,
  );
}

/** The first thing still ahead that time will bring to a case, if any. */
export function nextMark(one: Case): CaseMark | undefined {
  const deadline = nextDeadline(one);
  // Nobody can ask for a review any more: it ends, so that what is kept of the customer ends with it.
  const until = one.state === 'resolved' ? one.reviewUntilAt : undefined;
  if (until === undefined || (deadline !== undefined && deadline.at <= until)) return deadline;
  return { at: until, what: 'reviewOver' };
}

function deadlinesOf(one: Case): CaseDeadline[] {
  const marks: CaseDeadline[] = [];
  if (one.ackDueAt !== undefined) marks.push({ at: one.ackDueAt, what: 'acknowledge' });
  if (one.actDueAt !== undefined) marks.push({ at: one.actDueAt, what: 'act' });
  // Told and content: the law asks for no more.
  if (one.law !== undefined && isOpenCase(one) && one.satisfied !== true) {
    if (one.law.warned !== true) marks.push({ at: one.law.warnAt, what: 'lawNear' });
    if (one.law.passed !== true) marks.push({ at: one.law.dueAt, what: 'lawPassed' });
  }
  // What was promised to a customer who withdrew is owed to nobody.
  for (const promise of one.state === 'withdrawn' ? [] : one.promises)
    if (promise.keptAt === undefined && promise.overdue !== true) marks.push({ at: promise.byAt, what: 'promise', of: promise.id });
  for (const task of one.tasks)
    if (task.doneAt === undefined && task.overdue !== true) marks.push({ at: task.dueAt, what: 'task', of: task.id });
  return marks;
}

/** Replaces a case and what is derived from it. */
export function putCase(state: BranchState, after: Case): BranchState {
  const before = state.cases.get(after.id);
  const from = before && nextMark(before)?.at;
  const to = nextMark(after)?.at;
  let { openCases, notableCases, caseMarks } = state;
  if (from !== undefined && from !== to) caseMarks = caseMarks.delete({ at: from, caseId: after.id });
  if (to !== undefined && from !== to) caseMarks = caseMarks.set({ at: to, caseId: after.id }, after.id);
  if (isOpenCase(after)) openCases = openCases.set(after.id, after.id);
  else openCases = openCases.delete(after.id);
  if (isNotable(after)) notableCases = notableCases.set(after.id, after.id);
  else notableCases = notableCases.delete(after.id);
  const faults = indexFault(state, before, after);
  return { ...state, ...faults, cases: state.cases.set(after.id, after), openCases, notableCases, caseMarks };
}
