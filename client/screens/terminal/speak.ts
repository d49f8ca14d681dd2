/** One person's word at the terminal: sent with the PIN, which is nowhere kept, under the same ids until the hub has answered. */
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { Answer, Api, Problem } from '../../live/api.ts';
import { untilAnswered } from '../../live/commands.ts';
import { newCommandId } from '../../live/ids.ts';

export interface Spoken {
  readonly seq: number;
  readonly result?: {
    /** Of a break: a customer is being served first. */
    readonly later?: true;
    readonly backAt?: number;
    /** Cases that went up with the end of a shift. */
    readonly passedUp?: readonly string[];
  };
}

export interface Speaker {
  /**
   * One command after another, as far as none is refused; the answer is the last one's. The same wish again after an
   * uncertain end goes out under the same ids: it never happens twice.
   */
  speak(staffId: string, pin: string, commands: readonly FloorCommand[]): Promise<Answer<Spoken>>;
  /** The person has left: the next wish is another's. */
  forget(): void;
}

/** Nobody knows whether it happened. A locked PIN is certain, and is not asked again. */
export const isUncertain = ({ status }: Problem): boolean => status === 0 || status === 503;

const WAITS_MS = [400, 1_200] as const;
const nothingSaid: Answer<Spoken> = { ok: true, value: { seq: 0 } };

export function createSpeaker(
  { api, branchId }: { readonly api: Api; readonly branchId: string },
  newId: () => string = newCommandId,
  wait?: (ms: number) => Promise<void>,
): Speaker {
  let open: { readonly wish: string; readonly ids: readonly string[] } | undefined;
  const path = `/api/branches/${encodeURIComponent(branchId)}/terminal/commands`;
  const patience = { passes: isUncertain, waitsMs: WAITS_MS, ...(wait === undefined ? {} : { wait }) };
  return {
    async speak(staffId, pin, commands) {
      const wish = `${staffId} ${JSON.stringify(commands)}`;
      const { ids } = open?.wish === wish ? open : { ids: commands.map(newId) };
      open = { wish, ids };
      let answer: Answer<Spoken> = nothingSaid;
      for (const [index, command] of commands.entries()) {
        const body = { id: ids[index], staffId, pin, command };
        answer = await untilAnswered(() => api.send<Spoken>('POST', path, body), patience);
        if (!answer.ok) break;
      }
      if (answer.ok || !isUncertain(answer.problem)) open = undefined;
      return answer;
    },
    forget() {
      open = undefined;
    },
  };
}
