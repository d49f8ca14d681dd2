/** The responsible head of a day: who it is, and whether they can be reached. */
import { absenceOf, staffOn } from '../../../shared/branch/people/roster.ts';
import { dutyHead } from '../../../shared/branch/people/gaps.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { useDateWords } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** `date` left out: today, with whether they can be reached. */
export function DutySheet({ live, date, onDuty, onClose }: { live: StaffLive; date?: string; onDuty?: string; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const day = useDateWords('long');
  const { send, may } = useStaffActing(live);
  const state = useFloor(live, (floor) => floor);
  const on = date ?? state?.day?.date;
  if (state === undefined || on === undefined) return null;
  const now = date === undefined ? dutyHead(state) : onDuty;
  const heads = staffOn(state, on).filter(({ role }) => role === 'head' || role === 'supervisor');
  return (
    <Sheet title={t('duty.of', { day: day(on) })} onClose={onClose}>
      <p className="muted">{t('duty.lead')}</p>
      {heads.length === 0 ? <p className="people-hint">{t('duty.nobody')}</p> : null}
      <ul className="substitutes">
        {heads.map(({ staffId, role }) => {
          const away = absenceOf(state, on, staffId) !== undefined;
          const unreachable = state.people.unreachable.includes(staffId);
          const reach = { type: 'duty.reach', staffId, reachable: unreachable } as const;
          return (
            <li key={staffId} className="duty-line">
              <Button
                className="substitute"
                data-staff={staffId}
                aria-pressed={staffId === now}
                disabled={away || !may({ type: 'roster.setDuty', date: on, staffId })}
                onPress={async () => {
                  if ((await send({ type: 'roster.setDuty', date: on, staffId })).ok) onClose();
                }}
              >
                <strong>{nameOf(staffId)}</strong>
                <small>
                  {[
                    t(`kind.${role}`),
                    staffId === now ? t('duty.now') : '',
                    away ? t('look.away') : '',
                    unreachable ? t('duty.unreachable') : '',
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </small>
              </Button>
              {date === undefined && may(reach) ? (
                <Button onPress={() => send(reach)}>{t(unreachable ? 'do.reachable' : 'do.unreachable')}</Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
