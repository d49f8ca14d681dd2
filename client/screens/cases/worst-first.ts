/** The order of the list: what is late first, the longest overdue before the rest; then by the next deadline. */
import { nextDeadline } from '../../../shared/branch/cases/case-book.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { lateSince } from '../../staff/cases/deadline.tsx';

const never = Number.POSITIVE_INFINITY;

export function worstFirst(a: Case, b: Case): number {
  const late = (lateSince(a) ?? never) - (lateSince(b) ?? never);
  if (late !== 0 && !Number.isNaN(late)) return late;
  const due = (nextDeadline(a)?.at ?? never) - (nextDeadline(b)?.at ?? never);
  if (due !== 0 && !Number.isNaN(due)) return due;
  return a.severity - b.severity || b.loggedAt - a.loggedAt || (a.id < b.id ? -1 : 1);
}
