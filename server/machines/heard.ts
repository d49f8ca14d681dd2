/** When each machine was last heard (hub ms at receipt). In memory: a heartbeat that says nothing new writes nothing. */
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { MetaStore } from '../store/store.types.ts';

const key = 'machines.heard';
/** Real time between two savings: so much sooner a machine may be called silent after a kill, never later. */
const saveEveryMs = 5_000;

export interface HeardBook {
  note(branchId: string, machineId: string, at: number): void;
  lastOf(branchId: string, machineId: string): number | undefined;
  /** Drops machines no longer registered, so that the book never outgrows the registry. */
  keepOnly(branchId: string, registered: { has(machineId: string): boolean }): void;
  /** Writes the book down: what was heard before a restart is known after it. */
  stop(): void;
}

export interface HeardOptions {
  readonly meta: MetaStore;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

type Book = Map<string, Map<string, number>>;

function read(meta: MetaStore): Book {
  try {
    const stored = JSON.parse(meta.get(key) ?? '{}') as Record<string, Record<string, number>>;
    return new Map(Object.entries(stored).map(([branchId, machines]) => [branchId, new Map(Object.entries(machines))]));
  } catch {
    // A damaged row is no book: machines then count as heard when they last said something new.
    return new Map();
  }
}

export function createHeardBook({ meta, scheduler, log }: HeardOptions): HeardBook {
  const book = read(meta);
  let cancel: (() => void) | undefined;

  function save(): void {
    cancel = undefined;
    const plain = Object.fromEntries([...book].map(([branchId, machines]) => [branchId, Object.fromEntries(machines)]));
    try {
      meta.set(key, JSON.stringify(plain));
    } catch (error) {
      log.error({ err: error }, 'when machines were last heard could not be written');
    }
  }

  return {
    note: (branchId, machineId, at) => {
      const machines = book.get(branchId) ?? new Map<string, number>();
      book.set(branchId, machines.set(machineId, at));
      cancel ??= scheduler.after(saveEveryMs, save);
    },
    lastOf: (branchId, machineId) => book.get(branchId)?.get(machineId),
    keepOnly: (branchId, registered) => {
      const machines = book.get(branchId);
      for (const machineId of machines?.keys() ?? []) if (!registered.has(machineId)) machines?.delete(machineId);
    },
    stop: () => {
      if (cancel === undefined) return;
      cancel();
      save();
    },
  };
}
