/** "One window more or less for the rest of the day": answered by playing the branch forward. */
import { adviceConfig } from '../../shared/branch/advice/advice-book.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { actingKind, isOpen } from '../../shared/branch/queue/eligible.ts';
import type { CounterKind } from '../../shared/contract/config.ts';
import type { Change, Waits } from '../../shared/forecast/outlook.ts';
import { inSlices } from '../platform/slices.ts';
import type { Advisor } from './advisor.ts';

const RUNS = 64;
/** Round the clock, or past closing: the next hours. */
const OPEN_END_MS = 4 * 3_600_000;

export interface WhatIf {
  readonly change: 'more' | 'less';
  readonly kind: CounterKind;
}

const told = ({ wait10Ms, wait50Ms, wait90Ms, withinTarget, clearedAt }: Waits) => {
  const at = (share: number): number => Math.round(clearedAt[Math.max(0, Math.ceil(share * clearedAt.length) - 1)] ?? 0);
  return { wait10Ms, wait50Ms, wait90Ms, withinTarget, clearedAt: { low: at(0.1), expected: at(0.5), high: at(0.9) } };
};

export type WhatIfAnswer = ReturnType<typeof answerOf>;

function answerOf(asked: WhatIf, counterId: string, until: number, [without, withIt]: readonly [Waits, Waits]) {
  return { ...asked, counterId, until, without: told(without), with: told(withIt) };
}

/** Undefined where there is no such window to open or to close. `now` is hub time. */
export async function whatIf(advisor: Advisor, state: BranchState, asked: WhatIf, now: number): Promise<WhatIfAnswer | undefined> {
  const { day, branchId } = state;
  const until = Math.min(day?.closesAt !== undefined && day.closesAt > now ? day.closesAt : now + OPEN_END_MS, day?.endsAt ?? now);
  const ofKind = (state.config?.counters ?? []).filter((config) => actingKind(config) === asked.kind || config.kind === asked.kind);
  const opens = asked.change === 'more';
  const fitting = ofKind.filter(({ id }) => {
    const counter = state.counters[id];
    return counter !== undefined && isOpen(counter) !== opens;
  });
  // The last one opened is the first to close.
  const config = opens ? fitting[0] : fitting.at(-1);
  if (config === undefined) return undefined;
  const outlook = await advisor.outlook(branchId, Math.max(60_000, until - now), RUNS);
  const change: Change = opens
    ? { do: 'open', counterId: config.id, staffId: undefined, at: now + adviceConfig(state).timeToOpenMs }
    : { do: 'close', counterId: config.id, at: now };
  await inSlices(outlook.prepare({ do: 'nothing' }));
  await inSlices(outlook.prepare(change));
  return answerOf(asked, config.id, until, [outlook.waits({ do: 'nothing' }), outlook.waits(change)]);
}
