/** A forecast set right by how such forecasts turned out on earlier days: in bins of what was told, the quantiles of what came true. */
const BINS = 20;
/** Fewer past forecasts say nothing. */
const ENOUGH = 200;

export interface Quantiles {
  readonly q10: number;
  readonly q50: number;
  readonly q90: number;
}

export class Recalibration {
  private readonly told: number[] = [];
  private readonly true: number[] = [];
  private bins: (Quantiles & { readonly told: number })[] = [];

  add(told: number, truth: number): void {
    this.told.push(told);
    this.true.push(truth);
  }

  /** To be called between days: what was added since counts from now on. */
  refit(): void {
    if (this.told.length < ENOUGH) return;
    const order = this.told.map((_, index) => index).sort((a, b) => (this.told[a] as number) - (this.told[b] as number));
    this.bins = Array.from({ length: BINS }, (_, bin) => {
      const members = order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS));
      const truths = members.map((index) => this.true[index] as number).sort((a, b) => a - b);
      const told = members.reduce((sum, index) => sum + (this.told[index] as number), 0) / members.length;
      return { told, q10: quantile(truths, 0.1), q50: quantile(truths, 0.5), q90: quantile(truths, 0.9) };
    });
  }

  apply(told: number): Quantiles | undefined {
    if (this.bins.length === 0) return undefined;
    const above = this.bins.findIndex((bin) => bin.told >= told);
    const last = this.bins.at(-1) as Quantiles;
    if (above === -1) return last;
    const high = this.bins[above] as Quantiles & { told: number };
    const low = this.bins[above - 1];
    if (low === undefined || high.told === low.told) return high;
    const share = (told - low.told) / (high.told - low.told);
    const between = (from: number, to: number): number => from + share * (to - from);
    return { q10: between(low.q10, high.q10), q50: between(low.q50, high.q50), q90: between(low.q90, high.q90) };
  }
}

const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0;
