/** The roster proposal of a branch of fifteen: how long it takes for a day and a week, and its staff hours beside a fixed roster. */
import { Child } from '../support/child.ts';
import { type Bench, rounded } from '../support/report.ts';

interface Totals {
  readonly staffMs: number;
  readonly missingByRule: number;
  readonly missingForDemand: number;
}

interface Found {
  readonly tookMs: number;
  /** Of the processor: does not mind who else is busy. */
  readonly cpuMs: number;
  readonly proven: boolean;
  readonly cost: number;
  readonly leastCost: number;
  readonly ours: Totals;
  readonly fixed: Totals;
}

const hours = ({ staffMs }: Totals): number => staffMs / 3_600_000;
const missing = ({ missingByRule, missingForDemand }: Totals): string =>
  `${missingByRule} person-half-hours missing by rule, ${missingForDemand} for the demand`;

export async function measureRoster(bench: Bench): Promise<void> {
  const goals = { 1: 5_000, 7: 60_000 } as const;
  for (const days of bench.smoke ? ([1] as const) : ([1, 7] as const)) {
    const { child, first } = await Child.start<Found>('generate-roster.ts', String(days));
    await child.stop();
    const search = first.proven ? 'proven' : `not proven: at most ${(first.cost - first.leastCost) / 2} h dearer than the best`;
    const name = `roster.${days}day${days > 1 ? 's' : ''}`;
    bench.report(
      {
        name: `${name}.solve`,
        value: first.tookMs,
        unit: 'ms',
        baseline: { name: 'the goal', value: goals[days] },
        goal: `<= ${goals[days]} ms`,
        ok: first.tookMs <= goals[days],
      },
      { note: `15 people, ${days * 20} half hours; ${search}; ${Math.round(first.cpuMs)} ms of the processor` },
    );
    bench.report(
      {
        name: `${name}.staffHours`,
        value: hours(first.ours),
        unit: 'h',
        baseline: { name: 'everybody on the full shift, lunches in three turns', value: hours(first.fixed) },
        goal: 'fewer staff hours, no more missing',
        ok:
          first.ours.staffMs <= first.fixed.staffMs &&
          first.ours.missingByRule <= first.fixed.missingByRule &&
          first.ours.missingByRule + first.ours.missingForDemand <= first.fixed.missingByRule + first.fixed.missingForDemand,
      },
      { note: `${missing(first.ours)}; fixed: ${missing(first.fixed)}; saved ${rounded(hours(first.fixed) - hours(first.ours))} h` },
    );
  }
}
