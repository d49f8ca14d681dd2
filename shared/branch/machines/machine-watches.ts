/** Which machines need a person now: down while they should serve, cash that does not add up, cards in their insides. */
import type { MachineConfig } from '../../contract/machines.ts';
import type { Phase } from '../../contract/commands.ts';
import type { Watch } from '../attention/attention.ts';
import type { Attention, BranchState, Day } from '../branch.state.ts';
import type { Machine } from './machine.state.ts';
import { faultCase } from './fault-book.ts';
import { machineOf, registryOf } from './registry.ts';
import { msOfTime } from '../day/local-time.ts';

/** A list for people: beyond this the board tells more. */
const MOST_PER_KIND = 50;
const DAY_MS = 24 * 3_600_000;
const withBranch: readonly Phase[] = ['opening', 'business', 'lastNumber', 'clearing'];

const watch = (kind: Attention['kind'], subject: string, since: number, of: Partial<Attention>, at = since): Watch => ({
  item: { id: `${kind}:${subject}`, kind, since, ...of },
  at,
});

/** From when on today it should serve a customer; undefined when not now, as the branch stands. Counted back from midnight: zones jump in the morning. */
function servesFrom({ inService = 'branch' }: MachineConfig, day: Day | undefined, downSince: number): number | undefined {
  if (inService === 'always') return 0;
  if (day === undefined) return undefined;
  if (inService === 'branch') return withBranch.includes(day.phase) ? 0 : undefined;
  const midnight = day.endsAt - DAY_MS;
  const from = midnight + msOfTime(inService.from);
  const until = midnight + msOfTime(inService.until);
  if (from < until) return downSince < until ? from : undefined;
  // Over midnight: the night that ends this morning, or the one that begins this evening.
  return downSince < until ? midnight : from;
}

/** Unknown for longer than the patience there is with that; never heard of is nobody's loss. */
const isUnknownTooLong = ({ state, faults }: Machine): boolean =>
  state === 'unknown' && faults.some(({ code }) => code === 'silent' || code === 'stateUnknown');

const isDown = (machine: Machine): boolean => machine.state === 'outOfService' || isUnknownTooLong(machine);

function downWatch(config: MachineConfig, machine: Machine, day: Day | undefined): Watch | undefined {
  if (!isDown(machine) || machine.maintenance.some(({ begun }) => begun === true)) return undefined;
  const from = servesFrom(config, day, machine.since);
  return from === undefined
    ? undefined
    : watch('machineDown', machine.id, machine.since, { machineId: machine.id }, Math.max(from, machine.since));
}

function find(state: BranchState): Watch[] {
  const down: Watch[] = [];
  for (const config of registryOf(state).values()) {
    const machine = machineOf(state, config.id);
    const one = machine === undefined ? undefined : downWatch(config, machine, state.day);
    if (one !== undefined && down.length < MOST_PER_KIND) down.push(one);
  }
  const cash = Object.values(state.replenishments).slice(0, MOST_PER_KIND);
  const cards = Object.values(state.cards).filter((card) => card.state === 'inMachine');
  return [
    ...down,
    ...cash.map(({ id, machineId, at, by, confirmedAt }) =>
      confirmedAt === undefined
        ? watch('replenishmentPending', id, at, { machineId, staffId: by })
        : watch('cashDifference', id, confirmedAt, { machineId, staffId: by }),
    ),
    ...cards.slice(0, MOST_PER_KIND).map(({ id, machineId, retainedAt }) => {
      const one = faultCase(state, machineId, 'cardRetained');
      // Handed over it is another's to see to, and told anew.
      const subject = one === undefined ? id : `${id}:${one.ownerId}`;
      return watch('cardRetained', subject, retainedAt, { machineId, staffId: one?.ownerId });
    }),
  ];
}

interface Remembered {
  readonly basis: readonly unknown[];
  readonly found: readonly Watch[];
}

const remembered = new WeakMap<BranchState['machines'], Remembered>();

/** Asked at every command, so remembered until something of theirs changes. */
export function machineWatches(state: BranchState): readonly Watch[] {
  const basis = [state.config, state.day, state.replenishments, state.cards, state.cases];
  const known = remembered.get(state.machines);
  if (known?.basis.every((part, at) => part === basis[at]) === true) return known.found;
  const found = find(state);
  remembered.set(state.machines, { basis, found });
  return found;
}
