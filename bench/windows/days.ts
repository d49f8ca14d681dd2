/** Business days of a call file as days of a branch's windows: who was served, when they came, how long it took. */
import type { Arrivals } from '../../shared/forecast/branch-day.simulation.ts';
import { Draws } from '../../shared/forecast/draws.ts';
import { type FlowDay, FlowForecast, SLOT_MS, SLOTS } from '../../shared/forecast/flow-forecast.ts';
import { ServiceLessons } from '../../shared/forecast/service-times.ts';
import type { DayKnowledge } from '../../shared/forecast/window-rule.ts';
import type { Call } from '../forecast/calls-file.ts';

const DAY_S = 86_400;
const LONGEST_SERVICE_S = 3_600;
/** Of kinds, as many as fit the simulation; any beyond count as the last. */
const MOST_KINDS = 31;

export interface Hours {
  readonly opensS: number;
  readonly closesS: number;
}

export interface WindowDay {
  readonly date: string;
  /** In order of arrival; seconds after midnight. */
  readonly customers: readonly { readonly arrivesS: number; readonly serviceS: number; readonly kind: number }[];
  /** What the days before it teach, for a day thinned alike. */
  readonly known: DayKnowledge;
}

/** Days with customers in every hour of opening; half days and closed days are none. Calls in order of days. */
export function daysOf(calls: readonly Call[], { opensS, closesS }: Hours, thin: number): WindowDay[] {
  const kinds = [...new Set(calls.map((call) => call.kind))].sort();
  const byDate = new Map<string, Call[]>();
  for (const call of calls) {
    const day = byDate.get(call.date);
    if (day === undefined) byDate.set(call.date, [call]);
    else day.push(call);
  }
  const lessons = new ServiceLessons(Math.min(MOST_KINDS, kinds.length), 180);
  let flow: FlowForecast | undefined;
  const days: WindowDay[] = [];
  for (const [date, called] of [...byDate].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const midnightS = Date.parse(`${date}T00:00:00Z`) / 1_000;
    const customers = called
      .flatMap(({ arrivedAtS, service, kind, outcome }) => {
        const arrivesS = arrivedAtS - midnightS;
        if (outcome !== 'AGENT' || service === undefined || arrivesS < opensS || arrivesS >= closesS) return [];
        const serviceS = Math.min(LONGEST_SERVICE_S, Math.max(1, service.endedAtS - service.startedAtS));
        return [{ arrivesS, serviceS, kind: Math.min(MOST_KINDS - 1, kinds.indexOf(kind)) }];
      })
      .sort((a, b) => a.arrivesS - b.arrivesS);
    if (!openAllDay(customers, opensS, closesS)) continue;
    const today: FlowDay = { weekday: weekdayOf(midnightS), counts: countsOf(customers, thin) };
    flow ??= new FlowForecast({ perDay: customers.length * thin, shape: flatShape(opensS, closesS) });
    days.push({ date, customers, known: { flow: flow.day(today), services: lessons.freeze() } });
    flow.learn(today);
    for (const { kind, serviceS } of customers) lessons.learn(kind, serviceS);
  }
  return days;
}

/** Each customer stays by the toss of a coin: the same seed keeps the same ones. */
export function thinned({ customers }: WindowDay, share: number, seed: number): Arrivals {
  const draws = new Draws(seed);
  const kept = customers.filter(() => draws.next() < share);
  return {
    arrivesS: Float64Array.from(kept, ({ arrivesS }) => arrivesS),
    serviceS: Float64Array.from(kept, ({ serviceS }) => serviceS),
    kind: Uint8Array.from(kept, ({ kind }) => kind),
  };
}

function openAllDay(customers: WindowDay['customers'], opensS: number, closesS: number): boolean {
  const hours = new Set(customers.map(({ arrivesS }) => Math.floor((arrivesS - opensS) / 3_600)));
  return hours.size >= Math.ceil((closesS - opensS) / 3_600);
}

function countsOf(customers: WindowDay['customers'], thin: number): Float64Array {
  const counts = new Float64Array(SLOTS);
  for (const { arrivesS } of customers) {
    const slot = Math.floor((arrivesS * 1_000) / SLOT_MS);
    counts[slot] = (counts[slot] as number) + thin;
  }
  return counts;
}

const flatShape = (opensS: number, closesS: number): Float64Array =>
  Float64Array.from({ length: SLOTS }, (_none, slot) => (slot * SLOT_MS >= opensS * 1_000 && slot * SLOT_MS < closesS * 1_000 ? 1 : 0));

// 1 January 1970 was a Thursday.
const weekdayOf = (midnightS: number): number => ((Math.floor(midnightS / DAY_S) + 3) % 7) + 1;
