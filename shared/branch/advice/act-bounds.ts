/** How far the hub may go by itself: the bank's bounds, kept by the core so that no advisor can overstep them. */
import type { Refusal } from '../../aggregate.ts';
import type { BranchState } from '../branch.state.ts';
import { refuse } from '../draft.ts';
import { msOfTime } from '../day/local-time.ts';
import { openWindows } from '../queue/eligible.ts';
import { adviceConfig, HOUR_MS } from './advice-book.ts';
import type { Proposal } from './advice.state.ts';

const DAY_MS = 24 * 3_600_000;

const no = (code: string, message: string): Refusal => refuse(`advice.${code}`, message).refused;

/** Counted back from midnight: zones jump in the morning. */
function isWithin(between: { readonly from: string; readonly until: string }, endsAt: number, now: number): boolean {
  const local = now - (endsAt - DAY_MS);
  const from = msOfTime(between.from);
  const until = msOfTime(between.until);
  return from <= until ? from <= local && local < until : local >= from || local < until;
}

/** Undefined when the hub may carry this out without asking. */
export function mayNotAct(state: BranchState, { kind }: Proposal, now: number): Refusal | undefined {
  const { mode, act } = adviceConfig(state);
  if (mode !== 'act') return no('act_off', 'This branch wants to be asked: a person accepts.');
  if (!act.kinds.includes(kind)) return no('act_kind', 'The hub may not do this by itself here: a person accepts.');
  if (state.day?.phase !== 'business' || (act.between !== undefined && !isWithin(act.between, state.day.endsAt, now)))
    return no('act_hours', 'The hub acts by itself only within the hours set for it.');
  if (state.adviceMemory.actedAt.filter((at) => at > now - HOUR_MS).length >= act.mostAnHour)
    return no('act_often', 'The hub has acted as often within the hour as it may.');
  const open = openWindows(state);
  if (kind === 'openWindow' && open >= act.mostWindows) return no('act_windows', 'As many windows are open as the hub may open by itself.');
  if (kind === 'closeWindow' && open <= act.leastWindows)
    return no('act_windows', 'As few windows are open as the hub may leave open by itself.');
  return undefined;
}
