/** Taking one number: the visitor's attempt keeps its command id until the hub has answered, so it never happens twice. */
import type { WaitRange } from '../../../shared/branch/branch.state.ts';
import type { Segment } from '../../../shared/contract/config.ts';
import type { Api, Problem } from '../../live/api.ts';
import { createCommands } from '../../live/commands.ts';
import { newCommandId } from '../../live/ids.ts';

/** A customer may declare a need, never VIP. */
export const needs = ['elderly', 'over80', 'disabled', 'pregnant', 'infant', 'serviceman'] as const satisfies readonly Segment[];
export type Need = (typeof needs)[number];

export interface Issued {
  readonly number: string;
  readonly ahead: number;
  readonly waitMs: WaitRange;
  /** Path of the follow link. */
  readonly follow: string;
}

export type Attempt =
  | { readonly ok: true; readonly issued: Issued }
  | { readonly ok: false; readonly problem: Problem; readonly uncertain: boolean };

export interface NumberTaker {
  /** The same wish again after an uncertain end goes out under the same id. */
  take(serviceId: string, need: Need | undefined): Promise<Attempt>;
  /** The visitor has left: the next wish is another person's. */
  forget(): void;
}

/** Lost line, overload: nobody knows whether the number was given. */
const isUncertain = ({ status }: Problem): boolean => status === 0 || status === 503 || status === 429;

export function createNumberTaker(
  api: Api,
  branchId: string,
  newId: () => string = newCommandId,
  wait?: (ms: number) => Promise<void>,
): NumberTaker {
  let open: { readonly wish: string; readonly id: string } | undefined;
  const commands = createCommands({ api, newId: () => open?.id ?? newId(), ...(wait === undefined ? {} : { wait }) });
  return {
    async take(serviceId, need) {
      const wish = `${serviceId} ${need ?? ''}`;
      if (open?.wish !== wish) open = { wish, id: newId() };
      const answer = await commands.send(branchId, { type: 'ticket.issue', serviceId, ...(need === undefined ? {} : { segment: need }) });
      if (!answer.ok) {
        const uncertain = isUncertain(answer.problem);
        if (!uncertain) open = undefined;
        return { ok: false, problem: answer.problem, uncertain };
      }
      open = undefined;
      return { ok: true, issued: answer.value.result as unknown as Issued };
    },
    forget() {
      open = undefined;
    },
  };
}
