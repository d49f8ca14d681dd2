/** One person's day on the rota: the shift, the post, the hours; away; a swap. */
import { useState } from 'react';
import { entryOf, postsOf, skillsAt } from '../../../shared/branch/people/roster.ts';
import type { PostKind, ShiftTemplate } from '../../../shared/contract/people.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { type Away, AbsenceForm, AwaySheet } from '../../staff/people/absence.tsx';
import { useDateWords, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useBarWords } from './bar-words.ts';
import type { RotaCell } from './rota-view.ts';
import { SwapForm } from './swap-form.tsx';

interface Draft {
  readonly shiftId: string | undefined;
  readonly from: string;
  readonly until: string;
  readonly post: PostKind | undefined;
  readonly counterId: string | undefined;
}

export function CellSheet({
  live,
  cell,
  shifts,
  plans,
  onClose,
}: {
  live: StaffLive;
  cell: RotaCell;
  shifts: readonly ShiftTemplate[];
  plans: boolean;
  onClose: () => void;
}) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const day = useDateWords('long');
  const times = useShiftTimes(live);
  const postWords = usePostWords(live);
  const barWords = useBarWords(live.branchId);
  const [form, setForm] = useState<'absence' | 'swap'>();
  const [away, setAway] = useState<Away>();
  const { staffId, date, shift, absence, bars } = cell;
  if (away !== undefined) return <AwaySheet live={live} away={away} onClose={onClose} />;
  const send = async (command: Parameters<typeof commands.send>[1]): Promise<void> => {
    if ((await commands.send(live.branchId, command)).ok) onClose();
  };
  return (
    <Sheet title={`${nameOf(staffId)} · ${day(date)}`} onClose={onClose} wide>
      {form === 'absence' ? (
        <AbsenceForm live={live} staffId={staffId} date={date} onTold={setAway} onBack={() => setForm(undefined)} />
      ) : form === 'swap' ? (
        <SwapForm live={live} staffId={staffId} date={date} onDone={onClose} onBack={() => setForm(undefined)} />
      ) : (
        <>
          {shift === undefined ? (
            <p className="muted">{t('rota.empty')}</p>
          ) : (
            <p>
              <strong>{times(shift)}</strong> · {postWords(shift.post)}
            </p>
          )}
          {absence === undefined ? null : (
            <p className="badge s-closed">
              <StateShape state="closed" /> {t(`absence.${absence.kind}`)}
              {absence.filledBy === undefined ? '' : ` · ${t('rota.filledBy', { name: nameOf(absence.filledBy) })}`}
            </p>
          )}
          {bars.map((bar) => (
            <p key={bar.code} className="badge s-near">
              <StateShape state="near" /> {barWords(bar)}
            </p>
          ))}
          {plans ? (
            <>
              <ShiftForm live={live} cell={cell} shifts={shifts} onClose={onClose} />
              <div className="actions">
                {shift === undefined ? null : (
                  <Button data-do="clear" onPress={() => send({ type: 'roster.setShift', date, staffId, shift: null })}>
                    {t('rota.clear')}
                  </Button>
                )}
                {absence === undefined ? (
                  <Button data-do="absence" onPress={() => setForm('absence')}>
                    {t('do.absence')}
                  </Button>
                ) : (
                  <>
                    {shift === undefined || absence.filledBy !== undefined ? null : (
                      <Button variant="primary" data-do="substitute" onPress={() => setAway({ staffId, date })}>
                        {t('do.substitute')}
                      </Button>
                    )}
                    <Button onPress={() => send({ type: 'roster.cancelAbsence', date, staffId })}>{t('away.takeBack')}</Button>
                  </>
                )}
                {absence === undefined ? (
                  <Button data-do="swap" onPress={() => setForm('swap')}>
                    {t('do.swap')}
                  </Button>
                ) : null}
              </div>
            </>
          ) : cell.past ? (
            <p className="muted">{t('rota.past')}</p>
          ) : null}
        </>
      )}
    </Sheet>
  );
}

function ShiftForm({
  live,
  cell: { staffId, date, shift },
  shifts,
  onClose,
}: {
  live: StaffLive;
  cell: RotaCell;
  shifts: readonly ShiftTemplate[];
  onClose: () => void;
}) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const state = useFloor(live, (floor) => floor);
  const zone = state?.config?.hours.timeZone;
  const [draft, setDraft] = useState<Draft>(() => {
    const template = shifts.find(({ id }) => id === shift?.shiftId);
    return {
      shiftId: template?.id,
      from: shift === undefined ? (template?.from ?? '') : shortTime(shift.startsAt, zone, language),
      until: shift === undefined ? (template?.until ?? '') : shortTime(shift.endsAt, zone, language),
      post: shift?.post.kind,
      counterId: shift?.post.counterId,
    };
  });
  const entry = state === undefined ? undefined : entryOf(state, staffId, date);
  const posts = entry === undefined ? [] : postsOf(entry);
  const counters =
    state === undefined || entry === undefined ? [] : (state.config?.counters ?? []).filter(({ id }) => skillsAt(state, entry, id).can > 0);
  const template = shifts.find(({ id }) => id === draft.shiftId);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = async (): Promise<void> => {
    const { shiftId, from, until, post, counterId } = draft;
    const ownTimes = template === undefined || from !== template.from || until !== template.until;
    const answer = await commands.send(live.branchId, {
      type: 'roster.setShift',
      date,
      staffId,
      shift: {
        ...(shiftId === undefined ? {} : { shiftId }),
        ...(ownTimes ? { from, until } : {}),
        ...(post === 'counter' && counterId !== undefined ? { counterId } : post === undefined ? {} : { post }),
      },
    });
    if (answer.ok) onClose();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="choices" role="group" aria-label={t('rota.palette')}>
        {shifts.map(({ id, name, from, until }) => (
          <button
            key={id}
            type="button"
            className="choice"
            aria-pressed={draft.shiftId === id}
            onClick={() => set({ shiftId: id, from, until })}
          >
            {name[language]} <small className="muted">{`${from}–${until}`}</small>
          </button>
        ))}
      </div>
      <div className="people-fields">
        <label className="field">
          <span>{t('cell.from')}</span>
          <input type="time" value={draft.from} onChange={(event) => set({ from: event.target.value })} />
        </label>
        <label className="field">
          <span>{t('cell.until')}</span>
          <input type="time" value={draft.until} onChange={(event) => set({ until: event.target.value })} />
        </label>
        <label className="field">
          <span>{t('fact.post')}</span>
          <select
            value={draft.post === 'counter' ? (draft.counterId ?? 'counter') : (draft.post ?? '')}
            onChange={(event) => {
              const { value } = event.target;
              const counter = counters.find(({ id }) => id === value);
              if (counter !== undefined) set({ post: 'counter', counterId: counter.id });
              else set({ post: posts.find((one) => one === value), counterId: undefined });
            }}
          >
            <option value="">{t('cell.usualPost')}</option>
            {posts.map((post) =>
              post === 'counter' ? (
                counters.map(({ id, number }) => (
                  <option key={id} value={id}>
                    {t('post.counterN', { n: number })}
                  </option>
                ))
              ) : (
                <option key={post} value={post}>
                  {t(`post.${post}`)}
                </option>
              ),
            )}
          </select>
        </label>
      </div>
      <div className="form-actions">
        <Button type="submit" variant="primary" disabled={draft.from === '' || draft.until === ''}>
          {t('cell.save')}
        </Button>
      </div>
    </form>
  );
}
