import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Since } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import type { StaffLive } from '../branch.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { CaseTitle } from './case-words.tsx';
import { usePlan } from './emergency-plan.tsx';
import { openEmergencies } from './notices.ts';
import { openCaseSheet } from './open-sheet.ts';

/** Across the top of every staff screen while an emergency of its branch is under way. Silent ones never come here. */
export function EmergencyBanner({ lives }: { lives: readonly StaffLive[] }) {
  return (
    <>
      {lives.map((live) => (
        <OfBranch key={live.branchId} live={live} several={lives.length > 1} />
      ))}
    </>
  );
}

function OfBranch({ live, several }: { live: StaffLive; several: boolean }) {
  const first = useFloor(live, (state) => (state === undefined ? undefined : openEmergencies(state)[0]));
  const others = useFloor(live, (state) => (state === undefined ? 0 : openEmergencies(state).length - 1));
  return first === undefined ? null : <Banner live={live} one={first} others={others} several={several} />;
}

function Banner({ live, one, others, several }: { live: StaffLive; one: Case; others: number; several: boolean }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const plan = usePlan(live, one);
  const name = useFloor(live, (state) => state?.config?.name[language]);
  const steps = plan?.steps ?? [];
  const next = steps.find(({ id }) => one.steps?.[id] === undefined);
  const drill = one.drill === true;
  return (
    <section
      className={`emergency-banner${drill ? ' is-drill' : ''}`}
      role="alert"
      data-case={one.id}
      aria-label={t(drill ? 'banner.drill' : 'banner.title')}
    >
      <StateShape state="over" size={20} />
      <p className="banner-what">
        <strong>
          {t(drill ? 'banner.drill' : 'banner.title')} <CaseTitle live={live} one={one} />
        </strong>
        {several ? <span>{name}</span> : null}
        <Since clock={live.clock} since={one.loggedAt} />
        {next === undefined ? null : <span className="banner-next">{t('banner.next', { step: next.text[language] })}</span>}
      </p>
      {others > 0 ? <span className="banner-more">{t('banner.more', { n: others })}</span> : null}
      <button
        type="button"
        className="banner-open"
        onClick={() => openCaseSheet({ kind: 'steps', branchId: live.branchId, caseId: one.id })}
      >
        {t('banner.steps', { n: Object.keys(one.steps ?? {}).length, of: steps.length })}
      </button>
    </section>
  );
}
