import { adviceTexts } from '../../i18n/advice.ts';
import { useTexts } from '../../i18n/texts.ts';
import { type Confidence, confidenceOf } from './advice-words.ts';

const filled: Record<Confidence, number> = { high: 3, good: 2, fair: 1 };

/** Word and shape: one to three steps filled. `share` 0…1. */
export function ConfidenceMark({ share }: { share: number }) {
  const t = useTexts(adviceTexts);
  const is = confidenceOf(share);
  return (
    <span className="confidence">
      <svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true" focusable="false">
        {[0, 1, 2].map((step) => (
          <rect
            key={step}
            x={step * 6 + 0.75}
            y={9 - step * 4}
            width="4"
            height={4 + step * 4}
            fill={step < filled[is] ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.2"
          />
        ))}
      </svg>
      {t(`confidence.${is}`)}
    </span>
  );
}
