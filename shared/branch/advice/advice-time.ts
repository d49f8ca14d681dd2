/** What time, and everything else that happens, does to advice. */
import type { BranchState } from '../branch.state.ts';
import type { Draft } from '../draft.ts';
import { adviceConfig, adviceOf, ofAdvice } from './advice-book.ts';
import type { Advice } from './advice.state.ts';
import { finish } from './advice-day.ts';
import { carryOn, withdraw } from './carry-out.ts';
import { hindrance } from './hindrance.ts';

/** The next instant at which time alone changes this piece of advice. */
function nextAt(state: BranchState, one: Advice): number | undefined {
  switch (one.state) {
    case 'given':
    case 'notInTime':
      return one.expiresAt;
    case 'carriedOut':
      return one.measureAt;
    case 'accepted': {
      const acts = one.kind !== 'openWindow' || !adviceConfig(state).waitForSignOn;
      return acts && one.begunAt === undefined ? Math.min(one.doAt, one.dueAt ?? one.doAt) : one.dueAt;
    }
  }
}

/** Hub ms; undefined when no advice waits for anything. */
export function adviceDue(state: BranchState): number | undefined {
  let next: number | undefined;
  for (const one of Object.values(state.advice)) {
    const at = nextAt(state, one);
    if (at !== undefined && (next === undefined || at < next)) next = at;
  }
  return next;
}

function late(draft: Draft, one: Advice, dueAt: number, why?: string): void {
  draft.emit({ type: 'advice.notInTime', ...ofAdvice(one), dueAt, why });
}

function pass(draft: Draft, one: Advice): void {
  const { now } = draft;
  if (one.state === 'carriedOut') {
    if (one.measureAt !== undefined && one.measureAt <= now) finish(draft, one);
  } else if (one.state === 'accepted') {
    const refused = one.doAt <= now ? carryOn(draft, one) : undefined;
    const after = adviceOf(draft.state, one.id);
    if (after?.state !== 'accepted') return;
    if (refused !== undefined) late(draft, after, now, refused.code);
    else if (after.dueAt !== undefined && after.dueAt <= now) late(draft, after, after.dueAt);
  } else if (one.expiresAt <= now) draft.emit({ type: 'advice.expired', ...ofAdvice(one), dueAt: one.expiresAt });
}

/** Before any command's own rule. */
export function passAdvice(draft: Draft): void {
  for (const one of Object.values(draft.state.advice)) pass(draft, one);
}

/** After it: what people did may have carried advice out, or made it untrue. */
export function settleAdvice(draft: Draft): void {
  for (const { id } of Object.values(draft.state.advice)) {
    const one = adviceOf(draft.state, id);
    if (one === undefined || one.state === 'carriedOut') continue;
    if (one.state === 'given') {
      const wrong = adviceConfig(draft.state).mode === 'off' ? { code: 'advice.off' } : hindrance(draft.state, one, draft.now);
      if (wrong !== undefined) withdraw(draft, one, wrong.code.replace('advice.', ''));
      continue;
    }
    const refused = carryOn(draft, one);
    const after = adviceOf(draft.state, id);
    if (refused !== undefined && after?.state === 'accepted') late(draft, after, draft.now, refused.code);
  }
}
