/** Giving advice (the hub alone), and what people make of it. */
import type { Refusal } from '../../aggregate.ts';
import type { AdviceChange } from '../../contract/advice.ts';
import type { CommandOf } from '../../contract/commands.ts';
import { type Draft, type Rules, type Ruling, done, refuse } from '../draft.ts';
import { mayNotAct } from './act-bounds.ts';
import { adviceConfig, adviceOf, HARMFUL, HOUR_MS, isLive, mayBeTakenBack, ofAdvice, quietKey } from './advice-book.ts';
import type { Advice, Proposal, Remembered } from './advice.state.ts';
import { carryOn } from './carry-out.ts';
import { hindrance, MOST_TICKETS, sendable } from './hindrance.ts';

/** More than a person takes in at once. */
const MOST_LIVE = 5;
/** Live, or carried out and being measured. */
const MOST_KEPT = 20;
/** Nobody plans windows further ahead. */
const FURTHEST_MS = 2 * HOUR_MS;

type Found = { readonly found: Advice } | { readonly refused: Refusal };

function find(draft: Draft, adviceId: string): Found {
  const one = adviceOf(draft.state, adviceId);
  return one === undefined
    ? refuse('advice.unknown', 'This advice is over: it was withdrawn, declined or carried out; see the board for what is advised now.', {
        adviceId,
      })
    : { found: one };
}

/** A counter, a person and a customer are each in one live piece of advice at most: no two pull at the same. */
function inHand(draft: Draft, { counterId, staffId, ticketIds = [], machineId }: Proposal, but?: string): Ruling | undefined {
  for (const other of Object.values(draft.state.advice)) {
    if (!isLive(other) || other.id === but) continue;
    const same =
      (counterId !== undefined && other.counterId === counterId) ||
      (staffId !== undefined && other.staffId === staffId) ||
      (machineId !== undefined && other.machineId === machineId) ||
      ticketIds.some((id) => other.ticketIds?.includes(id) === true);
    if (same)
      return refuse('advice.in_hand', 'Other advice about the same window, person or customer is open; decide that first.', {
        adviceId: other.id,
      });
  }
  return undefined;
}

/** A "no", and what was taken back, hold for a while, unless things have become clearly worse. */
function quiet(draft: Draft, { advice }: CommandOf<'advice.give'>): Ruling | undefined {
  const { declinedMs, quietMs, clearlyWorse } = adviceConfig(draft.state);
  const { declined, withdrawn } = draft.state.adviceMemory;
  const key = quietKey(draft.state, advice);
  const aboutWaits = advice.kind === 'openWindow' || advice.kind === 'divertToMachine';
  const holds = (before: Remembered | undefined, forMs: number): boolean => {
    if (before === undefined || draft.now - before.at >= forMs) return false;
    return !aboutWaits || advice.expected.wait90Ms.before < clearlyWorse * Math.max(1, before.wait90Ms);
  };
  if (holds(declined[key], declinedMs))
    return refuse('advice.declined_lately', 'This was declined a while ago and things are not clearly worse.');
  if (holds(withdrawn[key], quietMs))
    return refuse('advice.withdrawn_lately', 'This was withdrawn a while ago and things are not clearly worse.');
  return undefined;
}

function changed(one: Advice, change: AdviceChange | undefined, now: number): Advice {
  const doAt = Math.max(now, change?.doAt ?? one.doAt);
  if (change === undefined) return { ...one, doAt };
  const other = change.counterId !== undefined && change.counterId !== one.counterId;
  // Who sits at another window is whoever sits there: known only when it is looked at.
  const staffId = one.kind === 'closeWindow' && other ? undefined : one.staffId;
  return { ...one, staffId, ...change, doAt, changed: true };
}

function mayChange(draft: Draft, one: Advice, change: AdviceChange | undefined): Ruling | undefined {
  if (change === undefined) return undefined;
  const windows = one.kind === 'openWindow' || one.kind === 'closeWindow';
  if (change.counterId !== undefined && !windows)
    return refuse('advice.cannot_change', 'This advice is about no window.', undefined, 'change.counterId');
  if (change.staffId !== undefined && one.kind !== 'openWindow' && one.kind !== 'sendSubstitute')
    return refuse('advice.cannot_change', 'Nobody else can do this; choose another window instead.', undefined, 'change.staffId');
  if (change.doAt !== undefined && change.doAt > draft.now + FURTHEST_MS)
    return refuse('advice.too_far', 'That is too far ahead; choose a time within two hours.', undefined, 'change.doAt');
  return undefined;
}

