import { OrderedMap, byString } from '../../ordered-map.ts';
import type { BranchConfig } from '../../contract/config.ts';
import type { BranchState, Tally, Ticket } from '../branch.state.ts';
import { forgetEnded } from '../cases/case.evolve.ts';
import { closedCounter } from '../counters/counter.evolve.ts';
import type { Folds } from '../fold.ts';
import { keepRegistered } from '../machines/machine.evolve.ts';
import { emptyLane } from '../queue/lanes.ts';
import { keptPeriods } from './period.ts';

export const emptyTally: Tally = { issued: 0, served: 0, servedInTarget: 0, noShow: 0, cancelled: 0, unserved: 0, diverted: 0, walkUps: 0 };

/** Before the first call of the day a VIP may go first. */
export const NO_VIP_YET = 1_000;

function startDay(state: BranchState): BranchState {
  // Whoever sits at a window at midnight stays; all others have ended by now.
  let tickets = OrderedMap.empty<string, Ticket>(byString);
  for (const counter of Object.values(state.counters)) {
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    if (ticket !== undefined) tickets = tickets.set(ticket.id, ticket);
  }
  return {
    ...state,
    tickets,
    lanes: {},
    waiting: 0,
    waitingElderly: 0,
    diverted: emptyLane,
    numbers: {},
    issuedNo: 0,
    calls: 0,
    callsSinceVip: NO_VIP_YET,
    tally: emptyTally,
    tallyByStaff: {},
  };
}

export const dayFolds = {
  'branch.configured': (state, event) => {
    // The first one carries every section (checked when it was decided).
    const config = { ...state.config, ...event.config } as BranchConfig;
    const counters = Object.fromEntries(
      config.counters.map(({ id }) => [
        id,
        (Object.hasOwn(state.counters, id) ? state.counters[id] : undefined) ?? closedCounter(id, event.at),
      ]),
    );
    return keepRegistered({ ...state, config, counters }, event.at);
  },
  'branch.dayStarted': (state, event) => {
    const fresh = startDay(state);
    const keep = keptPeriods(event.date, state.config?.policy.retraining.period ?? 'quarter');
    let { overruns } = state;
    for (const overrun of state.overruns.values()) if (!keep.includes(overrun.period)) overruns = overruns.delete(overrun.id);
    const { date, endsAt, opensAt, closesAt, phase } = event;
    const openAppeals = state.openAppeals.filter((id) => overruns.get(id) !== undefined);
    const lasting = keepRegistered(forgetEnded(fresh, event.at), event.at);
    return {
      ...lasting,
      overruns,
      openAppeals,
      day: { date, endsAt, opensAt, closesAt, phase, phaseSince: event.at, dayType: 'ordinary' },
    };
  },
  'branch.dayExtended': (state, { endsAt, opensAt, closesAt }) =>
    state.day === undefined ? state : { ...state, day: { ...state.day, endsAt, opensAt, closesAt } },
  'branch.phaseSet': (state, event) => {
    if (state.day === undefined) return state;
    const { phase, lastNumber, shortened } = event;
    return { ...state, day: { ...state.day, phase, phaseSince: event.at, lastNumber, shortened: shortened ?? state.day.shortened } };
  },
  'branch.dayTypeSet': (state, event) => (state.day === undefined ? state : { ...state, day: { ...state.day, dayType: event.dayType } }),
  'attention.raised': (state, event) => ({ ...state, attention: { ...state.attention, [event.item.id]: event.item } }),
  'attention.cleared': (state, event) => {
    const { [event.attentionId]: _gone, ...attention } = state.attention;
    return { ...state, attention };
  },
} satisfies Folds;
