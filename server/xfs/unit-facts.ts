/** What one storage unit told: its state and the counts from which the notes in it follow. */
import { type JsonObject, objectOf, own } from './envelope.ts';
import { type ReplenishmentWord, replenishments, type UnitWord, unitWords, wordOf } from './words.ts';

export interface UnitFacts {
  /** Holds cash: told of as a unit of the machine. Others (a bin for cards) are not. */
  cash: boolean;
  status?: UnitWord;
  replenishment?: ReplenishmentWord;
  /** Cards taken in and kept, where it is a bin for those. */
  retained?: number;
  /** By where in the message it stood: `initial/type20EUR1/fit`, `out/presented/unrecognized` … */
  readonly counts: Map<string, number>;
}

const MOST_COUNTS = 512;
const MOST_NOTES = 1_000_000;
const comings = ['deposited', 'retracted', 'rejected', 'distributed', 'transport'];
const goings = ['presented', 'rejected', 'distributed', 'unknown', 'stacked', 'diverted', 'transport'];
const qualities = ['fit', 'unfit', 'suspect', 'counterfeit', 'inked'];

export const newUnit = (): UnitFacts => ({ cash: false, counts: new Map() });

/** Takes over what a message says of the unit; what it leaves out stays as it was. */
export function hearUnit(unit: UnitFacts, said: JsonObject): void {
  const status = wordOf(unitWords, own(said, 'status'));
  if (status !== undefined) unit.status = status ?? undefined;
  const cash = objectOf(own(objectOf(own(said, 'cash')), 'status'));
  if (objectOf(own(said, 'cash')) !== undefined) unit.cash = true;
  const replenishment = wordOf(replenishments, own(cash, 'replenishmentStatus'));
  if (replenishment !== undefined) unit.replenishment = replenishment ?? undefined;
  hearCounts(unit.counts, 'initial', own(cash, 'initial'));
  hearFlow(unit.counts, 'in', comings, own(cash, 'in'));
  hearFlow(unit.counts, 'out', goings, own(cash, 'out'));
  const retained = own(objectOf(own(objectOf(own(said, 'card')), 'status')), 'retainCount');
  if (retained !== undefined) unit.retained = wholeNumber(retained);
}

/** Notes in the unit = initial + in − out: no device says it outright. Undefined where that gives no sensible number. */
export function notesIn({ counts }: UnitFacts): number | undefined {
  let notes = 0;
  let initial = false;
  for (const [place, count] of counts) {
    if (place.startsWith('initial')) initial = true;
    notes += place.startsWith('out/') ? -count : count;
  }
  return initial && notes >= 0 && notes <= MOST_NOTES ? notes : undefined;
}

function hearFlow(counts: Map<string, number>, flow: string, ways: readonly string[], said: unknown): void {
  if (said === null) forget(counts, flow);
  const flows = objectOf(said);
  for (const way of ways) hearCounts(counts, `${flow}/${way}`, own(flows, way));
}

/** `{unrecognized: 2, type20EUR1: {fit: 15}}`; null = none. A number that is none makes its place unheard of. */
function hearCounts(counts: Map<string, number>, place: string, said: unknown): void {
  if (said === undefined) return;
  const kinds = objectOf(said);
  if (kinds === undefined) return forget(counts, place);
  if (place === 'initial') put(counts, place, 0);
  for (const kind of Object.keys(kinds)) {
    const value = kinds[kind];
    const notes = objectOf(value);
    if (notes === undefined) put(counts, `${place}/${kind}`, value);
    else for (const quality of qualities) if (Object.hasOwn(notes, quality)) put(counts, `${place}/${kind}/${quality}`, notes[quality]);
  }
}

function put(counts: Map<string, number>, place: string, said: unknown): void {
  const count = said === null ? 0 : wholeNumber(said);
  // One count amiss spoils the sum: rather none than a wrong one, until the unit is told of in full again.
  if (count === undefined || place.length > 120 || (counts.size >= MOST_COUNTS && !counts.has(place))) counts.set('spoilt', Number.NaN);
  else counts.set(place, count);
}

function forget(counts: Map<string, number>, place: string): void {
  for (const known of counts.keys()) if (known === place || known.startsWith(`${place}/`)) counts.delete(known);
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST_NOTES ? value : undefined;
}
