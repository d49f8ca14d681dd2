/** What needs a person now, most urgent first, and the one thing to do about each. */
import type { Attention, AttentionKind, BranchState } from '../../../shared/branch/branch.state.ts';
import { actingKind } from '../../../shared/branch/queue/eligible.ts';
import type { CounterConfig } from '../../../shared/contract/config.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { CoverNeed } from '../../staff/people/cover.ts';
import type { PeopleSearch } from '../../staff/people/people-search.ts';

export const MOST_AT_ONCE = 5;

/** Lower goes first: a person in need, then a customer standing, then windows, then paper. */
const urgency: Record<AttentionKind, number> = {
  emergency: -2,
  helpCalled: 0,
  needsFetching: 1,
  caseOverdue: 1.5,
  caseOffered: 1.6,
  cashCountPending: 2,
  unmanned: 3,
  lobbyUnattended: 3.1,
  guardAway: 3.2,
  tellersShort: 3.3,
  windowsClosedAtPeak: 4,
  adviceNotInTime: 4.5,
  calledTooLong: 5,
  idleBesideLine: 6,
  machineDown: 6.5,
  cashDifference: 6.6,
  replenishmentPending: 6.7,
  mayNeedHelp: 7,
  lobbyShort: 7.5,
  headUnreachable: 7.6,
  notArrived: 7.65,
  breakOverdue: 7.7,
  placeOpen: 7.8,
  breakOverrun: 7.9,
  pauseTooLong: 8,
  servingTooLong: 9,
  breakDue: 9.2,
  headNotOnFloor: 9.4,
  swapWaiting: 9.45,
  cardRetained: 9.5,
  appealWaiting: 10,
  certificateExpired: 10.5,
  retrainingProposed: 11,
  certificateExpiring: 12,
};

const urgencyOf = (item: Attention): number => (item.help === 'guard' ? -1 : urgency[item.kind]);

/** Most urgent first. Somebody who needs fetching is not also told as one who did not come; what is late, not also as due. */
export function mostUrgent(items: Readonly<Record<string, Attention>>): readonly Attention[] {
  const all = Object.values(items);
  const fetched = new Set(all.flatMap((item) => (item.kind === 'needsFetching' ? [item.ticketId] : [])));
  const late = new Set(all.flatMap((item) => (item.kind === 'caseOverdue' ? [item.caseId] : [])));
  const hungry = new Set(all.flatMap((item) => (item.kind === 'breakOverdue' ? [item.staffId] : [])));
  const told = all.filter(
    (item) =>
      (item.kind !== 'calledTooLong' || !fetched.has(item.ticketId)) &&
      (item.kind !== 'caseOffered' || !late.has(item.caseId)) &&
      (item.kind !== 'breakDue' || !hungry.has(item.staffId)),
  );
  return told.sort((a, b) => urgencyOf(a) - urgencyOf(b) || a.since - b.since || (a.id < b.id ? -1 : 1));
}

/** One primary action: a command at once, or the sheet where the person decides. */
export type PrimaryAction =
  | { readonly do: 'send'; readonly label: ActionLabel; readonly command: FloorCommand; readonly counterNumber?: number }
  | { readonly do: 'counter'; readonly label: ActionLabel; readonly counterId: string; readonly counterNumber: number }
  | { readonly do: 'ticket'; readonly label: ActionLabel; readonly ticketId: string }
  | { readonly do: 'machine'; readonly label: ActionLabel; readonly machineId: string }
  | { readonly do: 'case'; readonly label: ActionLabel; readonly caseId: string }
  | { readonly do: 'steps'; readonly label: ActionLabel; readonly caseId: string }
  /** Who can stand in at a post, who relieves somebody for their break: a sheet with the nearest to hand. */
  | { readonly do: 'cover'; readonly label: ActionLabel; readonly need: CoverNeed }
  | { readonly do: 'relief'; readonly label: ActionLabel; readonly staffId: string }
  /** Who takes the place of somebody away that day. */
  | { readonly do: 'away'; readonly label: ActionLabel; readonly staffId: string; readonly date: string }
  | { readonly do: 'people'; readonly label: ActionLabel; readonly search: PeopleSearch }
  | { readonly do: 'advice'; readonly label: ActionLabel; readonly adviceId: string }
  | { readonly do: 'ledger'; readonly label: ActionLabel };

export type ActionLabel =
  | 'answer'
  | 'confirmCount'
  | 'open'
  | 'look'
  | 'callNext'
  | 'recall'
  | 'resume'
  | 'fetch'
  | 'decide'
  | 'confirmTraining'
  | 'confirmCash'
  | 'settle'
  | 'take'
  | 'whoCan'
  | 'whoRelieves'
  | 'sendOnBreak'
  | 'isBack'
  | 'substitute'
  | 'steps'
  | 'advice';

const toneOf: Partial<Record<AttentionKind, 'over' | 'near'>> = {
  helpCalled: 'over',
  mayNeedHelp: 'over',
  unmanned: 'over',
  needsFetching: 'over',
  machineDown: 'over',
  cashDifference: 'over',
  emergency: 'over',
  caseOverdue: 'over',
  lobbyUnattended: 'over',
  guardAway: 'over',
  tellersShort: 'over',
  breakOverdue: 'over',
  breakOverrun: 'over',
  notArrived: 'over',
  certificateExpired: 'over',
};
export const tone = (item: Attention): 'over' | 'near' => toneOf[item.kind] ?? 'near';

