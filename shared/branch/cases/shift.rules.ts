/** The end of a shift: what falls due before the next one passes up by itself; the rest stays with its owner. */
import { type Draft, done, refuse, type Rules } from '../draft.ts';
import { nextDeadline } from './case-book.ts';
import type { Case } from './case.state.ts';
import { nextLevel, raise } from './escalate.ts';
import { rungOf } from './people.ts';

const HOUR_MS = 3_600_000;

/** When someone who does not say is back: the next opening, or sixteen hours later where the branch never shuts. */
function nextShift({ state, now, context }: Draft): number {
  const { hours } = state.config;
  return hours.roundTheClock === true ? now + 16 * HOUR_MS : context.calendar.addBusinessMs(state.day.endsAt, 0, hours);
}

function ownCases({ state, context }: Draft): Case[] {
  const own: Case[] = [];
  for (const id of state.openCases.values()) {
    const one = state.cases.get(id);
    if (one !== undefined && one.ownerId === context.actor.id && one.state !== 'resolved') own.push(one);
  }
  return own;
}

/** It went up already and its new level has the clock: pressing twice passes nothing up twice. */
const isWithOthers = (draft: Draft, one: Case): boolean =>
  one.acceptedStep !== one.step && one.level > Math.max(1, rungOf(draft, one.ownerId));

export const shiftRules = {
  'shift.end': (draft, { backAt }) => {
    const { id: staffId } = draft.context.actor;
    if (backAt !== undefined && backAt <= draft.now)
      return refuse('shift.back_past', 'The next shift lies ahead; choose a later time.', undefined, 'backAt');
    const until = backAt ?? nextShift(draft);
    draft.emit({ type: 'shift.ended', staffId, backAt: until });
    const passedUp: string[] = [];
    const kept: string[] = [];
    for (const one of ownCases(draft)) {
      const due = nextDeadline(one)?.at;
      if (due === undefined || due >= until || nextLevel(draft, one) === one.level || isWithOthers(draft, one)) {
        kept.push(one.id);
        continue;
      }
      raise(draft, one, 'offShift');
      passedUp.push(one.id);
    }
    return { result: { backAt: until, passedUp, kept } };
  },

  'shift.begin': (draft) => {
    const { id: staffId } = draft.context.actor;
    if (!Object.hasOwn(draft.state.offShift, staffId)) return refuse('shift.on_already', 'You are on shift already.');
    draft.emit({ type: 'shift.begun', staffId });
    return done;
  },
} satisfies Rules;
