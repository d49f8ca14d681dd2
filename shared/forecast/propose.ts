/**
 * What could be done now, and what it would bring: a rule with two thresholds that fits on one screen, over an outlook that is computed.
 *   open a window   when nine in ten are about to wait longer than `openAboveMs` and one more window truly shortens that;
 *   close a window  when with one fewer nine in ten would still wait no longer than `closeBelowMs`;
 *   send customers  to a machine that is free, when the wait is about to pass `openAboveMs` and they are done sooner there.
 * The gap between the two thresholds, the least time a window stays open and the branch's "no" keep windows from flapping.
 */
import { adviceConfig } from '../branch/advice/advice-book.ts';
import type { Advice, AdviceDraft, AdviceReason, Proposal } from '../branch/advice/advice.state.ts';
import { hindrance, mayBeSent, MOST_TICKETS, notFree } from '../branch/advice/hindrance.ts';
import type { BranchState } from '../branch/branch.state.ts';
import { divertible } from '../branch/machines/offer.ts';
import { postsOf, skillsAt, staffOn } from '../branch/people/roster.ts';
import { counterConfig, isOpen, openWindows } from '../branch/queue/eligible.ts';
import { upcoming } from '../branch/queue/order.ts';
import type { AdviceThresholds } from '../contract/advice.ts';
import type { CounterConfig } from '../contract/config.ts';
import type { Change, Outlook, Waits } from './outlook.ts';

export interface ProposeView {
  readonly state: BranchState;
  /** Hub ms. */
  readonly now: number;
  readonly horizonMs: number;
  /** For so long the branch's day has been watched. */
  readonly watchedMs: number;
  readonly outlook: Outlook;
  readonly thresholds: AdviceThresholds;
}

/** The rest of the time it is chance: less is no ground to trouble a person. */
const LEAST_GAIN = 0.15;
const LEAST_GAIN_OF_SENDING = 0.05;
const LEAST_CONFIDENCE = 0.6;
/** Once given, advice stands until the outlook is this much better, so that it does not come and go. */
const STILL = 0.6;
const CLOSE_IN_MS = 10 * 60_000;
/** So far down the line somebody is looked for who could use a machine. */
const LOOKED_AT = 40;
const LEAST_SAVED_MS = 3 * 60_000;
const LEAST_WATCHED_MS = 15 * 60_000;

const minutes = (ms: number): number => Math.round(ms / 60_000);

/** Best first: who does most of the window's services, then whose window it usually is, then by id. */
function whoCould(state: BranchState, config: CounterConfig, now: number): string | undefined {
  const date = state.day?.date ?? '';
  const taken = new Set(Object.values(state.advice).flatMap((one) => (one.state === 'carriedOut' ? [] : (one.staffId ?? []))));
  const free = staffOn(state, date).filter(
    (entry) => postsOf(entry)[0] === 'counter' && !taken.has(entry.staffId) && notFree(state, entry.staffId, config, now) === undefined,
  );
  const rank = (entry: (typeof free)[number]): number =>
    skillsAt(state, entry, config.id).can * 2 + (entry.counterId === config.id ? 1 : 0);
  return free.sort((a, b) => rank(b) - rank(a) || (a.staffId < b.staffId ? -1 : 1))[0]?.staffId;
}

/** The change an open piece of advice stands for, and whose waits it is about. */
export function changeOf(state: BranchState, { kind, counterId = '', staffId, ticketIds = [], doAt }: Proposal, now: number): Change {
  if (kind === 'divertToMachine') return { do: 'send', ticketIds: ticketIds.filter((id) => state.tickets.get(id)?.state === 'waiting') };
  const at = Math.max(now, doAt);
  return kind === 'closeWindow'
    ? { do: 'close', counterId, at }
    : { do: 'open', counterId, staffId, at: at + adviceConfig(state).timeToOpenMs };
}

function concerned({ state, outlook }: ProposeView, { counterId, staffId }: Proposal): number {
  const config = counterId === undefined ? undefined : counterConfig(state, counterId);
  return config === undefined ? -1 : outlook.takes(config, staffId);
}

