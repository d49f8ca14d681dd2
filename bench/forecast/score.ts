/** How good forecasts were. Intervals of the figures by drawing whole days with replacement: calls of a day resemble each other. */
import { Draws } from '../../shared/forecast/draws.ts';

export interface Forecast {
  readonly q50: number;
  /** Absent for those who only tell one number. */
  readonly q10?: number | undefined;
  readonly q90?: number | undefined;
}

export interface Scored {
  readonly day: string;
  readonly waitS: number;
  readonly forecasts: ReadonlyMap<string, Forecast>;
}

interface Sums {
  n: number;
  absolute: number;
  square: number;
  error: number;
  within60: number;
  intervals: number;
  pinball: number;
  covered: number;
  width: number;
}

export interface Figures {
  readonly mae: number;
  readonly rmse: number;
  readonly bias: number;
  readonly within60: number;
  /** Mean over the 10, 50 and 90 % quantiles. */
  readonly pinball: number | undefined;
  readonly coverage80: number | undefined;
  readonly width80: number | undefined;
}

const RESAMPLES = 1_000;

export class Scoreboard {
  private readonly byDay = new Map<string, Map<string, Sums>>();

  add({ day, waitS, forecasts }: Scored): void {
    let sums = this.byDay.get(day);
    if (sums === undefined) this.byDay.set(day, (sums = new Map()));
    for (const [predictor, forecast] of forecasts) {
      let own = sums.get(predictor);
      if (own === undefined) sums.set(predictor, (own = empty()));
      addOne(own, forecast, waitS);
    }
  }

  get days(): number {
    return this.byDay.size;
  }

  count(predictor: string): number {
    return this.sum(predictor, this.dayList()).n;
  }

  figures(predictor: string): Figures {
    return figuresOf(this.sum(predictor, this.dayList()));
  }

  /** 2.5 and 97.5 % of a figure over resampled days. */
  interval(seed: number, figure: (figures: (predictor: string) => Figures) => number): [number, number] {
    const draws = new Draws(seed);
    const days = this.dayList();
    const values = Array.from({ length: RESAMPLES }, () => {
      const drawn = days.map(() => days[Math.floor(draws.next() * days.length)] as ReadonlyMap<string, Sums>);
      return figure((predictor) => figuresOf(this.sum(predictor, drawn)));
    }).sort((a, b) => a - b);
    return [values[Math.floor(0.025 * RESAMPLES)] as number, values[Math.ceil(0.975 * RESAMPLES) - 1] as number];
  }

  private dayList(): ReadonlyMap<string, Sums>[] {
    return [...this.byDay.values()];
  }

  private sum(predictor: string, days: readonly ReadonlyMap<string, Sums>[]): Sums {
    const total = empty();
    for (const day of days) {
      const sums = day.get(predictor);
      if (sums !== undefined) for (const key of KEYS) total[key] += sums[key];
    }
    return total;
  }
}

const empty = (): Sums => ({ n: 0, absolute: 0, square: 0, error: 0, within60: 0, intervals: 0, pinball: 0, covered: 0, width: 0 });
const KEYS = Object.keys(empty()) as (keyof Sums)[];

function addOne(sums: Sums, { q10, q50, q90 }: Forecast, waitS: number): void {
  const error = q50 - waitS;
  sums.n += 1;
  sums.absolute += Math.abs(error);
  sums.square += error * error;
  sums.error += error;
  if (Math.abs(error) <= 60) sums.within60 += 1;
  if (q10 === undefined || q90 === undefined) return;
  sums.intervals += 1;
  sums.pinball += (pinball(waitS, q10, 0.1) + pinball(waitS, q50, 0.5) + pinball(waitS, q90, 0.9)) / 3;
  if (waitS >= q10 && waitS <= q90) sums.covered += 1;
  sums.width += q90 - q10;
}

const pinball = (truth: number, told: number, share: number): number =>
  truth >= told ? share * (truth - told) : (1 - share) * (told - truth);

function figuresOf(sums: Sums): Figures {
  const ofIntervals = (value: number): number | undefined => (sums.intervals === 0 ? undefined : value / sums.intervals);
  return {
    mae: sums.absolute / sums.n,
    rmse: Math.sqrt(sums.square / sums.n),
    bias: sums.error / sums.n,
    within60: sums.within60 / sums.n,
    pinball: ofIntervals(sums.pinball),
    coverage80: ofIntervals(sums.covered),
    width80: ofIntervals(sums.width),
  };
}
