/**
 * Waiting tickets stand in lanes: all tickets of a lane are alike to every rule (same service, class and window), so
 * whoever is next at a counter is the first of some lane, and nobody ever scans the queue.
 */
import type { Segment } from '../../contract/config.ts';
import { OrderedMap } from '../../ordered-map.ts';
import type { BranchState, Lane, Place, Ticket } from '../branch.state.ts';

export type LaneClass = 'returning' | 'green' | 'age' | 'vip' | 'appointment' | 'ordinary' | 'late';

const classOfSegment: Record<Segment, LaneClass> = {
  disabled: 'green',
  over80: 'green',
  pregnant: 'green',
  infant: 'green',
  serviceman: 'green',
  elderly: 'age',
  vip: 'vip',
  appointment: 'appointment',
  ordinary: 'ordinary',
};

export function classOf(ticket: Pick<Ticket, 'segment' | 'returning' | 'lateUntilCall'>): LaneClass {
  // Back to sign goes before everybody: behind others sent to the same window it would have to wait for them.
  if (ticket.returning === true) return 'returning';
  return ticket.lateUntilCall === undefined ? classOfSegment[ticket.segment] : 'late';
}

export const hasSpecialNeed = (segment: Segment): boolean => classOfSegment[segment] === 'green' || segment === 'elderly';

export const isElderly = (segment: Segment): boolean => segment === 'elderly' || segment === 'over80';

/** Late-comers stand by when they are due again, appointments by their slot, all others by their original arrival. */
export function placeOf(ticket: Ticket): Place {
  if (ticket.lateUntilCall !== undefined) return { at: ticket.lateUntilCall, no: ticket.no };
  if (classOf(ticket) === 'appointment') return { at: ticket.slotAt ?? ticket.arrivedAt, no: ticket.no };
  return { at: ticket.arrivedAt, no: ticket.no };
}

export const comparePlaces = (a: Place, b: Place): number => a.at - b.at || a.no - b.no;

export const emptyLane: Lane = OrderedMap.empty<Place, Ticket>(comparePlaces);

export const laneKey = (ticket: Ticket): string =>
  `${ticket.serviceId}|${classOf(ticket)}|${ticket.counterKind ?? ''}|${ticket.onlyCounterId ?? ''}`;

const untilPlace = (ticket: Ticket): Place => ({ at: ticket.divertedUntil ?? 0, no: ticket.no });

/** Files the ticket where its new state belongs and takes it out of where it was. */
export function putTicket(state: BranchState, next: Ticket): BranchState {
  const before = state.tickets.get(next.id);
  let { lanes, waiting, waitingElderly, diverted } = state;
  if (before?.state === 'waiting') {
    const key = laneKey(before);
    const lane = (lanes[key] ?? emptyLane).delete(placeOf(before));
    if (lane.size > 0) lanes = { ...lanes, [key]: lane };
    else {
      const { [key]: _emptied, ...rest } = lanes;
      lanes = rest;
    }
    waiting -= 1;
    if (isElderly(before.segment)) waitingElderly -= 1;
  }
  if (before?.state === 'diverted') diverted = diverted.delete(untilPlace(before));
  if (next.state === 'waiting') {
    const key = laneKey(next);
    lanes = { ...lanes, [key]: (lanes[key] ?? emptyLane).set(placeOf(next), next) };
    waiting += 1;
    if (isElderly(next.segment)) waitingElderly += 1;
  }
  if (next.state === 'diverted') diverted = diverted.set(untilPlace(next), next);
  return { ...state, tickets: state.tickets.set(next.id, next), lanes, waiting, waitingElderly, diverted };
}
