/** What simulated days came to. */
import type { DayOutcome } from './branch-day.simulation.ts';

export interface DayFigures {
  readonly days: number;
  readonly served: number;
  /** Share served within the target, of those served. */
  readonly within: number;
  readonly meanWaitS: number;
  readonly p95WaitS: number;
  /** A day, from the decision to open to the end of the last service. */
  readonly windowHours: number;
  /** A day, from when windows were ready. */
  readonly openHours: number;
  /** A day. */
  readonly openings: number;
}

/** `waits` keeps every wait, for the percentile; tuning does without. */
export class DayTotals {
  private readonly waits: number[] = [];
  private days = 0;
  private served = 0;
  private within = 0;
  private waitS = 0;
  private staffedS = 0;
  private openS = 0;
  private openings = 0;

  constructor(
    private readonly withinS: number,
    private readonly keepWaits = true,
  ) {}

  add({ waitS, staffedS, openS, openings }: DayOutcome): void {
    this.days += 1;
    this.staffedS += staffedS;
    this.openS += openS;
    this.openings += openings;
    for (const wait of waitS) {
      if (wait < 0) continue;
      this.served += 1;
      this.waitS += wait;
      if (wait <= this.withinS) this.within += 1;
      if (this.keepWaits) this.waits.push(wait);
    }
  }

  figures(): DayFigures {
    const days = Math.max(1, this.days);
    const served = Math.max(1, this.served);
    this.waits.sort((a, b) => a - b);
    return {
      days: this.days,
      served: this.served,
      within: this.within / served,
      meanWaitS: this.waitS / served,
      p95WaitS: this.waits[Math.floor(0.95 * this.waits.length)] ?? 0,
      windowHours: this.staffedS / 3_600 / days,
      openHours: this.openS / 3_600 / days,
      openings: this.openings / days,
    };
  }
}
