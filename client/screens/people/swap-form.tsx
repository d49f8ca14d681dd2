/** A swap in two taps: with whom, and it is offered; a lead's is decided at once. */
import { useState } from 'react';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { commands } from '../../staff/session.ts';
import { useDateWords, useNow, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { swapPartners } from './swap-view.ts';
import { useWeek } from './week.ts';

export function SwapForm({
  live,
  staffId,
  date: given,
  onDone,
  onBack,
}: {
  live: StaffLive;
  staffId: string;
  /** Of the shift to give away; the next one to come when left out. */
  date?: string;
  onDone: () => void;
  onBack: () => void;
}) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const nameOf = useNames(live.branchId);
  const times = useShiftTimes(live);
  const postWords = usePostWords(live);
  const day = useDateWords('long');
  const now = useNow(live);
  const state = useFloor(live, (floor) => floor);
  const today = state?.day?.date;
  const [chosen, setChosen] = useState<string | undefined>(given);
  const date = chosen ?? (today === undefined ? undefined : dateAfter(today, 1));
  const { week } = useWeek(live, date);
  const partners =
    state === undefined || week === undefined || date === undefined ? undefined : swapPartners(state, week, { date, staffId, now });
  const shift = date === undefined ? undefined : week?.days[date]?.shifts[staffId];
  const offer = async (withStaffId: string): Promise<void> => {
    if (date === undefined) return;
    const answer = await commands.send(live.branchId, { type: 'roster.swap', date, staffId, withStaffId });
    if (!answer.ok) return;
    const accepted = answer.value.result?.['accepted'] === true;
    toast('done', (language) => translator(peopleTexts, language)(accepted ? 'swap.done' : 'swap.offered'));
    onDone();
  };
  return (
    <div className="stack">
      <label className="field">
        <span>{t('swap.date')}</span>
        <input
          type="date"
          value={date ?? ''}
          min={today}
          onChange={(event) => setChosen(event.target.value === '' ? undefined : event.target.value)}
        />
      </label>
      {date === undefined ? null : (
        <p>
          {day(date)} · {shift === undefined ? t('fact.noShift') : `${times(shift)} · ${postWords(shift.post)}`}
        </p>
      )}
      {partners === undefined ? <p className="muted">{t('loading')}</p> : null}
      {partners?.length === 0 ? <p className="people-hint">{t('swap.nobody')}</p> : null}
      <ol className="substitutes">
        {partners?.map((one) => (
          <li key={one.staffId}>
            <Button className="substitute" data-staff={one.staffId} onPress={() => offer(one.staffId)}>
              <strong>{nameOf(one.staffId)}</strong>
              <small>
                {one.shift === undefined ? t('swap.free') : t('swap.has', { shift: `${times(one.shift)} · ${postWords(one.shift.post)}` })}
              </small>
            </Button>
          </li>
        ))}
      </ol>
      <div className="form-actions">
        <Button onPress={onBack}>{common('action.cancel')}</Button>
      </div>
    </div>
  );
}
