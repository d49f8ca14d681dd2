import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useHeardOf, useStaffBranch } from '../../staff/branch.ts';
import { CaseDetail } from './case-detail.tsx';
import { type CaseView, useAsked } from './case-data.ts';
import { useSettled } from './open-cases.ts';

const route = getRouteApi('/cases/$caseId');

/** One case beside the list; asked again whenever the live branch says that it changed. */
export function CasePanel() {
  const { caseId } = route.useParams();
  return <Opened key={caseId} caseId={caseId} />;
}

function Opened({ caseId }: { caseId: string }) {
  const first = useAsked<CaseView>(`/api/cases/${encodeURIComponent(caseId)}`, undefined);
  if (first.gone) return <Gone />;
  if (first.value === undefined) return <Opening />;
  return <Followed first={first.value} />;
}

function Followed({ first }: { first: CaseView }) {
  const live = useStaffBranch(first.branchId);
  const one = useFloor(live, (state) => state?.cases.get(first.id));
  const heard = useHeardOf(first.id);
  // By its events, and by a new picture after a lost line.
  const change = useMemo(() => ({ one, heard }), [one, heard]);
  const { value, gone, again } = useAsked<CaseView>(`/api/cases/${encodeURIComponent(first.id)}`, useSettled(change));
  return gone ? <Gone /> : <CaseDetail view={value ?? first} live={live} again={again} />;
}

function Opening() {
  const t = useTexts(casesTexts);
  return (
    <p className="muted cases-count" aria-busy="true">
      {t('detail.loading')}
    </p>
  );
}

function Gone() {
  const t = useTexts(casesTexts);
  const search = route.useSearch();
  return (
    <div className="all-clear">
      <p>{t('detail.gone')}</p>
      <Link className="button" to="/cases" search={search}>
        {t('detail.back')}
      </Link>
    </div>
  );
}
