/** Availability of a branch's machines out of the read models: what was written down, nothing kept in memory. */
import { setImmediate as turn } from 'node:timers/promises';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Calendar, OpeningHours } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import { type Availability, availabilityOf, dutyOf, type Span, type StateSpan } from '../../shared/branch/machines/availability.ts';
import type { MachineConfig } from '../../shared/contract/machines.ts';
import { machineIntervals, machineMaintenance } from '../store/schema.ts';
import type { Store } from '../store/store.types.ts';

/** A list for people: of a machine that flapped for a year the newest outages are shown, all are counted. */
const MOST_OUTAGES = 1_000;

type Shares = Omit<Availability, 'outages'> & {
  /** Up ÷ should; null when it need not have served at all. */
  readonly availability: number | null;
};

export interface MachineAvailability extends Shares {
  readonly id: string;
  readonly kind: MachineConfig['kind'];
  readonly name: MachineConfig['name'];
  /** Oldest first. */
  readonly outages: Availability['outages'];
  readonly outageCount: number;
}

export interface BranchAvailability {
  /** Epoch ms; `to` is now where the period has not ended. */
  readonly from: number;
  readonly to: number;
  readonly branch: Shares;
  readonly machines: readonly MachineAvailability[];
}

/** Common to both, in order. */
export function overlap(some: readonly Span[], others: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (let i = 0, j = 0; i < some.length && j < others.length; ) {
    const [one, other] = [some[i] as Span, others[j] as Span];
    const span = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
    if (span.from < span.to) found.push(span);
    if (one.to < other.to) i += 1;
    else j += 1;
  }
  return found;
}

function statesOf({ read }: Store, branchId: string, machineId: string, { from, to }: Span): StateSpan[] {
  const rows = read
    .select()
    .from(machineIntervals)
    .where(
      and(
        eq(machineIntervals.branch, branchId),
        eq(machineIntervals.machineId, machineId),
        lt(machineIntervals.fromAt, to),
        or(isNull(machineIntervals.toAt), gt(machineIntervals.toAt, from)),
      ),
    )
    .orderBy(machineIntervals.fromAt)
    .all();
  return rows.map(({ fromAt, toAt, state, faults }) => ({
    from: Math.max(from, fromAt),
    to: Math.min(to, toAt ?? to),
    state,
    faults,
  }));
}

/** What was cancelled halfway counts as far as it went. */
function plannedOf({ read }: Store, branchId: string): ReadonlyMap<string, Span[]> {
  const found = new Map<string, Span[]>();
  for (const row of read.select().from(machineMaintenance).where(eq(machineMaintenance.branch, branchId)).all()) {
    const span = { from: row.fromAt, to: Math.min(row.untilAt, row.cancelledAt ?? row.untilAt) };
    if (span.from < span.to) found.set(row.machineId, [...(found.get(row.machineId) ?? []), span]);
  }
  return found;
}

const share = (upMs: number, shouldMs: number): number | null => (shouldMs === 0 ? null : upMs / shouldMs);

function sum(all: readonly Shares[]): Shares {
  const total = { shouldMs: 0, upMs: 0, downMs: 0, plannedMs: 0 };
  const byCause: Partial<Record<keyof Shares['byCause'], number>> = {};
  for (const one of all) {
    total.shouldMs += one.shouldMs;
    total.upMs += one.upMs;
    total.downMs += one.downMs;
    total.plannedMs += one.plannedMs;
    for (const [cause, ms] of Object.entries(one.byCause)) {
      const known = cause as keyof Shares['byCause'];
      byCause[known] = (byCause[known] ?? 0) + ms;
    }
  }
  return { availability: share(total.upMs, total.shouldMs), ...total, byCause };
}

export interface AvailabilityQuestion {
  readonly store: Store;
  readonly calendar: Calendar;
  readonly state: BranchState;
  readonly within: Span;
}

/**
 * Of the machines registered now, from their registration on; by today's hours. The hub's turn is given back between two
 * machines: a year of a large branch is a long read.
 */
export async function availabilityOfBranch({ store, calendar, state, within }: AvailabilityQuestion): Promise<BranchAvailability> {
  const { branchId, config } = state;
  const planned = plannedOf(store, branchId);
  const duties = new Map<string, readonly Span[]>();
  const dutyFor = (machine: MachineConfig, hours: OpeningHours): readonly Span[] => {
    const key = JSON.stringify(machine.inService ?? 'branch');
    const duty = duties.get(key) ?? dutyOf(machine, hours, calendar, within);
    duties.set(key, duty);
    return duty;
  };
  const machines: MachineAvailability[] = [];
  for (const machine of config?.machines ?? []) {
    if (config === undefined) break;
    const states = statesOf(store, branchId, machine.id, within);
    // Before its registration nothing was to be expected of it.
    const should = overlap(dutyFor(machine, config.hours), states);
    const { outages, ...shares } = availabilityOf(states, planned.get(machine.id) ?? [], should);
    const { id, kind, name } = machine;
    const of = { id, kind, name, availability: share(shares.upMs, shares.shouldMs), ...shares };
    machines.push({ ...of, outages: outages.slice(-MOST_OUTAGES), outageCount: outages.length });
    await turn();
  }
  return { ...within, branch: sum(machines), machines };
}
