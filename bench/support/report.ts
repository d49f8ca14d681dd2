/** One JSON object a line on stdout; everything meant for people goes to stderr. */

export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Measured in this very run. */
  readonly baseline: { readonly name: string; readonly value: number };
  /** value / baseline. */
  readonly ratio: number;
  readonly goal: string;
  readonly ok: boolean;
}

interface Details {
  readonly connections?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** Of the server's processor, a request; unlike the rate it does not mind who else is busy. */
  readonly cpuUs?: number;
  readonly baselineCpuUs?: number;
  readonly note?: string;
}

export interface Bench {
  readonly smoke: boolean;
  report(line: Omit<Line, 'ratio'>, details?: Details): void;
  log(text: string): void;
}

/** Three figures are as many as a benchmark knows. */
export const rounded = (value: number): number => Number(value.toPrecision(value >= 1_000 ? 4 : 3));

export function createBench(smoke: boolean): Bench {
  return {
    smoke,
    report: ({ name, value, unit, baseline, goal, ok }, details = {}) => {
      const line: Line & Details = {
        name,
        value: rounded(value),
        unit,
        baseline: { name: baseline.name, value: rounded(baseline.value) },
        ratio: rounded(value / baseline.value),
        goal,
        ok,
        ...details,
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    },
    log: (text) => void process.stderr.write(`${text}\n`),
  };
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
