import { clockTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { linkTexts } from '../i18n/link.ts';
import { useTexts } from '../i18n/texts.ts';
import type { Link } from '../live/live.ts';
import { useStandstill } from '../live/pulse-ear.ts';

/** Always visible: live, or since when what is shown is old, or that the hub's timers stand still. */
export function ConnectionBadge({ link, zone }: { link: Link; zone?: string | undefined }) {
  const t = useTexts(linkTexts);
  const language = useLanguage();
  const standstill = useStandstill();
  const state = link.state === 'live' && standstill !== undefined ? 'late' : link.state;
  const words = link.state === 'stale' ? t('stale', { time: clockTime(link.since, zone, language) }) : t(state);
  return (
    <span className={`link l-${state}`} role="status" {...(link.state === 'stale' ? { title: t('staleHint') } : {})}>
      <i aria-hidden="true" />
      {words}
    </span>
  );
}
