import { useCallback, useEffect, useRef, useState } from 'react';
import { lineFor } from '../../../shared/branch/queue/order.ts';
import { defaultPolicy } from '../../../shared/contract/default-config.ts';
import { commands } from '../../staff/session.ts';
import { commandsOf } from './direct-command.ts';
import { nextStep, type NextStep, settleMs, stepChangesAt } from './next-step.ts';
import { useBranch, useMyCounter, useTeller } from './teller-context.ts';

export interface NextStepPress {
  readonly step: NextStep | undefined;
  readonly busy: boolean;
  readonly press: () => Promise<void>;
  /** A dialog has just closed: the Enter that closed it must not do more. */
  readonly settle: () => void;
}

/** The fold usually has the outcome before the answer; when the line is slow, a moment later. */
const FOLD_WAIT_MS = 3_000;

const identity = (step: NextStep | undefined): string =>
  step === undefined ? '' : `${step.kind} ${'ticketId' in step ? step.ticketId : ''}`;

/**
 * The natural next step and its one press. A press while one is under way, or within a breath of the step having
 * changed under the finger, does nothing: a double Enter never calls two, nor starts one who has only been called.
 */
export function useNextStep(): NextStepPress {
  const { live, counterId, branchId } = useTeller();
  const { counter, ticket } = useMyCounter();
  const policy = useBranch((state) => state.config?.policy) ?? defaultPolicy;
  const [, wake] = useState(0);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const settledAt = useRef(Number.NEGATIVE_INFINITY);

  const step = nextStep(counter, ticket, policy, live.clock.now());
  const id = `${identity(step)} ${counter.state === 'calling' ? (counter.ticketId ?? '') : ''}`;
  const changesAt = stepChangesAt(counter, ticket, policy);

  const settle = useCallback(() => {
    settledAt.current = performance.now();
  }, []);

  useEffect(settle, [id, settle]);

  useEffect(() => {
    if (changesAt === undefined) return;
    const left = (changesAt - live.clock.now()) / live.clock.speed();
    if (left <= 0) return;
    const timer = setTimeout(() => wake((n) => n + 1), left + 5);
    return () => clearTimeout(timer);
  }, [changesAt, live]);

  const press = async (): Promise<void> => {
    if (step === undefined || running.current || performance.now() - settledAt.current < settleMs) return;
    running.current = true;
    setBusy(true);
    for (const [at, command] of commandsOf(step, counterId).entries()) {
      // After a no-show with nobody behind it there is nothing to call, and nothing to complain about.
      const state = live.store.getState().floor;
      if (at > 0 && state !== undefined && lineFor(state, counterId).waiting === 0) break;
      const answer = await commands.send(branchId, command);
      if (!answer.ok) break;
      await folded(live, answer.value.seq);
    }
    running.current = false;
    settle();
    setBusy(false);
  };

  return { step, busy, press, settle };
}

/** Until this page's own picture has the outcome. */
function folded(live: ReturnType<typeof useTeller>['live'], seq: number): Promise<void> {
  if (live.store.getState().seq >= seq) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(end, FOLD_WAIT_MS);
    const unsubscribe = live.store.subscribe((state) => {
      if (state.seq >= seq) end();
    });
  });
}
