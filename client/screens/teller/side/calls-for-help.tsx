import type { Counter } from '../../../../shared/branch/branch.state.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { commands } from '../../../staff/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Since } from '../../../ui/clock.tsx';
import { useBranch, useTeller } from '../teller-context.ts';

/** My own calls and who comes; colleagues' calls; counts waiting for a second person. Nothing to show: no panel. */
export function CallsForHelp() {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const { live, branchId, counterId, staffId, nameOf } = useTeller();
  const counters = useBranch((state) => state.counters);
  const configs = useBranch((state) => state.config?.counters);
  const numberOf = (id: string): number | string => configs?.find((config) => config.id === id)?.number ?? id;
  const others = Object.values(counters).filter((counter) => counter.id !== counterId && counter.staffId !== staffId);
  const calls = others.flatMap((counter) =>
    counter.help.filter((help) => help.answeredAt === undefined).map((help) => ({ counter, help })),
  );
  const counts = others.filter((counter: Counter) => counter.state === 'paused' && counter.cashCount?.state === 'pending');
  const mine = counters[counterId]?.help ?? [];
  if (calls.length + counts.length + mine.length === 0) return null;
  return (
    <section className="teller-panel" data-panel="help">
      <h2>{t('side.help')}</h2>
      <ul className="teller-rows">
        {mine.map((help) => (
          <li key={`mine ${help.kind}`} className="teller-mine" data-help={help.kind}>
            <span>
              <b>{common(`help.${help.kind}`)}</b>
              <small>
                {help.answeredAt === undefined ? (
                  <>
                    {t('side.waitingHelp')} <Since clock={live.clock} since={help.since} />
                  </>
                ) : (
                  t('side.answered', { name: nameOf(help.answeredBy) })
                )}
              </small>
            </span>
          </li>
        ))}
        {calls.map(({ counter, help }) => (
          <li key={`${counter.id} ${help.kind}`}>
            <span>
              <b>{common(`help.${help.kind}`)}</b>
              <small>
                {t('myCounter', { n: numberOf(counter.id) })} · <Since clock={live.clock} since={help.since} />
              </small>
            </span>
            <Button onPress={() => commands.send(branchId, { type: 'help.answer', counterId: counter.id, kind: help.kind })}>
              {t('side.answer')}
            </Button>
          </li>
        ))}
        {counts.map((counter) => (
          <li key={counter.id} data-count={counter.id}>
            <span>
              <b>{t('side.cash')}</b>
              <small>
                {t('myCounter', { n: numberOf(counter.id) })} · {nameOf(counter.staffId)}
              </small>
            </span>
            <Button onPress={() => commands.send(branchId, { type: 'counter.confirmCashCount', counterId: counter.id })}>
              {t('side.confirm')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
