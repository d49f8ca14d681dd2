/**
 * "What if one window more?": the branch played forward from where it stands through many possible futures, each once as it is and
 * once with the change. Both see the same customers with the same errands, so that what differs is the change and not chance.
 * Seconds from now throughout. A hundred futures of a whole day of 500 customers take about a tenth of a second.
 */
import { type Arrivals, type DaySetting, type SimulatedWindow, simulateDay } from './branch-day.simulation.ts';
import { Draws } from './draws.ts';
import { firstAbove } from './durations.ts';
import type { ServiceTimes } from './service-times.ts';

export interface LiveWindow {
  /** Bit k set: takes services of kind k. Absent: takes all. */
  readonly takes?: number;
  /** 0: open. */
  readonly opensInS: number;
  /** Planned: takes nobody from then on. */
  readonly closesInS?: number;
  /** Whom it serves, for how long already. */
  readonly serving?: { readonly kind: number; readonly forS: number };
}

export interface LiveBranch {
  readonly waiting: readonly { readonly kind: number; readonly waitedS: number; readonly creditS?: number }[];
  readonly windows: readonly LiveWindow[];
  readonly doorsCloseInS: number;
}

export interface ComingCustomers {
  /** Expected arrivals by kind, in one slot after another from now. */
  readonly perSlotOfKind: readonly (readonly number[])[];
  readonly slotS: number;
  readonly services: ServiceTimes;
  /** Mean time after which people give up; absent: they stay. */
  readonly patienceS?: number;
}

export type WindowChange =
  | { readonly type: 'open'; readonly inS: number; readonly takes?: number; readonly closesInS?: number }
  /** `window`: its place among the live windows. */
  | { readonly type: 'close'; readonly inS: number; readonly window: number };

export interface WhatIfOptions {
  /** Customers who come or are called later are not looked at; the rest of the day: until the doors close. */
  readonly horizonS: number;
  readonly withinS: number;
  readonly futures: number;
  readonly seed: number;
}

