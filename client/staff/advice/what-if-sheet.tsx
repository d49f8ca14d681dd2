import { useEffect, useState } from 'react';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { explain } from '../../i18n/errors.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Answer } from '../../live/api.ts';
import { useFloor } from '../../live/live.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { StaffLive } from '../branch.ts';
import { wholeMinutes, wholePercent } from './advice-words.ts';
import { BandChart } from './band-chart.tsx';
import { askWhatIf, effectOf, questions, type WhatIfAnswer, type WhatIfQuestion } from './what-if.ts';
import './advice.css';

const sameAs = (a: WhatIfQuestion, b: WhatIfQuestion): boolean => a.change === b.change && a.kind === b.kind;

function Told({ live, answer }: { live: StaffLive; answer: WhatIfAnswer }) {
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const language = useLanguage();
  const config = useFloor(live, (state) => state?.config);
  const zone = config?.hours.timeZone;
  const n = config?.counters.find(({ id }) => id === answer.counterId)?.number ?? answer.counterId;
  const { without, with: changed } = answer;
  const time = (at: number): string => shortTime(at, zone, language);
  const rows = [
    { look: 'was', name: t('whatIf.now'), waits: without },
    { look: 'will', name: t(`whatIf.${answer.change}`, { n }), waits: changed },
  ] as const;
  return (
    <>
      <p className="sentence what-if-effect" role="status">
        {t(`whatIf.${effectOf(without, changed)}`, {
          before: wholeMinutes(words, without.wait90Ms),
          after: wholeMinutes(words, changed.wait90Ms),
        })}
      </p>
      <section className="stack">
        <h3>{t('whatIf.waits')}</h3>
        <BandChart rows={rows} />
      </section>
      <table className="before-after">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('whatIf.title')}</span>
            </th>
            {rows.map(({ look, name }) => (
              <th key={look} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words('wait90')}</th>
            {rows.map(({ look, waits }) => (
              <td key={look}>{t('minutes.one', { n: wholeMinutes(words, waits.wait90Ms) })}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('whatIf.inTarget')}</th>
            {rows.map(({ look, waits }) => (
              <td key={look}>
                {wholePercent(waits.withinTarget)}
                <i className="share-bar" style={{ '--share': waits.withinTarget } as React.CSSProperties} />
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('whatIf.cleared')}</th>
            {rows.map(({ look, waits }) => (
              <td key={look}>
                {time(waits.clearedAt.expected)}
                <small className="muted">{t('whatIf.between', { low: time(waits.clearedAt.low), high: time(waits.clearedAt.high) })}</small>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="muted">{t('whatIf.hint')}</p>
    </>
  );
}

/** One window more or less for the rest of the day; answered at once. */
export function WhatIfSheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(adviceSheetTexts);
  const language = useLanguage();
  const [question, setQuestion] = useState<WhatIfQuestion>({ change: 'more', kind: 'cash' });
  const [heard, setHeard] = useState<{ readonly question: WhatIfQuestion; readonly answer: Answer<WhatIfAnswer> }>();
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const { branchId } = live;
  useEffect(() => {
    let here = true;
    void askWhatIf(branchId, question).then((answer) => here && setHeard({ question, answer }));
    return () => {
      here = false;
    };
  }, [branchId, question]);
  const answer = heard !== undefined && sameAs(heard.question, question) ? heard.answer : undefined;
  return (
    <Sheet title={t('whatIf.title')} onClose={onClose} wide>
      <div className="what-if-questions" role="group" aria-label={t('whatIf.title')}>
        {questions.map((one) => (
          <button
            key={`${one.change} ${one.kind}`}
            type="button"
            className="choice"
            aria-pressed={sameAs(one, question)}
            data-ask={`${one.change} ${one.kind}`}
            onClick={() => setQuestion({ ...one })}
          >
            {t(`whatIf.${one.change}.${one.kind}`)}
          </button>
        ))}
      </div>
      {answer === undefined ? (
        <p className="muted what-if-waits" role="status">
          {t('whatIf.asking')}
        </p>
      ) : answer.ok ? (
        <>
          <p className="muted">{t('whatIf.lead', { time: shortTime(answer.value.until, zone, language) })}</p>
          <Told live={live} answer={answer.value} />
        </>
      ) : (
        <p className="form-problem" role="alert">
          {explain(answer.problem, language)}
        </p>
      )}
    </Sheet>
  );
}
