import type { PublicOutlook } from '../../../shared/contract/outlook.ts';
import type { PublicFloor } from '../../../shared/public/public-floor.ts';
import { outlooks } from '../../device/public-wait.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { OutlookFacts } from './outlook-facts.tsx';

/** Elder mode shows fewer at once; the bank's own order puts the usual ones first. */
const FEW = 6;

export function ServiceTiles({
  floor,
  foretold,
  few,
  onMore,
  onChoose,
}: {
  floor: PublicFloor;
  foretold: PublicOutlook | undefined;
  few: boolean;
  onMore?: () => void;
  onChoose: (serviceId: string) => void;
}) {
  const t = useTexts(kioskTexts);
  const language = useLanguage();
  const outlook = outlooks(floor, foretold);
  const offered = floor.services.filter((service) => service.offered);
  const shown = few ? offered.slice(0, FEW) : offered;
  return (
    <ul className="kiosk-tiles">
      {shown.map((service) => {
        return (
          <li key={service.id}>
            <button type="button" className="kiosk-tile" data-service={service.id} onClick={() => onChoose(service.id)}>
              <strong>{named(service.name, language)}</strong>
              <OutlookFacts outlook={outlook.get(service.id)} />
            </button>
          </li>
        );
      })}
      {few && offered.length > FEW ? (
        <li>
          <button type="button" className="kiosk-tile kiosk-more" onClick={onMore}>
            <strong>{t('more')}</strong>
          </button>
        </li>
      ) : null}
    </ul>
  );
}
