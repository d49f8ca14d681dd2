/** How long a service takes, learnt from those that ended: a histogram on a logarithmic scale in which the past slowly fades. */
const BINS = 64;
const SHORTEST_S = 1;
const LONGEST_S = 3_600;
const PER_BIN = Math.log(LONGEST_S / SHORTEST_S) / BINS;
/** A service counts half after so many later ones of its kind. */
const HALF_LIFE = 2_000;
/** The prior counts as much as so many services. */
const PRIOR_WEIGHT = 10;
const QUANTILES = 256;
/** Spread of the prior's logarithm: services of a bank have a standard deviation about as large as their mean. */
const PRIOR_SIGMA = 0.9;

export class Durations {
  private readonly counts = new Float64Array(BINS);
  private weight = 1;
  private stale = true;
  private readonly table = new Float64Array(QUANTILES);
  private mean = 0;

  constructor(priorMeanS = 180) {
    const middle = Math.log(priorMeanS / SHORTEST_S) - PRIOR_SIGMA ** 2 / 2;
    let total = 0;
    const prior = Array.from({ length: BINS }, (_, bin) => {
      const z = ((bin + 0.5) * PER_BIN - middle) / PRIOR_SIGMA;
      const density = Math.exp((-z * z) / 2);
      total += density;
      return density;
    });
    for (const [bin, density] of prior.entries()) this.counts[bin] = (PRIOR_WEIGHT * density) / total;
  }

  learn(seconds: number): void {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(Math.log(Math.max(SHORTEST_S, seconds) / SHORTEST_S) / PER_BIN)));
    // Newer ones weigh more instead of older ones less: one addition instead of a pass over the bins.
    this.weight *= 2 ** (1 / HALF_LIFE);
    this.counts[bin] = (this.counts[bin] as number) + this.weight;
    if (this.weight > 1e6) {
      for (let each = 0; each < BINS; each += 1) this.counts[each] = (this.counts[each] as number) / this.weight;
      this.weight = 1;
    }
    this.stale = true;
  }

  meanS(): number {
    this.refresh();
    return this.mean;
  }

  /** 256 equally likely durations in seconds, ascending. */
  quantiles(): Float64Array {
    this.refresh();
    return this.table;
  }

  /** Mean of what is still to come of a service that has lasted `elapsedS`. */
  residualS(elapsedS: number): number {
    const table = this.quantiles();
    const from = firstAbove(table, elapsedS);
    if (from >= QUANTILES - 1) return Math.max(60, elapsedS / 2);
    let sum = 0;
    for (let each = from; each < QUANTILES; each += 1) sum += table[each] as number;
    return sum / (QUANTILES - from) - elapsedS;
  }

  private refresh(): void {
    if (!this.stale) return;
    this.stale = false;
    let total = 0;
    for (const count of this.counts) total += count;
    let bin = 0;
    let below = 0;
    let sum = 0;
    for (let each = 0; each < QUANTILES; each += 1) {
      const wanted = ((each + 0.5) / QUANTILES) * total;
      while (bin < BINS - 1 && below + (this.counts[bin] as number) < wanted) below += this.counts[bin++] as number;
      const within = Math.min(1, (wanted - below) / ((this.counts[bin] as number) || 1));
      const seconds = SHORTEST_S * Math.exp((bin + within) * PER_BIN);
      this.table[each] = seconds;
      sum += seconds;
    }
    this.mean = sum / QUANTILES;
  }
}

/** Index of the first entry above `value` of an ascending table; its length if there is none. */
export function firstAbove(table: Float64Array, value: number): number {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
