import { useCallback, useEffect, useState } from 'react';
import { adviceSheetTexts } from '../../i18n/advice-sheets.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { dateTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { StateName } from '../../ui/state-shape.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';
import { useNames } from '../names.ts';
import { api } from '../session.ts';
import { broughtWords, namedBy, sentence, waitChange } from './advice-words.ts';
import { type PastAdvice, summaryOf } from './history.ts';
import './advice.css';

const PAGE = 50;

const looks: Record<PastAdvice['state'], StateName> = {
  given: 'calling',
  accepted: 'waiting',
  notInTime: 'over',
  carriedOut: 'serving',
  measured: 'serving',
  declined: 'paused',
  withdrawn: 'closed',
  expired: 'closed',
};

function Line({ live, one }: { live: StaffLive; one: PastAdvice }) {
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const config = useFloor(live, (state) => state?.config);
  const tickets = useFloor(live, (state) => state?.tickets);
  const { state, acceptedBy, byItself, late, brought, reasonRef, endedBy } = one;
  const who = state === 'declined' ? nameOf(endedBy ?? undefined) : byItself ? words('byItself') : nameOf(acceptedBy);
  return (
    <li data-advice={one.id} data-state={state}>
      <p className="history-line">
        <strong>{sentence(words, one, namedBy({ config, tickets }, one, nameOf, language))}</strong>
        <span className="muted">{dateTime(one.givenAt, config?.hours.timeZone, language)}</span>
      </p>
      <p className="history-line">
        <span>
          <StateBadge state={looks[state]} word={t(`state.${state}`)} />{' '}
          <span className="muted">{[who, late ? t('history.late') : ''].filter((part) => part !== '').join(' · ')}</span>
        </span>
        <span>
          <span className="muted">{t('history.expected', { words: waitChange(words, one.expected.wait90Ms) })}</span>
          {brought === undefined ? null : (
            <b>{` · ${t('history.truly', { words: broughtWords(words, brought.before, brought.after) })}`}</b>
          )}
        </span>
      </p>
      {reasonRef === undefined || reasonRef === null ? null : (
        <p>
          <span className="muted">{t('history.reason')}</span>
          <FreeText branchId={live.branchId} refId={reasonRef} />
        </p>
      )}
    </li>
  );
}

/** What was advised, what became of it, and what it brought: newest first. */
export function AdviceHistorySheet({ live, onClose }: { live: StaffLive; onClose: () => void }) {
  const t = useTexts(adviceSheetTexts);
  const words = useTexts(adviceTexts);
  const [past, setPast] = useState<readonly PastAdvice[]>();
  const [whole, setWhole] = useState(false);
  const { branchId } = live;
  const load = useCallback(
    async (before?: number): Promise<void> => {
      const until = before === undefined ? '' : `&before=${before}`;
      const answer = await api.get<{ advice: readonly PastAdvice[] }>(
        `/api/branches/${encodeURIComponent(branchId)}/advice?limit=${PAGE}${until}`,
      );
      if (!answer.ok) return toastProblem(answer.problem);
      setPast((known) => [...(before === undefined ? [] : (known ?? [])), ...answer.value.advice]);
      setWhole(answer.value.advice.length < PAGE);
    },
    [branchId],
  );
  const first = useFloor(live, (state) =>
    Object.values(state?.advice ?? {})
      .map(({ id, state: is }) => `${id} ${is}`)
      .join(),
  );
  useEffect(() => void load(), [load, first]);
  const summary = summaryOf(past ?? []);
  const last = past?.at(-1);
  return (
    <Sheet title={t('history.title')} onClose={onClose} wide>
      {past === undefined ? null : past.length === 0 ? (
        <div className="teaches">
          <b>{t('history.none')}</b>
          <p className="muted">{t('history.noneHint')}</p>
        </div>
      ) : (
        <>
          <dl className="facts">
            <div>
              <dt>{t('history.summary', { n: summary.all })}</dt>
              <dd>{`${t('history.accepted')} ${summary.accepted}`}</dd>
            </div>
            <div>
              <dt>{t('history.declined')}</dt>
              <dd>{summary.declined}</dd>
            </div>
            <div>
              <dt>{t('history.measured')}</dt>
              <dd>{summary.measured}</dd>
            </div>
            {summary.wait90Ms === undefined ? null : (
              <div>
                <dt>{t('history.brought')}</dt>
                <dd>{waitChange(words, summary.wait90Ms)}</dd>
              </div>
            )}
          </dl>
          <ul className="history-list">
            {past.map((one) => (
              <Line key={one.id} live={live} one={one} />
            ))}
          </ul>
          {whole || last === undefined ? null : <Button onPress={() => load(last.givenAt)}>{t('history.more')}</Button>}
        </>
      )}
    </Sheet>
  );
}
