/** A case's next deadline, or since when it has been late. */
import { nextDeadline } from '../../../shared/branch/cases/case-book.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { HubClock } from '../../live/hub-clock.ts';
import { StateShape, type StateName } from '../../ui/state-shape.tsx';
import { Toward } from './case-words.tsx';

const NEAR_SHARE = 0.25;

/** The instant it has been late since: a missed deadline, else a limit, promise or task that passed. */
export function lateSince(one: Case): number | undefined {
  const passed = [
    ...(one.overdue === true ? [one.overdueSince ?? one.loggedAt] : []),
    ...(one.law?.passed === true && one.satisfied !== true ? [one.law.dueAt] : []),
    ...one.promises.filter(({ overdue, keptAt }) => overdue === true && keptAt === undefined).map(({ byAt }) => byAt),
    ...one.tasks.filter(({ overdue, doneAt }) => overdue === true && doneAt === undefined).map(({ dueAt }) => dueAt),
  ];
  return passed.length === 0 ? undefined : Math.min(...passed);
}

/** Near when less than a quarter of the level's time is left. */
function toneAt(one: Case, at: number, now: number): StateName {
  if (at <= now) return 'over';
  const level = one.policy.levels[one.level - 1];
  const whole = at === one.ackDueAt ? (level?.ackMs ?? 0) : at === one.actDueAt ? (level?.actMs ?? 0) : 3 * 24 * 3_600_000;
  return at - now < whole * NEAR_SHARE ? 'near' : 'waiting';
}

/** `both`: what is late, and what comes next all the same. */
export function Deadline({ clock, one, both = false }: { clock: HubClock; one: Case; both?: boolean }) {
  const t = useTexts(casesTexts);
  const late = lateSince(one);
  const mark = nextDeadline(one);
  const overdue =
    late === undefined ? null : (
      <span className="deadline s-over">
        <StateShape state="over" />
        <span>{t('due.late')}</span> <Toward clock={clock} at={late} />
      </span>
    );
  if (overdue !== null && (!both || mark === undefined)) return overdue;
  if (mark === undefined) return <span className="deadline muted">{t('due.none')}</span>;
  const tone = toneAt(one, mark.at, clock.now());
  return (
    <>
      {overdue}
      <span className={`deadline s-${tone}`}>
        <StateShape state={tone} />
        <span>{t(`mark.${mark.what}`)}</span> <Toward clock={clock} at={mark.at} />
      </span>
    </>
  );
}
