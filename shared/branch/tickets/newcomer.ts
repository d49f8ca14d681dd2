import type { Segment } from '../../contract/config.ts';
import type { BranchState, Ticket } from '../branch.state.ts';

/** Somebody who takes the next number at `now` (hub ms), before they have it: what rules, offers and forecasts ask about. */
export const newcomer = ({ issuedNo }: Pick<BranchState, 'issuedNo'>, serviceId: string, segment: Segment, now: number): Ticket => ({
  id: '',
  number: '',
  no: issuedNo + 1,
  serviceId,
  segment,
  state: 'waiting',
  issuedAt: now,
  arrivedAt: now,
  calls: 0,
  items: [],
});
