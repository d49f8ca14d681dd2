import { casesTexts } from '../../i18n/cases.ts';
import { dateTime, yuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { defaultCases } from '../../../shared/contract/default-cases.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { roleAt } from '../../staff/cases/notices.ts';
import { useNames } from '../../staff/names.ts';
import type { CaseView } from './case-data.ts';
import { useActors } from './use-actors.ts';

/** What is known of it, in pairs; nothing that is not. */
export function CaseFacts({ live, view }: { live: StaffLive; view: CaseView }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const actorOf = useActors(live.branchId);
  const config = useFloor(live, (state) => state?.config);
  const number = useFloor(live, (state) => (view.ticketId === undefined ? undefined : state?.tickets.get(view.ticketId)?.number));
  const zone = config?.hours.timeZone;
  const law = config?.cases ?? defaultCases;
  const cause = law.causes.find(({ id }) => id === view.cause)?.name[language] ?? view.cause;
  const machine = config?.machines?.find(({ id }) => id === view.machineId)?.name[language] ?? view.machineId;
  const compensation = view.timeline.findLast(({ type }) => type === 'case.resolved')?.['compensationFen'];
  const facts: (readonly [string, React.ReactNode])[] = [
    [t('fact.owner'), nameOf(view.ownerId)],
    [t('fact.level'), t(`who.${roleAt(view.level)}`)],
    ...(view.offeredTo === undefined ? [] : [[t('fact.offered'), nameOf(view.offeredTo)] as const]),
    [t('fact.logged'), `${dateTime(view.loggedAt, zone, language)} ${actorOf(view.loggedBy)}`],
    ...(view.kind === 'machineFault' ? [] : [[t('fact.channel'), t(`channel.${view.channel}`)] as const]),
    ...(view.aboutStaffId === undefined ? [] : [[t('fact.about'), nameOf(view.aboutStaffId)] as const]),
    ...(view.recused.length === 0 ? [] : [[t('fact.recused'), view.recused.map(nameOf).join(' · ')] as const]),
    ...(number === undefined ? [] : [[t('fact.ticket'), number] as const]),
    ...(machine === undefined ? [] : [[t('fact.machine'), machine] as const]),
    ...((view.occurrences ?? 0) > 1 ? [[t('fact.machine'), t('fact.occurrences', { n: view.occurrences ?? 0 })] as const] : []),
    ...(view.recoveredAt === undefined ? [] : [[t('fact.recovered'), dateTime(view.recoveredAt, zone, language)] as const]),
    ...(view.onSite === undefined ? [] : [[t('fact.onSite'), String(view.onSite)] as const]),
    ...(view.law === undefined
      ? []
      : [
          [
            t('fact.law'),
            <span key="law">
              {/* The limit is the end of a day: its last minute says which. */}
              {dateTime(view.law.dueAt - 1, zone, language)} {view.law.complex ? <span className="chip">{t('fact.complex')}</span> : null}{' '}
              {view.law.extendedDays > 0 ? <span className="chip">{t('fact.extended', { n: view.law.extendedDays })}</span> : null}{' '}
              {view.law.review === true ? <span className="chip chip-near">{t('fact.review')}</span> : null}
            </span>,
          ] as const,
        ]),
    ...(cause === undefined
      ? []
      : [
          [
            t('fact.cause'),
            <span key="cause">
              {cause}{' '}
              {(view.causeCount ?? 1) > 1 ? (
                <span className="chip chip-near">{t('cause.again', { n: view.causeCount ?? 1, days: law.law.repeatCauseDays })}</span>
              ) : null}
            </span>,
          ] as const,
        ]),
    ...(view.outcome === undefined ? [] : [[t('fact.outcome'), t(`outcome.${view.outcome}`)] as const]),
    ...(typeof compensation === 'number' ? [[t('fact.compensation'), yuan(compensation, language)] as const] : []),
    ...(view.satisfied === undefined ? [] : [[t('do.reply'), t(view.satisfied ? 'answer.satisfied' : 'answer.dissatisfied')] as const]),
    ...(view.justified === undefined
      ? []
      : [[t('fact.justified'), `${t(view.justified ? 'justified.yes' : 'justified.no')} · ${nameOf(view.judgedBy)}`] as const]),
  ];
  return (
    <>
      {view.majorEventCaseId === undefined ? null : <p className="alarm-note">{t('fact.majorEvent')}</p>}
      <dl className="facts case-facts">
        {facts.map(([label, value], index) => (
          <div key={`${label}${String(index)}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
