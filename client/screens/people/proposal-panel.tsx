/** A roster proposed for the rest of the week, beside the rota as it stands; accepted as a whole or in parts. */
import { useEffect, useState } from 'react';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import { posts } from '../../../shared/roster/roster-problem.ts';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { withNames } from '../../staff/known-names.ts';
import { useNames } from '../../staff/names.ts';
import { hoursOf, useDateWords } from '../../staff/people/people-words.tsx';
import { useJob } from '../../staff/job.ts';
import { api, commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast } from '../../ui/toast.tsx';
import { useStaffActing } from '../../staff/acting.ts';
import { CoverageChart } from './coverage-chart.tsx';
import { clockOf, curveOf, gapsOf, partKey, type ProposalPart, type ProposalTold, type ProposalView, standing } from './proposal-view.ts';
import type { Week } from './week.ts';

/** A day under way is not planned anew, unless it is the last of the week. */
const firstDay = (week: Week, today: string): string => week.dates.find((date) => date > today) ?? today;

interface Asking {
  /** Where the proposal is looked at; absent until the hub has taken it on. */
  readonly path?: string;
  readonly refused?: Problem;
}

/** Asks for a proposal of these days, anew with every round, and lets go of it when the screen does. */
function useProposal(branchId: string, from: string, to: string, round: number): Asking {
  const [asking, setAsking] = useState<Asking & { readonly round?: number }>({});
  useEffect(() => {
    const all = `/api/branches/${encodeURIComponent(branchId)}/roster/proposals`;
    let gone = false;
    const asked = api.send<ProposalView>('POST', all, { from, to }).then((answer) => {
      const path = answer.ok ? `${all}/${answer.value.id}` : undefined;
      if (!gone) setAsking({ round, ...(answer.ok ? { path } : { refused: answer.problem }) });
      return path;
    });
    return () => {
      gone = true;
      void asked.then((path) => (path === undefined ? undefined : api.send('DELETE', path)));
    };
  }, [branchId, from, to, round]);
  return asking.round === round ? asking : {};
}

export function ProposalPanel({ live, week, today, onClose }: { live: StaffLive; week: Week; today: string; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const [round, setRound] = useState(0);
  const from = firstDay(week, today);
  const to = dateAfter(week.monday, 6);
  const { path, refused } = useProposal(live.branchId, from, to, round);
  const { view, problem: lookProblem } = useJob<ProposalView>(path);
  const told = view?.told;
  const failed = view?.state === 'failed' ? { status: 500, ...(view.problem ?? { code: 'roster.failed', detail: '' }) } : undefined;
  const problem = refused ?? failed ?? lookProblem;
  // While the hub is out of reach the question stands; anything else that is said is the end of it.
  const ended = refused ?? failed ?? (lookProblem === undefined || lookProblem.status === 0 ? undefined : lookProblem);
  const state = ended !== undefined ? 'refused' : view?.state === 'done' ? 'told' : 'busy';
  return (
    <section className="panel proposal" aria-label={t('proposal.title')} data-state={state}>
      <header className="rota-bar">
        <h2>{t('proposal.title')}</h2>
        {state === 'busy' ? null : <Button onPress={() => setRound(round + 1)}>{t('proposal.again')}</Button>}
        <Button onPress={onClose}>{t(state === 'busy' ? 'proposal.stop' : 'proposal.close')}</Button>
      </header>
      {problem === undefined ? null : (
        <p role="alert" className="form-problem">
          {explain(withNames(problem), language)}
        </p>
      )}
      {state === 'busy' ? (
        <ProgressLine value={view?.progress ?? 0}>
          {told === undefined ? t('proposal.busy') : t('proposal.daysMade', { n: told.dates.length })}
        </ProgressLine>
      ) : null}
      {told === undefined || state === 'refused' ? null : <Told live={live} told={told} settled={state === 'told'} />}
    </section>
  );
}

function Told({ live, told, settled }: { live: StaffLive; told: ProposalTold; settled: boolean }) {
  const t = useTexts(peopleTexts);
  const dayWords = useDateWords();
  const { comparison } = told;
  const { before, after, parts } = comparison;
  const shown = told.dates;
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
        <Standing told={told} /> {t('proposal.unchanged', { n: comparison.unchanged })}
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
      {settled ? <Parts live={live} parts={parts} /> : null}
    </>
  );
}

function Standing({ told }: { told: ProposalTold }) {
  const t = useTexts(peopleTexts);
  const known = standing(told);
  if (known === undefined) return t('proposal.soFar');
  if (known === 'best') return t('proposal.proven');
  return known === 'unsure' ? t('proposal.notProven') : t('proposal.near', { hours: hoursOf(known.hours * 3_600_000) });
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
