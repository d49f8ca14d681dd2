/** What comes on a day to be planned: learnt from the branch's own days, starting from a plain profile (branch-lessons.ts). */
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { zoneOf } from '../../shared/branch/queue/order.ts';
import { BranchLessons } from '../../shared/forecast/branch-lessons.ts';
import { SLOT_MS as FIVE_MINUTES, SLOTS } from '../../shared/forecast/flow-forecast.ts';
import type { PastDay } from '../../shared/forecast/past-day.ts';
import { SLOT_MS as HALF_HOUR } from '../../shared/roster/roster-problem.ts';
import type { FlowOfDay } from './problem-of-branch.ts';

const FIVES_IN_HALF_HOUR = HALF_HOUR / FIVE_MINUTES;

/** Learns a day with each step, so that whoever runs it can let others go first. `past`: oldest first. */
export function* learnFlow(past: Iterable<PastDay>, state: BranchState): Generator<void, FlowOfDay> {
  const lessons = new BranchLessons(state);
  for (const day of past) {
    lessons.learn(day);
    yield;
  }
  // Who left uncalled counts: with the windows planned nobody should have to.
  return (date, zone) => {
    const { slots } = lessons.day(zone, lessons.traitsOf({ date }));
    const arrivals = Array.from({ length: SLOTS / FIVES_IN_HALF_HOUR }, (_none, half) =>
      slots.subarray(half * FIVES_IN_HALF_HOUR, (half + 1) * FIVES_IN_HALF_HOUR).reduce((sum, one) => sum + one, 0),
    );
    const lately = lessons.arrivals.filter(({ serviceId }) => zoneOf(state, serviceId) === zone);
    const seen = lately.length > 0 ? lately : [{ serviceId: '' }];
    const workS = seen.reduce((sum, { serviceId }) => sum + lessons.durationsOf(serviceId).meanS(), 0);
    return { arrivals, meanServiceMs: (workS * 1_000) / seen.length };
  };
}
