/** Why there is no number, and what to do instead. */
import type { PublicFloor } from '../../../shared/public/public-floor.ts';
import { shortTime } from '../../i18n/format.ts';
import { kioskTexts } from '../../i18n/kiosk.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';

function Notice({ kind, title, lines, children }: { kind: string; title: string; lines: readonly string[]; children?: React.ReactNode }) {
  return (
    <section className="kiosk-notice" data-notice={kind} role="status">
      <h1>{title}</h1>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {children}
    </section>
  );
}

export function Offline() {
  const t = useTexts(kioskTexts);
  return <Notice kind="offline" title={t('offline.title')} lines={[t('offline.body')]} />;
}

export function Shut({ floor: { day, timeZone } }: { floor: PublicFloor }) {
  const t = useTexts(kioskTexts);
  const language = useLanguage();
  const why = day === undefined || day.phase === 'closed' || day.phase === 'balancing' ? t('shut.closed') : t('shut.lastNumber');
  const hours =
    day?.opensAt === undefined || day.closesAt === undefined
      ? []
      : [t('shut.hours', { opens: shortTime(day.opensAt, timeZone, language), closes: shortTime(day.closesAt, timeZone, language) })];
  return <Notice kind="shut" title={t('shut.title')} lines={[why, ...hours, t('shut.help')]} />;
}

export function Failed({ text, onRetry, onBack }: { text: string; onRetry?: () => void; onBack: () => void }) {
  const t = useTexts(kioskTexts);
  return (
    <Notice kind="failed" title={t('failed.title')} lines={[text]}>
      <div className="kiosk-go">
        {onRetry === undefined ? null : (
          <button type="button" className="kiosk-take" onClick={onRetry}>
            {t('failed.retry')}
          </button>
        )}
        <button type="button" className="kiosk-back" onClick={onBack}>
          {t('confirm.back')}
        </button>
      </div>
    </Notice>
  );
}
