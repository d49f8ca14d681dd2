import { getRouteApi, Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useLink } from '../../live/live.ts';
import { type StaffLive, useStaffBranch } from '../../staff/branch.ts';
import type { CaseSearch } from '../../staff/cases/case-search.ts';
import { CaseBegin } from '../../staff/cases/case-begin.tsx';
import { useBranchesSeen } from '../../staff/branches-seen.ts';
import type { BranchListed } from '../../staff/home.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { useSession } from '../../staff/session.ts';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { CaseFilters } from './case-filters.tsx';
import { OpenList, ToldList } from './case-list.tsx';
import './cases.css';

const route = getRouteApi('/cases');

/** Every case a person may see, the worst first; one of them opened beside the list. */
export function CasesScreen() {
  const t = useTexts(casesTexts);
  const search = route.useSearch();
  const [q, setQ] = useState('');
  const navigate = useNavigate();
  const session = useSession();
  const matches = useMatchRoute();
  const opened = matches({ to: '/cases/$caseId' });
  const caseId = opened === false ? undefined : opened.caseId;
  const branches = useBranchesSeen();
  const chosen = search.branch === undefined ? branches : branches?.filter(({ id }) => id === search.branch);
  const home = search.branch ?? branches?.[0]?.id;
  const set = (change: CaseSearch): void => {
    const next = { ...search, ...change };
    void (caseId === undefined
      ? navigate({ to: '/cases', search: next, replace: true })
      : navigate({ to: '/cases/$caseId', params: { caseId }, search: next, replace: true }));
  };
  if (session === null || session === undefined) return null;
  return (
    <main className={`cases${caseId === undefined ? '' : ' has-case'}`}>
      <header className="strip cases-strip">
        <StaffMenu {...(home === undefined ? {} : { branchId: home })} />
        <div className="strip-name">
          <h1>{t('title')}</h1>
          <p className="muted">{t('lead')}</p>
        </div>
        {home === undefined ? null : <LinkOf branchId={home} />}
        {home === undefined ? null : <CaseBegin branchId={home} />}
      </header>
      <section className="panel cases-list" aria-label={t('list.label')}>
        <CaseFilters search={search} q={q} branches={branches ?? []} onChange={set} onSearch={setQ} />
        {chosen === undefined ? null : (
          <Listed key={chosen.map(({ id }) => id).join()} branches={chosen} search={search} q={q === '' ? undefined : q} caseId={caseId} />
        )}
      </section>
      <section className="panel case-panel" aria-label={t('fact.state')}>
        {caseId === undefined ? (
          <div className="all-clear case-none">
            <p>{t('detail.choose')}</p>
            <p className="muted">{t('detail.chooseHint')}</p>
          </div>
        ) : (
          <Outlet />
        )}
      </section>
    </main>
  );
}

function LinkOf({ branchId }: { branchId: string }) {
  return <ConnectionBadge link={useLink(useStaffBranch(branchId))} />;
}

/** Hooks cannot loop over branches: each one is held by a part of its own, and the list is drawn once all are. */
function Listed({
  branches,
  search,
  q,
  caseId,
}: {
  branches: readonly BranchListed[];
  search: CaseSearch;
  q: string | undefined;
  caseId: string | undefined;
}) {
  const [lives, setLives] = useState<Readonly<Record<string, StaffLive>>>({});
  const all = useMemo(() => branches.flatMap(({ id }) => lives[id] ?? []), [branches, lives]);
  const names = branches.length > 1;
  const view = search.view ?? 'open';
  const told = view === 'ended' || view === 'all' || q !== undefined;
  return (
    <>
      {branches.map(({ id }) => (
        <Held key={id} branchId={id} onHeld={(live) => setLives((known) => (known[id] === live ? known : { ...known, [id]: live }))} />
      ))}
      {all.length < branches.length || branches.length === 0 ? null : told ? (
        <ToldList lives={all} search={search} q={q} caseId={caseId} names={names ? branches : undefined} />
      ) : (
        <OpenList lives={all} search={search} caseId={caseId} names={names ? branches : undefined} />
      )}
    </>
  );
}

function Held({ branchId, onHeld }: { branchId: string; onHeld: (live: StaffLive) => void }) {
  const live = useStaffBranch(branchId);
  useEffect(() => onHeld(live), [live, onHeld]);
  return null;
}
