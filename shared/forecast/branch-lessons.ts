/** What a branch's own days teach of its customers: how many come when for each zone, for what, for how long, and how many stay. */
import type { BranchState } from '../branch/branch.state.ts';
import { paceOf } from '../branch/predict/predict.ts';
import { zoneOf } from '../branch/queue/order.ts';
import type { Segment } from '../contract/config.ts';
import { Durations } from './durations.ts';
import { type DayFlow, type DayTraits, FlowForecast, type FlowProfile, SLOT_MS, SLOTS } from './flow-forecast.ts';
import { type SeenArrival, type Zone, zones } from './outlook.ts';

const DAY_MS = 24 * 3_600_000;
/** A window left with somebody at it over lunch is no service. */
const LONGEST_MS = 2 * 3_600_000;
/** The mix of services and segments: of so many who came last. */
const MOST_ARRIVALS = 600;
/** Until the first day was seen: of eight hours at one counter. */
const CUSTOMERS_PER_COUNTER = 80;
const USUAL_OPEN_MS = 8 * 3_600_000;
/** A profile may be off by so much; what comes on the first day outweighs it at once. */
const PROFILE_DOUBT = 0.6;
const PROFILE_RIPPLE = 0.3;
/** How many leave uncalled is not known from a handful. */
const STAY_PRIOR = 20;

export interface PastCustomer {
  readonly serviceId: string;
  readonly segment: Segment;
  readonly arrivedAt: number;
  /** From the call to the window's being free again, ms; absent: was never called. */
  readonly servedMs?: number;
}

/** A business day that is over, customers in the order of arrival. Instants are hub ms. */
export interface PastDay {
  readonly date: string;
  readonly endsAt: number;
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly dayType: string;
  readonly customers: readonly PastCustomer[];
}

// 1 January 1970 was a Thursday.
export const traitsOf = ({ date, dayType }: Pick<PastDay, 'date' | 'dayType'>): DayTraits => ({
  weekday: ((Date.parse(date) / DAY_MS + 3) % 7) + 1,
  ...(dayType !== 'ordinary' && { flags: [dayType] }),
});

/** ms since the local midnight with which the day began; a day without 24 hours is off by that hour. */
export const timeOfDay = (at: number, { endsAt }: { readonly endsAt: number }): number => at - endsAt + DAY_MS;

export class BranchLessons {
  private readonly flows: Readonly<Record<Zone, FlowForecast>>;
  private readonly durations = new Map<string, Durations>();
  private lately: SeenArrival[] = [];
  private days = 0;
  private stayed = STAY_PRIOR;
  private ended = STAY_PRIOR;

  constructor(private readonly state: BranchState) {
    this.flows = { cash: new FlowForecast(profileOf(state, 'cash')), nonCash: new FlowForecast(profileOf(state, 'nonCash')) };
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
      this.flows[zone].learn({ ...traitsOf(day), counts });
    }
    for (const { serviceId, segment, arrivedAt, servedMs } of day.customers) {
      this.arrived({ at: arrivedAt, serviceId, segment });
      if (servedMs === undefined) this.left();
      else this.served(serviceId, servedMs);
    }
  }

  arrived(one: SeenArrival): void {
    this.lately.push(one);
    if (this.lately.length > MOST_ARRIVALS) this.lately = this.lately.slice(-MOST_ARRIVALS / 2);
  }

  served(serviceId: string, ms: number): void {
    if (ms <= 0 || ms > LONGEST_MS) return;
    this.stayed += 1;
    this.ended += 1;
    this.durationsOf(serviceId).learn(ms / 1_000);
  }

  /** Left the line uncalled: no work for a window. */
  left(): void {
    this.ended += 1;
  }

  durationsOf(serviceId: string): Durations {
    let known = this.durations.get(serviceId);
    if (known === undefined) {
      known = new Durations(paceOf(this.state, serviceId) / 1_000);
      this.durations.set(serviceId, known);
    }
    return known;
  }

  /** Oldest first. Where nobody was seen yet: one for each service offered. */
  get arrivals(): readonly SeenArrival[] {
    if (this.lately.length > 0) return this.lately;
    const offered = this.state.config?.services.filter((service) => service.offered !== false) ?? [];
    return offered.map(({ id }): SeenArrival => ({ at: 0, serviceId: id, segment: 'ordinary' }));
  }

  get stayShare(): number {
    return this.stayed / this.ended;
  }

  day(zone: Zone, traits: DayTraits): DayFlow {
    const flow = this.flows[zone].day(traits);
    const doubt = 1 / (this.days + 1) ** 2;
    return {
      ...flow,
      spread: Math.hypot(flow.spread, PROFILE_DOUBT * doubt),
      ripple: Math.hypot(flow.ripple, PROFILE_RIPPLE * doubt),
    };
  }
}

/** A branch nobody has seen: as many as its counters usually serve, evenly over its hours of today (or the working day of one shut today). */
function profileOf({ config, day }: BranchState, zone: Zone): FlowProfile {
  const counters = config?.counters.filter(({ kind }) => (zone === 'nonCash') === (kind === 'nonCash')).length ?? 1;
  const posted = day?.opensAt !== undefined && day.closesAt !== undefined;
  const opensMs = posted ? timeOfDay(day.opensAt, day) : config?.hours.roundTheClock === true ? 0 : DAY_MS / 3;
  const closesMs = posted ? timeOfDay(day.closesAt, day) : config?.hours.roundTheClock === true ? DAY_MS : (DAY_MS * 3) / 4;
  const shape = Float64Array.from({ length: SLOTS }, (_none, slot) => (slot * SLOT_MS >= opensMs && slot * SLOT_MS < closesMs ? 1 : 0));
  return { perDay: (Math.max(1, counters) * CUSTOMERS_PER_COUNTER * (closesMs - opensMs)) / USUAL_OPEN_MS, shape };
}
