/** Somebody is away: told with the first tap, the place filled with the second. */
import { useCallback, useEffect, useState } from 'react';
import type { RotaShift } from '../../../shared/branch/people/people.state.ts';
import type { Substitute } from '../../../shared/branch/people/substitutes.ts';
import type { AbsenceKind } from '../../../shared/contract/people.ts';
import { commonTexts } from '../../i18n/common.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import type { StaffLive } from '../branch.ts';
import { knownName } from '../known-names.ts';
import { useNames } from '../names.ts';
import { api, commands } from '../session.ts';
import { hoursOf, useDateWords, usePostWords, useShiftTimes } from './people-words.tsx';
import './people.css';

export interface OpenPlace {
  readonly date: string;
  readonly shift: RotaShift;
  readonly substitutes: readonly Substitute[];
}

export interface Away {
  readonly staffId: string;
  readonly date: string;
  readonly until?: string;
  /** As the hub told them with the absence; asked for when left out. */
  readonly open?: readonly OpenPlace[];
  /** Still signed on at this window. */
  readonly atCounterId?: string;
}

export interface AbsenceOf {
  readonly staffId: string;
  readonly date: string;
  readonly until?: string;
  readonly kind?: AbsenceKind;
  readonly reason?: string;
}

/** Tells the hub of an absence; what it answers is what the sheet shows. Undefined when refused. */
export async function tellAway(branchId: string, { kind = 'unplanned', ...of }: AbsenceOf): Promise<Away | undefined> {
  const answer = await commands.send(branchId, { type: 'roster.absence', kind, ...of });
  if (!answer.ok) return undefined;
  const told = answer.value.result as unknown as Pick<Away, 'open' | 'atCounterId'>;
  return { staffId: of.staffId, date: of.date, ...(of.until === undefined ? {} : { until: of.until }), ...told };
}

function useOpenPlaces(branchId: string, { staffId, date, open }: Away): readonly OpenPlace[] | undefined {
  const [asked, setAsked] = useState<readonly OpenPlace[]>();
  const known = open !== undefined;
  useEffect(() => {
    if (known) return undefined;
    let gone = false;
    const path = `/api/branches/${encodeURIComponent(branchId)}/roster/substitutes?date=${date}&staffId=${encodeURIComponent(staffId)}`;
    void api.get<OpenPlace>(path).then((answer) => {
      if (gone) return;
      setAsked(answer.ok ? [answer.value] : []);
      if (!answer.ok && answer.problem.status !== 404) toastProblem(answer.problem);
    });
    return () => {
      gone = true;
    };
  }, [branchId, staffId, date, known]);
  return open ?? asked;
}

export function AwaySheet({ live, away, onClose }: { live: StaffLive; away: Away; onClose: () => void }) {
  const { branchId } = live;
  const t = useTexts(peopleTexts);
  const nameOf = useNames(branchId);
  const postWords = usePostWords(live);
  const times = useShiftTimes(live);
  const day = useDateWords('long');
  const places = useOpenPlaces(branchId, away);
  const [filled, setFilled] = useState<readonly string[]>([]);
  const left = places?.filter(({ date }) => !filled.includes(date));
  const takeBack = async (): Promise<void> => {
    const { staffId, date, until = date } = away;
    const answer = await commands.send(branchId, { type: 'roster.cancelAbsence', staffId, date, until });
    if (answer.ok) onClose();
  };
  const fill = async (date: string, staffId: string): Promise<void> => {
    const answer = await commands.send(branchId, { type: 'roster.substitute', date, absentStaffId: away.staffId, staffId });
    if (!answer.ok) return;
    toast('done', (language) => translator(peopleTexts, language)('away.filled', { name: knownName(staffId) }));
    if ((left?.length ?? 0) <= 1) return onClose();
    setFilled((before) => [...before, date]);
  };
  return (
    <Sheet
      title={t('away.title', { name: nameOf(away.staffId) })}
      onClose={onClose}
      wide
      actions={
        <>
          <Button onPress={takeBack}>{t('away.takeBack')}</Button>
          <Button onPress={onClose}>{t('away.later')}</Button>
        </>
      }
    >
      {away.atCounterId === undefined ? null : (
        <p className="people-hint s-near">
          <StateShape state="near" /> {t('away.atCounter', { post: postWords({ kind: 'counter', counterId: away.atCounterId }) })}
        </p>
      )}
      {left === undefined ? <p className="muted">{t('loading')}</p> : null}
      {left?.length === 0 ? <p>{t('away.nothingOpen')}</p> : null}
      {left?.map(({ date, shift, substitutes }) => (
        <section key={date} className="stack" data-date={date}>
          <h3>
            {day(date)} · {times(shift)} · {postWords(shift.post)}
          </h3>
          {substitutes.length === 0 ? <p className="people-hint">{t('away.nobody')}</p> : <p className="muted">{t('away.choose')}</p>}
          <ol className="substitutes">
            {substitutes.map((one, index) => (
              <li key={one.staffId}>
                <Button
                  variant={index === 0 ? 'primary' : 'plain'}
                  className="substitute"
                  data-staff={one.staffId}
                  onPress={() => fill(date, one.staffId)}
                >
                  <strong>{nameOf(one.staffId)}</strong>
                  <small>
                    {[
                      one.here ? t('away.here') : t('away.notHere'),
                      one.sameRole ? t('away.sameRole') : '',
                      one.skills === undefined ? '' : t('away.skills', { can: one.skills.can, of: one.skills.of }),
                      t('away.hoursLeft', { hours: hoursOf(one.hoursLeftMs) }),
                    ]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </small>
                </Button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Sheet>
  );
}

/** Asks how long and why, for an absence known beforehand. Today's, unplanned, needs none of it. */
export function AbsenceForm({
  live,
  staffId,
  date,
  onTold,
  onBack,
}: {
  live: StaffLive;
  staffId: string;
  date: string;
  onTold: (away: Away) => void;
  onBack: () => void;
}) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const [kind, setKind] = useState<AbsenceKind>('unplanned');
  const [until, setUntil] = useState(date);
  const [reason, setReason] = useState('');
  const send = useCallback(async (): Promise<void> => {
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    const told = await tellAway(live.branchId, { staffId, date, until, kind, ...why });
    if (told !== undefined) onTold(told);
  }, [live, staffId, date, until, kind, reason, onTold]);
  return (
    <div className="stack">
      <div className="choices" role="group" aria-label={t('absence.kind')}>
        {(['unplanned', 'planned', 'training'] as const).map((one) => (
          <button key={one} type="button" className="choice" aria-pressed={one === kind} onClick={() => setKind(one)}>
            {t(`absence.${one}`)}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{t('absence.until')}</span>
        <input type="date" value={until} min={date} onChange={(event) => setUntil(event.target.value === '' ? date : event.target.value)} />
      </label>
      <label className="field">
        <span>{t('absence.reason')}</span>
        <input value={reason} maxLength={500} autoComplete="off" onChange={(event) => setReason(event.target.value)} />
        <small className="hint">{t('absence.reasonHint')}</small>
      </label>
      <div className="form-actions">
        <Button onPress={onBack}>{common('action.cancel')}</Button>
        <Button variant="primary" data-do="absent" onPress={send}>
          {t('absence.tell')}
        </Button>
      </div>
    </div>
  );
}
