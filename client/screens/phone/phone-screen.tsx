/** My place in the queue, from the QR on the slip: no app, no sign-in. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { clockTime } from '../../i18n/format.ts';
import { type Language, setLanguage, useLanguage } from '../../i18n/language.ts';
import { phoneTexts } from '../../i18n/phone.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { createApi } from '../../live/api.ts';
import { pageNow } from '../../live/hub-clock.ts';
import { followTicket, type Follow, isAlmost, type MyTicket } from './my-ticket.ts';
import { GiveUp, Rate } from './phone-acts.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import './phone.css';

const BUZZ = [300, 120, 300, 120, 500];

export function PhoneScreen({ token }: { token: string }) {
  const follow = useMemo(() => followTicket(createApi(), token, pageNow), [token]);
  const seen = useSyncExternalStore(follow.subscribe, follow.now);
  const t = useTexts(phoneTexts);
  const language = useLanguage();
  const other: Language = language === 'zh' ? 'en' : 'zh';

  useEffect(() => {
    const back = (): void => {
      if (!document.hidden) follow.ask();
    };
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', back);
    return () => {
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', back);
    };
  }, [follow]);
  useCallAlert(seen.ticket);

  return (
    <main className="phone" data-state={seen.notFound ? 'notFound' : (seen.ticket?.state ?? 'loading')} data-stale={seen.stale}>
      <header className="phone-head">
        <span className="phone-fresh" role="status">
          {seen.stale && seen.at !== undefined
            ? t('stale', { time: clockTime(seen.at, undefined, language) })
            : seen.ticket === undefined
              ? ''
              : t('fresh')}
        </span>
        <button type="button" lang={other} onClick={() => setLanguage(other)}>
          {t('language')}
        </button>
      </header>
      {seen.notFound ? (
        <section className="phone-card phone-notice">
          <h1>{t('notFound.title')}</h1>
          <p>{t('notFound.hint')}</p>
        </section>
      ) : seen.ticket === undefined ? (
        <p className="phone-loading">{t('loading')}</p>
      ) : (
        <Mine ticket={seen.ticket} follow={follow} />
      )}
    </main>
  );
}

function Mine({ ticket, follow }: { ticket: MyTicket; follow: Follow }) {
  const t = useTexts(phoneTexts);
  const language = useLanguage();
  const [rated, setRated] = useState(false);
  return (
    <>
      <section className="phone-number dimmable">
        <h1>{t('number')}</h1>
        <p>{ticket.number}</p>
        {ticket.serviceName === undefined ? null : <span>{named(ticket.serviceName, language)}</span>}
      </section>
      <div className="dimmable">
        <TicketFacts ticket={ticket} />
      </div>
      {ticket.state === 'completed' ? (
        <Rate done={rated || ticket.rated === true} onRate={async (score) => setRated((await follow.rate(score)).ok)} />
      ) : null}
      {ticket.state === 'waiting' || ticket.state === 'parked' ? <GiveUp onGiveUp={follow.cancel} /> : null}
    </>
  );
}

/** Called: buzz, and flash the page's title until it is looked at. */
function useCallAlert(ticket: MyTicket | undefined): void {
  const called = ticket?.state === 'called';
  const almost = ticket !== undefined && isAlmost(ticket);
  useEffect(() => {
    if (called || almost) navigator.vibrate?.(called ? BUZZ : [200]);
  }, [called, almost]);
  const title =
    ticket === undefined
      ? ''
      : ticket.state === 'called' && ticket.counterNumber !== undefined
        ? `${ticket.number} → ${ticket.counterNumber}`
        : ticket.number;
  useEffect(() => {
    if (title !== '') document.title = title;
    if (!called) return;
    let on = false;
    const timer = setInterval(() => {
      on = !on;
      document.title = on ? `● ${title}` : title;
    }, 1_000);
    return () => clearInterval(timer);
  }, [title, called]);
}
