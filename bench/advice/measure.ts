/** `npm run bench -- --only advice`: the demo's morning peak, with and without taking up what is advised, on the same seeds. */
import { type Bench, median, rounded } from '../support/report.ts';
import { figuresOf, type MorningFigures } from './figures.ts';
import { playMorning } from './morning.ts';

const SEEDS = 6;
const LOOKS = { looksEveryMs: 20_000, futures: 32 };
/** To show that it runs: coarser looks at the same morning. */
const SMOKE_LOOKS = { looksEveryMs: 60_000, futures: 8 };

const told = ({ foretold, withdrawn, ...figures }: MorningFigures) =>
  JSON.stringify({ ...figures, ...withdrawn, ...foretold }, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value));

export function measureAdvice(bench: Bench): void {
  const played: { readonly without: MorningFigures; readonly taken: MorningFigures }[] = [];
  for (let seed = 1; seed <= (bench.smoke ? 1 : SEEDS); seed += 1) {
    const play = (taken: boolean) => figuresOf(playMorning({ seed, taken, ...(bench.smoke ? SMOKE_LOOKS : LOOKS) }));
    const [without, taken] = [play(false), play(true)];
    bench.log(`advice: seed ${seed} nobody takes it up ${told(without)}`);
    bench.log(`advice: seed ${seed} taken up            ${told(taken)}`);
    played.push({ without, taken });
  }
  const of = (which: 'without' | 'taken', figure: (figures: MorningFigures) => number) => median(played.map((one) => figure(one[which])));
  for (const [name, figure, unit] of [
    ['wait90', ({ wait90Minutes }: MorningFigures) => wait90Minutes, 'min'],
    ['mean', ({ meanMinutes }: MorningFigures) => meanMinutes, 'min'],
  ] as const) {
    const [value, baseline] = [of('taken', figure), of('without', figure)];
    bench.report({
      name: `advice.${name}`,
      value,
      unit,
      baseline: { name: 'nobody takes it up', value: baseline },
      goal: '< baseline',
      ok: value < baseline,
    });
  }
}
