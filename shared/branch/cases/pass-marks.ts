/** What time brings to cases: each mark once, in the order the marks fell, with the instant it may be late for. */
import type { Draft } from '../draft.ts';
import { nextMark, type CaseMark } from './case-book.ts';
import type { Case } from './case.state.ts';
import { raise } from './escalate.ts';

function fire(draft: Draft, one: Case, mark: CaseMark): void {
  const { at } = mark;
  switch (mark.what) {
    case 'acknowledge':
    case 'act':
      return raise(draft, one, mark.what, { dueAt: at });
    case 'reviewOver':
      return draft.emit({ type: 'case.closed', caseId: one.id, how: 'reviewOver', dueAt: at });
    case 'promise':
      return draft.emit({ type: 'case.reminded', caseId: one.id, what: mark.what, dueAt: at, promiseId: mark.of });
    case 'task':
      return draft.emit({ type: 'case.reminded', caseId: one.id, what: mark.what, dueAt: at, taskId: mark.of });
    default:
      return draft.emit({ type: 'case.reminded', caseId: one.id, what: mark.what, dueAt: at });
  }
}

/** Every mark up to now. After it the first mark lies ahead: firing one always removes it or moves it on. */
export function passCaseMarks(draft: Draft): void {
  for (;;) {
    const caseId = draft.state.caseMarks.first();
    const one = caseId === undefined ? undefined : draft.state.cases.get(caseId);
    const mark = one === undefined ? undefined : nextMark(one);
    if (one === undefined || mark === undefined || mark.at > draft.now) return;
    fire(draft, one, mark);
  }
}
