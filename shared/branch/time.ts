/** What time alone brings: found for `due`, decided by every command before its own rule, and by `clock.tick`. */
import { adviceDue, passAdvice } from './advice/advice-time.ts';
import { watches } from './attention/attention.ts';
import { nextMark as nextMarkOf } from './cases/case-book.ts';
import { passCaseMarks } from './cases/pass-marks.ts';
import { rollDay } from './day/day.rules.ts';
import { ownCardsInside } from './machines/fault-cases.ts';
import { machinesDue, passMachines, settleFaults } from './machines/machine-time.ts';
import type { BranchState } from './branch.state.ts';
import type { Draft } from './draft.ts';
import { limitAt, nextMark } from './limits/clock.ts';
import { passPeople, peopleDue } from './people/people-time.ts';
import { startIfAnswered } from './tickets/call.rules.ts';

/** The next instant (hub ms) at which time alone changes something: never scans the queue. */
export function due(state: BranchState): number | undefined {
  const { config, day } = state;
  if (config === undefined || day === undefined) return undefined;
  let next = day.endsAt;
  const sooner = (at: number | undefined): void => {
    if (at !== undefined && at < next) next = at;
  };
  for (const counter of Object.values(state.counters)) {
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    if (counter.state === 'serving') {
      const item = ticket?.items.at(-1);
      if (item !== undefined) sooner(nextMark(item, config.policy)?.at);
    }
    if (counter.state === 'calling' && config.policy.autoStart && ticket?.calledAt !== undefined && ticket.needsFetching !== true) {
      sooner(ticket.calledAt + config.policy.recallAfterMs);
    }
  }
  sooner(state.diverted.first()?.divertedUntil);
  const nextCase = state.cases.get(state.caseMarks.first() ?? '');
  sooner(nextCase && nextMarkOf(nextCase)?.at);
  sooner(machinesDue(state));
  sooner(adviceDue(state));
  sooner(peopleDue(state));
  for (const { item, at } of watches(state)) if (state.attention[item.id] === undefined) sooner(at);
  return next;
}

/** Limits passed up to now, in the order their deadlines fell, each with the deadline it may be late for. */
function passLimits(draft: Draft): void {
  for (;;) {
    const { policy } = draft.state.config;
    let first: { at: number; stage: number; counterId: string; ticketId: string } | undefined;
    for (const counter of Object.values(draft.state.counters)) {
      if (counter.state !== 'serving' || counter.ticketId === undefined) continue;
      const item = draft.state.tickets.get(counter.ticketId)?.items.at(-1);
      const mark = item === undefined ? undefined : nextMark(item, policy);
      if (mark === undefined || mark.at > draft.now || (first !== undefined && first.at <= mark.at)) continue;
      first = { ...mark, counterId: counter.id, ticketId: counter.ticketId };
    }
    const ticket = first === undefined ? undefined : draft.state.tickets.get(first.ticketId);
    if (first === undefined || ticket === undefined) return;
    const of = {
      ticketId: ticket.id,
      number: ticket.number,
      counterId: first.counterId,
      itemIndex: ticket.items.length - 1,
      dueAt: first.at,
    };
    const unverified = ticket.items.at(-1)?.unverified === true ? true : undefined;
    draft.emit(first.stage < 0 ? { type: 'limit.near', ...of } : { type: 'limit.passed', ...of, stage: first.stage, unverified });
  }
}

function lapseDiverted(draft: Draft): void {
  for (;;) {
    const ticket = draft.state.diverted.first();
    if (ticket?.divertedUntil === undefined || ticket.divertedUntil > draft.now) return;
    draft.emit({ type: 'ticket.divertLapsed', ticketId: ticket.id, number: ticket.number, dueAt: ticket.divertedUntil });
  }
}

/** Everything time has brought since the last event, before anything else is decided. */
export function passTime(draft: Draft): void {
  passLimits(draft);
  lapseDiverted(draft);
  settleFaults(draft);
  passCaseMarks(draft);
  settleFaults(draft);
  startIfAnswered(draft);
  passAdvice(draft);
  rollDay(draft);
  passPeople(draft);
  passMachines(draft);
  ownCardsInside(draft);
}

/** Brings attention in line with what is; runs last, whatever was decided. */
export function settleAttention(draft: Draft): void {
  const current = watches(draft.state);
  // The same condition begun anew (the next transaction at the same window) deserves attention only in its own time.
  const ids = new Set(current.filter(({ at }) => at <= draft.now).map(({ item }) => item.id));
  for (const item of Object.values(draft.state.attention)) {
    if (!ids.has(item.id)) draft.emit({ type: 'attention.cleared', attentionId: item.id, kind: item.kind });
  }
  for (const { item, at } of current) {
    if (at <= draft.now && draft.state.attention[item.id] === undefined) draft.emit({ type: 'attention.raised', item, dueAt: at });
  }
}

/** After a stop: whatever ran over meanwhile was seen by nobody. Says nothing when nobody was being served. */
export function resumeAfter(draft: Draft, downFrom: number): void {
  const blind = Object.values(draft.state.counters).some((counter) => {
    const item = counter.ticketId === undefined ? undefined : draft.state.tickets.get(counter.ticketId)?.items.at(-1);
    const passesAt = item === undefined ? undefined : limitAt(item);
    return counter.state === 'serving' && passesAt !== undefined && passesAt <= draft.now;
  });
  if (blind) draft.emit({ type: 'hub.resumed', downFrom });
}
