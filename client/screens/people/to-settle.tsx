/** What the plan waits for: places of the next days that nobody fills, swaps that nobody has answered. Nothing of it, nothing shown. */
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import type { Away } from '../../staff/people/absence.tsx';
import { useDateWords, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toSettle } from './settle.rules.ts';

export function ToSettle({ live, onAway }: { live: StaffLive; onAway: (away: Away) => void }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const day = useDateWords();
  const times = useShiftTimes(live);
  const postWords = usePostWords(live);
  const { send, may } = useStaffActing(live);
  const people = useFloor(live, (state) => state?.people);
  const attention = useFloor(live, (state) => state?.attention);
  const today = useFloor(live, (state) => state?.day?.date);
  if (people === undefined || attention === undefined || today === undefined) return null;
  const { places, swaps } = toSettle(people, attention, today);
  if (places.length + swaps.length === 0) return null;
  return (
    <section className="panel people-group" aria-labelledby="people-settle">
      <h2 id="people-settle">
        <span>{t('settle.title')}</span>
        <span>{places.length + swaps.length}</span>
      </h2>
      <ul>
        {places.map(({ staffId, date, shift }) => (
          <li key={`${date} ${staffId}`} className="people-rule s-near" data-place={`${date} ${staffId}`}>
            <p>
              <StateShape state="near" size={18} />
              <strong>{nameOf(staffId)}</strong>
              <span>{t('settle.place', { day: day(date), times: times(shift), post: postWords(shift.post) })}</span>
            </p>
            {may({ type: 'roster.substitute', date, absentStaffId: staffId, staffId }) ? (
              <Button variant="primary" data-do="substitute" onPress={() => onAway({ staffId, date })}>
                {t('do.substitute')}
              </Button>
            ) : null}
          </li>
        ))}
        {swaps.map(({ id, staffId, withStaffId, date, withDate, late }) => (
          <li key={id} className={`people-rule s-${late ? 'near' : 'calling'}`} data-swap={id}>
            <p>
              <StateShape state={late ? 'near' : 'calling'} size={18} />
              <strong>{nameOf(staffId)}</strong>
              <span>
                {t('settle.swap', {
                  name: nameOf(withStaffId),
                  days: date === withDate ? day(date) : `${day(date)} ⇄ ${day(withDate)}`,
                })}
              </span>
              {late ? <span className="chip chip-near">{t('settle.late')}</span> : null}
            </p>
            {may({ type: 'roster.acceptSwap', swapId: id }) ? (
              <Button data-do="accept" onPress={() => send({ type: 'roster.acceptSwap', swapId: id })}>
                {t('swap.accept')}
              </Button>
            ) : null}
            {may({ type: 'roster.declineSwap', swapId: id }) ? (
              <Button data-do="decline" onPress={() => send({ type: 'roster.declineSwap', swapId: id })}>
                {t('swap.decline')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
