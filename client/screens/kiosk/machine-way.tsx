import { kioskTexts } from '../../i18n/kiosk.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import type { MachineOffer } from './offer.ts';

const minutesOf = ({ savesMs }: MachineOffer): number => Math.max(1, Math.floor(savesMs / 60_000));

/** Beside the number, never instead of it. */
export function OfferLine({ offer, onGo }: { offer: MachineOffer; onGo: () => void }) {
  const t = useTexts(kioskTexts);
  const name = named(offer.name, useLanguage());
  return (
    <button type="button" className="kiosk-offer" onClick={onGo}>
      <strong>{t('offer.title', { name })}</strong>
      <span>{t('offer.saves', { n: minutesOf(offer) })}</span>
    </button>
  );
}

/** Where the machine is. No number was taken; one may be had all the same. */
export function MachineWay({ offer, onNumber, onLeave }: { offer: MachineOffer; onNumber: () => void; onLeave: () => void }) {
  const t = useTexts(kioskTexts);
  const language = useLanguage();
  return (
    <section className="kiosk-notice" data-notice="machine">
      <h1>{named(offer.name, language)}</h1>
      {offer.place && <p>{named(offer.place, language)}</p>}
      <p>{t('offer.help')}</p>
      <div className="kiosk-go">
        <button type="button" className="kiosk-take" onClick={onLeave}>
          {t('done.finish')}
        </button>
        <button type="button" className="kiosk-back" onClick={onNumber}>
          {t('offer.number')}
        </button>
      </div>
    </section>
  );
}
