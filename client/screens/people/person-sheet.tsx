/** One person right now: how they stand, and everything that may be done about it. */
import { useState } from 'react';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { nextBreak } from '../../../shared/branch/people/breaks.ts';
import type { Post } from '../../../shared/branch/people/people.state.ts';
import { entryOf, postBar, postsOf } from '../../../shared/branch/people/roster.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { type Away, AbsenceForm, AwaySheet, tellAway } from '../../staff/people/absence.tsx';
import { peopleNow, type PersonNow } from '../../staff/people/people-now.ts';
import { LookBadge, useNow, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { Since } from '../../ui/clock.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { SwapForm } from './swap-form.tsx';

/** Where this person may stand: posts without a certificate or right are left out, the hub would refuse them. */
function usePostsOpen(live: StaffLive, staffId: string): readonly Post[] {
  const state = useFloor(live, (floor) => floor);
  const date = state?.day?.date;
  const entry = state === undefined ? undefined : entryOf(state, staffId);
  if (state === undefined || entry === undefined || date === undefined) return [];
  const here = state.people.presence[staffId]?.post;
  return postsOf(entry)
    .map((kind): Post => (kind === 'counter' && entry.counterId !== undefined ? { kind, counterId: entry.counterId } : { kind }))
    .filter((post) => (post.kind !== 'counter' || post.counterId !== undefined) && post.kind !== here?.kind)
    .filter((post) => postBar(state, entry, post, date) === undefined);
}

export function PersonSheet({ live, staffId, onClose }: { live: StaffLive; staffId: string; onClose: () => void }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const now = useNow(live);
  const state = useFloor(live, (floor) => floor);
  const [form, setForm] = useState<'absence' | 'swap'>();
  const [away, setAway] = useState<Away>();
  const one = state === undefined ? undefined : peopleNow(state, now).find((person) => person.staffId === staffId);
  if (away !== undefined) return <AwaySheet live={live} away={away} onClose={onClose} />;
  return (
    <Sheet title={nameOf(staffId)} onClose={onClose} wide={form === 'swap'}>
      {one === undefined ? (
        <p>{t('person.unknown')}</p>
      ) : form === 'absence' ? (
        <AbsenceForm live={live} staffId={staffId} date={one.date} onTold={setAway} onBack={() => setForm(undefined)} />
      ) : form === 'swap' ? (
        <SwapForm live={live} staffId={staffId} onDone={onClose} onBack={() => setForm(undefined)} />
      ) : (
        <PersonFacts live={live} one={one} onForm={setForm} onAway={setAway} onClose={onClose} />
      )}
    </Sheet>
  );
}

function PersonFacts({
  live,
  one,
  onForm,
  onAway,
  onClose,
}: {
  live: StaffLive;
  one: PersonNow;
  onForm: (form: 'absence' | 'swap') => void;
  onAway: (away: Away) => void;
  onClose: () => void;
}) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const postWords = usePostWords(live);
  const times = useShiftTimes(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const next = useFloor(live, (state) => (state === undefined ? undefined : nextBreak(state, one.staffId, live.clock.now())?.planned));
  const unreachable = useFloor(live, (state) => state?.people.unreachable.includes(one.staffId) ?? false);
  const posts = usePostsOpen(live, one.staffId);
  const { send, may } = useStaffActing(live);
  const { staffId, entry, look, here, shift, date } = one;
  const act = (command: FloorCommand, words: string, variant: 'primary' | 'plain' = 'plain', key: string = command.type) =>
    may(command) ? (
      <Button
        key={key}
        variant={variant}
        data-do={key}
        onPress={async () => {
          if ((await send(command)).ok) onClose();
        }}
      >
        {words}
      </Button>
    ) : null;
  const leads = entry.role === 'head' || entry.role === 'supervisor';
  const plans = may({ type: 'roster.absence', staffId, date, kind: 'unplanned' });
  return (
    <>
      <p className="person-look">
        <LookBadge look={look}>{one.since === undefined ? null : <Since clock={live.clock} since={one.since} />}</LookBadge>
        <span className="muted">{t(`kind.${entry.role}`)}</span>
      </p>
      <dl className="facts">
        {here?.post === undefined ? null : (
          <div>
            <dt>{t('fact.post')}</dt>
            <dd>{postWords(here.post)}</dd>
          </div>
        )}
        <div>
          <dt>{t('fact.shift')}</dt>
          <dd>{shift === undefined ? t('fact.noShift') : `${times(shift)} · ${postWords(shift.post)}`}</dd>
        </div>
        {next === undefined ? null : (
          <div>
            <dt>{t('fact.nextBreak')}</dt>
            <dd>
              {t('fact.breakBetween', {
                from: shortTime(next.earliestAt, zone, language),
                to: shortTime(next.latestAt, zone, language),
                n: Math.round(next.lengthMs / 60_000),
              })}
            </dd>
          </div>
        )}
        {one.filledBy === undefined ? null : (
          <div>
            <dt>{t('fact.filledBy')}</dt>
            <dd>{nameOf(one.filledBy)}</dd>
          </div>
        )}
      </dl>
      <div className="actions">
        {here?.break === undefined ? null : act({ type: 'break.end', staffId }, t('do.back'), 'primary')}
        {look === 'away' && one.filledBy === undefined && shift !== undefined && plans ? (
          <Button variant="primary" data-do="substitute" onPress={() => onAway({ staffId, date })}>
            {t('do.substitute')}
          </Button>
        ) : null}
        {posts.map((post, index) =>
          act(
            { type: 'post.take', staffId, ...post },
            here === undefined ? t('do.signOn', { post: postWords(post) }) : t('do.moveTo', { post: postWords(post) }),
            here === undefined && look !== 'away' && index === 0 ? 'primary' : 'plain',
            `post.take:${post.kind}`,
          ),
        )}
        {here === undefined || here.break !== undefined ? null : act({ type: 'break.begin', staffId }, t('do.break'))}
        {here === undefined ? null : act({ type: 'post.leave', staffId }, t('do.leave'))}
        {!leads
          ? null
          : act({ type: 'duty.reach', staffId, reachable: unreachable }, unreachable ? t('do.reachable') : t('do.unreachable'))}
        {look === 'away' ? act({ type: 'roster.cancelAbsence', staffId, date }, t('away.takeBack')) : null}
        {look === 'away' || !plans ? null : (
          <>
            <Button
              data-do="absent"
              onPress={async () => {
                const told = await tellAway(live.branchId, { staffId, date });
                if (told !== undefined) onAway(told);
              }}
            >
              {t('do.absent')}
            </Button>
            <Button data-do="absence" onPress={() => onForm('absence')}>
              {t('do.absence')}
            </Button>
            <Button data-do="swap" onPress={() => onForm('swap')}>
              {t('do.swap')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
