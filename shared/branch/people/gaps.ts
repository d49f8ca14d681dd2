/** Which rules about people are not kept right now: pure conditions, so that the fold can remember since when. */
import type { BranchState } from '../branch.state.ts';
import { actingKind } from '../queue/eligible.ts';
import type { GapKind } from './people.state.ts';
import { absenceOf, dayOf, peopleRules } from './roster.ts';

type Of = Pick<BranchState, 'config' | 'day' | 'people' | 'counters' | 'waiting'>;

/** Customers are inside: those left after the last number are served, too. */
const withCustomers = ({ day }: Of): boolean => day?.phase === 'business' || day?.phase === 'lastNumber' || day?.phase === 'clearing';

/** On such a post and not on a break. */
export function onPost({ people }: Pick<BranchState, 'people'>, kind: 'lobby' | 'guard' | 'floor' | 'backOffice'): number {
  let count = 0;
  for (const { post, break: away } of Object.values(people.presence)) if (post?.kind === kind && away === undefined) count += 1;
  return count;
}

/** Open windows with somebody behind them, paused ones not: priority and VIP windows deal in cash. */
export function tellersOpen({ config, counters }: Pick<BranchState, 'config' | 'counters'>): { cash: number; nonCash: number } {
  const open = { cash: 0, nonCash: 0 };
  for (const window of config?.counters ?? []) {
    const counter = counters[window.id];
    if (counter === undefined || counter.state === 'closed' || counter.state === 'paused' || counter.staffId === undefined) continue;
    const kind = actingKind(window);
    open[kind === 'nonCash' || kind === 'corporate' ? 'nonCash' : 'cash'] += 1;
  }
  return open;
}

/** The responsible head of today: the one planned, or else the first head of the roster. */
export function dutyHead({ config, day, people }: Pick<BranchState, 'config' | 'day' | 'people'>): string | undefined {
  const planned = day === undefined ? undefined : dayOf({ people }, day.date)?.dutyId;
  return planned ?? config?.roster.find(({ role }) => role === 'head')?.staffId;
}

function headMissing(state: Of): boolean {
  const duty = dutyHead(state);
  if (duty === undefined || state.people.unreachable.includes(duty)) return true;
  return state.day !== undefined && absenceOf(state, state.day.date, duty) !== undefined;
}

export const isBusy = (state: Of): boolean => {
  const rules = peopleRules(state);
  if (rules === undefined || state.day === undefined) return false;
  return rules.busyDayTypes.includes(state.day.dayType) || state.waiting >= rules.busyWaiting;
};

const none: readonly GapKind[] = [];

/** Empty for a branch without a people section, and outside business. */
export function openGaps(state: Of): readonly GapKind[] {
  const rules = peopleRules(state);
  if (rules === undefined || !withCustomers(state)) return none;
  const found: GapKind[] = [];
  const lobby = onPost(state, 'lobby');
  if (lobby < rules.lobby) found.push('lobby');
  else if (lobby < rules.lobbyBusy && isBusy(state)) found.push('lobbyBusy');
  // Windows close one by one once no more numbers are given out.
  if (state.day?.phase === 'business') {
    const open = tellersOpen(state);
    if (open.cash < rules.cashTellers) found.push('cash');
    if (open.nonCash < rules.nonCashTellers) found.push('nonCash');
  }
  if (rules.headReachable && headMissing(state)) found.push('head');
  if (onPost(state, 'guard') < rules.guards) found.push('guard');
  return found;
}
