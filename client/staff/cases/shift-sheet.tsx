import { useEffect, useState } from 'react';
import { isOff } from '../../../shared/branch/cases/people.ts';
import { isOpenCase, nextDeadline } from '../../../shared/branch/cases/case-book.ts';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { shortTime } from '../../i18n/format.ts';
import { languageTag, useLanguage } from '../../i18n/language.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast } from '../../ui/toast.tsx';
import type { StaffLive } from '../branch.ts';
import { useStaffBranch } from '../branch.ts';
import { useNames } from '../names.ts';
import { commands, useSession } from '../session.ts';
import { CaseTitle } from './case-words.tsx';
import { ChoosePerson } from './choose-person.tsx';
import { Deadline } from './deadline.tsx';

const HOUR_MS = 3_600_000;

/** Whole hours ahead, as people say when they are back; the branch's clock decides what that is. */
const backs = [
  ['tomorrow', 16],
  ['dayAfter', 40],
  ['threeDays', 64],
  ['week', 160],
] as const;

/** Open cases of mine: what falls due before I am back is shown, so that it can be handed over by hand. */
function useMine(live: StaffLive, me: string): readonly Case[] {
  const cases = useFloor(live, (state) => state?.cases);
  const open = useFloor(live, (state) => state?.openCases);
  const found: Case[] = [];
  for (const id of open?.values() ?? []) {
    const one = cases?.get(id);
    if (one !== undefined && isOpenCase(one) && one.ownerId === me && one.state !== 'resolved') found.push(one);
  }
  return found.sort((a, b) => (nextDeadline(a)?.at ?? Number.POSITIVE_INFINITY) - (nextDeadline(b)?.at ?? Number.POSITIVE_INFINITY));
}

export function ShiftSheet({ branchId, onClose }: { branchId: string; onClose: () => void }) {
  const live = useStaffBranch(branchId);
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const session = useSession();
  const nameOf = useNames(branchId);
  const me = session?.staffId ?? '';
  const mine = useMine(live, me);
  const off = useFloor(live, (state) => state !== undefined && isOff(state, me, live.clock.now()));
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const [hours, setHours] = useState<number>(backs[0][1]);
  const [handing, setHanding] = useState<string>();
  const [now, setNow] = useState(() => live.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), 10_000);
    return () => clearInterval(timer);
  }, [live]);
  const backAt = now + hours * HOUR_MS;
  const before = (one: Case): boolean => (nextDeadline(one)?.at ?? Number.POSITIVE_INFINITY) < backAt;
  const goingUp = mine.filter(before);
  const day = new Intl.DateTimeFormat(languageTag(language), {
    weekday: 'long',
    month: 'numeric',
    day: 'numeric',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });

  const end = async (): Promise<void> => {
    const answer = await commands.send(branchId, { type: 'shift.end', backAt: Math.round(live.clock.now()) + hours * HOUR_MS });
    if (!answer.ok) return;
    const { passedUp, kept } = answer.value.result as unknown as { passedUp: readonly string[]; kept: readonly string[] };
    onClose();
    toast('done', (of) => translator(casesTexts, of)('shift.ended', { n: passedUp.length, kept: kept.length }));
  };
  const begin = async (): Promise<void> => {
    const answer = await commands.send(branchId, { type: 'shift.begin' });
    if (answer.ok) onClose();
  };

  if (off) {
    return (
      <Sheet title={t('shift.title')} onClose={onClose}>
        <p>{t('shift.off')}</p>
        <Button variant="primary" onPress={begin}>
          {t('shift.begin')}
        </Button>
      </Sheet>
    );
  }
  return (
    <Sheet
      title={t('shift.title')}
      onClose={onClose}
      wide
      actions={
        <Button variant="primary" onPress={end}>
          {goingUp.length === 0 ? t('shift.end') : t('shift.endUp', { n: goingUp.length })}
        </Button>
      }
    >
      <section className="stack">
        <h3>{t('shift.back')}</h3>
        <div className="choices" role="group" aria-label={t('shift.back')}>
          {backs.map(([name, after]) => (
            <button key={name} type="button" className="choice two-lines" aria-pressed={hours === after} onClick={() => setHours(after)}>
              {t(`shift.back.${name}`)}
              <small>{`${day.format(now + after * HOUR_MS)} ${shortTime(now + after * HOUR_MS, zone, language)}`}</small>
            </button>
          ))}
        </div>
      </section>
      {mine.length === 0 ? (
        <div className="all-clear">
          <StateShape state="serving" size={26} />
          <p>{t('shift.none')}</p>
        </div>
      ) : (
        <section className="stack">
          <h3>{t('shift.cases', { n: mine.length })}</h3>
          <p className="muted">{t('shift.lead')}</p>
          <ul className="shift-cases">
            {mine.map((one) => (
              <li key={one.id} className={before(one) ? 'shift-case is-due' : 'shift-case'}>
                <span className="shift-what">
                  <b>{one.no}</b> <CaseTitle live={live} one={one} />
                  <small>
                    <Deadline clock={live.clock} one={one} />
                    {before(one) ? (
                      <span className="chip chip-near">{t('shift.goesUp')}</span>
                    ) : (
                      <span className="chip">{t('shift.stays')}</span>
                    )}
                    {one.offeredTo === undefined ? null : <span className="muted">{t('offeredTo', { name: nameOf(one.offeredTo) })}</span>}
                  </small>
                </span>
                <Button onPress={() => setHanding(handing === one.id ? undefined : one.id)} aria-expanded={handing === one.id}>
                  {t('do.handOver')}
                </Button>
                {handing === one.id ? (
                  <ChoosePerson
                    branchId={branchId}
                    except={[me, ...one.recused]}
                    onChoose={async (toStaffId) => {
                      const answer = await commands.send(branchId, { type: 'case.handOver', caseId: one.id, toStaffId });
                      if (answer.ok) setHanding(undefined);
                    }}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Sheet>
  );
}
