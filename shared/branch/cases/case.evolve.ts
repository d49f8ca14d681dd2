import type { ComplaintLaw } from '../../contract/cases.ts';
import type { BranchState } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { isOpenCase, nextMark, putCase } from './case-book.ts';
import type { Case } from './case.state.ts';
import { casesConfig } from './policy.ts';

const DAY_MS = 24 * 3_600_000;
/** Findings of one cause remembered; more than this is not counted, only known. */
const MOST_FINDINGS = 500;

function change(state: BranchState, caseId: string, next: (one: Case) => Case): BranchState {
  const one = state.cases.get(caseId);
  return one === undefined ? state : putCase(state, next(one));
}

/** The case in hand again: nothing of it is overdue. */
const inHand = (one: Case): Case => ({ ...one, overdue: undefined, overdueSince: undefined });

const late = (one: Case, at: number): Case => ({ ...one, overdue: true, overdueSince: one.overdueSince ?? at });

const withPerson = ({ people }: Case, staffId: string): readonly string[] => (people.includes(staffId) ? people : [...people, staffId]);

/** The time to ask for a review, and more: counted in days the branch is open it takes longer, weekends and long holidays with it. */
function reviewAskMs({ clock, reviewAskDays }: ComplaintLaw): number {
  return (clock === 'business' ? 2 * reviewAskDays + 30 : reviewAskDays + 1) * DAY_MS;
}

/** A video that nobody saved in all that time is no more: recordings live 30 days. */
const isStillToDo = ({ kind, doneAt }: Case['tasks'][number]): boolean => doneAt === undefined && kind !== 'video';

/** Ended cases leave memory once the customer can no longer ask for a review; what is still to be done keeps them. */
export function forgetEnded(state: BranchState, at: number): BranchState {
  const keepMs = reviewAskMs(casesConfig(state).law);
  let { cases } = state;
  for (const one of state.cases.values()) {
    if (isOpenCase(one) || one.closedAt === undefined || one.closedAt + keepMs > at) continue;
    if (nextMark(one) !== undefined || one.tasks.some(isStillToDo)) continue;
    cases = cases.delete(one.id);
  }
  return cases === state.cases ? state : { ...state, cases };
}

/** A case has one cause: what it was taken for before was not found. */
function withoutFinding(causes: BranchState['causes'], { cause, causeAt }: Case): BranchState['causes'] {
  const seen = cause === undefined ? undefined : causes[cause]?.at;
  const index = causeAt === undefined ? -1 : (seen?.indexOf(causeAt) ?? -1);
  return cause === undefined || seen === undefined || index < 0 ? causes : { ...causes, [cause]: { at: seen.toSpliced(index, 1) } };
}

