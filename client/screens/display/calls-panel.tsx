import { memo } from 'react';
import type { PublicCall } from '../../../shared/public/public-floor.ts';
import { displayTexts } from '../../i18n/display.ts';
import { useTexts } from '../../i18n/texts.ts';
import { callKey } from './fresh-calls.ts';

const RECENT = 6;

/** Number → counter, the newest largest. A fresh one flashes (its key is new, so the animation starts anew). */
export const CallsPanel = memo(function CallsPanel({ calls, fresh }: { calls: readonly PublicCall[]; fresh: ReadonlySet<string> }) {
  const t = useTexts(displayTexts);
  const [newest, ...others] = calls;
  if (newest === undefined) {
    return (
      <section className="display-calls display-calls-none dimmable">
        <h2>{t('calls.none')}</h2>
        <p>{t('calls.hint')}</p>
      </section>
    );
  }
  return (
    <section className="display-calls dimmable" aria-live="polite">
      <h2>{t('calls.title')}</h2>
      <p
        className="display-newest"
        key={callKey(newest)}
        data-fresh={fresh.has(callKey(newest))}
        data-call={`${newest.number} ${newest.counterNumber}`}
      >
        <span className="display-words">{t('calls.please')}</span>
        <span className="display-words display-words-to">{t('calls.to')}</span>
        <b>{newest.number}</b>
        <Arrow />
        <Counter number={newest.counterNumber} />
      </p>
      <ol className="display-recent" aria-label={t('calls.recent')}>
        {others.slice(0, RECENT).map((call) => (
          <li key={callKey(call)} data-fresh={fresh.has(callKey(call))} data-call={`${call.number} ${call.counterNumber}`}>
            <b>{call.number}</b>
            <Arrow />
            <Counter number={call.counterNumber} />
          </li>
        ))}
      </ol>
    </section>
  );
});

function Counter({ number }: { number: number }) {
  const t = useTexts(displayTexts);
  const [before = '', after = ''] = t('calls.counter').split('#');
  return (
    <span className="display-counter">
      {before === '' ? null : <small>{before}</small>}
      <strong>{number}</strong>
      {after === '' ? null : <small>{after}</small>}
    </span>
  );
}

function Arrow() {
  return (
    <svg className="display-arrow" viewBox="0 0 32 20" aria-hidden="true">
      <path d="M2 10h26M20 3l8 7-8 7" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
