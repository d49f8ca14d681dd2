/** A branch's earlier day as its forecaster would have heard it, for one that has learnt nothing yet. */
import { creditOf, kindOf, priorityOf } from '../../shared/branch/predict/line-reader.ts';
import { hasSpecialNeed } from '../../shared/branch/queue/lanes.ts';
import type { LineEvent } from '../../shared/forecast/line.ts';
import type { PastCustomer, PastDay } from '../../shared/forecast/past-day.ts';

function joined({ id, arrivedAt, ...customer }: PastCustomer): LineEvent {
  return {
    type: 'joined',
    at: arrivedAt,
    id,
    kind: kindOf(customer),
    priority: priorityOf(customer),
    // Whether a VIP was within the share at that moment nobody knows any more.
    creditMs: hasSpecialNeed(customer.segment) ? creditOf({ rank: 1 }) : 0,
  };
}

/** What follows upon somebody's coming. `id`: of one who stood in the line. */
function servedOrLeft({ calledAt, counterId, endedAt, ...customer }: PastCustomer, id: string | undefined): LineEvent[] {
  if (calledAt === undefined || counterId === undefined)
    return endedAt === undefined || id === undefined ? [] : [{ type: 'left', at: endedAt, id }];
  const started: LineEvent = { type: 'started', at: calledAt, kind: kindOf(customer), server: counterId, ...(id !== undefined && { id }) };
  return endedAt === undefined ? [started] : [started, { type: 'ended', at: endedAt, server: counterId }];
}

/** At one instant windows become free before they are taken again. */
const ORDER: Readonly<Record<LineEvent['type'], number>> = { server: 0, ended: 1, left: 2, joined: 3, started: 4 };

/** In the order of time. */
export function lineOf({ customers, walkUps }: PastDay): LineEvent[] {
  const events = [
    ...customers.flatMap((customer) => [joined(customer), ...servedOrLeft(customer, customer.id)]),
    ...walkUps.flatMap((customer) => servedOrLeft(customer, undefined)),
  ];
  return events.sort((a, b) => a.at - b.at || ORDER[a.type] - ORDER[b.type]);
}
