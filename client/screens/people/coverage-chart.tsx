import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { clockOf, type CurveSlot, keptOf, stepsOf } from './proposal-view.ts';

/** Persons per half hour: needed as a line, as proposed filled, as it stands dashed. Nothing where nobody is needed. */
export function CoverageChart({ title, curve }: { title: string; curve: readonly CurveSlot[] }) {
  const t = useTexts(peopleTexts);
  const [first] = curve;
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return null;
  const most = Math.max(1, ...curve.map(({ need }) => need));
  const words = t('proposal.kept', { before: keptOf(curve, 'before'), after: keptOf(curve, 'after'), of: curve.length });
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong> <span className="muted">{words}</span>
      </figcaption>
      <svg viewBox={`0 0 ${curve.length} ${most}`} preserveAspectRatio="none" role="img" aria-label={`${title}: ${words}`}>
        <polygon className="chart-after" points={`0,${most} ${stepsOf(curve, 'after', most)} ${curve.length},${most}`} />
        <polyline className="chart-before" points={stepsOf(curve, 'before', most)} />
        <polyline className="chart-need" points={stepsOf(curve, 'need', most)} />
      </svg>
      <p className="chart-axis muted">
        <span>{clockOf(first.fromMs)}</span>
        <span>{t('proposal.most', { n: most })}</span>
        <span>{clockOf(last.fromMs + 1_800_000)}</span>
      </p>
    </figure>
  );
}
