/** What a report adds to what is known, and whether that is worth writing down: a heartbeat never is. */
import type { MachineReport } from '../../contract/commands.ts';
import type { MachinePolicy, MachineStatus } from '../../contract/machines.ts';
import type { Machine } from './machine.state.ts';

type Units = NonNullable<MachineStatus['units']>;

/** As many as one report may name. */
const MOST_UNITS = 32;

/** A gateway may tell of one cassette only: the others stay as they were. */
function mergeUnits(before: Units, told: Units): Units {
  const merged = new Map(before.map((unit) => [unit.id, unit]));
  for (const unit of told) {
    const { id, replenishment, status, count } = unit;
    const known = merged.get(id);
    merged.delete(id);
    merged.set(id, {
      id,
      replenishment: replenishment ?? known?.replenishment,
      status: status ?? known?.status,
      count: count ?? known?.count,
    });
  }
  return [...merged.values()].slice(-MOST_UNITS).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Field by field over what was known. A field the report leaves out stays as it was. */
export function mergeStatus(before: MachineStatus | undefined, told: MachineStatus): MachineStatus {
  const merged: MachineStatus = {
    device: told.device ?? before?.device,
    dispenser: told.dispenser ?? before?.dispenser,
    acceptor: told.acceptor ?? before?.acceptor,
    reader: told.reader ?? before?.reader,
    paper: told.paper ?? before?.paper,
    shutter: told.shutter ?? before?.shutter,
    door: told.door ?? before?.door,
    units: told.units === undefined ? before?.units : mergeUnits(before?.units ?? [], told.units),
  };
  return JSON.parse(JSON.stringify(merged)) as MachineStatus;
}

/** What every customer changes: written down seldom. */
const passing = (status: MachineStatus): string => JSON.stringify([status.device, status.shutter, status.units?.map(({ count }) => count)]);

/** All the rest: written down at once. */
function lasting(status: MachineStatus): string {
  const { device, dispenser, acceptor, reader, paper, shutter, door, units } = status;
  return JSON.stringify([
    device === 'deviceBusy' ? 'online' : device,
    dispenser,
    acceptor,
    reader,
    paper,
    shutter === 'open' ? 'closed' : shutter,
    door,
    units?.map((unit) => [unit.id, unit.replenishment, unit.status]),
  ]);
}

/**
 * Whether this is worth an event. `status` is the report already merged (`mergeStatus`) over all heard since the last one
 * written down; `now` is hub time. False for a heartbeat, and for counts of cash units sooner than `countEveryMs`.
 */
function isNews(
  machine: Pick<Machine, 'status' | 'heardAt' | 'silentSince'>,
  status: MachineStatus,
  policy: MachinePolicy,
  now: number,
): boolean {
  if (machine.status === undefined || machine.silentSince !== undefined) return true;
  if (lasting(machine.status) !== lasting(status)) return true;
  return now - (machine.heardAt ?? 0) >= policy.countEveryMs && passing(machine.status) !== passing(status);
}

/** A machine's clock this far ahead of the hub's is wrong, and orders nothing: else one mad report would silence all that follow. */
const MAD_CLOCK_MS = 3_600_000;

/** Told before what was last written down: out of order, so only a sign of life. `now` is hub time. */
export function isOutOfOrder({ silentSince, reportedAt }: Pick<Machine, 'silentSince' | 'reportedAt'>, at: number, now: number): boolean {
  // After a silence the machine may have been started anew, with another clock.
  if (silentSince !== undefined || reportedAt === undefined) return false;
  return at < reportedAt && reportedAt <= now + MAD_CLOCK_MS;
}

/**
 * Each report that changes something, oldest first, as the status it leaves behind. Reports older than the last one
 * written down are left out; whatever is told between two of them goes with the later one.
 */
export function newsIn(
  machine: Machine,
  reports: readonly MachineReport[],
  policy: MachinePolicy,
  now: number,
): { readonly reportedAt: number; readonly status: MachineStatus }[] {
  const news: { reportedAt: number; status: MachineStatus }[] = [];
  let known: Pick<Machine, 'status' | 'heardAt' | 'silentSince'> = machine;
  let status = machine.status;
  for (const report of [...reports].sort((a, b) => a.at - b.at)) {
    if (isOutOfOrder(machine, report.at, now)) continue;
    status = mergeStatus(status, report.status);
    if (!isNews(known, status, policy, now)) continue;
    known = { status, heardAt: now };
    news.push({ reportedAt: report.at, status });
  }
  return news;
}
