import { useEffect, useState } from 'react';
import type { PublicOutlook } from '../../../shared/contract/outlook.ts';
import type { PublicFloor, PublicService } from '../../../shared/public/public-floor.ts';
import type { Device } from '../../device/device.ts';
import { outlooks } from '../../device/public-wait.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { type Need, needs } from './issue.ts';
import { MachineWay, OfferLine } from './machine-way.tsx';
import { useOffer } from './offer.ts';
import { OutlookFacts } from './outlook-facts.tsx';

const SLOW_MS = 4_000;

/** The second tap. A need may be declared, and never has to be. */
export function Confirm({
  floor,
  foretold,
  service,
  offerFrom,
  elder,
  busy,
  onTake,
  onBack,
  onLeave,
}: {
  floor: PublicFloor;
  foretold: PublicOutlook | undefined;
  service: PublicService;
  /** Whom to ask for a quicker machine. */
  offerFrom: Device;
  elder: boolean;
  busy: boolean;
  onTake: (need: Need | undefined) => void;
  onBack: () => void;
  onLeave: () => void;
}) {
  const t = useTexts(kioskTexts);
  const language = useLanguage();
  const [need, setNeed] = useState<Need>();
  const slow = useSlow(busy);
  const offer = useOffer(offerFrom, service.id, need, elder);
  const [going, setGoing] = useState(false);
  if (going && offer && !busy) return <MachineWay offer={offer} onNumber={() => onTake(need)} onLeave={onLeave} />;
  return (
    <section className="kiosk-confirm">
      <div className="kiosk-chosen">
        <h1>{named(service.name, language)}</h1>
        <OutlookFacts outlook={outlooks(floor, foretold).get(service.id)} />
      </div>
      <fieldset className="kiosk-needs" disabled={busy}>
        <legend>{t('confirm.need')}</legend>
        <div>
          {needs.map((one) => (
            <button
              key={one}
              type="button"
              data-need={one}
              aria-pressed={need === one}
              onClick={() => setNeed(need === one ? undefined : one)}
            >
              {t(`need.${one}`)}
            </button>
          ))}
        </div>
        <p>{t('need.hint')}</p>
      </fieldset>
      {offer && !busy && <OfferLine offer={offer} onGo={() => setGoing(true)} />}
      <div className="kiosk-go">
        <button type="button" className="kiosk-take" disabled={busy} onClick={() => onTake(need)}>
          {busy ? t(slow ? 'confirm.slow' : 'confirm.taking') : t('confirm.take')}
        </button>
        <button type="button" className="kiosk-back" disabled={busy} onClick={onBack}>
          {t('confirm.back')}
        </button>
      </div>
    </section>
  );
}

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
}
