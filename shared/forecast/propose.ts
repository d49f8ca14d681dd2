/**
 * What could be done now, with whom, and what it would bring. When is the window policy's to say, line by line (window-policy.ts, the rule
 * that is measured and tuned); which window and which person is chosen here, and the effect is computed by playing the branch forward:
 *   open a window   when the policy opens, and the look ahead shows that this one truly shortens the wait;
 *   close a window  when the policy closes, and the look ahead shows that it is not wanted back;
 *   send a substitute  when the lobby is nobody's, whatever the line;
 *   send customers  to a machine that is free, when the wait passes what the policy opens above, and they are done sooner there.
 */
import { adviceConfig } from '../branch/advice/advice-book.ts';
import type { AdviceDraft, AdviceReason, Proposal } from '../branch/advice/advice.state.ts';
import { hindrance, mayBeSent, MOST_TICKETS, notFree } from '../branch/advice/hindrance.ts';
import type { BranchState } from '../branch/branch.state.ts';
import { divertible } from '../branch/machines/offer.ts';
import { plannedShiftOf, postsOf, skillsAt, staffOn } from '../branch/people/roster.ts';
import { substitutesFor } from '../branch/people/substitutes.ts';
import { actingKind, counterConfig, isOpen } from '../branch/queue/eligible.ts';
import { upcoming } from '../branch/queue/order.ts';
import type { CounterConfig, CounterKind, RosterEntry } from '../contract/config.ts';
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
const LEAST_GAIN = 0.15;
const LEAST_GAIN_OF_SENDING = 0.05;
export const LEAST_CONFIDENCE = 0.6;
/** Of closing: wanted back a few minutes later it would have cost two walks for nothing. */
const LEAST_CONFIDENCE_TO_CLOSE = 0.9;
const CLOSE_IN_MS = 10 * 60_000;
/** So far down the line somebody is looked for who could use a machine. */
const LOOKED_AT = 40;
const LEAST_SAVED_MS = 3 * 60_000;
/** Who is called sooner than somebody can take the advice up and walk over to them is not worth naming. */
const TAKEN_UP_WITHIN_MS = 2 * 60_000;

/** A tenth of a minute is told: a threshold of a minute and a half is not two. */
const minutes = (ms: number): number => Math.round(ms / 6_000) / 10;

/** The branch's own bounds as the policy's. A branch always serves, and the law of the last window is the core's (hindrance.ts). */
export function policyOf(state: BranchState): WindowPolicy {
  const { thresholds, timeToOpenMs, minOpenMs } = adviceConfig(state);
  const most = Math.max(1, state.config?.counters.length ?? 1);
  return new WindowPolicy({ ...thresholds, toOpenMs: timeToOpenMs, leastOpenMs: minOpenMs, fewest: 1, most });
}

export const decided = ({ outlook, policy }: ProposeView, line: number): WindowDecision =>
  decideWindows(lineNow(outlook, line, policy.thresholds.toOpenMs), policy);

/** The policy's reasons as people read them: minutes, whole people. */
function told({ reasons }: WindowDecision): AdviceReason[] {
  return reasons.map(({ code, params }): AdviceReason => {
    const { waitMs = 0, limitMs = 0, inMs = 0, customers = 0, withinMs = 0 } = params;
    if (code === 'waitSoon') return { code, params: { minutes: minutes(waitMs), within: minutes(inMs), limit: minutes(limitMs) } };
    if (code === 'spareWindow') return { code, params: { minutes: minutes(waitMs), limit: minutes(limitMs) } };
    return code === 'coming' ? { code, params: { customers: Math.round(customers), within: minutes(withinMs) } } : { code, params };
  });
}

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
  if (kind === 'sendSubstitute') return { do: 'nothing' };
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
  if (kind === 'sendSubstitute') return -1;
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

