import { useMemo, useState } from 'react';
import type { Ticket } from '../../../../shared/branch/branch.state.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { useBranchState, useFloorContext } from '../floor-context.ts';
import { serviceName } from '../names-on-board.ts';

const MOST = 30;

/** Finds by the end of the number: "12" finds A012. */
export function findTickets(tickets: Iterable<Ticket>, query: string): readonly Ticket[] {
  const wanted = query.trim().toUpperCase();
  if (wanted === '') return [];
  const found: Ticket[] = [];
  for (const ticket of tickets) if (ticket.number.startsWith(wanted) || ticket.number.endsWith(wanted)) found.push(ticket);
  return found.sort((a, b) => a.number.length - b.number.length || (a.number < b.number ? -1 : 1)).slice(0, MOST);
}

/** Any of today's numbers, ended ones too: to requeue, bring back, rate. */
export function SearchSheet() {
  const { close, open } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const state = useBranchState((whole) => whole);
  const found = useMemo(() => findTickets(state.tickets.values(), query), [state.tickets, query]);
  return (
    <Sheet title={t('search.title')} onClose={close}>
      <label className="field">
        <span>{t('search.label')}</span>
        <input
          type="search"
          inputMode="text"
          autoFocus
          autoCapitalize="characters"
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key === 'Enter' && first !== undefined) open({ kind: 'ticket', ticketId: first.id });
          }}
        />
      </label>
      {query.trim() !== '' && found.length === 0 ? <p className="empty">{t('search.none')}</p> : null}
      <ul className="rows found">
        {found.map((ticket) => (
          <li key={ticket.id}>
            <button type="button" className="row" onClick={() => open({ kind: 'ticket', ticketId: ticket.id })}>
              <b>{ticket.number}</b>
              <span className="row-what">
                <span className="row-service">{serviceName(state, ticket.serviceId, language)}</span>
              </span>
              <span>{common(`ticket.${ticket.state}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
