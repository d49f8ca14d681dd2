import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { useTexts } from '../../i18n/texts.ts';
import { wholeMinutes } from './advice-words.ts';
import { bandOf, scaleOf, type WhatIfWaits } from './what-if.ts';

/** Two bands on one scale, from the 10 % to the 90 % wait with the middle marked: as it is, and with the change. */
export function BandChart({
  rows,
}: {
  rows: readonly { readonly name: string; readonly waits: WhatIfWaits; readonly look: 'was' | 'will' }[];
}) {
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const scaleMs = scaleOf(...rows.map(({ waits }) => waits.wait90Ms));
  const last = scaleMs / 60_000;
  return (
    <figure className="bands">
      <ul>
        {rows.map(({ name, waits, look }) => {
          const { from, width, middle } = bandOf(waits, scaleMs);
          const [low, half, high] = [waits.wait10Ms, waits.wait50Ms, waits.wait90Ms].map((ms) => wholeMinutes(words, ms));
          const spoken = t('whatIf.bandRow', { name, low: low ?? '', middle: half ?? '', high: high ?? '' });
          return (
            <li key={look} className={`band band-${look}`} data-band={look}>
              <span className="band-name" aria-hidden="true">
                {name}
              </span>
              <span className="band-track" role="img" aria-label={spoken}>
                <i className="band-fill" style={{ left: `${from}%`, width: `${width}%` }} />
                <i className="band-middle" style={{ left: `${middle}%` }} />
              </span>
              <b aria-hidden="true">{t('minutes.one', { n: high ?? '' })}</b>
            </li>
          );
        })}
      </ul>
      <p className="band-scale muted" aria-hidden="true">
        <span>0</span>
        <span>{Math.round(last / 2)}</span>
        <span>{t('minutes.one', { n: last })}</span>
      </p>
      <figcaption className="muted">{t('whatIf.band')}</figcaption>
    </figure>
  );
}
