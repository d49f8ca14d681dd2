/** What our rule is held against: thresholds on the line per window, and who knows the day in advance. */
import type { Arrivals, WindowRule } from '../../shared/forecast/branch-day.simulation.ts';
import type { Hours } from './days.ts';

export interface LineLimits {
  readonly openAbove: number;
  readonly closeBelow: number;
  /** Counted as the line: those who wait, or those in service too. */
  readonly counting: 'waiting' | 'inSystem';
}

/** Queue ÷ windows with hysteresis: opens above one ratio, closes below another. */
export const thresholdRule =
  ({ openAbove, closeBelow, counting }: LineLimits): WindowRule =>
  ({ waiting, busy, windows }) => {
    const line = (waiting + (counting === 'inSystem' ? busy : 0)) / Math.max(1, windows);
    return line > openAbove ? windows + 1 : line < closeBelow ? windows - 1 : windows;
  };

const HALF_HOUR_S = 1_800;

/**
 * Knows who will come and how long each takes, by half hour: the work m that comes in each, in windows, gets ⌈m + β√m⌉ windows, ready
 * when it begins. It knows the future and yet is no bound: it plans by half hours and does not react.
 */
export function clairvoyantRule({ arrivesS, serviceS }: Arrivals, beta: number, { opensS, closesS }: Hours, toOpenS: number): WindowRule {
  const slots = Math.ceil((closesS - opensS) / HALF_HOUR_S);
  const work = new Float64Array(slots);
  for (const [customer, at] of arrivesS.entries()) {
    // A service is work in the half hours in which it would be given, were a window free at once.
    let from = at;
    for (let left = serviceS[customer] as number; left > 0; ) {
      const slot = Math.min(slots - 1, Math.floor((from - opensS) / HALF_HOUR_S));
      const here = slot === slots - 1 ? left : Math.min(left, opensS + (slot + 1) * HALF_HOUR_S - from);
      work[slot] = (work[slot] as number) + here;
      left -= here;
      from += here;
    }
  }
  const need = Array.from(work, (seconds) => {
    const load = seconds / HALF_HOUR_S;
    return Math.max(1, Math.ceil(load + beta * Math.sqrt(load)));
  });
  return ({ nowS }) => {
    const slot = Math.min(slots - 1, Math.floor((nowS - opensS) / HALF_HOUR_S));
    const soon = Math.min(slots - 1, Math.floor((nowS + toOpenS - opensS) / HALF_HOUR_S));
    return Math.max(need[slot] as number, need[soon] as number);
  };
}
