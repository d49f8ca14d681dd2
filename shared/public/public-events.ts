/** What the public may hear of an event: a whitelist. Whatever is not named here never leaves for kiosk, display or phone. */
import type { BranchEvent, BranchEventOf, StoredBranchEvent } from '../branch/branch.events.ts';

const ofTicket = ({ ticketId, number }: { ticketId: string; number: string }) => ({ ticketId, number });
const atCounter = (event: { ticketId: string; number: string; counterId: string }) => ({ ...ofTicket(event), counterId: event.counterId });
const counterOnly = ({ counterId }: { counterId: string }) => ({ counterId });

/** How long a service lately took: told along with a completion, so that a screen open for days stays honest about waits. */
export interface PublicPace {
  readonly serviceId: string;
  readonly paceMs: number;
}

const views = {
  'branch.configured': ({ config: { name, hours, services, counters } }: BranchEventOf<'branch.configured'>) => ({
    name,
    timeZone: hours?.timeZone,
    services: services?.map((service) => ({
      id: service.id,
      name: service.name,
      letter: service.letter,
      zone: service.zone,
      offered: service.offered !== false,
      typicalMs: service.typicalMs,
    })),
    counters: counters?.map((counter) => ({ id: counter.id, number: counter.number, kind: counter.kind, serviceIds: counter.serviceIds })),
  }),
  'branch.dayStarted': ({ date, phase, opensAt, closesAt }: BranchEventOf<'branch.dayStarted'>) => ({ date, phase, opensAt, closesAt }),
  'branch.phaseSet': ({ phase, lastNumber }: BranchEventOf<'branch.phaseSet'>) => ({ phase, lastNumber }),
  'ticket.issued': (event: BranchEventOf<'ticket.issued'>) => ({ ...ofTicket(event), serviceId: event.serviceId }),
  'ticket.walkedUp': (event: BranchEventOf<'ticket.walkedUp'>) => ({ ...atCounter(event), serviceId: event.serviceId }),
  'ticket.called': (event: BranchEventOf<'ticket.called'>) => ({ ...atCounter(event), counterNumber: event.counterNumber }),
  'ticket.recalled': (event: BranchEventOf<'ticket.recalled'>) => ({ ...atCounter(event), counterNumber: event.counterNumber }),
  'ticket.started': (event: BranchEventOf<'ticket.started'>) => atCounter(event),
  'ticket.completed': (event: BranchEventOf<'ticket.completed'>): ReturnType<typeof atCounter> & { pace?: PublicPace } => atCounter(event),
  'ticket.noShow': (event: BranchEventOf<'ticket.noShow'>) => atCounter(event),
  'ticket.requeued': (event: BranchEventOf<'ticket.requeued'>) => ({
    ...ofTicket(event),
    serviceId: event.card.serviceId,
    issuedAt: event.card.issuedAt,
  }),
  'ticket.parked': (event: BranchEventOf<'ticket.parked'>) => atCounter(event),
  'ticket.unparked': (event: BranchEventOf<'ticket.unparked'>) => ofTicket(event),
  'ticket.returned': (event: BranchEventOf<'ticket.returned'>) => ({
    ...atCounter(event),
    serviceId: event.card.serviceId,
    issuedAt: event.card.issuedAt,
  }),
  'ticket.transferred': (event: BranchEventOf<'ticket.transferred'>) => ({ ...atCounter(event), toServiceId: event.toServiceId }),
  'ticket.cancelled': (event: BranchEventOf<'ticket.cancelled'>) => ({ ...ofTicket(event), counterId: event.counterId }),
  'ticket.diverted': (event: BranchEventOf<'ticket.diverted'>) => ofTicket(event),
  'ticket.undiverted': (event: BranchEventOf<'ticket.undiverted'>) => ofTicket(event),
  'ticket.divertLapsed': (event: BranchEventOf<'ticket.divertLapsed'>) => ofTicket(event),
  'ticket.unserved': (event: BranchEventOf<'ticket.unserved'>) => ofTicket(event),
  'counter.opened': counterOnly,
  'counter.paused': ({ counterId, backAt }: BranchEventOf<'counter.paused'>) => ({ counterId, backAt }),
  'counter.resumed': counterOnly,
  'counter.closed': counterOnly,
} satisfies { readonly [T in BranchEvent['type']]?: (event: BranchEventOf<T>) => object };

type Seen = typeof views;

/** An event this viewer may not see: only its place in the order. */
export interface SkipEvent {
  readonly branchId: string;
  readonly seq: number;
  readonly type: 'skip';
}

export type PublicEvent =
  | {
      readonly [T in keyof Seen]: Readonly<ReturnType<Seen[T]>> & {
        readonly branchId: string;
        readonly seq: number;
        readonly at: number;
        readonly type: T;
      };
    }[keyof Seen]
  | SkipEvent;

/** Pure. Never carries an actor. */
export function toPublic(event: StoredBranchEvent): PublicEvent {
  const { branchId, seq, at, type } = event;
  if (!(type in views)) return { branchId, seq, type: 'skip' };
  // The table pairs each type with the view of that very type; only the compiler cannot follow the lookup.
  const view = views[type as keyof Seen] as (event: StoredBranchEvent) => object;
  return { branchId, seq, at, type, ...view(event) } as PublicEvent;
}
