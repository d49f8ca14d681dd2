import type { Counter } from '../branch.state.ts';
import type { Draft, Rules, Ruling } from '../draft.ts';
import { done, findCounter, refuse } from '../draft.ts';
import { barred } from '../people/bars.ts';
import { breakByPause, endBreak } from '../people/break-marks.ts';
import { shiftAt } from '../people/breaks.ts';
import { absenceOf, entryOf, postBar } from '../people/roster.ts';
import { actingKind, counterConfig } from '../queue/eligible.ts';

/** Cash is counted by two before a cash window is left (temporary balancing, domain.md section 4). */
function needsCashCount(draft: Draft, counterId: string): boolean {
  const config = counterConfig(draft.state, counterId);
  return draft.state.config.policy.cashCountOnPause && config !== undefined && actingKind(config) === 'cash';
}

function pauseNow(draft: Draft, counterId: string, reasonRef: string, backAt: number | undefined): void {
  draft.emit({ type: 'counter.paused', counterId, reasonRef, backAt, cashCount: needsCashCount(draft, counterId) });
  breakByPause(draft, draft.state.counters[counterId]?.staffId, backAt);
}

/** "Pause after this one": takes effect as the customer leaves. Returns whether the counter paused. */
export function pauseIfAsked(draft: Draft, counterId: string): boolean {
  const counter = draft.state.counters[counterId];
  if (counter?.pauseAfter === undefined || counter.state !== 'idle') return false;
  pauseNow(draft, counterId, counter.pauseAfter.reasonRef, counter.pauseAfter.backAt);
  return true;
}

/** Whose cash it is: where nobody signed on, those rostered there may have worked the window all the same. */
const isKeeper = (draft: Draft, { id, staffId }: Counter, who: string): boolean =>
  staffId === undefined ? draft.state.config.roster.some((entry) => entry.counterId === id && entry.staffId === who) : staffId === who;

/** What became of the count by the end of a pause: nobody ends one uncounted without a mark. */
export function countOf(counter: Counter): 'none' | 'confirmed' | 'missing' {
  const count = counter.cashCount?.state;
  return count === 'pending' ? 'missing' : (count ?? 'none');
}

const busy = (counterId: string) =>
  refuse('counter.busy', 'A customer is at this counter; finish first, or use "pause after this one".', { counterId });

/** Who is here to sit at a window by the plan of the day, or else by the roster. */
function expectedAt(draft: Draft, counterId: string): string | undefined {
  const { config, day } = draft.state;
  const planned = config.roster.find(({ staffId }) => shiftAt(draft.state, staffId, draft.now)?.shift.post.counterId === counterId);
  if (planned !== undefined) return planned.staffId;
  const usual = config.roster.find((entry) => entry.counterId === counterId)?.staffId;
  return usual === undefined || absenceOf(draft.state, day.date, usual) !== undefined ? undefined : usual;
}

/** Who will sit there: the one named, the teller who asks, or whoever is expected and free. */
function whoSits(draft: Draft, counterId: string, named: string | undefined): string | undefined {
  if (named !== undefined) return named;
  const { actor } = draft.context;
  if (actor.role === 'teller') return actor.id;
  const expected = expectedAt(draft, counterId);
  if (expected === undefined || draft.state.retraining[expected]?.state === 'confirmed') return undefined;
  return sitsAt(draft, expected) === undefined ? expected : undefined;
}

const sitsAt = (draft: Draft, staffId: string): string | undefined =>
  Object.values(draft.state.counters).find((counter) => counter.state !== 'closed' && counter.staffId === staffId)?.id;

/** @param named absent = whoever asks or is expected there; nobody, where nobody is. */
export function signOn(draft: Draft, counterId: string, named: string | undefined): Ruling {
  const at = findCounter(draft, counterId);
  if ('refused' in at) return at;
  const staffId = whoSits(draft, counterId, named);
  // Somebody may sign on at a window left open with nobody behind it.
  const takesOver = at.found.state === 'idle' && at.found.staffId === undefined && staffId !== undefined;
  if (at.found.state !== 'closed' && !takesOver) return refuse('counter.already_open', 'This counter is open already.', { counterId });
  if (staffId !== undefined) {
    const person = entryOf(draft.state, staffId);
    if (person === undefined)
      return refuse('staff.unknown', `${staffId} is not on this branch's roster; add them in the settings.`, { staffId }, 'staffId');
    const bar = postBar(draft.state, person, { kind: 'counter', counterId }, draft.state.day.date);
    if (bar !== undefined) return barred(bar, 'staffId');
    const elsewhere = sitsAt(draft, staffId);
    if (elsewhere !== undefined) {
      return refuse(
        'staff.elsewhere',
        `${staffId} is signed on at counter ${elsewhere}; close that one first.`,
        { staffId, counterId: elsewhere },
        'staffId',
      );
    }
    endBreak(draft, staffId);
    if (absenceOf(draft.state, draft.state.day.date, staffId) !== undefined)
      draft.emit({ type: 'roster.absenceCancelled', date: draft.state.day.date, staffId });
  }
  draft.emit({ type: 'counter.opened', counterId, staffId });
  return { result: { staffId } };
}

/** The counter of somebody who goes elsewhere. Undefined when it is closed now, or was. */
export function closeOwn(draft: Draft, counterId: string): ReturnType<typeof busy> | undefined {
  const counter = draft.state.counters[counterId];
  if (counter === undefined || counter.state === 'closed') return undefined;
  if (counter.state === 'calling' || counter.state === 'serving') return busy(counterId);
  draft.emit({ type: 'counter.closed', counterId, cashCount: countOf(counter) });
  return undefined;
}

