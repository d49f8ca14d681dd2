import type { ServiceOutlook } from '../../device/public-wait.ts';
import { waitWords } from '../../device/wait-words.ts';
import { deviceTexts } from '../../i18n/device.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { useTexts } from '../../i18n/texts.ts';

/** How many stand before one who comes now, and how long that takes. */
export function OutlookFacts({ outlook }: { outlook: ServiceOutlook | undefined }) {
  const t = useTexts(kioskTexts);
  const words = useTexts(deviceTexts);
  if (outlook === undefined) return null;
  const { ahead, windows, wait } = outlook;
  return (
    <span className="kiosk-outlook">
      <span>{ahead > 0 ? t('ahead', { n: ahead }) : t('nobodyAhead')}</span>
      <b>{windows === 0 ? t('noWindow') : wait.high === 0 ? t('noWait') : t('wait', { range: waitWords(wait, words) })}</b>
    </span>
  );
}
