import { memo, useEffect, useRef, useState } from 'react';
import type { ShiftTemplate } from '../../../shared/contract/people.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { hoursOf, useDateWords, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useBarWords } from './bar-words.ts';
import type { Brush } from './rota-panel.tsx';
import { moved, type Place, type RotaCell, type RotaRow, writtenBy } from './rota-view.ts';
import type { Week } from './week.ts';

export function RotaGrid({
  live,
  week,
  rows,
  today,
  shifts,
  onKeyWrite,
  onPress,
  onDuty,
}: {
  live: StaffLive;
  week: Week;
  rows: readonly RotaRow[];
  today: string;
  shifts: readonly ShiftTemplate[];
  onKeyWrite: (cell: RotaCell, what: Brush) => void;
  onPress: (cell: RotaCell) => void;
  onDuty: ((date: string) => void) | undefined;
}) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const dayWords = useDateWords();
  const [at, setAt] = useState<Place>({ row: 0, column: Math.max(0, week.dates.indexOf(today)) });
  const grid = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (!byKey.current) return;
    byKey.current = false;
    grid.current?.querySelector<HTMLElement>('[data-at="here"]')?.focus();
  }, [at]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement) || event.target.dataset['at'] !== 'here')
      return;
    const place = moved(at, event.key, rows.length, week.dates.length);
    const cell = rows[at.row]?.cells[at.column];
    const written = writtenBy(event.code, Math.min(9, shifts.length));
    if (place !== undefined) {
      byKey.current = true;
      setAt(place);
    } else if (written !== undefined && cell !== undefined) {
      const shiftId = written === 'clear' ? undefined : shifts[written.template]?.id;
      onKeyWrite(cell, written === 'clear' ? 'clear' : shiftId === undefined ? undefined : { shiftId });
    } else return;
    event.preventDefault();
  };
  return (
    <div className="rota-scroll">
      <table className="rota" ref={grid} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">{t('rota.person')}</th>
            {week.dates.map((date) => {
              const dutyId = week.days[date]?.dutyId;
              const count = rows.filter(({ cells }) =>
                cells.some((cell) => cell.date === date && cell.shift !== undefined && cell.absence === undefined),
              );
              const duty = dutyId === undefined ? t('rota.noDuty') : nameOf(dutyId);
              return (
                <th key={date} scope="col" className={date === today ? 'is-today' : date < today ? 'is-past' : ''} data-date={date}>
                  <span>{dayWords(date)}</span>
                  {date === today ? <span className="chip chip-call">{t('rota.today')}</span> : null}
                  <small className="muted">{t('rota.people', { n: count.length })}</small>
                  {onDuty === undefined || date < today ? (
                    <small className="rota-duty-name">{dutyId === undefined ? '' : duty}</small>
                  ) : (
                    <button type="button" className="rota-duty" aria-label={t('rota.duty', { name: duty })} onClick={() => onDuty(date)}>
                      {duty}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.entry.staffId} data-staff={row.entry.staffId}>
              <RowHead row={row} name={nameOf(row.entry.staffId)} />
              {row.cells.map((cell, column) => (
                <Square
                  key={cell.date}
                  live={live}
                  cell={cell}
                  today={today}
                  template={shifts.find(({ id }) => id === cell.shift?.shiftId)}
                  here={at.row === index && at.column === column}
                  onPress={() => {
                    setAt({ row: index, column });
                    onPress(cell);
                  }}
                  onFocus={() => setAt({ row: index, column })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const RowHead = memo(function RowHead({ row, name }: { row: RotaRow; name: string }) {
  const t = useTexts(peopleTexts);
  const over = row.weekMs > row.contractMs;
  return (
    <th scope="row">
      <strong>{name}</strong>
      <small className="muted">{t(`kind.${row.entry.role}`)}</small>
      <small className={over ? 'rota-over' : 'muted'}>
        {t(over ? 'rota.hoursOver' : 'rota.hours', { hours: hoursOf(row.weekMs), of: hoursOf(row.contractMs) })}
      </small>
      {row.ending.map(({ kind, expiresOn, expired }) => (
        <small key={kind} className={`badge s-${expired ? 'over' : 'near'}`}>
          <StateShape state={expired ? 'over' : 'near'} />{' '}
          {t(expired ? 'certificate.expired' : 'certificate.ends', { kind, date: expiresOn })}
        </small>
      ))}
    </th>
  );
});

function Square({
  live,
  cell,
  today,
  template,
  here,
  onPress,
  onFocus,
}: {
  live: StaffLive;
  cell: RotaCell;
  today: string;
  template: ShiftTemplate | undefined;
  here: boolean;
  onPress: () => void;
  onFocus: () => void;
}) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const postWords = usePostWords(live);
  const times = useShiftTimes(live);
  const barWords = useBarWords(live.branchId);
  const dayWords = useDateWords('long');
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const { shift, absence, bars, past, date, staffId } = cell;
  const marks = [
    date === today ? 'is-today' : '',
    past ? 'is-past' : '',
    absence === undefined ? '' : 'is-away',
    bars.length > 0 ? 'is-warned' : '',
  ];
  return (
    <td className={marks.filter((mark) => mark !== '').join(' ')}>
      <button
        type="button"
        className="rota-cell"
        data-date={date}
        data-staff={staffId}
        {...(here ? { 'data-at': 'here' } : {})}
        tabIndex={here ? 0 : -1}
        aria-label={shift === undefined && absence === undefined ? `${nameOf(staffId)}, ${dayWords(date)}: ${t('rota.empty')}` : undefined}
        onClick={onPress}
        onFocus={onFocus}
      >
        {absence === undefined ? null : (
          <span className="badge s-closed">
            <StateShape state="closed" />
            {absence.filledBy === undefined ? t(`absence.${absence.kind}`) : t('rota.filledBy', { name: nameOf(absence.filledBy) })}
          </span>
        )}
        {shift === undefined ? null : (
          <>
            <strong>{template?.name[language] ?? t('rota.own')}</strong>
            <small>{times(shift)}</small>
            <small className="muted">{postWords(shift.post)}</small>
            {shift.fills === undefined ? null : <small>{t('rota.fills', { name: nameOf(shift.fills) })}</small>}
            {shift.breaks.length === 0 ? null : (
              <small className="muted">
                {t('rota.breaks', { times: shift.breaks.map(({ earliestAt }) => shortTime(earliestAt, zone, language)).join(' ') })}
              </small>
            )}
          </>
        )}
        {bars.map((bar) => (
          <small key={bar.code} className="badge s-near rota-bar-words">
            <StateShape state="near" /> {barWords(bar)}
          </small>
        ))}
      </button>
    </td>
  );
}
