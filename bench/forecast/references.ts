/** What ours is held against: what queue products tell, and the classic formulas, from the same line at the same instants. In seconds. */
import { naiveWait, queueLengthWait, queueLengthWaitWithLeavers } from '../../shared/forecast/formulas.ts';
import type { Customer } from '../../shared/forecast/line.ts';
import type { LineState } from '../../shared/forecast/line.state.ts';

export const REFERENCES = ['naive', 'les', 'hol', 'ql', 'formula'] as const;
export type Reference = (typeof REFERENCES)[number];

/** An agent who served within so long is taken to be on duty: the best of 2, 5, 15 and 60 min on the days that were tuned on. */
const ON_DUTY_MS = 300_000;

/** `nominalAgents`: how many are usually on duty. */
export function referenceWaits(state: LineState, at: number, customer: Customer, nominalAgents: number): Record<Reference, number> {
  const key = at - customer.creditMs;
  let ahead = 0;
  let headAt = at;
  let busy = 0;
  let active = 0;
  for (const each of state.waiting.values()) {
    headAt = Math.min(headAt, each.joinedAt);
    if (each.joinedAt - each.creditMs <= key) ahead += 1;
  }
  for (const server of state.servers.values()) {
    if (server.serving !== undefined) busy += 1;
    if (server.serving !== undefined || at - server.endedAt <= ON_DUTY_MS) active += 1;
  }
  return {
    naive: naiveWait(state.waiting.size + 1, nominalAgents, state.meanServiceS()),
    les: state.starts.last()?.waitS ?? 0,
    hol: (at - headAt) / 1_000,
    // As in the books: everybody who waits, everybody who serves at this instant, nobody gives up.
    ql: queueLengthWait(state.waiting.size, busy, state.meanServiceS()),
    formula: queueLengthWaitWithLeavers(ahead, active, state.recentServiceS(), state.leavingRate()),
  };
}
