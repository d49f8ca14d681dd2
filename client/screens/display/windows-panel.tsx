import { memo } from 'react';
import type { PublicCounter } from '../../../shared/public/public-floor.ts';
import { commonTexts } from '../../i18n/common.ts';
import { displayTexts } from '../../i18n/display.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

/** Every window with its state; a paused one says so, and when it is back. */
export const WindowsPanel = memo(function WindowsPanel({ counters, zone }: { counters: readonly PublicCounter[]; zone: string }) {
  const t = useTexts(displayTexts);
  const ordered = [...counters].sort((a, b) => a.number - b.number);
  return (
    <section className="display-windows dimmable">
      <h2>{t('windows.title')}</h2>
      <ul>
        {ordered.map((counter) => (
          <Window key={counter.id} counter={counter} zone={zone} />
        ))}
      </ul>
    </section>
  );
});

const Window = memo(function Window({ counter, zone }: { counter: PublicCounter; zone: string }) {
  const t = useTexts(displayTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { number, state, ticketNumber, backAt } = counter;
  const paused = state === 'paused';
  return (
    <li className={`s-${state}`} data-counter={number} data-state={state}>
      <span className="display-window-number">{number}</span>
      <span className="display-window-now">
        <StateBadge state={state} word={paused ? t('windows.paused') : common(`counter.${state}`)} />
        {ticketNumber === undefined ? null : <b>{ticketNumber}</b>}
        {paused && backAt !== undefined ? <b>{t('windows.backAt', { time: shortTime(backAt, zone, language) })}</b> : null}
      </span>
    </li>
  );
});
