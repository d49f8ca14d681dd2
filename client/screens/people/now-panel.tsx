/** Who is here, who is missing, whose break is next, which rule is not kept: each with its clock and one thing to do. */
import { memo, useMemo, useState } from 'react';
import type { Attention, AttentionKind, BranchState } from '../../../shared/branch/branch.state.ts';
import { adviseNextBreak, breakQueue } from '../../../shared/branch/people/breaks.ts';
import { dutyHead } from '../../../shared/branch/people/gaps.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { type Away, AwaySheet, tellAway } from '../../staff/people/absence.tsx';
import type { CoverNeed } from '../../staff/people/cover.ts';
import { CoverSheet, ReliefSheet } from '../../staff/people/cover-sheet.tsx';
import { peopleNow, type PersonNow } from '../../staff/people/people-now.ts';
import { LookBadge, useNow, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { Since } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { DutySheet } from './duty-sheet.tsx';
import { ToSettle } from './to-settle.tsx';

type Opened =
  | { readonly kind: 'away'; readonly away: Away }
  | { readonly kind: 'cover'; readonly need: CoverNeed }
  | { readonly kind: 'relief'; readonly staffId: string }
  | { readonly kind: 'duty' };

const rules = [
  'lobbyUnattended',
  'guardAway',
  'tellersShort',
  'lobbyShort',
  'headUnreachable',
  'headNotOnFloor',
  'certificateExpired',
  'certificateExpiring',
] as const satisfies readonly AttentionKind[];
type RuleKind = (typeof rules)[number];

const isRule = (item: Attention): item is Attention & { kind: RuleKind } => rules.some((kind) => kind === item.kind);

/** Whom it asks for; undefined where a cover does not help. */
function needOf({ kind, zone = 'cash' }: Attention): CoverNeed | undefined {
  if (kind === 'lobbyUnattended' || kind === 'lobbyShort') return { kind: 'lobby' };
  if (kind === 'guardAway') return { kind: 'guard' };
  if (kind === 'headNotOnFloor') return { kind: 'floor' };
  return kind === 'tellersShort' ? { kind: 'counter', zone } : undefined;
}

export function NowPanel({ live, onPerson }: { live: StaffLive; onPerson: (staffId: string) => void }) {
  const t = useTexts(peopleTexts);
  const now = useNow(live);
  const people = useFloor(live, (state) => state?.people);
  const day = useFloor(live, (state) => state?.day);
  const config = useFloor(live, (state) => state?.config);
  const planned = config?.people !== undefined;
  const [opened, open] = useState<Opened>();
  // Only what people hang on makes it look again: numbers called all day long do not.
  const list = useMemo(() => {
    const state = live.store.getState().floor;
    return state === undefined || people === undefined || day === undefined || config === undefined ? [] : peopleNow(state, now);
  }, [live, people, day, config, now]);
  const here = list.filter(({ look }) => look === 'onPost' || look === 'onBreak' || look === 'breakOver' || look === 'free');
  const missing = list.filter(({ look, filledBy }) => look === 'missing' || (look === 'away' && filledBy === undefined));
  const later = list.filter(({ look, filledBy }) => look === 'later' || (look === 'away' && filledBy !== undefined));
  const close = (): void => open(undefined);
  const absent = async (one: PersonNow): Promise<void> => {
    const away = await tellAway(live.branchId, { staffId: one.staffId, date: one.date });
    if (away !== undefined) open({ kind: 'away', away });
  };
  const group = (name: 'here' | 'missing' | 'later', some: readonly PersonNow[], empty: React.ReactNode) => (
    <section className={`panel people-group g-${name}`} aria-labelledby={`people-${name}`}>
      <h2 id={`people-${name}`}>
        <span>{t(`now.${name}`)}</span>
        <span>{some.length}</span>
      </h2>
      {some.length === 0 ? (
        empty
      ) : (
        <ul>
          {some.map((one) => (
            <Row
              key={one.staffId}
              live={live}
              one={one}
              onPerson={onPerson}
              onAbsent={absent}
              onFill={(away) => open({ kind: 'away', away })}
            />
          ))}
        </ul>
      )}
    </section>
  );
  // Without a plan nobody can be missing and no rule is watched: to say that all is well would be untrue.
  if (!planned) return group('here', here, <p className="people-none muted">{t('now.nobodyHere')}</p>);
  return (
    <div className="people-now">
      <div className="people-column">
        {group(
          'missing',
          missing,
          <p className="people-none">
            <StateShape state="serving" size={20} /> {t('now.nobodyMissing')}
          </p>,
        )}
        {group('here', here, <p className="people-none muted">{t('now.nobodyHere')}</p>)}
        {later.length === 0 ? null : group('later', later, null)}
      </div>
      <div className="people-column">
        <Rules live={live} onOpen={open} onPerson={onPerson} />
        <ToSettle live={live} onAway={(away) => open({ kind: 'away', away })} />
        <Breaks live={live} now={now} onOpen={open} />
        <Duty live={live} onOpen={open} />
      </div>
      {opened?.kind === 'away' ? <AwaySheet live={live} away={opened.away} onClose={close} /> : null}
      {opened?.kind === 'cover' ? <CoverSheet live={live} need={opened.need} onClose={close} /> : null}
      {opened?.kind === 'relief' ? <ReliefSheet live={live} staffId={opened.staffId} onClose={close} /> : null}
      {opened?.kind === 'duty' ? <DutySheet live={live} onClose={close} /> : null}
    </div>
  );
}

const Row = memo(function Row({
  live,
  one,
  onPerson,
  onAbsent,
  onFill,
}: {
  live: StaffLive;
  one: PersonNow;
  onPerson: (staffId: string) => void;
  onAbsent: (one: PersonNow) => Promise<void>;
  onFill: (away: Away) => void;
}) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const postWords = usePostWords(live);
  const times = useShiftTimes(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const { send, may } = useStaffActing(live);
  const { staffId, look, here, shift, date } = one;
  const backAt = here?.break?.backAt;
  const where = [
    here?.post === undefined ? '' : postWords(here.post),
    shift === undefined
      ? ''
      : here?.post?.kind === shift.post.kind
        ? times(shift)
        : t('now.planned', { times: times(shift), post: postWords(shift.post) }),
    backAt === undefined ? '' : t('now.backAt', { time: shortTime(backAt, zone, language) }),
    one.filledBy === undefined ? '' : t('now.filledBy', { name: nameOf(one.filledBy) }),
  ].filter((part) => part !== '');
  const back = { type: 'break.end', staffId } as const;
  const signOn = { type: 'post.take', staffId, ...(shift?.post ?? { kind: 'backOffice' as const }) } as const;
  return (
    <li className={`person l-${look}`} data-staff={staffId} data-look={look}>
      <button type="button" className="person-main" onClick={() => onPerson(staffId)}>
        <span className="person-name">
          <strong>{nameOf(staffId)}</strong> <span className="muted">{t(`kind.${one.entry.role}`)}</span>
        </span>
        <LookBadge look={look}>{one.since === undefined ? null : <Since clock={live.clock} since={one.since} />}</LookBadge>
        <span className="person-where">{where.join(' · ')}</span>
      </button>
      {here?.break !== undefined && may(back) ? <Button onPress={() => send(back)}>{t('do.back')}</Button> : null}
      {look === 'missing' && may(signOn) ? (
        <Button data-do="signOn" onPress={() => send(signOn)}>
          {t('do.signOnShort')}
        </Button>
      ) : null}
      {look === 'missing' && may({ type: 'roster.absence', staffId, date, kind: 'unplanned' }) ? (
        <Button data-do="absent" onPress={() => onAbsent(one)}>
          {t('do.absent')}
        </Button>
      ) : null}
      {look === 'away' && one.filledBy === undefined && may({ type: 'roster.absence', staffId, date, kind: 'unplanned' }) ? (
        <Button variant="primary" data-do="substitute" onPress={() => onFill({ staffId, date })}>
          {t('do.substitute')}
        </Button>
      ) : null}
    </li>
  );
});

function Rules({ live, onOpen, onPerson }: { live: StaffLive; onOpen: (opened: Opened) => void; onPerson: (staffId: string) => void }) {
  const t = useTexts(peopleTexts);
  const floor = useTexts(floorTexts);
  const nameOf = useNames(live.branchId);
  const attention = useFloor(live, (state) => state?.attention);
  const items = Object.values(attention ?? {})
    .filter(isRule)
    .sort((a, b) => rules.indexOf(a.kind) - rules.indexOf(b.kind) || a.since - b.since);
  return (
    <section className="panel people-group" aria-labelledby="people-rules">
      <h2 id="people-rules">
        <span>{t('now.rules')}</span>
        <span>{items.length}</span>
      </h2>
      {items.length === 0 ? (
        <p className="people-none">
          <StateShape state="serving" size={20} /> {t('now.allKept')}
        </p>
      ) : (
        <ul>
          {items.map((item) => {
            const need = needOf(item);
            const urgent = item.kind !== 'certificateExpiring' && item.kind !== 'lobbyShort' && item.kind !== 'headNotOnFloor';
            return (
              <li key={item.id} className={`people-rule s-${urgent ? 'over' : 'near'}`} data-rule={item.kind}>
                <p>
                  <StateShape state={urgent ? 'over' : 'near'} size={18} />
                  <strong>
                    {floor(`attention.${item.kind}`, {
                      zone: item.zone === undefined ? '' : floor(`zone.${item.zone}`),
                    })}
                  </strong>
                  {item.kind === 'certificateExpired' || item.kind === 'certificateExpiring' ? null : (
                    <Since clock={live.clock} since={item.since} />
                  )}
                </p>
                {item.staffId === undefined ? null : <p className="muted">{nameOf(item.staffId)}</p>}
                {need !== undefined ? (
                  <Button variant="primary" data-do="cover" onPress={() => onOpen({ kind: 'cover', need })}>
                    {t('do.whoCan')}
                  </Button>
                ) : item.kind === 'headUnreachable' ? (
                  <Button variant="primary" data-do="duty" onPress={() => onOpen({ kind: 'duty' })}>
                    {t('do.duty')}
                  </Button>
                ) : item.staffId === undefined ? null : (
                  <Button onPress={() => onPerson(item.staffId ?? '')}>{t('do.look')}</Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const breaksOf = (state: BranchState | undefined, now: number) =>
  state === undefined ? { queue: [], next: undefined } : { queue: breakQueue(state, now), next: adviseNextBreak(state, now)?.staffId };

function Breaks({ live, now, onOpen }: { live: StaffLive; now: number; onOpen: (opened: Opened) => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const { send, may } = useStaffActing(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const counters = useFloor(live, (state) => state?.counters);
  const people = useFloor(live, (state) => state?.people);
  const { queue, next } = useMemo(
    () => (counters === undefined || people === undefined ? breaksOf(undefined, now) : breaksOf(live.store.getState().floor, now)),
    [live, counters, people, now],
  );
  return (
    <section className="panel people-group" aria-labelledby="people-breaks">
      <h2 id="people-breaks">
        <span>{t('now.breaks')}</span>
        <span>{queue.length}</span>
      </h2>
      {queue.length === 0 ? (
        <p className="people-none muted">{t('now.noBreaks')}</p>
      ) : (
        <ol>
          {queue.map(({ staffId, dueAt, lengthMs, overdue, holds }) => {
            const begin = { type: 'break.begin', staffId } as const;
            const state = overdue ? 'over' : holds.length === 0 ? 'idle' : 'paused';
            return (
              <li key={staffId} className={`people-rule s-${state}`} data-break={staffId}>
                <p>
                  <StateShape state={state} size={18} />
                  <strong>{nameOf(staffId)}</strong>
                  {staffId === next ? <span className="chip chip-call">{t('break.next')}</span> : null}
                  <span className="muted">
                    {t(overdue ? 'break.wasDue' : 'break.due', {
                      time: shortTime(dueAt, zone, language),
                      n: Math.round(lengthMs / 60_000),
                    })}
                  </span>
                </p>
                {holds.length === 0 ? null : <p className="muted">{holds.map((hold) => t(`hold.${hold}`)).join(' · ')}</p>}
                {holds.length > 0 ? (
                  <Button data-do="relief" onPress={() => onOpen({ kind: 'relief', staffId })}>
                    {t('do.whoRelieves')}
                  </Button>
                ) : may(begin) ? (
                  <Button variant={staffId === next ? 'primary' : 'plain'} data-do="break" onPress={() => send(begin)}>
                    {t('do.break')}
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function Duty({ live, onOpen }: { live: StaffLive; onOpen: (opened: Opened) => void }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const { may } = useStaffActing(live);
  const duty = useFloor(live, (state) => (state === undefined ? undefined : dutyHead(state)));
  const date = useFloor(live, (state) => state?.day?.date ?? '');
  const unreachable = useFloor(live, (state) => state?.people.unreachable ?? none);
  const reached = duty !== undefined && !unreachable.includes(duty);
  return (
    <section className="panel people-group people-duty" aria-labelledby="people-duty">
      <h2 id="people-duty">{t('duty.title')}</h2>
      <p className={`people-rule s-${reached ? 'serving' : 'over'}`}>
        <StateShape state={reached ? 'serving' : 'over'} size={18} />
        <strong>{duty === undefined ? t('duty.none') : nameOf(duty)}</strong>
        {duty === undefined ? null : <span>{t(reached ? 'duty.reachable' : 'duty.unreachable')}</span>}
      </p>
      {may({ type: 'roster.setDuty', date, staffId: null }) ? (
        <Button data-do="duty" onPress={() => onOpen({ kind: 'duty' })}>
          {t('do.duty')}
        </Button>
      ) : null}
    </section>
  );
}

const none: readonly string[] = [];
