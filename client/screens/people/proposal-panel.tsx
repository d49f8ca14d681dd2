/** A roster proposed for the rest of the week, beside the rota as it stands; accepted as a whole or in parts. */
import { useEffect, useState } from 'react';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import { posts } from '../../../shared/roster/roster-problem.ts';
import { explain } from '../../i18n/errors.ts';
import { elapsed } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { withNames } from '../../staff/known-names.ts';
import { useNames } from '../../staff/names.ts';
import { hoursOf, useDateWords } from '../../staff/people/people-words.tsx';
import { commands, patientApi } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { Ticking } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast } from '../../ui/toast.tsx';
import { useStaffActing } from '../../staff/acting.ts';
import { CoverageChart } from './coverage-chart.tsx';
import { clockOf, curveOf, gapsOf, partKey, type ProposalPart, type ProposalTold } from './proposal-view.ts';
import type { Week } from './week.ts';

type Asked =
  | { readonly state: 'busy'; readonly since: number }
  | { readonly state: 'refused'; readonly problem: Problem }
  | { readonly state: 'told'; readonly told: ProposalTold };

/** A day under way is not planned anew, unless it is the last of the week. */
const firstDay = (week: Week, today: string): string => week.dates.find((date) => date > today) ?? today;

export function ProposalPanel({ live, week, today, onClose }: { live: StaffLive; week: Week; today: string; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const [asked, setAsked] = useState<Asked>(() => ({ state: 'busy', since: performance.now() }));
  const [round, setRound] = useState(0);
  const from = firstDay(week, today);
  const to = dateAfter(week.monday, 6);
  useEffect(() => {
    let gone = false;
    setAsked({ state: 'busy', since: performance.now() });
    const path = `/api/branches/${encodeURIComponent(live.branchId)}/roster/proposals`;
    void patientApi.send<ProposalTold>('POST', path, { from, to }).then((answer) => {
      if (!gone) setAsked(answer.ok ? { state: 'told', told: answer.value } : { state: 'refused', problem: answer.problem });
    });
    return () => {
      gone = true;
    };
  }, [live, from, to, round]);
  return (
    <section className="panel proposal" aria-label={t('proposal.title')} data-state={asked.state}>
      <header className="rota-bar">
        <h2>{t('proposal.title')}</h2>
        {asked.state === 'busy' ? null : <Button onPress={() => setRound(round + 1)}>{t('proposal.again')}</Button>}
        <Button onPress={onClose}>{t('proposal.close')}</Button>
      </header>
      {asked.state === 'busy' ? (
        <p role="status" className="people-none">
          <StateShape state="waiting" size={20} /> {t('proposal.busy')} <Ticking text={() => elapsed(performance.now() - asked.since)} />
        </p>
      ) : asked.state === 'refused' ? (
        <p role="alert" className="form-problem">
          {explain(withNames(asked.problem), language)}
        </p>
      ) : (
        <Told live={live} told={asked.told} dates={week.dates.filter((date) => date >= from)} />
      )}
    </section>
  );
}

function Told({ live, told, dates }: { live: StaffLive; told: ProposalTold; dates: readonly string[] }) {
  const t = useTexts(peopleTexts);
  const dayWords = useDateWords();
  const { comparison, proposal } = told;
  const { before, after, parts } = comparison;
  const shown = dates.filter((date) => proposal.slots.some((slot) => slot.date === date));
  const [day, setDay] = useState<string>();
  const date = day !== undefined && shown.includes(day) ? day : shown[0];
  const gaps = gapsOf(after.shortfalls);
  const halfHours = (count: number): string => hoursOf(count * 1_800_000);
  const figure = (label: string, was: string, will: string) => (
    <div className="figure">
      <dd>
        {was} → {will}
      </dd>
      <dt>{label}</dt>
    </div>
  );
  return (
    <>
      <dl className="figures proposal-figures">
        {figure(t('proposal.staffHours'), hoursOf(before.staffMs), hoursOf(after.staffMs))}
        {figure(t('proposal.missingRule'), halfHours(before.missingByRule), halfHours(after.missingByRule))}
        {figure(t('proposal.missingDemand'), halfHours(before.missingForDemand), halfHours(after.missingForDemand))}
      </dl>
      <p className="muted">
        {proposal.proven ? t('proposal.proven') : t('proposal.notProven')} {t('proposal.unchanged', { n: comparison.unchanged })}
      </p>
      {date === undefined ? null : (
        <>
          <div className="choices" role="group" aria-label={t('proposal.day')}>
            {shown.map((one) => (
              <button key={one} type="button" className="choice" aria-pressed={one === date} onClick={() => setDay(one)}>
                {dayWords(one)}
              </button>
            ))}
          </div>
          <p className="chart-key muted">
            <span className="key-need">{t('proposal.need')}</span>
            <span className="key-before">{t('proposal.before')}</span>
            <span className="key-after">{t('proposal.after')}</span>
          </p>
          <div className="charts">
            {posts.map((post) => (
              <CoverageChart key={post} title={t(`proposal.post.${post}`)} curve={curveOf(told, date, post)} />
            ))}
          </div>
        </>
      )}
      <Shortfalls live={live} gaps={gaps} />
      <Parts live={live} parts={parts} />
    </>
  );
}

const FEW = 12;

function Shortfalls({ live, gaps }: { live: StaffLive; gaps: ReturnType<typeof gapsOf> }) {
  const t = useTexts(peopleTexts);
  const dayWords = useDateWords();
  const nameOf = useNames(live.branchId);
  const [all, setAll] = useState(false);
  if (gaps.length === 0)
    return (
      <p className="people-none">
        <StateShape state="serving" size={20} /> {t('proposal.nothingMissing')}
      </p>
    );
  return (
    <section className="stack">
      <h3>{t('proposal.missing', { n: gaps.length })}</h3>
      <ul className="people-holds">
        {gaps.slice(0, all ? gaps.length : FEW).map((gap) => (
          <li key={JSON.stringify(gap)}>
            {gap.kind === 'hours'
              ? t('proposal.gap.hours', { name: nameOf(gap.staffId), hours: hoursOf(gap.missingMs) })
              : gap.kind === 'head'
                ? t('proposal.gap.head', { day: dayWords(gap.date) })
                : t(`proposal.gap.${gap.why}`, {
                    day: dayWords(gap.date),
                    time: `${clockOf(gap.fromMs)}–${clockOf(gap.toMs)}`,
                    post: t(`proposal.post.${gap.post}`),
                    n: gap.missing,
                  })}
          </li>
        ))}
      </ul>
      {gaps.length > FEW && !all ? <Button onPress={() => setAll(true)}>{t('proposal.more', { n: gaps.length - FEW })}</Button> : null}
    </section>
  );
}

function Parts({ live, parts }: { live: StaffLive; parts: readonly ProposalPart[] }) {
  const t = useTexts(peopleTexts);
  const dayWords = useDateWords();
  const nameOf = useNames(live.branchId);
  const language = useLanguage();
  const { may } = useStaffActing(live);
  const shifts = useFloor(live, (state) => state?.config?.people?.shifts);
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [running, setRunning] = useState<{ readonly done: number; readonly of: number }>();
  const left = parts.filter((part) => !accepted.includes(partKey(part)));
  const acceptAll = async (some: readonly ProposalPart[]): Promise<void> => {
    let done = 0;
    for (const part of some) {
      if (some.length > 1) setRunning({ done, of: some.length });
      const answer = await commands.send(live.branchId, part.command);
      // What was refused stays on the list, with the refusal told; the rest goes on.
      if (answer.ok) {
        done += 1;
        setAccepted((before) => [...before, partKey(part)]);
      }
    }
    setRunning(undefined);
    if (some.length > 1) toast('done', (of) => translator(peopleTexts, of)('proposal.acceptedAll', { n: done, of: some.length }));
  };
  const duty = (one: ProposalPart['before']): string =>
    one === undefined
      ? t('me.dayOff')
      : `${shifts?.find(({ id }) => id === one.templateId)?.name[language] ?? t('rota.own')} ${clockOf(one.fromMs)}–${clockOf(one.toMs)}${
          one.breaks[0] === undefined ? '' : ` (${t('rota.breaks', { times: one.breaks.map(({ fromMs }) => clockOf(fromMs)).join(' ') })})`
        }`;
  const first = parts[0];
  if (first === undefined) return <p className="people-none">{t('proposal.noChange')}</p>;
  const mayAccept = may(first.command);
  return (
    <section className="stack">
      <div className="rota-bar">
        <h3>{t('proposal.changes', { n: left.length })}</h3>
        {mayAccept && left.length > 0 ? (
          <Button variant="primary" data-do="acceptAll" disabled={running !== undefined} onPress={() => acceptAll(left)}>
            {running === undefined ? t('proposal.acceptAll', { n: left.length }) : t('proposal.accepting', running)}
          </Button>
        ) : null}
      </div>
      {mayAccept ? null : <p className="muted">{t('proposal.headAccepts')}</p>}
      <ul className="proposal-parts">
        {parts.map((part) => {
          const done = accepted.includes(partKey(part));
          return (
            <li key={partKey(part)} data-part={partKey(part)} data-accepted={done}>
              <span className={`badge s-${done ? 'serving' : part.change === 'removed' ? 'closed' : 'idle'}`}>
                <StateShape state={done ? 'serving' : part.change === 'removed' ? 'closed' : 'idle'} />
                {done ? t('proposal.done') : t(`proposal.change.${part.change}`)}
              </span>
              <span className="proposal-what">
                <strong>{nameOf(part.staffId)}</strong> <span className="muted">{dayWords(part.date)}</span>
                <small>
                  {duty(part.before)} → {duty(part.after)}
                </small>
              </span>
              {done || !mayAccept ? null : (
                <Button data-do="accept" disabled={running !== undefined} onPress={() => acceptAll([part])}>
                  {t('proposal.accept')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
