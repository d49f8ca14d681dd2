/** Whether a proposal can be done as the branch stands: asked when it is given, while it waits, and when it is accepted. */
import type { Refusal } from '../../aggregate.ts';
import type { CounterConfig } from '../../contract/config.ts';
import type { PostKind } from '../../contract/people.ts';
import type { Phase } from '../../contract/commands.ts';
import type { BranchState, Counter, Ticket } from '../branch.state.ts';
import { refuse } from '../draft.ts';
import { barred } from '../people/bars.ts';
import { breakDueAt, breakOf, nextBreak, shiftAt } from '../people/breaks.ts';
import { absenceOf, entryOf, postBar, postsOf, skillsAt } from '../people/roster.ts';
import { canDoNow } from '../machines/offer.ts';
import { counterConfig, isOpen, mayTake } from '../queue/eligible.ts';
import { hasSpecialNeed } from '../queue/lanes.ts';
import { adviceConfig } from './advice-book.ts';
import type { Proposal } from './advice.state.ts';

const serving: readonly Phase[] = ['opening', 'business', 'lastNumber', 'clearing'];
export const MOST_TICKETS = 4;
/** Posts that may be left for a window: work that waits. A window is told apart above. */
const leavable: readonly PostKind[] = ['counter', 'backOffice'];

const no = (code: string, message: string, params?: Refusal['params']): Refusal => refuse(`advice.${code}`, message, params).refused;

/** Why this person could not sit down at that window now; undefined when free and able. */
export function notFree(state: BranchState, staffId: string, config: CounterConfig, now: number): Refusal | undefined {
  const entry = entryOf(state, staffId);
  const date = state.day?.date ?? '';
  if (entry === undefined || !postsOf(entry).includes('counter'))
    return no('staff_unknown', `${staffId} takes no windows in this branch; choose another person.`, { staffId });
  const bar = postBar(state, entry, { kind: 'counter', counterId: config.id }, date);
  if (bar !== undefined) return barred(bar).refused;
  if (skillsAt(state, entry, config.id).can === 0)
    return no('staff_unable', `${staffId} does none of the services of counter ${config.id}; choose another person.`, {
      staffId,
      counterId: config.id,
    });
  const seat = Object.values(state.counters).find((counter) => isOpen(counter) && counter.staffId === staffId);
  if (seat !== undefined && seat.id !== config.id)
    return no('staff_elsewhere', `${staffId} is signed on at counter ${seat.id} by now; choose another person.`, {
      staffId,
      counterId: seat.id,
    });
  return notHere(state, staffId, date, now);
}

/** Not at work, on a break or about to be due one, or on a post that must not be left. */
function notHere(state: BranchState, staffId: string, date: string, now: number): Refusal | undefined {
  const of = { staffId };
  if (Object.hasOwn(state.offShift, staffId)) return no('staff_off_shift', `${staffId} is off shift by now; choose another person.`, of);
  if (absenceOf(state, date, staffId) !== undefined) return no('staff_off_shift', `${staffId} is away today; choose another person.`, of);
  const here = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
  if (here === undefined && hasPlanFor(state, now) && !isOnShift(state, staffId, now))
    return no('staff_off_shift', `${staffId} is not on shift now; choose another person.`, of);
  if (here === undefined) return undefined;
  if (here.break !== undefined) return no('staff_on_break', `${staffId} is on a break; choose another person.`, of);
  if (here.post !== undefined && !leavable.includes(here.post.kind))
    return no('staff_on_post', `${staffId} is on another post by now; choose another person.`, of);
  const next = nextBreak(state, staffId, now);
  const dueAt = next && breakDueAt(state, here, next);
  if (dueAt !== undefined && dueAt < now + adviceConfig(state).minOpenMs)
    return no('break_due', `A break of ${staffId} is due; choose another person.`, of);
  return undefined;
}

function isOnShift(state: BranchState, staffId: string, now: number): boolean {
  const planned = shiftAt(state, staffId, now);
  return planned !== undefined && planned.shift.startsAt <= now;
}

/** A plan that has nobody at a window now says nothing of this hour: tellers are then taken to be here, as in a branch that keeps no plan. */
const hasPlanFor = (state: BranchState, now: number): boolean =>
  state.config?.roster.some((entry) => postsOf(entry).includes('counter') && isOnShift(state, entry.staffId, now)) === true;

interface Window {
  readonly config: CounterConfig;
  readonly counter: Counter;
}

function windowOf(state: BranchState, { counterId = '' }: Proposal): Window | undefined {
  const config = counterConfig(state, counterId);
  const counter = Object.hasOwn(state.counters, counterId) ? state.counters[counterId] : undefined;
  return config === undefined || counter === undefined ? undefined : { config, counter };
}

const noWindow = ({ counterId = '' }: Proposal): Refusal =>
  no('counter_unknown', `There is no counter ${counterId} in this branch any more; choose another.`, { counterId });

/** Whether all who wait could still be called without this window. */
function isLastFor(state: BranchState, closing: string): string | undefined {
  for (const lane of Object.values(state.lanes)) {
    const head = lane.first();
    if (head === undefined) continue;
    const takes = (config: CounterConfig): boolean => {
      const counter = state.counters[config.id];
      return counter !== undefined && isOpen(counter) && mayTake(state, config, counter.staffId, head);
    };
    const able = state.config?.counters.filter(takes) ?? [];
    if (able.length > 0 && able.every(({ id }) => id === closing)) return head.serviceId;
  }
  return undefined;
}

