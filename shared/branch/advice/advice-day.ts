/** The end of a piece of advice that was carried out, and of a business day's advice. */
import type { Draft } from '../draft.ts';
import { ofAdvice } from './advice-book.ts';
import type { Advice } from './advice.state.ts';
import { measure } from './measure.ts';

/** Records what it brought. */
export function finish(draft: Draft, one: Advice): void {
  const from = one.carriedOutAt ?? draft.now;
  draft.emit({
    type: 'advice.measured',
    ...ofAdvice(one),
    before: one.before ?? { calls: 0 },
    after: measure(draft.state, one, from, Math.min(draft.now, one.measureAt ?? draft.now)),
  });
}

/** The business day ends: what was carried out is measured by what there is, everything else is over. */
export function endAdviceDay(draft: Draft): void {
  for (const one of Object.values(draft.state.advice)) {
    if (one.state === 'carriedOut') finish(draft, one);
    else draft.emit({ type: 'advice.expired', ...ofAdvice(one), dueAt: draft.state.day.endsAt });
  }
}
