import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { levelOf } from '../../../shared/branch/cases/case.access.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { KindIcon, ruledTitle, SeverityBadge } from '../../staff/cases/case-words.tsx';
import { Deadline } from '../../staff/cases/deadline.tsx';
import { EmergencyPlan } from '../../staff/cases/emergency-plan.tsx';
import { useColleagues } from '../../staff/names.ts';
import { useSession } from '../../staff/session.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ActionBar } from './action-bar.tsx';
import { ActionSheet } from './action-sheet.tsx';
import { Attachments } from './attachments.tsx';
import { caseOfView, type CaseView } from './case-data.ts';
import { CaseFacts } from './case-facts.tsx';
import { type CaseAction, nextStepOf, rightsOf } from './case-rights.ts';
import { Customer } from './customer.tsx';
import { Promises, Tasks } from './tasks.tsx';
import { Timeline } from './timeline.tsx';
import { stateTone } from './state-tone.ts';

const route = getRouteApi('/cases/$caseId');

/** Everything about one case: what to do now first, then what happened, then all it lived through. */
export function CaseDetail({ view, live, again }: { view: CaseView; live: StaffLive; again: () => void }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const session = useSession();
  const search = route.useSearch();
  const colleagues = useColleagues(view.branchId);
  const config = useFloor(live, (state) => state?.config);
  const [doing, setDoing] = useState<CaseAction>();
  const one = caseOfView(view);
  const me = { id: session?.staffId ?? '', rung: session === null || session === undefined ? 0 : levelOf(session.role) };
  const owner = colleagues.find(({ staffId }) => staffId === one.ownerId);
  const rights = rightsOf(one, me, owner === undefined ? 0 : levelOf(owner.role));
  const next = nextStepOf(rights, one, me.id);
  const title = ruledTitle(config === undefined ? {} : { config }, one, language);
  const ended = one.state === 'closed' || one.state === 'withdrawn';
  return (
    <article className="case" data-case={one.id} data-state={one.state}>
      <header className="case-head">
        <Link className="icon-button case-back" to="/cases" search={search} aria-label={t('detail.back')}>
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="m15 5-7 7 7 7" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </Link>
        <div className="case-name">
          <p className="case-labels">
            <KindIcon kind={one.kind} />
            <span>{t(`kind.${one.kind}`)}</span>
            <b>{one.no}</b>
            <SeverityBadge severity={one.severity} />
            <StateBadge state={stateTone(one.state)} word={t(`state.${one.state}`)} />
            {one.solvedOnSpot === true ? <span className="chip">{t('solvedOnSpot')}</span> : null}
            {one.drill === true ? <span className="chip chip-call">{t('drill')}</span> : null}
          </p>
          <h2>{title === '' ? (view.subject ?? t('subject.none')) : title}</h2>
          {ended ? null : (
            <p className="case-due">
              <Deadline clock={live.clock} one={one} both />
            </p>
          )}
        </div>
        <Link className="button case-print" to="/cases/$caseId/print" params={{ caseId: one.id }} search={{ branch: view.branchId }}>
          {t('detail.print')}
        </Link>
      </header>
      <ActionBar live={live} view={view} rights={rights} next={next} onChoose={setDoing} />
      {one.kind === 'emergency' && live.store.getState().floor !== undefined ? <Plan live={live} id={one.id} /> : null}
      <CaseFacts live={live} view={view} />
      {view.details === undefined ? null : (
        <section className="case-part">
          <h3>{t('detail.details')}</h3>
          <p className="case-text">{view.details}</p>
        </section>
      )}
      <Customer view={view} />
      {view.outcomeText === undefined ? null : (
        <section className="case-part">
          <h3>{t('fact.outcome')}</h3>
          <p className="case-text">{view.outcomeText}</p>
        </section>
      )}
      <Promises live={live} view={view} />
      <Tasks live={live} view={view} />
      <Attachments view={view} again={again} />
      <Timeline live={live} view={view} />
      {doing === undefined ? null : <ActionSheet live={live} view={view} action={doing} onClose={() => setDoing(undefined)} />}
    </article>
  );
}

/** The live case: a step ticked by somebody else shows at once. */
function Plan({ live, id }: { live: StaffLive; id: string }) {
  const one = useFloor(live, (state) => state?.cases.get(id));
  return one === undefined ? null : (
    <section className="case-part">
      <EmergencyPlan live={live} one={one} />
    </section>
  );
}
