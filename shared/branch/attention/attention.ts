/**
 * What needs a person now. Each condition is a pure function of the state that says from when on it deserves attention;
 * so the same list tells what to show and when time alone will next add to it.
 */
import { adviceWatches } from '../advice/advice-watches.ts';
import type { Attention, BranchState, Counter, Ticket } from '../branch.state.ts';
import { caseWatches } from '../cases/case-watches.ts';
import { machineWatches } from '../machines/machine-watches.ts';
import { tellsOfBreak } from '../people/breaks.ts';
import { peopleWatches } from '../people/people-watches.ts';
import { limitAt } from '../limits/clock.ts';
import { isOpen, openWindows } from '../queue/eligible.ts';
import { lineFor } from '../queue/order.ts';
import { LONGEST_PROMISE_MS } from './promise.ts';

export interface Watch {
  readonly item: Attention;
  /** Deserves attention from here on, if nothing changes. */
  readonly at: number;
}

const watch = (kind: Attention['kind'], subject: string, since: number, afterMs: number, of: Partial<Attention> = {}): Watch => ({
  item: { id: `${kind}:${subject}`, kind, since, ...of },
  at: since + afterMs,
});

/** Before business begins no window may call: whoever came early is nobody's neglect. */
function callingSince({ day }: BranchState): number {
  if (day?.phase === 'opening') return Number.POSITIVE_INFINITY;
  return day?.phase === 'business' ? day.phaseSince : 0;
}

function watchCounter(state: BranchState, counter: Counter, ticket: Ticket | undefined): Watch[] {
  const policy = state.config?.policy;
  if (policy === undefined) return [];
  const { attention } = policy;
  const of = { counterId: counter.id, staffId: counter.staffId };
  const found: Watch[] = counter.help
    .filter((help) => help.answeredAt === undefined)
    .map((help) => watch('helpCalled', `${counter.id}:${help.kind}`, help.since, 0, { ...of, help: help.kind }));
  if (counter.cashCount?.state === 'pending') found.push(watch('cashCountPending', counter.id, counter.since, 0, of));
  switch (counter.state) {
    case 'paused': {
      if (tellsOfBreak(state, counter.staffId)) break;
      const promisedMs = Math.min(LONGEST_PROMISE_MS, (counter.backAt ?? 0) - counter.since);
      const untilMs = Math.max(attention.pauseTooLongMs, promisedMs);
      found.push(watch('pauseTooLong', counter.id, counter.since, untilMs, of));
      break;
    }
    case 'idle': {
      const line = lineFor(state, counter.id);
      const since = Math.max(counter.since, line.since ?? counter.since, callingSince(state));
      if (counter.staffId === undefined) found.push(watch('unmanned', counter.id, counter.since, 0, of));
      else if (line.waiting > 0) found.push(watch('unmanned', counter.id, since, attention.unmannedMs, of));
      if (line.waiting >= attention.longLine) found.push(watch('idleBesideLine', counter.id, since, attention.idleBesideLineMs, of));
      break;
    }
    case 'calling': {
      if (ticket?.needsFetching === true)
        found.push(watch('needsFetching', ticket.id, ticket.calledAt ?? counter.since, 0, { ...of, ticketId: ticket.id }));
      found.push(watch('calledTooLong', counter.id, counter.since, attention.calledTooLongMs, { ...of, ticketId: counter.ticketId }));
      break;
    }
    case 'serving': {
      const item = ticket?.items.at(-1);
      if (item !== undefined && item.stage >= policy.helpStage) {
        const passedAt = limitAt(item);
        const since = passedAt === undefined ? item.startedAt : passedAt + (policy.stagesMs[policy.helpStage - 1] ?? 0);
        found.push(watch('mayNeedHelp', counter.id, since, 0, { ...of, ticketId: counter.ticketId }));
      }
      // With a limit the clock itself speaks; without one a ticket may be left serving unnoticed.
      if (item !== undefined && item.limitMs === undefined) {
        found.push(watch('servingTooLong', counter.id, item.startedAt, attention.servingTooLongMs, { ...of, ticketId: counter.ticketId }));
      }
      break;
    }
    default:
  }
  return found;
}

interface Remembered {
  readonly basis: readonly unknown[];
  readonly found: readonly Watch[];
}

const remembered = new WeakMap<Counter, Remembered>();

/** Nothing of a state is ever changed in place, so what was found from the very same parts still holds: asked at every command. */
function watchesOf(state: BranchState, counter: Counter): readonly Watch[] {
  const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  const { config, day, lanes, peakSince, people } = state;
  const basis =
    counter.state === 'idle' ? [config, day, lanes, peakSince] : [config, ticket, counter.state === 'paused' ? people : undefined];
  const known = remembered.get(counter);
  if (known !== undefined && known.basis.length === basis.length && known.basis.every((part, at) => part === basis[at])) return known.found;
  const found = watchCounter(state, counter, ticket);
  remembered.set(counter, { basis, found });
  return found;
}

export function watches(state: BranchState): Watch[] {
  const { config } = state;
  if (config === undefined) return [];
  const counters = Object.values(state.counters);
  const found: Watch[] = [];
  for (const counter of counters) if (isOpen(counter)) found.push(...watchesOf(state, counter));
  if (state.peakSince !== undefined && openWindows(state) < counters.length) {
    found.push(watch('windowsClosedAtPeak', 'branch', state.peakSince, config.policy.attention.windowsClosedAtPeakMs));
  }
  found.push(...caseWatches(state), ...machineWatches(state), ...peopleWatches(state), ...adviceWatches(state));
  for (const id of state.openAppeals) {
    const overrun = state.overruns.get(id);
    if (overrun?.appeal !== undefined)
      found.push(watch('appealWaiting', id, overrun.appeal.at, 0, { staffId: overrun.staffId, overrunId: id }));
  }
  for (const { staffId, state: step, proposedAt } of Object.values(state.retraining)) {
    if (step === 'proposed') found.push(watch('retrainingProposed', staffId, proposedAt, 0, { staffId }));
  }
  return found;
}
