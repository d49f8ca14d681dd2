import { adviceTexts } from '../../../i18n/advice.ts';
import { elapsed } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Ticking } from '../../../ui/clock.tsx';
import { useBranch, useTeller } from '../teller-context.ts';

/** What accepted advice asks of me: the window to open (one key does it), or to close after this customer. */
export function AskedTo() {
  const { live, staffId } = useTeller();
  const t = useTexts(adviceTexts);
  const advice = useBranch((state) => state.advice);
  const configs = useBranch((state) => state.config?.counters);
  const asked = Object.values(advice).flatMap((one) => {
    const { kind, state } = one;
    const mine = one.staffId === staffId && (state === 'accepted' || state === 'notInTime');
    return mine && kind !== 'divertToMachine' ? [{ ...one, kind }] : [];
  });
  if (asked.length === 0) return null;
  return (
    <section className="teller-panel asked-to" data-panel="asked">
      <h2>{t('asked.title')}</h2>
      <ul className="teller-rows">
        {asked.map((one) => (
          <li key={one.id} data-advice={one.id}>
            <span>
              <b>{t(`asked.${one.kind}`, { n: configs?.find(({ id }) => id === one.counterId)?.number ?? '' })}</b>
              <small>
                <Ticking
                  text={() => {
                    const left = (one.dueAt ?? one.doAt) - live.clock.now();
                    return left >= 0 ? t('accepted.left', { time: elapsed(left) }) : t('accepted.late', { time: elapsed(-left) });
                  }}
                />
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
