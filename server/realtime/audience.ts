/** The only place that decides who sees what. HTTP answers and sockets both ask here. */
import type { Actor } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { AttentionKind, BranchState } from '../../shared/branch/branch.state.ts';
import { staffFloor, type StaffFloor } from '../../shared/branch/floor.ts';
import { type PublicEvent, type SkipEvent, toPublic } from '../../shared/public/public-events.ts';
import { publicFloor, type PublicFloor } from '../../shared/public/public-floor.ts';

export const audiences = ['staff', 'public', 'machine'] as const;
export type Audience = (typeof audiences)[number];

/** What is seen: `public`, `staff`, or `teller:ID`; two viewers of one view get the same bytes. */
export type View = 'public' | 'staff' | `teller:${string}`;

export type SeenEvent = StoredBranchEvent | PublicEvent;

const forLeads: readonly AttentionKind[] = ['appealWaiting', 'retrainingProposed'];

export const belongs = (actor: Actor, branchId: string): boolean => actor.branches === '*' || actor.branches.includes(branchId);

/** Undefined when this actor may not have this audience. Branch membership is asked beside it. */
export function viewOf(actor: Actor, audience: Audience): View | undefined {
  if (audience !== 'staff') return 'public';
  if (actor.kind !== 'staff') return undefined;
  return actor.role === 'teller' ? `teller:${actor.id}` : 'staff';
}

/** The widest view an actor has: what HTTP answers with. */
export const ownView = (actor: Actor): View => viewOf(actor, 'staff') ?? 'public';

const tellerOf = (view: View): string | undefined => (view.startsWith('teller:') ? view.slice('teller:'.length) : undefined);

/** Whose business an event is, where it is not every colleague's: that teller's own, or (`''`) the leads' alone. */
function concerns(event: StoredBranchEvent): string | undefined {
  switch (event.type) {
    case 'overrun.recorded':
    case 'limit.appealed':
    case 'limit.appealDecided':
      return event.staffId;
    case 'retraining.proposed':
    case 'retraining.withdrawn':
    case 'retraining.confirmed':
    case 'retraining.passed':
      return '';
    case 'attention.raised':
      return forLeads.includes(event.item.kind) ? '' : undefined;
    case 'attention.cleared':
      return forLeads.some((kind) => kind === event.kind) ? '' : undefined;
    default:
      return undefined;
  }
}

const skip = ({ branchId, seq }: StoredBranchEvent): SkipEvent => ({ branchId, seq, type: 'skip' });

/** True when every member of staff sees all of these alike. */
export const isSharedByStaff = (events: readonly StoredBranchEvent[]): boolean => events.every((event) => concerns(event) === undefined);

/** A completion tells the public how long its service lately takes. */
function publicEvent(event: StoredBranchEvent, state: BranchState): PublicEvent {
  const seen = toPublic(event);
  if (seen.type !== 'ticket.completed') return seen;
  const serviceId = state.tickets.get(seen.ticketId)?.serviceId;
  const pace = serviceId === undefined ? undefined : state.pace[serviceId];
  return serviceId === undefined || pace === undefined ? seen : { ...seen, pace: { serviceId, paceMs: Math.round(pace.meanMs) } };
}

function staffEvent(teller: string | undefined, event: StoredBranchEvent): SeenEvent {
  const whose = teller === undefined ? undefined : concerns(event);
  return whose === undefined || whose === teller ? event : skip(event);
}

/** `state` is the branch's now. */
export function eventsFor(view: View, events: readonly StoredBranchEvent[], state: BranchState): SeenEvent[] {
  if (view === 'public') return events.map((event) => publicEvent(event, state));
  const teller = tellerOf(view);
  return events.map((event) => staffEvent(teller, event));
}

function tellerFloor(floor: StaffFloor, staffId: string): StaffFloor {
  const overruns = floor.overruns.filter((overrun) => overrun.staffId === staffId);
  const own = new Set(overruns.map((overrun) => overrun.id));
  return {
    ...floor,
    overruns,
    openAppeals: floor.openAppeals.filter((id) => own.has(id)),
    retraining: {},
    attention: floor.attention.filter((item) => !forLeads.includes(item.kind)),
  };
}

/** One picture per state: when a line comes back, everybody asks at once. */
const pictures = new WeakMap<BranchState, Map<View, StaffFloor | PublicFloor>>();

function paint(view: View, state: BranchState, now: number): StaffFloor | PublicFloor {
  if (view === 'public') return publicFloor(state, now);
  const floor = staffFloor(state);
  const teller = tellerOf(view);
  return teller === undefined ? floor : tellerFloor(floor, teller);
}

/** `now` is hub time. */
export function floorFor(view: View, state: BranchState, now: number): StaffFloor | PublicFloor {
  const known = pictures.get(state) ?? new Map<View, StaffFloor | PublicFloor>();
  pictures.set(state, known);
  const floor = known.get(view) ?? paint(view, state, now);
  known.set(view, floor);
  return 'at' in floor ? { ...floor, at: now } : floor;
}
