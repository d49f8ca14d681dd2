/** My own day: where I am, my shift and breaks, the week; away, swaps. Nothing of anybody else's. */
import { useState } from 'react';
import { nextBreak } from '../../../shared/branch/people/breaks.ts';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import type { Post } from '../../../shared/branch/people/people.state.ts';
import { entryOf, postBar, postsOf } from '../../../shared/branch/people/roster.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { AbsenceForm } from '../../staff/people/absence.tsx';
import { peopleNow } from '../../staff/people/people-now.ts';
import { LookBadge, useDateWords, useNow, usePostWords, useShiftTimes } from '../../staff/people/people-words.tsx';
import { Button } from '../../ui/button.tsx';
import { Since } from '../../ui/clock.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast } from '../../ui/toast.tsx';
import { SwapForm } from './swap-form.tsx';
import { useWeek } from './week.ts';

interface Asking {
  readonly what: 'absence' | 'swap';
  readonly date: string;
}

export function MyDay({ live, me }: { live: StaffLive; me: string }) {
  const t = useTexts(peopleTexts);
  const now = useNow(live);
  const state = useFloor(live, (floor) => floor);
  const [asking, ask] = useState<Asking>();
  const close = (): void => ask(undefined);
  if (state?.day === undefined) return null;
  const entry = entryOf(state, me);
  const one = peopleNow(state, now).find(({ staffId }) => staffId === me);
  if (entry === undefined || one === undefined) {
    return (
      <section className="panel people-empty">
        <h2>{t('me.notListed')}</h2>
        <p className="muted">{t('me.notListedHint')}</p>
      </section>
    );
  }
  return (
    <div className="people-me">
      <MyPost live={live} me={me} now={now} onAsk={ask} />
      <MySwaps live={live} me={me} />
      <MyWeek live={live} me={me} onAsk={ask} />
      {asking === undefined ? null : (
        <Sheet title={t(asking.what === 'swap' ? 'do.swap' : 'me.absent')} onClose={close} wide={asking.what === 'swap'}>
          {asking.what === 'swap' ? (
            <SwapForm live={live} staffId={me} date={asking.date} onDone={close} onBack={close} />
          ) : (
            <AbsenceForm
              live={live}
              staffId={me}
              date={asking.date}
              onTold={() => {
                toast('done', (language) => translator(peopleTexts, language)('me.absentTold'));
                close();
              }}
              onBack={close}
            />
          )}
        </Sheet>
      )}
    </div>
  );
}