/** With a customer there it is "pause after this one": `later` then, and the pause becomes the break as it begins. */
export function pauseForBreak(draft: Draft, counterId: string, reason: string | undefined, backAt: number | undefined): 'now' | 'later' {
  const counter = draft.state.counters[counterId];
  if (counter === undefined || counter.state === 'closed' || counter.state === 'paused') return 'now';
  if (counter.state === 'idle') {
    pauseNow(draft, counterId, draft.text(reason ?? '—'), backAt);
    return 'now';
  }
  draft.emit({ type: 'counter.pauseAfterSet', counterId, reasonRef: draft.text(reason ?? '—'), backAt });
  return 'later';
}

export const counterRules = {
  'counter.open': (draft, { counterId, staffId }) => signOn(draft, counterId, staffId),

  'counter.pause': (draft, { counterId, reason, backAt }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    if (at.found.state === 'calling' || at.found.state === 'serving') return busy(counterId);
    if (at.found.state === 'closed') return refuse('counter.closed', 'This counter is closed; open it first.', { counterId });
    if (at.found.state === 'paused') return refuse('counter.already_paused', 'This counter is paused already.', { counterId });
    pauseNow(draft, counterId, draft.text(reason), backAt);
    return done;
  },

  'counter.pauseAfter': (draft, { counterId, reason, backAt }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    const counter = at.found;
    if (counter.state === 'closed') return refuse('counter.closed', 'This counter is closed; open it first.', { counterId });
    if (counter.state === 'paused') return refuse('counter.already_paused', 'This counter is paused already.', { counterId });
    if (counter.pauseAfter !== undefined)
      return refuse('counter.pause_already_set', 'It will pause after this customer already.', { counterId });
    draft.emit({ type: 'counter.pauseAfterSet', counterId, reasonRef: draft.text(reason), backAt });
    pauseIfAsked(draft, counterId);
    return done;
  },

  'counter.confirmCashCount': (draft, { counterId }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    if (at.found.cashCount?.state !== 'pending')
      return refuse('cash.nothing_to_confirm', 'No cash count is waiting at this counter.', { counterId });
    const by = draft.context.actor.id;
    if (isKeeper(draft, at.found, by)) {
      return refuse('cash.second_person_required', 'The count must be confirmed by a second person, signed in as themselves.', {
        counterId,
      });
    }
    draft.emit({ type: 'counter.cashCountConfirmed', counterId, by });
    return done;
  },

  'counter.resume': (draft, { counterId }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    if (at.found.state !== 'paused') return refuse('counter.not_paused', 'This counter is not paused.', { counterId });
    endBreak(draft, at.found.staffId);
    draft.emit({ type: 'counter.resumed', counterId, cashCount: countOf(at.found) });
    return done;
  },

  'counter.close': (draft, { counterId }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    if (at.found.state === 'closed') return refuse('counter.already_closed', 'This counter is closed already.', { counterId });
    if (at.found.state === 'calling' || at.found.state === 'serving') return busy(counterId);
    draft.emit({ type: 'counter.closed', counterId, cashCount: countOf(at.found) });
    return done;
  },

  'help.call': (draft, { counterId, kind }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    if (at.found.state === 'closed') return refuse('counter.closed', 'This counter is closed; open it first.', { counterId });
    if (at.found.help.some((help) => help.kind === kind && help.answeredAt === undefined)) {
      return refuse('help.already_called', 'Help was called already and is on its way.', { kind });
    }
    draft.emit({ type: 'help.called', counterId, kind });
    return done;
  },

  'help.answer': (draft, { counterId, kind }) => {
    const at = findCounter(draft, counterId);
    if ('refused' in at) return at;
    const waiting = at.found.help.find((help) => help.kind === kind && help.answeredAt === undefined);
    if (waiting === undefined) return refuse('help.not_called', 'Nobody at this counter waits for that help.', { kind });
    const by = draft.context.actor.id;
    if (by === at.found.staffId) return refuse('help.own_call', 'Somebody else must answer this call.', { kind });
    draft.emit({ type: 'help.answered', counterId, kind, by, waitedMs: draft.now - waiting.since });
    return done;
  },

  'system.outage': (draft, command) => {
    const { services } = draft.state.config;
    if (command.scope === 'service' && !services.some(({ id }) => id === command.serviceId)) {
      return refuse('service.unknown', `There is no service ${command.serviceId}.`, { serviceId: command.serviceId }, 'serviceId');
    }
    if (command.scope === 'counter') {
      const at = findCounter(draft, command.counterId);
      if ('refused' in at) return at;
    }
    const serviceId = command.scope === 'service' ? command.serviceId : undefined;
    const counterId = command.scope === 'counter' ? command.counterId : undefined;
    const known = Object.values(draft.state.outages).find(
      (outage) => outage.scope === command.scope && outage.serviceId === serviceId && outage.counterId === counterId,
    );
    if (known !== undefined)
      return refuse('outage.already_on', 'This outage is registered already; clocks are standing.', { outageId: known.id });
    const outageId = draft.context.newId();
    const reasonRef = command.reason === undefined ? undefined : draft.text(command.reason);
    draft.emit({ type: 'system.outageBegan', outageId, scope: command.scope, serviceId, counterId, reasonRef });
    return { result: { outageId } };
  },

  'system.restored': (draft, { outageId }) => {
    if (!Object.hasOwn(draft.state.outages, outageId))
      return refuse('outage.unknown', 'No such outage is on; it may have been restored already.', { outageId }, 'outageId');
    draft.emit({ type: 'system.restored', outageId });
    return done;
  },
} satisfies Rules;
