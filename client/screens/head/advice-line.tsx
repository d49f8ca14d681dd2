import { isLive } from '../../../shared/branch/advice/advice-book.ts';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { namedBy, sentence, waitChange } from '../../staff/advice/advice-words.ts';
import { useNames } from '../../staff/names.ts';
import { StateShape } from '../../ui/state-shape.tsx';

/** Named on the card; the rest is a number. */
const NAMED = 2;

/** Advice open in a branch; nothing where there is none. */
export function AdviceLine({ branchId, state }: { branchId: string; state: BranchState }) {
  const t = useTexts(adviceTexts);
  const language = useLanguage();
  const nameOf = useNames(branchId);
  const open = Object.values(state.advice).filter(isLive);
  if (open.length === 0) return null;
  return (
    <p className="branch-advice">
      {open.slice(0, NAMED).map((one) => {
        const look = one.state === 'given' ? 'calling' : one.state === 'notInTime' ? 'over' : 'waiting';
        return (
          <span key={one.id} className={`s-${look}`} data-advice={one.id}>
            <StateShape state={look} /> {sentence(t, one, namedBy(state, one, nameOf, language))}{' '}
            <span className="muted">{`· ${t('wait90')} ${waitChange(t, one.expected.wait90Ms)}`}</span>
          </span>
        );
      })}
      {open.length > NAMED ? <span className="muted">{t('more', { n: open.length - NAMED })}</span> : null}
    </p>
  );
}
