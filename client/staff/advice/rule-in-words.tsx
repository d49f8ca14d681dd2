import type { AdviceConfig } from '../../../shared/contract/advice.ts';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { StateShape } from '../../ui/state-shape.tsx';
import { minutesWords } from './rule-words.ts';
import './advice.css';

/** The whole rule on one screen: three sentences that decide, what keeps them calm, what happens then, who decides. */
export function RuleInWords({ config }: { config: AdviceConfig }) {
  const t = useTexts(adviceSheetTexts);
  const span = (ms: number): string => t('minutes.one', { n: minutesWords(ms) });
  const {
    thresholds,
    horizonMs,
    minOpenMs,
    standMs,
    quietMs,
    declinedMs,
    clearlyWorse,
    lifeMs,
    waitForSignOn,
    timeToOpenMs,
    measureMs,
    mode,
    act,
  } = config;
  const hours = act.between === undefined ? t('act.always') : t('act.hours', act.between);
  // Chinese sets no space between sentences.
  const between = useLanguage() === 'zh' ? '' : ' ';
  const lines = [
    ['open', t('rule.openWords', { limit: span(thresholds.openAboveMs) })],
    ['close', t('rule.closeWords', { limit: span(thresholds.closeBelowMs) })],
    ['divert', t('rule.divertWords', { limit: span(thresholds.openAboveMs) })],
    [
      'steady',
      `${t('rule.steadyWords', { minOpen: span(minOpenMs), declined: span(declinedMs), worse: clearlyWorse, life: span(lifeMs) })}${between}${t('rule.standsWords', { stand: span(standMs), quiet: span(quietMs) })}`,
    ],
    [
      'then',
      `${waitForSignOn ? t('rule.thenWait', { open: span(timeToOpenMs) }) : t('rule.thenOpen')}${between}${t('rule.thenMeasure', { measure: span(measureMs) })}`,
    ],
  ] as const;
  const bounds = t('act.words', { most: act.mostAnHour, least: act.leastWindows, open: act.mostWindows, hours });
  return (
    <>
      <p className="sentence">{t('rule.lead', { horizon: minutesWords(horizonMs) })}</p>
      <dl className="rule-list" data-testid="rule">
        {lines.map(([key, words]) => (
          <div key={key}>
            <dt>{t(`rule.${key}`)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>
            <StateShape state={mode === 'off' ? 'closed' : mode === 'act' ? 'serving' : 'calling'} /> {t('rule.mode')}
          </dt>
          <dd>
            <b>{t(`mode.${mode}`)}</b> · {t(`mode.${mode}.hint`)}
            {mode === 'act' ? between + bounds : null}
          </dd>
        </div>
      </dl>
    </>
  );
}
