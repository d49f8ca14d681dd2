/** Which window to open or to close, and with whom; when is the window policy's to say, line by line. */
import { adviceConfig } from '../branch/advice/advice-book.ts';
import type { AdviceDraft, AdviceReason, Proposal } from '../branch/advice/advice.state.ts';
import { hindrance, notFree } from '../branch/advice/hindrance.ts';
import type { BranchState } from '../branch/branch.state.ts';
import { postsOf, skillsAt, staffOn } from '../branch/people/roster.ts';
import { actingKind, isOpen } from '../branch/queue/eligible.ts';
import type { CounterConfig, CounterKind } from '../contract/config.ts';
import { concerned, decided, draft, gain, isAdvised, judge, type Judged, LEAST_CONFIDENCE, minutes, type ProposeView } from './judge.ts';
import type { WindowDecision } from './window-policy.ts';

/** Less is no ground to trouble a person. */
const LEAST_GAIN = 0.15;
/** Of closing: wanted back a few minutes later it would have cost two walks for nothing. */
const LEAST_CONFIDENCE_TO_CLOSE = 0.9;
const CLOSE_IN_MS = 10 * 60_000;

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

/** Of two lines the one first in which more is waited for nothing. */
const saved = ({ before, after }: Judged): number => (before.wait90Ms - after.wait90Ms) * before.customers;

export function* opening(view: ProposeView): Generator<void, AdviceDraft | undefined> {
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

/** With fewer of its kind left, one long errand holds up everybody who comes for it. */
const LEAST_LEFT = 2;

const openOfKind = (state: BranchState, kind: CounterKind): number =>
  (state.config?.counters ?? []).filter((config) => {
    const counter = state.counters[config.id];
    return counter !== undefined && isOpen(counter) && actingKind(config) === kind;
  }).length;

/** A window like it was needed a moment ago. */
const openedLately = ({ state, now }: ProposeView, kind: CounterKind): boolean =>
  (state.config?.counters ?? []).some((config) => {
    const counter = state.counters[config.id];
    if (counter === undefined || !isOpen(counter) || actingKind(config) !== kind) return false;
    return now - (counter.openedAt ?? counter.since) < adviceConfig(state).minOpenMs;
  });

export function* closing(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now } = view;
  // One at a time: each is judged as if it were the only one. Beside an opening it would be flapping by two.
  if (isAdvised(state, 'closeWindow') || isAdvised(state, 'openWindow')) return undefined;
  let best: { readonly proposal: Proposal; readonly judged: Judged; readonly decision: WindowDecision } | undefined;
  for (const config of state.config?.counters ?? []) {
    const { id: counterId, kind } = config;
    const counter = state.counters[counterId];
    if (counter === undefined || !isOpen(counter) || kind === 'priority' || kind === 'vip') continue;
    if (openOfKind(state, actingKind(config)) <= LEAST_LEFT || openedLately(view, actingKind(config))) continue;
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
