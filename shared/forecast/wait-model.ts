/**
 * What was learnt from lessons: three quantiles of the wait, each by a sum of trees. They learn the logarithm of the true wait over
 * the formula's, so that what they have not seen yet falls back on the formula.
 */
import { AT, FEATURE_COUNT, FEATURES } from './features.ts';
import type { Lessons } from './lessons.ts';
import { Draws } from './draws.ts';
import { type BinnedRows, binRows, TreesFit, type TreesOptions } from './trees.fit.ts';
import { Trees, type TreesJson } from './trees.ts';

/** Keeps the logarithm of short waits from ruling: 15 s more or less is the same to somebody who waits. */
const SOFT_S = 15;
const QUANTILES = [0.1, 0.5, 0.9] as const;
const OPTIONS: Omit<TreesOptions, 'quantile'> = {
  trees: 200,
  leaves: 10,
  rate: 0.06,
  smallestLeaf: 100,
  rowShare: 0.5,
  featureShare: 0.3,
};

export const soft = (seconds: number): number => Math.log(Math.max(0, seconds) + SOFT_S);
export const unsoft = (value: number): number => Math.max(0, Math.exp(value) - SOFT_S);

/** Three quantiles on the soft logarithmic scale. */
export interface SoftQuantiles {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface WaitModelJson {
  readonly version: 1;
  readonly features: readonly string[];
  readonly lessons: number;
  /** For 10, 50 and 90 %. */
  readonly quantiles: readonly TreesJson[];
}

export class WaitModel {
  private readonly trees: readonly Trees[];

  private constructor(readonly json: WaitModelJson) {
    this.trees = json.quantiles.map((each) => new Trees(each));
  }

  /** Nothing if it was learnt by another version, from other features. */
  static of(json: WaitModelJson): WaitModel | undefined {
    if (json.version !== 1 || json.quantiles.length !== QUANTILES.length) return undefined;
    return json.features.join() === FEATURES.join() ? new WaitModel(json) : undefined;
  }

  predict(row: Float64Array): SoftQuantiles {
    const base = soft(row[AT.leaverWait] as number);
    const [low, middle, high] = this.trees.map((each) => base + each.predict(row)) as [number, number, number];
    return { low: Math.min(low, middle), middle, high: Math.max(high, middle) };
  }
}

/** One tree a `step`, so that a thread can train in pieces. */
export class WaitModelFit {
  private readonly data: BinnedRows;
  private readonly target: Float64Array;
  private readonly done: TreesJson[] = [];
  private fit: TreesFit;

  constructor(
    { features, waitsS }: Lessons,
    private readonly seed: number,
  ) {
    this.data = binRows(features, FEATURE_COUNT);
    this.target = Float64Array.from(waitsS, (wait, row) => soft(wait) - soft(features[row * FEATURE_COUNT + AT.leaverWait] as number));
    this.fit = this.next();
  }

  /** False when the model is ready. */
  step(): boolean {
    if (this.fit.step()) return true;
    this.done.push(this.fit.finish().json);
    if (this.done.length === QUANTILES.length) return false;
    this.fit = this.next();
    return true;
  }

  finish(): WaitModelJson {
    while (this.done.length < QUANTILES.length) this.step();
    return { version: 1, features: FEATURES, lessons: this.data.rows, quantiles: this.done };
  }

  private next(): TreesFit {
    const quantile = QUANTILES[this.done.length] as number;
    return new TreesFit(this.data, this.target, { ...OPTIONS, quantile }, new Draws(this.seed + this.done.length));
  }
}
