/** The only place that decides who sees what. HTTP answers and sockets both ask here. */
import type { Actor, Role } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { Attention, AttentionKind, BranchState } from '../../shared/branch/branch.state.ts';
import { noMemory } from '../../shared/branch/advice/advice-book.ts';
import { maySee } from '../../shared/branch/cases/case.access.ts';
import type { Outlook, PublicOutlook } from '../../shared/contract/outlook.ts';
import { staffFloor, type StaffFloor } from '../../shared/branch/floor.ts';
import { type PublicEvent, type SkipEvent, toPublic } from '../../shared/public/public-events.ts';
import { publicFloor, type PublicFloor } from '../../shared/public/public-floor.ts';
import { configFor, isLead, isTrimmed, peopleFor, trimmed, type Viewer } from './audience.people.ts';

export const audiences = ['staff', 'public', 'machine'] as const;
export type Audience = (typeof audiences)[number];

/** What is seen: `public`, or who of the staff looks, as `ROLE:ID`. Two viewers of one view get the same bytes. */
export type View = 'public' | `${Role}:${string}`;

export type SeenEvent = StoredBranchEvent | PublicEvent;

const forLeads: readonly AttentionKind[] = [
  'appealWaiting',
  'retrainingProposed',
  'certificateExpiring',
  'certificateExpired',
  'adviceNotInTime',
  'placeOpen',
  'swapWaiting',
];
/** For leads, and whom it is about: the id says whom. */
const aboutOne: readonly AttentionKind[] = ['notArrived', 'breakOverrun'];

export const belongs = (actor: Actor, branchId: string): boolean => actor.branches === '*' || actor.branches.includes(branchId);

/** Undefined when this actor may not have this audience. Branch membership is asked beside it. */
export function viewOf(actor: Actor, audience: Audience): View | undefined {
  if (audience !== 'staff') return 'public';
  return actor.kind === 'staff' ? `${actor.role}:${actor.id}` : undefined;
}

/** The widest view an actor has: what HTTP answers with. */
export const ownView = (actor: Actor): View => viewOf(actor, 'staff') ?? 'public';

/** Undefined for the public. Roles have no colon in them. */
function viewerOf(view: View): Viewer | undefined {
  if (view === 'public') return undefined;
  const colon = view.indexOf(':');
  return { role: view.slice(0, colon) as Role, id: view.slice(colon + 1) };
}

/** What may be seen of cases this person has no part in; per branch, because supervisors and recipients are named by the branch. */
export interface CaseReach {
  readonly ordinary: boolean;
  /** Emergencies that are told to the whole branch. */
  readonly emergencies: boolean;
  readonly silent: boolean;
}

export function caseReach(state: BranchState, viewer: Viewer): CaseReach {
  const nobodys = { people: [] };
  return {
    ordinary: maySee(state, viewer, { ...nobodys, kind: 'complaint' }),
    emergencies: maySee(state, viewer, { ...nobodys, kind: 'emergency' }),
    silent: maySee(state, viewer, { ...nobodys, kind: 'emergency', silent: true }),
  };
}

/** The case as it is now; of one long ended, what the event itself carries. Of what is known nowhere the worst is assumed: it may be silent. */
function seesCase(viewer: Viewer, caseId: string, state: BranchState, carried?: Parameters<typeof maySee>[2]): boolean {
  const one = state.cases.get(caseId) ?? carried;
  return maySee(state, viewer, one ?? { kind: 'emergency', silent: true, people: [] });
}

function carriedBy(event: StoredBranchEvent): Parameters<typeof maySee>[2] | undefined {
  if (event.type === 'case.logged') return event.case;
  return 'card' in event && event.card !== undefined && 'people' in event.card ? event.card : undefined;
}

function seesAttention(viewer: Viewer, { id, kind, caseId }: Pick<Attention, 'id' | 'kind' | 'caseId'>, state: BranchState): boolean {
  if (forLeads.includes(kind)) return isLead(viewer);
  if (aboutOne.includes(kind)) return isLead(viewer) || id.split(':')[1] === viewer.id;
  return caseId === undefined || seesCase(viewer, caseId, state);
}

