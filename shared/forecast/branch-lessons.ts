/** What a branch's own days teach of its customers: how many come when for each zone, for what, for how long, and how many stay. */
import type { BranchState } from '../branch/branch.state.ts';
import { traitsOf } from '../branch/day/day-types.ts';
import { paceOf } from '../branch/predict/predict.ts';
import { zoneOf } from '../branch/queue/order.ts';
import { defaultHours } from '../contract/default-config.ts';
import { Durations } from './durations.ts';
import { timeOfDay } from './day-time.ts';
import { type DayFlow, type DayTraits, FlowForecast, SLOT_MS, SLOTS } from './flow-forecast.ts';
import { expectedMix, flowProfileOf } from './flow-profile.ts';
import { PATIENCE_PRIOR_S } from './line.state.ts';
import { type SeenArrival, type Zone, zones } from './outlook.ts';
import { type PastDay, servedMs, waitedMs } from './past-day.ts';

/** A window left with somebody at it over lunch is no service. */
const LONGEST_MS = 2 * 3_600_000;
/** The mix of services and segments: of so many who came last. */
const MOST_ARRIVALS = 600;
/** A guess may be off by so much, and what comes on the first day outweighs it at once; what the bank expects is better than a guess. */
const DOUBT = { guessed: 0.6, expected: 0.25 } as const;
const RIPPLE = { guessed: 0.3, expected: 0.2 } as const;
/** How many leave uncalled is not known from a handful. */
const STAY_PRIOR = 20;

export class BranchLessons {
  private readonly flows: Readonly<Record<Zone, FlowForecast>>;
  private readonly durations = new Map<string, Durations>();
  private lately: SeenArrival[];
  private days = 0;
  private stayed = STAY_PRIOR;
  private ended = STAY_PRIOR;
  private gaveUp = 1;
  private waitedS = PATIENCE_PRIOR_S;

  constructor(private readonly state: BranchState) {
    this.flows = { cash: new FlowForecast(flowProfileOf(state, 'cash')), nonCash: new FlowForecast(flowProfileOf(state, 'nonCash')) };
    // A guessed mix would be all services alike: the first real customer is better.
    this.lately = state.config?.flow === undefined ? [] : [...expectedMix(state)];
  }

  learn(day: PastDay): void {
    if (day.customers.length === 0) return;
    this.days += 1;
    for (const zone of zones) {
      const counts = new Float64Array(SLOTS);
      for (const { serviceId, arrivedAt } of day.customers) {
        if (zoneOf(this.state, serviceId) !== zone) continue;
        const slot = Math.min(SLOTS - 1, Math.max(0, Math.floor(timeOfDay(arrivedAt, day) / SLOT_MS)));
        counts[slot] = (counts[slot] as number) + 1;
      }
      this.flows[zone].learn({ ...this.traitsOf(day), counts });
    }
    for (const customer of day.customers) {
      const { serviceId, segment, arrivedAt, gaveUp = false } = customer;
      this.arrived({ at: arrivedAt, serviceId, segment });
      const took = servedMs(customer);
      if (took === undefined) this.left(waitedMs(customer), gaveUp);
      else this.served(serviceId, took, waitedMs(customer));
    }
  }

  /** `dayType` absent: of a day to come, as it is planned. */
  traitsOf(day: { readonly date: string; readonly dayType?: string }): DayTraits {
    return traitsOf(this.state.config ?? { hours: defaultHours }, day);
  }

  arrived(one: SeenArrival): void {
    this.lately.push(one);
    if (this.lately.length > MOST_ARRIVALS) this.lately = this.lately.slice(-MOST_ARRIVALS / 2);
  }

  served(serviceId: string, ms: number, waitedMs: number): void {
    this.waitedS += waitedMs / 1_000;
    if (ms <= 0 || ms > LONGEST_MS) return;
    this.stayed += 1;
    this.ended += 1;
    this.durationsOf(serviceId).learn(ms / 1_000);
  }

  /** Left the line uncalled: no work for a window. */
  left(waitedMs: number, gaveUp: boolean): void {
    this.ended += 1;
    if (gaveUp) this.gaveUp += 1;
    this.waitedS += waitedMs / 1_000;
  }

  durationsOf(serviceId: string): Durations {
    let known = this.durations.get(serviceId);
    if (known === undefined) {
      known = new Durations(paceOf(this.state, serviceId) / 1_000);
      this.durations.set(serviceId, known);
    }
    return known;
  }

  /** Oldest first; those expected before the first was seen. */
  get arrivals(): readonly SeenArrival[] {
    return this.lately.length > 0 ? this.lately : expectedMix(this.state);
  }

  get stayShare(): number {
    return this.stayed / this.ended;
  }

  /** One who waits gives up after so long on average. */
  get patienceS(): number {
    return this.waitedS / this.gaveUp;
  }

  day(zone: Zone, traits: DayTraits): DayFlow {
    const flow = this.flows[zone].day(traits);
    const doubt = 1 / (this.days + 1) ** 2;
    const known = this.state.config?.flow === undefined ? 'guessed' : 'expected';
    return {
      ...flow,
      spread: Math.hypot(flow.spread, DOUBT[known] * doubt),
      ripple: Math.hypot(flow.ripple, RIPPLE[known] * doubt),
    };
  }
}
