import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useBranch, useTeller } from '../teller-context.ts';

/** Figures of one's own, for oneself: never a league table. */
export function MyDay() {
  const t = useTexts(tellerTexts);
  const { staffId } = useTeller();
  const mine = useBranch((state) => state.tallyByStaff[staffId]);
  const share = mine === undefined || mine.judged === 0 ? undefined : mine.inLimit / mine.judged;
  return (
    <section className="teller-panel" data-panel="day">
      <h2>{t('side.day')}</h2>
      <dl className="teller-day">
        <div>
          <dd>{mine?.served ?? 0}</dd>
          <dt>{t('side.served')}</dt>
        </div>
        <div>
          <dd>{mine?.items ?? 0}</dd>
          <dt>{t('side.items')}</dt>
        </div>
        <div>
          <dd>{share === undefined ? '–' : `${Math.round(share * 100)}%`}</dd>
          <dt>{t('side.inLimit')}</dt>
        </div>
      </dl>
    </section>
  );
}