/** Share of the futures in which nine in ten wait less with the change (by a second at least). */
function helped(before: Waits, after: Waits): number {
  let better = 0;
  for (let run = 0; run < before.runs90Ms.length; run += 1)
    if ((after.runs90Ms[run] as number) < (before.runs90Ms[run] as number) - 1_000) better += 1;
  return better / Math.max(1, before.runs90Ms.length);
}

const stays = (after: Waits, belowMs: number): number =>
  after.runs90Ms.filter((wait) => wait <= belowMs).length / Math.max(1, after.runs90Ms.length);

interface Judged {
  readonly before: Waits;
  readonly after: Waits;
  readonly confidence: number;
}

function* judge(view: ProposeView, proposal: Proposal): Generator<void, Judged> {
  const of = concerned(view, proposal);
  const change = changeOf(view.state, proposal, view.now);
  yield* view.outlook.prepare({ do: 'nothing' });
  yield* view.outlook.prepare(change);
  const before = view.outlook.waits({ do: 'nothing' }, of);
  const after = view.outlook.waits(change, of);
  const confidence = proposal.kind === 'closeWindow' ? stays(after, view.thresholds.closeBelowMs) : helped(before, after);
  return { before, after, confidence };
}

function draft(
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

const gain = ({ before, after }: Judged): number => 1 - after.wait90Ms / Math.max(1, before.wait90Ms);

function* opening(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, thresholds, outlook } = view;
  let best: { readonly proposal: Proposal; readonly judged: Judged; readonly config: CounterConfig } | undefined;
  const seen = new Set<number>();
  // Elastic windows are there for the peak; of several alike the first will do.
  const order = [...(state.config?.counters ?? [])].sort(
    (a, b) => Number(b.kind === 'elastic') - Number(a.kind === 'elastic') || a.number - b.number,
  );
  for (const config of order) {
    const counter = state.counters[config.id];
    const staffId = counter === undefined || isOpen(counter) ? undefined : whoCould(state, config, now);
    if (staffId === undefined) continue;
    const proposal: Proposal = { kind: 'openWindow', counterId: config.id, staffId, doAt: now };
    const mask = outlook.takes(config, staffId);
    if (seen.has(mask) || hindrance(state, proposal, now) !== undefined) continue;
    seen.add(mask);
    // As things go nobody waits too long: no need to look what a window would change.
    yield* outlook.prepare({ do: 'nothing' });
    if (outlook.waits({ do: 'nothing' }, mask).wait90Ms <= thresholds.openAboveMs) continue;
    const judged = yield* judge(view, proposal);
    if (gain(judged) < LEAST_GAIN || judged.confidence < LEAST_CONFIDENCE) continue;
    if (best === undefined || gain(judged) > gain(best.judged)) best = { proposal, judged, config };
  }
  if (best === undefined) return undefined;
  const { before } = best.judged;
  const reasons: AdviceReason[] = [
    {
      code: 'waitGrows',
      params: { minutes: minutes(before.wait90Ms), within: minutes(view.horizonMs), limit: minutes(thresholds.openAboveMs) },
    },
    { code: 'lineNow', params: { waiting: state.waiting, windows: openWindows(state) } },
    { code: 'freeAndAble', params: { staffId: best.proposal.staffId ?? '', counterId: best.config.id } },
  ];
  return draft(view, best.proposal, best.judged, reasons);
}

