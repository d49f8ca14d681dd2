/** The number kiosk: two taps to a number, back to the start when the visitor has gone. */
import { useEffect, useMemo, useState } from 'react';
import type { PublicFloor } from '../../../shared/public/public-floor.ts';
import type { Device } from '../../device/device.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { type Language, language as languageNow, setLanguage, useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { type Link, useFloor, useLink, useOutlook } from '../../live/live.ts';
import { WallClock } from '../../ui/clock.tsx';
import { Confirm } from './confirm.tsx';
import { Done, type Result } from './done.tsx';
import { createNumberTaker, type Need } from './issue.ts';
import { Failed, Offline, Shut } from './kiosk-notices.tsx';
import { ServiceTiles } from './service-tiles.tsx';
import { useIdle } from '../../device/use-idle.ts';
import './kiosk.css';

type Step =
  | { readonly at: 'services' }
  | { readonly at: 'confirm'; readonly serviceId: string; readonly busy: boolean }
  | { readonly at: 'done'; readonly result: Result }
  | { readonly at: 'failed'; readonly serviceId: string; readonly need: Need | undefined; readonly uncertain: boolean };

const START: Step = { at: 'services' };
/** Seconds without a touch; elder mode leaves twice the time. */
const IDLE_S = { services: 40, confirm: 40, done: 25, failed: 60 } as const;
/** A line that drops for a moment is nobody's business. */
const OFFLINE_MS = 2_500;

export function KioskScreen({ device }: { device: Device }) {
  const floor = useFloor(device.live, (seen) => seen);
  const link = useLink(device.live);
  const offline = useOffline(link);
  const [step, setStep] = useState<Step>(START);
  const [elder, setElder] = useState(false);
  const [all, setAll] = useState(false);
  const [home] = useState<Language>(languageNow);
  const language = useLanguage();
  const taker = useMemo(() => createNumberTaker(device.api, device.branchId), [device]);

  const toStart = (): void => {
    taker.forget();
    setStep(START);
    setAll(false);
  };
  const leave = (): void => {
    toStart();
    setElder(false);
    setLanguage(home, { keep: false });
  };
  const busy = step.at === 'confirm' && step.busy;
  const untouched = step.at === 'services' && !elder && !all && language === home;
  const secondsLeft = useIdle(untouched || busy ? undefined : IDLE_S[step.at] * (elder ? 2 : 1), leave);

  const take = async (serviceId: string, need: Need | undefined): Promise<void> => {
    setStep({ at: 'confirm', serviceId, busy: true });
    const attempt = await taker.take(serviceId, need);
    const service = floor?.services.find(({ id }) => id === serviceId);
    if (!attempt.ok) setStep({ at: 'failed', serviceId, need, uncertain: attempt.uncertain });
    else if (service !== undefined) setStep({ at: 'done', result: { issued: attempt.issued, service, at: device.clock.now() } });
  };

  if (floor === undefined) return <main className="kiosk" aria-busy="true" />;
  return (
    <main className={elder ? 'kiosk elder' : 'kiosk'} data-step={step.at}>
      <header className="kiosk-head">
        <div>
          <strong>{named(floor.name, language)}</strong>
          <WallClock clock={device.clock} zone={floor.timeZone} seconds={false} className="kiosk-clock" />
        </div>
        <Switches elder={elder} onElder={setElder} />
      </header>
      <Body
        {...{ device, floor, offline, step, elder, all: all || !elder, secondsLeft }}
        onMore={() => setAll(true)}
        onChoose={(serviceId) => setStep({ at: 'confirm', serviceId, busy: false })}
        onTake={(serviceId, need) => void take(serviceId, need)}
        onBack={toStart}
        onLeave={leave}
      />
    </main>
  );
}

function Switches({ elder, onElder }: { elder: boolean; onElder: (on: boolean) => void }) {
  const t = useTexts(kioskTexts);
  const language = useLanguage();
  const other: Language = language === 'zh' ? 'en' : 'zh';
  return (
    <div className="kiosk-switches">
      <button type="button" aria-pressed={elder} onClick={() => onElder(!elder)}>
        {t(elder ? 'elderOff' : 'elder')}
      </button>
      <button type="button" lang={other} onClick={() => setLanguage(other, { keep: false })}>
        {t('language')}
      </button>
    </div>
  );
}

interface BodyProps {
  device: Device;
  floor: PublicFloor;
  offline: boolean;
  step: Step;
  elder: boolean;
  all: boolean;
  secondsLeft: number | undefined;
  onMore: () => void;
  onChoose: (serviceId: string) => void;
  onTake: (serviceId: string, need: Need | undefined) => void;
  onBack: () => void;
  onLeave: () => void;
}

function Body({ device, floor, offline, step, elder, all, secondsLeft, onMore, onChoose, onTake, onBack, onLeave }: BodyProps) {
  const t = useTexts(kioskTexts);
  const foretold = useOutlook(device.live, (told) => told);
  if (step.at === 'done') return <Done result={step.result} floor={floor} secondsLeft={secondsLeft} onFinish={onLeave} />;
  if (step.at === 'failed') {
    const { serviceId, need, uncertain } = step;
    return (
      <Failed
        text={t(uncertain ? 'failed.uncertain' : 'failed.refused')}
        {...(uncertain ? { onRetry: () => onTake(serviceId, need) } : {})}
        onBack={onLeave}
      />
    );
  }
  const busy = step.at === 'confirm' && step.busy;
  if (offline && !busy) return <Offline />;
  if (!busy && !givesNumbers(floor)) return <Shut floor={floor} />;
  const service = step.at === 'confirm' ? floor.services.find(({ id }) => id === step.serviceId) : undefined;
  return (
    <>
      {service === undefined ? (
        <>
          <h1 className="kiosk-welcome">{t(all ? 'welcome' : 'welcomeElder')}</h1>
          <ServiceTiles floor={floor} foretold={foretold} few={!all} onMore={onMore} onChoose={onChoose} />
        </>
      ) : (
        <Confirm
          {...{ floor, foretold, service, elder, busy, onBack, onLeave }}
          offerFrom={device}
          onTake={(need) => onTake(service.id, need)}
        />
      )}
      <p className="kiosk-left" aria-live="off">
        {secondsLeft === undefined ? ' ' : t('still', { s: secondsLeft })}
      </p>
    </>
  );
}

const givesNumbers = ({ day }: PublicFloor): boolean => day?.phase === 'opening' || day?.phase === 'business';

function useOffline(link: Link): boolean {
  const [offline, setOffline] = useState(false);
  const live = link.state === 'live';
  useEffect(() => {
    if (live) return setOffline(false);
    const timer = setTimeout(() => setOffline(true), OFFLINE_MS);
    return () => clearTimeout(timer);
  }, [live]);
  return offline;
}