/** In eight futures of ten it lies between low and high. */
export interface Band {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface Outlook {
  /** Nine in ten of those called within the horizon wait less. */
  readonly wait90S: Band;
  /** Share of those called who were called within the target, 0 … 1. */
  readonly within: Band;
  readonly left: Band;
  /** From now until the last service ends of those who came within the horizon. */
  readonly lastServedS: Band;
  /** People's time from now on, in window-hours. */
  readonly windowHours: Band;
}

export interface WhatIf {
  readonly before: Outlook;
  readonly after: Outlook;
  /** After less before, future by future: narrower than the two bands, as both met the same customers. */
  readonly difference: Outlook;
  /** Share of futures in which the 90 % wait was shorter with the change, 0 … 1. */
  readonly helped: number;
}

type Figures = { readonly [figure in keyof Outlook]: number };

/** Throws a RangeError for a change of a window that is not there, or for nothing to simulate. */
export function whatIf(live: LiveBranch, coming: ComingCustomers, change: WindowChange, options: WhatIfOptions): WhatIf {
  const { futures, seed } = options;
  if (!(Number.isInteger(futures) && futures > 0)) throw new RangeError(`the number of futures is a whole number above 0, not ${futures}`);
  const changed = withChange(live.windows, change);
  const before: Figures[] = [];
  const after: Figures[] = [];
  for (let future = 0; future < futures; future += 1) {
    const draws = new Draws(seed + future);
    const arrivals = arrivalsOf(live, coming, options.horizonS, draws);
    const endsS = live.windows.map(({ serving }) => (serving === undefined ? 0 : leftOf(coming.services, serving, draws)));
    before.push(played(arrivals, live.windows, endsS, live.doorsCloseInS, options));
    after.push(played(arrivals, changed, endsS, live.doorsCloseInS, options));
  }
  return {
    before: outlookOf(before),
    after: outlookOf(after),
    difference: outlookOf(after.map((figures, future) => minus(figures, before[future] as Figures))),
    helped: after.filter(({ wait90S }, future) => wait90S < (before[future] as Figures).wait90S).length / futures,
  };
}

function withChange(windows: readonly LiveWindow[], change: WindowChange): readonly LiveWindow[] {
  if (change.type === 'open') {
    const { inS, takes, closesInS } = change;
    return [...windows, { opensInS: inS, ...(takes !== undefined && { takes }), ...(closesInS !== undefined && { closesInS }) }];
  }
  const closed = windows[change.window];
  if (closed === undefined) throw new RangeError(`there is no window ${change.window} to close; there are ${windows.length}`);
  return windows.map((window, place) => (place === change.window ? { ...window, closesInS: change.inS } : window));
}

interface Coming {
  readonly atS: number;
  readonly kind: number;
  readonly creditS: number;
}

function arrivalsOf({ waiting }: LiveBranch, coming: ComingCustomers, horizonS: number, draws: Draws): Arrivals {
  const people: Coming[] = waiting.map(({ kind, waitedS, creditS }) => ({ atS: -Math.max(1e-3, waitedS), kind, creditS: creditS ?? 0 }));
  for (const [kind, perSlot] of coming.perSlotOfKind.entries()) addPoisson(people, kind, perSlot, coming.slotS, horizonS, draws);
  people.sort((a, b) => a.atS - b.atS);
  const { patienceS, services } = coming;
  return {
    arrivesS: Float64Array.from(people, ({ atS }) => atS),
    kind: Uint8Array.from(people, ({ kind }) => kind),
    serviceS: Float64Array.from(people, ({ kind }) => drawn(services, kind, draws)),
    ...(waiting.some(({ creditS }) => creditS !== undefined) && { creditS: Float64Array.from(people, ({ creditS }) => creditS) }),
    // Who waits already may give up too; how long they have waited says nothing of how long they still will.
    ...(patienceS !== undefined && { patienceS: Float64Array.from(people, ({ atS }) => Math.max(0, -atS) + draws.exponential(patienceS)) }),
  };
}

/** Arrivals whose pace changes from slot to slot: gaps are drawn in expected arrivals, not in time. */
function addPoisson(people: Coming[], kind: number, perSlot: readonly number[], slotS: number, horizonS: number, draws: Draws): void {
  let wanted = draws.exponential(1);
  for (const [slot, expected] of perSlot.entries()) {
    let used = 0;
    while (expected - used > wanted) {
      used += wanted;
      wanted = draws.exponential(1);
      const atS = slotS * (slot + used / expected);
      if (atS >= horizonS) return;
      people.push({ atS, kind, creditS: 0 });
    }
    wanted -= expected - used;
  }
}

function drawn({ quantilesOfKindS }: ServiceTimes, kind: number, draws: Draws): number {
  const table = quantilesOfKindS[kind];
  if (table === undefined) throw new RangeError(`nothing is known of services of kind ${kind}`);
  return table[Math.floor(draws.next() * table.length)] as number;
}

/** What is left of a service, drawn from those that lasted longer; nearly all were shorter: some minutes more. */
function leftOf(
  { quantilesOfKindS }: ServiceTimes,
  { kind, forS }: { readonly kind: number; readonly forS: number },
  draws: Draws,
): number {
  const table = quantilesOfKindS[kind];
  if (table === undefined) throw new RangeError(`nothing is known of services of kind ${kind}`);
  const from = firstAbove(table, forS);
  if (from >= table.length - 2) return draws.exponential(Math.max(60, forS / 2));
  return (table[from + Math.floor(draws.next() * (table.length - from))] as number) - forS;
}

function played(
  arrivals: Arrivals,
  windows: readonly LiveWindow[],
  endsS: readonly number[],
  doorsCloseS: number,
  { horizonS, withinS }: WhatIfOptions,
): Figures {
  const setting: DaySetting = {
    startS: 0,
    doorsCloseS,
    windows: windows.map((window, place) => simulated(window, endsS[place] ?? 0)),
    rules: { toOpenS: 0, leastOpenS: 0, fewest: 0, most: windows.length },
  };
  const { waitS, left, staffedS, lastServedS } = simulateDay(arrivals, setting);
  const called = waitS.filter((wait, customer) => wait >= 0 && (arrivals.arrivesS[customer] as number) + wait <= horizonS).sort();
  return {
    wait90S: called[Math.floor(0.9 * called.length)] ?? 0,
    within: called.length === 0 ? 1 : firstAbove(called, withinS) / called.length,
    left,
    lastServedS,
    windowHours: staffedS / 3_600,
  };
}

const simulated = ({ takes, opensInS, closesInS, serving }: LiveWindow, endsS: number): SimulatedWindow => ({
  openedAtS: opensInS,
  ...(takes !== undefined && { takes }),
  ...(closesInS !== undefined && { closesAtS: closesInS }),
  ...(serving !== undefined && { busyUntilS: endsS, busyKind: serving.kind }),
});

const minus = (a: Figures, b: Figures): Figures => ({
  wait90S: a.wait90S - b.wait90S,
  within: a.within - b.within,
  left: a.left - b.left,
  lastServedS: a.lastServedS - b.lastServedS,
  windowHours: a.windowHours - b.windowHours,
});

function outlookOf(futures: readonly Figures[]): Outlook {
  const band = (figure: keyof Figures): Band => {
    const sorted = Float64Array.from(futures, (each) => each[figure]).sort();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
    return { low: at(0.1), middle: at(0.5), high: at(0.9) };
  };
  return {
    wait90S: band('wait90S'),
    within: band('within'),
    left: band('left'),
    lastServedS: band('lastServedS'),
    windowHours: band('windowHours'),
  };
}
