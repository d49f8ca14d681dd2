/**
 * Keeps what is told true to what comes true. The median follows the sign of its errors; each end of the interval is moved outwards
 * after a miss and a little inwards after a hit, nine times less, until it misses one time in ten (adaptive conformal inference, Gibbs
 * and Candès 2021; on quantile forecasts as in Romano et al. 2019). It holds whatever the forecasts are worth and follows change.
 */
import type { SoftQuantiles } from './wait-model.ts';

/** Of a step after a miss, in widths of the interval told. */
const END_STEP = 0.02;
const MIDDLE_STEP = 0.004;
const MISSED = 0.1;
/** Narrower intervals are moved as if they were so wide, or nothing could widen them. */
const NARROW = 0.3;

export interface CalibrationJson {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export class Calibration {
  private low = 0;
  private middle = 0;
  private high = 0;

  apply(raw: SoftQuantiles): SoftQuantiles {
    const width = Math.max(NARROW, raw.high - raw.low);
    const middle = raw.middle + this.middle;
    return { low: Math.min(middle, raw.low - this.low * width), middle, high: Math.max(middle, raw.high + this.high * width) };
  }

  /** `raw` as it was before `apply`; `truth` on the same scale. */
  learn(raw: SoftQuantiles, truth: number): void {
    const told = this.apply(raw);
    this.low = within(this.low + END_STEP * ((truth < told.low ? 1 : 0) - MISSED));
    this.high = within(this.high + END_STEP * ((truth > told.high ? 1 : 0) - MISSED));
    this.middle = within(this.middle + MIDDLE_STEP * Math.sign(truth - told.middle));
  }

  toJSON(): CalibrationJson {
    return { low: this.low, middle: this.middle, high: this.high };
  }

  restore({ low, middle, high }: CalibrationJson): void {
    this.low = within(low);
    this.middle = within(middle);
    this.high = within(high);
  }
}

const within = (value: number): number => Math.min(3, Math.max(-0.9, value));
