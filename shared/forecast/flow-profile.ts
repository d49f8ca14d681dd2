/** What is believed of a branch before its first day was seen: what the bank expects of it, else a plain guess from its counters and hours. */
import type { BranchState } from '../branch/branch.state.ts';
import { msOfTime } from '../branch/day/local-time.ts';
import { zoneOf } from '../branch/queue/order.ts';
import { timeOfDay } from './day-time.ts';
import { type FlowProfile, SLOT_MS, SLOTS } from './flow-forecast.ts';
import type { SeenArrival, Zone } from './outlook.ts';

const DAY_MS = 24 * 3_600_000;
const SLOTS_A_HALF_HOUR = 6;
/** Where the bank expects nothing: of eight hours at one counter. */
const CUSTOMERS_PER_COUNTER = 80;
const USUAL_OPEN_MS = 8 * 3_600_000;
/** The expected mix counts as much as so many customers. */
const MIX_OF = 60;

/** Weight of the zone's services in what the bank expects; 0 … 1. */
function shareOf(state: BranchState, mix: Readonly<Record<string, number>>, zone: Zone): number {
  let all = 0;
  let own = 0;
  for (const [serviceId, weight] of Object.entries(mix)) {
    all += weight;
    if (zoneOf(state, serviceId) === zone) own += weight;
  }
  return own / all;
}

export function flowProfileOf(state: BranchState, zone: Zone): FlowProfile {
  const flow = state.config?.flow;
  if (flow === undefined) return plainProfile(state, zone);
  const shape = Float64Array.from({ length: SLOTS }, (_none, slot) => flow.perHalfHour[Math.floor(slot / SLOTS_A_HALF_HOUR)] ?? 0);
  const all = flow.perHalfHour.reduce((sum, one) => sum + one, 0);
  // Somebody may come for what nobody expects: a stream is never nothing.
  return { perDay: Math.max(1, all * shareOf(state, flow.mix, zone)), shape };
}

/** As many as the counters usually serve, evenly over today's hours (or, shut today, those of the week's first open day). */
function plainProfile({ config, day }: BranchState, zone: Zone): FlowProfile {
  const counters = config?.counters.filter(({ kind }) => (zone === 'nonCash') === (kind === 'nonCash')).length ?? 1;
  const [opensMs, closesMs] = hoursOf(config, day);
  const shape = Float64Array.from({ length: SLOTS }, (_none, slot) => (slot * SLOT_MS >= opensMs && slot * SLOT_MS < closesMs ? 1 : 0));
  return { perDay: (Math.max(1, counters) * CUSTOMERS_PER_COUNTER * (closesMs - opensMs)) / USUAL_OPEN_MS, shape };
}

function hoursOf(config: BranchState['config'], day: BranchState['day']): readonly [opensMs: number, closesMs: number] {
  if (config?.hours.roundTheClock === true) return [0, DAY_MS];
  if (day?.opensAt !== undefined && day.closesAt !== undefined) return [timeOfDay(day.opensAt, day), timeOfDay(day.closesAt, day)];
  const usual = config?.hours.week.find((hours) => hours !== null);
  return usual === undefined || usual === null ? [DAY_MS / 3, (DAY_MS * 3) / 4] : [msOfTime(usual.opens), msOfTime(usual.closes)];
}

/** Customers as they are expected to be, until real ones were seen. Where the bank expects nothing: one for each service offered. */
export function expectedMix(state: BranchState): readonly SeenArrival[] {
  const offered = state.config?.services.filter((service) => service.offered !== false) ?? [];
  const flow = state.config?.flow;
  if (flow === undefined) return offered.map(({ id }): SeenArrival => ({ at: 0, serviceId: id, segment: 'ordinary' }));
  const all = offered.reduce((sum, { id }) => sum + (flow.mix[id] ?? 0), 0);
  const found: SeenArrival[] = [];
  let owed = 0;
  let special = 0;
  for (const { id } of offered) {
    owed += (MIX_OF * (flow.mix[id] ?? 0)) / Math.max(1e-9, all);
    for (; owed >= 0.5; owed -= 1) {
      special += flow.specialShare;
      found.push({ at: 0, serviceId: id, segment: special >= 0.5 ? 'elderly' : 'ordinary' });
      if (special >= 0.5) special -= 1;
    }
  }
  return found;
}
