import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { dateTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import type { CaseSearch } from '../../staff/cases/case-search.ts';
import { CaseTitle, KindIcon, ruledTitle, SeverityBadge } from '../../staff/cases/case-words.tsx';
import { Deadline } from '../../staff/cases/deadline.tsx';
import { roleAt } from '../../staff/cases/notices.ts';
import type { BranchListed } from '../../staff/home.ts';
import { useNames } from '../../staff/names.ts';
import { useSession } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { type CaseLineTold, listPath, type ListTold, useAsked } from './case-data.ts';
import { useOpenCases, useSettled, useSubjects } from './open-cases.ts';
import { stateTone } from './state-tone.ts';

interface ListProps {
  readonly lives: readonly StaffLive[];
  readonly search: CaseSearch;
  readonly caseId: string | undefined;
  /** Named on each row where there is more than one branch. */
  readonly names: readonly BranchListed[] | undefined;
}

const PAGE = 60;

export function OpenList({ lives, search, caseId, names }: ListProps) {
  const t = useTexts(casesTexts);
  const session = useSession();
  const [most, setMost] = useState(PAGE);
  const view = search.view ?? 'open';
  const { kind, severity } = search;
  const me = session?.staffId ?? '';
  const open = useOpenCases(
    lives,
    useMemo(() => ({ view, kind, severity, me }), [view, kind, severity, me]),
  );
  const subject = useSubjects(search.branch, lives);
  if (open === undefined) return <p className="muted cases-count">{t('detail.loading')}</p>;
  if (open.length === 0) return <Empty what={view === 'all' ? 'open' : view} />;
  return (
    <>
      <p className="muted cases-count" role="status">
        {t('list.count', { n: open.length })}
      </p>
      <ol className="case-rows">
        {open.slice(0, most).map(({ live, one }) => (
          <li key={one.id}>
            <OpenRow
              live={live}
              one={one}
              subject={subject === undefined ? '' : subject(one)}
              branch={names?.find(({ id }) => id === live.branchId)}
              current={one.id === caseId}
              search={search}
            />
          </li>
        ))}
      </ol>
      {open.length > most ? (
        <Button className="cases-more" onPress={() => setMost(most + PAGE)}>
          {t('list.more')}
        </Button>
      ) : null}
    </>
  );
}

interface RowProps {
  readonly live: StaffLive;
  readonly subject: string | undefined;
  readonly branch: BranchListed | undefined;
  readonly current: boolean;
  readonly search: CaseSearch;
}

const OpenRow = memo(function OpenRow({ live, one, subject, branch, current, search }: RowProps & { one: Case }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  return (
    <Link
      className="case-row"
      to="/cases/$caseId"
      params={{ caseId: one.id }}
      search={search}
      replace={current}
      aria-current={current ? 'true' : undefined}
      data-case={one.id}
    >
      <span className="case-row-top">
        <KindIcon kind={one.kind} size={18} />
        <b>{one.no}</b>
        <SeverityBadge severity={one.severity} />
        {one.drill === true ? <span className="chip chip-call">{t('drill')}</span> : null}
        <Deadline clock={live.clock} one={one} />
      </span>
      <span className="case-row-title">
        <CaseTitle live={live} one={one} subject={subject} />
      </span>
      <span className="case-row-who muted">
        {branch === undefined ? null : <span>{branch.name[language]}</span>}
        <span>{nameOf(one.ownerId)}</span>
        <span>{t(`who.${roleAt(one.level)}`)}</span>
        {one.offeredTo === undefined ? null : <span className="chip chip-call">{t('offeredTo', { name: nameOf(one.offeredTo) })}</span>}
        <StateBadge state={stateTone(one.state)} word={t(`state.${one.state}`)} />
      </span>
    </Link>
  );
});

/** What has ended, or was searched for: as the hub tells it, newest first, page by page. */
export function ToldList({ lives, search, q, caseId, names }: ListProps & { q: string | undefined }) {
  const t = useTexts(casesTexts);
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined]);
  const [rows, setRows] = useState<Readonly<Record<string, ListTold>>>({});
  const key = JSON.stringify([search, q, names?.length]);
  const [shown, setShown] = useState(key);
  if (shown !== key) {
    setShown(key);
    setPages([undefined]);
    setRows({});
  }
  const all = pages.flatMap((cursor) => rows[cursor ?? '']?.cases ?? []);
  const last = rows[pages.at(-1) ?? ''];
  const begun = rows[''] !== undefined;
  return (
    <>
      {pages.map((cursor) => (
        <Page
          key={`${key}${cursor ?? ''}`}
          lives={lives}
          search={search}
          q={q}
          cursor={cursor}
          onTold={(told) => setRows((known) => ({ ...known, [cursor ?? '']: told }))}
        />
      ))}
      {!begun ? null : all.length === 0 ? (
        <Empty what={q === undefined && search.kind === undefined && search.severity === undefined ? 'ended' : 'found'} />
      ) : (
        <ol className="case-rows">
          {all.map((line) => {
            const live = lives.find(({ branchId }) => branchId === line.branchId);
            return live === undefined ? null : (
              <li key={line.id}>
                <ToldRow
                  live={live}
                  line={line}
                  subject={line.subject}
                  branch={names?.find(({ id }) => id === line.branchId)}
                  current={line.id === caseId}
                  search={search}
                />
              </li>
            );
          })}
        </ol>
      )}
      {last?.next === undefined ? null : (
        <Button className="cases-more" onPress={() => setPages([...pages, last.next])}>
          {t('list.more')}
        </Button>
      )}
    </>
  );
}