/** Accepted: when it should have been done by. */
function dueAt(draft: Draft, { kind, doAt }: Proposal): number {
  const { timeToOpenMs, closeWithinMs } = adviceConfig(draft.state);
  return doAt + (kind === 'closeWindow' || kind === 'giveBreak' ? closeWithinMs : timeToOpenMs);
}

export const adviceRules = {
  'advice.give': (draft, command) => {
    const { advice } = command;
    const { mode, kinds, lifeMs } = adviceConfig(draft.state);
    if (mode === 'off' || !kinds.includes(advice.kind)) return refuse('advice.off', 'This branch does not want this kind of advice.');
    const all = Object.values(draft.state.advice);
    if (all.filter(isLive).length >= MOST_LIVE || all.length >= MOST_KEPT)
      return refuse('advice.too_many', 'As much advice is open as a person can take in.');
    const wrong = hindrance(draft.state, advice, draft.now);
    if (wrong !== undefined) return { refused: wrong };
    const tickets = advice.ticketIds ?? [];
    if (tickets.length > MOST_TICKETS || sendable(draft.state, advice, draft.now).length < tickets.length)
      return refuse('advice.nobody_to_send', 'Not all of these customers can be sent to that machine.');
    const taken = inHand(draft, advice) ?? quiet(draft, command);
    if (taken !== undefined) return taken;
    const { now } = draft;
    const id = draft.context.newId();
    const expiresAt = Math.max(now, advice.doAt) + lifeMs;
    draft.emit({ type: 'advice.given', adviceId: id, advice: { ...advice, id, state: 'given', givenAt: now, expiresAt } });
    return { result: { adviceId: id } };
  },

  'advice.withdraw': (draft, { adviceId, why }) => {
    const at = find(draft, adviceId);
    if ('refused' in at) return at;
    if (!mayBeTakenBack(at.found) || (at.found.state !== 'given' && why !== HARMFUL))
      return refuse('advice.already_accepted', 'It was accepted; people go by it.', { adviceId });
    const { standMs } = adviceConfig(draft.state);
    if (why !== HARMFUL && draft.now - at.found.givenAt < standMs)
      return refuse('advice.stands', 'It was given a moment ago and stands for a while.', { adviceId });
    draft.emit({
      type: 'advice.withdrawn',
      ...ofAdvice(at.found),
      why,
      quietKey: quietKey(draft.state, at.found),
      wait90Ms: at.found.expected.wait90Ms.before,
    });
    return done;
  },

  'advice.accept': (draft, { adviceId, change }) => {
    const at = find(draft, adviceId);
    if ('refused' in at) return at;
    if (at.found.state !== 'given') return refuse('advice.already_accepted', 'This advice was accepted already.', { adviceId });
    const { actor } = draft.context;
    const byItself = actor.role === 'clock';
    const outOfBounds = byItself ? mayNotAct(draft.state, at.found, draft.now) : undefined;
    if (outOfBounds !== undefined) return { refused: outOfBounds };
    const cannot = mayChange(draft, at.found, change);
    if (cannot !== undefined) return cannot;
    const meant = changed(at.found, change, draft.now);
    const wrong = hindrance(draft.state, meant, draft.now);
    if (wrong !== undefined) return { refused: wrong };
    const sitting = meant.kind === 'closeWindow' ? draft.state.counters[meant.counterId ?? '']?.staffId : meant.staffId;
    const one = { ...meant, staffId: sitting };
    const taken = inHand(draft, one, adviceId);
    if (taken !== undefined) return taken;
    const due = dueAt(draft, one);
    const card: Advice = {
      ...one,
      state: 'accepted',
      acceptedAt: draft.now,
      acceptedBy: actor.id,
      dueAt: due,
      expiresAt: due + adviceConfig(draft.state).lifeMs,
    };
    draft.emit({ type: 'advice.accepted', ...ofAdvice(card), card, byItself: byItself ? true : undefined });
    const refused = carryOn(draft, card);
    if (refused !== undefined) return { refused };
    return { result: { adviceId, state: adviceOf(draft.state, adviceId)?.state ?? 'over', doAt: card.doAt, dueAt: due } };
  },

  'advice.decline': (draft, { adviceId, reason }) => {
    const at = find(draft, adviceId);
    if ('refused' in at) return at;
    const one = at.found;
    if (one.state === 'carriedOut') return refuse('advice.carried_out', 'It was carried out already; undo it by hand.', { adviceId });
    draft.emit({
      type: 'advice.declined',
      ...ofAdvice(one),
      quietKey: quietKey(draft.state, one),
      wait90Ms: one.expected.wait90Ms.before,
      reasonRef: draft.text(reason),
    });
    return done;
  },
} satisfies Rules;
