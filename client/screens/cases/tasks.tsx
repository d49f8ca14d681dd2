import { casesTexts } from '../../i18n/cases.ts';
import { dateTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { Toward } from '../../staff/cases/case-words.tsx';
import { useNames } from '../../staff/names.ts';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { StateShape, type StateName } from '../../ui/state-shape.tsx';
import type { CaseView } from './case-data.ts';

interface Line {
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly dueAt: number;
  readonly doneAt?: number | undefined;
  readonly more?: string | undefined;
}

function Lines({
  live,
  title,
  lines,
  label,
  onDone,
}: {
  live: StaffLive;
  title: string;
  lines: readonly Line[];
  label: string;
  onDone: (id: string) => unknown;
}) {
  const language = useLanguage();
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const tone = ({ doneAt, dueAt }: Line): StateName => (doneAt !== undefined ? 'serving' : dueAt < live.clock.now() ? 'over' : 'waiting');
  return (
    <section className="case-part">
      <h3>{title}</h3>
      <ul className="case-lines">
        {lines.map((line) => (
          <li key={line.id} className={`s-${tone(line)}`}>
            <StateShape state={tone(line)} size={16} />
            <span className="case-line-what">
              {line.what}
              {line.more === undefined ? null : <small className="muted">{line.more}</small>}
            </span>
            <span className="muted">{line.who}</span>
            <span className="case-line-due">
              {line.doneAt === undefined ? <Toward clock={live.clock} at={line.dueAt} /> : dateTime(line.doneAt, zone, language)}
            </span>
            {line.doneAt === undefined ? <Button onPress={() => onDone(line.id)}>{label}</Button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who does what by when: the video above all, for it does not live long. */
export function Tasks({ live, view }: { live: StaffLive; view: CaseView }) {
  const t = useTexts(casesTexts);
  const nameOf = useNames(live.branchId);
  if (view.tasks.length === 0) return null;
  return (
    <Lines
      live={live}
      title={t('tasks.title')}
      label={t('do.completeTask')}
      lines={view.tasks.map((task) => ({
        id: task.id,
        what: task.kind === 'video' ? t('task.video') : (task.what ?? t(`task.${task.kind}`)),
        who: nameOf(task.doneBy ?? task.ownerId),
        dueAt: task.dueAt,
        doneAt: task.doneAt,
        more: task.text ?? (task.kind === 'rectification' ? t('task.rectification') : undefined),
      }))}
      onDone={(taskId) => commands.send(live.branchId, { type: 'case.completeTask', caseId: view.id, taskId })}
    />
  );
}

export function Promises({ live, view }: { live: StaffLive; view: CaseView }) {
  const t = useTexts(casesTexts);
  const nameOf = useNames(live.branchId);
  if (view.promises.length === 0) return null;
  return (
    <Lines
      live={live}
      title={t('promises.title')}
      label={t('do.keepPromise')}
      lines={view.promises.map((one) => ({ id: one.id, what: one.what ?? '', who: nameOf(one.by), dueAt: one.byAt, doneAt: one.keptAt }))}
      onDone={(promiseId) => commands.send(live.branchId, { type: 'case.keepPromise', caseId: view.id, promiseId })}
    />
  );
}