/** About people: their screen tells the rest of it. */
const ofPeople: readonly AttentionKind[] = [
  'lobbyUnattended',
  'lobbyShort',
  'tellersShort',
  'guardAway',
  'headNotOnFloor',
  'breakDue',
  'breakOverdue',
  'breakOverrun',
  'notArrived',
  'placeOpen',
  'swapWaiting',
];
export const isOfPeople = ({ kind }: Attention): boolean => ofPeople.includes(kind);

/** The part of a branch that actions depend on: it changes only when a window does. */
export type Windows = Pick<BranchState, 'config' | 'counters'>;

/** The closed window to open first at a peak: elastic ones are there for it, then the lowest number. */
export function windowToOpen(state: Windows, zone?: Attention['zone']): { id: string; number: number } | undefined {
  const ofZone = (config: CounterConfig): boolean =>
    zone === undefined || (zone === 'nonCash') === (actingKind(config) === 'nonCash' || actingKind(config) === 'corporate');
  const closed = state.config?.counters.filter((config) => state.counters[config.id]?.state === 'closed' && ofZone(config)) ?? [];
  const elasticFirst = [...closed].sort((a, b) => Number(b.kind === 'elastic') - Number(a.kind === 'elastic') || a.number - b.number);
  return elasticFirst[0];
}

/** `mine`: the case is offered to whoever looks: taken with one press. Anybody else looks at it. */
export function primaryAction(item: Attention, state: Windows, mine = false): PrimaryAction | undefined {
  const { counterId, ticketId, machineId, caseId, staffId } = item;
  const counterNumber = state.config?.counters.find((counter) => counter.id === counterId)?.number ?? 0;
  const look: PrimaryAction | undefined = counterId === undefined ? undefined : { do: 'counter', label: 'look', counterId, counterNumber };
  switch (item.kind) {
    case 'helpCalled':
      return counterId === undefined || item.help === undefined
        ? look
        : { do: 'send', label: 'answer', command: { type: 'help.answer', counterId, kind: item.help } };
    case 'cashCountPending':
      return counterId === undefined
        ? look
        : { do: 'send', label: 'confirmCount', command: { type: 'counter.confirmCashCount', counterId } };
    case 'needsFetching':
      return ticketId === undefined ? look : { do: 'ticket', label: 'fetch', ticketId };
    case 'windowsClosedAtPeak': {
      const window = windowToOpen(state);
      return window === undefined ? undefined : { do: 'counter', label: 'open', counterId: window.id, counterNumber: window.number };
    }
    case 'calledTooLong':
      return counterId === undefined ? look : { do: 'send', label: 'recall', command: { type: 'ticket.recall', counterId } };
    case 'idleBesideLine':
      return counterId === undefined ? look : { do: 'send', label: 'callNext', command: { type: 'ticket.callNext', counterId } };
    case 'pauseTooLong':
      return counterId === undefined ? look : { do: 'send', label: 'resume', command: { type: 'counter.resume', counterId } };
    case 'appealWaiting':
      return { do: 'ledger', label: 'decide' };
    case 'retrainingProposed':
      return { do: 'ledger', label: 'confirmTraining' };
    case 'unmanned':
    case 'mayNeedHelp':
    case 'servingTooLong':
      return look;
    case 'adviceNotInTime':
      return item.adviceId === undefined ? look : { do: 'advice', label: 'advice', adviceId: item.adviceId };
    case 'emergency':
      return caseId === undefined ? undefined : { do: 'steps', label: 'steps', caseId };
    case 'caseOffered':
    case 'caseOverdue':
      if (caseId === undefined) return undefined;
      return mine ? { do: 'send', label: 'take', command: { type: 'case.accept', caseId } } : { do: 'case', label: 'look', caseId };
    case 'machineDown':
    case 'cardRetained':
      return machineId === undefined ? undefined : { do: 'machine', label: 'look', machineId };
    case 'replenishmentPending':
      return machineId === undefined ? undefined : { do: 'machine', label: 'confirmCash', machineId };
    case 'cashDifference':
      return machineId === undefined ? undefined : { do: 'machine', label: 'settle', machineId };
    case 'lobbyUnattended':
    case 'lobbyShort':
      return { do: 'cover', label: 'whoCan', need: { kind: 'lobby' } };
    case 'guardAway':
      return { do: 'cover', label: 'whoCan', need: { kind: 'guard' } };
    case 'headNotOnFloor':
      return { do: 'cover', label: 'whoCan', need: { kind: 'floor' } };
    case 'tellersShort': {
      const window = windowToOpen(state, item.zone);
      return window === undefined ? undefined : { do: 'counter', label: 'open', counterId: window.id, counterNumber: window.number };
    }
    case 'breakDue':
      return staffId === undefined ? undefined : { do: 'send', label: 'sendOnBreak', command: { type: 'break.begin', staffId } };
    // It was not given in time, so something holds it.
    case 'breakOverdue':
      return staffId === undefined ? undefined : { do: 'relief', label: 'whoRelieves', staffId };
    case 'breakOverrun':
      return staffId === undefined ? undefined : { do: 'send', label: 'isBack', command: { type: 'break.end', staffId } };
    case 'notArrived':
      return { do: 'people', label: 'look', search: { view: 'now', ...(staffId === undefined ? {} : { person: staffId }) } };
    case 'placeOpen':
      return staffId === undefined || item.date === undefined ? undefined : { do: 'away', label: 'substitute', staffId, date: item.date };
    case 'swapWaiting':
    case 'headUnreachable':
      return { do: 'people', label: 'look', search: { view: 'now' } };
    case 'certificateExpiring':
    case 'certificateExpired':
      return { do: 'people', label: 'look', search: { view: 'staff' } };
  }
}
