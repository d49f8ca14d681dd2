import type { Envelope } from '../aggregate.ts';
import { adviceFolds } from './advice/advice.evolve.ts';
import type { BranchEvent } from './branch.events.ts';
import type { BranchState } from './branch.state.ts';
import { caseFolds } from './cases/case.evolve.ts';
import { counterFolds } from './counters/counter.evolve.ts';
import { dayFolds } from './day/day.evolve.ts';
import type { Folds } from './fold.ts';
import { limitFolds } from './limits/limit.evolve.ts';
import { machineFolds } from './machines/machine.evolve.ts';
import { followPeople, noteGaps, peopleFolds } from './people/people.evolve.ts';
import { openWindows } from './queue/eligible.ts';
import { ticketFolds } from './tickets/ticket.evolve.ts';

const folds: Folds = {
  ...dayFolds,
  ...ticketFolds,
  ...counterFolds,
  ...limitFolds,
  ...machineFolds,
  ...caseFolds,
  ...peopleFolds,
  ...adviceFolds,
};

/** Remembers since when there are more waiting than the open windows should have (a peak). */
function notePeak(state: BranchState, at: number): BranchState {
  const perWindow = state.config?.policy.peakWaitingPerWindow ?? Number.POSITIVE_INFINITY;
  const peak = state.waiting >= perWindow * Math.max(1, openWindows(state));
  if (peak === (state.peakSince !== undefined)) return state;
  return { ...state, peakSince: peak ? at : undefined };
}

/** What happened, happened: folds one event, never refuses. An event of a later kind only moves the sequence number. */
export function evolve(state: BranchState, event: Envelope & BranchEvent): BranchState {
  // The record of folds pairs each type with its own event; TypeScript cannot follow that through an index.
  const fold = folds[event.type] as ((state: BranchState, event: Envelope & BranchEvent) => BranchState) | undefined;
  const next = fold === undefined ? state : fold(state, event);
  const noted = notePeak({ ...followPeople(state, next, event), seq: event.seq }, event.at);
  return noteGaps(state, noted, event);
}
