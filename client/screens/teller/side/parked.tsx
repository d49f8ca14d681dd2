import { useLanguage } from '../../../i18n/language.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { commands } from '../../../staff/session.ts';
import { Button } from '../../../ui/button.tsx';
import { serviceName, useBranch, useTeller } from '../teller-context.ts';
import { myParked } from './returnable.ts';

/** Parked here: back to me, or into the queue again. No-shows of mine who turned up late. */
export function Parked() {
  const t = useTexts(tellerTexts);
  const language = useLanguage();
  const { branchId, counterId, staffId } = useTeller();
  const state = useBranch((floor) => floor);
  const tickets = myParked(state, counterId, staffId);
  if (tickets.length === 0) return null;
  return (
    <section className="teller-panel" data-panel="parked">
      <h2>{t('side.parked')}</h2>
      <ul className="teller-rows">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <span>
              <b>{ticket.number}</b>
              <small>{ticket.state === 'parked' ? serviceName(state, ticket.serviceId, language) : t('action.noShow')}</small>
            </span>
            {ticket.state === 'parked' ? (
              <>
                <Button onPress={() => commands.send(branchId, { type: 'ticket.return', counterId, ticketId: ticket.id })}>
                  {t('side.bringBack')}
                </Button>
                <Button variant="quiet" onPress={() => commands.send(branchId, { type: 'ticket.unpark', ticketId: ticket.id })}>
                  {t('side.unpark')}
                </Button>
              </>
            ) : (
              <Button variant="quiet" onPress={() => commands.send(branchId, { type: 'ticket.requeue', ticketId: ticket.id })}>
                {t('side.requeue')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
