/**
 * The server side of self-service machines: what they say comes in here. What changes something goes down the one road
 * as a command; a heartbeat only moves the instant at which the machine was last heard. Silence is called unknown.
 */
import { type Actor, clockActor } from '../../shared/aggregate.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { Machine } from '../../shared/branch/machines/machine.state.ts';
import { machineOf, machinePolicy, registryOf } from '../../shared/branch/machines/registry.ts';
import { isOutOfOrder } from '../../shared/branch/machines/telemetry.ts';
import type { MachineReport } from '../../shared/contract/commands.ts';
import type { MachineStateName } from '../../shared/contract/machines.ts';
import type { Hub, OutcomeRefused } from '../hub/hub.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import type { MetaStore } from '../store/store.types.ts';
import { createHeardBook } from './heard.ts';
import { type Awaited, createWatchdog } from './watchdog.ts';
import { weigh } from './weigh.ts';

const keyOf = (branchId: string, machineId: string): string => `${branchId}/${machineId}`;

/** What a machine is now, and the log's head that says so. */
export type HearOutcome = { readonly ok: true; readonly state: MachineStateName; readonly seq: number } | OutcomeRefused;

export interface Machines {
  isRegistered(branchId: string, machineId: string): boolean;
  /** Reports of one registered machine, oldest first. Those of one machine are taken in the order they came in. */
  hear(actor: Actor, branchId: string, machineId: string, reports: readonly MachineReport[]): Promise<HearOutcome>;
  /** The watch over silence begins: after the hub has started, and before anybody is answered. */
  start(): Promise<void>;
  stop(): void;
}

export interface MachinesOptions {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly meta: MetaStore;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

export function createMachines({ hub, clock, ids, meta, scheduler, log }: MachinesOptions): Machines {
  const heard = createHeardBook({ meta, scheduler, log });
  const watchdog = createWatchdog({ clock, scheduler, log, awaited, lose });
  /** What was told and not yet written down: counts of cash units, and which report was the latest. */
  const unwritten = new Map<string, MachineReport>();
  /** When something last came in order from each machine: hub ms at receipt. */
  const inOrderAt = new Map<string, number>();
  /** The end of the line of each machine that has something under way. */
  const lines = new Map<string, Promise<unknown>>();

  const stop = hub.onCommitted((branchId, events, state) => {
    if (!events.some(({ type }) => type === 'branch.configured')) return;
    const registered = registryOf(state);
    heard.keepOnly(branchId, registered);
    for (const book of [unwritten, inOrderAt]) {
      for (const key of book.keys()) {
        const [ofBranch, machineId] = key.split('/');
        if (ofBranch === branchId && !registered.has(machineId ?? '')) book.delete(key);
      }
    }
    void watchdog.look();
  });

  /** One thing after another for each machine: what is decided next must know what was decided before. */
  function inLine<T>(branchId: string, machineId: string, work: () => Promise<T>): Promise<T> {
    const key = keyOf(branchId, machineId);
    const before = lines.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    const leave = (): void => {
      if (lines.get(key) === mine) lines.delete(key);
    };
    lines.set(key, mine);
    mine.then(leave, leave);
    return mine;
  }

  /** Machines whose telemetry was heard and that are not known to be silent. */
  function* awaited(): Iterable<Awaited> {
    for (const { id: branchId, kind } of hub.bank().branches.values()) {
      const state = kind === 'branch' ? hub.state(branchId) : undefined;
      if (state === undefined) continue;
      for (const machineId of registryOf(state).keys()) {
        const lastHeardAt = lastHeard(state, branchId, machineId);
        if (lastHeardAt === undefined) continue;
        yield { branchId, machineId, lastHeardAt, silentAt: lastHeardAt + machinePolicy(state).silentAfterMs };
      }
    }
  }

  /** Undefined when its silence is no news: known to be silent, or never heard. */
  function lastHeard(state: BranchState, branchId: string, machineId: string): number | undefined {
    const machine = machineOf(state, machineId);
    if (machine?.status === undefined || machine.silentSince !== undefined) return undefined;
    // Received, then written down: at a high speed the second is later in hub time, and nobody is lost before what is written.
    return Math.max(heard.lastOf(branchId, machineId) ?? machine.since, machine.heardAt ?? 0);
  }

  function isSilent(branchId: string, machineId: string): { readonly lastHeardAt: number } | undefined {
    const state = hub.state(branchId);
    const lastHeardAt = state && lastHeard(state, branchId, machineId);
    if (state === undefined || lastHeardAt === undefined) return undefined;
    return clock.now() >= lastHeardAt + machinePolicy(state).silentAfterMs ? { lastHeardAt } : undefined;
  }

  function lose({ branchId, machineId }: Awaited): Promise<boolean> {
    return inLine(branchId, machineId, async () => {
      const silence = isSilent(branchId, machineId);
      if (silence === undefined) return true;
      const command = { type: 'machine.lose' as const, machineId, lastHeardAt: silence.lastHeardAt };
      await hub.execute(branchId, command, { actor: clockActor, commandId: ids.newId(), body: command });
      return isSilent(branchId, machineId) === undefined;
    });
  }

  function standing(branchId: string, machineId: string): HearOutcome {
    const state = hub.state(branchId);
    return { ok: true, state: (state && machineOf(state, machineId)?.state) ?? 'unknown', seq: state?.seq ?? 0 };
  }

  /** Out of order for as long as a silence would be: its clock was set back, and an old clock must not make it deaf. */
  function hasNewClock(key: string, machine: Machine, reports: readonly MachineReport[], afterMs: number): boolean {
    const now = clock.now();
    const since = inOrderAt.get(key);
    if (since === undefined || reports.some(({ at }) => !isOutOfOrder(machine, at, now))) {
      inOrderAt.set(key, now);
      return false;
    }
    return now - since >= afterMs;
  }

  async function tell(actor: Actor, branchId: string, machineId: string, reports: readonly MachineReport[]): Promise<HearOutcome> {
    const state = hub.state(branchId);
    const machine = state && machineOf(state, machineId);
    if (state === undefined || machine === undefined) return standing(branchId, machineId);
    const key = keyOf(branchId, machineId);
    const newClock = hasNewClock(key, machine, reports, machinePolicy(state).silentAfterMs);
    const known = newClock ? { ...machine, reportedAt: undefined } : machine;
    const weighed = weigh(known, unwritten.get(key), reports, machinePolicy(state), clock.now());
    if ('keep' in weighed) {
      if (weighed.keep !== undefined) unwritten.set(key, weighed.keep);
      return standing(branchId, machineId);
    }
    const command = { type: 'machine.hear' as const, machineId, reports: weighed.tell, ...(newClock ? { newClock } : {}) };
    const outcome = await hub.execute(branchId, command, { actor, commandId: ids.newId(), body: command });
    if (!outcome.ok) return outcome;
    unwritten.delete(key);
    return standing(branchId, machineId);
  }

  return {
    isRegistered: (branchId, machineId) => {
      const state = hub.state(branchId);
      return state !== undefined && registryOf(state).has(machineId);
    },
    hear: (actor, branchId, machineId, reports) => {
      const now = clock.now();
      heard.note(branchId, machineId, now);
      const state = hub.state(branchId);
      if (state !== undefined) watchdog.expect(now + machinePolicy(state).silentAfterMs);
      return inLine(branchId, machineId, () => tell(actor, branchId, machineId, reports));
    },
    start: watchdog.look,
    stop: () => {
      stop();
      watchdog.stop();
      heard.stop();
    },
  };
}
