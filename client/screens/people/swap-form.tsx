/** A swap in two taps: with whom, and it is offered; a lead's is decided at once. */
import { useEffect, useState } from 'react';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import type { SwapPartner } from '../../../shared/branch/people/swap-partners.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useFloor } from '../../live/live.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { api, commands } from '../../staff/session.ts';
import { useDateWords, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { useWeek, type Week } from './week.ts';

/** The hub knows whom a shift suits: certificates and hours of colleagues are not told. Asked anew with each new plan. */
function usePartners(
  branchId: string,
  staffId: string,
  date: string | undefined,
  week: Week | undefined,
): readonly SwapPartner[] | undefined {
  const [found, setFound] = useState<{ readonly date: string; readonly partners: readonly SwapPartner[] }>();
  useEffect(() => {
    if (date === undefined || week === undefined) return undefined;
    let gone = false;
    const path = `/api/branches/${encodeURIComponent(branchId)}/roster/partners?date=${date}&staffId=${encodeURIComponent(staffId)}`;
    void api.get<{ partners: readonly SwapPartner[] }>(path).then((answer) => {
      if (gone) return;
      setFound({ date, partners: answer.ok ? answer.value.partners : [] });
      if (!answer.ok) toastProblem(answer.problem);
    });
    return () => {
      gone = true;
    };
  }, [branchId, staffId, date, week]);
  return found?.date === date ? found?.partners : undefined;
}

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
  const today = useFloor(live, (state) => state?.day?.date);
  const [chosen, setChosen] = useState<string | undefined>(given);
  const date = chosen ?? (today === undefined ? undefined : dateAfter(today, 1));
  const { week } = useWeek(live, date);
  const partners = usePartners(live.branchId, staffId, date, week);
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
