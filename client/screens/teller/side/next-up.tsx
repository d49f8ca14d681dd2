import { lineFor, upcoming } from '../../../../shared/branch/queue/order.ts';
import { sentences } from '../../../../shared/branch/queue/sentences.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Since } from '../../../ui/clock.tsx';
import { serviceName, useBranch, useTeller } from '../teller-context.ts';

const SHOWN = 3;

/** Who is next at this counter and why, with the sentence to tell a customer who asks. */
export function NextUp() {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { live, counterId } = useTeller();
  const state = useBranch((floor) => floor);
  const line = lineFor(state, counterId);
  const next = upcoming(state, live.clock.now(), { counterId, limit: SHOWN });
  const first = next[0];
  return (
    <section className="teller-panel" data-panel="next">
      <h2>
        <span>{t('side.next')}</span>
        <span>{t('side.waitingForMe', { n: line.waiting })}</span>
      </h2>
      {first === undefined ? <p className="muted">{t('side.nobody')}</p> : null}
      <ol className="teller-next">
        {next.map(({ ticket, reason }) => (
          <li key={ticket.id}>
            <b>{ticket.number}</b>
            <span>
              {serviceName(state, ticket.serviceId, language)}
              <small>
                {t(`reason.${reason}`)}
                {ticket.segment === 'ordinary' ? '' : ` · ${common(`segment.${ticket.segment}`)}`}
              </small>
            </span>
            <Since clock={live.clock} since={ticket.arrivedAt} />
          </li>
        ))}
      </ol>
      {first === undefined || first.reason === 'arrival' ? null : (
        <p className="teller-say">
          <small>{t('side.say')}</small>
          <q>{sentences[first.reason][language]}</q>
        </p>
      )}
    </section>
  );
}
