/** Carrying accepted advice out, through the very rules that people's commands go by. */
import type { Refusal } from '../../aggregate.ts';
import type { Counter } from '../branch.state.ts';
import { counterRules } from '../counters/counter.rules.ts';
import type { Draft } from '../draft.ts';
import { presenceRules } from '../people/presence.rules.ts';
import { isOpen } from '../queue/eligible.ts';
import { ticketRules } from '../tickets/ticket.rules.ts';
import { adviceConfig, ofAdvice } from './advice-book.ts';
import type { Advice } from './advice.state.ts';
import { sendable } from './hindrance.ts';
import { measure } from './measure.ts';

/** Kept as the reason of the pause, for whoever looks. */
const CLOSING = '按建议关窗 · closing, as advised';

const BREAK = '按建议休息 · a break, as advised';

export function withdraw(draft: Draft, one: Advice, why: string): undefined {
  draft.emit({ type: 'advice.withdrawn', ...ofAdvice(one), why });
  return undefined;
}

function isDone(draft: Draft, one: Advice, ticketIds?: readonly string[]): undefined {
  const { measureMs } = adviceConfig(draft.state);
  draft.emit({
    type: 'advice.carriedOut',
    ...ofAdvice(one),
    before: measure(draft.state, one, draft.now - measureMs, draft.now),
    measureAt: draft.now + measureMs,
    late: one.dueAt !== undefined && draft.now > one.dueAt ? true : undefined,
    ticketIds,
  });
  return undefined;
}

/** A window is open when somebody sits at it. Where people sign on themselves, the hub waits for them. */
function open(draft: Draft, one: Advice): Refusal | undefined {
  const { counterId = '', staffId } = one;
  const counter = draft.state.counters[counterId];
  if (counter === undefined) return withdraw(draft, one, 'counter_unknown');
  if (isOpen(counter) && counter.staffId !== undefined) return isDone(draft, one);
  const elsewhere = Object.values(draft.state.counters).some((other) => isOpen(other) && other.staffId === staffId);
  if (elsewhere) return withdraw(draft, one, 'staff_elsewhere');
  if (one.state !== 'accepted' || adviceConfig(draft.state).waitForSignOn || one.doAt > draft.now) return undefined;
  const ruling = counterRules['counter.open'](draft, { type: 'counter.open', counterId, staffId });
  if ('refused' in ruling) return ruling.refused;
  return isDone(draft, one);
}

/** Its customer is served to the end and the cash counted; then it closes. */
function close(draft: Draft, one: Advice): Refusal | undefined {
  const { counterId = '' } = one;
  const counter = draft.state.counters[counterId];
  if (counter === undefined) return withdraw(draft, one, 'counter_unknown');
  if (!isOpen(counter)) return isDone(draft, one);
  if (one.doAt > draft.now) return undefined;
  if (one.begunAt === undefined) draft.emit({ type: 'advice.begun', ...ofAdvice(one) });
  if (counter.state === 'paused') return closePaused(draft, one, counter);
  if (counter.pauseAfter !== undefined) return undefined;
  // Whoever takes the window up again after it was told to close has reasons of their own.
  if (one.begunAt !== undefined) return withdraw(draft, one, 'resumed');
  const ruling = counterRules['counter.pauseAfter'](draft, { type: 'counter.pauseAfter', counterId, reason: CLOSING });
  if ('refused' in ruling) return ruling.refused;
  const after = draft.state.counters[counterId];
  return after?.state === 'paused' ? closePaused(draft, one, after) : undefined;
}

function closePaused(draft: Draft, one: Advice, { id: counterId, cashCount }: Counter): Refusal | undefined {
  if (cashCount?.state === 'pending') return undefined;
  const ruling = counterRules['counter.close'](draft, { type: 'counter.close', counterId });
  if ('refused' in ruling) return ruling.refused;
  return isDone(draft, one);
}

function send(draft: Draft, one: Advice): Refusal | undefined {
  const { machineId } = one;
  if (one.doAt > draft.now) return undefined;
  const sent = sendable(draft.state, one, draft.now);
  for (const ticketId of sent) {
    const ruling = ticketRules['ticket.divert'](draft, { type: 'ticket.divert', ticketId, to: 'machine', machineId });
    if ('refused' in ruling) return ruling.refused;
  }
  if (sent.length === 0) withdraw(draft, one, 'nobody_to_send');
  else isDone(draft, one, sent);
  return undefined;
}

/** Takes the post as whoever takes it by hand. */
function substitute(draft: Draft, one: Advice): Refusal | undefined {
  if (one.doAt > draft.now) return undefined;
  if (draft.state.people.gaps.lobby === undefined) return isDone(draft, one);
  const ruling = presenceRules['post.take'](draft, { type: 'post.take', kind: 'lobby', staffId: one.staffId });
  return 'refused' in ruling ? ruling.refused : isDone(draft, one);
}

/** After the customer who is there, as if asked for by hand; the pause becomes the break as it begins. */
function rest(draft: Draft, one: Advice): Refusal | undefined {
  const { staffId = '' } = one;
  const here = Object.hasOwn(draft.state.people.presence, staffId) ? draft.state.people.presence[staffId] : undefined;
  if (here === undefined) return withdraw(draft, one, 'staff_off_shift');
  if (here.break !== undefined) return isDone(draft, one);
  if (one.doAt > draft.now) return undefined;
  if (one.begunAt !== undefined) {
    const counter = draft.state.counters[here.post?.counterId ?? ''];
    return counter?.pauseAfter === undefined ? withdraw(draft, one, 'resumed') : undefined;
  }
  const ruling = presenceRules['break.begin'](draft, { type: 'break.begin', staffId, reason: BREAK });
  if ('refused' in ruling) return ruling.refused;
  if (draft.state.people.presence[staffId]?.break !== undefined) return isDone(draft, one);
  draft.emit({ type: 'advice.begun', ...ofAdvice(one) });
  return undefined;
}

const ways = { openWindow: open, closeWindow: close, divertToMachine: send, sendSubstitute: substitute, giveBreak: rest } as const;

/** Does what can be done now of accepted advice. A refusal: the rules stand in the way. */
export const carryOn = (draft: Draft, one: Advice): Refusal | undefined => ways[one.kind](draft, one);