const forSome: readonly string[] = [...forLeads, ...aboutOne];
const isForSome = (kind: string): boolean => forSome.includes(kind);

const caseKinds: readonly string[] = ['caseOffered', 'caseOverdue', 'emergency'] satisfies AttentionKind[];

/** A cleared item is gone from the state: which case it was about stands in its id. */
const clearedCase = ({ attentionId, kind }: { attentionId: string; kind: string }): string | undefined =>
  caseKinds.includes(kind) ? attentionId.slice(kind.length + 1) : undefined;

/** Whether every colleague sees this event alike: asked of every event of every commit. */
function isEveryones(event: StoredBranchEvent): boolean {
  switch (event.type) {
    case 'overrun.recorded':
    case 'limit.appealed':
    case 'limit.appealDecided':
    case 'retraining.proposed':
    case 'retraining.withdrawn':
    case 'retraining.confirmed':
    case 'retraining.passed':
    case 'award.given':
    case 'roster.absenceExplained':
    case 'roster.shiftMissed':
    case 'branch.configured':
    case 'staff.borrowed':
      return false;
    case 'attention.raised':
      return event.item.caseId === undefined && !isForSome(event.item.kind);
    case 'attention.cleared':
      return !caseKinds.includes(event.kind) && !isForSome(event.kind);
    default:
      return !('caseId' in event) && !('adviceId' in event);
  }
}

function sees(viewer: Viewer, event: StoredBranchEvent, state: BranchState): boolean {
  switch (event.type) {
    case 'overrun.recorded':
    case 'limit.appealed':
    case 'limit.appealDecided':
    case 'roster.absenceExplained':
    case 'roster.shiftMissed':
      return isLead(viewer) || event.staffId === viewer.id;
    case 'retraining.proposed':
    case 'retraining.withdrawn':
    case 'retraining.confirmed':
    case 'retraining.passed':
      return isLead(viewer);
    case 'award.given':
      if (event.staffId === viewer.id) return true;
      return isLead(viewer) && (event.caseId === undefined || seesCase(viewer, event.caseId, state));
    case 'attention.raised':
      return seesAttention(viewer, event.item, state);
    case 'attention.cleared':
      return seesAttention(viewer, { id: event.attentionId, kind: event.kind as AttentionKind, caseId: clearedCase(event) }, state);
    case 'advice.given':
      return isLead(viewer);
    case 'branch.configured':
    case 'staff.borrowed':
      return true;
    default:
      if ('adviceId' in event) return isLead(viewer) || event.staffId === viewer.id;
      return isEveryones(event) || ('caseId' in event && seesCase(viewer, event.caseId, state, carriedBy(event)));
  }
}

const skip = ({ branchId, seq }: StoredBranchEvent): SkipEvent => ({ branchId, seq, type: 'skip' });

/** A completion tells the public how long its service lately takes. */
function publicEvent(event: StoredBranchEvent, state: BranchState): PublicEvent {
  const seen = toPublic(event);
  if (seen.type !== 'ticket.completed') return seen;
  const serviceId = state.tickets.get(seen.ticketId)?.serviceId;
  const pace = serviceId === undefined ? undefined : state.pace[serviceId];
  return serviceId === undefined || pace === undefined ? seen : { ...seen, pace: { serviceId, paceMs: Math.round(pace.meanMs) } };
}

/** `state` is the branch's now. */
export function eventsFor(view: View, events: readonly StoredBranchEvent[], state: BranchState): SeenEvent[] {
  const viewer = viewerOf(view);
  if (viewer === undefined) return events.map((event) => publicEvent(event, state));
  return events.map((event) => (sees(viewer, event, state) ? trimmed(viewer, event) : skip(event)));
}

