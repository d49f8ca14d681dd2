/** What a proposal would bring: the branch played forward with and without it, and how sure that is. */
import { adviceConfig } from '../branch/advice/advice-book.ts';
import type { AdviceDraft, AdviceReason, Proposal } from '../branch/advice/advice.state.ts';
import type { BranchState } from '../branch/branch.state.ts';
import { nextBreak } from '../branch/people/breaks.ts';
import { counterConfig } from '../branch/queue/eligible.ts';
import { lineNow } from './line-now.ts';
import type { Change, Outlook, Waits } from './outlook.ts';
import { decideWindows, type WindowDecision, WindowPolicy } from './window-policy.ts';

export interface ProposeView {
  readonly state: BranchState;
  /** Hub ms. */
  readonly now: number;
  readonly horizonMs: number;
  readonly outlook: Outlook;
  readonly policy: WindowPolicy;
}

/** The rest of the time it is chance: less is no ground to trouble a person. */
export const LEAST_CONFIDENCE = 0.6;

/** A tenth of a minute is told: a threshold of a minute and a half is not two. */
export const minutes = (ms: number): number => Math.round(ms / 6_000) / 10;

/** The branch's own bounds as the policy's. A branch always serves, and the law of the last window is the core's (hindrance.ts). */
export function policyOf(state: BranchState): WindowPolicy {
  const { thresholds, timeToOpenMs, minOpenMs } = adviceConfig(state);
  const most = Math.max(1, state.config?.counters.length ?? 1);
  return new WindowPolicy({ ...thresholds, toOpenMs: timeToOpenMs, leastOpenMs: minOpenMs, fewest: 1, most });
}

export const decided = ({ outlook, policy }: ProposeView, line: number): WindowDecision =>
  decideWindows(lineNow(outlook, line, policy.thresholds.toOpenMs), policy);

/** The change an open piece of advice stands for, and whose waits it is about. */
export function changeOf(state: BranchState, { kind, counterId = '', staffId, ticketIds = [], doAt }: Proposal, now: number): Change {
  if (kind === 'sendSubstitute') return { do: 'nothing' };
  if (kind === 'giveBreak') {
    const lengthMs = nextBreak(state, staffId ?? '', now)?.planned.lengthMs ?? 0;
    return counterId === '' ? { do: 'nothing' } : { do: 'pause', counterId, until: now + lengthMs };
  }
  if (kind === 'divertToMachine') return { do: 'send', ticketIds: ticketIds.filter((id) => state.tickets.get(id)?.state === 'waiting') };
  const at = Math.max(now, doAt);
  return kind === 'closeWindow'
    ? { do: 'close', counterId, at }
    : { do: 'open', counterId, staffId, at: at + adviceConfig(state).timeToOpenMs };
}

/** Kinds (as bits) whose waits it is about: those of the window, or of the customers to be sent. */
export function concerned({ state, outlook }: ProposeView, { kind, counterId, staffId, ticketIds = [] }: Proposal): number {
  const config = counterId === undefined ? undefined : counterConfig(state, counterId);
  if (config !== undefined) return outlook.takes(config, staffId);
  if (kind === 'sendSubstitute' || kind === 'giveBreak') return -1;
  const sent = ticketIds.flatMap((id) => state.tickets.get(id) ?? []);
  return sent.reduce((line, { serviceId, segment }) => line | (1 << outlook.kinds.of(serviceId, segment)), 0);
}

/** Share of the futures in which nine in ten wait less with the change (by a second at least). */
function helped(before: Waits, after: Waits): number {
  let better = 0;
  for (let run = 0; run < before.runs90Ms.length; run += 1)
    if ((after.runs90Ms[run] as number) < (before.runs90Ms[run] as number) - 1_000) better += 1;
  return better / Math.max(1, before.runs90Ms.length);
}

/** Share of the futures in which even nine in ten wait no longer than the wait to open above: the window is not wanted back. */
const stays = ({ policy }: ProposeView, { runs90Ms }: Waits): number =>
  runs90Ms.filter((wait) => wait <= policy.thresholds.openAboveMs).length / Math.max(1, runs90Ms.length);

export interface Judged {
  readonly before: Waits;
  readonly after: Waits;
  readonly confidence: number;
}

export function* judge(view: ProposeView, proposal: Proposal): Generator<void, Judged> {
  const of = concerned(view, proposal);
  const change = changeOf(view.state, proposal, view.now);
  yield* view.outlook.prepare({ do: 'nothing' });
  yield* view.outlook.prepare(change);
  const before = view.outlook.waits({ do: 'nothing' }, of);
  const after = view.outlook.waits(change, of);
  const spares = proposal.kind === 'closeWindow' || proposal.kind === 'giveBreak';
  const confidence = spares ? stays(view, after) : helped(before, after);
  return { before, after, confidence };
}

export function draft(
  { horizonMs }: ProposeView,
  proposal: Proposal,
  { before, after, confidence }: Judged,
  reasons: AdviceReason[],
): AdviceDraft {
  return {
    ...proposal,
    expected: {
      wait90Ms: { before: before.wait90Ms, after: after.wait90Ms },
      withinTarget: { before: before.withinTarget, after: after.withinTarget },
      horizonMs,
    },
    reasons,
    confidence,
  };
}

export const gain = ({ before, after }: Judged): number => 1 - after.wait90Ms / Math.max(1, before.wait90Ms);

/** Such advice waits for a word, or for its time: an opening once accepted is part of every look ahead already. */
export const isAdvised = (state: BranchState, kind: Proposal['kind']): boolean =>
  Object.values(state.advice).some(
    (one) => one.kind === kind && one.state !== 'carriedOut' && (kind !== 'openWindow' || one.state === 'given'),
  );
