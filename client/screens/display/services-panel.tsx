import type { PublicOutlook } from '../../../shared/contract/outlook.ts';
import type { PublicFloor } from '../../../shared/public/public-floor.ts';
import { outlooks } from '../../device/public-wait.ts';
import { waitWords } from '../../device/wait-words.ts';
import { deviceTexts } from '../../i18n/device.ts';
import { displayTexts } from '../../i18n/display.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';

/** Expected wait and people waiting, per service. */
export function ServicesPanel({ floor, foretold }: { floor: PublicFloor; foretold: PublicOutlook | undefined }) {
  const t = useTexts(displayTexts);
  const words = useTexts(deviceTexts);
  const language = useLanguage();
  const outlook = outlooks(floor, foretold);
  return (
    <section className="display-services dimmable">
      <h2>{t('services.title')}</h2>
      <ul>
        {floor.services
          .filter(({ offered }) => offered)
          .map((service) => {
            const now = outlook.get(service.id);
            const open = now !== undefined && now.windows > 0;
            return (
              <li key={service.id} data-service={service.id}>
                <span className="display-service-name">{named(service.name, language)}</span>
                <b>{t('services.waiting', { n: service.waiting })}</b>
                <span className={open ? 'display-service-wait' : 'display-service-wait display-quiet'}>
                  {!open
                    ? t('services.noWindow')
                    : now.wait.high === 0
                      ? t('services.now')
                      : t('services.wait', { range: waitWords(now.wait, words) })}
                </span>
              </li>
            );
          })}
      </ul>
    </section>
  );
}