interface Judged {
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
  const confidence = proposal.kind === 'closeWindow' ? stays(view, after) : helped(before, after);
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

/** Of two lines the one first in which more is waited for nothing. */
const saved = ({ before, after }: Judged): number => (before.wait90Ms - after.wait90Ms) * before.customers;

/** Such advice is open, or accepted and not yet done. */
const isAdvised = (state: BranchState, kind: Proposal['kind']): boolean =>
  Object.values(state.advice).some(
    (one) => one.kind === kind && one.state !== 'carriedOut' && (kind === 'closeWindow' || one.state === 'given'),
  );

function* opening(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, outlook } = view;
  let best: { readonly proposal: Proposal; readonly judged: Judged; readonly decision: WindowDecision } | undefined;
  const seen = new Set<number>();
  // A step at a time: whoever accepts the first opening is asked for the next a moment later, if it is still needed.
  if (isAdvised(state, 'openWindow')) return undefined;
  // Somebody's own window before another's, elastic windows before the rest; of several alike the first will do.
  const own = ({ id }: CounterConfig): boolean =>
    staffOn(state, state.day?.date ?? '').some(
      (entry) =>
        entry.counterId === id &&
        hindrance(state, { kind: 'openWindow', counterId: id, staffId: entry.staffId, doAt: now }, now) === undefined,
    );
  const rank = new Map(
    (state.config?.counters ?? []).map((config) => [config.id, Number(own(config)) * 2 + Number(config.kind === 'elastic')]),
  );
  const order = [...(state.config?.counters ?? [])].sort((a, b) => (rank.get(b.id) ?? 0) - (rank.get(a.id) ?? 0) || a.number - b.number);
  for (const config of order) {
    const counter = state.counters[config.id];
    const staffId = counter === undefined || isOpen(counter) ? undefined : whoCould(state, config, now);
    if (staffId === undefined) continue;
    const proposal: Proposal = { kind: 'openWindow', counterId: config.id, staffId, doAt: now };
    const mask = outlook.takes(config, staffId);
    if (seen.has(mask) || hindrance(state, proposal, now) !== undefined) continue;
    seen.add(mask);
    const decision = decided(view, mask);
    if (decision.action !== 'open') continue;
    const judged = yield* judge(view, proposal);
    if (gain(judged) < LEAST_GAIN || judged.confidence < LEAST_CONFIDENCE) continue;
    if (best === undefined || saved(judged) > saved(best.judged)) best = { proposal, judged, decision };
  }
  if (best === undefined) return undefined;
  const { staffId = '', counterId = '' } = best.proposal;
  return draft(view, best.proposal, best.judged, [...told(best.decision), { code: 'freeAndAble', params: { staffId, counterId } }]);
}

/** A window like it was needed a moment ago. */
const openedLately = ({ state, now }: ProposeView, kind: CounterKind): boolean =>
  (state.config?.counters ?? []).some((config) => {
    const counter = state.counters[config.id];
    if (counter === undefined || !isOpen(counter) || actingKind(config) !== kind) return false;
    return now - (counter.openedAt ?? counter.since) < adviceConfig(state).minOpenMs;
  });

function* closing(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now } = view;
  // One at a time: each is judged as if it were the only one. Beside an opening it would be flapping by two.
  if (isAdvised(state, 'closeWindow') || isAdvised(state, 'openWindow')) return undefined;
  let best: { readonly proposal: Proposal; readonly judged: Judged; readonly decision: WindowDecision } | undefined;
  for (const config of state.config?.counters ?? []) {
    const { id: counterId, kind } = config;
    const counter = state.counters[counterId];
    if (counter === undefined || !isOpen(counter) || kind === 'priority' || kind === 'vip' || openedLately(view, actingKind(config)))
      continue;
    const proposal: Proposal = { kind: 'closeWindow', counterId, staffId: counter.staffId, doAt: now + CLOSE_IN_MS };
    if (hindrance(state, proposal, now) !== undefined) continue;
    const decision = decided(view, concerned(view, proposal));
    if (decision.action !== 'close') continue;
    const judged = yield* judge(view, proposal);
    if (judged.confidence < LEAST_CONFIDENCE_TO_CLOSE) continue;
    if (best === undefined || judged.after.wait90Ms < best.judged.after.wait90Ms) best = { proposal, judged, decision };
  }
  if (best === undefined) return undefined;
  return draft(view, best.proposal, best.judged, told(best.decision));
}

