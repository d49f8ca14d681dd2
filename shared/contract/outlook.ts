/** What the hub predicts of a branch's waits, as it goes to kiosks, displays and staff screens. Durations in ms, instants hub time. */
import type { WaitRange } from '../branch/branch.state.ts';

/** For one who would take a number now: 10 %, 50 % and 90 % of the wait. */
export interface ServiceForecast {
  readonly ahead: number;
  readonly waitMs: WaitRange;
}

/** How good the forecasts told lately were, of those whose wait is over. */
export interface ForecastRecord {
  readonly forecasts: number;
  /** Mean distance of the median forecast from what came true. */
  readonly meanErrorMs: number;
  /** Share of waits that ended within the range told: 0.8 is what it promises. */
  readonly withinRange: number;
}

export interface PublicOutlook {
  readonly branchId: string;
  readonly at: number;
  readonly services: Readonly<Record<string, ServiceForecast>>;
}

/** What a viewer was told of it. */
export type SeenOutlook = PublicOutlook & Partial<Outlook>;

export interface Outlook extends PublicOutlook {
  /** The wait still to come of those who wait and whom a window takes, now or when it is back from a pause: of the first 500 at most, on the sockets of the first 60. */
  readonly tickets: Readonly<Record<string, WaitRange>>;
  /** When the last of those at a window or in `tickets` (of the first 500) will be done if nobody else came. Absent: there is nobody. */
  readonly clearAt?: number;
  readonly record?: ForecastRecord;
}
