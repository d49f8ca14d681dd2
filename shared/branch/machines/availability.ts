/**
 * Availability = time in service ÷ time it should have been, planned maintenance apart (machines.md). In service is also
 * what wants attention and still serves; unknown is not. All times are epoch ms, spans end before `to`.
 */
import type { Calendar, OpeningHours } from '../../aggregate.ts';
import type { FaultCode, MachineConfig, MachineStateName } from '../../contract/machines.ts';
import { byGravity, faultTable } from './fault-table.ts';
import { msOfTime } from '../day/local-time.ts';

const DAY_MS = 24 * 3_600_000;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How a machine stood for a while. */
export interface StateSpan extends Span {
  readonly state: MachineStateName;
  readonly faults: readonly FaultCode[];
}

/** `unknown`: nothing was known of it, and no fault says why. */
export type OutageCause = FaultCode | 'unknown';

export interface MachineOutage extends Span {
  readonly cause: OutageCause;
}

export interface Availability {
  /** `upMs` + `downMs`. */
  readonly shouldMs: number;
  readonly upMs: number;
  readonly downMs: number;
  /** Planned maintenance within the time it should have served: in none of the above. */
  readonly plannedMs: number;
  readonly byCause: Readonly<Partial<Record<OutageCause, number>>>;
  /** Within the time it should have served, oldest first. */
  readonly outages: readonly MachineOutage[];
}

/** In order, without overlaps and empty ones. */
function united(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (span.to <= span.from) continue;
    if (last !== undefined && span.from <= last.to) found[found.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else found.push({ from: span.from, to: span.to });
  }
  return found;
}

/** What is left of one span without some united ones. */
function without(span: Span, taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = span;
  for (const one of taken) {
    if (one.to <= from || one.from >= span.to) continue;
    if (one.from > from) left.push({ from, to: one.from });
    from = one.to;
  }
  if (from < span.to) left.push({ from, to: span.to });
  return left;
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);

function causeOf({ state, faults }: StateSpan): OutageCause {
  if (state === 'unknown') return faults.includes('silent') ? 'silent' : 'unknown';
  const gravest = faults.toSorted(byGravity);
  return gravest.find((code) => faultTable[code].effect === 'outOfService') ?? gravest[0] ?? 'other';
}

function addOutage(outages: MachineOutage[], outage: MachineOutage): void {
  const last = outages.at(-1);
  if (last?.to === outage.from && last.cause === outage.cause) outages[outages.length - 1] = { ...last, to: outage.to };
  else outages.push(outage);
}

/**
 * @param states how it stood, not overlapping, in any order; where nothing is said nothing was known.
 * @param planned maintenance planned beforehand. @param should when it should have served (`dutyOf`).
 */
export function availabilityOf(states: readonly StateSpan[], planned: readonly Span[], should: readonly Span[]): Availability {
  const apart = united(planned);
  const duty = united(should);
  const judged = duty.flatMap((span) => without(span, apart));
  const stood = states.toSorted((a, b) => a.from - b.from);
  const outages: MachineOutage[] = [];
  const byCause: Partial<Record<OutageCause, number>> = {};
  const down = (from: number, to: number, cause: OutageCause): void => {
    if (to <= from) return;
    byCause[cause] = (byCause[cause] ?? 0) + to - from;
    addOutage(outages, { from, to, cause });
  };
  let first = 0;
  for (const { from, to } of judged) {
    while ((stood[first]?.to ?? Number.POSITIVE_INFINITY) <= from) first += 1;
    let at = from;
    for (let index = first; at < to; index += 1) {
      const next = stood[index];
      if (next === undefined || next.from >= to) break;
      down(at, next.from, 'unknown');
      const until = Math.min(to, next.to);
      if (next.state === 'outOfService' || next.state === 'unknown') down(Math.max(at, next.from), until, causeOf(next));
      at = Math.max(at, until);
    }
    down(at, to, 'unknown');
  }
  const shouldMs = lengthOf(judged);
  const downMs = lengthOf(outages);
  return { shouldMs, upMs: shouldMs - downMs, downMs, plannedMs: lengthOf(duty) - shouldMs, byCause, outages };
}

/** Times of one day; counted back from its midnight, as zones change their clocks in the morning. */
function dutyOfDay(inService: MachineConfig['inService'], begins: number, endsAt: number, opening: Partial<Span> | undefined): Span[] {
  if (inService === 'always') return [{ from: begins, to: endsAt }];
  if (inService === undefined || inService === 'branch')
    return opening === undefined ? [] : [{ from: opening.from ?? begins, to: opening.to ?? endsAt }];
  const from = Math.max(begins, endsAt - DAY_MS + msOfTime(inService.from));
  const until = Math.max(begins, endsAt - DAY_MS + msOfTime(inService.until));
  return from < until
    ? [{ from, to: until }]
    : [
        { from: begins, to: until },
        { from, to: endsAt },
      ];
}

/** When a machine should be in service between two instants, by its registry entry and the branch's hours. */
export function dutyOf({ inService }: Pick<MachineConfig, 'inService'>, hours: OpeningHours, calendar: Calendar, within: Span): Span[] {
  const found: Span[] = [];
  // The day before ends where the first one begins, however long its night was.
  let begins = calendar.dayOf(calendar.dayOf(within.from, hours).endsAt - 26 * 3_600_000, hours).endsAt;
  for (let at = within.from; at < within.to; ) {
    const { opensAt, closesAt, endsAt } = calendar.dayOf(at, hours);
    const isOpen = hours.roundTheClock === true || opensAt !== undefined;
    found.push(...dutyOfDay(inService, begins, endsAt, isOpen ? { from: opensAt, to: closesAt } : undefined));
    begins = endsAt;
    at = endsAt;
  }
  return united(found)
    .map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) }))
    .filter(({ from, to }) => from < to);
}
