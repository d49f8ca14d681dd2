import type { Envelope } from '../../aggregate.ts';
import type { BranchEventOf } from '../branch.events.ts';
import type { BranchState } from '../branch.state.ts';
import type { Folds } from '../fold.ts';
import { faultsOfMachine } from './fault-book.ts';
import type { Machine, RetainedCard } from './machine.state.ts';
import { machineOf, registryOf } from './registry.ts';

/** What every word about a machine brings. */
type Word = Envelope &
  BranchEventOf<'machine.statusChanged' | 'machine.reported' | 'machine.reportLapsed' | 'machine.lost' | 'machine.doubted'>;

const putMachine = (state: BranchState, machine: Machine): BranchState => ({
  ...state,
  machines: { ...state.machines, [machine.id]: machine },
});

function change(state: BranchState, machineId: string, next: (machine: Machine) => Machine): BranchState {
  const machine = machineOf(state, machineId);
  return machine === undefined ? state : putMachine(state, next(machine));
}

/** The state that the event says follows; `from` is when it came to be so. */
function stands(machine: Machine, { state, source, faults }: Word, from: number): Machine {
  return {
    ...machine,
    state,
    source,
    faults,
    since: machine.state === state ? machine.since : Math.max(machine.since, from),
    unclearSince:
      state === 'unknown' && source === 'telemetry' && machine.silentSince === undefined ? (machine.unclearSince ?? from) : undefined,
    saidAt: source === 'staff' ? machine.handReport?.at : machine.heardAt,
  };
}

const hasOpenBusiness = (state: BranchState, machineId: string): boolean =>
  faultsOfMachine(state, machineId).length > 0 ||
  Object.values(state.replenishments).some((one) => one.machineId === machineId) ||
  Object.values(state.cards).some((card) => card.machineId === machineId);

/** Brings the machines in line with the registry: new ones are unknown; those taken out stay while something of theirs is open. */
export function keepRegistered(state: BranchState, at: number): BranchState {
  const registry = registryOf(state);
  const machines: Record<string, Machine> = {};
  for (const id of registry.keys())
    machines[id] = machineOf(state, id) ?? { id, state: 'unknown', since: at, faults: [], source: 'none', maintenance: [] };
  for (const machine of Object.values(state.machines))
    if (!registry.has(machine.id) && hasOpenBusiness(state, machine.id)) machines[machine.id] = machine;
  return { ...state, machines };
}

function changeCard(state: BranchState, cardId: string, next: (card: RetainedCard) => RetainedCard): BranchState {
  const card = Object.hasOwn(state.cards, cardId) ? state.cards[cardId] : undefined;
  return card === undefined ? state : { ...state, cards: { ...state.cards, [cardId]: next(card) } };
}

function withoutCard(state: BranchState, cardId: string): BranchState {
  const { [cardId]: _ended, ...cards } = state.cards;
  return { ...state, cards };
}

function withoutReplenishment(state: BranchState, replenishmentId: string): BranchState {
  const { [replenishmentId]: _ended, ...replenishments } = state.replenishments;
  return { ...state, replenishments };
}

const withoutPlan = (state: BranchState, machineId: string, maintenanceId: string): BranchState =>
  change(state, machineId, (machine) => ({ ...machine, maintenance: machine.maintenance.filter(({ id }) => id !== maintenanceId) }));

export const machineFolds = {
  'machine.statusChanged': (state, event) =>
    change(state, event.machineId, (machine) => {
      const { status, reportedAt, at } = event;
      // "It works" by hand is for a machine that says nothing itself.
      const handReport = event.source === 'telemetry' && machine.handReport?.state === 'inService' ? undefined : machine.handReport;
      return stands({ ...machine, status, reportedAt, heardAt: at, silentSince: undefined, handReport }, event, at);
    }),
  'machine.reported': (state, event) =>
    change(state, event.machineId, (machine) => {
      const { reported, fault, noteRef, actor, at } = event;
      const withdraws = reported === 'unknown' || (reported === 'inService' && event.source !== 'staff');
      return stands({ ...machine, handReport: withdraws ? undefined : { state: reported, fault, by: actor, at, noteRef } }, event, at);
    }),
  'machine.reportLapsed': (state, event) =>
    change(state, event.machineId, (machine) => stands({ ...machine, handReport: undefined }, event, event.dueAt)),
  'machine.lost': (state, event) =>
    change(state, event.machineId, (machine) =>
      stands({ ...machine, heardAt: Math.max(machine.heardAt ?? 0, event.lastHeardAt), silentSince: event.dueAt }, event, event.dueAt),
    ),
  'machine.doubted': (state, event) => change(state, event.machineId, (machine) => stands(machine, event, event.dueAt)),
  'machine.maintenancePlanned': (state, event) =>
    change(state, event.machineId, (machine) => ({ ...machine, maintenance: [...machine.maintenance, event.maintenance] })),
  'machine.maintenanceCancelled': (state, event) => withoutPlan(state, event.machineId, event.maintenanceId),
  'machine.maintenanceBegan': (state, event) =>
    change(state, event.machineId, (machine) => ({
      ...machine,
      maintenance: machine.maintenance.map((plan) => (plan.id === event.maintenanceId ? { ...plan, begun: true } : plan)),
    })),
  'machine.maintenanceEnded': (state, event) => withoutPlan(state, event.machineId, event.maintenanceId),
  'machine.replenished': (state, event) => {
    const { replenishmentId: id, machineId, at, actor, loadedFen, countedFen, expectedFen, differenceFen, units, settleBy } = event;
    const one = { id, machineId, at, by: actor, loadedFen, countedFen, expectedFen, differenceFen, units, settleBy };
    return { ...state, replenishments: { ...state.replenishments, [id]: one } };
  },
  'machine.replenishmentConfirmed': (state, { replenishmentId, actor, at, settleBy }) => {
    const one = state.replenishments[replenishmentId];
    if (one === undefined || settleBy === undefined) return withoutReplenishment(state, replenishmentId);
    const confirmed = { ...one, confirmedBy: actor, confirmedAt: at, settleBy };
    return { ...state, replenishments: { ...state.replenishments, [replenishmentId]: confirmed } };
  },
  'machine.differenceReminded': (state, { replenishmentId, at }) => {
    const one = state.replenishments[replenishmentId];
    if (one === undefined) return state;
    return { ...state, replenishments: { ...state.replenishments, [replenishmentId]: { ...one, remindedAt: at } } };
  },
  'machine.replenishmentWithdrawn': (state, event) => withoutReplenishment(state, event.replenishmentId),
  'machine.differenceSettled': (state, event) => withoutReplenishment(state, event.replenishmentId),
  'card.registered': (state, { cardId: id, machineId, at, digitsRef, contactRef }) => ({
    ...state,
    cards: { ...state.cards, [id]: { id, machineId, retainedAt: at, state: 'inMachine', digitsRef, contactRef } },
  }),
  'card.collected': (state, { cardId, actor, at, digitsRef }) =>
    changeCard(state, cardId, (card) => ({
      ...card,
      state: 'collected',
      collectedBy: actor,
      collectedAt: at,
      digitsRef: digitsRef ?? card.digitsRef,
    })),
  'card.handedBack': (state, event) => withoutCard(state, event.cardId),
  'card.destroyed': (state, event) => withoutCard(state, event.cardId),
} satisfies Folds;
