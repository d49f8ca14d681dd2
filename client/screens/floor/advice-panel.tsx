import { adviceConfig } from '../../../shared/branch/advice/advice-book.ts';
import type { Advice } from '../../../shared/branch/advice/advice.state.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { broughtWords, doneWords, namedBy } from '../../staff/advice/advice-words.ts';
import type { Brought } from '../../staff/advice/brought.ts';
import { windows } from '../../staff/figures.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { AdviceCard } from './advice-card.tsx';
import type { AdviceBoard } from './advice.rules.ts';
import { useBranchState, useFloorContext } from './floor-context.ts';

/** Carried out, quietly: one line, and what it brought once that is known. */
function DoneLine({ advice, brought }: { advice: Advice; brought?: Brought }) {
  const { nameOf } = useFloorContext();
  const t = useTexts(adviceTexts);
  const language = useLanguage();
  const config = useBranchState((state) => state.config);
  const tickets = useBranchState((state) => state.tickets);
  const named = namedBy({ config, tickets }, advice, nameOf, language);
  const after =
    brought === undefined
      ? t('done.measured', { time: shortTime(advice.measureAt ?? 0, config?.hours.timeZone, language) })
      : broughtWords(t, brought.before, brought.after);
  return (
    <li className="advice-done s-serving" data-advice={advice.id} data-done={brought === undefined ? 'measuring' : 'measured'}>
      <StateShape state="serving" />
      <span>
        {doneWords(t, advice, named)} · {after}
        {advice.acceptedBy === 'clock' ? ` · ${t('byItself')}` : ''}
      </span>
    </li>
  );
}

/** What the hub advises now. */
export function AdvicePanel({ board, brought }: { board: AdviceBoard; brought: Brought | undefined }) {
  const { open } = useFloorContext();
  const t = useTexts(adviceTexts);
  const mode = useBranchState((state) => adviceConfig(state).mode);
  const serving = useBranchState((state) => windows(state).open > 0);
  const { cards, more, done } = board;
  const quiet = cards.length + done.length === 0 && brought === undefined;
  return (
    <section className="panel advice-panel dimmable" aria-labelledby="advice-title">
      <header className="advice-head">
        <h2>
          <button type="button" id="advice-title" title={t('title.rule')} onClick={() => open({ kind: 'rule' })}>
            {t('title')}
            {mode === 'act' ? <small className="chip chip-call">{t('acts')}</small> : null}
          </button>
        </h2>
        <Button variant="quiet" hotkey="W" data-do="what-if" onPress={() => open({ kind: 'whatIf' })}>
          {t('whatIf')}
        </Button>
      </header>
      {quiet ? (
        <button type="button" className="advice-none muted" onClick={() => open({ kind: 'rule' })}>
          {t(mode === 'off' ? 'off' : serving ? 'none' : 'noneYet')}
        </button>
      ) : (
        <div className="advice-body">
          <ul aria-live="polite">
            {cards.map((one) => (
              <AdviceCard key={one.id} advice={one} />
            ))}
          </ul>
          {more > 0 ? (
            <Button variant="quiet" className="more" onPress={() => open({ kind: 'allAdvice' })}>
              {t('more', { n: more })}
            </Button>
          ) : null}
          <ul>
            {done.map((one) => (
              <DoneLine key={one.id} advice={one} />
            ))}
            {brought === undefined ? null : <DoneLine advice={brought.advice} brought={brought} />}
          </ul>
        </div>
      )}
    </section>
  );
}