export const caseFolds = {
  'case.logged': (state, event) => {
    const [date = '', count = '0'] = event.case.no.split('-');
    const logged = putCase(state, event.case);
    return /^\d+$/.test(count) ? { ...logged, caseCounters: { date, count: Number(count) } } : logged;
  },
  'case.acknowledged': (state, event) =>
    change(state, event.caseId, (one) =>
      inHand({ ...one, state: 'acknowledged', ackDueAt: undefined, acknowledgedAt: one.acknowledgedAt ?? event.at }),
    ),
  'case.handOverOffered': (state, event) => putCase(state, event.card),
  'case.accepted': (state, event) => putCase(state, event.card),
  'case.declined': (state, event) => change(state, event.caseId, (one) => ({ ...one, offeredTo: undefined })),
  'case.promised': (state, event) => change(state, event.caseId, (one) => ({ ...one, promises: [...one.promises, event.promise] })),
  'case.promiseKept': (state, event) =>
    change(state, event.caseId, (one) => ({
      ...one,
      promises: one.promises.map((promise) => (promise.id === event.promiseId ? { ...promise, keptAt: event.at } : promise)),
    })),
  'case.escalated': (state, event) => {
    if (event.card !== undefined) return putCase(state, event.card);
    const missed = event.why === 'acknowledge' || event.why === 'act';
    return change(state, event.caseId, (one) => ({
      ...(missed ? late(one, event.dueAt ?? event.at) : one),
      level: event.level,
      step: event.step,
      ackDueAt: event.ackDueAt,
      actDueAt: event.actDueAt,
    }));
  },
  'case.reminded': (state, event) =>
    change(state, event.caseId, (one) => {
      switch (event.what) {
        case 'lawNear':
          return one.law === undefined ? one : { ...one, law: { ...one.law, warned: true } };
        case 'lawPassed':
          return one.law === undefined ? one : late({ ...one, law: { ...one.law, passed: true } }, event.dueAt);
        case 'promise':
          return {
            ...one,
            promises: one.promises.map((promise) => (promise.id === event.promiseId ? { ...promise, overdue: true } : promise)),
          };
        case 'task':
          return { ...one, tasks: one.tasks.map((task) => (task.id === event.taskId ? { ...task, overdue: true } : task)) };
      }
    }),
  'case.madeComplex': (state, event) =>
    change(state, event.caseId, (one) =>
      one.law === undefined
        ? one
        : {
            ...one,
            law: { ...one.law, complex: true, dueAt: event.lawDueAt, warnAt: event.lawWarnAt, warned: undefined, passed: undefined },
          },
    ),
  'case.extended': (state, event) =>
    change(state, event.caseId, (one) =>
      one.law === undefined
        ? one
        : inHand({
            ...one,
            law: {
              ...one.law,
              extendedDays: one.law.extendedDays + event.days,
              dueAt: event.lawDueAt,
              warnAt: event.lawWarnAt,
              warned: undefined,
              passed: undefined,
            },
          }),
    ),
  'case.resolved': (state, event) =>
    change(state, event.caseId, (one) =>
      inHand({
        ...one,
        state: 'resolved',
        offeredTo: undefined,
        ackDueAt: undefined,
        actDueAt: undefined,
        outcome: event.granted,
        outcomeRef: event.outcomeRef,
        resolvedAt: event.at,
        resolvedBy: event.actor,
        reviewUntilAt: event.reviewUntilAt,
        satisfied: undefined,
      }),
    ),
  'case.replied': (state, event) => change(state, event.caseId, (one) => ({ ...one, satisfied: event.satisfied })),
  'case.withdrawn': (state, event) =>
    change(state, event.caseId, (one) =>
      inHand({ ...one, state: 'withdrawn', offeredTo: undefined, ackDueAt: undefined, actDueAt: undefined, closedAt: event.at }),
    ),
  'case.closed': (state, event) =>
    change(state, event.caseId, (one) =>
      inHand({ ...one, state: 'closed', offeredTo: undefined, ackDueAt: undefined, actDueAt: undefined, closedAt: event.at }),
    ),
  'case.judged': (state, event) =>
    change(state, event.caseId, (one) => ({
      ...one,
      justified: event.justified,
      judgedBy: event.actor,
      people: withPerson(one, event.actor),
    })),
  'case.recused': (state, event) => change(state, event.caseId, (one) => ({ ...one, recused: [...one.recused, event.staffId] })),
  'case.corrected': (state, event) =>
    change(state, event.caseId, (one) => ({
      ...one,
      severity: event.severity ?? one.severity,
      subjectRef: event.subjectRef ?? one.subjectRef,
      detailsRef: event.detailsRef ?? one.detailsRef,
      contactRef: event.contactRef ?? one.contactRef,
      aboutStaffId: event.aboutStaffId ?? one.aboutStaffId,
      recused:
        event.aboutStaffId === undefined || one.recused.includes(event.aboutStaffId) ? one.recused : [...one.recused, event.aboutStaffId],
      ...(event.policy === undefined ? {} : { policy: event.policy, ackDueAt: event.ackDueAt, actDueAt: event.actDueAt }),
    })),
  'case.taskAdded': (state, event) =>
    event.card === undefined
      ? change(state, event.caseId, (one) => ({ ...one, tasks: [...one.tasks, event.task] }))
      : putCase(state, event.card),
  'case.taskDone': (state, event) =>
    change(state, event.caseId, (one) => ({
      ...one,
      tasks: one.tasks.map((task) =>
        task.id === event.taskId ? { ...task, doneAt: event.at, doneBy: event.actor, textRef: event.textRef } : task,
      ),
    })),
  'case.causeFound': (state, event) => {
    const before = state.cases.get(event.caseId);
    const left = before === undefined ? state.causes : withoutFinding(state.causes, before);
    const causes = { ...left, [event.cause]: { at: [...(left[event.cause]?.at ?? []), event.at].slice(-MOST_FINDINGS) } };
    return change({ ...state, causes }, event.caseId, (one) => ({
      ...one,
      cause: event.cause,
      causeCount: event.count,
      causeAt: event.at,
    }));
  },
  'case.attached': (state, event) => change(state, event.caseId, (one) => ({ ...one, attachments: one.attachments + 1 })),
  'case.stepTicked': (state, event) =>
    change(state, event.caseId, (one) => ({ ...one, steps: { ...one.steps, [event.stepId]: { at: event.at, by: event.actor } } })),
  'case.informed': (state, event) =>
    change(state, event.caseId, (one) => ({ ...one, informedRefs: [...(one.informedRefs ?? []), event.whomRef] })),
  'case.reportFilled': (state, event) =>
    change(state, event.caseId, (one) => ({ ...one, reportRefs: { ...one.reportRefs, ...event.refs } })),
  'case.peopleCounted': (state, event) =>
    change(state, event.caseId, (one) => ({
      ...one,
      onSite: event.onSite,
      majorEventCaseId: event.majorEventCaseId ?? one.majorEventCaseId,
    })),
  'case.recurred': (state, event) =>
    change(state, event.caseId, (one) => ({ ...one, occurrences: event.occurrences, recoveredAt: undefined })),
  'case.recovered': (state, event) => change(state, event.caseId, (one) => ({ ...one, recoveredAt: event.at })),
  'shift.ended': (state, { staffId, at, backAt }) => ({
    ...state,
    offShift: { ...state.offShift, [staffId]: { staffId, since: at, backAt } },
  }),
  'shift.begun': (state, { staffId }) => {
    const { [staffId]: _back, ...offShift } = state.offShift;
    return { ...state, offShift };
  },
} satisfies Folds;
