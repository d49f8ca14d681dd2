/** Thresholds tuned on the branch's own days: a button, how far it is, before and after, adopt or discard. */
import { useState } from 'react';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { wholePercent } from '../../staff/advice/advice-words.ts';
import { minutesWords } from '../../staff/advice/rule-words.ts';
import { useJob } from '../../staff/job.ts';
import { api } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { toast } from '../../ui/toast.tsx';
import { ProblemList } from './problem-list.tsx';
import { type PlayedDay, shareOf, type TuningView, tuningStep } from './tuning-view.ts';

const oneDecimal = (value: number): string => String(Math.round(value * 10) / 10);

function BeforeAfter({ before, after }: { before: PlayedDay; after: PlayedDay }) {
  const t = useTexts(adviceSheetTexts);
  const minutes = (ms: number): string => t('minutes.one', { n: minutesWords(ms) });
  const rows = [
    { name: t('tune.open'), text: (day: PlayedDay) => minutes(day.thresholds.openAboveMs) },
    { name: t('tune.close'), text: (day: PlayedDay) => minutes(day.thresholds.closeBelowMs) },
    { name: t('fact.inTarget'), text: (day: PlayedDay) => wholePercent(day.withinTarget), share: (day: PlayedDay) => day.withinTarget },
    {
      name: t('tune.hours'),
      text: (day: PlayedDay) => oneDecimal(day.windowHours),
      share: (day: PlayedDay, other: PlayedDay) => shareOf(day.windowHours, other.windowHours),
    },
    {
      name: t('tune.openings'),
      text: (day: PlayedDay) => oneDecimal(day.openings),
      share: (day: PlayedDay, other: PlayedDay) => shareOf(day.openings, other.openings),
    },
  ];
  const columns = [
    { key: 'before', day: before, other: after },
    { key: 'after', day: after, other: before },
  ] as const;
  return (
    <table className="before-after">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('tune.title')}</span>
          </th>
          {columns.map(({ key }) => (
            <th key={key} scope="col">
              {t(`tune.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, text, share }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {columns.map(({ key, day, other }) => (
              <td key={key}>
                {text(day)}
                {share === undefined ? null : <i className="share-bar" style={{ '--share': share(day, other) } as React.CSSProperties} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Tuning({ branchId, onAdopted }: { branchId: string; onAdopted: () => Promise<void> }) {
  const t = useTexts(adviceSheetTexts);
  const path = `/api/branches/${encodeURIComponent(branchId)}/advice/tuning`;
  const { view, lost, problem: jobProblem, look, order } = useJob<TuningView>(path);
  const [adoptProblem, setProblem] = useState<Problem>();
  const problem = adoptProblem ?? jobProblem;
  const say = async (method: 'POST' | 'DELETE'): Promise<void> => {
    setProblem(undefined);
    await order(method);
  };
  const adopt = async (): Promise<void> => {
    const answer = await api.send('POST', `${path}/adopt`);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    toast('done', (language) => translator(adviceSheetTexts, language)('tune.adopted'));
    await Promise.all([onAdopted(), look()]);
  };
  const step = view === undefined ? undefined : tuningStep(view);
  const { have = 0, needed = 0, shown = 0 } = view?.days ?? {};
  return (
    <section className="tuning" data-step={step} aria-label={t('tune.title')}>
      <h3>{t('tune.title')}</h3>
      <p className="muted">{t('tune.lead')}</p>
      {step === 'few' ? <p className="teaches">{t('tune.few', { have, needed })}</p> : null}
      {lost ? <p className="form-problem">{t('tune.lost')}</p> : null}
      {step === 'failed' ? <p className="form-problem">{t('tune.failed')}</p> : null}
      {step === 'start' || step === 'failed' ? (
        <>
          <p>{t('tune.have', { have })}</p>
          <div className="settings-actions">
            <Button onPress={() => say('POST')}>{t(step === 'failed' ? 'tune.again' : 'tune.start')}</Button>
          </div>
        </>
      ) : null}
      {step === 'wait' && view !== undefined ? (
        <>
          <ProgressLine value={view.progress}>{t('tune.running', { done: wholePercent(view.progress) })}</ProgressLine>
          <div className="settings-actions">
            <Button onPress={() => say('DELETE')}>{t('tune.stop')}</Button>
          </div>
        </>
      ) : null}
      {step === 'decide' && view?.before !== undefined && view.after !== undefined ? (
        <>
          {view.reached === false ? <p className="teaches">{t('tune.missed')}</p> : null}
          <p className="muted">{t('tune.shown', { n: shown })}</p>
          <BeforeAfter before={view.before} after={view.after} />
          <div className="settings-actions">
            <Button onPress={() => say('DELETE')}>{t('tune.discard')}</Button>
            <Button variant="primary" onPress={adopt}>
              {t('tune.adopt')}
            </Button>
          </div>
        </>
      ) : null}
      <ProblemList problem={problem} />
    </section>
  );
}
