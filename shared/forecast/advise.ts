/** One look at a branch: what of the advice given so far no longer holds, and what to advise now. */
import { HARMFUL, mayBeTakenBack } from '../branch/advice/advice-book.ts';
import type { Advice, AdviceDraft } from '../branch/advice/advice.state.ts';
import { breakOf } from '../branch/people/breaks.ts';
import { concerned, decided, judge, LEAST_CONFIDENCE, type ProposeView } from './judge.ts';
import { propose } from './propose.ts';

/** Once given, advice stands until the outlook is this much better, so that it does not come and go. */
const STILL = 0.6;

export type Unfounded = 'outlook' | typeof HARMFUL;

export interface Look {
  /** Taken back: the outlook has changed, or doing it now would make things worse. */
  readonly withdrawn: readonly { readonly adviceId: string; readonly why: Unfounded }[];
  readonly given: readonly AdviceDraft[];
}

/** Undefined while it holds: the thresholds have some slack for what was said once. */
export function* unfounded(view: ProposeView, one: Advice): Generator<void, Unfounded | undefined> {
  // The core itself withdraws what nobody needs any more: a lobby that is somebody's again.
  if (one.kind === 'sendSubstitute') return undefined;
  if (one.kind === 'giveBreak') {
    const here = view.state.people.presence[one.staffId ?? ''];
    const due = here === undefined ? undefined : breakOf(view.state, here, view.now);
    return due?.overdue === true || due?.holds.length === 0 ? undefined : 'outlook';
  }
  const { openAboveMs, closeBelowMs } = view.policy.thresholds;
  const { expected } = decided(view, concerned(view, one));
  if (one.kind === 'closeWindow') {
    // Accepted and about to close: it is left out of the windows already.
    const closesSoon = one.state === 'accepted' && one.doAt - view.now <= view.policy.thresholds.toOpenMs;
    const withoutMs = closesSoon ? expected.waitMs : (expected.withFewerMs ?? 0);
    if (withoutMs > openAboveMs) return HARMFUL;
    if (one.state === 'accepted') return undefined;
    return withoutMs < closeBelowMs / STILL ? undefined : 'outlook';
  }
  if (expected.waitMs <= openAboveMs * STILL) return 'outlook';
  const { confidence } = yield* judge(view, one);
  return confidence >= LEAST_CONFIDENCE * STILL ? undefined : 'outlook';
}

/** The same branch and the same outlook give the same answer; stops between simulations. What is given and withdrawn is still the core's to allow. */
export function* advise(view: ProposeView): Generator<void, Look> {
  const withdrawn: { adviceId: string; why: Unfounded }[] = [];
  for (const one of Object.values(view.state.advice)) {
    const why = mayBeTakenBack(one) ? yield* unfounded(view, one) : undefined;
    if (why !== undefined) withdrawn.push({ adviceId: one.id, why });
  }
  return { withdrawn, given: yield* propose(view) };
}
