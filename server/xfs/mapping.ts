/** What the services of one machine said, as the one status that the hub's telemetry door takes. Pure. */
import type { MachineStatus } from '../../shared/contract/machines.ts';
import type { ServiceFacts } from './service-facts.ts';
import { notesIn } from './unit-facts.ts';
import { cashPaths, devices, doors, papers, type ReaderWord, readers, replenishments, shutters, unitWords, worst } from './words.ts';

type Unit = NonNullable<MachineStatus['units']>[number];

/** One service: what it said on its present connection; `undefined` while there is none, or it has not answered on it yet. */
export interface ServiceView {
  readonly facts: ServiceFacts | undefined;
  /** Known to be one without which the machine serves. */
  readonly accessory: boolean;
}

const MOST_UNITS = 32;

/**
 * The worst word of all services for each field. A service that cannot be asked makes the device `unknown`; a field that was
 * told before (`before`) and is told no more is `unknown` too: the hub remembers what it heard, so silence must be said.
 */
export function statusOf(services: readonly ServiceView[], before: MachineStatus = {}): MachineStatus {
  const all = services.flatMap(({ facts }) => (facts === undefined ? [] : [facts]));
  const status: MachineStatus = {
    device: worst(devices, services.map(deviceOf)),
    dispenser: worst(
      cashPaths,
      all.map(({ dispenser }) => dispenser),
    ),
    acceptor: worst(
      cashPaths,
      all.map(({ acceptor }) => acceptor),
    ),
    reader: worst(readers, all.flatMap(readerWords)),
    paper: worst(
      papers,
      all.flatMap(({ paper, printerMediaJammed }) => [...paper.values(), ...(printerMediaJammed ? (['jammed'] as const) : [])]),
    ),
    shutter: worst(
      shutters,
      all.flatMap((facts) => [...facts.shutters.values()]),
    ),
    door: worst(
      doors,
      all.flatMap((facts) => [...facts.doors.values()]),
    ),
  };
  const told: MachineStatus = {};
  for (const field of ['device', 'dispenser', 'acceptor', 'reader', 'paper', 'shutter', 'door'] as const) {
    const word = status[field] ?? (before[field] === undefined ? undefined : 'unknown');
    if (word !== undefined) Object.assign(told, { [field]: word });
  }
  const units = unitsOf(all, before.units ?? []);
  return units.length > 0 ? { ...told, units } : told;
}

function deviceOf({ facts, accessory }: ServiceView): MachineStatus['device'] {
  if (facts === undefined) return accessory ? undefined : 'unknown';
  const said = facts.foreignDevice ? worst(devices, [facts.device, 'potentialFraud']) : (facts.device ?? 'unknown');
  const fraud = said === 'fraudAttempt' || said === 'potentialFraud';
  return facts.accessory && !fraud ? undefined : said;
}

function readerWords({ cardMedia, chipModule, cardKept }: ServiceFacts): (ReaderWord | undefined)[] {
  return [cardMedia, chipModule, cardKept ? 'cardRetained' : undefined];
}

function unitsOf(all: readonly ServiceFacts[], before: readonly Unit[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const { units: told } of all) {
    for (const [id, facts] of told) {
      if (!facts.cash) continue;
      const other = units.get(id);
      const replenishment = worst(replenishments, [facts.replenishment, other?.replenishment]);
      const status = worst(unitWords, [facts.status, other?.status]);
      const count = notesIn(facts) ?? other?.count;
      units.set(id, {
        id,
        ...(replenishment !== undefined && { replenishment }),
        ...(status !== undefined && { status }),
        ...(count !== undefined && { count }),
      });
    }
  }
  for (const was of before) units.set(was.id, { ...silenced(was), ...units.get(was.id) });
  return [...units.values()].slice(0, MOST_UNITS);
}

function silenced({ id, replenishment, status }: Unit): Unit {
  return { id, ...(replenishment !== undefined && { replenishment: 'unknown' }), ...(status !== undefined && { status: 'unknown' }) };
}
