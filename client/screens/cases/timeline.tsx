import { defaultCases } from '../../../shared/contract/default-cases.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { dateTime } from '../../i18n/format.ts';
import { type Language, useLanguage } from '../../i18n/language.ts';
import { lookup, type Translate, useTexts } from '../../i18n/texts.ts';
import { playbooksOf } from '../../../shared/branch/cases/policy.ts';
import type { BranchConfig } from '../../../shared/contract/config.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { roleAt } from '../../staff/cases/notices.ts';
import { type NameOf, useNames } from '../../staff/names.ts';
import type { CaseView, TimelineEntry } from './case-data.ts';
import { useActors } from './use-actors.ts';

type T = Translate<keyof (typeof casesTexts)['zh']>;
interface Words {
  readonly t: T;
  readonly language: Language;
  readonly nameOf: NameOf;
  readonly config: BranchConfig | undefined;
  readonly view: CaseView;
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const num = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Which sentence tells an entry: by its type, and where that has several by what it holds. */
function keyOf(entry: TimelineEntry): string {
  switch (entry.type) {
    case 'case.escalated':
      return `t.case.escalated.${str(entry['why'])}`;
    case 'case.reminded':
      return `t.case.reminded.${str(entry['what'])}`;
    case 'case.replied':
      return entry['satisfied'] === true ? 't.case.replied.yes' : 't.case.replied.no';
    case 'case.judged':
      return entry['justified'] === true ? 't.case.judged.yes' : 't.case.judged.no';
    case 'case.closed':
      return entry['how'] === 'closed' ? 't.case.closed' : `t.case.closed.${str(entry['how'])}`;
    default:
      return `t.${entry.type}`;
  }
}

function taskName({ t, view }: Words, id: string): string {
  const task = view.tasks.find((one) => one.id === id);
  if (task === undefined) return t('task.other');
  return task.kind === 'video' ? t('task.video') : (task.what ?? t(`task.${task.kind}`));
}

/** What an entry says, in one line. */
export function entryTitle(entry: TimelineEntry, words: Words): string {
  const { t, language, nameOf, config, view } = words;
  const cause = (config?.cases ?? defaultCases).causes.find(({ id }) => id === entry['cause'])?.name[language];
  const step = playbooksOf(config === undefined ? {} : { config })
    .find(({ id }) => id === view.playbookId)
    ?.steps.find(({ id }) => id === entry['stepId'])?.text[language];
  const added = entry['task'];
  const task = typeof added === 'object' && added !== null && 'id' in added ? added : undefined;
  const who = str(entry['toStaffId'] ?? entry['ownerId'] ?? entry['staffId'] ?? entry['approvedBy']);
  const owner = task !== undefined && 'ownerId' in task ? str(task.ownerId) : who;
  const granted = entry['granted'];
  return (
    lookup(
      casesTexts,
      keyOf(entry),
      {
        to: nameOf(owner),
        level: t(`who.${roleAt(num(entry['level']))}`),
        n: num(entry['days'] ?? entry['onSite'] ?? entry['occurrences']),
        outcome: granted === 'granted' || granted === 'partly' || granted === 'refused' ? t(`outcome.${granted}`) : '',
        task: taskName(words, str(entry['taskId'] ?? (task === undefined ? '' : str(task.id)))),
        cause: cause ?? str(entry['cause']),
        again: t('cause.again', { n: num(entry['count']), days: (config?.cases ?? defaultCases).law.repeatCauseDays }),
        step: step ?? str(entry['stepId']),
        award: entry['kind'] === 'wronged' ? t('form.award.wronged') : t('form.award.praised'),
      },
      language,
    ) ?? t('t.other')
  );
}

/** The texts of an entry, one after the other. */
export function entryTexts(entry: TimelineEntry): readonly string[] {
  const all = entry.texts === undefined ? [entry.text ?? ''] : Object.values(entry.texts);
  return all.filter((text) => text !== '');
}

export function useTimelineWords(live: StaffLive, view: CaseView): Words {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const config = useFloor(live, (state) => state?.config);
  return { t, language, nameOf, config, view };
}

/** Everything it lived through, the latest first. */
export function Timeline({ live, view }: { live: StaffLive; view: CaseView }) {
  const words = useTimelineWords(live, view);
  const { t, language, config } = words;
  const actorOf = useActors(live.branchId);
  const zone = config?.hours.timeZone;
  return (
    <section className="case-part">
      <h3>{t('timeline.title')}</h3>
      <ol className="timeline">
        {view.timeline.toReversed().map((entry) => (
          <li key={entry.seq} data-type={entry.type}>
            <p className="timeline-what">
              <strong>{entryTitle(entry, words)}</strong>
              <span className="muted">{`${dateTime(entry.at, zone, language)} · ${actorOf(entry.actor)}`}</span>
            </p>
            {entryTexts(entry).map((text, index) => (
              <p key={`${String(index)}`} className="case-text">
                {text}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
