/** What became of it. The page goes back to the start by itself. */
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { StateShape } from '../../ui/state-shape.tsx';
import type { Act } from './acts.ts';
import type { Spoken } from './speak.ts';
import type { Words } from './words.ts';

export function DoneStep({
  name,
  act,
  spoken: { result },
  words,
  zone,
  onStart,
}: {
  name: string;
  act: Act;
  spoken: Spoken;
  words: Words;
  zone: string;
  onStart: () => void;
}) {
  const t = useTexts(terminalTexts);
  const language = useLanguage();
  const title =
    act.do === 'take'
      ? t('done.take', { post: words.post(act.post) })
      : act.do === 'breakBegin' && result?.later === true
        ? t('done.breakLater')
        : t(`done.${act.do}`);
  const passedUp = result?.passedUp?.length ?? 0;
  return (
    <section className="terminal-notice s-serving" data-notice="done" role="status">
      <StateShape state="serving" size={72} />
      <h1>{name}</h1>
      <p className="terminal-what">{title}</p>
      {act.do === 'breakBegin' && result?.backAt !== undefined && result.later !== true ? (
        <p>{t('done.breakUntil', { time: shortTime(result.backAt, zone, language) })}</p>
      ) : null}
      {passedUp === 0 ? null : <p>{t('done.passedUp', { n: passedUp })}</p>}
      <button type="button" className="terminal-act is-next" onClick={onStart}>
        {t('start')}
      </button>
    </section>
  );
}

export function RefusedStep({ problem, words, onBack }: { problem: Problem; words: Words; onBack: () => void }) {
  const t = useTexts(terminalTexts);
  return (
    <section className="terminal-notice s-near" data-notice="refused" role="alert">
      <StateShape state="near" size={72} />
      <h1>{t('refused.title')}</h1>
      <p>{words.refusal(problem)}</p>
      <button type="button" className="terminal-act is-next" onClick={onBack}>
        {t('back')}
      </button>
    </section>
  );
}
