import { waitWords } from '../../device/wait-words.ts';
import { deviceTexts } from '../../i18n/device.ts';
import { phoneTexts } from '../../i18n/phone.ts';
import { useTexts } from '../../i18n/texts.ts';
import { isAlmost, type MyTicket } from './my-ticket.ts';

/** What the customer needs to know in this state, and nothing else. */
export function TicketFacts({ ticket }: { ticket: MyTicket }) {
  const t = useTexts(phoneTexts);
  switch (ticket.state) {
    case 'waiting':
      return <Waiting ticket={ticket} />;
    case 'called':
      return (
        <section className="phone-card phone-called" role="alert">
          <p>{t('called.go')}</p>
          <strong>{t('called.counter', { n: ticket.counterNumber ?? '' })}</strong>
          <p>{t('called.hint')}</p>
        </section>
      );
    case 'serving':
      return <Notice title={t('serving.title', { n: ticket.counterNumber ?? '' })} hint={t('serving.hint')} />;
    default:
      return <Notice title={t(`${ticket.state}.title`)} hint={t(`${ticket.state}.hint`)} />;
  }
}

function Waiting({ ticket }: { ticket: MyTicket }) {
  const t = useTexts(phoneTexts);
  const words = useTexts(deviceTexts);
  return (
    <>
      {isAlmost(ticket) ? (
        <p className="phone-almost" role="status">
          {t('almost')}
        </p>
      ) : null}
      <dl className="phone-card phone-facts">
        <div>
          <dt>{t('ahead')}</dt>
          <dd data-ahead={ticket.ahead}>{ticket.ahead === 0 ? t('next') : t('people', { n: ticket.ahead ?? '–' })}</dd>
        </div>
        {ticket.waitMs === undefined ? null : (
          <div>
            <dt>{t('wait')}</dt>
            <dd>{ticket.windows === 0 ? t('noWindow') : waitWords(ticket.waitMs, words)}</dd>
          </div>
        )}
      </dl>
      {ticket.windows === 0 ? null : <p className="phone-note">{t('waitNote')}</p>}
    </>
  );
}

function Notice({ title, hint }: { title: string; hint: string }) {
  return (
    <section className="phone-card phone-notice" role="status">
      <h2>{title}</h2>
      <p>{hint}</p>
    </section>
  );
}
