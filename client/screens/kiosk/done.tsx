import { useEffect } from 'react';
import type { PublicFloor, PublicService } from '../../../shared/public/public-floor.ts';
import { Qr } from '../../device/qr.tsx';
import { waitWords } from '../../device/wait-words.ts';
import { deviceTexts } from '../../i18n/device.ts';
import { dateTime } from '../../i18n/format.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import type { Issued } from './issue.ts';

export interface Result {
  readonly issued: Issued;
  readonly service: PublicService;
  /** Hub time, epoch ms. */
  readonly at: number;
}

/** `/kiosk?print=off` for a kiosk without a printer. */
const prints = (): boolean => new URLSearchParams(window.location.search).get('print') !== 'off';

export function Done({
  result,
  floor,
  secondsLeft,
  onFinish,
}: {
  result: Result;
  floor: PublicFloor;
  secondsLeft: number | undefined;
  onFinish: () => void;
}) {
  const t = useTexts(kioskTexts);
  const words = useTexts(deviceTexts);
  const language = useLanguage();
  const { issued, service } = result;
  const link = new URL(issued.follow, window.location.origin).href;
  useEffect(() => {
    if (!prints()) return;
    const timer = setTimeout(() => window.print(), 150);
    return () => clearTimeout(timer);
  }, [issued.number]);
  return (
    <section className="kiosk-done">
      <div className="kiosk-number">
        <h1>{t('done.title')}</h1>
        <p className="kiosk-big" data-number={issued.number}>
          {issued.number}
        </p>
        <p className="kiosk-done-service">{named(service.name, language)}</p>
      </div>
      <dl className="kiosk-facts">
        <div>
          <dt>{t('done.ahead')}</dt>
          <dd>{issued.ahead > 0 ? t('done.people', { n: issued.ahead }) : t('done.next')}</dd>
        </div>
        <div>
          <dt>{t('done.wait')}</dt>
          <dd>{waitWords(issued.waitMs, words)}</dd>
        </div>
      </dl>
      <div className="kiosk-follow">
        <Qr text={link} label={t('done.scan')} />
        <div>
          <p>{t('done.scan')}</p>
          <p>{t('done.slip')}</p>
        </div>
      </div>
      <div className="kiosk-go">
        <button type="button" className="kiosk-take" onClick={onFinish}>
          {t('done.finish')}
        </button>
        {prints() ? (
          <button type="button" className="kiosk-back" onClick={() => window.print()}>
            {t('done.print')}
          </button>
        ) : null}
      </div>
      <p className="kiosk-left" aria-live="off">
        {secondsLeft === undefined ? ' ' : t('done.again', { s: secondsLeft })}
      </p>
      <aside className="slip" aria-hidden="true">
        <p className="slip-bank">{named(floor.name, language)}</p>
        <p className="slip-number">{issued.number}</p>
        <p className="slip-service">{named(service.name, language)}</p>
        <p>
          {t('done.ahead')} {issued.ahead > 0 ? t('done.people', { n: issued.ahead }) : t('done.next')}
        </p>
        <p>
          {t('done.wait')} {waitWords(issued.waitMs, words)}
        </p>
        <Qr text={link} label="" />
        <p>{t('done.scan')}</p>
        <p>
          {t('slip.at')} {dateTime(result.at, floor.timeZone, language)}
        </p>
        <p>{t('slip.thanks')}</p>
      </aside>
    </section>
  );
}
