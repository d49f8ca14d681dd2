/** The rota of a week: person by date. Written with the arrow keys and the numbers of the templates, or by tapping. */
import { useState } from 'react';
import { dateAfter, daysBetween, mondayOf } from '../../../shared/branch/people/dates.ts';
import { DAYS_ON } from '../../../shared/branch/people/people.state.ts';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useDateWords } from '../../staff/people/people-words.tsx';
import { useSession } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { CellSheet } from './cell-sheet.tsx';
import { CopySheet } from './copy-sheet.tsx';
import { DutySheet } from './duty-sheet.tsx';
import { ProposalPanel } from './proposal-panel.tsx';
import { RotaGrid } from './rota-grid.tsx';
import { type RotaCell, rotaRows } from './rota-view.ts';
import { useWeek } from './week.ts';

/** What the next tap on a square does: a template, nothing left of it, or its sheet. */
export type Brush = { readonly shiftId: string } | 'clear' | undefined;

const proposers: readonly string[] = ['head', 'regional', 'headOffice'];

export function RotaPanel({ live, date, onWeek }: { live: StaffLive; date: string | undefined; onWeek: (date: string) => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const dayWords = useDateWords();
  const session = useSession();
  const { send, may } = useStaffActing(live);
  const today = useFloor(live, (state) => state?.day?.date);
  const state = useFloor(live, (floor) => floor);
  const [brush, setBrush] = useState<Brush>();
  const [opened, setOpened] = useState<{ readonly date: string; readonly staffId: string }>();
  const [dutyOn, setDutyOn] = useState<string>();
  const [copying, setCopying] = useState(false);
  const [proposing, setProposing] = useState(false);
  const { week, problem } = useWeek(live, date ?? today);
  if (state === undefined || today === undefined) return null;
  if (week === undefined) return <p className="people-none muted">{problem === undefined ? t('loading') : explain(problem, language)}</p>;
  const shifts = state.config?.people?.shifts ?? [];
  const rows = rotaRows(state, week);
  const plans = may({ type: 'roster.setShift', date: today, staffId: '', shift: null });
  const warned = rows.flatMap(({ cells }) => cells.filter(({ bars }) => bars.length > 0));
  const write = async (cell: RotaCell, what: Brush): Promise<void> => {
    if (!plans || what === undefined) return;
    if (what === 'clear' && cell.shift === undefined) return;
    const shift = what === 'clear' ? null : { shiftId: what.shiftId };
    const answer = await send({ type: 'roster.setShift', date: cell.date, staffId: cell.staffId, shift });
    const told = answer.ok ? (answer.value.result?.['warnings'] as readonly unknown[] | undefined) : undefined;
    if ((told?.length ?? 0) > 0) toast('done', (of) => translator(peopleTexts, of)('rota.warned'));
  };
  const cellOf = (at: { readonly date: string; readonly staffId: string }): RotaCell | undefined =>
    rows.find(({ entry }) => entry.staffId === at.staffId)?.cells.find((cell) => cell.date === at.date);
  const openCell = opened === undefined ? undefined : cellOf(opened);
  return (
    <section className="people-rota" aria-label={t('view.rota')}>
      <div className="rota-bar">
        <div className="rota-weeks">
          <Button aria-label={t('rota.before')} onPress={() => onWeek(dateAfter(week.monday, -7))}>
            ‹
          </Button>
          <strong className="rota-week" aria-live="polite">
            {`${dayWords(week.monday)} – ${dayWords(dateAfter(week.monday, 6))}`}
          </strong>
          <Button
            aria-label={t('rota.after')}
            disabled={daysBetween(today, dateAfter(week.monday, 7)) > DAYS_ON}
            onPress={() => onWeek(dateAfter(week.monday, 7))}
          >
            ›
          </Button>
          {week.monday === mondayOf(today) ? null : <Button onPress={() => onWeek(today)}>{t('rota.thisWeek')}</Button>}
        </div>
        {plans ? <Button onPress={() => setCopying(true)}>{t('rota.copy')}</Button> : null}
        {proposers.includes(session?.role ?? '') && dateAfter(week.monday, 6) >= today ? (
          <Button variant="primary" aria-expanded={proposing} data-do="propose" onPress={() => setProposing(!proposing)}>
            {t('rota.propose')}
          </Button>
        ) : null}
      </div>
      {proposing ? <ProposalPanel key={week.monday} live={live} week={week} today={today} onClose={() => setProposing(false)} /> : null}
      {plans ? (
        <div className="rota-palette" role="group" aria-label={t('rota.palette')}>
          {shifts.slice(0, 9).map((shift, index) => (
            <button
              key={shift.id}
              type="button"
              className="choice"
              data-template={shift.id}
              aria-pressed={brush !== 'clear' && brush?.shiftId === shift.id}
              onClick={() => setBrush(brush !== 'clear' && brush?.shiftId === shift.id ? undefined : { shiftId: shift.id })}
            >
              <kbd>{index + 1}</kbd> {shift.name[language]}{' '}
              <small className="muted">
                {shift.from}–{shift.until}
              </small>
            </button>
          ))}
          <button
            type="button"
            className="choice"
            aria-pressed={brush === 'clear'}
            onClick={() => setBrush(brush === 'clear' ? undefined : 'clear')}
          >
            <kbd>0</kbd> {t('rota.clear')}
          </button>
          <p className="muted rota-hint">{brush === undefined ? t('rota.hint') : t('rota.hintBrush')}</p>
        </div>
      ) : null}
      <RotaGrid
        live={live}
        week={week}
        rows={rows}
        today={today}
        shifts={shifts}
        onKeyWrite={(cell, what) => void write(cell, what)}
        onPress={(cell) => (brush === undefined || cell.past || !plans ? setOpened(cell) : void write(cell, brush))}
        onDuty={plans ? setDutyOn : undefined}
      />
      {warned.length === 0 ? null : <p className="muted">{t('rota.warnings', { n: warned.length })}</p>}
      {openCell === undefined ? null : (
        <CellSheet
          key={`${openCell.date} ${openCell.staffId}`}
          live={live}
          cell={openCell}
          shifts={shifts}
          plans={plans && !openCell.past}
          onClose={() => setOpened(undefined)}
        />
      )}
      {dutyOn === undefined ? null : (
        <DutySheet
          live={live}
          date={dutyOn}
          {...(week.days[dutyOn]?.dutyId === undefined ? {} : { onDuty: week.days[dutyOn].dutyId })}
          onClose={() => setDutyOn(undefined)}
        />
      )}
      {copying ? (
        <CopySheet live={live} monday={week.monday} onClose={() => setCopying(false)} onCopied={() => onWeek(dateAfter(week.monday, 7))} />
      ) : null}
    </section>
  );
}
