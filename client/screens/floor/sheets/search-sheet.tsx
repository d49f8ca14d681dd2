import { useEffect, useState } from 'react';
import type { Ticket } from '../../../../shared/branch/branch.state.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { api } from '../../../staff/session.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import { useBranchState, useFloorContext } from '../floor-context.ts';
import { serviceName } from '../names-on-board.ts';

const TYPING_MS = 150;

/** Any of today's numbers, ended ones too (those only the hub still has): to requeue, bring back, rate. */
export function SearchSheet() {
  const { branchId, close, open } = useFloorContext();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly Ticket[]>();
  const state = useBranchState((whole) => whole);
  useEffect(() => {
    const wanted = query.trim();
    if (wanted === '') return setFound(undefined);
    let here = true;
    const timer = setTimeout(() => {
      const path = `/api/branches/${encodeURIComponent(branchId)}/tickets?number=${encodeURIComponent(wanted)}`;
      void api.get<{ tickets: readonly Ticket[] }>(path).then((answer) => {
        if (!here) return;
        if (!answer.ok && answer.problem.status !== 400) toastProblem(answer.problem);
        setFound(answer.ok ? answer.value.tickets : []);
      });
    }, TYPING_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [branchId, query]);
  const show = (ticket: Ticket): void => open({ kind: 'ticket', ticketId: ticket.id, ended: ticket });
  return (
    <Sheet title={t('search.title')} onClose={close}>
      <label className="field">
        <span>{t('search.label')}</span>
        <input
          type="search"
          autoCapitalize="characters"
          autoComplete="off"
          maxLength={8}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const first = found?.[0];
            if (event.key === 'Enter' && first !== undefined) show(first);
          }}
        />
      </label>
      {found?.length === 0 ? <p className="empty">{t('search.none')}</p> : null}
      <ul className="rows found">
        {(found ?? []).map((ticket) => (
          <li key={ticket.id}>
            <button type="button" className="row" data-found={ticket.number} onClick={() => show(ticket)}>
              <b>{ticket.number}</b>
              <span className="row-what">
                <span className="row-service">{serviceName(state, ticket.serviceId, language)}</span>
              </span>
              <span>{common(`ticket.${(state.tickets.get(ticket.id) ?? ticket).state}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
