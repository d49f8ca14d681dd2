import type { Counter } from '../../../shared/branch/branch.state.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { tellerTexts } from '../../i18n/teller.ts';
import { useTexts } from '../../i18n/texts.ts';
import { StateShape } from '../../ui/state-shape.tsx';
import { useBranch, useTeller } from './teller-context.ts';

/** Nobody at the counter: what it is, and what Enter does. */
export function EmptyCard({ counter, waiting }: { counter: Counter; waiting: number }) {
  const t = useTexts(tellerTexts);
  const look = counter.state === 'calling' || counter.state === 'serving' ? 'idle' : counter.state;
  const hint = look === 'idle' && waiting === 0 ? t('empty.idleNobody') : t(`empty.${look}Hint`);
  return (
    <section className={`teller-current teller-empty s-${look}`} data-state={look}>
      <StateShape state={look} size={56} />
      <h2>{t(`empty.${look}`)}</h2>
      <p>{hint}</p>
      {look === 'paused' ? <PausedFacts counter={counter} /> : null}
    </section>
  );
}

function PausedFacts({ counter: { backAt, cashCount } }: { counter: Counter }) {
  const t = useTexts(tellerTexts);
  const language = useLanguage();
  const { nameOf } = useTeller();
  const zone = useBranch((state) => state.config?.hours.timeZone);
  return (
    <div className="teller-paused">
      {backAt === undefined ? null : <p className="chip">{t('ticket.backAt', { time: shortTime(backAt, zone, language) })}</p>}
      {cashCount?.state === 'pending' ? (
        <p className="teller-cash" role="status">
          <strong>{t('empty.cashPending')}</strong>
          <span>{t('empty.cashPendingHint')}</span>
        </p>
      ) : null}
      {cashCount?.state === 'confirmed' ? (
        <p className="chip chip-serve">{t('empty.cashConfirmed', { name: nameOf(cashCount.by) })}</p>
      ) : null}
    </div>
  );
}