function cannotOpen(state: BranchState, proposal: Proposal, now: number): Refusal | undefined {
  const window = windowOf(state, proposal);
  if (window === undefined) return noWindow(proposal);
  const { config, counter } = window;
  if (isOpen(counter) && counter.staffId !== undefined)
    return no('counter_open', `Counter ${config.id} is open by now; there is nothing left to do.`, { counterId: config.id });
  if (proposal.staffId === undefined) return no('staff_missing', 'Name the person who would open this window.');
  return notFree(state, proposal.staffId, config, now);
}

function cannotClose(state: BranchState, proposal: Proposal): Refusal | undefined {
  const window = windowOf(state, proposal);
  if (window === undefined) return noWindow(proposal);
  const { config, counter } = window;
  const of = { counterId: config.id };
  if (!isOpen(counter)) return no('counter_closed', `Counter ${config.id} is closed by now; there is nothing left to do.`, of);
  if (counter.state === 'paused' || counter.pauseAfter !== undefined)
    return no('counter_paused', `Counter ${config.id} is paused, or about to be; wait until it is back.`, of);
  if (proposal.staffId !== undefined && proposal.staffId !== counter.staffId)
    return no('staff_changed', `Somebody else sits at counter ${config.id} by now.`, of);
  if (proposal.doAt - (counter.openedAt ?? counter.since) < adviceConfig(state).minOpenMs)
    return no('opened_lately', `Counter ${config.id} was opened lately and stays open for a while; choose a later time.`, of);
  const serviceId = isLastFor(state, config.id);
  return serviceId === undefined
    ? undefined
    : no('last_window', `Counter ${config.id} is the last one for customers who wait (${serviceId}).`, { ...of, serviceId });
}

/** The lobby must be somebody's: not whoever sits at a window or holds another post that must not be left. */
function cannotSubstitute(state: BranchState, { staffId }: Proposal, now: number): Refusal | undefined {
  if (state.people.gaps.lobby === undefined) return no('lobby_attended', 'Somebody is in the lobby by now; there is nothing left to do.');
  if (staffId === undefined) return no('substitute_missing', 'Name the person who would take the lobby.');
  const date = state.day?.date ?? '';
  const entry = entryOf(state, staffId);
  if (entry === undefined)
    return no('substitute_unknown', `${staffId} is not on this branch's roster; choose another person.`, { staffId });
  const bar = postBar(state, entry, { kind: 'lobby' }, date);
  if (bar !== undefined) return barred(bar).refused;
  const seat = Object.values(state.counters).find((counter) => isOpen(counter) && counter.staffId === staffId);
  if (seat !== undefined)
    return no('staff_elsewhere', `${staffId} is signed on at counter ${seat.id} by now; choose another person.`, {
      staffId,
      counterId: seat.id,
    });
  return notHere(state, staffId, date, now);
}

/** A break of the plan may begin, and nobody who must not leave would leave. A line is no hindrance: a person may think otherwise of it. */
function cannotRest(state: BranchState, { staffId = '' }: Proposal, now: number): Refusal | undefined {
  const of = { staffId };
  const here = Object.hasOwn(state.people.presence, staffId) ? state.people.presence[staffId] : undefined;
  if (here === undefined) return no('staff_off_shift', `${staffId} is not here now; choose another person.`, of);
  if (here.break !== undefined) return no('break_begun', `${staffId} is on a break by now; there is nothing left to do.`, of);
  const counter = here.post?.counterId === undefined ? undefined : state.counters[here.post.counterId];
  if (counter !== undefined && (counter.state === 'paused' || counter.pauseAfter !== undefined))
    return no('counter_paused', `Counter ${counter.id} is paused, or about to be; wait until it is back.`, { counterId: counter.id });
  const due = breakOf(state, here, now);
  if (due === undefined) return no('break_not_due', `No break of ${staffId} may begin now.`, of);
  if (!due.overdue && due.holds.some((hold) => hold !== 'line'))
    return no('break_last', `${staffId} is the last one at work there; somebody must stand in first.`, of);
  return undefined;
}

/** Waiting, of no special need (regulation.md: offered, never imposed), not bound to a window, and the machine can do it. */
export function mayBeSent(state: BranchState, ticket: Ticket | undefined, machineId: string, now: number): boolean {
  if (ticket?.state !== 'waiting' || ticket.returning === true || ticket.onlyCounterId !== undefined) return false;
  return !hasSpecialNeed(ticket.segment) && canDoNow(state, machineId, ticket, now);
}

/** Those of the proposal who can still be sent. */
export const sendable = (state: BranchState, { ticketIds = [], machineId = '' }: Proposal, now: number): readonly string[] =>
  ticketIds.filter((id) => mayBeSent(state, state.tickets.get(id), machineId, now));

/** Undefined when it can be done. `now` is hub time. */
export function hindrance(state: BranchState, proposal: Proposal, now: number): Refusal | undefined {
  if (state.day === undefined || !serving.includes(state.day.phase))
    return no('not_in_business', 'The branch serves nobody now; advice begins with business.');
  switch (proposal.kind) {
    case 'openWindow':
      return cannotOpen(state, proposal, now);
    case 'closeWindow':
      return cannotClose(state, proposal);
    case 'sendSubstitute':
      return cannotSubstitute(state, proposal, now);
    case 'giveBreak':
      return cannotRest(state, proposal, now);
    case 'divertToMachine':
      return sendable(state, proposal, now).length > 0
        ? undefined
        : no('nobody_to_send', 'None of these customers can be sent to that machine any more.', { machineId: proposal.machineId ?? '' });
  }
}
