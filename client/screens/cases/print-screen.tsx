import { getRouteApi, Link } from '@tanstack/react-router';
import { casesTexts } from '../../i18n/cases.ts';
import { fullDateTime } from '../../i18n/format.ts';
import { languageTag, useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { defaultCases } from '../../../shared/contract/default-cases.ts';
import { useFloor } from '../../live/live.ts';
import { type StaffLive, useStaffBranch } from '../../staff/branch.ts';
import { ruledTitle } from '../../staff/cases/case-words.tsx';
import { Button } from '../../ui/button.tsx';
import { CaseFacts } from './case-facts.tsx';
import { type CaseView, useAsked } from './case-data.ts';
import { entryTexts, entryTitle, useTimelineWords } from './timeline.tsx';
import { useActors } from './use-actors.ts';
import './print.css';

const route = getRouteApi('/cases/$caseId/print');

/** A case on paper: the reply a customer is given, and the record. */
export function PrintScreen() {
  const { caseId } = route.useParams();
  const t = useTexts(casesTexts);
  const { value, gone } = useAsked<CaseView>(`/api/cases/${encodeURIComponent(caseId)}`, undefined);
  if (value === undefined) {
    return (
      <main className="centred">
        <p className="muted">{t(gone ? 'detail.gone' : 'detail.loading')}</p>
      </main>
    );
  }
  return <OfBranch view={value} />;
}

function OfBranch({ view }: { view: CaseView }) {
  const t = useTexts(casesTexts);
  const live = useStaffBranch(view.branchId);
  const known = useFloor(live, (state) => state?.config !== undefined);
  return (
    <main className="print">
      <nav className="print-bar">
        <Link className="button" to="/cases/$caseId" params={{ caseId: view.id }} search={{ branch: view.branchId }}>
          {t('detail.back')}
        </Link>
        <Button variant="primary" onPress={() => window.print()}>
          {t('print.go')}
        </Button>
      </nav>
      {known ? (
        <>
          {view.kind === 'complaint' && view.outcomeText !== undefined ? <Letter view={view} live={live} /> : null}
          <Record view={view} live={live} />
        </>
      ) : null}
    </main>
  );
}

function Letter({ view, live }: { view: CaseView; live: StaffLive }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const config = useFloor(live, (state) => state?.config);
  const law = (config?.cases ?? defaultCases).law;
  const resolved = view.timeline.findLast(({ type }) => type === 'case.resolved');
  const refusal = resolved?.texts?.['refusalReason'];
  const zone = config?.hours.timeZone;
  const date = new Intl.DateTimeFormat(languageTag(language), { dateStyle: 'long', ...(zone === undefined ? {} : { timeZone: zone }) });
  return (
    <article className="sheet-a4 letter">
      <h1>{t('print.letter')}</h1>
      <p className="letter-no">{view.no}</p>
      <p>{t('print.letter.begin')}</p>
      <p className="case-text">{view.outcomeText}</p>
      {refusal === undefined ? null : (
        <p className="case-text">
          {t('print.letter.refusal')}
          {refusal}
        </p>
      )}
      <p>{t('print.letter.onward')}</p>
      <ol>
        {view.waysOnward.map(({ id, name }) => (
          <li key={id}>{name[language]}</li>
        ))}
      </ol>
      <p>{t('print.letter.within', { n: law.reviewAskDays })}</p>
      <p className="letter-sign">
        {config?.name[language]}
        <br />
        {view.resolvedAt === undefined ? '' : date.format(view.resolvedAt)}
      </p>
    </article>
  );
}

function Record({ view, live }: { view: CaseView; live: StaffLive }) {
  const words = useTimelineWords(live, view);
  const { t, language, config } = words;
  const actorOf = useActors(live.branchId);
  const zone = config?.hours.timeZone;
  const title = ruledTitle(config === undefined ? {} : { config }, view, language);
  return (
    <article className="sheet-a4">
      <header className="record-head">
        <div>
          <p>{config?.name[language]}</p>
          <h1>{`${t('print.title')} ${view.no}`}</h1>
        </div>
        <p className="record-state">
          {t(`kind.${view.kind}`)}
          <br />
          {t(`state.${view.state}`)}
          {view.drill === true ? ` · ${t('drill')}` : ''}
        </p>
      </header>
      <h2>{title === '' ? (view.subject ?? t('subject.none')) : title}</h2>
      {view.details === undefined ? null : <p className="case-text">{view.details}</p>}
      <CaseFacts live={live} view={view} />
      {view.outcomeText === undefined ? null : (
        <>
          <h3>{t('fact.outcome')}</h3>
          <p className="case-text">{view.outcomeText}</p>
        </>
      )}
      <h3>{t('timeline.title')}</h3>
      <table className="record-lines">
        <tbody>
          {view.timeline.map((entry) => (
            <tr key={entry.seq}>
              <td>{fullDateTime(entry.at, zone, language)}</td>
              <td>{actorOf(entry.actor)}</td>
              <td>
                <strong>{entryTitle(entry, words)}</strong>
                {entryTexts(entry).map((text, index) => (
                  <p key={`${String(index)}`} className="case-text">
                    {text}
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted record-foot">{t('print.printed', { time: fullDateTime(live.clock.now(), zone, language) })}</p>
    </article>
  );
}
