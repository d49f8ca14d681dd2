/** The wall: who is called where, which windows are open, how long it takes. Runs for months without a hand on it. */
import { useEffect, useState } from 'react';
import type { PublicCall, PublicFloor } from '../../../shared/public/public-floor.ts';
import type { Device } from '../../device/device.ts';
import { displayTexts } from '../../i18n/display.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { useFloor, useLink, useOutlook } from '../../live/live.ts';
import { WallClock } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { LanguageSwitch, ThemeSwitch } from '../../ui/switches.tsx';
import { CallsPanel } from './calls-panel.tsx';
import { ServicesPanel } from './services-panel.tsx';
import { useChime } from './use-chime.ts';
import { WindowsPanel } from './windows-panel.tsx';
import './display.css';

const NO_CALLS: readonly PublicCall[] = [];
const CONTROLS_MS = 6_000;

export function DisplayScreen({ device }: { device: Device }) {
  const floor = useFloor(device.live, (seen) => seen);
  return floor === undefined ? <main className="display" aria-busy="true" /> : <Wall device={device} floor={floor} />;
}

function Wall({ device, floor }: { device: Device; floor: PublicFloor }) {
  const t = useTexts(displayTexts);
  const language = useLanguage();
  const link = useLink(device.live);
  const foretold = useOutlook(device.live, (told) => told);
  const { sound, fresh } = useChime(floor.calls ?? NO_CALLS, device.clock);
  const controls = useControls();
  const notice = dayNotice(floor, t);
  return (
    <main className="display" data-stale={link.state !== 'live'}>
      <header className="display-head">
        <h1>{named(floor.name, language)}</h1>
        {controls ? (
          <span className="display-controls">
            <LanguageSwitch />
            <ThemeSwitch />
          </span>
        ) : null}
        <ConnectionBadge link={link} zone={floor.timeZone} />
        <WallClock clock={device.clock} zone={floor.timeZone} seconds={false} className="display-clock" />
      </header>
      <CallsPanel calls={floor.calls} fresh={fresh} />
      <WindowsPanel counters={floor.counters} zone={floor.timeZone} />
      <ServicesPanel floor={floor} foretold={foretold} />
      <footer className="display-foot">
        {notice === undefined ? null : <p className="display-notice">{notice}</p>}
        {sound ? null : <p className="display-sound">{t('sound.enable')}</p>}
      </footer>
    </main>
  );
}

function dayNotice(
  { day }: PublicFloor,
  t: (key: 'day.closed' | 'day.lastNumber' | 'day.lastNumberPlain', params?: { number: string }) => string,
): string | undefined {
  if (day === undefined || day.phase === 'closed' || day.phase === 'balancing') return t('day.closed');
  if (day.phase !== 'lastNumber' && day.phase !== 'clearing') return undefined;
  return day.lastNumber === undefined ? t('day.lastNumberPlain') : t('day.lastNumber', { number: day.lastNumber });
}

/** Language and theme appear when somebody touches or moves, and go again. */
function useControls(): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), CONTROLS_MS);
    };
    window.addEventListener('pointermove', show);
    window.addEventListener('pointerdown', show);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', show);
      window.removeEventListener('pointerdown', show);
    };
  }, []);
  return shown;
}