function MyPost({ live, me, now, onAsk }: { live: StaffLive; me: string; now: number; onAsk: (asking: Asking) => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const postWords = usePostWords(live);
  const times = useShiftTimes(live);
  const { send, may } = useStaffActing(live);
  const state = useFloor(live, (floor) => floor);
  const one = state === undefined ? undefined : peopleNow(state, now).find(({ staffId }) => staffId === me);
  const date = state?.day?.date;
  if (state === undefined || one === undefined || date === undefined) return null;
  const { here, shift, look, entry } = one;
  const zone = state.config?.hours.timeZone;
  const next = nextBreak(state, me, now)?.planned;
  const button = (command: FloorCommand, words: string, variant: 'primary' | 'plain', key: string = command.type) =>
    may(command) ? (
      <Button key={key} variant={variant} data-do={key} onPress={() => send(command)}>
        {words}
      </Button>
    ) : null;
  const posts = postsOf(entry)
    .map((kind): Post => (kind === 'counter' && entry.counterId !== undefined ? { kind, counterId: entry.counterId } : { kind }))
    .filter((post) => (post.kind !== 'counter' || post.counterId !== undefined) && post.kind !== here?.post?.kind)
    .filter((post) => postBar(state, entry, post, date) === undefined);
  // Where the plan has me comes first.
  const planned = posts.toSorted((a, b) => Number(b.kind === shift?.post.kind) - Number(a.kind === shift?.post.kind));
  return (
    <section className="panel people-mine" aria-labelledby="my-post">
      <h2 id="my-post">{t('me.today')}</h2>
      <p className="person-look">
        <LookBadge look={look}>{one.since === undefined ? null : <Since clock={live.clock} since={one.since} />}</LookBadge>
        {here?.post === undefined ? null : <strong>{postWords(here.post)}</strong>}
      </p>
      <dl className="facts">
        <div>
          <dt>{t('fact.shift')}</dt>
          <dd>{shift === undefined ? t('fact.noShift') : `${times(shift)} · ${postWords(shift.post)}`}</dd>
        </div>
        {shift?.breaks.map((planned, index) => (
          <div key={planned.earliestAt}>
            <dt>{t('fact.break', { n: index + 1 })}</dt>
            <dd>
              {planned.endedAt !== undefined
                ? t('break.had')
                : planned.beganAt !== undefined
                  ? t('look.onBreak')
                  : t('fact.breakBetween', {
                      from: shortTime(planned.earliestAt, zone, language),
                      to: shortTime(planned.latestAt, zone, language),
                      n: Math.round(planned.lengthMs / 60_000),
                    })}
            </dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        {here?.break === undefined ? null : button({ type: 'break.end' }, t('me.back'), 'primary')}
        {planned.map((post, index) =>
          button(
            { type: 'post.take', ...post },
            here === undefined ? t('do.signOn', { post: postWords(post) }) : t('do.moveTo', { post: postWords(post) }),
            here === undefined && index === 0 ? 'primary' : 'plain',
            `post.take:${post.kind}`,
          ),
        )}
        {here === undefined || here.break !== undefined
          ? null
          : button({ type: 'break.begin' }, t('me.break'), next !== undefined && next.earliestAt <= now ? 'primary' : 'plain')}
        {here === undefined ? null : button({ type: 'post.leave' }, t('me.leave'), 'plain')}
        {look === 'away' ? (
          button({ type: 'roster.cancelAbsence', date }, t('away.takeBack'), 'plain')
        ) : state.config?.people === undefined ? null : (
          <Button data-do="absence" onPress={() => onAsk({ what: 'absence', date })}>
            {t('me.absent')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Offers to me, and mine that wait. */
function MySwaps({ live, me }: { live: StaffLive; me: string }) {
  const t = useTexts(peopleTexts);
  const nameOf = useNames(live.branchId);
  const day = useDateWords('long');
  const { send } = useStaffActing(live);
  const swaps = useFloor(live, (state) => state?.people.swaps);
  const mine = Object.values(swaps ?? {}).filter(({ staffId, withStaffId }) => staffId === me || withStaffId === me);
  if (mine.length === 0) return null;
  return (
    <section className="panel people-mine" aria-labelledby="my-swaps">
      <h2 id="my-swaps">{t('me.swaps')}</h2>
      <ul className="people-swaps">
        {mine.map(({ id, staffId, withStaffId, date, withDate }) => (
          <li key={id} className="people-rule s-calling" data-swap={id}>
            <p>
              <StateShape state="calling" size={18} />
              {staffId === me
                ? t('swap.mine', { name: nameOf(withStaffId), day: day(date) })
                : t('swap.theirs', { name: nameOf(staffId), day: day(date), mine: day(withDate) })}
            </p>
            {staffId === me ? null : (
              <Button variant="primary" data-do="accept" onPress={() => send({ type: 'roster.acceptSwap', swapId: id })}>
                {t('swap.accept')}
              </Button>
            )}
            <Button data-do="decline" onPress={() => send({ type: 'roster.declineSwap', swapId: id })}>
              {t(staffId === me ? 'swap.withdraw' : 'swap.decline')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function MyWeek({ live, me, onAsk }: { live: StaffLive; me: string; onAsk: (asking: Asking) => void }) {
  const t = useTexts(peopleTexts);
  const day = useDateWords('long');
  const times = useShiftTimes(live);
  const postWords = usePostWords(live);
  const today = useFloor(live, (state) => state?.day?.date);
  const planned = useFloor(live, (state) => state?.config?.people !== undefined);
  const { week } = useWeek(live, planned ? today : undefined);
  const { week: next } = useWeek(live, planned && today !== undefined ? dateAfter(today, 7) : undefined);
  if (week === undefined || next === undefined || today === undefined) return null;
  const days = { ...next.days, ...week.days };
  return (
    <section className="panel people-mine" aria-labelledby="my-week">
      <h2 id="my-week">{t('me.week')}</h2>
      <ul className="my-week">
        {[...week.dates, ...next.dates]
          .filter((date) => date >= today)
          .map((date) => {
            const shift = days[date]?.shifts[me];
            const absence = days[date]?.absences[me];
            return (
              <li key={date} data-date={date}>
                <strong>{day(date)}</strong>
                <span>
                  {absence !== undefined ? (
                    <span className="badge s-closed">
                      <StateShape state="closed" /> {t(`absence.${absence.kind}`)}
                    </span>
                  ) : shift === undefined ? (
                    <span className="muted">{t('me.dayOff')}</span>
                  ) : (
                    `${times(shift)} · ${postWords(shift.post)}`
                  )}
                </span>
                {shift === undefined || absence !== undefined || date === today ? null : (
                  <span className="my-week-do">
                    <Button data-do="swap" onPress={() => onAsk({ what: 'swap', date })}>
                      {t('do.swap')}
                    </Button>
                    <Button data-do="absence" onPress={() => onAsk({ what: 'absence', date })}>
                      {t('do.absence')}
                    </Button>
                  </span>
                )}
              </li>
            );
          })}
      </ul>
    </section>
  );
}