/** Two viewers of whom this says the same get the same bytes. */
function sightOf(viewer: Viewer, events: readonly StoredBranchEvent[], state: BranchState): string {
  const own = !isLead(viewer) && events.some(isTrimmed) ? `:${viewer.id}` : '';
  return `${events.map((event) => (sees(viewer, event, state) ? '1' : '0')).join('')}${own}`;
}

export interface Sight {
  readonly views: View[];
  readonly events: readonly SeenEvent[];
}

/** The views put together that see the same of these events: what is sent is then made once for each. */
export function sightsOf(views: Iterable<View>, events: readonly StoredBranchEvent[], state: BranchState): Sight[] {
  const alike = events.every(isEveryones);
  const found = new Map<string, Sight>();
  for (const view of views) {
    const viewer = viewerOf(view);
    const key = viewer === undefined ? 'public' : alike ? 'all' : sightOf(viewer, events, state);
    const sight = found.get(key);
    if (sight !== undefined) sight.views.push(view);
    else found.set(key, { views: [view], events: key === 'all' ? events : eventsFor(view, events, state) });
  }
  return [...found.values()];
}

const ownOf = <T>(record: Readonly<Record<string, T>>, { id }: Viewer): Readonly<Record<string, T>> => {
  const own = Object.hasOwn(record, id) ? record[id] : undefined;
  return own === undefined ? {} : { [id]: own };
};

/** The whole picture without what is not this viewer's: their own overruns and figures, the cases they may see, nobody's papers. */
function floorOf(viewer: Viewer, state: BranchState, whole: StaffFloor): StaffFloor {
  const cases = whole.cases.filter((one) => maySee(state, viewer, one));
  const attention = whole.attention.filter((item) => seesAttention(viewer, item, state));
  if (isLead(viewer)) {
    const nothingHidden = cases.length === whole.cases.length && attention.length === whole.attention.length;
    return nothingHidden ? whole : { ...whole, cases, attention };
  }
  const overruns = whole.overruns.filter((overrun) => overrun.staffId === viewer.id);
  const own = new Set(overruns.map((overrun) => overrun.id));
  return {
    ...whole,
    ...(whole.config === undefined ? {} : { config: configFor(viewer, whole.config) }),
    people: peopleFor(viewer, whole.people),
    tallyByStaff: ownOf(whole.tallyByStaff, viewer),
    cases,
    attention,
    overruns,
    openAppeals: whole.openAppeals.filter((id) => own.has(id)),
    retraining: {},
    // Whom advice names hears of it once it is accepted.
    advice: whole.advice.filter((one) => one.staffId === viewer.id && one.state !== 'given'),
    adviceMemory: noMemory,
    // How many cases there are, and of what cause, is for leads.
    caseCounters: { date: '', count: 0 },
    causes: {},
  };
}

interface Pictures {
  whole?: StaffFloor;
  public?: PublicFloor;
  readonly byView: Map<View, StaffFloor>;
}

/** One picture per state, and one per viewer made from it: when a line comes back, everybody asks at once. */
const painted = new WeakMap<BranchState, Pictures>();

function staffPicture(pictures: Pictures, view: View, viewer: Viewer, state: BranchState): StaffFloor {
  pictures.whole ??= staffFloor(state);
  const floor = pictures.byView.get(view) ?? floorOf(viewer, state, pictures.whole);
  pictures.byView.set(view, floor);
  return floor;
}

/** Customers see what a service would take; how long the others wait, and how well the hub foresees it, is for staff. */
export function outlookFor(view: View, outlook: Outlook): Outlook | PublicOutlook {
  if (view !== 'public') return outlook;
  const { branchId, at, services } = outlook;
  return { branchId, at, services };
}

/** `now` is hub time. */
export function floorFor(view: View, state: BranchState, now: number): StaffFloor | PublicFloor {
  const pictures = painted.get(state) ?? { byView: new Map<View, StaffFloor>() };
  painted.set(state, pictures);
  const viewer = viewerOf(view);
  if (viewer !== undefined) return staffPicture(pictures, view, viewer, state);
  pictures.public ??= publicFloor(state, now);
  return { ...pictures.public, at: now };
}