/** One page, asked again when a case of these branches changes. */
function Page({
  lives,
  search,
  q,
  cursor,
  onTold,
}: {
  lives: readonly StaffLive[];
  search: CaseSearch;
  q: string | undefined;
  cursor: string | undefined;
  onTold: (told: ListTold) => void;
}) {
  const t = useTexts(casesTexts);
  const everything = useOpenCases(lives, ALL);
  const { kind, severity, branch } = search;
  const state = search.view === 'ended' ? 'closed' : search.view === 'all' ? undefined : 'open';
  const asked = { state, kind, severity, branch, cursor, limit: PAGE } as const;
  const { value, failing } = useAsked<ListTold>(
    q === undefined ? listPath(asked) : '/api/cases/search',
    useSettled(everything),
    q === undefined ? undefined : JSON.stringify({ ...asked, q }),
  );
  const tell = useRef(onTold);
  tell.current = onTold;
  useEffect(() => {
    if (value !== undefined) tell.current(value);
  }, [value]);
  return failing ? <p className="muted cases-count">{t('list.unavailable')}</p> : null;
}

const ALL = { view: 'open', me: '' } as const;

const ToldRow = memo(function ToldRow({ live, line, subject, branch, current, search }: RowProps & { line: CaseLineTold }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const config = useFloor(live, (state) => state?.config);
  const zone = config?.hours.timeZone;
  const title = ruledTitle(config === undefined ? {} : { config }, line, language);
  return (
    <Link
      className="case-row"
      to="/cases/$caseId"
      params={{ caseId: line.id }}
      search={search}
      replace={current}
      aria-current={current ? 'true' : undefined}
      data-case={line.id}
    >
      <span className="case-row-top">
        <KindIcon kind={line.kind} size={18} />
        <b>{line.no}</b>
        <SeverityBadge severity={line.severity} />
        {line.drill === true ? <span className="chip chip-call">{t('drill')}</span> : null}
        <span className="deadline muted">{dateTime(line.closedAt ?? line.loggedAt, zone, language)}</span>
      </span>
      <span className="case-row-title">{title === '' ? (subject ?? t('subject.none')) : title}</span>
      <span className="case-row-who muted">
        {branch === undefined ? null : <span>{branch.name[language]}</span>}
        <span>{nameOf(line.ownerId)}</span>
        <span>{t(`who.${roleAt(line.level)}`)}</span>
        <StateBadge state={stateTone(line.state)} word={t(`state.${line.state}`)} />
      </span>
    </Link>
  );
});

function Empty({ what }: { what: 'open' | 'mine' | 'offered' | 'overdue' | 'ended' | 'found' }) {
  const t = useTexts(casesTexts);
  return (
    <div className="all-clear" role="status">
      <p>{t(`list.empty.${what}`)}</p>
      <p className="muted">{t(`list.empty.${what}Hint`)}</p>
    </div>
  );
}
