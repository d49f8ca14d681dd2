import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { useTexts, type Translate } from '../../i18n/texts.ts';
import { useOutlook } from '../../live/live.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { StaffLive } from '../branch.ts';
import { useRegister } from '../machines/use-register.ts';
import { wholePercent } from './advice-words.ts';
import { type ForecastDays, PROMISED, recordOf, verdictOf } from './forecast-record.ts';
import './advice.css';

/** Days drawn: a fortnight fits a sheet. */
const MOST_DAYS = 14;

type Words = Translate<Extract<keyof (typeof adviceSheetTexts)['zh'], string>>;

const about = (t: Words, ms: number): string => (ms < 60_000 ? t('minutes.under') : t('minutes.one', { n: Math.round(ms / 6_000) / 10 }));

function bias(t: Words, ms: number): string {
  if (Math.abs(ms) < 30_000) return t('record.bias.none');
  return t(ms > 0 ? 'record.bias.longer' : 'record.bias.shorter', { n: Math.round(Math.abs(ms) / 6_000) / 10 });
}

function Days({ days }: { days: ForecastDays['days'] }) {
  const t = useTexts(adviceSheetTexts);
  return (
    <section className="stack">
      <h3>{t('record.days')}</h3>
      <table className="before-after record-days">
        <thead>
          <tr>
            <th scope="col">{t('record.day')}</th>
            <th scope="col">{t('record.within')}</th>
            <th scope="col">{t('record.error')}</th>
            <th scope="col">{t('record.bias')}</th>
            <th scope="col">{t('record.count')}</th>
          </tr>
        </thead>
        <tbody>
          {days
            .slice(-MOST_DAYS)
            .reverse()
            .map((day) => (
              <tr key={day.date}>
                <th scope="row">{day.date.slice(5)}</th>
                <td>
                  {wholePercent(day.withinRange)}
                  <i
                    className="share-bar"
                    data-mark="true"
                    style={{ '--share': day.withinRange, '--mark': PROMISED } as React.CSSProperties}
                  />
                </td>
                <td>{about(t, day.meanErrorMs)}</td>
                <td>{bias(t, day.biasMs)}</td>
                <td>{day.forecasts}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

/** How good our forecasts are: against what came true, and against the eight in ten that are promised. */
export function ForecastsSheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(adviceSheetTexts);
  const told = useOutlook(live, (outlook) => outlook?.record);
  const read = useRegister<ForecastDays>(`/api/branches/${encodeURIComponent(live.branchId)}/forecasts`, told?.forecasts);
  const days = read === undefined || read === 'failed' ? [] : read.days;
  const record = recordOf(days) ?? told;
  return (
    <Sheet title={t('record.title')} onClose={onClose} wide>
      <p className="muted">{t('record.lead')}</p>
      {read === 'failed' && record === undefined ? (
        <p className="form-problem" role="alert">
          {t('record.failed')}
        </p>
      ) : record === undefined ? (
        read === undefined ? null : (
          <div className="teaches">
            <b>{t('record.learning')}</b>
            <p className="muted">{t('record.learningHint')}</p>
          </div>
        )
      ) : (
        <>
          <p className="sentence">{t(`record.${verdictOf(record)}`)}</p>
          <dl className="facts">
            <div>
              <dt>{t('record.within')}</dt>
              <dd>
                {wholePercent(record.withinRange)} <small className="muted">{t('record.promise')}</small>
              </dd>
            </div>
            <div>
              <dt>{t('record.error')}</dt>
              <dd>{about(t, record.meanErrorMs)}</dd>
            </div>
            <div>
              <dt>{t('record.count')}</dt>
              <dd>{t('record.countOf', { n: record.forecasts })}</dd>
            </div>
          </dl>
          {days.length === 0 ? null : <Days days={days} />}
        </>
      )}
    </Sheet>
  );
}