function* closing(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, thresholds, outlook } = view;
  // A quiet first quarter of an hour says little of the next.
  if (view.watchedMs < LEAST_WATCHED_MS) return undefined;
  let best: { readonly proposal: Proposal; readonly judged: Judged } | undefined;
  for (const { id: counterId, kind } of state.config?.counters ?? []) {
    const counter = state.counters[counterId];
    if (counter === undefined || !isOpen(counter) || kind === 'priority' || kind === 'vip') continue;
    const proposal: Proposal = { kind: 'closeWindow', counterId, staffId: counter.staffId, doAt: now + CLOSE_IN_MS };
    if (hindrance(state, proposal, now) !== undefined) continue;
    // With all windows they wait too long already.
    yield* outlook.prepare({ do: 'nothing' });
    if (outlook.waits({ do: 'nothing' }, concerned(view, proposal)).wait90Ms > thresholds.closeBelowMs) continue;
    const judged = yield* judge(view, proposal);
    if (judged.after.wait90Ms > thresholds.closeBelowMs || judged.confidence < LEAST_CONFIDENCE) continue;
    if (best === undefined || judged.after.wait90Ms < best.judged.after.wait90Ms) best = { proposal, judged };
  }
  if (best === undefined) return undefined;
  const after = minutes(best.judged.after.wait90Ms);
  return draft(view, best.proposal, best.judged, [
    { code: 'quiet', params: { minutes: after, within: minutes(view.horizonMs), limit: minutes(thresholds.closeBelowMs) } },
    { code: 'lineNow', params: { waiting: state.waiting, windows: openWindows(state) } },
  ]);
}

function* sending(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, outlook, thresholds } = view;
  // One thing at a time: those sent a while ago are still on their way.
  if (Object.values(state.advice).some(({ kind }) => kind === 'divertToMachine')) return undefined;
  yield* outlook.prepare({ do: 'nothing' });
  const before = outlook.waits({ do: 'nothing' });
  if (before.wait90Ms <= thresholds.openAboveMs) return undefined;
  const taken = new Set(Object.values(state.advice).flatMap((one) => one.ticketIds ?? []));
  const byMachine = new Map<string, string[]>();
  let savedMs = 0;
  for (const { ticket } of upcoming(state, now, { limit: LOOKED_AT })) {
    const offer = taken.has(ticket.id) ? undefined : divertible(state, ticket, now);
    if (offer === undefined || offer.savesMs < LEAST_SAVED_MS || !mayBeSent(state, ticket, offer.machineId, now)) continue;
    byMachine.set(offer.machineId, [...(byMachine.get(offer.machineId) ?? []), ticket.id]);
    savedMs = Math.max(savedMs, offer.savesMs);
  }
  const [machineId, all = []] = [...byMachine].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (machineId === undefined) return undefined;
  // Who waits longest still gains most from a machine, and frees the line for those behind.
  const proposal: Proposal = { kind: 'divertToMachine', machineId, ticketIds: all.slice(0, MOST_TICKETS), doAt: now };
  const judged = yield* judge(view, proposal);
  if (gain(judged) < LEAST_GAIN_OF_SENDING || judged.confidence < LEAST_CONFIDENCE || hindrance(state, proposal, now) !== undefined)
    return undefined;
  return draft(view, proposal, judged, [
    { code: 'machineFree', params: { machineId, people: proposal.ticketIds?.length ?? 0, savesMinutes: minutes(savedMs) } },
    {
      code: 'waitGrows',
      params: { minutes: minutes(before.wait90Ms), within: minutes(view.horizonMs), limit: minutes(thresholds.openAboveMs) },
    },
  ]);
}

/** What to advise now, the weightiest first; stops between simulations, so that whoever runs it can let others go first. */
export function* propose(view: ProposeView): Generator<void, readonly AdviceDraft[]> {
  const { kinds } = adviceConfig(view.state);
  const found: AdviceDraft[] = [];
  for (const [kind, find] of [
    ['openWindow', opening],
    ['divertToMachine', sending],
    ['closeWindow', closing],
  ] as const) {
    // Opening one window and closing another at once would be flapping by two.
    if (!kinds.includes(kind) || (kind === 'closeWindow' && found.length > 0)) continue;
    const one = yield* find(view);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Whether advice that stands open still holds: the thresholds have some slack for what was said once. */
export function* stillHolds(view: ProposeView, one: Advice): Generator<void, boolean> {
  const { thresholds } = view;
  const { before, after, confidence } = yield* judge(view, one);
  if (one.kind === 'closeWindow') return after.wait90Ms <= thresholds.closeBelowMs / STILL;
  return before.wait90Ms > thresholds.openAboveMs * STILL && confidence >= LEAST_CONFIDENCE * STILL;
}
