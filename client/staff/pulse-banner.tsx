import { useEffect } from 'react';
import { commonTexts } from '../i18n/common.ts';
import { clockTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { useStandstill } from '../live/pulse-ear.ts';
import { staffConnection } from './session.ts';

/** Across the top of every staff screen, red, while the hub's timers stand still. Goes by itself. */
export function PulseBanner() {
  const t = useTexts(commonTexts);
  const language = useLanguage();
  const standstill = useStandstill();
  // Screens that watch no branch hear of it too.
  useEffect(() => void staffConnection(), []);
  if (standstill === undefined) return null;
  return (
    <p className="pulse-banner" role="alert">
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
        <path d="M8 1.5h8L22.5 8v8L16 22.5H8L1.5 16V8Z" fill="currentColor" />
        <path d="M12 6v7.5M12 16.4v2" stroke="var(--alarm)" strokeWidth="2.6" />
      </svg>
      <strong>{t(`pulse.${standstill.why}`, { time: clockTime(standstill.since, undefined, language) })}</strong>
    </p>
  );
}