function* sending(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, policy, outlook } = view;
  // One thing at a time: those sent a while ago are still on their way.
  if (Object.values(state.advice).some(({ kind }) => kind === 'divertToMachine')) return undefined;
  yield* outlook.prepare({ do: 'nothing' });
  const calledInMs = outlook.calledInMs();
  const lasting = new Set(outlook.waiting.flatMap(({ id }, place) => ((calledInMs[place] ?? 0) > TAKEN_UP_WITHIN_MS ? id : [])));
  const byMachine = new Map<string, { readonly id: string; readonly savesMs: number }[]>();
  for (const { ticket } of upcoming(state, now, { limit: LOOKED_AT })) {
    const offer = lasting.has(ticket.id) ? divertible(state, ticket, now) : undefined;
    if (offer === undefined || offer.savesMs < LEAST_SAVED_MS || !mayBeSent(state, ticket, offer.machineId, now)) continue;
    byMachine.set(offer.machineId, [...(byMachine.get(offer.machineId) ?? []), { id: ticket.id, savesMs: offer.savesMs }]);
  }
  const [machineId, all = []] = [...byMachine].sort((x, y) => y[1].length - x[1].length)[0] ?? [];
  if (machineId === undefined) return undefined;
  // Who would wait longest yet gains most from a machine, and is still there when somebody comes to ask.
  const most = all.toSorted((x, y) => y.savesMs - x.savesMs).slice(0, MOST_TICKETS);
  const savedMs = most[0]?.savesMs ?? 0;
  const proposal: Proposal = { kind: 'divertToMachine', machineId, ticketIds: most.map(({ id }) => id), doAt: now };
  const { openAboveMs, toOpenMs } = policy.thresholds;
  const { waitMs } = decided(view, concerned(view, proposal)).expected;
  if (waitMs <= openAboveMs) return undefined;
  const judged = yield* judge(view, proposal);
  if (gain(judged) < LEAST_GAIN_OF_SENDING || judged.confidence < LEAST_CONFIDENCE || hindrance(state, proposal, now) !== undefined)
    return undefined;
  return draft(view, proposal, judged, [
    { code: 'machineFree', params: { machineId, people: proposal.ticketIds?.length ?? 0, savesMinutes: minutes(savedMs) } },
    { code: 'waitSoon', params: { minutes: minutes(waitMs), within: minutes(toOpenMs), limit: minutes(openAboveMs) } },
  ]);
}

/** Who is responsible for the lobby is away: of those planned to stand in the best who can come now, else of all who may. */
function* substituting(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now } = view;
  const gap = state.people.gaps.lobby;
  const date = state.day?.date;
  if (gap === undefined || date === undefined) return undefined;
  const awayId = gap.staffId ?? '';
  const shift = plannedShiftOf(state, date, awayId);
  const planned = shift === undefined ? [] : substitutesFor(state, date, shift).map(({ staffId }) => staffId);
  // Who is here for certain comes before who is only taken to be, then whose post the lobby is.
  const rank = (entry: RosterEntry): number =>
    Number(Object.hasOwn(state.people.presence, entry.staffId)) * 2 + Number(postsOf(entry)[0] === 'lobby');
  const others = staffOn(state, date).toSorted((a, b) => rank(b) - rank(a));
  const proposals = [...planned, ...others.map(({ staffId }) => staffId)]
    .filter((staffId) => staffId !== awayId)
    .map((staffId): Proposal => ({ kind: 'sendSubstitute', staffId, doAt: now }));
  const proposal = proposals.find((one) => hindrance(state, one, now) === undefined);
  if (proposal === undefined) return undefined;
  const { before, after } = yield* judge(view, proposal);
  const reasons: AdviceReason[] = [
    { code: 'lobbyUnattended', params: { minutes: minutes(now - gap.since), ...(gap.staffId !== undefined && { staffId: gap.staffId }) } },
    { code: 'mayTakeLobby', params: { staffId: proposal.staffId ?? '' } },
  ];
  // The law of the lobby, not the line: waits are foretold as they come either way.
  return draft(view, proposal, { before, after, confidence: 1 }, reasons);
}

/** What to advise now, the weightiest first; stops between simulations, so that whoever runs it can let others go first. */
export function* propose(view: ProposeView): Generator<void, readonly AdviceDraft[]> {
  const { kinds } = adviceConfig(view.state);
  const found: AdviceDraft[] = [];
  for (const [kind, find] of [
    ['sendSubstitute', substituting],
    ['openWindow', opening],
    ['divertToMachine', sending],
    ['closeWindow', closing],
  ] as const) {
    // Opening one window and closing another at once would be flapping by two.
    if (!kinds.includes(kind) || (kind === 'closeWindow' && found.some((one) => one.kind !== 'sendSubstitute'))) continue;
    const one = yield* find(view);
    if (one !== undefined) found.push(one);
  }
  return found;
}
