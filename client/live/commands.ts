/** The one way a page changes anything: a command with an id of its own, sent until the hub has answered it. */
import type { FloorCommand } from '../../shared/contract/commands.ts';
import type { Answer, Api, Problem } from './api.ts';
import { newCommandId } from './ids.ts';

export interface Done {
  readonly seq: number;
  readonly events: readonly { readonly seq: number; readonly type: string }[];
  readonly result?: Readonly<Record<string, unknown>>;
}

export interface Commands {
  /**
   * Posts the command; the same id goes again on a lost line, 429 and 503, so it happens once. A second press while the
   * first is under way gets the first's answer.
   */
  send(branchId: string, command: FloorCommand): Promise<Answer<Done>>;
  /** Whether a command of this key is under way; `key` = `keyOf(branchId, command)`. */
  busy(key: string): boolean;
}

export interface CommandOptions {
  api: Api;
  /** A refusal or a lost line, to be shown to the person. */
  onProblem?: (problem: Problem, command: FloorCommand) => void;
  wait?: (ms: number) => Promise<void>;
  newId?: () => string;
}

const WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000] as const;

const passing = (problem: Problem): boolean => problem.status === 0 || problem.status === 429 || problem.status === 503;

export interface Patience {
  /** What may be over by the next try; by default a lost line, 429 and 503. */
  readonly passes?: (problem: Problem) => boolean;
  readonly waitsMs?: readonly number[];
  readonly wait?: (ms: number) => Promise<void>;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until the hub has answered, or patience is over. What is asked must be safe to ask twice. */
export async function untilAnswered<T>(
  ask: () => Promise<Answer<T>>,
  { passes = passing, waitsMs = WAITS_MS, wait = sleep }: Patience = {},
): Promise<Answer<T>> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask();
    const pause = waitsMs[attempt];
    if (answer.ok || !passes(answer.problem) || pause === undefined) return answer;
    await wait(Math.max(pause, Math.min(answer.problem.retryAfterMs ?? 0, 10_000)));
  }
}

/** Two presses are the same press when they are the same command about the same thing. */
export const keyOf = (branchId: string, command: FloorCommand): string => `${branchId} ${JSON.stringify(command)}`;

export function createCommands({ api, onProblem, wait = sleep, newId = newCommandId }: CommandOptions): Commands {
  const underWay = new Map<string, Promise<Answer<Done>>>();

  async function post(branchId: string, command: FloorCommand): Promise<Answer<Done>> {
    const path = `/api/branches/${encodeURIComponent(branchId)}/commands`;
    const body = { ...command, id: newId() };
    const answer = await untilAnswered(() => api.send<Done>('POST', path, body), { wait });
    if (!answer.ok) onProblem?.(answer.problem, command);
    return answer;
  }

  return {
    busy: (key) => underWay.has(key),
    send(branchId, command) {
      const key = keyOf(branchId, command);
      const running = underWay.get(key);
      if (running !== undefined) return running;
      const promise = post(branchId, command).finally(() => underWay.delete(key));
      underWay.set(key, promise);
      return promise;
    },
  };
}
